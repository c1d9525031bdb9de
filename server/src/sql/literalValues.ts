// The values that Spark checks while it parses: whether a number fits its suffix, a date is one, an interval has its form
// (AstBuilder of Spark 3.5: visitTypeConstructor, the number visitors, parseIntervalLiteral).

import type { Span } from '../text/span';
import type { Cursor } from './cursor';

export interface IntervalPart {
  readonly negative: boolean;
  readonly quoted: boolean;
  /** As it is written, with quotation marks. */
  readonly text: string;
  readonly span: Span;
  readonly unit: string;
}

const RANGES: Readonly<Record<string, readonly [bits: bigint, type: string]>> = {
  Y: [7n, 'tinyint'],
  S: [15n, 'smallint'],
  L: [63n, 'bigint'],
};

/** A number whose suffix names a type that it does not fit. */
export function checkNumber(p: Cursor, span: Span): void {
  const text = p.textOf(span).toUpperCase();
  const [, digits = '', suffix = ''] = /^(\d+)([YSL])$/.exec(text) ?? [];
  const range = RANGES[suffix];
  const negative = p.tokens[p.at - 2]?.key === '-';
  if (range !== undefined) {
    const [bits, type] = range;
    const limit = 2n ** bits - (negative ? 0n : 1n);
    if (BigInt(digits) > limit) p.note('value', span, `${digits} is too large for the type ${type}, which "${suffix}" stands for`);
    return;
  }
  const [, mantissa = '', exponent, kind = ''] = /^([\d.]+)(?:E([+-]?\d+))?(BD|[FD])?$/.exec(text) ?? [];
  if (kind === 'F' || kind === 'D' || (kind === '' && exponent !== undefined)) {
    const value = Number(exponent === undefined ? mantissa : `${mantissa}E${exponent}`);
    const [largest, type] = kind === 'F' ? [MAX_FLOAT, 'float'] : [Number.MAX_VALUE, 'double'];
    if (value > largest) p.note('value', span, `${text} is too large for the type ${type}`);
    return;
  }
  const significant = mantissa.replace('.', '').replace(/^0+/, '').length;
  const scale = (mantissa.split('.')[1]?.length ?? 0) - Number(exponent ?? 0);
  if (Math.max(significant - Math.min(scale, 0), scale) > 38) p.note('value', span, `${text} has more digits than the 38 of a decimal`);
}

const MAX_FLOAT = 3.4028234663852886e38;

/** Words that make a literal of the text behind them. */
export const LITERAL_TYPES: ReadonlySet<string> = new Set(['DATE', 'TIMESTAMP', 'TIMESTAMP_NTZ', 'TIMESTAMP_LTZ', 'X', 'INTERVAL', 'TIME']);

/** The text of a typed literal is none of its values. */
export function checkTyped(p: Cursor, key: string, type: Span, span: Span): void {
  const text = p.textOf(span).slice(1, -1).trim();
  // What escapes stand for is not read here.
  const escaped = text.includes('\\');
  switch (key) {
    case 'DATE':
      if (!escaped && !isDate(text)) p.note('value', span, `"${text}" is no date: expected the form "2024-01-31"`);
      return;
    case 'TIMESTAMP':
    case 'TIMESTAMP_NTZ':
    case 'TIMESTAMP_LTZ':
      if (!escaped && !isTimestamp(text)) p.note('value', span, `"${text}" is no timestamp: expected the form "2024-01-31 12:00:00"`);
      return;
    case 'X':
      if (!escaped && !/^(?:[\dA-F]{2})*[\dA-F]?$/i.test(text)) p.note('value', span, `"${text}" holds other than hexadecimal digits`);
      return;
    case 'INTERVAL':
      if (!escaped && !isIntervalText(text))
        p.note('value', span, `"${text}" is no interval: expected numbers with units, such as "1 day 2 hours"`);
      return;
    case 'TIME':
      p.needs('4.1', type, 'a literal of the type "time"');
      return;
    default:
  }
}

function isDate(text: string): boolean {
  if (/^(?:epoch|now|today|tomorrow|yesterday)$/i.test(text)) return true;
  const [match, year = '', month = '1', day = '1'] = /^[+-]?(\d{4,7})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T].*)?)?)?$/s.exec(text) ?? [];
  return match !== undefined && isDay(Number(year), Number(month), Number(day));
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}

const TIME = /^(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d*)?)?)?\s*(\S.*)?$/s;

