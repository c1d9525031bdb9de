// What leaves the grid: cells for the clipboard, rows for a file. Says what came of it.

import type { CopyFormat, ExportFormat, RowsParams, TableViewMethods } from '../../shared/protocol/tableView';
import type { TableHost } from './tableHost';

export async function copyCells(host: TableHost, cells: RowsParams, format: CopyFormat): Promise<string> {
  try {
    const copied = await host.ask('copy', { ...cells, format });
    return copied.cells === 1 ? '1 cell copied.' : `${copied.cells.toLocaleString('en')} cells copied.`;
  } catch (error) {
    return `Not copied: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** @returns undefined when the user chose no file, or stopped it */
export async function exportRows(
  host: TableHost,
  { columns, query }: Omit<TableViewMethods['export']['params'], 'format'>,
  format: ExportFormat,
): Promise<string | undefined> {
  try {
    const done = await host.ask('export', { format, columns, query });
    return done ? `${done.rows.toLocaleString('en')} ${done.rows === 1 ? 'row' : 'rows'} written to ${done.file}.` : undefined;
  } catch (error) {
    return `Not exported: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
