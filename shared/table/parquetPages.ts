// One page of a column chunk: its header, with counts that were checked before anything is allocated for them, and its
// levels and values, unpacked.

import { compressors as libraryCompressors } from 'hyparquet-compressors';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import type { CompressionCodec, Compressors, Encoding } from 'hyparquet/src/types.js';
import type { ColumnChunk } from './parquetRowGroups';
import { unpackLz4 } from './parquetLz4';
import { EndOfBytes } from './parquetRunLength';
import { snappyPrefix } from './parquetSnappy';

export interface PageHeader {
  readonly kind: 'dictionary' | 'data' | 'other';
  /** Where the body lies in the bytes that were read. */
  readonly start: number;
  readonly end: number;
  readonly unpackedSize: number;
  readonly values: number;
  /** Only the second version of data pages tells it; in flat columns, every value has a row. */
  readonly rows: number | undefined;
  readonly encoding: Encoding;
  /** How long the levels are that stand unpacked before the values: in the second version of data pages. */
  readonly levels: { readonly repetition: number; readonly definition: number } | undefined;
  readonly isCompressed: boolean;
}

/** Bigger pages than this come from no writer; sizes are checked before a page is unpacked. */
const maxPageBytes = 512 * 1024 * 1024;
const maxPageValues = 50_000_000;

/** The header at `offset`; what it says of its size may reach beyond the bytes. Throws where it is cut short. */
export function readPageHeader(bytes: Uint8Array, offset: number, chunk: ColumnChunk): PageHeader {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset };
  const page = parquetHeader(reader);
  const data = page.data_page_header_v2 ?? page.data_page_header;
  const values = data?.num_values ?? page.dictionary_page_header?.num_values ?? 0;
  const size = page.compressed_page_size;
  const unpacked = page.uncompressed_page_size;
  const second = page.data_page_header_v2;
  const levels = second && { repetition: second.repetition_levels_byte_length, definition: second.definition_levels_byte_length };
  const reason = !(size >= 0)
    ? `claims ${size} bytes`
    : !(unpacked >= 0) || unpacked > maxPageBytes
      ? `claims to unpack to ${unpacked} bytes`
      : !(values >= 0) || values > maxPageValues || (data && values > chunk.values)
        ? `claims ${values} values, the column has ${chunk.values}`
        : !data && values > unpacked * 8
          ? `claims ${values} dictionary entries in ${unpacked} bytes`
          : levels &&
              !(levels.repetition >= 0 && levels.definition >= 0 && levels.repetition + levels.definition <= Math.min(size, unpacked))
            ? `claims ${levels.repetition + levels.definition} bytes of levels in ${size} bytes`
            : second && !(second.num_rows >= 0 && second.num_rows <= values && second.num_nulls >= 0 && second.num_nulls <= values)
              ? `claims ${second.num_rows} rows and ${second.num_nulls} nulls in ${values} values`
              : undefined;
  if (reason !== undefined) throw new PageProblem(offset, reason);
  return {
    kind: data ? 'data' : page.dictionary_page_header ? 'dictionary' : 'other',
    start: reader.offset,
    end: reader.offset + size,
    unpackedSize: unpacked,
    values,
    rows: second?.num_rows,
    encoding: data?.encoding ?? 'PLAIN',
    levels: levels || undefined,
    isCompressed: second?.is_compressed !== false,
  };
}

/** Why a page cannot be read; who reads it knows the file and the column. */
export class PageProblem extends Error {
  constructor(at: number, reason: string) {
    super(`a page (at byte ${at} of what was read) ${reason}`);
    this.name = 'PageProblem';
  }
}

/** The headers of all pages in the bytes, one after the other. */
export function readPageHeaders(bytes: Uint8Array, chunk: ColumnChunk): readonly PageHeader[] {
  const pages: PageHeader[] = [];
  let offset = 0;
  // A single byte behind the last page is padding.
  while (offset < bytes.length - 1) {
    const page = readPageHeader(bytes, offset, chunk);
    if (page.end > bytes.length)
      throw new PageProblem(offset, `claims ${page.end - page.start} bytes, ${bytes.length - page.start} are left`);
    pages.push(page);
    offset = page.end;
  }
  return pages;
}

/** Levels and values of a page, unpacked; where only a part of the page was read, what is there of them. */
export interface PageBody {
  /** Of the second version alone; those of the first stand before the values. */
  readonly levels: Uint8Array | undefined;
  readonly values: Uint8Array;
}

/** Throws EndOfBytes where the bytes hold only a part of a page that must be unpacked as a whole. */
export function unpackPage(page: PageHeader, bytes: Uint8Array, chunk: ColumnChunk): PageBody {
  const body = bytes.subarray(page.start, page.end);
  const levelBytes = page.levels ? page.levels.repetition + page.levels.definition : 0;
  if (body.length < levelBytes) throw new EndOfBytes();
  const packed = body.subarray(levelBytes);
  const length = page.unpackedSize - levelBytes;
  const isWhole = page.end <= bytes.length;
  const isPlain = chunk.codec === 'UNCOMPRESSED' || !page.isCompressed;
  if (!isWhole && !isPlain && chunk.codec !== 'SNAPPY') throw new EndOfBytes();
  return {
    levels: page.levels && body.subarray(page.levels.repetition, levelBytes),
    values: isPlain ? packed : isWhole ? decompressPage(packed, length, chunk.codec, lenientCompressors) : snappyPrefix(packed, length),
  };
}

const compressors: Compressors = { ...libraryCompressors, LZ4: unpackLz4 };

/** Writers leave the data of a page of nulls empty, which some decompressors refuse. */
export const lenientCompressors: Compressors = Object.fromEntries(
  Object.entries(compressors).map(([codec, decompress]) => [
    codec,
    (input: Uint8Array, length: number) => (length === 0 ? new Uint8Array(0) : decompress(input, length)),
  ]),
);

/** The codecs that can be unpacked. */
export const knownCodecs: readonly CompressionCodec[] = ['UNCOMPRESSED', ...(Object.keys(compressors) as CompressionCodec[])];
