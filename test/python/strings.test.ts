import { expect, test } from 'vitest';
import fc from 'fast-check';
import { decodeText, formOf } from '../../server/src/python/strings';
import type { MappedText } from '../../server/src/text/mappedText';
import { SYMBOL } from '../../server/src/text/mappedText';
import { askPython } from '../support/cpython';

const uri = 'file:///test.py';
const decode = (content: string, prefix = ''): MappedText => decodeText({ start: 0, end: content.length }, formOf(prefix), uri, content);

/** What wrote each character of the value. */
function written(mapped: MappedText, content: string): readonly string[] {
  return Array.from({ length: mapped.value.length }, (_, at) => {
    const span = mapped.sourceLocation({ start: at, end: at + 1 })?.span;
    return content.slice(span?.start, span?.end);
  });
}

test.each([
  ['a\\nb', '', 'a\nb', ['a', '\\n', 'b']],
  ['\\\'\\"\\\\', '', '\'"\\', ["\\'", '\\"', '\\\\']],
  ['\\x41\\u00e4', '', 'Aä', ['\\x41', '\\u00e4']],
  ['\\U0001F600', '', '😀', ['\\U0001F600', '\\U0001F600']],
  ['\\101\\0\\777', '', 'A\0ǿ', ['\\101', '\\0', '\\777']],
  ['\\N{EURO SIGN}\\N{bullet}', '', '€•', ['\\N{EURO SIGN}', '\\N{bullet}']],
  ['\\N{VULGAR FRACTION ONE HALF}', '', SYMBOL, ['\\N{VULGAR FRACTION ONE HALF}']],
  ['a\\\nb', '', 'ab', ['a', 'b']],
  ['a\\\r\nb', '', 'ab', ['a', 'b']],
  ['a\r\nb\rc', '', 'a\nb\nc', ['a', '\r\n', 'b', '\r', 'c']],
  ['\\d\\s', '', '\\d\\s', ['\\', 'd', '\\', 's']],
  ['\\xZ1\\u12', '', '\\xZ1\\u12', ['\\', 'x', 'Z', '1', '\\', 'u', '1', '2']],
  ['\\n\\', 'r', '\\n\\', ['\\', 'n', '\\']],
  ['\\x41\\u0041', 'b', 'A\\u0041', ['\\x41', '\\', 'u', '0', '0', '4', '1']],
  ['{{a}}', 'f', '{a}', ['{{', 'a', '}}']],
  ['{{\\n}}', 'rf', '{\\n}', ['{{', '\\', 'n', '}}']],
] as const)('%j with prefix "%s"', (content, prefix, value, sources) => {
  const mapped = decode(content, prefix);
  expect(mapped.value).toBe(value);
  expect(written(mapped, content)).toEqual(sources);
});

test('an unknown character name is a symbol of that name', () => {
  expect(decode('\\N{vulgar fraction one half}').key).toBe('${\\N{VULGAR FRACTION ONE HALF}}');
});

test('Python decodes the same characters', () => {
  const piece = fc.constantFrom(
    'a',
    'ä',
    '😀',
    '\\n',
    '\\\\',
    '\\x41',
    '\\u20ac',
    '\\U0001F600',
    '\\101',
    '\\7',
    '\\q',
    '\\\n',
    '\n',
    '\r\n',
    "\\'",
    '{',
    '\\N{EM DASH}',
    '0',
    '\\t',
    '%',
  );
  const literals = fc.sample(fc.tuple(fc.constantFrom('', 'r', 'u'), fc.array(piece, { maxLength: 12 })), { numRuns: 500, seed: 7 });
  const contents = literals.map(([prefix, pieces]) => [prefix, pieces.join('')] as const);
  const sources = contents.map(([prefix, content]) => `${prefix}"""${content} """`);
  const values = askPython(
    'import json,sys,warnings\nwarnings.simplefilter("ignore")\nprint(json.dumps([eval(s) for s in json.load(sys.stdin)]))',
    sources,
  );
  expect(contents.map(([prefix, content]) => decode(`${content} `, prefix).value)).toEqual(values);
});

test('every character comes from the characters that wrote it', () => {
  const piece = fc.constantFrom('a', 'ä', '😀', '\\n', '\\x41', '\\q', '\\\n', '\n', '\r\n', '\\', '{{', '\\N{EM DASH}', '\\N{x', '\\u12');
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom('', 'r', 'b', 'f', 'rf'), (pieces, prefix) => {
      const content = pieces.join('');
      const mapped = decode(content, prefix);
      let end = 0;
      for (const segment of mapped.segments) {
        expect(segment.source.start).toBeGreaterThanOrEqual(end);
        end = segment.source.end;
        const source = content.slice(segment.source.start, segment.source.end);
        const value = mapped.value.slice(segment.start, segment.end);
        if (segment.exact) expect(source).toBe(value);
        else if (segment.symbol === undefined) expect(decode(source, prefix).value).toBe(value);
      }
    }),
  );
});
