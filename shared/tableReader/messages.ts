// What the reading process is asked and what it answers. Requests name the table's location each time, so that a process
// that was restarted can answer the next one as well as the first.

import type { ReadCost } from '../table/byteSource';
import type { CellText } from '../table/cellText';
import type { TableDifference } from '../table/query/tableDifference';
import type { ColumnProfile, ScanProgress, TableQuery } from '../table/query/tableQuery';
import type { OpenProgress, RunChoice } from '../table/folderTable';
import type { Column, RowBlock, TableOrigin } from '../table/table';
import type { ProblemKind } from '../table/tableProblem';

/** Of the environment that the process is started in: how S3 is reached, as JSON. */
export const settingsVariable = 'SPARKFORM_S3_SETTINGS';

export type ReaderRequest =
  | (TablePlace & { readonly kind: 'open' })
  | (RowsRequest & { readonly kind: 'rows' })
  /** The same as text for a grid, each cut to `limit` characters. */
  | (RowsRequest & { readonly kind: 'texts'; readonly limit: number })
  /** One whole value as text over several lines. */
  | (TableRequest & Selected & { readonly kind: 'document'; readonly row: number; readonly column: number })
  /** Finds the rows that pass, and keeps where they are for the requests about them. */
  | (TableRequest & { readonly kind: 'query'; readonly query: TableQuery })
  | (TableRequest & { readonly kind: 'footerProfile'; readonly column: number })
  | (TableRequest & { readonly kind: 'profile'; readonly column: number; readonly query: TableQuery | undefined })
  | (TableRequest & { readonly kind: 'export'; readonly query: TableQuery | undefined; readonly target: ExportTarget })
  | (TableRequest & { readonly kind: 'compare'; readonly other: TableRequest; readonly key: readonly string[] | undefined });

export interface TablePlace {
  readonly location: string;
  /** Where the folder holds dated runs; the newest one by default. */
  readonly run?: RunChoice | undefined;
}

export interface TableRequest extends TablePlace {
  /** From the answer to `open`: the table is refused when it is no longer the same. */
  readonly fingerprint: string;
}

/** With a query, rows are counted among those that passed, in its order. */
interface Selected {
  readonly query: TableQuery | undefined;
  /** Whether to find the rows anew where they were forgotten; otherwise the answer is that they were. */
  readonly mayScan: boolean;
}

interface RowsRequest extends TableRequest, Selected {
  readonly start: number;
  readonly end: number;
  /** Indexes of columns; all of them when undefined. */
  readonly columns: readonly number[] | undefined;
}

export interface ExportTarget {
  readonly path: string;
  /** Beside it: what is written until it is complete. */
  readonly temporary: string;
  readonly format: 'csv' | 'jsonl' | 'parquet';
  readonly columns: readonly number[];
}

export interface OpenResult {
  readonly fingerprint: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly origin: TableOrigin;
}

export interface TextBlock {
  readonly start: number;
  readonly rows: readonly (readonly CellText[])[];
}

/** Rows of a query, with the zero-based rows of the table that they are. */
export interface NumberedTextBlock extends TextBlock {
  readonly numbers: readonly number[];
}

export interface ExportResult {
  readonly rows: number;
  readonly bytes: number;
}

/** The result that each kind of request has. */
export interface ReaderResults {
  readonly open: OpenResult;
  readonly rows: RowBlock;
  readonly texts: NumberedTextBlock;
  readonly document: string;
  readonly query: { readonly rowCount: number };
  readonly footerProfile: ColumnProfile;
  readonly profile: ColumnProfile;
  readonly export: ExportResult;
  readonly compare: TableDifference;
}

export type ReaderResult = ReaderResults[keyof ReaderResults];

export interface ReaderQuestion {
  readonly id: number;
  readonly request: ReaderRequest;
}

/** Nobody waits for the answer any more. It is given all the same, as soon as the work has ended. */
export interface ReaderCancel {
  readonly cancel: number;
}

/** While a request is worked on: how far it came. Also a sign of life. */
export interface ReaderProgress {
  readonly progressOf: number;
  readonly progress?: ScanProgress | undefined;
  /** Of `open`. */
  readonly opening?: OpenProgress;
}

/** With what was read of the table since the last answer about it. */
export type ReaderAnswer = { readonly id: number; readonly cost: ReadCost } & (
  | { readonly outcome: 'done'; readonly result: ReaderResult }
  | { readonly outcome: 'failed'; readonly problem: { readonly kind: ProblemKind; readonly message: string } }
  /** The rows of the query are not kept any more, and it was not allowed to find them again. */
  | { readonly outcome: 'forgotten' }
);
