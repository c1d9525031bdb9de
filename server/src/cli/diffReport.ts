// What `diff` writes of two tables.

import type { ColumnFacts, RowDifference, TableDifference } from '../../../shared/table/query/tableDifference';
import type { Cell } from '../../../shared/table/table';
import { styled, type CommandIo } from './io';
import { shortened } from './textTable';

export interface DifferenceReport {
  readonly before: string;
  readonly after: string;
  readonly difference: TableDifference;
}

type Paint = Pick<CommandIo, 'color'>;

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

/** Why rows could not be compared although a key was given. */
export function unclearRows({ rows }: TableDifference): string | undefined {
  if (!rows) return undefined;
  const { before, after } = rows.duplicates;
  if (before.keys + after.keys === 0) return undefined;
  return `the key ${rows.key.join(', ')} does not tell all rows apart: those that share one were not compared`;
}

export function formatDifference(report: DifferenceReport, format: 'text' | 'json', io: Paint): string {
  const { before, after, difference } = report;
  if (format === 'json') return `${JSON.stringify({ before, after, different: isDifferent(difference), ...difference })}\n`;
  const lines = [...columnLines(difference, io), ...statisticsLines(difference), ...rowLines(difference.rows, io)];
  const { rowCounts } = difference;
  if (rowCounts.before !== rowCounts.after) {
    const change = rowCounts.after - rowCounts.before;
    lines.unshift(`rows: ${count(rowCounts.before)} → ${count(rowCounts.after)} (${change > 0 ? '+' : '−'}${count(Math.abs(change))})`);
  }
  const compared =
    difference.rows === undefined
      ? 'columns, row counts and statistics; rows were not compared: --key says what tells them apart'
      : 'columns and rows';
  if (!isDifferent(difference) && unclearRows(difference) === undefined) lines.push(`no difference in ${compared}`);
  return `${styled(io, 'bold', `${before} → ${after}`)}\n${lines.map((line) => `${line}\n`).join('')}`;
}

function columnLines({ addedColumns, removedColumns, retypedColumns, movedColumns }: TableDifference, io: Paint): string[] {
  return [
    ...removedColumns.map(({ name, type }) => styled(io, 'red', `- column ${name} ${type}`)),
    ...addedColumns.map(({ name, type }) => styled(io, 'green', `+ column ${name} ${type}`)),
    ...retypedColumns.map(({ name, before, after }) => styled(io, 'yellow', `~ column ${name}: ${before} → ${after}`)),
    ...movedColumns.map(({ name, before, after }) => styled(io, 'yellow', `~ column ${name}: position ${before + 1} → ${after + 1}`)),
  ];
}

function statisticsLines({ statistics }: TableDifference): string[] {
  return statistics.map(({ column, before, after }) => {
    const changes = (['nulls', 'min', 'max'] as const).flatMap((fact) => change(fact, before, after));
    return `statistics of ${column}: ${changes.join(', ')}`;
  });
}

function change(fact: keyof ColumnFacts, before: ColumnFacts, after: ColumnFacts): string[] {
  const [old, now] = [before[fact], after[fact]];
  return JSON.stringify(old) === JSON.stringify(now) ? [] : [`${fact} ${value(old)} → ${value(now)}`];
}

function rowLines(rows: RowDifference | undefined, io: Paint): string[] {
  if (!rows) return [];
  const { key, removed, added, changed, unchanged, duplicates } = rows;
  const keyText = (cells: readonly Cell[]): string => key.map((name, index) => `${name}=${value(cells[index])}`).join(', ');
  const more = (all: number, shown: number): string[] => (all > shown ? [`  … and ${count(all - shown)} more`] : []);
  const example = (sign: '-' | '+', { count: all, examples }: RowDifference['added']): string[] => [
    ...examples.map((row) => styled(io, sign === '-' ? 'red' : 'green', `  ${sign} ${keyText(row.key)}`)),
    ...more(all, examples.length),
  ];
  const changes = changed.examples.map((row) => {
    const cells = row.cells.map(({ column, before, after }) => `${column} ${value(before)} → ${value(after)}`);
    return styled(io, 'yellow', `  ~ ${keyText(row.key)}: ${cells.join(', ')}`);
  });
  const inColumns = changed.columns.map(({ name, count: times }) => `${name} in ${count(times)}`).join(', ');
  return [
    `rows by ${key.join(', ')}: ${count(removed.count)} removed, ${count(added.count)} added, ${count(changed.count)} changed, ${count(unchanged)} unchanged`,
    ...example('-', removed),
    ...example('+', added),
    ...changes,
    ...more(changed.count, changes.length),
    ...(inColumns === '' ? [] : [`  changed: ${inColumns}`]),
    ...(['before', 'after'] as const).flatMap((side) => {
      const { keys, rows: sharing, examples } = duplicates[side];
      const [first] = examples;
      if (keys === 0) return [];
      const shown = first ? `, as ${keyText(first.key)}` : '';
      return [`  not compared, ${side}: ${count(sharing)} rows that share ${count(keys)} ${keys === 1 ? 'key' : 'keys'}${shown}`];
    }),
  ];
}

function value(cell: Cell | undefined): string {
  if (cell === undefined) return 'unknown';
  if (cell === null) return 'NULL';
  return shortened(typeof cell === 'object' ? JSON.stringify(cell) : String(cell), 40);
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
