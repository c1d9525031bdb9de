// What to keep of a table and in which order, and what is known of a column: plain data that travels between processes.

import type { Cell } from '../table';

export interface TableQuery {
  /** Rows for which it is true; all of them when left out. */
  readonly where: Predicate | undefined;
  /** The first key decides; rows that are equal by all keys stay in the order of the table. */
  readonly sort: readonly SortKey[];
}

export interface SortKey {
  /** Index into the columns of the table. */
  readonly column: number;
  /** As in Spark, nulls come first in ascending and last in descending order. */
  readonly descending: boolean;
}

export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** With SQL's three truth values: a comparison with null is neither true nor false, and `not` leaves it so. */
export type Predicate =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Predicate[] }
  | { readonly kind: 'not'; readonly part: Predicate }
  /** `value` as a cell of the column is written: `12.50`, `2024-01-01`, `true`, any text. */
  | { readonly kind: 'compare'; readonly column: number; readonly operator: ComparisonOperator; readonly value: string }
  | { readonly kind: 'in'; readonly column: number; readonly values: readonly string[] }
  | { readonly kind: 'null'; readonly column: number }
  /** SQL's pattern: `%` any text, `_` any character, `\` takes the next one as it is. */
  | { readonly kind: 'like'; readonly column: number; readonly pattern: string; readonly ignoreCase: boolean }
  /** The text of the cell as it is shown contains `text`, in whatever case; of any column when `column` is left out. */
  | { readonly kind: 'contains'; readonly column: number | undefined; readonly text: string };

/** How a scan tells what it does, and how it is stopped: with the signal's reason. */
export interface ScanWatch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ScanProgress) => void;
}

export interface ScanProgress {
  readonly rowsScanned: number;
  /** Without those that statistics already excluded. */
  readonly rowsToScan: number;
  readonly rowsFound: number;
}

/** What is known of the values of a column. */
export interface ColumnProfile {
  readonly rows: number;
  readonly nulls: number | undefined;
  readonly min: Cell | undefined;
  readonly max: Cell | undefined;
  readonly distinct: { readonly count: number; readonly exact: boolean } | undefined;
  /** Numbers and times: equal steps between min and max, each with its bounds as they are written. */
  readonly histogram: readonly HistogramBar[];
  /** The most frequent values, the most frequent first; as text, cut to 200 characters. */
  readonly frequent: readonly { readonly text: string; readonly count: number }[];
  /** `footer`: from statistics alone, without reading values; bounds of texts may then be cut short. `values`: every value was read. */
  readonly source: 'footer' | 'values';
}

export interface HistogramBar {
  readonly from: string;
  /** Exclusive, but for the last bar. */
  readonly to: string;
  readonly count: number;
}
