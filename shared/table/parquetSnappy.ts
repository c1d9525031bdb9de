// The beginning of a snappy block: what can be unpacked from the first bytes of it. Whole blocks are the library's.

/** @param length how long the whole block is unpacked, at most. */
export function snappyPrefix(input: Uint8Array, length: number): Uint8Array {
  // Nothing in the format unpacks three bytes to more than 64.
  const output = new Uint8Array(Math.min(length, 22 * input.length));
  let at = 0;
  while ((input[at] ?? 0) >= 0x80) at++;
  at++;
  let filled = 0;
  while (at < input.length && filled < output.length) {
    const tag = input[at] ?? 0;
    if ((tag & 3) === 0) {
      const extra = Math.max(0, (tag >> 2) - 59);
      const size = (extra === 0 ? tag >> 2 : littleEndian(input, at + 1, extra)) + 1;
      const from = at + 1 + extra;
      const literal = input.subarray(from, Math.min(from + size, from + output.length - filled));
      output.set(literal, filled);
      filled += literal.length;
      at = from + size;
    } else {
      const width = tag & 3;
      const bytes = width === 3 ? 4 : width;
      if (at + bytes >= input.length) break;
      const size = width === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
      const back = width === 1 ? ((tag >> 5) << 8) | (input[at + 1] ?? 0) : littleEndian(input, at + 1, bytes);
      if (back === 0 || back > filled) throw new RangeError('a copy from before the beginning');
      const end = Math.min(filled + size, output.length);
      // Byte by byte: a copy may repeat what it has just written.
      for (; filled < end; filled++) output[filled] = output[filled - back] ?? 0;
      at += 1 + bytes;
    }
  }
  return output.subarray(0, filled);
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = 0; index < count; index++) value += (bytes[at + index] ?? 0) * 2 ** (8 * index);
  return value;
}
