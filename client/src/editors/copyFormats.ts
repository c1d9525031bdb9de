// Cells for the clipboard: for spreadsheets, programs, documents, and queries.

import type { CopyFormat } from '../../../shared/protocol/tableView';
import { cellJson, cellText, type Json } from '../../../shared/table/cellText';
import type { Cell, Column, ColumnType } from '../../../shared/table/table';

type Rows = readonly (readonly Cell[])[];

/** Every format of a single value is the value, to be pasted anywhere, but for SQL, which writes it as a literal. */
export function copyText(format: CopyFormat, columns: readonly Column[], rows: Rows): string {
  const [column] = columns;
  if (column && columns.length === 1 && rows.length === 1) {
    const cell = rows[0]?.[0] ?? null;
    return format === 'sql'
      ? sqlLiteral(column.type, cell)
      : format === 'json'
        ? jsonText(cellJson(column.type, cell))
        : plainText(column, cell);
  }
  switch (format) {
    case 'tsv':
      return tabSeparated(columns, rows);
    case 'json':
      return jsonText(
        rows.map((row) => Object.fromEntries(columns.map(({ name, type }, index) => [name, cellJson(type, row[index] ?? null)]))),
      );
    case 'markdown':
      return markdownTable(columns, rows);
    case 'sql':
      return sqlValues(columns, rows);
  }
}

function jsonText(value: Json): string {
  return JSON.stringify(value, undefined, 2);
}

/** With a header line, as spreadsheets take it. */
function tabSeparated(columns: readonly Column[], rows: Rows): string {
  const quoted = (text: string): string => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => columns.map((column, index) => quoted(plainText(column, row[index] ?? null))).join('\t'));
  return [columns.map(({ name }) => quoted(name)).join('\t'), ...lines].join('\n');
}

/** Null is empty, as in the CSV that Spark writes. */
function plainText({ type }: Column, cell: Cell): string {
  const text = cellText(type, cell, Infinity);
  return text === null || typeof text === 'object' ? '' : text;
}

function markdownTable(columns: readonly Column[], rows: Rows): string {
  const escaped = (text: string): string => text.replace(/[\\|]/g, '\\$&').replace(/\r\n|\r|\n/g, '<br>');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const isNumber = ({ type }: Column): boolean => type.kind === 'scalar' && type.family === 'number';
  return [
    line(columns.map(({ name }) => escaped(name))),
    line(columns.map((column) => (isNumber(column) ? '---:' : '---'))),
    ...rows.map((row) => line(columns.map((column, index) => escaped(plainText(column, row[index] ?? null))))),
  ].join('\n');
}

/** What stands behind FROM in Spark SQL. */
function sqlValues(columns: readonly Column[], rows: Rows): string {
  const lines = rows.map((row) => `  (${columns.map(({ type }, index) => sqlLiteral(type, row[index] ?? null)).join(', ')})`);
  return `VALUES\n${lines.join(',\n')}\nAS t(${columns.map(({ name }) => sqlName(name)).join(', ')})`;
}

function sqlName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
}

/** A cell as Spark SQL writes it, with its type where the digits alone would mean another one. */
function sqlLiteral(type: ColumnType, cell: Cell): string {
  if (cell === null) return 'NULL';
  if (type.kind === 'scalar') return scalarLiteral(type.name, String(cell));
  const items = Array.isArray(cell) ? (cell as readonly Cell[]) : [];
  switch (type.kind) {
    case 'array':
      return `array(${items.map((item) => sqlLiteral(type.element, item)).join(', ')})`;
    case 'struct':
      return `named_struct(${type.fields.map((field, index) => `${sqlText(field.name)}, ${sqlLiteral(field.type, items[index] ?? null)}`).join(', ')})`;
    case 'map':
      return `map(${items.map((entry) => mapEntry(type.key, type.value, entry)).join(', ')})`;
  }
}

function mapEntry(key: ColumnType, value: ColumnType, entry: Cell): string {
  const [first, second] = Array.isArray(entry) ? (entry as readonly Cell[]) : [];
  return `${sqlLiteral(key, first ?? null)}, ${sqlLiteral(value, second ?? null)}`;
}

function scalarLiteral(name: string, text: string): string {
  switch (name) {
    case 'boolean':
    case 'int':
      return text;
    case 'tinyint':
      return `${text}Y`;
    case 'smallint':
      return `${text}S`;
    case 'bigint':
      // The smallest one has no literal: its digits are read before its sign.
      return text === '-9223372036854775808' ? `CAST('${text}' AS bigint)` : `${text}L`;
    case 'float':
    case 'double':
      return /^-?\d/.test(text) ? `${text}${name === 'float' ? 'F' : 'D'}` : `${name}('${text}')`;
    case 'binary':
      return `X'${text}'`;
    case 'date':
      return `DATE '${text}'`;
    case 'timestamp':
      return `TIMESTAMP '${text}'`;
    case 'timestamp_ntz':
      return `TIMESTAMP_NTZ '${text}'`;
    case 'string':
      return sqlText(text);
    default:
      if (name.startsWith('decimal')) return `CAST(${text} AS ${name})`;
      // The text of an interval is its literal.
      return name.startsWith('interval') ? text : `CAST(${sqlText(text)} AS ${name})`;
  }
}

function sqlText(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}'`;
}
