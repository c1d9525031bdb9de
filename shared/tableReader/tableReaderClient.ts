// Tables in the reading process, as objects to be asked.

import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { S3Settings } from '../s3/objectStore';
import type { ReadCost } from '../table/byteSource';
import type { OpenProgress, RunChoice } from '../table/folderTable';
import type { TableDifference } from '../table/query/tableDifference';
import type { ColumnProfile, ScanWatch, TableQuery } from '../table/query/tableQuery';
import type { Column, ReadOptions, RowBlock, TableOrigin } from '../table/table';
import type {
  ExportResult,
  ExportTarget,
  NumberedTextBlock,
  ReaderRequest,
  ReaderResult,
  ReaderResults,
  TableRequest,
  TextBlock,
} from './messages';
import { ReaderProcess, type AskOptions, type TableReaderOptions } from './readerProcess';

export interface OpenOptions extends ReadOptions {
  readonly run?: RunChoice | undefined;
  readonly onProgress?: ((progress: OpenProgress) => void) | undefined;
}

/** A table in the reading process. Everything that is asked with a signal ends by it, with its reason. */
export interface OpenedTable {
  readonly location: string;
  /** Of a folder of dated runs: which of them was asked for. */
  readonly run?: RunChoice | undefined;
  /** Differs when the table was written anew. */
  readonly fingerprint: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly origin: TableOrigin;
  /** What was read for this table so far; grows. */
  readonly cost: Readonly<ReadCost>;
  /** Rows `start` to `end` (exclusive) with exact cells; any number, fetched in blocks. */
  rows(start: number, end: number, columns?: readonly number[], options?: ReadOptions): Promise<RowBlock>;
  /** Rows as text for a grid, each cut to `limit` characters. */
  texts(start: number, end: number, columns: readonly number[] | undefined, limit: number, options?: ReadOptions): Promise<TextBlock>;
  /** One whole value as text over several lines. */
  document(row: number, column: number, options?: ReadOptions): Promise<string>;
  /** Finds the rows that pass, in the order asked for. */
  query(query: TableQuery, watch?: ScanWatch): Promise<QueriedTable>;
  /** Of every value of a column, in the rows of a query or in all of them. */
  profile(column: number, query: TableQuery | undefined, watch?: ScanWatch): Promise<ColumnProfile>;
  /** What statistics tell of a column, without reading values. */
  footerProfile(column: number): Promise<ColumnProfile>;
  /** Writes rows to a local file, which appears, or replaces another one, when it is complete. */
  exportRows(target: ExportedRows, watch?: ScanWatch): Promise<ExportResult>;
  /** What differs in another table; row by row where `key` names the columns that tell rows apart. */
  compare(
    other: Pick<OpenedTable, 'location' | 'run' | 'fingerprint'>,
    key: readonly string[] | undefined,
    watch?: ScanWatch,
  ): Promise<TableDifference>;
}

/** The rows that passed a query. Rows are counted among them. */
export interface QueriedTable {
  readonly rowCount: number;
  rows(start: number, end: number, columns?: readonly number[], options?: ReadOptions): Promise<RowBlock>;
  texts(
    start: number,
    end: number,
    columns: readonly number[] | undefined,
    limit: number,
    options?: ReadOptions,
  ): Promise<NumberedTextBlock>;
  document(row: number, column: number, options?: ReadOptions): Promise<string>;
}

export interface ExportedRows {
  readonly path: string;
  /** CSV with a header, as Spark reads it; a JSON object a line, as Spark's `to_json` shapes it; or parquet as Spark writes it. */
  readonly format: 'csv' | 'jsonl' | 'parquet';
  readonly columns: readonly number[];
  readonly query: TableQuery | undefined;
}

/** Rows fetched at a time: few enough to be read well within the time limit. */
const blockRows = 5000;

let exports = 0;

export class TableReaderClient {
  private readonly process: ReaderProcess;

  constructor(options: TableReaderOptions) {
    this.process = new ReaderProcess(options);
  }

