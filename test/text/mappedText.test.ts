import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { MappedText, SYMBOL } from '../../server/src/text/mappedText';

const uri = 'file:///a.py';
const other = 'file:///b.py';

/** `ab` written at 10, a newline for `\n` at 12, `cd` at 14, a symbol for `{x}` at 16, `ef` at 30 of another file. */
const sample = MappedText.concat([
  MappedText.verbatim('ab', uri, 10),
  MappedText.atomic('\n', uri, { start: 12, end: 14 }),
  MappedText.verbatim('cd', uri, 14),
  MappedText.symbol('x', uri, { start: 16, end: 19 }),
  MappedText.verbatim('ef', other, 30),
]);

describe('positions', () => {
  test('characters map to where they were written', () => {
    expect(sample.value).toBe(`ab\ncd${SYMBOL}ef`);
    expect(sample.sourceLocation({ start: 1, end: 2 })).toEqual({ uri, span: { start: 11, end: 12 } });
    expect(sample.sourceLocation({ start: 2, end: 3 })).toEqual({ uri, span: { start: 12, end: 14 } });
    expect(sample.sourceLocation({ start: 1, end: 5 })).toEqual({ uri, span: { start: 11, end: 16 } });
  });

  test('a range over two documents is marked where it begins', () => {
    expect(sample.sourceLocation({ start: 4, end: 8 })).toEqual({ uri, span: { start: 15, end: 19 } });
    expect(sample.sourceRanges({ start: 4, end: 8 })).toEqual([
      { uri, span: { start: 15, end: 19 } },
      { uri: other, span: { start: 30, end: 32 } },
    ]);
  });

  test('an empty span maps to the place between its neighbours', () => {
    expect(sample.sourceLocation({ start: 1, end: 1 })).toEqual({ uri, span: { start: 11, end: 11 } });
    expect(sample.sourceLocation({ start: 8, end: 8 })).toEqual({ uri: other, span: { start: 32, end: 32 } });
    expect(MappedText.empty.sourceLocation({ start: 0, end: 0 })).toBeUndefined();
  });

  test('offsets of the source lead back into the value', () => {
    expect(sample.valueOffset(uri, 11)).toBe(1);
    expect(sample.valueOffset(uri, 13)).toBe(2);
    expect(sample.valueOffset(other, 32)).toBe(8);
    expect(sample.valueOffset(uri, 40)).toBeUndefined();
  });
});

describe('keys', () => {
  test('a constant is its own key, a symbol is spelled out', () => {
    expect(MappedText.verbatim('a', uri, 0).key).toBe('a');
    expect(sample.key).toBe('ab\ncd${x}ef');
    expect(sample.isConstant).toBe(false);
    expect(sample.slice(0, 5).isConstant).toBe(true);
  });
});

describe('parts', () => {
  test('keep joins the parts in the order given', () => {
    const kept = sample.keep([
      { start: 0, end: 1 },
      { start: 4, end: 7 },
    ]);
    expect(kept.value).toBe(`ad${SYMBOL}e`);
    expect(kept.sourceLocation({ start: 1, end: 2 })).toEqual({ uri, span: { start: 15, end: 16 } });
    expect(kept.sourceLocation({ start: 3, end: 4 })).toEqual({ uri: other, span: { start: 30, end: 31 } });
  });

  test('map replaces segment by segment', () => {
    const upper = sample.map((part, segment) =>
      segment.symbol === undefined ? new MappedText(part.value.toUpperCase(), part.segments) : part,
    );
    expect(upper.value).toBe(`AB\nCD${SYMBOL}EF`);
    expect(upper.sourceLocation({ start: 3, end: 4 })).toEqual({ uri, span: { start: 14, end: 15 } });
  });

  test('any slice of any text holds the characters and the places of the whole', () => {
    const piece = fc.tuple(fc.string({ minLength: 1, maxLength: 4 }), fc.nat(50), fc.boolean());
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(), fc.nat(), (pieces, a, b) => {
        const parts = pieces.map(([value, start, exact]) =>
          exact ? MappedText.verbatim(value, uri, start) : MappedText.atomic(value, uri, { start, end: start + 2 }),
        );
        const whole = MappedText.concat(parts);
        const start = a % (whole.value.length + 1);
        const end = start + (b % (whole.value.length - start + 1));
        const slice = whole.slice(start, end);
        expect(slice.value).toBe(whole.value.slice(start, end));
        for (let at = 0; at < slice.value.length; at++) {
          expect(slice.sourceLocation({ start: at, end: at + 1 })).toEqual(
            whole.sourceLocation({ start: start + at, end: start + at + 1 }),
          );
        }
        expect(slice.segments.reduce((sum, segment) => sum + segment.end - segment.start, 0)).toBe(slice.value.length);
      }),
    );
  });
});