function isTimestamp(text: string): boolean {
  if (/^(?:epoch|now|today|tomorrow|yesterday)(?:\s+\S+)?$/is.test(text)) return true;
  const [, date = '', time] = /^([+-]?\d{4,6}(?:-\d{1,2}(?:-\d{1,2})?)?)(?:[ T](.*))?$/s.exec(text) ?? [];
  if (date === '') return /^T?\d{1,2}:/.test(text);
  if (!isDate(date)) return false;
  if (time === undefined || time === '') return true;
  const [match, hour = '0', minute = '0', second = '0', zone = ''] = TIME.exec(time) ?? [];
  return match !== undefined && isZone(zone) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

/** A zone by its offset or its name, as Java's ZoneId takes it. */
function isZone(zone: string): boolean {
  return zone === '' || /^(?:Z|[A-Z]{1,5}|(?:UTC|GMT|UT)?[+-]\d{1,2}(?::?\d{1,2}){0,2}|[A-Za-z_]+(?:\/[\w+-]+)+)$/.test(zone.trim());
}

const UNIT = 'years?|months?|weeks?|days?|hours?|minutes?|seconds?|milliseconds?|microseconds?|nanoseconds?';
const INTERVAL_TEXT = new RegExp(`^(?:interval\\s+)?(?:[+-]?\\s*(?:\\d+|\\d*\\.\\d*(?=\\s*seconds?))\\s*(?:${UNIT})\\s*)+$`, 'i');

function isIntervalText(text: string): boolean {
  return INTERVAL_TEXT.test(text) && !(/year|month/i.test(text) && /week|day|hour|minute|second/i.test(text));
}

/** From which unit to which an interval may go, and the form of its text (IntervalUtils of Spark 3.5). */
const RANGE_FORMS: Readonly<Record<string, RegExp>> = {
  'YEAR TO MONTH': /^[+-]?\d+-(?:0?\d|1[01])$/,
  'DAY TO HOUR': /^[+-]?\d+ +(?:[01]?\d|2[0-3])$/,
  'DAY TO MINUTE': /^[+-]?\d+ +(?:[01]?\d|2[0-3]):[0-5]?\d$/,
  'DAY TO SECOND': /^[+-]?\d+ +(?:[01]?\d|2[0-3]):[0-5]?\d:[0-5]?\d(?:\.\d{1,9})?$/,
  'HOUR TO MINUTE': /^[+-]?\d+:[0-5]?\d$/,
  'HOUR TO SECOND': /^[+-]?\d+:[0-5]?\d:[0-5]?\d(?:\.\d{1,9})?$/,
  'MINUTE TO SECOND': /^[+-]?\d+:[0-5]?\d(?:\.\d{1,9})?$/,
};

/** `to` is the second unit of a range. */
export function checkInterval(p: Cursor, span: Span, parts: readonly IntervalPart[], to?: string): void {
  const [first] = parts;
  if (first === undefined) return;
  if (to !== undefined) {
    const range = `${first.unit.replace(/S$/, '')} TO ${to.replace(/S$/, '')}`;
    const form = Object.hasOwn(RANGE_FORMS, range) ? RANGE_FORMS[range] : undefined;
    if (form === undefined || range !== `${first.unit} TO ${to}`) {
      p.note('value', span, `an interval cannot go from ${first.unit} to ${to}`);
      return;
    }
    const text = first.text.slice(1, -1).trim();
    if (!first.quoted) p.note('value', first.span, `the value of an interval from ${first.unit} to ${to} stands in quotation marks`);
    else if (!text.includes('\\') && !form.test(text))
      p.note('value', first.span, `"${text}" has not the form of an interval from ${first.unit} to ${to}`);
    return;
  }
  const long = parts.find(({ unit }) => /^(?:YEAR|MONTH)/.test(unit));
  const short = parts.find(({ unit }) => !/^(?:YEAR|MONTH)/.test(unit));
  if (long !== undefined && short !== undefined) p.note('value', span, `an interval cannot hold both ${long.unit} and ${short.unit}`);
  for (const part of parts) {
    const value = part.quoted ? part.text.slice(1, -1).trim() : part.text;
    const seconds = /^SECONDS?$/.test(part.unit);
    if (value.includes('\\') || (seconds ? /^[+-]?(?:\d+\.?\d*|\.\d+)$/ : /^[+-]?\d+$/).test(value)) continue;
    p.note('value', part.span, `${part.text} is no number of ${part.unit}${part.unit.endsWith('S') ? '' : 'S'}`);
  }
}
