import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LayeredMap } from '../../server/src/workspace/layeredMap';

it('says after any changes what a map says that was changed alike, and leaves what it was made from as it was', () => {
  const key = fc.integer({ min: 0, max: 400 });
  const change = fc.array(fc.tuple(key, fc.option(fc.string(), { nil: undefined })), { maxLength: 200 });
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.string()), { maxLength: 400 }), fc.array(change, { maxLength: 12 }), (initial, changes) => {
      const plain = new Map(initial.map(([number, text]) => [number, { text }]));
      const states = [{ layered: LayeredMap.over(new Map(plain)), expected: [...plain] }];
      for (const one of changes) {
        const values = new Map(one.map(([number, text]) => [number, text === undefined ? undefined : { text }]));
        for (const [number, value] of values) {
          if (value === undefined) plain.delete(number);
          else plain.set(number, value);
        }
        states.push({ layered: (states.at(-1) ?? { layered: LayeredMap.over(plain) }).layered.with(values), expected: [...plain] });
      }
      for (const { layered, expected } of states) {
        expect([...layered.keys()].sort((a, b) => a - b)).toEqual(expected.map(([number]) => number).sort((a, b) => a - b));
        for (const [number, value] of expected) expect(layered.get(number)).toEqual(value);
        expect(layered.has(401)).toBe(false);
      }
    }),
    { numRuns: 60 },
  );
});
