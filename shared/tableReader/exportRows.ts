// Writes rows of a table to a file, block by block. The file has another name until it is complete.

import { rmSync } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { blockRows } from '../table/query/scanPace';
import type { ScanWatch } from '../table/query/tableQuery';
import type { Cell, Column } from '../table/table';
import { TableProblem } from '../table/tableProblem';
import { ParquetWriter } from '../table/write/parquetWriter';
import type { ExportResult, ExportTarget } from './messages';
import { rowFormat } from './rowFormats';

export interface ExportSource {
  readonly location: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  rows(start: number, end: number): Promise<readonly (readonly Cell[])[]>;
}

/** Characters written at a time. */
const writeSize = 1 << 18;

const unfinished = new Set<string>();

/** For the end of the process: what is still being written will never be complete. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}

/** @param source its columns are those of the target, in their order. */
export async function exportRows(source: ExportSource, target: ExportTarget, watch: ScanWatch): Promise<ExportResult> {
  if (resolve(target.path) === resolve(source.location)) {
    throw new TableProblem('not-written', `${target.path} cannot be written: it is the table itself`);
  }
  unfinished.add(target.temporary);
  try {
    const file = await writing(target.path, () => open(target.temporary, 'wx'));
    let bytes: number;
    try {
      bytes = await writeRows(source, target, file, watch);
    } finally {
      await file.close();
    }
    watch.signal?.throwIfAborted();
    await writing(target.path, () => rename(target.temporary, target.path));
    return { rows: source.rowCount, bytes };
  } catch (error) {
    await rm(target.temporary, { force: true });
    throw error;
  } finally {
    unfinished.delete(target.temporary);
  }
}

async function writeRows(source: ExportSource, target: ExportTarget, file: FileHandle, watch: ScanWatch): Promise<number> {
  const put = (bytes: Uint8Array): Promise<void> => writing(target.path, () => file.writeFile(bytes));
  const rows = target.format === 'parquet' ? parquetRows(source, put) : textRows(source, target.format, put);
  const step = blockRows(source.columns.length);
  const total = source.rowCount;
  for (let start = 0; start < total; start += step) {
    watch.signal?.throwIfAborted();
    await rows.add(await source.rows(start, Math.min(start + step, total)));
    const written = Math.min(start + step, total);
    watch.onProgress?.({ rowsScanned: written, rowsToScan: total, rowsFound: written });
  }
  return rows.finish();
}

interface RowsOut {
  add(rows: readonly (readonly Cell[])[]): Promise<void>;
  /** @returns how many bytes were written in all. */
  finish(): Promise<number>;
}

function textRows({ columns }: ExportSource, format: 'csv' | 'jsonl', put: (bytes: Uint8Array) => Promise<void>): RowsOut {
  const { header, line } = rowFormat(format, columns);
  let bytes = 0;
  let text = header;
  const flush = async (): Promise<void> => {
    const encoded = Buffer.from(text);
    text = '';
    bytes += encoded.length;
    await put(encoded);
  };
  return {
    async add(rows) {
      for (const row of rows) {
        text += line(row);
        if (text.length >= writeSize) await flush();
      }
    },
    async finish() {
      if (text !== '') await flush();
      return bytes;
    },
  };
}

const packPage = promisify(gzip);

function parquetRows({ columns }: ExportSource, put: (bytes: Uint8Array) => Promise<void>): RowsOut {
  const writer = new ParquetWriter(columns, { write: put, gzip: (bytes) => packPage(bytes) });
  return {
    add: (rows) => writer.add(rows),
    async finish() {
      await writer.finish();
      return writer.bytes;
    },
  };
}

async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new TableProblem('not-written', `${path} cannot be written: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such folder';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'permission denied';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
