// Sorts by keys of several 32-bit words without comparing: the order of equal keys stays, and memory is known beforehand.

import type { ScanPace } from './scanPace';

const digitBits = 16;
const digits = 1 << digitBits;
/** Rows between two looks at the clock. */
const stretch = 1 << 18;

/**
 * The positions 0 to `count - 1` in ascending order of their keys; equal ones stay as they are.
 * @param words unsigned words of each key, the most significant first.
 */
export async function radixOrder(count: number, words: readonly Uint32Array[], pace: ScanPace): Promise<Uint32Array> {
  let order = new Uint32Array(count);
  for (let index = 0; index < count; index++) order[index] = index;
  let other = new Uint32Array(count);
  for (const word of words.toReversed()) {
    for (const shift of [0, digitBits]) {
      const starts = await digitStarts(word, shift, count, pace);
      // All keys have the same digit here.
      if (!starts) continue;
      for (let from = 0; from < count; from += stretch) {
        const to = Math.min(count, from + stretch);
        for (let index = from; index < to; index++) {
          const position = order[index] ?? 0;
          const digit = ((word[position] ?? 0) >>> shift) & (digits - 1);
          const place = starts[digit] ?? 0;
          starts[digit] = place + 1;
          other[place] = position;
        }
        await pace.turn();
      }
      [order, other] = [other, order];
    }
  }
  return order;
}

/** Where the keys of each digit begin when they are sorted by it; undefined when there is nothing to sort. */
async function digitStarts(word: Uint32Array, shift: number, count: number, pace: ScanPace): Promise<Uint32Array | undefined> {
  const starts = new Uint32Array(digits);
  for (let from = 0; from < count; from += stretch) {
    const to = Math.min(count, from + stretch);
    for (let index = from; index < to; index++) {
      const digit = ((word[index] ?? 0) >>> shift) & (digits - 1);
      starts[digit] = (starts[digit] ?? 0) + 1;
    }
    await pace.turn();
  }
  let place = 0;
  for (let digit = 0; digit < digits; digit++) {
    const size = starts[digit] ?? 0;
    if (size === count) return undefined;
    starts[digit] = place;
    place += size;
  }
  return starts;
}
