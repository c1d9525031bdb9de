// The first rows of a column chunk from the beginnings of its dictionary and of its first data page alone: a dictionary is
// in the order in which its entries appear, and what is packed can mostly be unpacked from the front.

import type { ByteRange, ByteSource } from './byteSource';
import type { ColumnChunk } from './parquetRowGroups';
import { readDictionaryPage, readFlatPage, type FlatRows } from './parquetFlat';
import { readPageHeader, type PageHeader } from './parquetPages';
import { EndOfBytes } from './parquetRunLength';
import { MissingEntry, type Dictionary, type FlatLeaf } from './parquetValues';

export interface PrefixRequest {
  readonly leaf: FlatLeaf;
  readonly chunk: ColumnChunk;
  /** So many rows from the beginning of the row group. */
  readonly rows: number;
  /** Bytes to begin with, instead of an estimate. */
  readonly firstBytes?: number;
}

/** With fourfold growth, five rounds reach whatever a prefix is worth. */
const maxRounds = 5;
const growth = 4;
/** A header with bounds of long texts is longer than most, but not longer than this. */
const maxHeaderBytes = 64 * 1024;

/** Undefined where the first page does not hold so many rows, or is not as expected: then whole pages have to be read. */
export async function readFlatPrefix(source: ByteSource, request: PrefixRequest, signal?: AbortSignal): Promise<FlatRows | undefined> {
  const { leaf, chunk, rows } = request;
  const isStream = chunk.codec === 'UNCOMPRESSED' || chunk.codec === 'SNAPPY';
  const dictionary = new Beginning(
    { start: chunk.bytes.start, end: chunk.dataStart },
    isStream ? (request.firstBytes ?? dictionaryBytes(leaf, rows)) : Infinity,
  );
  const data = new Beginning({ start: chunk.dataStart, end: chunk.bytes.end }, request.firstBytes ?? dataBytes(chunk, rows));
  for (let round = 0; round < maxRounds; round++) {
    await readOn(source, dictionary, data, signal);
    const decoded = decodePrefix(dictionary.bytes, data.bytes, request);
    if (decoded.kind === 'rows') return decoded.rows;
    if (decoded.kind === 'unexpected') return undefined;
    if (decoded.pageBytes !== undefined) data.endAt(decoded.pageBytes);
    const grown =
      decoded.short === 'dictionary' ? dictionary.grow() : data.grow(isStream || decoded.pageBytes === undefined ? growth : Infinity);
    if (!grown) return undefined;
  }
  return undefined;
}

type DecodedPrefix =
  | { readonly kind: 'rows'; readonly rows: FlatRows }
  | { readonly kind: 'unexpected' }
  /** More is needed of one part. */
  | { readonly kind: 'short'; readonly short: 'dictionary' | 'data'; readonly pageBytes: number | undefined };

function decodePrefix(dictionaryBytes: Uint8Array, dataBytes: Uint8Array, { leaf, chunk, rows }: PrefixRequest): DecodedPrefix {
  let page: PageHeader;
  try {
    page = readPageHeader(dataBytes, 0, chunk);
  } catch {
    // Cut short, or damaged: who reads whole pages will say how.
    return dataBytes.length < maxHeaderBytes ? { kind: 'short', short: 'data', pageBytes: undefined } : { kind: 'unexpected' };
  }
  if (page.kind !== 'data' || (page.rows ?? page.values) < rows) return { kind: 'unexpected' };
  let dictionary: Dictionary | undefined;
  try {
    if (dictionaryBytes.length > 0) dictionary = readDictionaryPage(dictionaryBytes, leaf, chunk);
  } catch {
    return { kind: 'short', short: 'dictionary', pageBytes: page.end };
  }
  try {
    return { kind: 'rows', rows: readFlatPage(page, dataBytes, { leaf, chunk, dictionary }, 0, rows) };
  } catch (error) {
    if (!(error instanceof EndOfBytes)) return { kind: 'unexpected' };
    return { kind: 'short', short: error instanceof MissingEntry ? 'dictionary' : 'data', pageBytes: page.end };
  }
}

/** A range that is read from its beginning on, as far as is needed. */
class Beginning {
  bytes: Uint8Array = new Uint8Array(0);
  private wanted: number;
  private length: number;

  constructor(
    private readonly range: ByteRange,
    firstBytes: number,
  ) {
    this.length = range.end - range.start;
    this.wanted = Math.min(this.length, firstBytes);
  }

  /** What has to be read before the next attempt; undefined when all of it is there. */
  get missing(): ByteRange | undefined {
    const start = this.range.start + this.bytes.length;
    const end = this.range.start + this.wanted;
    return start < end ? { start, end } : undefined;
  }

  /** It turned out to be shorter than the range. */
  endAt(length: number): void {
    this.length = Math.min(this.length, length);
  }

  /** False when there is no more. */
  grow(by = growth): boolean {
    this.wanted = Math.min(this.length, Math.max(1, this.bytes.length) * by);
    return this.missing !== undefined;
  }

  add(bytes: Uint8Array): void {
    const whole = new Uint8Array(this.bytes.length + bytes.length);
    whole.set(this.bytes);
    whole.set(bytes, this.bytes.length);
    this.bytes = whole;
  }
}

/** A dictionary that ends so close before the data that one request is better than two. */
const closeBytes = 1024;

async function readOn(source: ByteSource, dictionary: Beginning, data: Beginning, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  const [first, second] = [dictionary.missing, data.missing];
  if (first && second && second.start - first.end <= closeBytes) {
    const bytes = await source.read(first.start, second.end, signal);
    dictionary.add(bytes.subarray(0, second.start - first.start));
    data.add(bytes.subarray(second.start - first.start));
  } else {
    const read = async (part: Beginning, range: ByteRange | undefined): Promise<void> => {
      if (range) part.add(await source.read(range.start, range.end, signal));
    };
    await Promise.all([read(dictionary, first), read(data, second)]);
  }
  signal?.throwIfAborted();
}

/** The header, and an entry for each row at most. */
function dictionaryBytes({ node }: FlatLeaf, rows: number): number {
  const size = node.type === 'INT32' || node.type === 'FLOAT' ? 4 : node.type === 'INT64' || node.type === 'DOUBLE' ? 8 : 20;
  return 128 + rows * size;
}

/** Levels of a whole page stand before its values: a bit a row of these many, unless no row is null. */
const rowsOfPage = 20_000;

/** The header, the levels, and the values of the rows, were they as long as the others. */
function dataBytes(chunk: ColumnChunk, rows: number): number {
  const levels = chunk.statistics?.nulls === 0 ? 16 : Math.ceil(Math.min(rowsOfPage, chunk.values) / 8);
  return 256 + levels + Math.ceil((rows * chunk.uncompressedSize * 1.1) / Math.max(1, chunk.values));
}
