// Python's numbers: integers of any size are exact, floats print as Python prints them.

import type { Location } from '../text/span';
import type { NumberValue } from './values';

/** Results with more digits than this are not worth knowing. */
const MAX_DIGITS = 400;

/** The value of a number token; undefined for imaginary numbers and for what is no number. */
export function readNumber(token: string, at: Location): NumberValue | undefined {
  const text = token.replaceAll('_', '').toLowerCase();
  if (/^(?:0x[0-9a-f]+|0o[0-7]+|0b[01]+|0+|[1-9][0-9]*)$/u.test(text) && text.length <= MAX_DIGITS) return integer(BigInt(text), at);
  if (/^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/u.test(text) && /[.e]/u.test(text)) return float(Number(text), at);
  return undefined;
}

export function integer(value: bigint, at: Location): NumberValue | undefined {
  const text = value.toString();
  return text.length > MAX_DIGITS ? undefined : { kind: 'number', value: Number(value), text, at };
}

export function float(value: number, at: Location): NumberValue {
  return { kind: 'number', value, text: floatText(value), at };
}

export function isInteger(value: NumberValue): boolean {
  return /^-?[0-9]+$/u.test(value.text);
}

/** The result of an arithmetic operator, where Python gives one without an error. */
export function calculate(operator: string, left: NumberValue, right: NumberValue, at: Location): NumberValue | undefined {
  if (isInteger(left) && isInteger(right) && operator !== '/') {
    const result = calculateIntegers(operator, BigInt(left.text), BigInt(right.text));
    return result === undefined ? undefined : integer(result, at);
  }
  const result = calculateFloats(operator, left.value, right.value);
  return result === undefined || !Number.isFinite(result) ? undefined : float(result, at);
}

function calculateIntegers(operator: string, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return b === 0n ? undefined : floorDivide(a, b);
    case '%':
      return b === 0n ? undefined : a - b * floorDivide(a, b);
    case '**':
      return b < 0n || b > 1_000n || digitsOf(a) * Number(b) > MAX_DIGITS ? undefined : a ** b;
    case '|':
      return a | b;
    case '&':
      return a & b;
    case '^':
      return a ^ b;
    case '<<':
      return b < 0n || b > 1_000n ? undefined : a << b;
    case '>>':
      return b < 0n || b > 100_000n ? undefined : a >> b;
    default:
      return undefined;
  }
}

function calculateFloats(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return b === 0 ? undefined : a / b;
    case '//':
      return b === 0 ? undefined : Math.floor(a / b);
    default:
      return undefined;
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function digitsOf(value: bigint): number {
  return value.toString().length;
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e16)) return Number.isInteger(value) ? `${value}.0` : String(value);
  return value.toExponential().replace(/e([+-])([0-9])$/u, 'e$10$2');
}
