// A query over a table: the rows that are kept, then their order.

import type { Table } from '../table';
import { TableProblem } from '../tableProblem';
import { checkQuery, columnAt } from './checkQuery';
import { filterRows } from './filterRows';
import { radixOrder } from './radixSort';
import { readSelected } from './readSelected';
import { allRows, orderedRows, type RowSelection } from './rowSelection';
import { ScanPace } from './scanPace';
import { SortKeyColumn } from './sortKey';
import type { ScanWatch, SortKey, TableQuery } from './tableQuery';

/** A key takes up to 20 bytes, and the order of the rows 8. */
const maxSortKeys = 20_000_000;

/**
 * Reads what statistics do not decide. Throws a TableProblem for a query that does not fit the table, or for a sort that does
 * not fit into memory; and the reason of the signal when that ends it.
 */
export async function runQuery(table: Table, query: TableQuery, watch: ScanWatch): Promise<RowSelection> {
  checkQuery(table.columns, query);
  const filtered = query.where ? await filterRows(table, query.where, watch) : undefined;
  const rows = filtered?.rows ?? allRows(table.rowCount);
  if (query.sort.length === 0) return rows;
  return sortRows(table, rows, query.sort, filtered?.pace ?? new ScanPace(watch, 0));
}

async function sortRows(table: Table, rows: RowSelection, sort: readonly SortKey[], pace: ScanPace): Promise<RowSelection> {
  const { count } = rows;
  if (count * sort.length > maxSortKeys) {
    const most = Math.floor(maxSortKeys / sort.length).toLocaleString('en');
    const by = sort.length === 1 ? 'one column' : `${sort.length} columns`;
    throw new TableProblem(
      'too-large',
      `${count.toLocaleString('en')} rows are too many to sort: by ${by}, ${most} fit into memory. Filter the rows first`,
    );
  }
  pace.addRows(count);
  pace.rowsFound = count;
  const keys = sort.map((key) => {
    const { name, type } = columnAt(table.columns, key.column);
    return new SortKeyColumn(name, type, key.descending, count);
  });
  const columns = sort.map(({ column }) => column);
  await readSelected(table, columns, rows, pace, (cells, position) => {
    for (const [index, key] of keys.entries()) key.set(position, cells[index] ?? null);
  });
  const words: Uint32Array[] = [];
  for (const key of keys) words.push(...(await key.finish(pace)));
  return orderedRows(rows, await radixOrder(count, words, pace));
}
