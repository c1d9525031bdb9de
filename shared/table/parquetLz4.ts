// The codec that parquet calls LZ4: blocks as Hadoop frames them, or, by some writers, one block without a frame. Nothing tells which;
// what is not framed throughout is a block.

/** @param length how long the bytes are unpacked. Throws RangeError where they are neither. */
export function unpackLz4(input: Uint8Array, length: number): Uint8Array {
  const output = new Uint8Array(length);
  if (!unpackFrames(input, output)) expectLength(unpackBlock(input, output, 0), length);
  return output;
}

/**
 * Each frame tells, the greatest byte first, how much it holds, and then of each of its blocks how long that is.
 * @returns false where the bytes are not framed.
 */
function unpackFrames(input: Uint8Array, output: Uint8Array): boolean {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  let at = 0;
  let filled = 0;
  while (at + 8 <= input.length) {
    const frameEnd = filled + view.getUint32(at);
    at += 4;
    if (frameEnd > output.length) return false;
    while (filled < frameEnd) {
      if (at + 4 > input.length) return false;
      const blockEnd = at + 4 + view.getUint32(at);
      if (blockEnd > input.length) return false;
      const before = filled;
      try {
        filled = unpackBlock(input.subarray(at + 4, blockEnd), output.subarray(0, frameEnd), filled);
      } catch (error) {
        if (error instanceof RangeError) return false;
        throw error;
      }
      if (filled === before) return false;
      at = blockEnd;
    }
  }
  return at === input.length && filled === output.length;
}

/** @returns how far the output is filled. */
function unpackBlock(input: Uint8Array, output: Uint8Array, from: number): number {
  let at = 0;
  let filled = from;
  const extended = (nibble: number): number => {
    let size = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; size += more) more = input[at++] ?? 0;
    return size;
  };
  while (at < input.length) {
    const token = input[at++] ?? 0;
    const literals = extended(token >> 4);
    if (at + literals > input.length) throw new RangeError(`LZ4: ${literals} bytes to copy, ${input.length - at} are left`);
    expectRoom(filled + literals, output);
    output.set(input.subarray(at, at + literals), filled);
    at += literals;
    filled += literals;
    // The last sequence is literals alone.
    if (at === input.length) break;
    const back = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8);
    at += 2;
    const end = filled + extended(token & 15) + 4;
    if (back === 0 || back > filled) throw new RangeError(`LZ4: a copy from ${back} bytes before byte ${filled}`);
    expectRoom(end, output);
    // Byte by byte: a copy may repeat what it has just written.
    for (; filled < end; filled++) output[filled] = output[filled - back] ?? 0;
  }
  return filled;
}

function expectRoom(end: number, output: Uint8Array): void {
  if (end > output.length) throw new RangeError(`LZ4: ${end} bytes or more, expected ${output.length}`);
}

function expectLength(found: number, expected: number): void {
  if (found !== expected) throw new RangeError(`LZ4: ${found} bytes, expected ${expected}`);
}
