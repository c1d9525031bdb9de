// How the drift of an output reads: in a line above its definition, and in full on hover. Pure.

import type { TableDrift } from '../../../shared/table/query/tableDrift';
import type { OutputDrift } from '../drift/outputDrift';
import { codeSpan, markdownTable } from '../editors/compareText';

/** `Output changed: +2 columns, −1 column; rows 84 → 12; nulls in “amount” 2 % → 60 %` */
export function driftTitle(
  { addedColumns, removedColumns, retypedColumns, rowCounts, nullShares }: TableDrift,
  place: OutputDrift['place'],
): string {
  const columns = [
    ...(addedColumns.length > 0 ? [`+${columnCount(addedColumns.length)}`] : []),
    ...(removedColumns.length > 0 ? [`−${columnCount(removedColumns.length)}`] : []),
    ...(retypedColumns.length > 0 ? [`${columnCount(retypedColumns.length)} retyped`] : []),
  ];
  const [first, ...others] = nullShares;
  const parts = [
    ...(columns.length > 0 ? [columns.join(', ')] : []),
    ...(rowCounts ? [`rows ${count(rowCounts.before)} → ${count(rowCounts.after)}`] : []),
    ...(first && others.length === 0 ? [`nulls in “${first.column}” ${percent(first.before)} → ${percent(first.after)}`] : []),
    ...(others.length > 0 ? [`more nulls in ${columnCount(nullShares.length)}`] : []),
  ];
  return `${place === 'S3' ? 'Output in S3' : 'Output'} changed: ${parts.join('; ')}`;
}

/** Everything that changed. Names stand in code spans: nothing in them is taken for Markdown. */
export function driftMarkdown(
  id: string,
  { drift, place, before, after }: Pick<OutputDrift, 'drift' | 'place'> & { readonly before: string; readonly after: string },
): string {
  const { addedColumns, removedColumns, retypedColumns, rowCounts, nullShares } = drift;
  const rows = [
    ...removedColumns.map(({ name, type }) => [`column ${codeSpan(name)}`, codeSpan(type), 'removed']),
    ...addedColumns.map(({ name, type }) => [`column ${codeSpan(name)}`, '', codeSpan(type)]),
    ...retypedColumns.map(({ name, before: old, after: now }) => [`column ${codeSpan(name)}`, codeSpan(old), codeSpan(now)]),
    ...(rowCounts ? [['rows', count(rowCounts.before), count(rowCounts.after)]] : []),
    ...nullShares.map(({ column, before: old, after: now }) => [`nulls in ${codeSpan(column)}`, percent(old), percent(now)]),
  ];
  return `**The output of ${codeSpan(id)}${place === 'S3' ? ' in S3' : ''} changed with its newest run**\n\n${markdownTable(['', `before (${before})`, `now (${after})`], rows)}`;
}

function columnCount(number: number): string {
  return `${count(number)} ${number === 1 ? 'column' : 'columns'}`;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

function percent(share: number): string {
  const rounded = Math.round(share * 100);
  // What is there is not called nothing, and what is not all is not called everything.
  if (rounded === 0 && share > 0) return '<1 %';
  return rounded === 100 && share < 1 ? '>99 %' : `${rounded} %`;
}
