// The footer of a parquet file as plain data, every count and offset checked against the size of the file, so that a
// file that lies is refused before anything is allocated for it. Statistics are kept as they stand (parquetStatistics.ts judges
// them): bad ones must not matter.

import { CompressionCodecs, ConvertedTypes, Encodings, FieldRepetitionTypes, ParquetTypes } from 'hyparquet/src/constants.js';
import type { CompressionCodec, ConvertedType, Encoding, FieldRepetitionType, ParquetType, TimeUnit } from 'hyparquet/src/types.js';
import type { ByteRange, ByteSource } from './byteSource';
import type { ReadOptions } from './table';
import { TableProblem } from './tableProblem';
import { ThriftStruct } from './thriftStruct';

export type LogicalType =
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'timestamp' | 'time'; readonly utc: boolean; readonly unit: TimeUnit }
  | { readonly kind: 'integer'; readonly bits: number; readonly signed: boolean }
  | { readonly kind: 'string' | 'map' | 'list' | 'enum' | 'date' | 'null' | 'json' | 'bson' | 'uuid' | 'float16' | 'other' };

/** One element of the flattened schema with its children. */
export interface SchemaNode {
  /** Position in the flattened schema: unique in the file, unlike names. */
  readonly index: number;
  readonly name: string;
  /** From the root, without it. */
  readonly path: readonly string[];
  readonly repetition: FieldRepetitionType;
  /** Undefined for groups. */
  readonly type: ParquetType | undefined;
  readonly typeLength: number | undefined;
  readonly converted: ConvertedType | undefined;
  readonly logical: LogicalType | undefined;
  readonly scale: number;
  readonly precision: number;
  readonly children: readonly SchemaNode[];
  /** Position among the leaves, in column order; -1 for groups. */
  readonly leaf: number;
}

export interface ColumnChunk {
  readonly codec: CompressionCodec;
  readonly encodings: readonly Encoding[];
  /** Of its row group. */
  readonly rows: number;
  readonly values: number;
  readonly uncompressedSize: number;
  readonly bytes: ByteRange;
  /** Where the first data page begins, behind the dictionary, as the footer says. */
  readonly dataStart: number;
  readonly offsetIndex: ByteRange | undefined;
  readonly columnIndex: ByteRange | undefined;
  readonly statistics: RawStatistics | undefined;
}

/** Bounds as they are written. The older pair was compared as if all values were signed numbers. */
export interface RawStatistics {
  readonly min: Uint8Array | undefined;
  readonly max: Uint8Array | undefined;
  readonly oldMin: Uint8Array | undefined;
  readonly oldMax: Uint8Array | undefined;
  readonly nulls: number | undefined;
}

export interface RowGroup {
  readonly firstRow: number;
  readonly rowCount: number;
  /** One chunk a leaf, in the order of the leaves. */
  readonly chunks: readonly ColumnChunk[];
}

export interface ParquetFooter {
  readonly root: SchemaNode;
  readonly leaves: readonly SchemaNode[];
  readonly rowCount: number;
  readonly rowGroups: readonly RowGroup[];
  readonly keyValues: ReadonlyMap<string, string>;
  readonly createdBy: string | undefined;
  /** By leaf: whether bounds are compared in the order that the format defines for its type. */
  readonly typeOrdered: readonly boolean[];
}

/** Most footers fit, so that one read is enough: those of long files grow with their row groups. */
function firstRead(size: number): number {
  return Math.min(256 * 1024, Math.max(64 * 1024, Math.ceil(size / 20_000)));
}

/**
 * Run lengths can store a great many equal values in a few bytes, but not without end: beyond this many rows a byte of
 * file, the count is a lie that would exhaust the memory.
 */
const maxRowsPerByte = 1_000_000;

/** How a footer is read where something is known of it. */
export interface FooterOptions extends ReadOptions {
  /** So much of the end is read first, in the hope that the footer lies in it. */
  readonly tailBytes?: number;
  /** Told how much of the end would have been enough. */
  readonly onLength?: (bytes: number) => void;
}

export async function loadFooter(source: ByteSource, options: FooterOptions = {}): Promise<ParquetFooter> {
  const { name, size } = source;
  if (size < 12) {
    throw new TableProblem(
      'not-parquet',
      `${name} is not a parquet file: it has ${size === 1 ? '1 byte' : `${size} bytes`}, the smallest has 12`,
    );
  }
  const tailStart = Math.max(0, size - Math.max(8, options.tailBytes ?? firstRead(size)));
  const tail = await source.read(tailStart, size, options.signal);
  const magic = String.fromCharCode(...tail.subarray(-4));
  if (magic === 'PARE') {
    throw new TableProblem('encrypted', `${name} is an encrypted parquet file: its footer cannot be read without the key`);
  }
  if (magic !== 'PAR1') {
    throw new TableProblem(
      'not-parquet',
      `${name} is not a parquet file: expected "PAR1" at the end, found ${printable(tail.subarray(-4))}`,
    );
  }
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(tail.byteLength - 8, true);
  options.onLength?.(length + 8);
  const end = size - 8;
  if (length > end - 4) {
    throw new TableProblem('malformed', `${name} is damaged: its footer claims ${length} bytes, the file has ${size}`);
  }
  const start = end - length;
  const bytes =
    start >= tailStart
      ? tail.subarray(start - tailStart, end - tailStart)
      : await readFront(source, { start, tailStart, length }, tail, options.signal);
  return readFooter(bytes, name, start);
}

