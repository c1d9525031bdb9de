import type { Table } from '../table';
import { TableProblem } from '../tableProblem';
import { allRows, type RowSelection } from './rowSelection';
import type { ScanWatch, TableQuery } from './tableQuery';

export function runQuery(table: Table, query: TableQuery, _watch: ScanWatch): Promise<RowSelection> {
  if (!query.where && query.sort.length === 0) return Promise.resolve(allRows(table.rowCount));
  return Promise.reject(new TableProblem('unsupported', 'tables cannot be filtered or sorted yet'));
}
