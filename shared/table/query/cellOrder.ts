// How the cells of a type stand to each other, as Spark orders values. Null is smaller than everything.

import type { Cell, ColumnType } from '../table';
import { unscaledKey, wholeKey } from './exactNumbers';
import { parseInterval } from './intervals';
import { sortableTime } from './moments';

/** What stands for the value of a scalar cell in comparisons; equal values have the same key. */
export type OrderKey = number | bigint | string;

export interface ScalarOrder {
  /** Of a cell that is not null. */
  readonly key: (cell: Cell) => OrderKey;
  /** Negative, zero or positive. */
  readonly compare: (a: OrderKey, b: OrderKey) => number;
  /** Values may be NaN, which is greater than all others and equal to itself. */
  readonly nan: boolean;
}

/** Digits after the point of `decimal(p,s)`. */
export function decimalScale(typeName: string): number | undefined {
  const match = /^decimal(?:\((\d+)(?:,\s*(-?\d+))?\))?$/.exec(typeName);
  return match ? Number(match[2] ?? 0) : undefined;
}

const naturalOrder = (key: (cell: Cell) => OrderKey): ScalarOrder => ({ key, compare: compareNaturally, nan: false });
const floatOrder = (key: (cell: Cell) => number): ScalarOrder => ({ key, compare: compareFloats, nan: true });

/** Undefined for the types that have no order: parquet's own intervals. */
export function scalarOrder(typeName: string): ScalarOrder | undefined {
  const scale = decimalScale(typeName);
  if (scale !== undefined) return naturalOrder((cell) => unscaledKey(cell, scale));
  switch (typeName) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return naturalOrder(wholeKey);
    case 'float':
      return floatOrder((cell) => Math.fround(Number(cell)) + 0);
    case 'double':
      return floatOrder((cell) => Number(cell) + 0);
    case 'boolean':
      return naturalOrder(Number);
    case 'date':
    case 'timestamp':
    case 'timestamp_ntz':
      return naturalOrder((cell) => sortableTime(String(cell)));
    case 'time':
    case 'binary':
      return naturalOrder(String);
    case 'interval':
      return undefined;
  }
  if (typeName.startsWith('interval ')) return naturalOrder((cell) => parseInterval(String(cell), typeName) ?? 0n);
  return { key: String, compare: (a, b) => compareTexts(String(a), String(b)), nan: false };
}

/** Undefined for the types that have no order: maps, parquet's own intervals, and what holds them. */
export function cellOrder(type: ColumnType): ((a: Cell, b: Cell) => number) | undefined {
  switch (type.kind) {
    case 'scalar': {
      const order = scalarOrder(type.name);
      return order && nullsFirst((a, b) => order.compare(order.key(a), order.key(b)));
    }
    case 'array': {
      const element = cellOrder(type.element);
      return element && nullsFirst((a, b) => compareLists(items(a), items(b), () => element));
    }
    case 'struct': {
      const fields = type.fields.map((field) => cellOrder(field.type));
      if (!fields.every((field) => field !== undefined)) return undefined;
      return nullsFirst((a, b) => compareLists(items(a), items(b), (index) => fields[index] ?? (() => 0)));
    }
    case 'map':
      return undefined;
  }
}

/** By the bytes of UTF-8, which is the order of the code points. */
export function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points beyond all others. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

function compareNaturally(a: OrderKey, b: OrderKey): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareFloats(a: OrderKey, b: OrderKey): number {
  if (a < b) return -1;
  if (a > b) return 1;
  // Equal, unless one of them is NaN.
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

function nullsFirst(compare: (a: Cell, b: Cell) => number): (a: Cell, b: Cell) => number {
  return (a, b) => (a === null || b === null ? Number(a !== null) - Number(b !== null) : compare(a, b));
}

function items(cell: Cell): readonly Cell[] {
  return Array.isArray(cell) ? (cell as readonly Cell[]) : [];
}

function compareLists(a: readonly Cell[], b: readonly Cell[], order: (index: number) => (a: Cell, b: Cell) => number): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const found = order(index)(a[index] ?? null, b[index] ?? null);
    if (found !== 0) return found;
  }
  return a.length - b.length;
}
