// Rows of a table in the forms that `preview` writes. Every digit is kept: see `Cell` for what is text and why.

import { typeName, type Cell, type Column, type ColumnType } from '../../../shared/table/table';
import type { CommandIo } from './io';
import { textTable } from './textTable';

export interface PreviewReport {
  readonly target: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly totalRows: number;
  /** How many rows passed a condition; undefined without one. */
  readonly rowsFound: number | undefined;
  readonly bytesRead: number;
  readonly requests: number;
}

export function formatRows(report: PreviewReport, format: 'table' | 'json' | 'csv', io: Pick<CommandIo, 'color'>): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(jsonOf(report))}\n`;
    case 'csv':
      return csvOf(report);
    case 'table':
      return tableOf(report, io);
  }
}

function jsonOf(report: PreviewReport): unknown {
  const { target, columns, rows, totalRows, rowsFound, bytesRead, requests } = report;
  return {
    target,
    columns: columns.map((column) => ({ name: column.name, type: typeName(column.type) })),
    rows: rows.map((row) => Object.fromEntries(columns.map((column, i) => [column.name, jsonValue(row[i] ?? null, column.type)]))),
    totalRows,
    ...(rowsFound === undefined ? {} : { rowsFound }),
    bytesRead,
    requests,
  };
}

/** Structs and maps as objects, as Spark's `to_json` writes them. */
function jsonValue(cell: Cell, type: ColumnType): unknown {
  if (cell === null || !Array.isArray(cell)) return cell;
  const items = cell as readonly Cell[];
  switch (type.kind) {
    case 'scalar':
      return cell;
    case 'array':
      return items.map((item) => jsonValue(item, type.element));
    case 'struct':
      return Object.fromEntries(type.fields.map((field, i) => [field.name, jsonValue(items[i] ?? null, field.type)]));
    case 'map':
      return Object.fromEntries(
        items.map((entry) => {
          const [key, value] = Array.isArray(entry) ? (entry as readonly Cell[]) : [null, null];
          return [plain(key ?? null, type.key), jsonValue(value ?? null, type.value)];
        }),
      );
  }
}

/** A cell as one line of text; nested values as JSON. */
function plain(cell: Cell, type: ColumnType): string {
  if (cell === null) return 'NULL';
  return Array.isArray(cell) ? JSON.stringify(jsonValue(cell, type)) : String(cell);
}

/** RFC 4180; a null is an empty field, an empty text is `""`. */
function csvOf({ columns, rows }: PreviewReport): string {
  const field = (text: string): string => (/[",\r\n]/.test(text) || text === '' ? `"${text.replace(/"/g, '""')}"` : text);
  const lines = [columns.map((column) => field(column.name)).join(',')];
  for (const row of rows) {
    lines.push(
      columns
        .map((column, i) => {
          const cell = row[i] ?? null;
          return cell === null ? '' : field(plain(cell, column.type));
        })
        .join(','),
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}

function tableOf({ columns, rows, totalRows, rowsFound }: PreviewReport, io: Pick<CommandIo, 'color'>): string {
  const table = textTable(
    {
      head: columns.map((column) => column.name),
      subhead: columns.map((column) => typeName(column.type)),
      rows: rows.map((row) => columns.map((column, i) => plain(row[i] ?? null, column.type))),
      toTheRight: columns.map((column) => column.type.kind === 'scalar' && column.type.family === 'number'),
    },
    io,
  );
  const all = `${totalRows.toLocaleString('en-US')} ${totalRows === 1 ? 'row' : 'rows'}`;
  const found = rowsFound === undefined ? all : `${rowsFound.toLocaleString('en-US')} of ${all}`;
  const shown = rows.length === (rowsFound ?? totalRows) ? '' : ` (${rows.length.toLocaleString('en-US')} shown)`;
  return `${table}\n${found}${shown}, ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}\n`;
}
