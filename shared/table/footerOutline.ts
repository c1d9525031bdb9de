// Where in a footer its row groups and their column chunks stand, found without building anything of them. It checks what
// parquetRowGroups.ts checks, so that whatever it lets pass can be decoded, chunk by chunk, once somebody asks for it.
// Fields are those of parquet.thrift (https://github.com/apache/parquet-format).

import { CompressionCodecs } from 'hyparquet/src/constants.js';
import type { CompressionCodec } from 'hyparquet/src/types.js';
import { joinBytes } from './joinBytes';
import { ThriftCursor, thriftTypes } from './thriftCursor';

export interface FooterOutline {
  readonly rowCount: number;
  /** A `FileMetaData` without rows and row groups, otherwise the same; equal for parts that differ in nothing else. */
  readonly description: Uint8Array;
  /** Of each row group. */
  readonly rows: readonly number[];
  readonly chunks: EncodedChunks;
  /** Columns that have not one value in each row: nested ones, or the footer lies. */
  readonly uneven: ReadonlySet<number>;
  /** In the order in which they appear. */
  readonly codecs: readonly CompressionCodec[];
}

/** The column chunks of all row groups, one row group behind the other, as many in each. */
export interface EncodedChunks {
  /** Of the row groups. */
  readonly bytes: Uint8Array;
  readonly columns: number;
  /** Where in these bytes each chunk begins. */
  readonly starts: Uint32Array;
}

/** @param dataEnd where the footer begins. Undefined where anything is unusual or damaged; to decode the whole tells what it is. */
export function outlineFooter(footer: Uint8Array, dataEnd: number): FooterOutline | undefined {
  try {
    return new FooterWalk(footer, dataEnd).outline();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const { stop, i16, i32, struct } = thriftTypes;
/** An empty list of structs, and zero. */
const [noStructs, zero] = [struct, 0];

class FooterWalk {
  private readonly cursor: ThriftCursor;
  private readonly rows: number[] = [];
  private readonly chunkStarts: number[] = [];
  private readonly uneven = new Set<number>();
  private readonly codecs = new Set<CompressionCodec>();
  private columns: number | undefined;
  /** Of the chunks of the row group that is walked through. */
  private values: number[] = [];

  constructor(
    private readonly footer: Uint8Array,
    private readonly dataEnd: number,
  ) {
    this.cursor = new ThriftCursor(footer);
  }

  outline(): FooterOutline {
    const { cursor, footer } = this;
    let [rowCount, rowsStart, rowsEnd, start, end] = [-1, 0, 0, -1, 0];
    this.fields((id, type) => {
      if (id === 3) {
        rowsStart = cursor.offset;
        rowCount = cursor.natural(type);
        rowsEnd = cursor.offset;
      } else if (id === 4) {
        start = cursor.offset;
        this.structs(type, () => {
          this.rowGroup();
        });
        end = cursor.offset;
      } else cursor.skip(type);
    });
    if (rowCount < 0 || start < 0) throw new RangeError('there are no rows or no row groups');
    return {
      rowCount,
      description: joinBytes([
        footer.subarray(0, rowsStart),
        Uint8Array.of(zero),
        footer.subarray(rowsEnd, start),
        Uint8Array.of(noStructs),
        footer.subarray(end, cursor.offset),
      ]),
      rows: this.rows,
      chunks: {
        // A copy: what was read beside them need not be kept.
        bytes: footer.slice(start, end),
        columns: this.columns ?? 0,
        starts: Uint32Array.from(this.chunkStarts, (at) => at - start),
      },
      uneven: this.uneven,
      codecs: [...this.codecs],
    };
  }

  private rowGroup(): void {
    const { cursor } = this;
    let rows = -1;
    this.values = [];
    this.fields((id, type) => {
      if (id === 3) rows = cursor.natural(type);
      else if (id === 1)
        this.structs(type, () => {
          this.chunk();
        });
      else cursor.skip(type);
    });
    this.columns ??= this.values.length;
    if (rows < 0 || this.values.length !== this.columns) throw new RangeError('a row group has no rows, or other columns');
    for (const [column, values] of this.values.entries()) if (values !== rows) this.uneven.add(column);
    this.rows.push(rows);
  }

  private chunk(): void {
    const { cursor } = this;
    this.chunkStarts.push(cursor.offset);
    const before = this.values.length;
    this.fields((id, type) => {
      // In another file, or encrypted.
      if (id === 1 || id === 8) throw new RangeError('a chunk cannot be read');
      if (id !== 3) cursor.skip(type);
      else if (type === struct) this.metadata();
      else throw new RangeError('metadata are no struct');
    });
    if (this.values.length === before) throw new RangeError('a chunk has no metadata');
  }

  private metadata(): void {
    const { cursor } = this;
    let [codec, values, unpacked, size, data, dictionary] = [-1, -1, -1, -1, -1, 0];
    this.fields((id, type) => {
      switch (id) {
        case 2:
          this.numbers(type);
          return;
        case 4:
          codec = cursor.natural(type);
          return;
        case 5:
          values = cursor.natural(type);
          return;
        case 6:
          unpacked = cursor.natural(type);
          return;
        case 7:
          size = cursor.natural(type);
          return;
        case 9:
          data = cursor.natural(type);
          return;
        case 11:
          dictionary = cursor.natural(type);
          return;
        default:
          cursor.skip(type);
      }
    });
    const codecName = CompressionCodecs[codec];
    if (codecName === undefined || values < 0 || unpacked < 0 || size < 0 || data < 0) throw new RangeError('metadata lack something');
    // Zero says that there is no dictionary.
    if (Math.min(dictionary || Infinity, data) + size > this.dataEnd) throw new RangeError('a chunk lies outside of the data');
    this.codecs.add(codecName);
    this.values.push(values);
  }

  private fields(read: (id: number, type: number) => void): void {
    for (let id = 0; ;) {
      const type = this.cursor.field(id);
      if (type === stop) return;
      ({ id } = this.cursor);
      read(id, type);
    }
  }

  private structs(type: number, read: () => void): void {
    const count = this.cursor.list(type);
    if (count > 0 && this.cursor.itemType !== struct) throw new RangeError('items are no structs');
    for (let item = 0; item < count; item++) read();
  }

  private numbers(type: number): void {
    const count = this.cursor.list(type);
    const { itemType } = this.cursor;
    if (count > 0 && itemType !== i32 && itemType !== i16) throw new RangeError('items are no numbers');
    for (let item = 0; item < count; item++) this.cursor.skip(itemType);
  }
}
