import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseLike } from '../../../shared/table/query/likePattern';

const pieces = fc.array(fc.constantFrom('a', 'b', '%', '_', '\\', '\u{1F600}', '\n', '.'), { maxLength: 8 }).map((list) => list.join(''));

it('a pattern matches as a regular expression of the same meaning', () => {
  fc.assert(
    fc.property(pieces, pieces, (pattern, text) => {
      const expression = pattern.replace(/\\([^])|([^])/gu, (_, escaped: string | undefined, plain: string | undefined) => {
        if (plain === '%') return '.*';
        return plain === '_' ? '.' : (escaped ?? plain ?? '').replace(/[\\.]/g, '\\$&');
      });
      expect(parseLike(pattern).matches(text)).toBe(new RegExp(`^${expression}$`, 'su').test(text));
    }),
    { numRuns: 3000 },
  );
});

it('a pattern of many wildcards takes no longer than the text times the pattern', () => {
  expect(parseLike(`${'%a'.repeat(40)}%b_`).matches('a'.repeat(20_000))).toBe(false);
});
