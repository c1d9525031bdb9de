// What `diff` writes of two tables.

import {
  changedFacts,
  formatCount as count,
  isDifferent,
  rowCountChange,
  rowTotals,
  sameness,
  sharedKeys,
  unclearRows,
} from '../../../shared/table/query/describeDifference';
import type { RowDifference, TableDifference } from '../../../shared/table/query/tableDifference';
import type { Cell } from '../../../shared/table/table';
import { styled, type CommandIo } from './io';
import { shortened } from './textTable';

export interface DifferenceReport {
  readonly before: string;
  readonly after: string;
  /** Which of the dated runs of each, where that was asked for. */
  readonly runs?: { readonly before: string; readonly after: string } | undefined;
  readonly difference: TableDifference;
}

export { isDifferent, unclearRows };

type Paint = Pick<CommandIo, 'color'>;

export function formatDifference(report: DifferenceReport, format: 'text' | 'json', io: Paint): string {
  const { before, after, runs, difference } = report;
  if (format === 'json') return `${JSON.stringify({ before, after, runs, different: isDifferent(difference), ...difference })}\n`;
  const lines = [...columnLines(difference, io), ...statisticsLines(difference), ...rowLines(difference.rows, io)];
  const { rowCounts } = difference;
  const change = rowCountChange(rowCounts);
  if (change !== undefined) lines.unshift(`rows: ${count(rowCounts.before)} → ${count(rowCounts.after)} (${change})`);
  if (!isDifferent(difference) && unclearRows(difference) === undefined)
    lines.push(`${sameness(difference)}${difference.rows === undefined ? ': --key says what tells them apart' : ''}`);
  const named = (target: string, run: string | undefined): string => (run === undefined ? target : `${target} (run ${run})`);
  return `${styled(io, 'bold', `${named(before, runs?.before)} → ${named(after, runs?.after)}`)}\n${lines.map((line) => `${line}\n`).join('')}`;
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
  return statistics.map((difference) => {
    const { column, before, after } = difference;
    const changes = changedFacts(difference).map((fact) => `${fact} ${value(before[fact])} → ${value(after[fact])}`);
    return `statistics of ${column}: ${changes.join(', ')}`;
  });
}

function rowLines(rows: RowDifference | undefined, io: Paint): string[] {
  if (!rows) return [];
  const { key, removed, added, changed, duplicates } = rows;
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
    `rows by ${key.join(', ')}: ${rowTotals(rows)}`,
    ...example('-', removed),
    ...example('+', added),
    ...changes,
    ...more(changed.count, changes.length),
    ...(inColumns === '' ? [] : [`  changed: ${inColumns}`]),
    ...(['before', 'after'] as const).flatMap((side) => {
      const [first] = duplicates[side].examples;
      const sharing = sharedKeys(duplicates[side]);
      if (sharing === undefined) return [];
      const shown = first ? `, as ${keyText(first.key)}` : '';
      return [`  not compared, ${side}: ${sharing}${shown}`];
    }),
  ];
}

function value(cell: Cell | undefined): string {
  if (cell === undefined) return 'unknown';
  if (cell === null) return 'NULL';
  return shortened(typeof cell === 'object' ? JSON.stringify(cell) : String(cell), 40);
}
