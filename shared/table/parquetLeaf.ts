// A physical parquet value as an exact cell: which Spark type a leaf has, and how its raw value becomes text or number.

import { dateText, intervalText, momentText, timestampText, timeText, type Calendar } from './calendar';
import type { SchemaNode } from './parquetDescription';
import { scalarType, type Cell, type ColumnType } from './table';

export type CellReader = (raw: unknown) => Cell;

export interface LeafShape {
  readonly type: ColumnType;
  readonly toCell: CellReader;
}

/** Which calendar a file's writer used for days and for INT96 timestamps before 1582. */
export interface WriterCalendars {
  readonly dates: Calendar;
  readonly int96: Calendar;
}

/** @param spark the type that Spark's own schema gives the leaf, where there is one. */
export function leafShape(leaf: SchemaNode, spark: ColumnType | undefined, calendars: WriterCalendars): LeafShape {
  const own = ownShape(leaf, calendars);
  if (spark?.kind !== 'scalar') return own;
  return { type: spark, toCell: sparkReader(spark.name, leaf) ?? own.toCell };
}

/** What only Spark's schema tells: the physical value alone is a bare number or bare bytes. */
function sparkReader(name: string, leaf: SchemaNode): CellReader | undefined {
  if (name.startsWith('interval')) return wholeNumber((count) => intervalText(count, name));
  if (name === 'string' && leaf.type === 'BYTE_ARRAY') return bytes(utf8Text);
  return undefined;
}

function ownShape(leaf: SchemaNode, calendars: WriterCalendars): LeafShape {
  return annotatedShape(leaf, calendars) ?? physicalShape(leaf, calendars);
}

