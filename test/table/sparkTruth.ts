// What Spark read of a table, as the scripts in test/tables write it down, and our cells in the same form.

import type { Cell, ColumnType } from '../../shared/table/table';
import { scalarText } from './sparkText';

export interface Truth {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rowCount: number;
  /** Scalars as Spark's own text, structs as objects, maps as lists of `{key, value}`; empty for long tables. */
  readonly rows: readonly (readonly TruthValue[])[];
}
export type TruthValue = null | string | readonly TruthValue[] | { readonly [name: string]: TruthValue };

/** Our cell the way the truth file writes it, numbers normalised. */
export function sparkValue(type: ColumnType | undefined, cell: Cell): TruthValue {
  if (cell === null || type === undefined) return null;
  if (type.kind === 'scalar' || !Array.isArray(cell)) return scalarText(type, String(cell));
  const items = cell as readonly Cell[];
  switch (type.kind) {
    case 'array':
      return items.map((item) => sparkValue(type.element, item));
    case 'struct':
      return Object.fromEntries(type.fields.map((field, index) => [field.name, sparkValue(field.type, items[index] ?? null)]));
    case 'map':
      return items.map((entry) => {
        const [key = null, value = null] = entry as readonly Cell[];
        return { key: sparkValue(type.key, key), value: sparkValue(type.value, value) };
      });
  }
}

/** What the script wrote, numbers normalised likewise. */
export function plainValue(type: ColumnType | undefined, value: TruthValue): TruthValue {
  return type?.kind === 'scalar' && typeof value === 'string' ? scalarText(type, value) : value;
}
