// What a table holds, in a form that two readers can be compared by: no types, and every value as the text of exactly itself.

import type { Cell, ColumnType, Table } from '../../../shared/table/table';

/** Scalars as text; structs as lists of their fields, maps as lists of pairs. */
export type Plain = null | string | readonly Plain[];

export interface PlainTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Plain[])[];
}

/** Of our cells. */
export function plainTable({ columns }: Table, rows: readonly (readonly Cell[])[]): PlainTable {
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map((row) => row.map((cell, column) => plainCell(columns[column]?.type, cell))),
  };
}

function plainCell(type: ColumnType | undefined, cell: Cell): Plain {
  if (cell === null || type === undefined) return null;
  if (type.kind === 'scalar') return plainScalar(type.name, cell);
  const items = cell as readonly Cell[];
  switch (type.kind) {
    case 'array':
      return items.map((item) => plainCell(type.element, item));
    case 'struct':
      return type.fields.map((field, index) => plainCell(field.type, items[index] ?? null));
    case 'map':
      return items.map((entry) => {
        const [key = null, value = null] = entry as readonly Cell[];
        return [plainCell(type.key, key), plainCell(type.value, value)];
      });
  }
}

function plainScalar(type: string, cell: Cell): string {
  if (typeof cell === 'object') throw new Error(`${JSON.stringify(cell)} in a column of ${type}`);
  if (type === 'double') return numberText(Number(cell));
  if (type === 'float') return numberText(Math.fround(Number(cell)));
  // Which moments are instants, DuckDB decides otherwise than Spark.
  if (type.startsWith('timestamp')) return String(cell).replace(/Z$/, '');
  return String(cell);
}

/** The sign of zero included. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
