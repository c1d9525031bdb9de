// A folder that is an Iceberg table shows its current snapshot: the live files of its manifests, by field ids and without
// deleted rows. The files themselves are read as those of any other table.

import { mapBounded } from '../boundedParallel';
import type { FolderEntry, FolderSource, OpenFolderOptions } from '../folderTable';
import { openParquetParts } from '../parquetParts';
import type { ParquetFile } from '../parquetTable';
import { PartedTable, type ColumnSource, type TablePart } from '../partedTable';
import type { Cell, Table, TableOrigin } from '../table';
import { damaged, TableProblem } from '../tableProblem';
import { loadDeletedRows, type DeletedRows } from './deletedRows';
import { columnType } from './icebergSchema';
import { LivingRows } from './livingRows';
import { readSnapshotFiles, type DataFile } from './manifests';
import { matchColumns } from './matchColumns';
import { partitionCell } from './partitionValues';
import { plainLocation, readText, TableFiles } from './tableFiles';
import { loadTableMetadata, type TableMetadata } from './tableMetadata';

/**
 * Opens the current snapshot, by metadata, manifests and the footers of the data files.
 * @param entries all files of the folder.
 * @throws a TableProblem for what is missing, damaged or cannot be shown, or the reason of the signal.
 */
export async function openIceberg(folder: FolderSource, entries: readonly FolderEntry[], options: OpenFolderOptions): Promise<Table> {
  const { signal, run } = options;
  if (typeof run === 'object') throw new TableProblem('missing', `${folder.name} is an Iceberg table; it holds no run "${run.name}"`);
  const metadata = await loadTableMetadata(folder.name, entries, (entry) => readText(folder, entry, signal));
  const files = new TableFiles(folder, entries, metadata.location);
  const { snapshot } = metadata;
  const found = snapshot ? await readSnapshotFiles(files, snapshot, signal) : { data: [], deletes: [] };
  const deleted = await loadDeletedRows(folder.name, files, found, signal ? { signal } : {});
  const tables = await openDataFiles(folder.name, files, found.data, options);
  const columns = metadata.fields.map(({ name, type, required }) => ({
    name,
    type: columnType(type),
    nullable: !required,
    partition: false,
  }));
  return new PartedTable(joinFiles(metadata, found.data, tables, deleted), columns, originOf(metadata, tables, deleted));
}

/** Files outside of the folder are looked for so many at a time. */
const parallelOpens = 32;

async function openDataFiles(
  name: string,
  files: TableFiles,
  data: readonly DataFile[],
  { signal, heldBytes, onProgress }: OpenFolderOptions,
): Promise<readonly ParquetFile[]> {
  const sources = await mapBounded(data, parallelOpens, ({ location }) => files.open(location, signal));
  const estimatedRows = data.reduce((sum, { rows }) => sum + rows, 0);
  let partsOpened = 0;
  const onOpened = (): void => {
    partsOpened += 1;
    onProgress?.({ partsOpened, parts: data.length, estimatedRows });
  };
  return openParquetParts(sources, { ...(signal && { signal }), name, heldBytes, onOpened });
}

function joinFiles(
  metadata: TableMetadata,
  data: readonly DataFile[],
  tables: readonly ParquetFile[],
  deleted: DeletedRows,
): readonly TablePart[] {
  /** Most files are alike. */
  const known = new Map<string, readonly (ColumnSource | undefined)[]>();
  return data.flatMap((file, index) => {
    const table = tables[index];
    if (!table) return [];
    const { columns, fieldIds } = table;
    const key = JSON.stringify([columns.map(({ name, type }) => [name, type]), fieldIds]);
    const places = known.get(key) ?? matchColumns(metadata.fields, { name: file.location, columns, fieldIds }, metadata.mapping);
    known.set(key, places);
    const constants = partitionConstants(metadata, file, places);
    const source = (column: number): ColumnSource =>
      places[column] ?? {
        kind: 'constant',
        value: (constants.has(column) ? constants.get(column) : metadata.fields[column]?.initial) ?? null,
      };
    return [{ table: withoutDeleted(table, file, deleted), source }];
  });
}

/** What the partition of a file says of columns that the file lacks. */
function partitionConstants(
  { fields, specs }: TableMetadata,
  { location, specId, partition }: DataFile,
  places: readonly (ColumnSource | undefined)[],
): ReadonlyMap<number, Cell> {
  const constants = new Map<number, Cell>();
  for (const [index, id] of (specs.get(specId) ?? []).entries()) {
    const column = fields.findIndex((field) => field.id === id);
    const field = fields[column];
    if (field && !places[column]) constants.set(column, partitionCell(partition[index], field, location));
  }
  return constants;
}

function withoutDeleted(table: ParquetFile, { location, rows }: DataFile, deleted: DeletedRows): Table {
  if (table.rowCount !== rows) {
    throw damaged(location, `its number of rows is ${table.rowCount}, expected ${rows} by its manifest`);
  }
  const positions = deleted.get(plainLocation(location));
  if (!positions || positions.length === 0) return table;
  const last = positions.at(-1) ?? 0;
  if (last < rows) return new LivingRows(table, positions);
  throw new TableProblem(
    'malformed',
    `a delete file marks row ${last} of ${location} as deleted, counted from 0, and its number of rows is ${rows}`,
  );
}

function originOf({ snapshot, file, isNamed }: TableMetadata, tables: readonly ParquetFile[], deleted: DeletedRows): TableOrigin {
  return {
    kind: 'folder',
    files: tables.length,
    bytes: tables.reduce((sum, { origin }) => sum + origin.bytes, 0),
    writer: tables[0]?.origin.writer,
    codecs: [...new Set(tables.flatMap(({ origin: { codecs } }) => codecs))],
    success: undefined,
    ignored: [],
    snapshot: {
      id: snapshot?.id,
      time: snapshot?.time === undefined ? undefined : isoTime(snapshot.time),
      metadata: file,
      isNamed,
      deletedRows: [...deleted.values()].reduce((sum, { length }) => sum + length, 0),
    },
  };
}

/** Undefined beyond what a date can be. */
function isoTime(milliseconds: number): string | undefined {
  return Math.abs(milliseconds) <= 8.64e15 ? new Date(milliseconds).toISOString() : undefined;
}
