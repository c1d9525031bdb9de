// Which rows of a table a query keeps, in its order: compact, however many there are.

export interface RowSelection {
  readonly count: number;
  /** The zero-based row of the table at a position of the selection, from 0 to `count - 1`. */
  row(position: number): number;
}

/** Every row in the order of the table. */
export function allRows(count: number): RowSelection {
  return { count, row: (position) => position };
}
