// Runs of every width against bits that are counted one by one, and runs that lie.

import { describe, expect, it } from 'vitest';
import { EndOfBytes, readRuns } from '../../shared/table/parquetRunLength';
import { snappyPrefix } from '../../shared/table/parquetSnappy';
import { randomNumbers } from './randomNumbers';

describe('run lengths', () => {
  it('and packed bits of every width are read up to the count', () => {
    const random = randomNumbers(3);
    for (let width = 1; width <= 32; width++) {
      const valueBytes = Math.ceil(width / 8);
      const packed = Array.from({ length: 2 * width }, () => random(256));
      const value = Array.from({ length: valueBytes }, (_, byte) =>
        byte < valueBytes - 1 || width % 8 === 0 ? random(256) : random(2 ** (width % 8)),
      );
      // Sixteen packed numbers, then five that are equal.
      const bytes = Uint8Array.from([0xee, (2 << 1) | 1, ...packed, 5 << 1, ...value]);
      const bit = (at: number): number => ((packed[at >> 3] ?? 0) >> (at & 7)) & 1;
      const numbers = Array.from({ length: 16 }, (_, index) =>
        Array.from({ length: width }, (_, place) => bit(index * width + place) * 2 ** place).reduce((sum, part) => sum + part, 0),
      );
      const equal = value.reduce((sum, byte, place) => sum + byte * 2 ** (8 * place), 0);
      const expected = [...numbers, equal, equal, equal, equal, equal].map((number) => number | 0);
      for (const count of [1, 9, 16, 19, 21]) expect([...readRuns(bytes, 1, bytes.length, width, count)]).toEqual(expected.slice(0, count));
      expect(() => readRuns(bytes, 1, bytes.length, width, 22)).toThrow(EndOfBytes);
      expect(() => readRuns(bytes, 1, 2 + width, width, 16)).toThrow(EndOfBytes);
    }
  });

  it('that claim more than is asked for are cut', () => {
    const long = Uint8Array.of(0xfe, 0xff, 0xff, 0xff, 0x0f, 1);
    expect([...readRuns(long, 0, long.length, 1, 3)]).toEqual([1, 1, 1]);
    expect([...readRuns(new Uint8Array(0), 0, 0, 0, 2)]).toEqual([0, 0]);
    expect(() => readRuns(long, 0, long.length, 33, 1)).toThrow('numbers of 33 bits');
    expect(() => readRuns(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff), 0, 6, 1, 1)).toThrow(EndOfBytes);
  });
});

describe('the beginning of a snappy block', () => {
  it('unpacks to the beginning of what the block holds', () => {
    // "abcd", a copy of 8 from 4 bytes before, and "xyz", of which one letter is there.
    const block = Uint8Array.of(15, 3 << 2, 97, 98, 99, 100, ((8 - 4) << 2) | 1, 4, 2 << 2, 120);
    expect(Buffer.from(snappyPrefix(block, 15)).toString()).toBe('abcdabcdabcdx');
    expect(Buffer.from(snappyPrefix(block.subarray(0, 7), 15)).toString()).toBe('abcd');
    expect(Buffer.from(snappyPrefix(block, 6)).toString()).toBe('abcdab');
    expect(() => snappyPrefix(Uint8Array.of(8, 1 | (4 << 2), 9), 8)).toThrow('a copy from before the beginning');
  });
});
