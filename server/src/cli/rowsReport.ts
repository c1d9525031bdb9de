// Rows of a table in the forms that `preview` writes. Every digit is kept: see `Cell` for what is text and why.

import { typeName, type Cell, type Column, type ColumnType } from '../../../shared/table/table';
import { displayWidth } from './displayWidth';
import { styled, type CommandIo } from './io';

export interface PreviewReport {
  readonly target: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly totalRows: number;
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
  const { target, columns, rows, totalRows, bytesRead, requests } = report;
  return {
    target,
    columns: columns.map((column) => ({ name: column.name, type: typeName(column.type) })),
    rows: rows.map((row) => Object.fromEntries(columns.map((column, i) => [column.name, jsonValue(row[i] ?? null, column.type)]))),
    totalRows,
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

const maxCellWidth = 40;

function tableOf({ columns, rows, totalRows }: PreviewReport, io: Pick<CommandIo, 'color'>): string {
  const texts = rows.map((row) => columns.map((column, i) => shorten(plain(row[i] ?? null, column.type))));
  const types = columns.map((column) => shorten(typeName(column.type)));
  const names = columns.map((column) => shorten(column.name));
  const widths = names.map((name, i) =>
    Math.max(displayWidth(name), displayWidth(types[i] ?? ''), ...texts.map((row) => displayWidth(row[i] ?? ''))),
  );
  const isNumber = columns.map((column) => column.type.kind === 'scalar' && column.type.family === 'number');
  const line = (cells: readonly string[], style?: 'bold' | 'dim'): string =>
    cells
      .map((cell, i) => {
        const padding = ' '.repeat(Math.max(0, (widths[i] ?? 0) - displayWidth(cell)));
        const aligned = isNumber[i] === true ? padding + cell : cell + padding;
        return style === undefined ? aligned : styled(io, style, aligned);
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((size) => '─'.repeat(size)).join('  ');
  const count = `${totalRows.toLocaleString('en-US')} ${totalRows === 1 ? 'row' : 'rows'}, ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`;
  const shown = rows.length === totalRows ? '' : ` (${rows.length.toLocaleString('en-US')} shown)`;
  return [
    line(names, 'bold'),
    line(types, 'dim'),
    styled(io, 'dim', rule),
    ...texts.map((row) => line(row)),
    '',
    `${count}${shown}`,
    '',
  ].join('\n');
}

function shorten(text: string): string {
  const graphemes = [...segmenter.segment(text.replace(/[\r\n\t]/g, ' '))].map(({ segment }) => segment);
  return graphemes.length <= maxCellWidth ? graphemes.join('') : `${graphemes.slice(0, maxCellWidth - 1).join('')}…`;
}

const segmenter = new Intl.Segmenter();
