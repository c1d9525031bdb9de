// Which rows of which data files are deleted, by files of positions and by deletion vectors.

import { mapBounded } from '../boundedParallel';
import type { ByteSource } from '../byteSource';
import { openParquetFile } from '../parquetParts';
import type { ParquetFile } from '../parquetTable';
import type { ReadOptions } from '../table';
import { damaged, TableProblem } from '../tableProblem';
import { readDeletionVector } from './deletionVector';
import type { DataFile, DeleteFile, SnapshotFiles } from './manifests';
import { plainLocation, type TableFiles } from './tableFiles';

/** By the plain location of a data file: the positions of its deleted rows, ascending. */
export type DeletedRows = ReadonlyMap<string, Uint32Array>;

/** Positions that are kept while the table is open, four bytes each. */
const mostPositions = 10_000_000;
const parallelReads = 8;
/** No file has more rows. */
const greatestPosition = 2 ** 32 - 1;
/** Rows of a file of positions that are read at a time. */
const blockRows = 20_000;
/** The ids of the columns of such a file, whatever their names ([Iceberg, "Reserved Field IDs"](https://iceberg.apache.org/spec/)). */
const pathId = 2147483546;
const positionId = 2147483545;

/**
 * The rows that the snapshot marks as deleted ([Iceberg, "Row-level Deletes"](https://iceberg.apache.org/spec/)): a file of
 * positions applies to rows of its own commit and of older ones, and not where a data file has a deletion vector.
 * @param folder the name of the table, for messages.
 * @throws a TableProblem where rows are deleted by values, or too many by position.
 */
export async function loadDeletedRows(
  folder: string,
  files: TableFiles,
  { data, deletes }: SnapshotFiles,
  { signal }: ReadOptions,
): Promise<DeletedRows> {
  refuseEqualityDeletes(folder, data, deletes);
  const byLocation = new Map(data.map((file) => [plainLocation(file.location), file]));
  const vectors = deletes.filter((file) => file.kind === 'vector').filter(({ dataFile }) => byLocation.has(dataFile));
  const positions = deletes.filter((file) => file.kind === 'positions');
  const marked = [...vectors, ...positions].reduce((sum, { rows }) => sum + rows, 0);
  if (marked > mostPositions) {
    throw new TableProblem(
      'too-large',
      `${folder} is an Iceberg table whose current snapshot marks ${marked.toLocaleString('en')} rows as deleted by their positions; up to ${mostPositions.toLocaleString('en')} are left out while reading. ` +
        'Rewrite its data files first (CALL system.rewrite_data_files)',
    );
  }
  const found = new Map<string, Uint32Array>();
  await mapBounded(vectors, parallelReads, async (vector) => {
    found.set(vector.dataFile, Uint32Array.from(await loadVector(await files.open(vector.location, signal), vector, signal)));
  });
  const read = new PositionFiles(byLocation, found);
  await mapBounded(positions, parallelReads, async (file) => {
    await read.add(await openParquetFile(await files.open(file.location, signal), signal && { signal }), file, signal);
  });
  for (const [location, rows] of read.sorted()) found.set(location, rows);
  return found;
}

function refuseEqualityDeletes(folder: string, data: readonly DataFile[], deletes: readonly DeleteFile[]): void {
  const oldest = data.reduce((sequence, file) => Math.min(sequence, file.sequence), Infinity);
  // They apply to rows of older commits alone.
  const found = deletes.filter(({ kind, sequence }) => kind === 'equality' && sequence > oldest);
  const [first] = found;
  if (!first) return;
  const rows = found.reduce((sum, file) => sum + file.rows, 0);
  throw new TableProblem(
    'unsupported',
    `${folder} is an Iceberg table whose current snapshot deletes rows by their values: ${rows === 1 ? '1 row' : `${rows} rows`} of values in ` +
      `${found.length === 1 ? 'the equality delete file' : `${found.length} equality delete files, the first of them`} ${first.location}. ` +
      'Which rows these are is not told here, and deleted rows must not be shown as if they were current. ' +
      'Read it with spark.read.format("iceberg"), or rewrite its data files first (CALL system.rewrite_data_files)',
  );
}

async function loadVector(
  source: ByteSource,
  { start, end, rows, location }: DeleteFile & { readonly kind: 'vector' },
  signal: AbortSignal | undefined,
): Promise<readonly number[]> {
  if (end > source.size) {
    throw damaged(source.name, `a deletion vector lies at bytes ${start} to ${end}, the file has ${source.size}`);
  }
  try {
    const positions = readDeletionVector(await source.read(start, end, signal), rows);
    if ((positions.at(-1) ?? 0) > greatestPosition)
      throw new RangeError(`it marks row ${positions.at(-1) ?? 0}, at most ${greatestPosition} is read`);
    if (positions.length === rows) return positions;
    throw new RangeError(`its number of rows is ${positions.length}, expected ${rows} by its manifest`);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw damaged(location, `its deletion vector at byte ${start}: ${error.message}`, error);
  }
}

/** Gathers positions from files that name a data file and a row in each of their rows. */
class PositionFiles {
  private readonly positions = new Map<string, number[]>();

  /** @param settled locations of data files of which nothing is gathered. */
  constructor(
    private readonly data: ReadonlyMap<string, DataFile>,
    private readonly settled: ReadonlyMap<string, unknown>,
  ) {}

  async add(table: ParquetFile, { sequence, location, rows: count }: DeleteFile, signal: AbortSignal | undefined): Promise<void> {
    const columns = [columnOf(table, pathId, 'file_path', location), columnOf(table, positionId, 'pos', location)];
    if (table.rowCount !== count) {
      throw damaged(location, `its number of rows is ${table.rowCount}, expected ${count} by its manifest`);
    }
    let [last, target]: [unknown, number[] | undefined] = [undefined, undefined];
    for (let start = 0; start < table.rowCount; start += blockRows) {
      const { rows } = await table.rows(start, Math.min(start + blockRows, table.rowCount), columns, signal && { signal });
      for (const [path, position] of rows) {
        if (typeof path !== 'string' || typeof position !== 'number' || position < 0 || position > greatestPosition) {
          throw damaged(location, `expected a file and a position in each row, found ${JSON.stringify([path, position])}`);
        }
        // Rows of one data file stand together.
        if (path !== last) target = this.target(path, sequence);
        last = path;
        target?.push(position);
      }
    }
  }

  *sorted(): Generator<readonly [string, Uint32Array]> {
    for (const [location, list] of this.positions) {
      const all = Uint32Array.from(list).sort();
      // Two commits may have marked the same row.
      let kept = 0;
      for (const position of all) if (kept === 0 || position !== all[kept - 1]) all[kept++] = position;
      yield [location, all.subarray(0, kept)];
    }
  }

  private target(path: string, sequence: number): number[] | undefined {
    const location = plainLocation(path);
    const file = this.data.get(location);
    if (!file || file.sequence > sequence || this.settled.has(location)) return undefined;
    const list = this.positions.get(location) ?? [];
    this.positions.set(location, list);
    return list;
  }
}

function columnOf({ columns, fieldIds }: ParquetFile, id: number, name: string, location: string): number {
  const byId = fieldIds.findIndex((ids) => ids.id === id);
  const index = byId < 0 ? columns.findIndex((column) => column.name === name) : byId;
  if (index >= 0) return index;
  throw damaged(location, `as a file of deleted positions it must have a column "${name}"`);
}
