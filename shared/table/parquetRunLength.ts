// Parquet's hybrid of run lengths and packed bits, for levels and for places in a dictionary. Counts come from the reader,
// never from the bytes: a run that claims more than is asked for is cut.

/** The bytes end before what was asked of them: they are the beginning of something longer, or damaged. */
export class EndOfBytes extends Error {
  constructor() {
    super('the bytes end too early');
    this.name = 'EndOfBytes';
  }
}

/** The first `count` numbers of `width` bits each in the bytes from `start` to `end`. */
export function readRuns(bytes: Uint8Array, start: number, end: number, width: number, count: number): Int32Array {
  if (width > 32) throw new RangeError(`numbers of ${width} bits`);
  const numbers = new Int32Array(count);
  // Numbers of no bits are all zero, whatever the bytes.
  if (width === 0) return numbers;
  const valueBytes = (width + 7) >> 3;
  let offset = start;
  let done = 0;
  while (done < count) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[offset++];
      if (byte === undefined || offset > end || shift > 28) throw new EndOfBytes();
      header |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    header >>>= 0;
    if (header & 1) {
      const run = Math.min((header >>> 1) * 8, count - done);
      if (offset + Math.ceil((run * width) / 8) > end) throw new EndOfBytes();
      unpackBits(bytes, offset, width, numbers, done, run);
      offset += (header >>> 1) * width;
      done += run;
    } else {
      if (offset + valueBytes > end) throw new EndOfBytes();
      let value = 0;
      for (let index = 0; index < valueBytes; index++) value |= (bytes[offset + index] ?? 0) << (8 * index);
      offset += valueBytes;
      const run = Math.min(header >>> 1, count - done);
      numbers.fill(value, done, done + run);
      done += run;
    }
  }
  return numbers;
}

function unpackBits(bytes: Uint8Array, start: number, width: number, numbers: Int32Array, at: number, count: number): void {
  const mask = width === 32 ? -1 : (1 << width) - 1;
  let offset = start;
  // The bits that were read and not used yet: below 32 of them, so that wider numbers need a way of their own.
  let bits = 0;
  let held = 0;
  for (let index = at; index < at + count; index++) {
    if (width <= 24) {
      while (held < width) {
        bits |= (bytes[offset++] ?? 0) << held;
        held += 8;
      }
      numbers[index] = bits & mask;
      bits >>>= width;
      held -= width;
    } else {
      numbers[index] = wideNumber(bytes, start, (index - at) * width) & mask;
    }
  }
}

/** The 32 bits that begin at a bit. */
function wideNumber(bytes: Uint8Array, start: number, bit: number): number {
  const offset = start + Math.floor(bit / 8);
  const shift = bit % 8;
  const low =
    ((bytes[offset] ?? 0) | ((bytes[offset + 1] ?? 0) << 8) | ((bytes[offset + 2] ?? 0) << 16) | ((bytes[offset + 3] ?? 0) << 24)) >>>
    shift;
  return shift === 0 ? low : low | ((bytes[offset + 4] ?? 0) << (32 - shift));
}
