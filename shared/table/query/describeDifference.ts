// What every report of two tables says in the same words, whatever it is written for.

import type { ColumnFacts, RowDifference, StatisticsDifference, TableDifference } from './tableDifference';

export function isDifferent({
  addedColumns,
  removedColumns,
  retypedColumns,
  movedColumns,
  rowCounts,
  statistics,
  rows,
}: TableDifference): boolean {
  const changedColumns = [addedColumns, removedColumns, retypedColumns, movedColumns, statistics].some(({ length }) => length > 0);
  const changedRows = rows !== undefined && rows.added.count + rows.removed.count + rows.changed.count > 0;
  return changedColumns || changedRows || rowCounts.before !== rowCounts.after;
}

/** Why rows could not be compared although a key was given; `show` writes the names of columns. */
export function unclearRows({ rows }: TableDifference, show = (name: string): string => name): string | undefined {
  if (!rows) return undefined;
  const { before, after } = rows.duplicates;
  if (before.keys + after.keys === 0) return undefined;
  return `the key ${rows.key.map(show).join(', ')} does not tell all rows apart: those that share one were not compared`;
}

/** Said of tables that do not differ. */
export function sameness({ rows }: TableDifference): string {
  return `no difference in ${rows === undefined ? 'columns, row counts and statistics; rows were not compared' : 'columns and rows'}`;
}

/** `+12` or `−3`, undefined when there are as many as before. */
export function rowCountChange({ before, after }: TableDifference['rowCounts']): string | undefined {
  const change = after - before;
  return change === 0 ? undefined : `${change > 0 ? '+' : '−'}${formatCount(Math.abs(change))}`;
}

/** `3 removed, 12 added, 5 changed, 1,184 unchanged` */
export function rowTotals({ removed, added, changed, unchanged }: RowDifference): string {
  const totals = [`${formatCount(removed.count)} removed`, `${formatCount(added.count)} added`, `${formatCount(changed.count)} changed`];
  return [...totals, `${formatCount(unchanged)} unchanged`].join(', ');
}

/** `4 rows that share 2 keys`, undefined where each row has a key of its own. */
export function sharedKeys({ keys, rows }: RowDifference['duplicates']['before']): string | undefined {
  return keys === 0 ? undefined : `${formatCount(rows)} rows that share ${formatCount(keys)} ${keys === 1 ? 'key' : 'keys'}`;
}

const facts = ['nulls', 'min', 'max'] as const;

/** The statistics of a column that are not as they were. */
export function changedFacts({ before, after }: StatisticsDifference): readonly (keyof ColumnFacts)[] {
  return facts.filter((fact) => JSON.stringify(before[fact]) !== JSON.stringify(after[fact]));
}

export function formatCount(number: number): string {
  return number.toLocaleString('en-US');
}
