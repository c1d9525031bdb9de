import { expect, test } from 'vitest';
import fc from 'fast-check';
import { LineIndex } from '../../server/src/text/lineIndex';

test('lines end in \\n, \\r\\n and \\r', () => {
  const index = new LineIndex('a\nbc\r\nd\re');
  expect(index.lineCount).toBe(4);
  expect([0, 1, 2, 3].map((line) => [index.lineStart(line), index.lineEnd(line)])).toEqual([
    [0, 1],
    [2, 4],
    [6, 7],
    [8, 9],
  ]);
});

test('characters are counted in UTF-16 units', () => {
  const index = new LineIndex('😀x\nä');
  expect(index.positionAt(2)).toEqual({ line: 0, character: 2 });
  expect(index.positionAt(4)).toEqual({ line: 1, character: 0 });
  expect(index.offsetAt({ line: 0, character: 2 })).toBe(2);
});

test('positions outside the text are clamped to it', () => {
  const index = new LineIndex('ab\ncd');
  expect(index.positionAt(-1)).toEqual({ line: 0, character: 0 });
  expect(index.positionAt(99)).toEqual({ line: 1, character: 2 });
  expect(index.offsetAt({ line: 0, character: 99 })).toBe(2);
  expect(index.offsetAt({ line: 7, character: 0 })).toBe(5);
  expect(index.offsetAt({ line: -1, character: 3 })).toBe(0);
});

test('every offset that does not split a line end comes back from its position', () => {
  const text = fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', '😀', '')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, fc.nat(), (value, seed) => {
      const offset = seed % (value.length + 1);
      if (value[offset - 1] === '\r' && value[offset] === '\n') return;
      const index = new LineIndex(value);
      expect(index.offsetAt(index.positionAt(offset))).toBe(offset);
    }),
  );
});
