// What differs between two tables, as a Markdown document. Pure; values stand in code spans, so that nothing in them is taken for
// Markdown or HTML.

import {
  changedFacts,
  formatCount,
  isDifferent,
  rowCountChange,
  rowTotals,
  sameness,
  sharedKeys,
  unclearRows,
} from '../../../shared/table/query/describeDifference';
import type { ExampleRows, RowDifference, TableDifference } from '../../../shared/table/query/tableDifference';
import type { Cell } from '../../../shared/table/table';
import { codeSpan, excerpts, markdownTable } from './compareText';

export interface ComparedTable {
  readonly name: string;
  /** Where it is: a path. */
  readonly location: string;
  /** Of the run that wrote it, for people. */
  readonly started: string | undefined;
  readonly took: string | undefined;
}

export interface Comparison {
  readonly before: ComparedTable;
  readonly after: ComparedTable;
  readonly difference: TableDifference;
}

export function comparisonMarkdown(comparison: Comparison): string {
  const { before, after, difference } = comparison;
  const title = before.name === after.name ? codeSpan(after.name) : `${codeSpan(before.name)} → ${codeSpan(after.name)}`;
  const blocks = [
    `# Comparison of ${title}`,
    `**${comparisonHeadline(difference)}**`,
    tablesTable(comparison),
    ...columnBlocks(difference),
    ...statisticsBlocks(difference),
    ...rowBlocks(difference.rows),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** What differs, in a sentence. */
export function comparisonHeadline(difference: TableDifference): string {
  const unclear = unclearRows(difference, (name) => codeSpan(name));
  const same = unclear === undefined ? sameness(difference) : 'no difference in what was compared';
  const parts = [...(isDifferent(difference) ? differences(difference) : [same]), ...(unclear === undefined ? [] : [unclear])];
  return `${parts.join('; ').replace(/^./u, (first) => first.toUpperCase())}.`;
}

function differences(difference: TableDifference): readonly string[] {
  const { addedColumns, removedColumns, retypedColumns, movedColumns, rows, statistics } = difference;
  const parts = [
    ...rowParts(difference),
    ...columnPart(addedColumns, 'is new', 'are new'),
    ...columnPart(removedColumns, 'is gone', 'are gone'),
    ...columnPart(retypedColumns, 'has another type', 'have other types'),
    ...columnPart(movedColumns, 'has moved', 'have moved'),
  ];
  // Rows that were compared say more than their statistics.
  if (rows !== undefined && parts.length > 0) return parts;
  const named = statistics.map(({ column: name }) => ({ name }));
  return [...parts, ...columnPart(named, 'has other statistics', 'have other statistics')];
}

function rowParts({ rows, rowCounts }: TableDifference): readonly string[] {
  const counts = [
    [rows?.added.count ?? 0, 'added'],
    [rows?.removed.count ?? 0, 'removed'],
    [rows?.changed.count ?? 0, 'changed'],
  ] as const;
  const told = counts.filter(([count]) => count > 0);
  if (told.length > 0)
    return [told.map(([count, word], index) => `${index === 0 ? countRows(count) : formatCount(count)} ${word}`).join(', ')];
  const more = rowCounts.after - rowCounts.before;
  return more === 0 ? [] : [`${countRows(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'}`];
}

/** More names than this fill no sentence. */
const maxNames = 3;

function columnPart(columns: readonly { readonly name: string }[], one: string, many: string): readonly string[] {
  if (columns.length === 0) return [];
  if (columns.length > maxNames) return [`${formatCount(columns.length)} columns ${many}`];
  const names = columns.map(({ name }) => codeSpan(name)).join(', ');
  return [columns.length === 1 ? `column ${names} ${one}` : `columns ${names} ${many}`];
}

function tablesTable({ before, after, difference: { rowCounts } }: Comparison): string {
  const change = rowCountChange(rowCounts);
  const row = (side: string, table: ComparedTable, rows: string): string[] => [
    side,
    codeSpan(table.location, longest),
    table.started ?? '',
    table.took ?? '',
    rows,
  ];
  const now = formatCount(rowCounts.after);
  return markdownTable(
    ['', 'Table', 'Run', '>Time', '>Rows'],
    [row('Before', before, formatCount(rowCounts.before)), row('After', after, change === undefined ? now : `${now} (${change})`)],
  );
}

function columnBlocks({ addedColumns, removedColumns, retypedColumns, movedColumns }: TableDifference): readonly string[] {
  const position = (index: number): string => `position ${formatCount(index + 1)}`;
  const rows = [
    ...removedColumns.map(({ name, type }) => [codeSpan(name), 'removed', codeSpan(type), '']),
    ...addedColumns.map(({ name, type }) => [codeSpan(name), 'added', '', codeSpan(type)]),
    ...retypedColumns.map(({ name, before, after }) => [
      codeSpan(name),
      'retyped',
      ...excerpts(before, after).map((text) => codeSpan(text)),
    ]),
    ...movedColumns.map(({ name, before, after }) => [codeSpan(name), 'moved', position(before), position(after)]),
  ];
  return rows.length === 0 ? [] : ['## Columns', markdownTable(['Column', 'Change', 'Before', 'After'], rows)];
}

function statisticsBlocks({ statistics }: TableDifference): readonly string[] {
  const rows = statistics.flatMap((difference) =>
    changedFacts(difference).map((fact, index) => {
      const { column, before, after } = difference;
      return [index === 0 ? codeSpan(column) : '', fact, ...change(before[fact], after[fact], fact === 'nulls')];
    }),
  );
  if (rows.length === 0) return [];
  const source = 'What the files say of their columns, read without their values. Bounds of texts may be cut short.';
  return ['## Statistics', source, markdownTable(['Column', 'Statistic', 'Before', 'After'], rows)];
}

function rowBlocks(rows: RowDifference | undefined): readonly string[] {
  if (rows === undefined) return ['Rows were not compared: no columns were chosen that tell them apart.'];
  const { key, added, removed, changed, duplicates } = rows;
  return [
    '## Rows',
    `By ${key.map((name) => codeSpan(name)).join(', ')}: ${rowTotals(rows)}.`,
    ...(changed.count === 0 ? [] : changedBlocks(rows)),
    ...exampleBlocks('Added rows', key, added),
    ...exampleBlocks('Removed rows', key, removed),
    ...duplicateBlocks('before', key, duplicates.before),
    ...duplicateBlocks('after', key, duplicates.after),
  ];
}

function changedBlocks({ key, changed }: RowDifference): readonly string[] {
  const examples = changed.examples.flatMap((row) =>
    row.cells.map(({ column, before, after }, index) => [
      ...(index === 0 ? keyCells(row.key) : row.key.map(() => '')),
      codeSpan(column),
      ...change(before, after),
    ]),
  );
  return [
    '### Changed rows',
    markdownTable(
      ['Changed column', '>Rows'],
      changed.columns.map(({ name, count }) => [codeSpan(name), formatCount(count)]),
    ),
    markdownTable([...key.map((name) => codeSpan(name)), 'Column', 'Before', 'After'], examples),
    ...more(changed.count, changed.examples.length),
  ];
}

function exampleBlocks(title: string, key: readonly string[], { count, examples }: ExampleRows): readonly string[] {
  if (count === 0) return [];
  const rows = examples.map((row) => [formatCount(row.row + 1), ...keyCells(row.key)]);
  return [`### ${title}`, markdownTable(['>Row', ...key.map((name) => codeSpan(name))], rows), ...more(count, examples.length)];
}

/** Of the rows that share a key so many are named. */
const maxRowNumbers = 8;

function duplicateBlocks(
  side: keyof RowDifference['duplicates'],
  key: readonly string[],
  duplicates: RowDifference['duplicates']['before'],
): readonly string[] {
  const sharing = sharedKeys(duplicates);
  if (sharing === undefined) return [];
  const rows = duplicates.examples.map((example) => {
    const numbers = example.rows.slice(0, maxRowNumbers).map((row) => formatCount(row + 1));
    return [...keyCells(example.key), `${numbers.join('; ')}${example.rows.length > maxRowNumbers ? '; …' : ''}`];
  });
  return [
    `### Not compared, ${side}`,
    `There are ${sharing}.`,
    markdownTable([...key.map((name) => codeSpan(name)), 'In rows'], rows),
    ...more(duplicates.keys, duplicates.examples.length),
  ];
}

function more(all: number, shown: number): readonly string[] {
  return all > shown ? [`… and ${formatCount(all - shown)} more`] : [];
}

function keyCells(cells: readonly Cell[]): readonly string[] {
  return cells.map((cell) => shownCell(cell, cellText(cell)));
}

/** Two values of a place, cut around where they begin to differ. */
function change(before: Cell | undefined, after: Cell | undefined, counted = false): readonly [string, string] {
  if (counted && typeof before === 'number' && typeof after === 'number') return [formatCount(before), formatCount(after)];
  const [old, now] = excerpts(cellText(before), cellText(after));
  return [shownCell(before, old), shownCell(after, now)];
}

function cellText(cell: Cell | undefined): string {
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** What is no value is in italics, and cannot be taken for a text that reads the same. */
function shownCell(cell: Cell | undefined, text: string): string {
  if (cell === undefined) return '_unknown_';
  if (cell === null) return '_NULL_';
  return cell === '' ? '_empty_' : codeSpan(text);
}

function countRows(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'row' : 'rows'}`;
}

/** Paths are shown whole, but for absurd ones. */
const longest = 1000;
