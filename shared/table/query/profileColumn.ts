import type { Table } from '../table';
import { TableProblem } from '../tableProblem';
import type { RowSelection } from './rowSelection';
import type { ColumnProfile, ScanWatch } from './tableQuery';

export function footerProfile(table: Table, _column: number): ColumnProfile {
  return {
    rows: table.rowCount,
    nulls: undefined,
    min: undefined,
    max: undefined,
    distinct: undefined,
    histogram: [],
    frequent: [],
    source: 'footer',
  };
}

export function profileColumn(
  _table: Table,
  _column: number,
  _selection: RowSelection | undefined,
  _watch: ScanWatch,
): Promise<ColumnProfile> {
  return Promise.reject(new TableProblem('unsupported', 'columns cannot be profiled yet'));
}
