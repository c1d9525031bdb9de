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
  if (name.startsWith('interval ')) return spanOf(left) - spanOf(right);
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

const inOneBefore: Readonly<Record<string, number>> = { MONTH: 12, HOUR: 24, MINUTE: 60, SECOND: 60 };

/** `INTERVAL '-3 05:00:51.5' DAY TO SECOND` as a number of its last unit. */
function spanOf(text: string): number {
  const [, sign, digits = '', first = '', last = first] = /^INTERVAL '(-?)(.*)' (\w+)(?: TO (\w+))?$/.exec(text) ?? [];
  const units = ['YEAR', 'MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];
  const named = units.slice(units.indexOf(first), units.indexOf(last) + 1);
  const size = digits.split(/[- :]/).reduce((sum, part, index) => sum * (inOneBefore[named[index] ?? ''] ?? 1) + Number(part), 0);
  return sign === '-' ? -size : size;
}
