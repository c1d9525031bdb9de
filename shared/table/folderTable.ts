// A folder that Spark wrote is one table: its parts in name order, their columns merged by name, partition columns from
// folder names at the end.

import { mapBounded } from './boundedParallel';
import type { ByteSource } from './byteSource';
import { openCsvParts } from './csvTable';
import { readContents, type FolderContents, type FolderEntry, type RunChoice } from './folderContents';
import { parsePartitions, partitionColumns, type PartitionColumn } from './hivePartitions';
import { mergeColumns, type ColumnPlace } from './mergedColumns';
import { openParquetParts } from './parquetParts';
import type { Cell, ChunkStatistics, Column, ReadOptions, RowBlock, Table, TableChunk, TableOrigin } from './table';
import { TableProblem } from './tableProblem';

export type { FolderEntry, RunChoice } from './folderContents';

/** A folder or a prefix of objects. */
export interface FolderSource {
  readonly name: string;
  /** All files below, of any depth, in any order; nothing of a folder whose name merely begins with this one's. */
  list(): Promise<readonly FolderEntry[]>;
  open(entry: FolderEntry): ByteSource;
}

export interface OpenFolderOptions extends ReadOptions {
  /** Where the folder holds dated runs; the newest one by default. */
  readonly run?: RunChoice;
  /** Told after each part and, of what is read through, again and again. */
  readonly onProgress?: (progress: OpenProgress) => void;
  /** At most so many bytes are held for the table (`Table.heldBytes`), `mostHeldBytes` by default. */
  readonly heldBytes?: number;
}

/** Of the footers of about fifty thousand parts. */
export const mostHeldBytes = 512 * 1024 * 1024;

export interface OpenProgress {
  readonly partsOpened: number;
  readonly parts: number;
  /** Of CSV, which is read through to be opened. */
  readonly bytes?: { readonly read: number; readonly all: number };
  /** How many rows there will be, if the other parts have as many for their size as those that were opened; of parquet. */
  readonly estimatedRows?: number;
}

/** Opens every part. Throws a TableProblem, also where the columns of the parts cannot be merged. */
export async function openFolder(folder: FolderSource, options: OpenFolderOptions = {}): Promise<Table> {
  const entries = await folder.list();
  options.signal?.throwIfAborted();
  const contents = readContents(folder.name, entries, options.run ?? 'newest');
  const paths = contents.parts.map(({ path }) => path);
  const partitions = parsePartitions(paths);
  if (partitions.kind === 'refused') throw new TableProblem('schema-mismatch', `${folder.name} is not one table: ${partitions.reason}`);
  const { tables, differing } = await openParts(folder, contents, options);
  const merged = mergeColumns(tables.map(({ columns }, index) => ({ path: paths[index] ?? '', columns })));
  if (merged.kind === 'refused') throw new TableProblem('schema-mismatch', `${folder.name} is not one table: ${merged.reason}`);
  const [first] = paths;
  const other = merged.differing;
  const difference = differing ?? (first !== undefined && other !== undefined ? { first, other } : undefined);
  const origin: TableOrigin = {
    kind: 'folder',
    format: contents.format,
    files: contents.parts.length,
    bytes: contents.parts.reduce((sum, { size }) => sum + size, 0),
    writer: tables[0]?.origin.writer,
    codecs: [...new Set(tables.flatMap(({ origin: { codecs } }) => codecs))],
    success: contents.success,
    ignored: contents.ignored,
    ...(contents.runs.length === 0 ? {} : { runs: contents.runs.map(({ name, time, files, shown }) => ({ name, time, files, shown })) }),
    ...(difference ? { differing: difference } : {}),
  };
  const parts = tables.map((table, index) => ({ table, places: merged.places[index] ?? [] }));
  return new FolderTable(parts, merged.columns, partitionColumns(partitions.parts), origin);
}

interface OpenedParts {
  readonly tables: readonly Table[];
  readonly differing: TableOrigin['differing'];
}

