import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { followChange, followChanges, type TextChange } from '../../../client/src/runs/trackedRanges';
import type { PlanPosition, PlanRange } from '../../../shared/run/plan';

const text = 'import featureform as ff\n\n@spark.sql_transformation()\ndef daily():\n    return "SELECT nope FROM {{a.v1}}"\n\nlast = 1\n';

describe('followChange', () => {
  const range = rangeOf(text, 'nope');

  it('leaves a range where it is when the text behind it changes', () => {
    expect(followChange(range, replacing(text, 'last = 1', 'last = 2\n\n'))).toEqual(range);
    expect(followChange(range, replacing(text, ' FROM', '  FROM'))).toEqual(range);
  });

  it('moves a range by the lines that come before it', () => {
    expect(followChange(range, replacing(text, 'import featureform', 'import os\nimport featureform'))).toEqual(lines(range, 1));
    expect(followChange(range, replacing(text, '\n\n@spark', '\n@spark'))).toEqual(lines(range, -1));
  });

  it('moves a range by the characters that come before it on its line', () => {
    expect(followChange(range, replacing(text, 'SELECT ', 'SELECT a, '))).toEqual(characters(range, 3));
    expect(followChange(range, replacing(text, '    return', '  return'))).toEqual(characters(range, -2));
  });

  it('moves a range onto another line when the break before it goes', () => {
    const { start, end } = rangeOf(text, 'def daily');
    const joined = { range: { start: { line: 2, character: 27 }, end: { line: 3, character: 0 } }, text: '  ' };
    expect(followChange({ start, end }, joined)).toEqual({ start: { line: 2, character: 29 }, end: { line: 2, character: 38 } });
  });

  it('gives up a range that is changed', () => {
    expect(followChange(range, replacing(text, 'nope', 'day'))).toBeUndefined();
    expect(followChange(range, replacing(text, 'op', ''))).toBeUndefined();
    expect(followChange(range, replacing(text, 'SELECT nope', 'SELECT'))).toBeUndefined();
    expect(followChange(range, insertion(range.start, 'not_'))).toBeUndefined();
  });

  it('keeps a range that text is put behind', () => {
    expect(followChange(range, insertion(range.end, ', day'))).toEqual(range);
  });

  it('moves a range that whole lines are put before', () => {
    const line = rangeOf(text, '@spark.sql_transformation()');
    expect(followChange(line, insertion(line.start, 'x = 1\n'))).toEqual(lines(line, 1));
  });
});

describe('followChanges', () => {
  it('finds the same text again after any edits outside of it', () => {
    const edit = fc.record({ at: fc.nat(), remove: fc.nat(6), insert: fc.stringMatching(/^[ab\n]{0,4}$/), before: fc.boolean() });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        let now = text;
        let start = now.indexOf('nope');
        const changes: TextChange[] = [];
        const range = rangeOf(now, 'nope');
        for (const { at, remove, insert, before } of edits) {
          // The space before the word and the one behind it are left alone, so that no edit touches it.
          const [from, to] = before ? [0, start - 1] : [start + 5, now.length];
          const first = from + (at % (to - from + 1));
          const last = Math.min(first + remove, to);
          changes.push({ range: { start: positionAt(now, first), end: positionAt(now, last) }, text: insert });
          now = now.slice(0, first) + insert + now.slice(last);
          if (before) start += insert.length - (last - first);
        }
        expect(followChanges(range, changes)).toEqual({ start: positionAt(now, start), end: positionAt(now, start + 4) });
      }),
    );
  });

  it('gives up for good', () => {
    const range = rangeOf(text, 'nope');
    expect(followChanges(range, [replacing(text, 'nope', 'day'), insertion({ line: 0, character: 0 }, '\n')])).toBeUndefined();
  });
});

function positionAt(of: string, offset: number): PlanPosition {
  const before = of.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

function rangeOf(of: string, part: string): PlanRange {
  const at = of.indexOf(part);
  return { start: positionAt(of, at), end: positionAt(of, at + part.length) };
}

function replacing(of: string, part: string, by: string): TextChange {
  return { range: rangeOf(of, part), text: by };
}

function insertion(at: PlanPosition, inserted: string): TextChange {
  return { range: { start: at, end: at }, text: inserted };
}

function lines({ start, end }: PlanRange, by: number): PlanRange {
  return { start: { ...start, line: start.line + by }, end: { ...end, line: end.line + by } };
}

function characters({ start, end }: PlanRange, by: number): PlanRange {
  return { start: { ...start, character: start.character + by }, end: { ...end, character: end.character + by } };
}
