// Rows as lines of files that other programs read. Every digit is kept.

import { typeName, type Cell, type Column, type ColumnType } from '../table/table';

export interface RowFormat {
  readonly header: string;
  readonly line: (row: readonly Cell[]) => string;
}

export function rowFormat(format: 'csv' | 'jsonl', columns: readonly Column[]): RowFormat {
  return format === 'csv' ? csvFormat(columns) : jsonLines(columns);
}

/**
 * As Spark reads it with a header: a quotation mark in a text stands behind a backslash, and so does a backslash, but only
 * between quotation marks. A null is an empty field, an empty text `""`; nested values are JSON.
 */
function csvFormat(columns: readonly Column[]): RowFormat {
  const types = columns.map(({ type }) => type);
  const field = (type: ColumnType | undefined, cell: Cell): string =>
    cell === null || type === undefined ? '' : csvText(plainText(type, cell));
  // A line without anything on it would be no row.
  const line = (fields: readonly string[]): string => `${fields.length === 1 && fields[0] === '' ? '""' : fields.join(',')}\n`;
  return {
    header: line(columns.map(({ name }) => csvText(name))),
    line: (row) => line(row.map((cell, index) => field(types[index], cell))),
  };
}

function csvText(text: string): string {
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}

/** An object a row as Spark's `to_json` shapes it: a field that is null is left out. */
function jsonLines(columns: readonly Column[]): RowFormat {
  const row: ColumnType = { kind: 'struct', fields: columns };
  return { header: '', line: (cells) => `${jsonText(row, cells)}\n` };
}

function plainText(type: ColumnType, cell: Cell): string {
  if (type.kind !== 'scalar') return jsonText(type, cell);
  return isFloating(type) && typeof cell === 'number' ? floatText(cell) : String(cell);
}

function jsonText(type: ColumnType, cell: Cell): string {
  if (cell === null) return 'null';
  if (type.kind === 'scalar') return scalarJson(type, cell);
  const items = Array.isArray(cell) ? (cell as readonly Cell[]) : [];
  switch (type.kind) {
    case 'array':
      return `[${items.map((item) => jsonText(type.element, item)).join(',')}]`;
    case 'struct': {
      const fields = type.fields.flatMap(({ name, type: field }, index) => {
        const value = items[index] ?? null;
        return value === null ? [] : [`${JSON.stringify(name)}:${jsonText(field, value)}`];
      });
      return `{${fields.join(',')}}`;
    }
    case 'map': {
      const entries = items.map((entry) => {
        const [key, value] = Array.isArray(entry) ? (entry as readonly Cell[]) : [];
        return `${JSON.stringify(keyText(type.key, key ?? null))}:${jsonText(type.value, value ?? null)}`;
      });
      return `{${entries.join(',')}}`;
    }
  }
}

function keyText(type: ColumnType, key: Cell): string {
  return type.kind === 'scalar' && type.family === 'binary' ? base64(key) : plainText(type, key);
}

function scalarJson(type: ColumnType & { readonly kind: 'scalar' }, cell: Cell): string {
  if (type.family === 'binary') return JSON.stringify(base64(cell));
  if (typeof cell === 'number') return isFloating(type) ? floatText(cell) : String(cell);
  // Digits that no double holds; `NaN` and infinities are texts.
  if (type.family === 'number' && typeof cell === 'string' && /^-?\d/.test(cell)) return cell;
  return JSON.stringify(cell);
}

function base64(hexadecimal: Cell): string {
  return Buffer.from(String(hexadecimal), 'hex').toString('base64');
}

function isFloating(type: ColumnType): boolean {
  return /^(?:float|double)$/.test(typeName(type));
}

/** As Java writes a double, so that who reads it sees that it is one: `1.0`, `1.0E10`. */
function floatText(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) return withFraction(String(value));
  const [digits = '', exponent] = value.toExponential().split('e');
  return `${withFraction(digits)}E${Number(exponent)}`;
}

function withFraction(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.0`;
}
