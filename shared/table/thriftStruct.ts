// A typed view of a decoded Thrift struct. Parquet metadata is untrusted: each access checks what it finds.

import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';
import { damaged, TableProblem } from './tableProblem';

const utf8 = new TextDecoder();

export class ThriftStruct {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    /** What it describes, for messages: `the footer`, `column 3 of row group 0`. */
    private readonly what: string,
  ) {}

  static parse(bytes: Uint8Array, what: string): ThriftStruct {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      return new ThriftStruct(deserializeTCompactProtocol({ view, offset: 0 }), what);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new TableProblem('malformed', `${what} cannot be decoded: ${cause}`, { cause: error });
    }
  }

  has(id: number): boolean {
    return this.fields[`field_${id}`] !== undefined;
  }

  boolean(id: number): boolean | undefined {
    const value = this.fields[`field_${id}`];
    return typeof value === 'boolean' ? value : undefined;
  }

  /** A whole number of either width, at most 2^53. */
  number(id: number): number | undefined {
    const value = this.fields[`field_${id}`];
    if (value === undefined) return undefined;
    const number = typeof value === 'bigint' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw this.malformed(id, 'a whole number');
    return number;
  }

  requiredNumber(id: number): number {
    const value = this.number(id);
    if (value === undefined) throw this.malformed(id, 'a whole number');
    return value;
  }

  text(id: number): string | undefined {
    const value = this.bytes(id);
    return value && utf8.decode(value);
  }

  bytes(id: number): Uint8Array | undefined {
    const value = this.fields[`field_${id}`];
    if (value !== undefined && !(value instanceof Uint8Array)) throw this.malformed(id, 'text');
    return value;
  }

  /** Any items; each is for the caller to judge. */
  items(id: number): readonly unknown[] {
    return this.list(id);
  }

  texts(id: number): readonly string[] {
    return this.list(id).map((item) => {
      if (!(item instanceof Uint8Array)) throw this.malformed(id, 'a list of texts');
      return utf8.decode(item);
    });
  }

  numbers(id: number): readonly number[] {
    return this.list(id).map((item) => {
      if (typeof item !== 'number') throw this.malformed(id, 'a list of numbers');
      return item;
    });
  }

  struct(id: number, what = this.what): ThriftStruct | undefined {
    const value = this.fields[`field_${id}`];
    if (value === undefined) return undefined;
    if (!isRecord(value)) throw this.malformed(id, 'a struct');
    return new ThriftStruct(value, what);
  }

  structs(id: number, what: (index: number) => string): readonly ThriftStruct[] {
    return this.list(id).map((item, index) => {
      if (!isRecord(item)) throw this.malformed(id, 'a list of structs');
      return new ThriftStruct(item, what(index));
    });
  }

  private list(id: number): readonly unknown[] {
    const value = this.fields[`field_${id}`];
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw this.malformed(id, 'a list');
    return value as readonly unknown[];
  }

  private malformed(id: number, expected: string): TableProblem {
    return damaged(this.what, `field ${id} is not ${expected}`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
