// The cells of a scalar column as parquet's plain values, with their bounds. A value that its type cannot hold is refused: what
// is written is what was read.

import { decimalScale } from '../query/cellOrder';
import { unscaledKey, wholeKey, type ExactNumber } from '../query/exactNumbers';
import { parseInterval } from '../query/intervals';
import { cellDays, cellMoment } from '../query/moments';
import type { Cell } from '../table';
import { TableProblem } from '../tableProblem';
import { ByteWriter } from './byteWriter';

export interface Bounds {
  readonly min: Uint8Array;
  readonly max: Uint8Array;
}

export interface LeafValues {
  /** Of what was added and not taken yet. */
  readonly pendingBytes: number;
  /** @param cell not null */
  add(cell: Cell): void;
  /** The values that were added since this was last called. */
  takeValues(): Uint8Array;
  /** Of all values since this was last called; undefined where there are none, or nothing is known of their order. */
  takeBounds(): Bounds | undefined;
}

/** Values of a type by Spark's name, in the physical type that Spark gives it; undefined for a type that Spark lacks. */
export function leafValues(type: string): LeafValues | undefined {
  if (type === 'boolean') return new BooleanValues();
  if (type === 'float' || type === 'double') return new FloatValues(type);
  if (/^(string|char|varchar)\b/.test(type))
    return new ByteValues((out, cell) => {
      out.text(String(cell));
    });
  if (type === 'binary')
    return new ByteValues((out, cell) => {
      writeHex(out, String(cell));
    });
  const decimal = /^decimal\((\d+),(\d+)\)$/.exec(type);
  if (decimal) {
    const scale = decimalScale(type) ?? 0;
    return new NumberValues(decimalWidth(Number(decimal[1])), (cell) => unscaledKey(cell, scale));
  }
  switch (type) {
    case 'tinyint':
    case 'smallint':
    case 'int':
      return new NumberValues({ kind: 'int32' }, wholeKey);
    case 'bigint':
      return new NumberValues({ kind: 'int64' }, wholeKey);
    case 'date':
      return new NumberValues({ kind: 'int32' }, (cell) => cellDays(String(cell)));
    case 'timestamp':
    case 'timestamp_ntz':
      return new NumberValues({ kind: 'int64' }, (cell) => micros(String(cell)));
    default:
      break;
  }
  if (/^interval (year|month)/.test(type)) return new NumberValues({ kind: 'int32' }, (cell) => interval(String(cell), type));
  if (/^interval (day|hour|minute|second)/.test(type)) return new NumberValues({ kind: 'int64' }, (cell) => interval(String(cell), type));
  return undefined;
}

export type NumberWidth = { readonly kind: 'int32' | 'int64' } | { readonly kind: 'fixed'; readonly bytes: number };

/** What a decimal of so many digits is kept in: as Spark does, the narrowest that holds them all. */
export function decimalWidth(precision: number): NumberWidth {
  if (precision <= 9) return { kind: 'int32' };
  if (precision <= 18) return { kind: 'int64' };
  let bytes = 9;
  while (2n ** BigInt(8 * bytes - 1) < 10n ** BigInt(precision)) bytes++;
  return { kind: 'fixed', bytes };
}

class NumberValues implements LeafValues {
  private readonly out = new ByteWriter();
  private min: ExactNumber | undefined;
  private max: ExactNumber | undefined;
  private readonly bits: number;

  constructor(
    private readonly width: NumberWidth,
    private readonly read: (cell: Cell) => ExactNumber,
  ) {
    this.bits = width.kind === 'fixed' ? 8 * width.bytes : width.kind === 'int32' ? 32 : 64;
  }

  get pendingBytes(): number {
    return this.out.length;
  }

  add(cell: Cell): void {
    const value = this.read(cell);
    // A double holds every whole number of 32 bits.
    const fits = this.bits > 53 && typeof value === 'number' ? Number.isSafeInteger(value) : isWithin(value, this.bits);
    if (!fits) throw notHeld(cell, `more than ${this.bits} bits`);
    if (this.min === undefined || value < this.min) this.min = value;
    if (this.max === undefined || value > this.max) this.max = value;
    this.write(this.out, value);
  }

  takeValues(): Uint8Array {
    return this.out.take();
  }

  takeBounds(): Bounds | undefined {
    const { min, max } = this;
    this.min = this.max = undefined;
    return min === undefined || max === undefined ? undefined : { min: this.bytesOf(min), max: this.bytesOf(max) };
  }

  private bytesOf(value: ExactNumber): Uint8Array {
    const out = new ByteWriter();
    this.write(out, value);
    return out.take();
  }

  private write(out: ByteWriter, value: ExactNumber): void {
    if (this.width.kind === 'fixed') out.raw(bigEndian(BigInt(value), this.width.bytes));
    else if (this.width.kind === 'int32') out.int32(Number(value));
    else out.int64(value);
  }
}

