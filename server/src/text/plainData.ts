// Trees of plain objects as bytes and back, several times smaller and faster to read than what structured cloning writes: each text, and
// each list of keys, is written once. Knows what trees are made of (spans above all), and nothing of what they mean.

/** What one byte a character can hold; of the others between them, decoders make something else. */
const narrow = /^[\0-\x7f\xa0-\xff]*$/;

/** What is not plain data: the tree cannot be written. */
export class NotPlainError extends Error {}

const UNDEFINED = 0;
const NULL = 1;
const FALSE = 2;
const TRUE = 3;
const INTEGER = 4;
const DOUBLE = 5;
const BIGINT = 6;
const STRING = 7;
const ARRAY = 8;
const SPAN = 9;
/** Objects: this and the number of their shape. */
const SHAPE = 10;

/** Objects, arrays and what stands in them: strings, numbers, truth values, `undefined` and `null`. Throws `NotPlainError` for anything else. */
export function encodePlainData(value: unknown): Uint8Array {
  return new Encoder().encode(value);
}

/** What `encodePlainData` made the bytes of. Bytes that it did not make give anything, or throw. */
export function decodePlainData(bytes: Uint8Array): unknown {
  return new Decoder(bytes).decode();
}

class Encoder {
  private bytes = new Uint8Array(1 << 12);
  private at = 0;
  private readonly texts = new Map<string, number>();
  private readonly numbers = new Map<string, number>();
  private readonly shapes: (readonly string[])[] = [];
  private lastStart = 0;

  encode(value: unknown): Uint8Array {
    this.write(value);
    const body = this.bytes.subarray(0, this.at);
    [this.bytes, this.at] = [new Uint8Array(1 << 12), 0];
    const keys = this.shapes.map((shape) => shape.map((key) => this.numberOf(key)));
    const texts = [...this.texts.keys()];
    const joined = texts.join('');
    const isNarrow = narrow.test(joined);
    this.unsigned(isNarrow ? 1 : 2);
    this.unsigned(texts.length);
    for (const text of texts) this.unsigned(text.length);
    for (let i = 0; i < joined.length; i++) {
      const unit = joined.charCodeAt(i);
      this.byte(unit & 0xff);
      if (!isNarrow) this.byte(unit >> 8);
    }
    this.unsigned(keys.length);
    for (const shape of keys) {
      this.unsigned(shape.length);
      for (const key of shape) this.unsigned(key);
    }
    this.reserve(body.length);
    this.bytes.set(body, this.at);
    return this.bytes.slice(0, this.at + body.length);
  }

  private write(value: unknown): void {
    switch (typeof value) {
      case 'undefined':
        this.byte(UNDEFINED);
        break;
      case 'boolean':
        this.byte(value ? TRUE : FALSE);
        break;
      case 'number':
        this.number(value);
        break;
      case 'bigint':
        this.byte(BIGINT);
        this.unsigned(this.numberOf(String(value)));
        break;
      case 'string':
        this.byte(STRING);
        this.unsigned(this.numberOf(value));
        break;
      case 'object':
        this.object(value);
        break;
      default:
        throw new NotPlainError(`a ${typeof value} is no plain data`);
    }
  }

  private object(value: object | null): void {
    if (value === null) {
      this.byte(NULL);
      return;
    }
    if (Array.isArray(value)) {
      this.byte(ARRAY);
      this.unsigned(value.length);
      for (const item of value) this.write(item);
      return;
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) throw new NotPlainError('an object with a class is no plain data');
    const fields = value as Readonly<Record<string, unknown>>;
    const keys = Object.keys(fields);
    if (keys.some((key) => key === '__proto__' || key.includes('\0'))) throw new NotPlainError('a key cannot be written');
    const { start, end } = fields;
    if (keys.length === 2 && keys[0] === 'start' && keys[1] === 'end' && isOffset(start) && isOffset(end)) {
      this.byte(SPAN);
      this.signed(start - this.lastStart);
      this.signed(end - start);
      this.lastStart = start;
      return;
    }
    this.unsigned(SHAPE + this.shapeOf(keys));
    for (const key of keys) this.write(fields[key]);
  }

  private shapeOf(keys: readonly string[]): number {
    const name = `${keys.length} ${keys.join('\0')}`;
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.shapes.length);
    return this.shapes.push(keys) - 1;
  }

  private number(value: number): void {
    if (Number.isInteger(value) && Math.abs(value) < 1 << 29 && !Object.is(value, -0)) {
      this.byte(INTEGER);
      this.signed(value);
      return;
    }
    this.byte(DOUBLE);
    this.reserve(8);
    new DataView(this.bytes.buffer).setFloat64(this.at, value);
    this.at += 8;
  }

  private numberOf(text: string): number {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    this.texts.set(text, this.texts.size);
    return this.texts.size - 1;
  }

  private signed(value: number): void {
    this.unsigned(value < 0 ? -value * 2 - 1 : value * 2);
  }

  private unsigned(value: number): void {
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  private byte(value: number): void {
    if (this.at === this.bytes.length) this.reserve(1);
    this.bytes[this.at++] = value;
  }

  private reserve(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + count));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1 << 28;
}

class Decoder {
  private at = 0;
  private texts: readonly string[] = [];
  private shapes: readonly (readonly string[])[] = [];
  private lastStart = 0;

  constructor(private readonly bytes: Uint8Array) {}

  decode(): unknown {
    const width = this.unsigned();
    const lengths = this.list(() => this.unsigned());
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const joined = textOf(this.bytes.subarray(this.at, this.at + total * width), width);
    this.at += total * width;
    let from = 0;
    this.texts = lengths.map((length) => joined.slice(from, (from += length)));
    this.shapes = this.list(() => this.list(() => this.text(this.unsigned())));
    return this.read();
  }

  private read(): unknown {
    const kind = this.unsigned();
    switch (kind) {
      case UNDEFINED:
        return undefined;
      case NULL:
        return null;
      case FALSE:
        return false;
      case TRUE:
        return true;
      case INTEGER:
        return this.signed();
      case DOUBLE:
        this.at += 8;
        return new DataView(this.bytes.buffer, this.bytes.byteOffset).getFloat64(this.at - 8);
      case BIGINT:
        return BigInt(this.text(this.unsigned()));
      case STRING:
        return this.text(this.unsigned());
      case ARRAY: {
        const length = this.unsigned();
        const items: unknown[] = [];
        for (let i = 0; i < length; i++) items.push(this.read());
        return items;
      }
      case SPAN: {
        const start = this.lastStart + this.signed();
        this.lastStart = start;
        return { start, end: start + this.signed() };
      }
      default: {
        const keys = this.shapes[kind - SHAPE];
        if (keys === undefined) throw new RangeError(`no shape ${kind}`);
        const value: Record<string, unknown> = {};
        for (const key of keys) value[key] = this.read();
        return value;
      }
    }
  }

  private list<T>(item: () => T): T[] {
    const length = this.unsigned();
    if (length > this.bytes.length) throw new RangeError('a list is longer than all');
    return Array.from({ length }, item);
  }

  private text(number: number): string {
    const text = this.texts[number];
    if (text === undefined) throw new RangeError(`no text ${number}`);
    return text;
  }

  private signed(): number {
    const value = this.unsigned();
    return (value & 1) === 0 ? value >>> 1 : -((value + 1) >>> 1);
  }

  private unsigned(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError('the bytes end too early');
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }
}

function textOf(bytes: Uint8Array, width: number): string {
  if (width === 1) return new TextDecoder('latin1').decode(bytes);
  // A decoder would exchange halves of characters that stand alone.
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) text += String.fromCharCode((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8));
  return text;
}