/** The shape by the leaf's annotation: the newer logical type, or the older converted one that means the same. */
function annotatedShape(leaf: SchemaNode, calendars: WriterCalendars): LeafShape | undefined {
  const { logical, converted, type } = leaf;
  if (logical?.kind === 'decimal') return decimalShape(leaf, logical.precision, logical.scale);
  if (converted === 'DECIMAL') return decimalShape(leaf, leaf.precision, leaf.scale);
  if (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY') return bytesShape(leaf);
  if (logical?.kind === 'timestamp') return timestampShape(logical.unit, logical.utc, calendars);
  if (converted === 'TIMESTAMP_MILLIS') return timestampShape('MILLIS', true, calendars);
  if (converted === 'TIMESTAMP_MICROS') return timestampShape('MICROS', true, calendars);
  if (logical?.kind === 'date' || converted === 'DATE') {
    return { type: scalarType('date'), toCell: wholeNumber((days) => dateText(Number(days), calendars.dates)) };
  }
  if (logical?.kind === 'time') return timeShape(fractionDigits[logical.unit]);
  if (converted === 'TIME_MILLIS') return timeShape(3);
  if (converted === 'TIME_MICROS') return timeShape(6);
  if (logical?.kind === 'integer') return integerShape(logical.bits, logical.signed);
  const integer = /^(U?)INT_(\d+)$/.exec(converted ?? '');
  return integer ? integerShape(Number(integer[2]), integer[1] === '') : undefined;
}

function physicalShape({ type }: SchemaNode, calendars: WriterCalendars): LeafShape {
  switch (type) {
    case 'BOOLEAN':
      return { type: scalarType('boolean'), toCell: (raw) => (typeof raw === 'boolean' ? raw : null) };
    case 'INT32':
      return integerShape(32, true);
    case 'INT64':
      return integerShape(64, true);
    case 'INT96':
      return { type: scalarType('timestamp'), toCell: int96Reader(calendars.int96) };
    case 'FLOAT':
      return { type: scalarType('float'), toCell: (raw) => (typeof raw === 'number' ? floatCell(shortestFloat(raw)) : null) };
    case 'DOUBLE':
      return { type: scalarType('double'), toCell: (raw) => (typeof raw === 'number' ? floatCell(raw) : null) };
    case 'BYTE_ARRAY':
    case 'FIXED_LEN_BYTE_ARRAY':
    case undefined:
      return { type: scalarType('binary'), toCell: bytes(hexText) };
  }
}

/** Spark reads INT96 as an instant. Decoders give nanoseconds since 1970, or days and the nanoseconds of the last. */
function int96Reader(calendar: Calendar): CellReader {
  const ofNanos = wholeNumber((nanos) => timestampText(nanos, 9, calendar, 'Z'));
  return (raw) => (raw instanceof DayTime ? momentText(raw.days, raw.nanos, 9, calendar, 'Z') : ofNanos(raw));
}

/** Whole days since 1970, and the nanoseconds since the last of them began. */
export class DayTime {
  constructor(
    readonly days: number,
    readonly nanos: number,
  ) {}
}

function bytesShape(leaf: SchemaNode): LeafShape | undefined {
  const { logical, converted, type, typeLength } = leaf;
  if (logical?.kind === 'float16') return { type: scalarType('float'), toCell: bytes((raw) => floatCell(halfFloat(raw))) };
  if (logical?.kind === 'uuid') return { type: scalarType('string'), toCell: bytes(uuidText) };
  if (converted === 'INTERVAL' && typeLength === 12) return { type: scalarType('interval'), toCell: bytes(oldIntervalText) };
  const textual = logical?.kind === 'string' || logical?.kind === 'enum' || logical?.kind === 'json';
  if (textual || converted === 'UTF8' || converted === 'ENUM' || converted === 'JSON') {
    return { type: scalarType('string'), toCell: bytes(utf8Text) };
  }
  return type === undefined ? undefined : { type: scalarType('binary'), toCell: bytes(hexText) };
}

function decimalShape(leaf: SchemaNode, precision: number, scale: number): LeafShape {
  const toCell: CellReader =
    leaf.type === 'INT32' || leaf.type === 'INT64'
      ? wholeNumber((unscaled) => decimalText(unscaled, scale))
      : bytes((raw) => decimalText(signedInteger(raw), scale));
  return { type: scalarType(`decimal(${precision},${scale})`), toCell };
}

const fractionDigits = { MILLIS: 3, MICROS: 6, NANOS: 9 } as const;

function timestampShape(unit: keyof typeof fractionDigits, utc: boolean, { dates }: WriterCalendars): LeafShape {
  const digits = fractionDigits[unit];
  const zone = utc ? 'Z' : '';
  return {
    type: scalarType(utc ? 'timestamp' : 'timestamp_ntz'),
    toCell: wholeNumber((count) => timestampText(count, digits, dates, zone)),
  };
}

function timeShape(digits: 3 | 6 | 9): LeafShape {
  const day = BigInt(86_400 * 10 ** digits);
  // Times before midnight mean nothing, and are those of the day before.
  const ofDay = (count: number | bigint): number | bigint => (count < 0 ? ((BigInt(count) % day) + day) % day : count);
  return { type: scalarType('time'), toCell: wholeNumber((count) => timeText(ofDay(count), digits)) };
}

/** Spark has no unsigned types and reads such columns as the next wider one. */
function integerShape(bits: number, signed: boolean): LeafShape {
  const name =
    bits <= 8
      ? signed
        ? 'tinyint'
        : 'smallint'
      : bits <= 16
        ? signed
          ? 'smallint'
          : 'int'
        : bits <= 32
          ? signed
            ? 'int'
            : 'bigint'
          : signed
            ? 'bigint'
            : 'decimal(20,0)';
  return { type: scalarType(name), toCell: wholeNumber((value) => integerCell(cutInteger(value, bits, signed))) };
}

/** The last bits of a value alone: writers store narrow ones in 32 bits, and some leave other bits in the rest. */
function cutInteger(value: number | bigint, bits: number, signed: boolean): number | bigint {
  if (typeof value === 'number' && bits < 32) {
    const above = 32 - bits;
    return signed ? (value << above) >> above : (value << above) >>> above;
  }
  return signed || value >= 0 ? value : BigInt.asUintN(bits > 32 ? 64 : 32, BigInt(value));
}

/** Whether a stored number means itself, or any number does: of others, order says nothing about the order of what they mean. */
export function meansItself({ logical, converted }: SchemaNode, stored: number | bigint | undefined): boolean {
  if (logical?.kind === 'time' || converted?.startsWith('TIME_')) return stored !== undefined && stored >= 0;
  const older = /^(U?)INT_(\d+)$/.exec(converted ?? '');
  const bits = logical?.kind === 'integer' ? logical.bits : Number(older?.[2] ?? 64);
  const signed = logical?.kind === 'integer' ? logical.signed : older?.[1] !== 'U';
  return bits >= 32 || (stored !== undefined && cutInteger(stored, bits, signed) === stored);
}

/** A number where a double holds it exactly, otherwise its digits. */
function integerCell(value: number | bigint): Cell {
  if (typeof value === 'number') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** The raw value is a bigint where a double may not hold it exactly. */
function wholeNumber(read: (value: number | bigint) => Cell): CellReader {
  return (raw) => (Number.isSafeInteger(raw) || typeof raw === 'bigint' ? read(raw as number | bigint) : null);
}

function bytes(read: (value: Uint8Array) => Cell): CellReader {
  return (raw) => (raw instanceof Uint8Array ? read(raw) : null);
}

/** JSON has no NaN, no infinities, and loses the sign of zero. */
function floatCell(value: number): Cell {
  if (Object.is(value, -0)) return '-0.0';
  return Number.isFinite(value) ? value : String(value);
}

/** The double with the fewest digits that is still this float: 0.1 rather than 0.10000000149011612. */
function shortestFloat(value: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  for (let digits = 6; digits < 9; digits++) {
    const candidate = Number(value.toPrecision(digits));
    if (Math.fround(candidate) === value) return candidate;
  }
  return Number(value.toPrecision(9));
}

function halfFloat(raw: Uint8Array): number {
  const bits = ((raw[1] ?? 0) << 8) | (raw[0] ?? 0);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -14 * (fraction / 1024);
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

/** Two's complement, most significant byte first. */
export function signedInteger(raw: Uint8Array): bigint {
  if (raw.length === 0) return 0n;
  return BigInt.asIntN(raw.length * 8, BigInt(`0x${hexText(raw)}`));
}

function decimalText(unscaled: number | bigint, scale: number): string {
  if (scale <= 0) return (BigInt(unscaled) * 10n ** BigInt(-scale)).toString();
  const sign = unscaled < 0 ? '-' : '';
  const digits = (unscaled < 0 ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A byte order mark is a character of the value. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function utf8Text(raw: Uint8Array): string {
  return decoder.decode(raw);
}

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0').toUpperCase());

function hexText(raw: Uint8Array): string {
  let text = '';
  for (const byte of raw) text += hexDigits[byte] ?? '';
  return text;
}

function uuidText(raw: Uint8Array): string {
  return hexText(raw)
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Parquet's own interval: months, days and milliseconds, each unsigned and least significant byte first. */
function oldIntervalText(raw: Uint8Array): string {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return `${view.getUint32(0, true)} months ${view.getUint32(4, true)} days ${view.getUint32(8, true)} milliseconds`;
}