function isWithin(value: ExactNumber, bits: number): boolean {
  if (bits === 32) return value === (Number(value) | 0);
  return typeof value === 'bigint' && BigInt.asIntN(bits, value) === value;
}

/** Two's complement, most significant byte first. */
function bigEndian(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let at = length - 1; at >= 0; at--) {
    bytes[at] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}

class FloatValues implements LeafValues {
  private readonly out = new ByteWriter();
  private min = Infinity;
  private max = -Infinity;
  private hasNaN = false;

  constructor(private readonly type: 'float' | 'double') {}

  get pendingBytes(): number {
    return this.out.length;
  }

  add(cell: Cell): void {
    const value = Number(cell);
    if (Number.isNaN(value)) this.hasNaN = true;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    this.out[this.type](value);
  }

  takeValues(): Uint8Array {
    return this.out.take();
  }

  /** NaN has no place in the order; of the two zeros the format wants the outer one. */
  takeBounds(): Bounds | undefined {
    const { min, max, hasNaN } = this;
    this.min = Infinity;
    this.max = -Infinity;
    this.hasNaN = false;
    if (hasNaN || min > max) return undefined;
    return { min: this.bytesOf(min === 0 ? -0 : min), max: this.bytesOf(max === 0 ? 0 : max) };
  }

  private bytesOf(value: number): Uint8Array {
    const out = new ByteWriter();
    out[this.type](value);
    return out.take();
  }
}

class BooleanValues implements LeafValues {
  private values: boolean[] = [];
  private seen = { yes: false, no: false };

  get pendingBytes(): number {
    return this.values.length / 8;
  }

  add(cell: Cell): void {
    const value = cell === true;
    this.values.push(value);
    if (value) this.seen.yes = true;
    else this.seen.no = true;
  }

  /** A bit each, the lowest first. */
  takeValues(): Uint8Array {
    const bytes = new Uint8Array(Math.ceil(this.values.length / 8));
    for (const [index, value] of this.values.entries()) if (value) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (1 << (index & 7));
    this.values = [];
    return bytes;
  }

  takeBounds(): Bounds | undefined {
    const { yes, no } = this.seen;
    this.seen = { yes: false, no: false };
    return yes || no ? { min: Uint8Array.of(no ? 0 : 1), max: Uint8Array.of(yes ? 1 : 0) } : undefined;
  }
}

/** Longer ones are no bounds that anyone wants in a footer. */
const longestBound = 256;

class ByteValues implements LeafValues {
  private readonly out = new ByteWriter();
  private min: Uint8Array | undefined;
  private max: Uint8Array | undefined;

  constructor(private readonly write: (out: ByteWriter, cell: Cell) => void) {}

  get pendingBytes(): number {
    return this.out.length;
  }

  add(cell: Cell): void {
    const { out } = this;
    const start = out.length;
    out.int32(0);
    this.write(out, cell);
    const value = out.since(start + 4);
    out.setInt32(start, value.length);
    if (this.min === undefined || isLess(value, this.min)) this.min = value.slice();
    if (this.max === undefined || isLess(this.max, value)) this.max = value.slice();
  }

  takeValues(): Uint8Array {
    return this.out.take();
  }

  takeBounds(): Bounds | undefined {
    const { min, max } = this;
    this.min = this.max = undefined;
    if (min === undefined || max === undefined || min.length > longestBound || max.length > longestBound) return undefined;
    return { min, max };
  }
}

/** By unsigned bytes, as the format compares texts. */
function isLess(one: Uint8Array, other: Uint8Array): boolean {
  const shorter = Math.min(one.length, other.length);
  for (let at = 0; at < shorter; at++) {
    const [a = 0, b = 0] = [one[at], other[at]];
    if (a !== b) return a < b;
  }
  return one.length < other.length;
}

function writeHex(out: ByteWriter, text: string): void {
  for (let at = 0; at < text.length; at += 2) out.byte(parseInt(text.slice(at, at + 2), 16));
}

/** Since 1970-01-01T00:00:00. */
function micros(text: string): ExactNumber {
  const { seconds, nanos } = cellMoment(text);
  if (nanos % 1000 !== 0) throw notHeld(text, 'nanoseconds, and timestamps of Spark end with microseconds');
  const count = seconds * 1_000_000 + nanos / 1000;
  return Number.isSafeInteger(count) ? count : BigInt(seconds) * 1_000_000n + BigInt(nanos / 1000);
}

function interval(text: string, type: string): ExactNumber {
  const count = parseInterval(text, type);
  if (count === undefined) throw notHeld(text, `no ${type}`);
  return wholeKey(count);
}

function notHeld(cell: Cell, what: string): TableProblem {
  return new TableProblem('unsupported', `the value ${String(cell)} cannot be written: it has ${what}`);
}
