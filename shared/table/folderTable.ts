// A folder that Spark wrote is one table: its parts in name order, partition columns from folder names at the end.

import type { ByteSource } from './byteSource';
import { parsePartitions, partitionColumns, type PartitionColumn } from './hivePartitions';
import { openParquet } from './parquetTable';
import { typeName, type Cell, type Column, type RowBlock, type Table, type TableChunk, type TableOrigin } from './table';
import { TableProblem } from './tableProblem';

export interface FolderEntry {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly size: number;
}

/** A folder or a prefix of objects. */
export interface FolderSource {
  readonly name: string;
  /** All files below, of any depth, in any order. */
  list(): Promise<readonly FolderEntry[]>;
  open(entry: FolderEntry): ByteSource;
}

/** So many footers are read at a time. */
const parallelOpens = 16;

/** Opens every part by its footer. Throws a TableProblem, also where the parts do not have the same columns. */
export async function openFolder(folder: FolderSource): Promise<Table> {
  const entries = [...(await folder.list())].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const visible = entries.filter(({ path }) => !isHidden(path));
  const named = visible.filter(({ path }) => /\.parq(uet)?$/i.test(path));
  // Parts may carry any name; but where some are named parquet, the others are strangers.
  const parts = named.length > 0 ? named : visible;
  if (parts.length === 0) throw new TableProblem('missing', `${folder.name} holds no parquet files`);
  const partitions = parsePartitions(parts.map(({ path }) => path));
  if (partitions.kind === 'refused') throw new TableProblem('schema-mismatch', `${folder.name} is not one table: ${partitions.reason}`);
  const tables = await openAll(parts, folder);
  const [first, firstPart] = [tables[0], parts[0]];
  if (!first || !firstPart) throw new TableProblem('missing', `${folder.name} holds no parquet files`);
  for (const [index, table] of tables.entries()) {
    const difference = columnDifference(first.columns, table.columns);
    if (difference !== undefined) {
      const [own, other] = [firstPart.path, parts[index]?.path ?? ''];
      throw new TableProblem('schema-mismatch', `${folder.name} is not one table: ${difference(own, other)}`);
    }
  }
  const origin: TableOrigin = {
    kind: 'folder',
    files: parts.length,
    bytes: parts.reduce((sum, { size }) => sum + size, 0),
    writer: first.origin.writer,
    codecs: [...new Set(tables.flatMap(({ origin: { codecs } }) => codecs))],
    success: entries.some(({ path }) => path === '_SUCCESS'),
    ignored: visible.filter((entry) => !parts.includes(entry)).map(({ path }) => path),
  };
  return new FolderTable(tables, partitionColumns(partitions.parts), origin);
}

/** As Spark: `_` and `.` hide a file or folder, unless the folder is a partition (`_day=1`). */
function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || (part.startsWith('_') && !part.includes('=')));
}

async function openAll(parts: readonly FolderEntry[], folder: FolderSource): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (let at = 0; at < parts.length; at += parallelOpens) {
    const batch = parts.slice(at, at + parallelOpens);
    tables.push(...(await Promise.all(batch.map((part) => openParquet(folder.open(part))))));
  }
  return tables;
}

/** What differs between the columns of two parts, as a sentence over their paths; undefined when nothing does. */
function columnDifference(first: readonly Column[], second: readonly Column[]): ((a: string, b: string) => string) | undefined {
  for (const column of first) {
    const same = second.find(({ name }) => name === column.name);
    if (!same) return (a, b) => `${a} has a column "${column.name}", ${b} has none`;
    const [own, other] = [typeName(column.type), typeName(same.type)];
    if (own !== other) return (a, b) => `column "${column.name}" is ${own} in ${a} and ${other} in ${b}`;
  }
  const extra = second.find(({ name }) => !first.some((column) => column.name === name));
  if (extra) return (a, b) => `${b} has a column "${extra.name}", ${a} has none`;
  if (first.every(({ name }, index) => second[index]?.name === name)) return undefined;
  return (a, b) => `${b} has the columns of ${a} in another order`;
}

class FolderTable implements Table {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  /** The first row of each part. */
  private readonly starts: readonly number[];
  /** Where each column comes from: a position in the parts, or a partition column (which hides one of its name). */
  private readonly places: readonly (number | PartitionColumn)[];

  constructor(
    private readonly parts: readonly Table[],
    partitions: readonly PartitionColumn[],
    readonly origin: TableOrigin,
  ) {
    const own = parts[0]?.columns ?? [];
    const places: (number | PartitionColumn)[] = own.map((column, index) => partitions.find(({ name }) => name === column.name) ?? index);
    for (const partition of partitions) if (!places.includes(partition)) places.push(partition);
    this.places = places;
    this.columns = places.map((place, index) => {
      if (typeof place === 'object') return { name: place.name, type: place.type, nullable: true, partition: true };
      return own[place] ?? { name: '', type: { kind: 'struct', fields: [] }, nullable: index >= 0, partition: false };
    });
    const starts: number[] = [];
    let rowCount = 0;
    for (const part of parts) {
      starts.push(rowCount);
      rowCount += part.rowCount;
    }
    this.starts = starts;
    this.rowCount = rowCount;
  }

  chunks(_columns: readonly number[]): readonly TableChunk[] {
    return this.parts.flatMap((part, index) => {
      const offset = this.starts[index] ?? 0;
      return part.chunks([]).map(({ start, end }) => ({ start: start + offset, end: end + offset, statistics: new Map() }));
    });
  }

  narrow(chunk: TableChunk): Promise<readonly TableChunk[]> {
    return Promise.resolve([chunk]);
  }

  async rows(start: number, end: number, columns?: readonly number[]): Promise<RowBlock> {
    const from = Math.max(0, Math.min(start, this.rowCount));
    const places = (columns ?? this.columns.map((_, index) => index)).map((index) => {
      const place = this.places[index];
      if (place === undefined)
        throw new TableProblem('out-of-range', `the table has ${this.columns.length} columns, column ${index} was asked for`);
      return place;
    });
    const stored = places.filter((place) => typeof place === 'number');
    const rows: Cell[][] = [];
    for (const [index, part] of this.parts.entries()) {
      const offset = this.starts[index] ?? 0;
      const [first, last] = [Math.max(0, from - offset), Math.min(end - offset, part.rowCount)];
      if (first >= last) continue;
      const block = await part.rows(first, last, stored);
      for (const row of block.rows) {
        let next = 0;
        rows.push(places.map((place) => (typeof place === 'object' ? (place.values[index] ?? null) : (row[next++] ?? null))));
      }
    }
    return { start: from, rows };
  }
}
