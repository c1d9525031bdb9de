// One piece of work on a table, by one reader, in a process of its own, so that its memory is known: prints a TableCost.

import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { openAsBlob, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { countReads, type ByteSource, type ReadCost } from '../../shared/table/byteSource';
import { openParquet } from '../../shared/table/parquetTable';
import { serveRanges } from './rangeServer';
import { fileSource, slowed } from './slowLine';

/** DuckDB reads from the local disk alone: what it reads from elsewhere with is a download. */
export type TableReader = 'sparkform' | 'hyparquet' | 'hyparquet, offset indexes' | 'parquet-wasm' | 'duckdb';

/** What is to be read; without rows, the schema and the count. */
export interface TableWork {
  readonly path: string;
  readonly reader: TableReader;
  readonly isSlow: boolean;
  readonly rows?: { readonly start: number; readonly end: number; readonly step: number };
  /** By name; all without. */
  readonly columns?: readonly string[];
}

export interface TableCost extends ReadCost {
  /** The best of the rounds. */
  readonly ms: number;
}

const rounds = 3;

async function main(work: TableWork): Promise<void> {
  const file = await open(work.path);
  const source = fileSource(file, statSync(work.path).size);
  let best: TableCost | undefined;
  for (let round = 0; round < rounds; round++) {
    const cost: ReadCost = { bytesRead: 0, requests: 0 };
    const began = performance.now();
    await perform(work, countReads(work.isSlow ? slowed(source) : source, cost));
    const ms = performance.now() - began;
    // What is read is the same in each round.
    if (best === undefined || ms < best.ms) best = { ms, ...cost };
  }
  await file.close();
  process.stdout.write(JSON.stringify(best));
}

async function perform(work: TableWork, source: ByteSource): Promise<void> {
  switch (work.reader) {
    case 'sparkform':
      await readByOurselves(work, source);
      return;
    case 'hyparquet':
    case 'hyparquet, offset indexes':
      await readByHyparquet(work, source);
      return;
    case 'parquet-wasm':
      await readByParquetWasm(work, source);
      return;
    case 'duckdb':
      if (work.isSlow) throw new Error('DuckDB reads from the local disk, expected "isSlow" to be false');
      await readByDuckDb(work);
  }
}

async function readByOurselves({ rows, columns }: TableWork, source: ByteSource): Promise<void> {
  const table = await openParquet(source);
  if (rows === undefined) return;
  const wanted = columns?.map((name) => table.columns.findIndex((column) => column.name === name));
  for (let { start } = rows; start < rows.end; start += rows.step) {
    expectRows((await table.rows(start, start + rows.step, wanted)).rows.length, rows.step);
  }
}

async function readByHyparquet({ reader, rows, columns }: TableWork, source: ByteSource): Promise<void> {
  const file: AsyncBuffer = {
    byteLength: source.size,
    slice: async (start, end = source.size) => (await source.read(start, end)).buffer as ArrayBuffer,
  };
  const metadata = await parquetMetadataAsync(file);
  if (rows === undefined) return;
  const options = { file, metadata, compressors, useOffsetIndex: reader === 'hyparquet, offset indexes' };
  const names = columns === undefined ? {} : { columns: [...columns] };
  // At once: it keeps nothing from one call to the next.
  const read = await parquetReadObjects({ ...options, ...names, rowStart: rows.start, rowEnd: rows.end });
  expectRows(read.length, rows.end - rows.start);
}

/** Into Arrow's arrays in its own memory, of which it makes no values for JavaScript. Over the line by its own HTTP client. */
async function readByParquetWasm({ path, isSlow, rows, columns }: TableWork, source: ByteSource): Promise<void> {
  // Not in the memory of the others: only this reader loads it.
  const { ParquetFile } = await import('parquet-wasm');
  const server = isSlow ? await serveRanges(source) : undefined;
  try {
    const file = await (server ? ParquetFile.fromUrl(server.url) : ParquetFile.fromFile(await openAsBlob(path)));
    file.metadata().fileMetadata().numRows();
    file.schema();
    if (rows) {
      const names = columns === undefined ? {} : { columns: [...columns] };
      const read = await file.read({ ...names, offset: rows.start, limit: rows.end - rows.start, batchSize: rows.step });
      const found = read.recordBatches().reduce((sum, { numRows }) => sum + numRows, 0);
      expectRows(found, rows.end - rows.start);
      read.free();
    }
    file.free();
  } finally {
    server?.close();
  }
}

/** Into values for JavaScript, a chunk at a time. */
async function readByDuckDb({ path, rows, columns }: TableWork): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const table = `read_parquet('${path.replaceAll("'", "''")}')`;
  if (rows) {
    const names = columns?.map((name) => `"${name}"`).join(', ') ?? '*';
    const result = await connection.stream(`SELECT ${names} FROM ${table} LIMIT ${rows.end - rows.start} OFFSET ${rows.start}`);
    let found = 0;
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
      found += chunk.getRows().length;
    expectRows(found, rows.end - rows.start);
  } else {
    await connection.run(`DESCRIBE FROM ${table}`);
    await connection.run(`SELECT count(*) FROM ${table}`);
  }
  connection.closeSync();
  instance.closeSync();
}

function expectRows(found: number, expected: number): void {
  if (found !== expected) throw new Error(`${found} rows instead of ${expected}`);
}

void main(JSON.parse(process.argv[2] ?? '') as TableWork);
