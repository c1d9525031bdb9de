// Texts of values as Spark casts them, and ours, made equal where they mean the same.

import type { ColumnType } from '../../shared/table/table';

/** Spark writes `1.0E-300` and a space before the time; the digits are compared as they are. */
export function scalarText(type: ColumnType, text: string): string {
  if (type.kind !== 'scalar') return text;
  if (type.name === 'float' || type.name === 'double') return Object.is(Number(text), -0) ? '-0.0' : String(Number(text));
  return type.name.startsWith('timestamp') ? text.replace('T', ' ').replace('Z', '') : text;
}
