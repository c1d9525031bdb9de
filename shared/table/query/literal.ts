// Values that people write in queries, read as the type of the column has them.

import { dateText, timeText, timestampText } from '../calendar';
import { typeName, type ColumnType } from '../table';
import { decimalScale, scalarOrder, type OrderKey } from './cellOrder';
import { floorUnits } from './exactNumbers';
import { parseInterval } from './intervals';
import { parseClock, parseDays, parseMoment, sortableTime, type Moment } from './moments';

export interface Literal {
  readonly key: OrderKey;
  /** The literal lies between this key and the next that the column can have: 2.5 for a whole number. */
  readonly beyondKey: boolean;
}

/** Undefined when the text is no value that could be compared with those of the type. */
export function parseLiteral(type: ColumnType, text: string): Literal | undefined {
  if (type.kind !== 'scalar' || !scalarOrder(type.name)) return undefined;
  const scale = /^(tinyint|smallint|int|bigint)$/.test(type.name) ? 0 : decimalScale(type.name);
  if (scale !== undefined) {
    const found = floorUnits(text, scale);
    return found && { key: found.units, beyondKey: found.below };
  }
  const key = scalarKey(type.name, text);
  return key === undefined ? undefined : { key, beyondKey: false };
}

/** The order of a key and a literal: never zero when the literal lies beyond its key. */
export function compareWithLiteral(key: OrderKey, literal: Literal, compare: (a: OrderKey, b: OrderKey) => number): number {
  const order = compare(key, literal.key);
  return order === 0 && literal.beyondKey ? -1 : order;
}

/** What a column of the type holds, with an example, to follow "holds". */
export function describeValues(type: ColumnType): string {
  const name = typeName(type);
  if (/^(tinyint|smallint|int|bigint)$/.test(name)) return 'whole numbers, as 42';
  if (decimalScale(name) !== undefined) return 'decimal numbers, as 12.50';
  if (name.startsWith('interval ')) return `intervals, as ${exampleInterval(name)}`;
  switch (name) {
    case 'float':
    case 'double':
      return 'numbers, as 1.5, Infinity or NaN';
    case 'boolean':
      return 'true or false';
    case 'date':
      return 'days, as 2024-01-31';
    case 'timestamp':
      return 'moments, as 2024-01-31T12:30:00Z';
    case 'timestamp_ntz':
      return 'moments without a zone, as 2024-01-31T12:30:00';
    case 'time':
      return 'times of day, as 12:30:00';
    case 'binary':
      return 'bytes in hexadecimal digits, as 00FF';
  }
  return 'text';
}

function scalarKey(name: string, text: string): OrderKey | undefined {
  const trimmed = text.trim();
  switch (name) {
    case 'float':
    case 'double':
      return floatKey(trimmed, name);
    case 'boolean':
      return /^(true|false)$/i.test(trimmed) ? Number(trimmed.toLowerCase() === 'true') : undefined;
    case 'date': {
      const days = parseDays(trimmed);
      return days === undefined ? undefined : sortableTime(dateText(days));
    }
    case 'timestamp':
    case 'timestamp_ntz': {
      const moment = parseMoment(trimmed);
      if (!moment || (moment.zoned && name === 'timestamp_ntz')) return undefined;
      return sortableTime(timestampText(nanosOf(moment), 9));
    }
    case 'time': {
      const clock = parseClock(trimmed);
      return clock && timeText(nanosOf(clock), 9);
    }
    case 'binary': {
      const digits = trimmed.replace(/^0x/i, '');
      return /^([0-9a-f]{2})*$/i.test(digits) ? digits.toUpperCase() : undefined;
    }
  }
  return name.startsWith('interval ') ? parseInterval(trimmed, name) : text;
}

function floatKey(text: string, name: string): number | undefined {
  const special = /^([+-]?)(nan|inf|infinity)$/i.exec(text);
  if (special) return special[2]?.toLowerCase() === 'nan' ? NaN : special[1] === '-' ? -Infinity : Infinity;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  return (name === 'float' ? Math.fround(Number(text)) : Number(text)) + 0;
}

function nanosOf({ seconds, nanos }: Moment): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}

function exampleInterval(name: string): string {
  const units = name.replace(/^interval /, '').toUpperCase();
  const example: Readonly<Record<string, string>> = {
    'YEAR TO MONTH': '1-2',
    'DAY TO HOUR': '1 02',
    'DAY TO MINUTE': '1 02:03',
    'DAY TO SECOND': '1 02:03:04.5',
    'HOUR TO MINUTE': '02:03',
    'HOUR TO SECOND': '02:03:04.5',
    'MINUTE TO SECOND': '03:04.5',
  };
  return `INTERVAL '${example[units] ?? '1'}' ${units}`;
}
