// Reading a long table through a slow connection: time, requests and bytes, beside the bytes of the pages that hold what was
// asked for. The local Spark writes the table, once on a machine: that takes some minutes and two gigabytes.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { prepareEnvironment } from '../../shared/run/local/pythonEnvironment';
import { countReads, type ByteSource, type ReadCost } from '../../shared/table/byteSource';
import { openFolder } from '../../shared/table/folderTable';
import { loadFooter, type ParquetFooter } from '../../shared/table/parquetFooter';
import { ParquetIndexes } from '../../shared/table/parquetIndexes';
import { planChunk, selectGroups } from '../../shared/table/parquetPlan';
import { openParquet } from '../../shared/table/parquetTable';
import type { Table } from '../../shared/table/table';
import { rounded, type Row } from './table';

const rowCount = 10_000_000;
const millisecondsPerRequest = 30;
const bytesPerMillisecond = 25_000;
const middle = 5_000_000;
const visible = ['id', 'count_7', 'amount_0', 'city_3', 'payment_0'];

export interface TableFigures {
  readonly remote: readonly Row[];
  readonly scans: readonly Row[];
}

/** @param cacheFolder where the table is kept for the next time. */
export async function measureTables(cacheFolder: string): Promise<TableFigures> {
  const path = await writtenTable(cacheFolder);
  const file = await open(path);
  try {
    const remote = await measureRemote(fileSource(file, statSync(path).size));
    const scans = await measureScans(fileSource(file, statSync(path).size));
    return { remote, scans };
  } finally {
    await file.close();
  }
}

async function writtenTable(cacheFolder: string): Promise<string> {
  const folder = join(cacheFolder, 'bench');
  const path = join(folder, `payments-${rowCount}.parquet`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  process.stderr.write(`Spark writes ${path}\n`);
  const environment = await prepareEnvironment({ cacheFolder }, () => undefined);
  if (environment.kind === 'missing') throw new Error(environment.message);
  const { python, javaHome } = environment;
  const script = join(import.meta.dirname, '..', 'bench', 'writeTable.py');
  await promisify(execFile)(python, [script, path, String(rowCount)], {
    env: { ...process.env, JAVA_HOME: javaHome, SPARK_LOCAL_IP: '127.0.0.1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return path;
}

function fileSource(file: FileHandle, size: number): ByteSource {
  return {
    name: 'payments.parquet',
    size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      await file.read(bytes, 0, bytes.length, start);
      return bytes;
    },
  };
}

/** Each request waits, all of them side by side; then their bytes come one after the other over one line. */
function slowed(source: ByteSource): ByteSource {
  let lineFree = 0;
  return {
    name: source.name,
    size: source.size,
    async read(start, end) {
      const asked = performance.now();
      const bytes = await source.read(start, end);
      lineFree = Math.max(lineFree, asked + millisecondsPerRequest) + (end - start) / bytesPerMillisecond;
      const wait = lineFree - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      return bytes;
    },
  };
}

async function measureRemote(source: ByteSource): Promise<readonly Row[]> {
  const footer = await loadFooter(source);
  const columns = visible.map((name) => footer.root.children.findIndex((child) => child.name === name));
  const all = footer.root.children.map((_, index) => index);
  return [
    await timed('schema and count', source, footer, 0, [], () => Promise.resolve()),
    await timed('first 100 rows, 50 columns', source, footer, 0, all, (table) => table.rows(0, 100)),
    await timed('first 100 rows, 5 columns', source, footer, 0, columns, (table) => table.rows(0, 100, columns)),
    await timed('row 5,000,000, 5 columns', source, footer, middle, columns, (table) => table.rows(middle, middle + 100, columns)),
    await timedFolder(source, footer),
  ];
}

/** The best time of three; requests and bytes are the same in each. */
async function timed(
  work: string,
  source: ByteSource,
  footer: ParquetFooter,
  start: number,
  columns: readonly number[],
  perform: (table: Table) => Promise<unknown>,
): Promise<Row> {
  let best = Infinity;
  let cost: ReadCost = { bytesRead: 0, requests: 0 };
  for (let round = 0; round < 3; round++) {
    cost = { bytesRead: 0, requests: 0 };
    const began = performance.now();
    await perform(await openParquet(countReads(slowed(source), cost)));
    best = Math.min(best, performance.now() - began);
  }
  return row(work, best, cost, (await footerBytes(source)) + (await pageBytes(source, footer, start, columns)));
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
  return row('count of a folder of 1,000 such files', performance.now() - began, cost, 1000 * (await footerBytes(source)));
}

function row(work: string, milliseconds: number, { requests, bytesRead }: ReadCost, floor: number): Row {
  const megabytes = (bytes: number): number => rounded(bytes / 1_000_000, 3);
  return {
    work,
    ms: Math.round(milliseconds),
    requests,
    MB: megabytes(bytesRead),
    'MB of the pages and the footer': megabytes(floor),
    'of them': rounded(bytesRead / floor, 2),
  };
}

async function footerBytes(source: ByteSource): Promise<number> {
  const tail = await source.read(source.size - 8, source.size);
  return 8 + new DataView(tail.buffer).getUint32(0, true);
}

/** Of the pages that hold 100 rows, with their dictionaries. */
async function pageBytes(source: ByteSource, footer: ParquetFooter, start: number, columns: readonly number[]): Promise<number> {
  const indexes = new ParquetIndexes(source);
  let bytes = 0;
  for (const selection of selectGroups(footer.rowGroups, start, start + 100)) {
    const chunks = columns.flatMap((column) => selection.group.chunks[column] ?? []);
    await indexes.load(chunks, undefined);
    for (const chunk of chunks) {
      const plan = planChunk(chunk, indexes.locations(chunk, selection.end), selection.start, selection.end);
      bytes += plan.pages.end - plan.pages.start + (plan.dictionary ? plan.dictionary.end - plan.dictionary.start : 0);
    }
  }
  return bytes;
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

/** Rows a second from the local disk. */
async function measureScans(source: ByteSource): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const names of scans) {
    const table = await openParquet(source);
    const columns = names.map((name) => table.columns.findIndex((column) => column.name === name));
    const began = performance.now();
    for (let start = 0; start < scannedRows; start += step) await table.rows(start, start + step, columns);
    rows.push({ columns: names.join(', '), 'million rows a second': rounded(scannedRows / (performance.now() - began) / 1000, 2) });
  }
  return rows;
}
