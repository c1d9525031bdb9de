// What the table grid asks of its host, and what the host tells the grid.

import type { CellText } from '../table/cellText';
import type { ColumnProfile, ScanProgress, TableQuery } from '../table/query/tableQuery';
import type { OpenProgress, RunChoice } from '../table/folderTable';
import type { ScalarFamily, TableRun } from '../table/table';

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
  /** Of a folder of dated runs: all of them, the newest first. */
  readonly runs: readonly TableRun[];
}

/** The answer to a query, kept by the host until two later ones have come. */
export interface QueryView {
  readonly id: number;
  readonly rowCount: number;
}

export interface RowsParams {
  /** The answer that has the rows; the table itself when undefined. */
  readonly query: number | undefined;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Indexes of the columns of the table. */
  readonly columns: readonly number[];
}

export interface RowTexts {
  readonly start: number;
  readonly rows: readonly (readonly CellText[])[];
  /** Of an answer to a query: which rows of the table they are, from zero. */
  readonly numbers?: readonly number[];
}

/** A rectangle of cells as the grid shows them; ends are exclusive. */
export interface CellRange {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export type CopyFormat = 'tsv' | 'json' | 'markdown' | 'sql';
export type ExportFormat = 'csv' | 'jsonl' | 'parquet';

/** As `ColumnProfile`, in texts. */
export interface ProfileView extends Omit<ColumnProfile, 'min' | 'max'> {
  readonly min: string | undefined;
  readonly max: string | undefined;
}

/** What reading the table has cost so far. */
export interface TableCost {
  readonly requests: number;
  readonly bytes: number;
  /** How long the last question took. */
  readonly milliseconds: number;
}

export interface TableViewMethods {
  /** Opens the table, again after a change; rejects with the reason when it cannot be shown. */
  readonly open: { readonly params: { readonly run: RunChoice }; readonly result: TableView; readonly progress: OpenProgress };
  readonly query: { readonly params: TableQuery; readonly result: QueryView; readonly progress: ScanProgress };
  readonly rows: { readonly params: RowsParams; readonly result: RowTexts };
  /** One whole value as text over several lines. */
  readonly document: {
    readonly params: { readonly query: number | undefined; readonly row: number; readonly column: number };
    readonly result: string;
  };
  /** Puts exact values on the clipboard; rejects when they are too many. */
  readonly copy: { readonly params: RowsParams & { readonly format: CopyFormat }; readonly result: { readonly cells: number } };
  /** What the files say of a column without its values being read. */
  readonly footerProfile: { readonly params: { readonly column: number }; readonly result: ProfileView };
  /** Reads all values of a column, of the rows that the query keeps. */
  readonly profile: {
    readonly params: { readonly column: number; readonly query: TableQuery | undefined };
    readonly result: ProfileView;
    readonly progress: ScanProgress;
  };
  /** Writes rows to a file that the user chooses; null when they choose none or stop it. */
  readonly export: {
    readonly params: { readonly format: ExportFormat; readonly columns: readonly number[]; readonly query: TableQuery | undefined };
    readonly result: { readonly rows: number; readonly file: string } | null;
  };
}

export interface TableViewEvents {
  /** The file was written anew: open it again. */
  readonly changed: null;
  readonly cost: TableCost;
}

export type FilterOperator = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'contains' | 'lacks' | 'starts' | 'in' | 'null' | 'filled';

export interface ColumnFilter {
  readonly column: string;
  readonly operator: FilterOperator;
  /** None for `null` and `filled`, any number for `in`, otherwise one. */
  readonly values: readonly string[];
}

/** Which rows the user wants to see and in which order; all filters hold together. */
export interface RowChoice {
  readonly filters: readonly ColumnFilter[];
  /** Text that some column contains. */
  readonly search: string;
  readonly sort: readonly { readonly column: string; readonly descending: boolean }[];
}

/** Which columns are shown and where, by name; those that are not named are shown after their neighbours. */
export interface ColumnChoice {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** They stay at the left while others scroll. */
  readonly pinned: readonly string[];
}

/** What the grid keeps over a reload of the window. */
export interface TableViewState {
  /** Which of the dated runs is shown. */
  readonly run: RunChoice;
  /** Widths that the user chose, by column name. */
  readonly widths: Readonly<Record<string, number>>;
  /** Widths that were taken from contents. */
  readonly fitted: Readonly<Record<string, number>>;
  readonly columns: ColumnChoice;
  readonly rows: RowChoice;
  readonly topRow: number;
  readonly left: number;
  /** As the grid shows it: among the rows that are kept and the columns that are not hidden. */
  readonly active: { readonly row: number; readonly column: number };
  /** What stands beside the grid. */
  readonly panel: 'value' | 'profile' | undefined;
}
