// What differs between two tables: plain data that travels between processes.

import type { Cell } from '../table';

export interface TableDifference {
  /** Names of columns of the second table that the first has not, and the other way round. */
  readonly addedColumns: readonly ComparedColumn[];
  readonly removedColumns: readonly ComparedColumn[];
  readonly retypedColumns: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  /** Columns of both that stand in another order; positions count from 0. */
  readonly movedColumns: readonly { readonly name: string; readonly before: number; readonly after: number }[];
  readonly rowCounts: { readonly before: number; readonly after: number };
  /** Columns of the same type whose statistics are known from footers and differ. */
  readonly statistics: readonly StatisticsDifference[];
  /** Undefined when no key was given. */
  readonly rows: RowDifference | undefined;
}

export interface ComparedColumn {
  readonly name: string;
  /** Spark's simple form. */
  readonly type: string;
}

export interface StatisticsDifference {
  readonly column: string;
  readonly before: ColumnFacts;
  readonly after: ColumnFacts;
}

export interface ColumnFacts {
  readonly nulls: number | undefined;
  readonly min: Cell | undefined;
  readonly max: Cell | undefined;
}

export interface RowDifference {
  readonly key: readonly string[];
  /** The columns that were compared: those of both tables with the same type, without the key. */
  readonly compared: readonly string[];
  readonly removed: ExampleRows;
  readonly added: ExampleRows;
  readonly changed: {
    readonly count: number;
    /** How many rows changed in which column, the most first; columns without changes are left out. */
    readonly columns: readonly { readonly name: string; readonly count: number }[];
    readonly examples: readonly ChangedRow[];
  };
  readonly unchanged: number;
  /** Keys that stand in several rows of a table; where they are in both tables, their rows are not compared. */
  readonly duplicates: { readonly before: DuplicateKeys; readonly after: DuplicateKeys };
}

export interface ExampleRows {
  readonly count: number;
  /** The keys of the first ones. */
  readonly examples: readonly { readonly row: number; readonly key: readonly Cell[] }[];
}

export interface ChangedRow {
  readonly key: readonly Cell[];
  readonly rowBefore: number;
  readonly rowAfter: number;
  readonly cells: readonly { readonly column: string; readonly before: Cell; readonly after: Cell }[];
}

export interface DuplicateKeys {
  readonly keys: number;
  readonly rows: number;
  readonly examples: readonly { readonly key: readonly Cell[]; readonly rows: readonly number[] }[];
}
