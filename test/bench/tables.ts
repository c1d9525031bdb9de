// Reading a long table through a slow connection: time, requests, bytes and memory of every reader that can be had here, beside
// the bytes of the pages that hold what was asked for; and the same from the local disk, beside DuckDB and Spark. The local Spark writes the
// table, once on a machine: that takes some minutes and two gigabytes.

import { existsSync, mkdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCacheFolder } from '../../shared/cacheFolder';
import { countReads, type ByteSource, type ReadCost } from '../../shared/table/byteSource';
import { openFolder } from '../../shared/table/folderTable';
import { loadFooter, type ParquetFooter } from '../../shared/table/parquetFooter';
import { ParquetIndexes } from '../../shared/table/parquetIndexes';
import { planChunk, selectGroups } from '../../shared/table/parquetPlan';
import { fileSource, slowed } from './slowLine';
import { rounded, type Row } from './table';
import { askSpark, measureWork, runPython, type Measured } from './tableReaders';
import type { TableReader, TableWork } from './tableWork';

const rowCount = 10_000_000;
const middle = 5_000_000;
const visible = ['id', 'count_7', 'amount_0', 'city_3', 'payment_0'];
const readers: readonly TableReader[] = ['sparkform', 'hyparquet', 'hyparquet, offset indexes', 'parquet-wasm'];

export interface TableFigures {
  readonly remote: readonly Row[];
  readonly local: readonly Row[];
  readonly scans: readonly Row[];
}

/** The table is kept in the user's cache for the next time. */
export async function measureTables(): Promise<TableFigures> {
  const path = await writtenTable(join(defaultCacheFolder(), 'bench'));
  const file = await open(path);
  try {
    const source = fileSource(file, statSync(path).size);
    return { remote: await measureRemote(path, source), local: await measureLocal(path), scans: await measureScans(path) };
  } finally {
    await file.close();
  }
}

