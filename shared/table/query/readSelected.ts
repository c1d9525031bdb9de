// The cells of selected rows in blocks, for a selection in the order of the table or any other.

import type { Cell, Table } from '../table';
import type { RowSelection } from './rowSelection';
import { blockRows, rowsPerTurn, type ScanPace } from './scanPace';

/** Rows that are read although nobody asked, where that spares a read. */
const mostSkipped = 4096;

/**
 * Calls `visit` for every position of the selection with the cells of `columns`, in the order of the selection. Rows that
 * follow each other in the table are read together. Tells the progress row by row of the selection.
 */
export async function readSelected(
  table: Table,
  columns: readonly number[],
  selection: RowSelection,
  pace: ScanPace,
  visit: (cells: readonly Cell[], position: number) => void,
): Promise<void> {
  const limit = blockRows(columns.length);
  for (let position = 0; position < selection.count;) {
    const first = selection.row(position);
    let [end, last] = [position + 1, first];
    while (end < selection.count) {
      const row = selection.row(end);
      if (row <= last || row - last > mostSkipped || row - first >= limit) break;
      last = row;
      end++;
    }
    const { rows } = await table.rows(first, last + 1, columns, pace.options);
    for (let at = position; at < end; at++) {
      visit(rows[selection.row(at) - first] ?? [], at);
      if (at % rowsPerTurn === 0) await pace.turn();
    }
    await pace.scanned(end - position);
    position = end;
  }
}
