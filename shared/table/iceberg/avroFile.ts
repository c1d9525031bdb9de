// Avro files as Iceberg writes its manifests, block by block. The records are decoded by icebird; blocks are unpacked and
// counts are checked here, since these files come from anywhere.

import { avroMetadata } from 'icebird/src/avro/avro.metadata.js';
import { avroRead } from 'icebird/src/avro/avro.read.js';
import type { ByteSource } from '../byteSource';
import { joinBytes } from '../joinBytes';
import { damaged, TableProblem } from '../tableProblem';
import { leastBytes, readAvroSchema } from './avroSchema';
import { unpackBlock } from './unpackBytes';

/** Far more than writers put into a block, which is 64 kB or a record. */
const longestBlock = 16 * 1024 * 1024;
const syncBytes = 16;

/**
 * The records of an object container file
 * ([Avro, "Object Container Files"](https://avro.apache.org/docs/1.12.0/specification/)), block by block. Whole numbers of 64
 * bits are bigints, and what a union leaves out is undefined; of fixed bytes the value is not told.
 * @param source the file, for messages and to be told of each block.
 * @throws a TableProblem for what is no Avro file, is damaged, too large, or packed by an unknown codec.
 */
export async function* readAvro(
  bytes: Uint8Array<ArrayBuffer>,
  source: Pick<ByteSource, 'name' | 'onStep'>,
  signal?: AbortSignal,
): AsyncGenerator<readonly Readonly<Record<string, unknown>>[], void> {
  const { name } = source;
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  const { metadata, syncMarker } = held(name, () => avroMetadata(reader));
  const schema = readAvroSchema(metadata['avro.schema'], name);
  const least = Math.max(1, leastBytes(schema));
  const codec: unknown = metadata['avro.codec'] ?? 'null';
  while (reader.offset < bytes.length) {
    signal?.throwIfAborted();
    const count = held(name, () => readLong(bytes, reader));
    const length = held(name, () => readLong(bytes, reader));
    const end = reader.offset + length;
    if (count < 0 || length < 0 || end + syncBytes > bytes.length) {
      throw damaged(name, `a block of ${length} bytes stands at ${reader.offset}, the file has ${bytes.length}`);
    }
    const block = await unpackBlock(bytes.subarray(reader.offset, end), String(codec), longestBlock, name);
    const most = Math.floor(block.length / least);
    if (count > most) throw damaged(name, `a block claims ${count} records in ${block.length} bytes`);
    const marker = bytes.subarray(end, end + syncBytes);
    if (marker.some((byte, index) => byte !== syncMarker[index])) throw damaged(name, `the block before ${end} does not end there`);
    reader.offset = end + syncBytes;
    source.onStep?.();
    yield held(name, () => {
      const view = plainBlock(count, block, syncMarker);
      return avroRead({ reader: { view, offset: 0 }, metadata: { 'avro.codec': 'null', 'avro.schema': schema }, syncMarker });
    });
  }
}

/** One block as it stands in a file that is not packed. */
function plainBlock(count: number, block: Uint8Array, syncMarker: Uint8Array): DataView {
  const head = Uint8Array.of(...longBytes(count), ...longBytes(block.length));
  return new DataView(joinBytes([head, block, syncMarker]).buffer);
}

/** A whole number as Avro writes it, up to 2^53: zigzag, seven bits a byte, the lowest first. */
function readLong(bytes: Uint8Array, reader: { offset: number }): number {
  let raw = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes[reader.offset++];
    if (byte === undefined) throw new RangeError('it ends within a number');
    raw += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
  }
  throw new RangeError('a number is longer than 8 bytes');
}

function longBytes(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value * 2;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}

function held<Value>(name: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof TableProblem) throw error;
    throw damaged(name, error instanceof Error ? error.message : String(error), error);
  }
}
