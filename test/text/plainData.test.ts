import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePlainData, encodePlainData, NotPlainError } from '../../server/src/text/plainData';

const again = (value: unknown): unknown => decodePlainData(encodePlainData(value));

describe('plain data', () => {
  it.each<[string, unknown]>([
    ['numbers', [0, -0, 1, -1, 127, 128, -64, -65, 2 ** 28, 2 ** 29, -(2 ** 29), 2 ** 53, 1.5, NaN, Infinity, -Infinity]],
    ['large integers', [10n ** 40n, -1n, 0n]],
    ['truth values and nothing', [true, false, null, undefined, { a: undefined, b: null }]],
    ['texts', ['', 'a', 'é', '\x80\x9f\xa0\xff', '\ufeffa', '😀', '\ud83d', '\udc00x', '\0', 'a', 'x'.repeat(70_000)]],
    [
      'spans',
      [
        { start: 5, end: 9 },
        { start: 2, end: 2 },
        { end: 1, start: 0 },
        { start: 9, end: 3 },
        { start: -1, end: 2 },
        { start: 1.5, end: 2 },
      ],
    ],
    ['other objects with an offset', [{ start: 1 }, { start: 1, end: 2, kind: 'a' }, { start: 'a', end: 'b' }]],
    ['keys in their order', [{ b: 1, a: 2 }, { a: 1, b: 2 }, {}, { '': 1 }, { 'ä b': [] }, { 7: 1, x: 2 }]],
    ['no object at all', 'text'],
  ])('comes back as it was: %s', (_what, value) => {
    expect(again(value)).toStrictEqual(value);
    expect(JSON.stringify(again(value), bigints)).toBe(JSON.stringify(value, bigints));
  });

  it('comes back as it was, whatever it is', () => {
    const text = fc.string({ unit: 'binary' });
    const key = text.filter((one) => one !== '__proto__' && !one.includes('\0'));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.integer(),
        fc.double(),
        fc.bigInt(),
        text,
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('value')),
      object: fc.dictionary(key, tie('value'), { noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(value, (one) => {
        expect(again(one)).toStrictEqual(one);
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  it.each<[string, unknown]>([
    ['a function', { f: () => 1 }],
    ['a map', [new Map()]],
    ['an object of a class', new Date(0)],
    ['a symbol', Symbol('s')],
    ['an object without a prototype', Object.create(null)],
    ['a key that is no key', JSON.parse('{"__proto__": 1}')],
    ['a key with a NUL', { 'a\0b': 1 }],
  ])('refuses %s', (_what, value) => {
    expect(() => encodePlainData(value)).toThrow(NotPlainError);
  });

  it('throws, or gives something, for bytes that are cut off or changed, and never hangs', () => {
    const bytes = encodePlainData([{ kind: 'name', span: { start: 3, end: 9 }, name: 'é' }, [1, 2.5, 10n], 'text']);
    for (let length = 0; length < bytes.length; length++) expect(() => decodePlainData(bytes.subarray(0, length))).toThrow();
    for (let at = 0; at < bytes.length; at++) {
      for (const bit of [1, 8, 128]) {
        const changed = bytes.slice();
        changed[at] = (bytes[at] ?? 0) ^ bit;
        try {
          expect([decodePlainData(changed)].flat(9).length).toBeLessThan(1_000);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }
    }
  });
});

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