async function writtenTable(folder: string): Promise<string> {
  const path = join(folder, `payments-${rowCount}.parquet`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  process.stderr.write(`Spark writes ${path}\n`);
  await runPython('writeTable.py', [path, String(rowCount)]);
  return path;
}

interface NamedWork extends Pick<TableWork, 'rows' | 'columns'> {
  readonly work: string;
}

const works: readonly NamedWork[] = [
  { work: 'schema and count' },
  { work: 'first 100 rows, 50 columns', rows: hundredRows(0) },
  { work: 'first 100 rows, 5 columns', rows: hundredRows(0), columns: visible },
  { work: 'row 5,000,000, 5 columns', rows: hundredRows(middle), columns: visible },
];

function hundredRows(start: number): { readonly start: number; readonly end: number; readonly step: number } {
  return { start, end: start + 100, step: 100 };
}

/** Each work by each reader, with the bytes that a reader of pages could not do without. */
async function measureRemote(path: string, source: ByteSource): Promise<readonly Row[]> {
  const footer = await loadFooter(source);
  const rows: Row[] = [];
  for (const { work, ...asked } of works) {
    const floor = (await footerBytes(source)) + (await pageBytes(source, footer, asked));
    for (const reader of readers) {
      process.stderr.write(`${work}: ${reader}\n`);
      rows.push(row(work, reader, measureWork({ ...asked, path, reader, isSlow: true }), floor));
    }
  }
  return [...rows, await timedFolder(source, footer)];
}

/** A thousand names for the first part of the table, as the table itself is too long to have so many. */
async function timedFolder(source: ByteSource, footer: ParquetFooter): Promise<Row> {
  const cost: ReadCost = { bytesRead: 0, requests: 1 };
  const line = slowed(source);
  const began = performance.now();
  const entries = Array.from({ length: 1000 }, (_, part) => ({
    path: `part-${String(part).padStart(5, '0')}.parquet`,
    size: source.size,
  }));
  const table = await openFolder({ name: 'payments', list: () => Promise.resolve(entries), open: () => countReads(line, cost) });
  if (table.rowCount !== 1000 * footer.rowCount) throw new Error(`${table.rowCount} rows`);
  return row(
    'count of a folder of 1,000 such files',
    'sparkform',
    { ms: performance.now() - began, ...cost },
    1000 * (await footerBytes(source)),
  );
}

function row(
  work: string,
  reader: TableReader,
  { ms, requests, bytesRead, peak }: Omit<Measured, 'peak'> & { readonly peak?: number },
  floor: number,
): Row {
  const megabytes = (bytes: number): number => rounded(bytes / 1_000_000, 3);
  return {
    work,
    reader,
    ms: Math.round(ms),
    requests,
    MB: megabytes(bytesRead),
    'MB of the pages and the footer': megabytes(floor),
    'of them': rounded(bytesRead / floor, 2),
    'memory, MB': peak === undefined ? '' : Math.round(peak / 1_000_000),
  };
}

async function footerBytes(source: ByteSource): Promise<number> {
  const tail = await source.read(source.size - 8, source.size);
  return 8 + new DataView(tail.buffer).getUint32(0, true);
}

/** Of the pages that hold the rows, with their dictionaries. */
async function pageBytes(source: ByteSource, footer: ParquetFooter, { rows, columns: names }: Omit<NamedWork, 'work'>): Promise<number> {
  if (rows === undefined) return 0;
  const all = footer.description.root.children.map(({ name }) => name);
  const columns = (names ?? all).map((name) => all.indexOf(name));
  const indexes = new ParquetIndexes(source);
  let bytes = 0;
  for (const selection of selectGroups(footer.rowGroups, rows.start, rows.end)) {
    const chunks = columns.flatMap((column) => selection.group.chunk(column) ?? []);
    await indexes.load(chunks, undefined);
    for (const chunk of chunks) {
      const plan = planChunk(chunk, indexes.locations(chunk, selection.end), selection.start, selection.end);
      bytes += plan.pages.end - plan.pages.start + (plan.dictionary ? plan.dictionary.end - plan.dictionary.start : 0);
    }
  }
  return bytes;
}

/** The same from the local disk, beside DuckDB, and Spark when it is up. */
async function measureLocal(path: string): Promise<readonly Row[]> {
  process.stderr.write('the local disk: Spark\n');
  const spark = await askSpark(works.map((work) => ({ ...work, path })));
  const rows = works.map(({ work, ...asked }, index): Row => {
    process.stderr.write(`the local disk: ${work}\n`);
    const milliseconds = (reader: TableReader): number => Math.round(measureWork({ ...asked, path, reader, isSlow: false }).ms);
    return {
      work,
      ms: milliseconds('sparkform'),
      'hyparquet, ms': milliseconds('hyparquet'),
      'with offset indexes, ms': milliseconds('hyparquet, offset indexes'),
      'parquet-wasm, ms': milliseconds('parquet-wasm'),
      'DuckDB, ms': milliseconds('duckdb'),
      'Spark, ms': Math.round(spark.best[index] ?? Number.NaN),
    };
  });
  return [...rows, { work: 'until Spark is up', 'Spark, ms': Math.round(spark.up) }];
}

const scans = [
  ['count_1', 'count_7'],
  ['id', 'key_0'],
  ['amount_0', 'amount_1'],
  ['city_0', 'merchant_0'],
  ['payment_0', 'payment_1'],
  ['price_0', 'day_0'],
  ['moment_0', 'moment_1'],
];
const scannedRows = 2_000_000;
const step = 50_000;

/** Rows a second from the local disk, by ourselves and by the peers. */
async function measureScans(path: string): Promise<readonly Row[]> {
  const works = scans.map((columns): Omit<TableWork, 'reader'> => ({
    path,
    isSlow: false,
    rows: { start: 0, end: scannedRows, step },
    columns,
  }));
  process.stderr.write('scans: Spark\n');
  const spark = await askSpark(works);
  return works.map((work, index) => {
    process.stderr.write(`scan of ${work.columns?.join(', ') ?? 'all'}\n`);
    const rate = (ms: number): number => rounded(scannedRows / ms / 1000, 2);
    const own = measureWork({ ...work, reader: 'sparkform' });
    const hyparquet = measureWork({ ...work, reader: 'hyparquet, offset indexes' });
    const wasm = measureWork({ ...work, reader: 'parquet-wasm' });
    const duckDb = measureWork({ ...work, reader: 'duckdb' });
    const megabytes = ({ peak }: Measured): number => Math.round(peak / 1_000_000);
    return {
      'two columns': work.columns?.join(', ') ?? '',
      'million rows a second': rate(own.ms),
      hyparquet: rate(hyparquet.ms),
      'parquet-wasm': rate(wasm.ms),
      'DuckDB, two threads': rate(duckDb.ms),
      'Spark, two threads': rate(spark.best[index] ?? Number.NaN),
      'memory, MB': megabytes(own),
      'hyparquet, MB': megabytes(hyparquet),
      'parquet-wasm, MB': megabytes(wasm),
      'DuckDB, MB': megabytes(duckDb),
    };
  });
}
