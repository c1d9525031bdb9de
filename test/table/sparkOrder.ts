// Cells in the order in which Spark compares them, from their texts: ours or Spark's.

import type { ColumnType } from '../../shared/table/table';
import { scalarText } from './sparkText';

/** Negative, zero or positive. */
export function compareTexts(type: ColumnType, a: string, b: string): number {
  const name = type.kind === 'scalar' ? type.name : '';
  const [left, right] = [scalarText(type, a), scalarText(type, b)];
  if (name === 'double') return Number(left) - Number(right);
  if (name === 'float') return Math.fround(Number(left)) - Math.fround(Number(right));
  if (/^(tinyint|smallint|int|bigint|decimal.*)$/.test(name)) return Number(bigOf(left) - bigOf(right));
  if (/^(date|timestamp.*)$/.test(name)) return compareMoments(left, right);
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Decimals of a column have the same scale. */
function bigOf(text: string): bigint {
  return BigInt(text.replace('.', ''));
}

/** Years of more than four digits have a sign; fractions have no zeros at their end. */
function compareMoments(a: string, b: string): number {
  const [, yearA = '', restA = ''] = /^([+-]?\d+)(-.*)$/.exec(a) ?? [];
  const [, yearB = '', restB = ''] = /^([+-]?\d+)(-.*)$/.exec(b) ?? [];
  return Number(yearA) - Number(yearB) || (restA < restB ? -1 : restA > restB ? 1 : 0);
}
