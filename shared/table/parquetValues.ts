// The values of a page of a flat column, decoded into as little as needed: numbers stay numbers, and nothing becomes a cell
// before somebody asks for it.

import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import { readVarInt, readZigZagBigInt } from 'hyparquet/src/thrift.js';
import type { DataReader, Encoding } from 'hyparquet/src/types.js';
import type { SchemaNode } from './parquetDescription';
import { DayTime, type CellReader } from './parquetLeaf';
import { EndOfBytes, readRuns } from './parquetRunLength';
import type { Cell } from './table';

/** Values by their place; nulls have none. */
export interface Values {
  readonly count: number;
  cell(index: number): Cell;
}

export interface FlatLeaf {
  readonly node: SchemaNode;
  readonly toCell: CellReader;
}

/** A page whose values are unpacked. */
export interface ValueBytes {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly encoding: Encoding;
}

/**
 * The first `count` values; of texts as differences and of split bytes, `count` must be all. Throws EndOfBytes where the bytes
 * hold fewer.
 * @param isWhole whether the bytes are all of the page; some encodings cannot be read from a part of it.
 */
export function readValues(page: ValueBytes, count: number, leaf: FlatLeaf, dictionary: Dictionary | undefined, isWhole: boolean): Values {
  const { bytes, offset, encoding } = page;
  const { type, typeLength } = leaf.node;
  if (type === undefined) throw new RangeError(`"${leaf.node.path.join('.')}" is not a leaf`);
  // Some writers leave pages of nulls without any bytes.
  if (count === 0) return { count, cell: () => null };
  if (encoding === 'PLAIN') return readPlainValues(bytes, offset, count, leaf);
  if (encoding === 'RLE' && type === 'BOOLEAN') {
    // The length of the runs stands before them.
    const flags = readRuns(bytes, offset + 4, bytes.length, 1, count);
    return { count, cell: (index) => leaf.toCell(flags[index] === 1) };
  }
  if (encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY') {
    if (!dictionary) throw new RangeError('a page refers to a dictionary, there is none');
    const width = bytes[offset];
    if (width === undefined) throw new EndOfBytes();
    return dictionary.valuesAt(readRuns(bytes, offset + 1, bytes.length, width, count));
  }
  if (!isWhole) throw new EndOfBytes();
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset };
  if (encoding === 'BYTE_STREAM_SPLIT') return rawValues(byteStreamSplit(reader, count, type, typeLength), leaf);
  if (encoding === 'DELTA_BINARY_PACKED') {
    if (type === 'INT32') return rawValues(narrowDifferences(reader, count), leaf);
    const numbers = new BigInt64Array(count);
    deltaBinaryUnpack(reader, count, numbers);
    return rawValues(numbers, leaf);
  }
  const texts = new Array<Uint8Array>(count);
  if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') deltaLengthByteArray(reader, count, texts);
  else if (encoding === 'DELTA_BYTE_ARRAY') deltaByteArray(reader, count, texts);
  else throw new RangeError(`values in the encoding ${encoding}`);
  return rawValues(texts, leaf);
}

/** DuckDB begins with an unsigned number as if it had 64 bits; the library takes 32 of them, and is wrong by as much in all that follow. */
function narrowDifferences(reader: DataReader, count: number): Int32Array {
  const numbers = new Int32Array(count);
  const header = { ...reader };
  // The sizes of blocks and the count stand before the first number.
  for (let size = 0; size < 3; size++) readVarInt(header);
  const first = Number(BigInt.asIntN(32, readZigZagBigInt(header)));
  deltaBinaryUnpack(reader, count, numbers);
  const missing = first - (numbers[0] ?? 0);
  // The arithmetic is that of 32 bits.
  if (missing !== 0) for (let index = 0; index < count; index++) numbers[index] = (numbers[index] ?? 0) + missing;
  return numbers;
}

/** A page refers to an entry behind the part of its dictionary that was read. */
export class MissingEntry extends EndOfBytes {}

/** The values that the pages of a column chunk refer to by number. Each becomes a cell once. */
export class Dictionary {
  private readonly cells: (Cell | undefined)[];

  constructor(
    private readonly values: Values,
    /** A part of a dictionary does not know what stands behind it. */
    private readonly isWhole: boolean,
  ) {
    this.cells = new Array<Cell | undefined>(values.count);
  }

  get size(): number {
    return this.cells.length;
  }

  valuesAt(indexes: Int32Array): Values {
    for (const index of indexes) {
      if (index >= 0 && index < this.cells.length) continue;
      if (!this.isWhole) throw new MissingEntry();
      throw new RangeError(`a page refers to entry ${index} of a dictionary of ${this.cells.length}`);
    }
    return { count: indexes.length, cell: (index) => this.cell(indexes[index] ?? 0) };
  }

