// One table in one view: answers what the grid asks from the reading process. Knows nothing of VS Code.

import type { Handlers } from '../../../shared/protocol/webviewRpc';
import type { CellRange, TableColumnView, TableView, TableViewMethods } from '../../../shared/protocol/tableView';
import { cellText } from '../../../shared/table/cellText';
import { typeName, type Cell, type Column, type TableOrigin } from '../../../shared/table/table';
import { TableProblem } from '../../../shared/table/tableProblem';
import type { OpenedTable, TableReaderClient } from '../../../shared/tableReader/tableReaderClient';

/** Longer texts are cut in the grid; the inspector shows them whole. */
const gridTextLimit = 300;
/** More cells than this fill no spreadsheet and stall the clipboard. */
const maxCopiedCells = 200_000;

export interface TableSessionOptions {
  readonly location: string;
  readonly name: string;
  readonly reader: TableReaderClient;
  readonly writeClipboard: (text: string) => PromiseLike<void>;
}

export function tableHandlers({ location, name, reader, writeClipboard }: TableSessionOptions): Handlers<TableViewMethods> {
  let opened: Promise<OpenedTable> | undefined;
  const table = (): Promise<OpenedTable> => (opened ??= reader.open(location));
  return {
    open: async () => {
      opened = undefined;
      return tableView(name, await table());
    },
    rows: async ({ start, end, columns }) => (await table()).texts(start, end, columns, gridTextLimit),
    document: async ({ row, column }) => (await table()).document(row, column),
    copy: async (range) => {
      const { text, cells } = await tabSeparated(await table(), range);
      await writeClipboard(text);
      return { cells };
    },
  };
}

function tableView(name: string, { columns, rowCount, origin }: OpenedTable): TableView {
  return { name, columns: columns.map(columnView), rowCount, facts: facts(origin), warnings: warnings(origin) };
}

function columnView({ name, type, nullable, partition }: Column): TableColumnView {
  return { name, type: typeName(type), family: type.kind === 'scalar' ? type.family : 'nested', nullable, partition };
}

function facts({ kind, files, bytes, codecs }: TableOrigin): readonly string[] {
  const parts = kind === 'folder' ? [files === 1 ? '1 file' : `${files.toLocaleString('en')} files`] : [];
  return [...parts, bytesText(bytes), ...codecs.map((codec) => codec.toLowerCase())];
}

function warnings({ kind, success, ignored }: TableOrigin): readonly string[] {
  const found: string[] = [];
  if (kind === 'folder' && success === false) {
    found.push('There is no _SUCCESS marker: the job that wrote this folder may not have finished.');
  }
  if (ignored.length > 0) {
    const shown = ignored.slice(0, 3).join(', ');
    found.push(`Not part of the table: ${ignored.length > 3 ? `${shown} and ${ignored.length - 3} more` : shown}.`);
  }
  return found;
}

function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toPrecision(3)} ${['', 'kB', 'MB', 'GB', 'TB'][power] ?? ''}`;
}

/** The cells as spreadsheets take them, with a header line when there is more than one cell. */
async function tabSeparated(table: OpenedTable, range: CellRange): Promise<{ readonly text: string; readonly cells: number }> {
  const columns = table.columns.slice(range.startColumn, range.endColumn);
  const cells = columns.length * Math.max(0, Math.min(range.endRow, table.rowCount) - range.startRow);
  if (cells > maxCopiedCells) {
    const [asked, most] = [cells.toLocaleString('en'), maxCopiedCells.toLocaleString('en')];
    throw new TableProblem('out-of-range', `${asked} cells are selected; at most ${most} can be copied at a time`);
  }
  const indexes = columns.map((_, index) => range.startColumn + index);
  const { rows } = await table.rows(range.startRow, range.endRow, indexes);
  const lines = rows.map((row) => columns.map((column, index) => field(column, row[index] ?? null)).join('\t'));
  if (cells > 1) lines.unshift(columns.map(({ name }) => quoted(name)).join('\t'));
  return { text: cells === 1 ? onlyCell(columns, rows) : lines.join('\n'), cells };
}

/** A single value is copied as it is, to be pasted anywhere. */
function onlyCell([column]: readonly Column[], [row]: readonly (readonly Cell[])[]): string {
  return column ? plainText(column, row?.[0] ?? null) : '';
}

function field(column: Column, cell: Cell): string {
  return quoted(plainText(column, cell));
}

/** Null is empty, as in the CSV that Spark writes. */
function plainText({ type }: Column, cell: Cell): string {
  const text = cellText(type, cell, Infinity);
  return text === null || typeof text === 'object' ? '' : text;
}

function quoted(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
