// How deep each value of a nested column stands, and how much of it repeats, in parquet's mixture of runs and packed bits.

import { ByteWriter } from './byteWriter';

/** From so many equal levels on, a run is shorter than their bits. */
const shortestRun = 8;

/** @param highest the greatest level there can be; with 0 there is nothing to write. */
export function encodeLevels(levels: readonly number[], highest: number): Uint8Array {
  const out = new ByteWriter();
  const width = 32 - Math.clz32(highest);
  if (width === 0) return out.take();
  for (let at = 0; at < levels.length;) {
    const run = runLength(levels, at);
    if (run >= shortestRun) {
      out.variable(run * 2);
      out.byte(levels[at] ?? 0);
      at += run;
    } else {
      const start = at;
      // Whole groups of eight, up to where a run begins. Only the last group of all may be filled up.
      do at += 8;
      while (at < levels.length && !beginsRun(levels, at));
      out.variable(((at - start) / 8) * 2 + 1);
      packBits(levels, start, at, width, out);
    }
  }
  return out.take();
}

function runLength(levels: readonly number[], start: number): number {
  let end = start + 1;
  while (end < levels.length && levels[end] === levels[start]) end++;
  return end - start;
}

function beginsRun(levels: readonly number[], start: number): boolean {
  for (let at = start + 1; at < start + shortestRun; at++) if (levels[at] !== levels[start]) return false;
  return true;
}

function packBits(levels: readonly number[], start: number, end: number, width: number, out: ByteWriter): void {
  let [bits, count] = [0, 0];
  for (let at = start; at < end; at++) {
    bits |= (levels[at] ?? 0) << count;
    count += width;
    for (; count >= 8; count -= 8) {
      out.byte(bits & 0xff);
      bits >>>= 8;
    }
  }
}
