// The footer of a parquet file: read from its end, and checked against its size.

import type { CompressionCodec } from 'hyparquet/src/types.js';
import type { ByteSource } from './byteSource';
import { outlineFooter } from './footerOutline';
import { KnownDescriptions, readDescription, type FileDescription } from './parquetDescription';
import { readRowGroups, storedRowGroups, type RowGroup } from './parquetRowGroups';
import type { ReadOptions } from './table';
import { damaged, TableProblem, tolerate } from './tableProblem';
import { ThriftStruct } from './thriftStruct';

export interface ParquetFooter {
  readonly description: FileDescription;
  readonly rowCount: number;
  readonly rowGroups: readonly RowGroup[];
  /** Of all chunks, in the order in which they appear. */
  readonly codecs: readonly CompressionCodec[];
  /** Of what was not decoded. */
  readonly heldBytes: number;
}

/** Most footers fit, so that one read is enough: those of long files grow with their row groups. */
function firstRead(size: number): number {
  return Math.min(256 * 1024, Math.max(64 * 1024, Math.ceil(size / 20_000)));
}

/**
 * Run lengths can store a great many equal values in a few bytes, but not without end: beyond this many rows a byte of
 * file, the count is a lie that would exhaust the memory.
 */
const maxRowsPerByte = 1_000_000;

/** How a footer is read where something is known of it. */
export interface FooterOptions extends ReadOptions {
  /** So much of the end is read first, in the hope that the footer lies in it. */
  readonly tailBytes?: number;
  /** Told how much of the end would have been enough. */
  readonly onLength?: (bytes: number) => void;
  /** Of the other parts of the table. */
  readonly descriptions?: KnownDescriptions;
}

export async function loadFooter(source: ByteSource, options: FooterOptions = {}): Promise<ParquetFooter> {
  const { name, size } = source;
  if (size < 12) {
    throw new TableProblem(
      'not-parquet',
      `${name} is not a parquet file: it has ${size === 1 ? '1 byte' : `${size} bytes`}, the smallest has 12`,
    );
  }
  const tailStart = Math.max(0, size - Math.max(8, options.tailBytes ?? firstRead(size)));
  const tail = await source.read(tailStart, size, options.signal);
  const magic = String.fromCharCode(...tail.subarray(-4));
  if (magic === 'PARE') {
    throw new TableProblem('encrypted', `${name} is an encrypted parquet file: its footer cannot be read without the key`);
  }
  if (magic !== 'PAR1') {
    throw new TableProblem(
      'not-parquet',
      `${name} is not a parquet file: expected "PAR1" at the end, found ${printable(tail.subarray(-4))}`,
    );
  }
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(tail.byteLength - 8, true);
  options.onLength?.(length + 8);
  const end = size - 8;
  if (length > end - 4) {
    throw damaged(name, `its footer claims ${length} bytes, the file has ${size}`);
  }
  const start = end - length;
  const bytes =
    start >= tailStart
      ? tail.subarray(start - tailStart, end - tailStart)
      : await readFront(source, { start, tailStart, length }, tail, options.signal);
  return readFooter(bytes, name, start, options.descriptions);
}

async function readFront(
  source: ByteSource,
  { start, tailStart, length }: { readonly start: number; readonly tailStart: number; readonly length: number },
  tail: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const whole = new Uint8Array(length);
  whole.set(await source.read(start, tailStart, signal));
  whole.set(tail.subarray(0, length - (tailStart - start)), tailStart - start);
  return whole;
}

/** @param dataEnd where the footer begins: all data lies before it. */
function readFooter(bytes: Uint8Array, name: string, dataEnd: number, descriptions = new KnownDescriptions()): ParquetFooter {
  // Whatever is wrong or unusual is told by the decoder of the whole.
  return tolerate(() => outlinedFooter(bytes, name, dataEnd, descriptions)) ?? decodedFooter(bytes, name, dataEnd);
}

/** Nearly all of a long footer are row groups, which are not decoded here; undefined where something about them is unusual. */
function outlinedFooter(bytes: Uint8Array, name: string, dataEnd: number, descriptions: KnownDescriptions): ParquetFooter | undefined {
  const outline = outlineFooter(bytes, dataEnd);
  if (!outline) return undefined;
  const description = descriptions.read(outline.description, name);
  const rowGroups = storedRowGroups(outline, { name, leaves: description.leaves, dataEnd });
  if (!rowGroups) return undefined;
  const { rowCount, codecs, chunks } = outline;
  checkRowCount(rowCount, rowGroups, name, dataEnd + bytes.byteLength);
  return { description, rowCount, rowGroups, codecs, heldBytes: chunks.bytes.byteLength + chunks.starts.byteLength };
}

function decodedFooter(bytes: Uint8Array, name: string, dataEnd: number): ParquetFooter {
  const footer = ThriftStruct.parse(bytes, `The footer of ${name}`);
  const description = readDescription(footer, name);
  const { leaves } = description;
  const rowGroups = readRowGroups(footer, { name, leaves, dataEnd });
  const rowCount = footer.requiredNumber(3);
  checkRowCount(rowCount, rowGroups, name, dataEnd + bytes.byteLength);
  const codecs = new Set(rowGroups.flatMap((group) => leaves.flatMap(({ leaf }) => group.chunk(leaf)?.codec ?? [])));
  return { description, rowCount, rowGroups, codecs: [...codecs], heldBytes: 0 };
}

function checkRowCount(rowCount: number, rowGroups: readonly RowGroup[], name: string, size: number): void {
  const found = rowGroups.reduce((sum, group) => sum + group.rowCount, 0);
  if (rowCount !== found) throw damaged(name, `it claims ${rowCount} rows, its row groups hold ${found}`);
  if (rowCount > maxRowsPerByte * size) throw damaged(name, `it claims ${rowCount} rows in ${size + 8} bytes`);
}

/** Four bytes for people: as text when they are text, otherwise in hexadecimal. */
function printable(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes);
  return /^[\x20-\x7e]*$/.test(text) ? JSON.stringify(text) : [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
