// What the grid shows of the columns of the table, in the order in which they stand.

import type { RowChoice, TableColumnView } from '../../shared/protocol/tableView';

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

/** By index into the columns of the table. */
export function columnMarks(names: readonly string[], { sort, filters }: RowChoice): ReadonlyMap<number, ColumnMark> {
  const marks = new Map<number, ColumnMark>();
  for (const [source, name] of names.entries()) {
    const at = sort.findIndex(({ column }) => column === name);
    const filtered = filters.some(({ column }) => column === name);
    if (at < 0 && !filtered) continue;
    const sorted = at < 0 ? undefined : sort[at]?.descending === true ? 'descending' : 'ascending';
    marks.set(source, { sorted, place: at < 0 || sort.length < 2 ? undefined : at + 1, filtered });
  }
  return marks;
}
