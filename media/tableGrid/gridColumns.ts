// What the grid shows of the columns of the table, in the order in which they stand.

import type { TableColumnView } from '../../shared/protocol/tableView';

export interface GridColumn {
  readonly view: TableColumnView;
  /** Index into the columns of the table. */
  readonly source: number;
}

/** What a header tells of how the rows were chosen. */
export interface ColumnMark {
  readonly sorted: 'ascending' | 'descending' | undefined;
  /** Which of several sort keys it is, from one; undefined when it is the only one. */
  readonly place: number | undefined;
  readonly filtered: boolean;
}

export const noMark: ColumnMark = { sorted: undefined, place: undefined, filtered: false };