async function openParts(folder: FolderSource, { format, parts }: FolderContents, options: OpenFolderOptions): Promise<OpenedParts> {
  const sources = parts.map((part) => folder.open(part));
  if (format === 'parquet') {
    const all = parts.reduce((sum, { size }) => sum + size, 0);
    const limit = options.heldBytes ?? mostHeldBytes;
    let [partsOpened, rows, bytes, held] = [0, 0, 0, 0];
    const onOpened = ({ rowCount, origin, heldBytes = 0 }: Table): void => {
      partsOpened += 1;
      rows += rowCount;
      bytes += origin.bytes;
      held += heldBytes;
      if (held > limit) {
        const found = `the footers of ${partsOpened} of its ${parts.length} parts take ${held} bytes of memory`;
        throw new TableProblem('too-large', `${folder.name} has too many parts: ${found}, expected at most ${limit}`);
      }
      options.onProgress?.({ partsOpened, parts: parts.length, estimatedRows: Math.round((rows * all) / Math.max(1, bytes)) });
    };
    return { tables: await openParquetParts(sources, options, onOpened), differing: undefined };
  }
  const { tables, differing } = await openCsvParts(sources, options);
  const path = (index: number): string => parts[index]?.path ?? '';
  return { tables, differing: differing && { first: path(differing.named), other: path(differing.other) } };
}

interface Part {
  readonly table: Table;
  /** By merged column. */
  readonly places: readonly (ColumnPlace | undefined)[];
}

/** Where a column of the folder comes from: the merged columns, or a partition column (which hides one of its name). */
type Origin = { readonly kind: 'stored'; readonly merged: number } | { readonly kind: 'partition'; readonly partition: PartitionColumn };

/** Windows that cross many small parts read from so many at a time. */
const parallelReads = 8;

class FolderTable implements Table {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly heldBytes: number;
  /** The first row of each part. */
  private readonly starts: readonly number[];
  private readonly origins: readonly Origin[];

  constructor(
    private readonly parts: readonly Part[],
    merged: readonly Column[],
    partitions: readonly PartitionColumn[],
    readonly origin: TableOrigin,
  ) {
    const hiding = (name: string): PartitionColumn | undefined =>
      partitions.find((partition) => partition.name.toLowerCase() === name.toLowerCase());
    const stored = merged.map(({ name }, index): Origin => {
      const partition = hiding(name);
      return partition ? { kind: 'partition', partition } : { kind: 'stored', merged: index };
    });
    const added = partitions.filter((partition) => !merged.some(({ name }) => hiding(name) === partition));
    this.origins = [...stored, ...added.map((partition): Origin => ({ kind: 'partition', partition }))];
    this.columns = this.origins.flatMap((origin) => {
      if (origin.kind === 'stored') return merged[origin.merged] ?? [];
      const { name, type } = origin.partition;
      return [{ name, type, nullable: true, partition: true }];
    });
    const starts: number[] = [];
    let rowCount = 0;
    for (const { table } of parts) {
      starts.push(rowCount);
      rowCount += table.rowCount;
    }
    this.heldBytes = parts.reduce((sum, { table: { heldBytes = 0 } }) => sum + heldBytes, 0);
    this.starts = starts;
    this.rowCount = rowCount;
  }

  async rows(start: number, end: number, columns?: readonly number[], options: ReadOptions = {}): Promise<RowBlock> {
    const from = Math.max(0, Math.min(start, this.rowCount));
    const origins = (columns ?? [...this.columns.keys()]).map((index) => this.originOf(index));
    const slices = this.slices(from, Math.min(end, this.rowCount));
    const blocks = await mapBounded(slices, parallelReads, async ({ part: index, start: first, end: last }) => {
      const part = this.parts[index];
      return part ? partRows(part, index, first, last, origins, options) : [];
    });
    return { start: from, rows: blocks.flat() };
  }

  chunks(columns: readonly number[]): readonly TableChunk[] {
    return this.parts.flatMap((part, index) => {
      const stored = this.storedColumns(part, columns);
      return part.table.chunks([...stored.values()]).map((chunk) => this.shifted(chunk, part, index, stored, columns));
    });
  }

