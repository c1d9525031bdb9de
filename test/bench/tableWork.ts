// One piece of work on a table, by one reader, in a process of its own, so that its memory is known: prints a TableCost.

import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { countReads, type ByteSource, type ReadCost } from '../../shared/table/byteSource';
import { openParquet } from '../../shared/table/parquetTable';
import { fileSource, slowed } from './slowLine';

export type TableReader = 'sparkform' | 'hyparquet' | 'hyparquet, offset indexes';

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

function perform(work: TableWork, source: ByteSource): Promise<void> {
  return work.reader === 'sparkform' ? readByOurselves(work, source) : readByHyparquet(work, source);
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

function expectRows(found: number, expected: number): void {
  if (found !== expected) throw new Error(`${found} rows instead of ${expected}`);
}

void main(JSON.parse(process.argv[2] ?? '') as TableWork);
