import type { Table } from '../table';
import { TableProblem } from '../tableProblem';
import type { TableDifference } from './tableDifference';
import type { ScanWatch } from './tableQuery';

export interface CompareOptions {
  /** Names of the columns that tell which row is which; without them rows are not compared. */
  readonly key: readonly string[] | undefined;
  readonly watch: ScanWatch;
}

export function compareTables(_a: Table, _b: Table, _options: CompareOptions): Promise<TableDifference> {
  return Promise.reject(new TableProblem('unsupported', 'tables cannot be compared yet'));
}