  async narrow(chunk: TableChunk, columns: readonly number[], options?: ReadOptions): Promise<readonly TableChunk[]> {
    const index = this.partAt(chunk.start);
    const part = this.parts[index];
    const offset = this.starts[index] ?? 0;
    if (!part || chunk.end > offset + part.table.rowCount) return [chunk];
    const stored = this.storedColumns(part, columns);
    const statistics = new Map<number, ChunkStatistics>();
    for (const [column, place] of stored) {
      const known = chunk.statistics.get(column);
      if (known) statistics.set(place, known);
    }
    const own: TableChunk = { start: chunk.start - offset, end: chunk.end - offset, statistics };
    const narrower = await part.table.narrow(own, [...stored.values()], options);
    if (narrower.length === 1 && narrower[0] === own) return [chunk];
    return narrower.map((one) => this.shifted(one, part, index, stored, columns));
  }

  private originOf(index: number): Origin {
    const origin = this.origins[index];
    if (origin) return origin;
    throw new TableProblem('out-of-range', `the table has ${this.columns.length} columns, column ${index} was asked for`);
  }

  /** The parts that hold these rows, with the rows as each of them counts. */
  private slices(start: number, end: number): readonly { readonly part: number; readonly start: number; readonly end: number }[] {
    const found: { part: number; start: number; end: number }[] = [];
    for (let part = this.partAt(start); part < this.parts.length; part++) {
      const offset = this.starts[part] ?? 0;
      if (offset >= end) break;
      const [first, last] = [Math.max(0, start - offset), Math.min(end - offset, this.parts[part]?.table.rowCount ?? 0)];
      if (first < last) found.push({ part, start: first, end: last });
    }
    return found;
  }

  /** The last part that begins at or before a row: the one that holds it, since empty parts begin with the next one. */
  private partAt(row: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** From columns of the folder to those of the part that have them. */
  private storedColumns(part: Part, columns: readonly number[]): ReadonlyMap<number, number> {
    const stored = new Map<number, number>();
    for (const column of columns) {
      const origin = this.originOf(column);
      const place = origin.kind === 'stored' ? part.places[origin.merged] : undefined;
      if (place) stored.set(column, place.index);
    }
    return stored;
  }

  /** A chunk of a part as one of the folder. */
  private shifted(
    { start, end, statistics: own }: TableChunk,
    part: Part,
    index: number,
    stored: ReadonlyMap<number, number>,
    columns: readonly number[],
  ): TableChunk {
    const offset = this.starts[index] ?? 0;
    const statistics = new Map<number, ChunkStatistics>();
    for (const column of columns) {
      const origin = this.originOf(column);
      const place = stored.get(column);
      if (origin.kind === 'partition') statistics.set(column, constantStatistics(origin.partition.values[index] ?? null, end - start));
      else if (place === undefined) statistics.set(column, constantStatistics(null, end - start));
      else if (!part.places[origin.merged]?.convert) {
        const known = own.get(place);
        if (known) statistics.set(column, known);
      }
    }
    return { start: start + offset, end: end + offset, statistics };
  }
}

/** Of a column that has one value in so many rows. */
function constantStatistics(value: Cell, rows: number): ChunkStatistics {
  if (value === null) return { nulls: rows, min: undefined, max: undefined };
  // Of NaN, which may stand here as text as well, no bounds are told.
  return value === 'NaN' ? { nulls: 0, min: undefined, max: undefined } : { nulls: 0, min: value, max: value };
}

async function partRows(
  { table, places }: Part,
  part: number,
  start: number,
  end: number,
  origins: readonly Origin[],
  options: ReadOptions,
): Promise<readonly (readonly Cell[])[]> {
  const readers = origins.map((origin) => {
    if (origin.kind === 'partition') return { constant: origin.partition.values[part] ?? null, place: undefined };
    return { constant: null, place: places[origin.merged] };
  });
  const stored = readers.flatMap(({ place }) => (place ? [place.index] : []));
  const { rows } = await table.rows(start, end, stored, options);
  return rows.map((row) => {
    let next = 0;
    return readers.map(({ constant, place }) => {
      if (!place) return constant;
      const cell = row[next++] ?? null;
      return place.convert ? place.convert(cell) : cell;
    });
  });
}