  private cell(index: number): Cell {
    return (this.cells[index] ??= this.values.cell(index));
  }
}

/** As many of the `count` entries as the bytes hold. */
export function readDictionary(bytes: Uint8Array, count: number, leaf: FlatLeaf, isWhole: boolean): Dictionary {
  if (isWhole) return new Dictionary(readPlainValues(bytes, 0, count, leaf), true);
  const { type, typeLength } = leaf.node;
  const held = type === 'BYTE_ARRAY' ? byteArrays(bytes, 0, count).length - 1 : Math.floor(bytes.length / plainSize(type, typeLength));
  return new Dictionary(readPlainValues(bytes, 0, Math.min(count, held), leaf), false);
}

function readPlainValues(bytes: Uint8Array, offset: number, count: number, leaf: FlatLeaf): Values {
  const { type, typeLength } = leaf.node;
  const { toCell } = leaf;
  if (type === 'BOOLEAN') {
    if (offset + Math.ceil(count / 8) > bytes.length) throw new EndOfBytes();
    return { count, cell: (index) => toCell((((bytes[offset + (index >> 3)] ?? 0) >> (index & 7)) & 1) === 1) };
  }
  if (type === 'BYTE_ARRAY') {
    const ends = byteArrays(bytes, offset, count);
    if (ends.length <= count) throw new EndOfBytes();
    return { count, cell: (index) => toCell(bytes.subarray((ends[index] ?? 0) + 4, ends[index + 1])) };
  }
  const size = plainSize(type, typeLength);
  const end = offset + count * size;
  if (end > bytes.length) throw new EndOfBytes();
  if (type === 'FIXED_LEN_BYTE_ARRAY') {
    return { count, cell: (index) => toCell(bytes.subarray(offset + index * size, offset + (index + 1) * size)) };
  }
  // Copied, so that they stand where numbers of their width may stand, and do not keep the page.
  const { buffer } = bytes.slice(offset, end);
  if (type === 'INT32') return rawValues(new Int32Array(buffer), leaf);
  if (type === 'FLOAT') return rawValues(new Float32Array(buffer), leaf);
  if (type === 'DOUBLE') return rawValues(new Float64Array(buffer), leaf);
  if (type === 'INT64') return rawValues(wholeNumbers(buffer), leaf);
  const view = new DataView(buffer);
  return { count, cell: (index) => toCell(dayTimeOf(view, index * 12)) };
}

function plainSize(type: SchemaNode['type'], typeLength: number | undefined): number {
  if (type === 'INT32' || type === 'FLOAT') return 4;
  if (type === 'INT64' || type === 'DOUBLE') return 8;
  if (type === 'INT96') return 12;
  if (type === 'FIXED_LEN_BYTE_ARRAY' && typeLength !== undefined && typeLength > 0) return typeLength;
  throw new RangeError(`values of type ${type ?? 'none'} without a length`);
}

function rawValues(raw: ArrayLike<unknown>, { toCell }: FlatLeaf): Values {
  return { count: raw.length, cell: (index) => toCell(raw[index]) };
}

/** Where each of up to `count` values begins, its length first, and where the last one that is there ends. */
function byteArrays(bytes: Uint8Array, offset: number, count: number): Int32Array {
  const ends = new Int32Array(Math.min(count, bytes.length >> 2) + 1);
  let at = offset;
  let held = 0;
  ends[0] = at;
  while (held < count && at + 4 <= bytes.length) {
    const length = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    at += 4 + length;
    if (length < 0 || at > bytes.length) break;
    ends[++held] = at;
  }
  return ends.subarray(0, held + 1);
}

/** 64-bit numbers as doubles where all of them are exact so, which are many times faster. */
function wholeNumbers(buffer: ArrayBuffer): Float64Array | BigInt64Array {
  const halves = new Int32Array(buffer);
  const numbers = new Float64Array(halves.length / 2);
  for (let index = 0; index < numbers.length; index++) {
    const high = halves[2 * index + 1] ?? 0;
    if (high >= 0x200000 || high <= -0x200000) return new BigInt64Array(buffer);
    numbers[index] = high * 0x100000000 + ((halves[2 * index] ?? 0) >>> 0);
  }
  return numbers;
}

const nanosPerDay = 86_400_000_000_000;

/** INT96: nanoseconds of the day and the Julian day number. Nanoseconds beyond the day, as some have them, are added up. */
function dayTimeOf(view: DataView, at: number): DayTime | bigint {
  const days = view.getInt32(at + 8, true) - 2_440_588;
  const nanos = view.getUint32(at + 4, true) * 0x100000000 + view.getUint32(at, true);
  if (nanos < nanosPerDay) return new DayTime(days, nanos);
  return BigInt(days) * BigInt(nanosPerDay) + view.getBigInt64(at, true);
}