  /**
   * Opens a parquet or CSV file, or a folder of them, on this computer or in S3 (`s3://bucket/key`): of dated runs the newest
   * one, unless `run` says which. Rejects with a TableProblem, as all methods of the table do.
   */
  async open(location: string, { run, signal, onProgress }: OpenOptions = {}): Promise<OpenedTable> {
    const cost: ReadCost = { bytesRead: 0, requests: 0 };
    const { fingerprint, columns, rowCount, origin } = await this.ask(
      { kind: 'open', location, run },
      { lane: 'open', cost, signal, onOpening: onProgress },
    );
    const table: TableRequest = { location, run, fingerprint };
    const scan = (watch: ScanWatch | undefined): AskOptions => ({
      lane: 'scan',
      cost,
      signal: watch?.signal,
      onProgress: watch?.onProgress,
    });
    return {
      ...table,
      columns,
      rowCount,
      origin,
      cost,
      ...this.readers(table, rowCount, undefined, cost),
      query: async (query, watch) => {
        const found = await this.ask({ kind: 'query', ...table, query }, scan(watch));
        return { rowCount: found.rowCount, ...this.readers(table, found.rowCount, query, cost) };
      },
      profile: (column, query, watch) => this.ask({ kind: 'profile', ...table, column, query }, scan(watch)),
      footerProfile: (column) => this.ask({ kind: 'footerProfile', ...table, column }, { lane: 'quick', cost }),
      exportRows: ({ path, format, columns: exported, query }, watch) => {
        const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${++exports}.part`);
        const target: ExportTarget = { path, temporary, format, columns: exported };
        const cleanUp = (): void => {
          rmSync(temporary, { force: true });
        };
        return this.ask({ kind: 'export', ...table, query, target }, { ...scan(watch), cleanUp });
      },
      compare: (other, key, watch) => {
        const state: TableRequest = { location: other.location, run: other.run, fingerprint: other.fingerprint };
        return this.ask({ kind: 'compare', ...table, other: state, key }, scan(watch));
      },
    };
  }

  /** Reaches S3 by other settings from now on; tables that are open stay so. */
  useS3(settings: S3Settings): void {
    this.process.useS3(settings);
  }

  /** Ends the process; requests that still wait are refused. */
  dispose(): void {
    this.process.dispose();
  }

  private readers(
    table: TableRequest,
    rowCount: number,
    query: TableQuery | undefined,
    cost: ReadCost,
  ): Pick<QueriedTable, 'rows' | 'texts' | 'document'> {
    /** Where the rows of the query were forgotten, finding them again is a scan like any other. */
    const ask = async <Kind extends 'rows' | 'texts' | 'document'>(
      request: (mayScan: boolean) => ReaderRequest & { readonly kind: Kind },
      { signal }: ReadOptions = {},
    ): Promise<ReaderResults[Kind]> => {
      const kept = await this.process.ask(request(false), { lane: 'quick', cost, signal });
      return known(kept ?? (await this.process.ask(request(true), { lane: 'scan', cost, signal }))) as ReaderResults[Kind];
    };
    return {
      rows: async (start, stop, columns, options) => {
        const rows: RowBlock['rows'][number][] = [];
        const from = Math.max(0, start);
        const to = Math.min(stop, rowCount);
        for (let at = from; at < to; at += blockRows) {
          const end = Math.min(at + blockRows, to);
          const block = await ask((mayScan) => ({ kind: 'rows', ...table, start: at, end, columns, query, mayScan }), options);
          for (const row of block.rows) rows.push(row);
        }
        return { start: from, rows };
      },
      texts: (start, end, columns, limit, options) =>
        ask((mayScan) => ({ kind: 'texts', ...table, start, end, columns, limit, query, mayScan }), options),
      document: (row, column, options) => ask((mayScan) => ({ kind: 'document', ...table, row, column, query, mayScan }), options),
    };
  }

  private async ask<Kind extends keyof ReaderResults>(
    request: ReaderRequest & { readonly kind: Kind },
    options: AskOptions,
  ): Promise<ReaderResults[Kind]> {
    return known(await this.process.ask(request, options)) as ReaderResults[Kind];
  }
}

/** The type of an answer follows from the kind of the request, which the process repeats by answering it. */
function known(result: ReaderResult | undefined): ReaderResult {
  if (result === undefined) throw new Error('an answer that needs no memory was forgotten');
  return result;
}
