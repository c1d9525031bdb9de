// The type that Spark infers for a partition column from the values in the paths, and the cells of that type.

import type { Cell } from './table';
import { unescapeName } from './unescapeName';

/** Spark's simple name of the narrowest type that holds all the values; null stands for Hive's default partition. */
export function partitionType(values: readonly (string | null)[]): string {
  const kinds = new Set<ValueKind>();
  let precision = 0;
  for (const value of new Set(values)) {
    if (value === null) continue;
    const { kind, digits } = valueKind(value);
    kinds.add(kind);
    precision = Math.max(precision, digits);
  }
  const only = (...allowed: readonly ValueKind[]): boolean => [...kinds].every((kind) => allowed.includes(kind));
  if (kinds.size === 0) return 'void';
  if (only('int')) return 'int';
  if (only('int', 'bigint')) return 'bigint';
  if (only('int', 'bigint', 'decimal')) return `decimal(${precision},0)`;
  // A double would lose digits of the other whole numbers.
  if (only('int', 'double')) return 'double';
  if (only('date')) return 'date';
  if (only('date', 'timestamp')) return 'timestamp';
  return 'string';
}

export function toPartitionCell(value: string, type: string): Cell {
  switch (type) {
    case 'int':
    case 'bigint': {
      const number = BigInt(value.replace(/^\+/, ''));
      return Number.isSafeInteger(Number(number)) ? Number(number) : number.toString();
    }
    case 'double':
      return doubleCell(value);
    case 'date':
      return value;
    case 'timestamp':
      // Spark reads it in the session's zone, which is not recorded: no zone is claimed.
      return timestampCell(unescapeName(value));
    case 'string':
      return unescapeName(value);
    default:
      return (wholeDecimal(value) ?? 0n).toString();
  }
}

type ValueKind = 'int' | 'bigint' | 'decimal' | 'double' | 'date' | 'timestamp' | 'string';

/** What Spark takes one value for, and how many digits a decimal needs to hold it. */
function valueKind(value: string): { readonly kind: ValueKind; readonly digits: number } {
  if (/^[+-]?\d+$/.test(value)) {
    const number = BigInt(value.replace(/^\+/, ''));
    if (BigInt.asIntN(32, number) === number) return { kind: 'int', digits: 10 };
    if (BigInt.asIntN(64, number) === number) return { kind: 'bigint', digits: 20 };
  }
  const digits = wholeDecimalDigits(value);
  if (digits !== undefined && digits <= maxPrecision) return { kind: 'decimal', digits };
  const plain: ValueKind = isDouble(value) ? 'double' : isTimestamp(unescapeName(value)) ? 'timestamp' : isDate(value) ? 'date' : 'string';
  return { kind: plain, digits: 0 };
}

const maxPrecision = 38;

interface DecimalParts {
  readonly unscaled: bigint;
  /** So many zeros follow; never negative, since only numbers without a fraction are decimals here. */
  readonly zeros: number;
}

/** `15e2`, `1.` and long rows of digits; undefined for numbers with digits behind the point and for what is no number. */
function decimalParts(value: string): DecimalParts | undefined {
  const match = /^([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d{1,9}))?$/.exec(value);
  if (!match) return undefined;
  const fraction = match[3] ?? match[4] ?? '';
  const zeros = Number(match[5] ?? 0) - fraction.length;
  if (zeros < 0) return undefined;
  const unscaled = BigInt((match[2] ?? '') + fraction);
  return { unscaled: match[1] === '-' ? -unscaled : unscaled, zeros };
}

function wholeDecimalDigits(value: string): number | undefined {
  const parts = decimalParts(value);
  return parts && parts.unscaled.toString().replace('-', '').length + parts.zeros;
}

function wholeDecimal(value: string): bigint | undefined {
  const parts = decimalParts(value);
  return parts && parts.unscaled * 10n ** BigInt(parts.zeros);
}

/** As Java reads doubles, but for those with hexadecimal digits. */
const doublePattern = /^([+-]?)(?:(NaN)|(Infinity)|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[dDfF]?)$/;

function isDouble(value: string): boolean {
  return doublePattern.test(trimmed(value));
}

function doubleCell(value: string): Cell {
  const match = doublePattern.exec(trimmed(value));
  if (match?.[2] !== undefined) return 'NaN';
  const size = match?.[3] === undefined ? Number(match?.[4] ?? NaN) : Infinity;
  const number = match?.[1] === '-' ? -size : size;
  if (Object.is(number, -0)) return '-0.0';
  return Number.isFinite(number) ? number : String(number);
}

/** Java trims everything up to the blank, control characters among them. */
function trimmed(value: string): string {
  let [start, end] = [0, value.length];
  while (start < end && value.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && value.charCodeAt(end - 1) <= 0x20) end -= 1;
  return value.slice(start, end);
}

function isDate(value: string): boolean {
  const match = /^(-?\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (!match || match[1] === '-0000') return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (lengths[month - 1] ?? 0);
}

/** One digit of a second at most: Spark takes a longer fraction for text. */
function isTimestamp(value: string): boolean {
  const match = /^(.+) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d)?$/.exec(value);
  return match?.[1] !== undefined && isDate(match[1]);
}

function timestampCell(value: string): string {
  return value.includes(' ') ? value.replace(' ', 'T').replace(/\.0$/, '') : `${value}T00:00:00`;
}
