// Row groups and their column chunks as plain data, every count and offset checked against the size of the file, so that a file
// that lies is refused before anything is allocated for it. Statistics are kept as they stand (parquetStatistics.ts judges them): bad
// ones must not matter.

import { CompressionCodecs, Encodings } from 'hyparquet/src/constants.js';
import type { CompressionCodec, Encoding } from 'hyparquet/src/types.js';
import type { ByteRange } from './byteSource';
import type { EncodedChunks, FooterOutline } from './footerOutline';
import type { SchemaNode } from './parquetDescription';
import { damaged, TableProblem, tolerate } from './tableProblem';
import { ThriftStruct } from './thriftStruct';

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
  /** The column chunk of a leaf, by its position among the leaves; undefined where there is no such leaf. It is kept: the same object each time. */
  chunk(leaf: number): ColumnChunk | undefined;
  /** The same for a look at it, without keeping it: those of all parts of a folder would fill the memory. */
  passingChunk(leaf: number): ColumnChunk | undefined;
}

/** The file that row groups are of. */
export interface GroupedFile {
  readonly name: string;
  readonly leaves: readonly SchemaNode[];
  /** Where the footer begins: all data lies before it. */
  readonly dataEnd: number;
}

/** Throws a TableProblem that names the file and what is wrong in it. @param footer a `FileMetaData` of parquet.thrift. */
export function readRowGroups(footer: ThriftStruct, file: GroupedFile): readonly RowGroup[] {
  let firstRow = 0;
  return footer
    .structs(4, (index) => `Row group ${index} of ${file.name}`)
    .map((group, index) => {
      const read = readRowGroup(group, file, index, firstRow);
      firstRow += read.rowCount;
      return read;
    });
}

/** Of an outline; undefined where it is not that of such a file. Each chunk is decoded when it is asked for. */
export function storedRowGroups(outline: FooterOutline, file: GroupedFile): readonly RowGroup[] | undefined {
  const { rows, chunks, uneven } = outline;
  const { leaves } = file;
  if (rows.length > 0 && chunks.columns !== leaves.length) return undefined;
  if (leaves.some((leaf) => isSingleValued(leaf) && uneven.has(leaf.leaf))) return undefined;
  let firstRow = 0;
  return rows.map((rowCount, index) => {
    const group = new StoredRowGroup(chunks, { file, index, rowCount }, firstRow);
    firstRow += rowCount;
    return group;
  });
}

class StoredRowGroup implements RowGroup {
  private readonly decoded: (ColumnChunk | undefined)[] = [];

  constructor(
    private readonly encoded: EncodedChunks,
    private readonly place: GroupPlace,
    readonly firstRow: number,
  ) {}

  get rowCount(): number {
    return this.place.rowCount;
  }

  chunk(leaf: number): ColumnChunk | undefined {
    const chunk = this.passingChunk(leaf);
    if (chunk) this.decoded[leaf] = chunk;
    return chunk;
  }

  passingChunk(leaf: number): ColumnChunk | undefined {
    const { file, index } = this.place;
    const node = file.leaves[leaf];
    if (!node) return undefined;
    const { bytes, columns, starts } = this.encoded;
    const decode = (): ThriftStruct =>
      ThriftStruct.parse(bytes.subarray(starts[index * columns + leaf]), columnName(leaf, index, file.name));
    return this.decoded[leaf] ?? readChunk(decode(), node, this.place);
  }
}

/** Whether there is one value or null in each row. */
function isSingleValued(leaf: SchemaNode): boolean {
  return leaf.path.length === 1 && leaf.repetition !== 'REPEATED';
}

function columnName(column: number, group: number, file: string): string {
  return `Column ${column} of row group ${group} of ${file}`;
}

function readRowGroup(group: ThriftStruct, file: GroupedFile, index: number, firstRow: number): RowGroup {
  const { name, leaves } = file;
  const rowCount = group.requiredNumber(3);
  if (rowCount < 0) throw damaged(name, `row group ${index} claims ${rowCount} rows`);
  const columns = group.structs(1, (column) => columnName(column, index, name));
  if (columns.length !== leaves.length) {
    throw damaged(name, `row group ${index} has ${columns.length} columns, the schema has ${leaves.length}`);
  }
  const chunks = leaves.map((leaf, position) => {
    const column = columns[position];
    if (!column) throw damaged(name, `row group ${index} lacks column ${position}`);
    return readChunk(column, leaf, { file, index, rowCount });
  });
  const chunk = (leaf: number): ColumnChunk | undefined => chunks[leaf];
  return { firstRow, rowCount, chunk, passingChunk: chunk };
}

/** The row group that a chunk is of. */
interface GroupPlace {
  readonly file: GroupedFile;
  readonly index: number;
  readonly rowCount: number;
}

function readChunk(column: ThriftStruct, leaf: SchemaNode, { file: { name, dataEnd }, index, rowCount }: GroupPlace): ColumnChunk {
  const label = `column "${leaf.path.join('.')}" of row group ${index}`;
  if (column.has(8)) throw new TableProblem('encrypted', `${name} is encrypted: ${label} cannot be read without its key`);
  if (column.text(1) !== undefined)
    throw new TableProblem('unsupported', `${name} keeps ${label} in another file, "${column.text(1) ?? ''}"`);
  const meta = column.struct(3);
  if (!meta) throw damaged(name, `${label} has no metadata`);
  const values = meta.requiredNumber(5);
  if (values < 0 || (isSingleValued(leaf) && values !== rowCount)) {
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