async function readFront(
  source: ByteSource,
  { start, tailStart, length }: { readonly start: number; readonly tailStart: number; readonly length: number },
  tail: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const whole = new Uint8Array(length);
  whole.set(await source.read(start, tailStart, signal));
  whole.set(tail.subarray(0, length - (tailStart - start)), tailStart - start);
  return whole;
}

/** @param dataEnd where the footer begins: all data lies before it. */
function readFooter(bytes: Uint8Array, name: string, dataEnd: number): ParquetFooter {
  const footer = ThriftStruct.parse(bytes, `The footer of ${name}`);
  const leaves: SchemaNode[] = [];
  const elements = footer.structs(2, (index) => `Schema element ${index} of ${name}`);
  const { node: root, next } = readNode(elements, 0, [], leaves, name);
  if (next !== elements.length) throw damaged(name, `its schema has ${elements.length - next} elements too many`);
  let firstRow = 0;
  const rowGroups = footer
    .structs(4, (index) => `Row group ${index} of ${name}`)
    .map((group, index) => {
      const read = readRowGroup(group, { name, index, leaves, firstRow, dataEnd });
      firstRow += read.rowCount;
      return read;
    });
  const rowCount = footer.requiredNumber(3);
  if (rowCount !== firstRow) throw damaged(name, `it claims ${rowCount} rows, its row groups hold ${firstRow}`);
  if (rowCount > maxRowsPerByte * (dataEnd + bytes.byteLength)) {
    throw damaged(name, `it claims ${rowCount} rows in ${dataEnd + bytes.byteLength + 8} bytes`);
  }
  const keyValues = new Map<string, string>();
  for (const pair of footer.structs(5, () => `Metadata of ${name}`)) {
    const [key, value] = [pair.text(1), pair.text(2)];
    if (key !== undefined && value !== undefined) keyValues.set(key, value);
  }
  return { root, leaves, rowCount, rowGroups, keyValues, createdBy: footer.text(6), typeOrdered: readColumnOrders(footer, leaves.length) };
}

/** Deeper schemas than this come from no writer and would exhaust the stack. */
const maxDepth = 100;

function readNode(
  elements: readonly ThriftStruct[],
  index: number,
  path: readonly string[],
  leaves: SchemaNode[],
  name: string,
): { readonly node: SchemaNode; readonly next: number } {
  const element = elements[index];
  if (!element) throw damaged(name, 'its schema ends too early');
  if (path.length > maxDepth) throw damaged(name, `its schema is nested more than ${maxDepth} deep`);
  const childCount = element.number(5) ?? 0;
  const ownName = element.text(4) ?? '';
  const ownPath = index === 0 ? [] : [...path, ownName];
  const isLeaf = element.has(1) && index > 0;
  const converted = element.number(6);
  const children: SchemaNode[] = [];
  // A leaf takes its place among the leaves before anything that follows it.
  const leaf = isLeaf ? leaves.length : -1;
  let next = index + 1;
  if (!isLeaf) {
    for (let child = 0; child < childCount; child++) {
      const read = readNode(elements, next, ownPath, leaves, name);
      children.push(read.node);
      next = read.next;
    }
  }
  const type = isLeaf ? ParquetTypes[element.requiredNumber(1)] : undefined;
  if (isLeaf && type === undefined) throw damaged(name, `column "${ownPath.join('.')}" has an unknown physical type`);
  const node: SchemaNode = {
    index,
    name: ownName,
    path: ownPath,
    repetition: index === 0 ? 'REQUIRED' : (FieldRepetitionTypes[element.number(3) ?? 0] ?? 'REQUIRED'),
    type,
    typeLength: element.number(2),
    converted: converted === undefined ? undefined : ConvertedTypes[converted],
    logical: readLogicalType(element.struct(10)),
    scale: element.number(7) ?? 0,
    precision: element.number(8) ?? 0,
    children,
    leaf,
  };
  if (isLeaf) leaves.push(node);
  return { node, next };
}

const plainLogicalTypes = new Map([
  [1, 'string'],
  [2, 'map'],
  [3, 'list'],
  [4, 'enum'],
  [6, 'date'],
  [11, 'null'],
  [12, 'json'],
  [13, 'bson'],
  [14, 'uuid'],
  [15, 'float16'],
] as const);

