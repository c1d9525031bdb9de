// A folder that Spark wrote is one table: its parts in name order, their columns merged by name, partition columns from
// folder names at the end.

import type { ByteSource } from './byteSource';
import { openCsvParts } from './csvTable';
import { readContents, type FolderContents, type FolderEntry, type RunChoice } from './folderContents';
import { tableFormat } from './foreignFormats';
import { parsePartitions, partitionColumns, type PartitionColumn } from './hivePartitions';
import { openIceberg } from './iceberg/icebergTable';
import { mergeColumns, type ColumnPlace } from './mergedColumns';
import { openParquetParts } from './parquetParts';
import { PartedTable, type TablePart } from './partedTable';
import type { Column, ReadOptions, Table, TableOrigin } from './table';
import { TableProblem } from './tableProblem';

export type { FolderEntry, RunChoice } from './folderContents';

/** A folder or a prefix of objects. */
export interface FolderSource {
  readonly name: string;
  /** All files below, of any depth, in any order; nothing of a folder whose name merely begins with this one's. */
  list(): Promise<readonly FolderEntry[]>;
  open(entry: FolderEntry): ByteSource;
  /** A file of the same store by its absolute location; undefined where it is none, or another store's. */
  openElsewhere?(location: string, signal: AbortSignal | undefined): Promise<ByteSource | undefined>;
}

export interface OpenFolderOptions extends ReadOptions {
  /** Where the folder holds dated runs; the newest one by default. */
  readonly run?: RunChoice;
  /** Told after each part and, of what is read through, again and again. */
  readonly onProgress?: (progress: OpenProgress) => void;
  /** At most so many bytes are held for the table (`Table.heldBytes`), `mostHeldBytes` by default. */
  readonly heldBytes?: number;
}

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
  if (tableFormat(folder.name, entries) === 'iceberg') return openIceberg(folder, entries, options);
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
  return joinParts(tables, merged, partitionColumns(partitions.parts), origin);
}

interface OpenedParts {
  readonly tables: readonly Table[];
  readonly differing: TableOrigin['differing'];
}

async function openParts(folder: FolderSource, { format, parts }: FolderContents, options: OpenFolderOptions): Promise<OpenedParts> {
  const sources = parts.map((part) => folder.open(part));
  if (format === 'parquet') {
    const all = parts.reduce((sum, { size }) => sum + size, 0);
    let [partsOpened, rows, bytes] = [0, 0, 0];
    const onOpened = ({ rowCount, origin }: Table): void => {
      partsOpened += 1;
      rows += rowCount;
      bytes += origin.bytes;
      options.onProgress?.({ partsOpened, parts: parts.length, estimatedRows: Math.round((rows * all) / Math.max(1, bytes)) });
    };
    const { signal, heldBytes } = options;
    const tables = await openParquetParts(sources, { ...(signal && { signal }), name: folder.name, heldBytes, onOpened });
    return { tables, differing: undefined };
  }
  const { tables, differing } = await openCsvParts(sources, options);
  const path = (index: number): string => parts[index]?.path ?? '';
  return { tables, differing: differing && { first: path(differing.named), other: path(differing.other) } };
}

/** The merged columns with those of the folder names, which hide columns of the same names or stand at the end. */
function joinParts(
  tables: readonly Table[],
  merged: { readonly columns: readonly Column[]; readonly places: readonly (readonly (ColumnPlace | undefined)[])[] },
  partitions: readonly PartitionColumn[],
  origin: TableOrigin,
): Table {
  const hiding = (name: string): PartitionColumn | undefined =>
    partitions.find((partition) => partition.name.toLowerCase() === name.toLowerCase());
  const kept = merged.columns.map((column, index) => ({ column, index, partition: hiding(column.name) }));
  const added = partitions.filter((partition) => !merged.columns.some(({ name }) => hiding(name) === partition));
  const all = [...kept, ...added.map((partition) => ({ column: undefined, index: -1, partition }))];
  const columns = all.flatMap(({ column, partition }) => {
    if (!partition) return column ?? [];
    return [{ name: partition.name, type: partition.type, nullable: true, partition: true }];
  });
  const parts = tables.map((table, part): TablePart => {
    const places = merged.places[part] ?? [];
    return {
      table,
      source(column) {
        const { index, partition } = all[column] ?? { index: -1, partition: undefined };
        const place = places[index];
        if (partition || !place) return { kind: 'constant', value: partition?.values[part] ?? null };
        return { kind: 'stored', ...place };
      },
    };
  });
  return new PartedTable(parts, columns, origin);
}
