// What the reading process is asked and what it answers. Requests name the table's location each time, so that a process
// that was restarted can answer the next one as well as the first.

import type { ReadCost } from '../table/byteSource';
import type { CellText } from '../table/cellText';
import type { Column, RowBlock, TableOrigin } from '../table/table';
import type { ProblemKind } from '../table/tableProblem';

export type ReaderRequest =
  | { readonly kind: 'open'; readonly location: string }
  | (RowsRequest & { readonly kind: 'rows' })
  /** The same as text for a grid, each cut to `limit` characters. */
  | (RowsRequest & { readonly kind: 'texts'; readonly limit: number })
  /** One whole value as text over several lines. */
  | (TableRequest & { readonly kind: 'document'; readonly row: number; readonly column: number });

interface TableRequest {
  readonly location: string;
  /** From the answer to `open`: the table is refused when it is no longer the same. */
  readonly fingerprint: string;
}

interface RowsRequest extends TableRequest {
  readonly start: number;
  readonly end: number;
  /** Indexes of columns; all of them when undefined. */
  readonly columns: readonly number[] | undefined;
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

/** The result that each kind of request has. */
export interface ReaderResults {
  readonly open: OpenResult;
  readonly rows: RowBlock;
  readonly texts: TextBlock;
  readonly document: string;
}

export interface ReaderQuestion {
  readonly id: number;
  readonly request: ReaderRequest;
}

export type ReaderAnswer = { readonly id: number; readonly cost: ReadCost } & (
  | { readonly ok: true; readonly result: ReaderResults[keyof ReaderResults] }
  | { readonly ok: false; readonly problem: { readonly kind: ProblemKind; readonly message: string } }
);
