// What formatting changes in files as they lie on the disk.

import { expect, test } from 'vitest';
import fc from 'fast-check';
import { formatFile } from '../../server/src/features/formatFile';
import { smallerEdits, type FileEdit } from '../../server/src/features/formatLines';
import { LineIndex } from '../../server/src/text/lineIndex';
import { readNotebookFile } from '../../server/src/workspace/notebookFile';

function after(text: string, edits: readonly FileEdit[]): string {
  let result = '';
  let at = 0;
  for (const { span, newText } of edits) {
    expect(span.start).toBeGreaterThanOrEqual(at);
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}

test('an edit becomes edits of the lines that change', () => {
  const text = 'head\na\nb\nc\nd\ntail';
  expect(smallerEdits(text, { span: { start: 5, end: 13 }, newText: 'a\nB\nc\nc\nd\n' })).toEqual([
    { span: { start: 7, end: 9 }, newText: 'B\nc\n' },
  ]);
  expect(smallerEdits(text, { span: { start: 5, end: 12 }, newText: 'b\nd' })).toEqual([
    { span: { start: 5, end: 7 }, newText: '' },
    { span: { start: 9, end: 11 }, newText: '' },
  ]);
  expect(smallerEdits(text, { span: { start: 5, end: 12 }, newText: 'a\nb\nc\nd' })).toEqual([]);
  expect(smallerEdits(text, { span: { start: 9, end: 9 }, newText: 'x\n' })).toEqual([{ span: { start: 9, end: 9 }, newText: 'x\n' }]);
});

const someLines = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { maxLength: 8 });

/** How many lines two lists have in common at most, in order. */
function common([first, ...rest]: readonly string[], [other, ...others]: readonly string[]): number {
  if (first === undefined || other === undefined) return 0;
  if (first === other) return 1 + common(rest, others);
  return Math.max(common(rest, [other, ...others]), common([first, ...rest], others));
}

test('smaller edits come to the same, and touch as few lines as possible', () => {
  fc.assert(
    fc.property(someLines, someLines, (old, now) => {
      const text = `[\n${old.join('')}]`;
      const edits = smallerEdits(text, { span: { start: 2, end: text.length - 1 }, newText: now.join('') });
      expect(after(text, edits)).toBe(`[\n${now.join('')}]`);
      const touched = edits.map(({ span, newText }) => text.slice(span.start, span.end) + newText).join('');
      expect(touched.match(/\n/g)?.length ?? 0).toBe(old.length + now.length - 2 * common(old, now));
    }),
  );
});

test('a file that holds another text by now is not edited', () => {
  expect(formatFile('file:///a.py', 'a\n', 'b\n', [])).toBeUndefined();
  expect(formatFile('file:///a.py', '\uFEFFa\n', 'a\n', [])).toEqual([]);
  expect(formatFile('file:///a.ipynb', '{', 'b\n', [])).toBeUndefined();
});

/** Notebooks in the ways in which programs write them; `edit` replaces lines inside one cell. */
const form = fc.record({
  indentation: fc.constantFrom(undefined, 1, 2, '\t'),
  isList: fc.boolean(),
  isAscii: fc.boolean(),
  lineEnd: fc.constantFrom('\n', '\r\n'),
});
const pythonLine = fc.constantFrom('x = 1', '', '    "select \\\\n"', "é = 'ü'", '\t# \u{1F600} "', '</b>');
const pythonLines = fc.array(pythonLine, { maxLength: 4 });

test('an edit of a notebook changes the lines of its cells alone', () => {
  fc.assert(
    fc.property(form, pythonLines, pythonLines, pythonLines, ({ indentation, isList, isAscii, lineEnd }, others, old, now) => {
      const notebook = (lines: readonly string[]): string => {
        const source = ['# é', ...lines, 'end'].join('\n');
        const cellOf = (text: string): object => ({
          cell_type: 'code',
          metadata: { tags: ['é\n'] },
          source: isList ? text.split(/(?<=\n)/) : text,
          outputs: [{ text: ['begin\n', 'end'] }],
        });
        const all = { cells: [others.join('\n'), source, 'end'].map(cellOf), nbformat: 4 };
        const json = JSON.stringify(all, undefined, indentation).replaceAll('\n', lineEnd);
        return isAscii ? json.replace(/[^\0-\x7F]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`) : json;
      };
      const raw = notebook(old);
      const { cells, text } = readNotebookFile('file:///a.ipynb', raw);
      const start = (cells[1]?.start ?? 0) + '# é\n'.length;
      const end = (cells[1]?.end ?? 0) - '\nend'.length;
      const lines = new LineIndex(text);
      const range = { start: lines.positionAt(start), end: lines.positionAt(Math.max(start, end)) };
      const newText = old.length === 0 ? now.map((line) => `${line}\n`).join('') : now.join('\n');
      if (old.length > 0 && now.length === 0) return;
      const edits = formatFile('file:///a.ipynb', raw, text, [{ range, newText }]);
      expect(edits && after(raw, edits)).toBe(notebook(now));
    }),
  );
});
