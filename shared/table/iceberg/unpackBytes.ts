// Compressed bytes of metadata, unpacked up to a limit: what they claim to be is not believed.

import { joinBytes } from '../joinBytes';
import { damaged, TableProblem } from '../tableProblem';
import { lenientCompressors } from '../parquetPages';

/**
 * Unpacks a stream of deflate or gzip.
 * @param name the file, for messages.
 * @throws a TableProblem where it is longer than `most` bytes, or damaged.
 */
export async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  format: 'deflate-raw' | 'gzip',
  most: number,
  name: string,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of new Blob([bytes]).stream().pipeThrough<Uint8Array>(new DecompressionStream(format))) {
      length += part.length;
      if (length > most) throw tooLong(name, most);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof TableProblem) throw error;
    const cause = error instanceof Error ? error.message : String(error);
    throw damaged(name, `it cannot be unpacked: ${cause}`, error);
  }
  return joinBytes(parts);
}

/**
 * Unpacks a block of Avro by the codec in the file's header
 * ([Avro, "Required Codecs" and "Optional Codecs"](https://avro.apache.org/docs/1.12.0/specification/)).
 */
export async function unpackBlock(bytes: Uint8Array<ArrayBuffer>, codec: string, most: number, name: string): Promise<Uint8Array> {
  switch (codec) {
    case 'null':
      return bytes;
    case 'deflate':
      return inflate(bytes, 'deflate-raw', most, name);
    case 'snappy': {
      const length = snappyLength(bytes);
      if (length > most) throw tooLong(name, most);
      // Behind the block stands its checksum.
      return decompress('SNAPPY', bytes.subarray(0, -4), length, name);
    }
    case 'zstandard': {
      const unpacked = decompress('ZSTD', bytes, bytes.length, name);
      if (unpacked.length > most) throw tooLong(name, most);
      return unpacked;
    }
    default:
      throw new TableProblem('unsupported', `${name} is packed by the codec "${codec}", expected null, deflate, snappy or zstandard`);
  }
}

function decompress(codec: 'SNAPPY' | 'ZSTD', bytes: Uint8Array, length: number, name: string): Uint8Array {
  const unpack = lenientCompressors[codec];
  if (!unpack) throw new TableProblem('unsupported', `${name} is packed by ${codec}`);
  try {
    return unpack(bytes, length);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw damaged(name, `it cannot be unpacked: ${cause}`, error);
  }
}

/** A block of snappy begins with its unpacked length, seven bits a byte, the lowest first. */
function snappyLength(bytes: Uint8Array): number {
  let length = 0;
  for (const [index, byte] of bytes.subarray(0, 5).entries()) {
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) break;
  }
  return length;
}

function tooLong(name: string, most: number): TableProblem {
  return new TableProblem('too-large', `${name} is too large: unpacked it has more than ${most} bytes`);
}
