// What the table grid asks of its host, and what the host tells the grid.

import type { CellText } from '../table/cellText';
import type { ScalarFamily } from '../table/table';

export interface TableColumnView {
  readonly name: string;
  /** Spark's simple form. */
  readonly type: string;
  /** How values stand in their cells; nested values are shown like text. */
  readonly family: ScalarFamily | 'nested';
  readonly nullable: boolean;
  readonly partition: boolean;
}

export interface TableView {
  readonly name: string;
  readonly columns: readonly TableColumnView[];
  readonly rowCount: number;
  /** Facts about where the table comes from, each a few words: `12 files`, `13.5 MB`, `ZSTD`. */
  readonly facts: readonly string[];
  /** What the user should know before trusting it, in full sentences: that the job which wrote it did not finish. */
  readonly warnings: readonly string[];
}

export interface RowsParams {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Indexes of the columns. */
  readonly columns: readonly number[];
}

export interface RowTexts {
  readonly start: number;
  readonly rows: readonly (readonly CellText[])[];
}

/** A rectangle of cells; ends are exclusive. */
export interface CellRange {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export interface TableViewMethods {
  /** Opens the table, again after a change; rejects with the reason when it cannot be shown. */
  readonly open: { readonly params: null; readonly result: TableView };
  readonly rows: { readonly params: RowsParams; readonly result: RowTexts };
  /** One whole value as text over several lines. */
  readonly document: { readonly params: { readonly row: number; readonly column: number }; readonly result: string };
  /** Puts exact values on the clipboard as tab-separated text; rejects when they are too many. */
  readonly copy: { readonly params: CellRange; readonly result: { readonly cells: number } };
}

export interface TableViewEvents {
  /** The file was written anew: open it again. */
  readonly changed: null;
}

/** What the grid keeps over a reload of the window. */
export interface TableViewState {
  /** Widths that the user chose, by column name. */
  readonly widths: Readonly<Record<string, number>>;
  readonly topRow: number;
  readonly left: number;
  readonly active: { readonly row: number; readonly column: number };
  readonly inspecting: boolean;
}
