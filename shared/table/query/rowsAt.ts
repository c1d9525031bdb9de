// Single rows wherever they stand, as a sorted or filtered view shows them.

import type { Cell, ReadOptions, Table } from '../table';

/** Rows no further apart are read in one go. */
const nearRows = 256;
/** Rows no further apart share pages most of the time: they are read one after the other, so that a page is unpacked once. */
const pageRows = 20_000;
/** So many places of the table are read at the same time. */
const parallelReads = 8;

interface Stretch {
  readonly first: number;
  last: number;
}

/** The cells of rows in the order asked for. @param columns indexes of columns; all of them when undefined. */
export async function rowsAt(
  table: Table,
  rows: readonly number[],
  columns: readonly number[] | undefined,
  options?: ReadOptions,
): Promise<readonly (readonly Cell[])[]> {
  const wanted = [...new Set(rows)].sort((a, b) => a - b);
  const places = stretches(wanted, pageRows).map(({ first, last }) =>
    stretches(
      wanted.filter((row) => row >= first && row <= last),
      nearRows,
    ),
  );
  const isWanted = new Set(wanted);
  const found = new Map<number, readonly Cell[]>();
  const readPlaces = async (): Promise<void> => {
    for (let place = places.shift(); place; place = places.shift()) {
      for (const { first, last } of place) {
        const block = await table.rows(first, last + 1, columns, options);
        for (const [index, cells] of block.rows.entries()) if (isWanted.has(first + index)) found.set(first + index, cells);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallelReads, places.length) }, readPlaces));
  return rows.map((row) => found.get(row) ?? []);
}

/** Ascending rows in groups whose neighbours are at most `gap` apart. */
function stretches(rows: readonly number[], gap: number): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const row of rows) {
    const latest = found.at(-1);
    if (latest && row - latest.last <= gap) latest.last = row;
    else found.push({ first: row, last: row });
  }
  return found;
}
