// Whether what a table says of its parts without reading them is true of the rows in them.

import { expect } from 'vitest';
import type { Cell, ColumnType, Table, TableChunk } from '../../shared/table/table';
import { compareTexts } from './sparkOrder';

/** The chunks of a table and the parts of each, all of them beside each other and none with a bound that a row of `rows` is beyond. */
export async function checkParts(table: Table, rows: readonly (readonly Cell[])[]): Promise<void> {
  const columns = [...table.columns.keys()];
  const chunks = table.chunks(columns);
  const parts = (await Promise.all(chunks.map((chunk) => table.narrow(chunk, columns)))).flat();
  for (const list of [chunks, parts]) {
    expect([...list.map(({ start }) => start), table.rowCount]).toEqual([0, ...list.map(({ end }) => end)]);
    for (const chunk of list) for (const column of columns) checkBounds(table, chunk, column, rows);
  }
}

function checkBounds(table: Table, { start, end, statistics }: TableChunk, column: number, rows: readonly (readonly Cell[])[]): void {
  const known = statistics.get(column);
  const type = typeOf(table, column);
  if (type.kind !== 'scalar') {
    expect(known).toBeUndefined();
    return;
  }
  const cells = rows.slice(start, end).map((row) => row[column] ?? null);
  if (known?.nulls !== undefined) expect(known.nulls).toBe(cells.filter((cell) => cell === null).length);
  for (const [bound, sign] of [
    [known?.min, 1],
    [known?.max, -1],
  ] as const) {
    if (bound === undefined) continue;
    const outside = cells.filter((cell) => cell !== null && compareTexts(type, plainText(cell), plainText(bound)) * sign < 0);
    expect(outside, `column "${table.columns[column]?.name ?? ''}", rows ${start} to ${end}, bound ${plainText(bound)}`).toEqual([]);
  }
}

export function typeOf(table: Table, column: number): ColumnType {
  const found = table.columns[column];
  if (!found) throw new Error(`column ${String(column)}`);
  return found.type;
}

/** Of a scalar. */
export function plainText(cell: Cell): string {
  if (typeof cell === 'object') throw new Error('it is nested, or null');
  return String(cell);
}
