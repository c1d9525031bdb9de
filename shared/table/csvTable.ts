// CSV as Featureform has Spark read it: the first line names the columns, all of them are text, a line is a row. Opening
// reads a file once from end to end, since nothing else tells how many rows it has; rows are then read where they stand.

import { mapBounded } from './boundedParallel';
import type { ByteSource } from './byteSource';
import { indexLines, readLines, type LineIndex } from './csvLines';
import { parseCsvLine } from './csvRecord';
import type { OpenProgress } from './folderTable';
import {
  scalarType,
  type Cell,
  type Column,
  type ReadOptions,
  type RowBlock,
  type Table,
  type TableChunk,
  type TableOrigin,
} from './table';
import { TableProblem } from './tableProblem';

/** Files are read through so many at a time. */
const parallelFiles = 4;

export interface CsvParts {
  readonly tables: readonly Table[];
  /** The position of a part with another header than the one that names the columns. */
  readonly differing: { readonly named: number; readonly other: number } | undefined;
}

export interface OpenCsvOptions extends ReadOptions {
  readonly onProgress?: (progress: OpenProgress) => void;
}

export async function openCsv(source: ByteSource, options: OpenCsvOptions = {}): Promise<Table> {
  const [table] = (await openCsvParts([source], options)).tables;
  if (!table) throw new TableProblem('missing', `${source.name} holds no table`);
  return table;
}

/** Parts of one table: values are told by their place in the line, whatever the header of their own file says. */
export async function openCsvParts(sources: readonly ByteSource[], options: OpenCsvOptions): Promise<CsvParts> {
  const all = sources.reduce((sum, { size }) => sum + size, 0);
  let [read, partsOpened] = [0, 0];
  const tell = (): void => options.onProgress?.({ partsOpened, parts: sources.length, bytes: { read, all } });
  const indexes = await mapBounded(sources, parallelFiles, async (source) => {
    await refuseBinary(source, options.signal);
    const index = await indexLines(source, options.signal, (bytes) => {
      read += bytes;
      tell();
    });
    partsOpened += 1;
    tell();
    return index;
  });
  const named = namingPart(sources, indexes);
  const header = indexes[named]?.header;
  const columns = header === undefined ? [] : headerColumns(parseCsvLine(header), sources[named]?.name ?? '');
  const other = indexes.findIndex((index) => index.header !== undefined && index.header !== header);
  return {
    tables: sources.flatMap((source, index) => {
      const lines = indexes[index];
      return lines ? [new CsvTable(source, lines, columns)] : [];
    }),
    differing: other < 0 ? undefined : { named, other },
  };
}

/** Spark takes the header of the largest file, since it starts with that; of the first one where they are equal. */
function namingPart(sources: readonly ByteSource[], indexes: readonly LineIndex[]): number {
  let named = 0;
  for (const [index, { header }] of indexes.entries()) {
    if (header === undefined) continue;
    const isLarger = (sources[index]?.size ?? 0) > (sources[named]?.size ?? 0);
    if (indexes[named]?.header === undefined || isLarger) named = index;
  }
  return named;
}

/** As Spark names them: what is empty or stands there twice, whatever its case, has its position behind it. */
function headerColumns(header: readonly (string | null)[], file: string): readonly Column[] {
  const counts = new Map<string, number>();
  for (const name of header) if (name !== null) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  const names = header.map((name, index) => {
    if (name === null) return `_c${index}`;
    return (counts.get(name.toLowerCase()) ?? 0) > 1 ? `${name}${index}` : name;
  });
  const plain = names.map((name) => name.toLowerCase());
  const twice = names.find((_, index) => plain.indexOf(plain[index] ?? '') !== index);
  if (twice !== undefined) {
    throw new TableProblem(
      'unsupported',
      `${file} cannot be read by Spark: its header names "${twice}" twice, once after Spark numbered names that stand there twice`,
    );
  }
  return names.map((name) => ({ name, type: scalarType('string'), nullable: true, partition: false }));
}

async function refuseBinary(source: ByteSource, signal: AbortSignal | undefined): Promise<void> {
  const head = String.fromCharCode(...(await source.read(0, Math.min(4, source.size), signal)));
  const found = head === 'PAR1' ? 'a parquet file' : head.startsWith('\u001f\u008b') ? 'compressed with gzip' : undefined;
  if (found !== undefined) throw new TableProblem('unsupported', `${source.name} is not a CSV file: it is ${found}`);
}

/** Marks of the index that make up one chunk: some megabytes. */
const marksPerChunk = 64;

class CsvTable implements Table {
  readonly rowCount: number;
  readonly origin: TableOrigin;

  constructor(
    private readonly source: ByteSource,
    private readonly index: LineIndex,
    readonly columns: readonly Column[],
  ) {
    this.rowCount = Math.max(0, index.lineCount - 1);
    const nothing = { writer: undefined, codecs: [], success: undefined, ignored: [] };
    this.origin = { kind: 'file', format: 'csv', files: 1, bytes: source.size, ...nothing };
  }

  async rows(start: number, end: number, columns?: readonly number[], options: ReadOptions = {}): Promise<RowBlock> {
    const from = Math.max(0, Math.min(start, this.rowCount));
    const to = Math.max(from, Math.min(end, this.rowCount));
    const places = columns ?? [...this.columns.keys()];
    const unknown = places.find((place) => !this.columns[place]);
    if (unknown !== undefined) {
      throw new TableProblem('out-of-range', `${this.source.name} has ${this.columns.length} columns, column ${unknown} was asked for`);
    }
    options.signal?.throwIfAborted();
    // The header is a line as well.
    const lines = await readLines(this.source, this.index, { start: from + 1, end: to + 1 }, options.signal);
    options.signal?.throwIfAborted();
    const rows = lines.map((line): Cell[] => {
      const values = parseCsvLine(line);
      return places.map((place) => values[place] ?? null);
    });
    return { start: from, rows };
  }

  chunks(): readonly TableChunk[] {
    const starts = this.index.marks.filter((_, index) => index % marksPerChunk === 0).map(({ line }) => Math.max(0, line - 1));
    return starts
      .map((start, index) => ({ start, end: starts[index + 1] ?? this.rowCount, statistics: new Map() }))
      .filter(({ start, end }) => start < end);
  }

  narrow(chunk: TableChunk): Promise<readonly TableChunk[]> {
    return Promise.resolve([chunk]);
  }
}