function readLogicalType(union: ThriftStruct | undefined): LogicalType | undefined {
  if (!union) return undefined;
  const decimal = union.struct(5);
  if (decimal) return { kind: 'decimal', scale: decimal.number(1) ?? 0, precision: decimal.number(2) ?? 0 };
  for (const [id, kind] of [
    [7, 'time'],
    [8, 'timestamp'],
  ] as const) {
    const moment = union.struct(id);
    if (moment) return { kind, utc: moment.boolean(1) ?? false, unit: readUnit(moment.struct(2)) };
  }
  const integer = union.struct(10);
  if (integer) return { kind: 'integer', bits: integer.number(1) ?? 64, signed: integer.boolean(2) ?? true };
  for (const [id, kind] of plainLogicalTypes) if (union.has(id)) return { kind };
  return { kind: 'other' };
}

function readUnit(unit: ThriftStruct | undefined): TimeUnit {
  if (unit?.has(1)) return 'MILLIS';
  return unit?.has(3) ? 'NANOS' : 'MICROS';
}

interface GroupContext {
  readonly name: string;
  readonly index: number;
  readonly leaves: readonly SchemaNode[];
  readonly firstRow: number;
  readonly dataEnd: number;
}

function readRowGroup(group: ThriftStruct, context: GroupContext): RowGroup {
  const { name, index, leaves } = context;
  const rowCount = group.requiredNumber(3);
  if (rowCount < 0) throw damaged(name, `row group ${index} claims ${rowCount} rows`);
  const columns = group.structs(1, (column) => `Column ${column} of row group ${index} of ${name}`);
  if (columns.length !== leaves.length) {
    throw damaged(name, `row group ${index} has ${columns.length} columns, the schema has ${leaves.length}`);
  }
  const chunks = leaves.map((leaf, position) => {
    const column = columns[position];
    if (!column) throw damaged(name, `row group ${index} lacks column ${position}`);
    return readChunk(column, leaf, rowCount, context);
  });
  return { firstRow: context.firstRow, rowCount, chunks };
}

function readChunk(column: ThriftStruct, leaf: SchemaNode, rowCount: number, { name, index, dataEnd }: GroupContext): ColumnChunk {
  const label = `column "${leaf.path.join('.')}" of row group ${index}`;
  if (column.has(8)) throw new TableProblem('encrypted', `${name} is encrypted: ${label} cannot be read without its key`);
  if (column.text(1) !== undefined)
    throw new TableProblem('unsupported', `${name} keeps ${label} in another file, "${column.text(1) ?? ''}"`);
  const meta = column.struct(3);
  if (!meta) throw damaged(name, `${label} has no metadata`);
  const values = meta.requiredNumber(5);
  if (values < 0 || (leaf.path.length === 1 && leaf.repetition !== 'REPEATED' && values !== rowCount)) {
    throw damaged(name, `${label} claims ${values} values for ${rowCount} rows`);
  }
  const codec = CompressionCodecs[meta.requiredNumber(4)];
  if (codec === undefined) throw new TableProblem('unsupported', `${name} uses an unknown compression codec in ${label}`);
  // Some writers leave the dictionary's offset at zero when there is none.
  const start = Math.min(meta.number(11) || Infinity, meta.requiredNumber(9));
  const size = meta.requiredNumber(7);
  if (start < 0 || size < 0 || start + size > dataEnd) {
    throw damaged(name, `${label} lies at bytes ${start} to ${start + size}, the data ends at ${dataEnd}`);
  }
  const bytes = { start, end: start + size };
  const dataStart = meta.requiredNumber(9);
  return {
    codec,
    encodings: meta.numbers(2).flatMap((encoding) => Encodings[encoding] ?? []),
    rows: rowCount,
    values,
    uncompressedSize: meta.requiredNumber(6),
    bytes,
    dataStart: dataStart < bytes.end ? dataStart : start,
    offsetIndex: tolerate(() => rangeWithin(column.number(4), column.number(5), dataEnd)),
    columnIndex: tolerate(() => rangeWithin(column.number(6), column.number(7), dataEnd)),
    statistics: tolerate(() => readStatistics(meta.struct(12))),
  };
}

function rangeWithin(start: number | undefined, length: number | undefined, dataEnd: number): ByteRange | undefined {
  if (!start || !length || start < 0 || length < 0 || start + length > dataEnd) return undefined;
  return { start, end: start + length };
}

/** What only saves reading is left out where it is damaged. */
function tolerate<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof TableProblem) return undefined;
    throw error;
  }
}

function readStatistics(statistics: ThriftStruct | undefined): RawStatistics | undefined {
  return (
    statistics && {
      oldMax: statistics.bytes(1),
      oldMin: statistics.bytes(2),
      nulls: statistics.number(3),
      max: statistics.bytes(5),
      min: statistics.bytes(6),
    }
  );
}

function readColumnOrders(footer: ThriftStruct, leaves: number): readonly boolean[] {
  const orders = tolerate(() => footer.structs(7, () => 'Column orders')) ?? [];
  return Array.from({ length: leaves }, (_, leaf) => orders.length === leaves && (orders[leaf]?.has(1) ?? false));
}

function damaged(name: string, reason: string): TableProblem {
  return new TableProblem('malformed', `${name} is damaged: ${reason}`);
}

/** Four bytes for people: as text when they are text, otherwise in hexadecimal. */
function printable(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes);
  return /^[\x20-\x7e]*$/.test(text) ? JSON.stringify(text) : [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
