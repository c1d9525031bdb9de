import type { Cell, ReadOptions, Table } from '../table';

export async function rowsAt(
  table: Table,
  rows: readonly number[],
  columns: readonly number[] | undefined,
  options?: ReadOptions,
): Promise<readonly (readonly Cell[])[]> {
  const found: (readonly Cell[])[] = [];
  for (const row of rows) found.push((await table.rows(row, row + 1, columns, options)).rows[0] ?? []);
  return found;
}
