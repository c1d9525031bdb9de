// Pages of flat columns as runs of rows: null or a value. Nested columns are parquetDecoder.ts's.

import { readPageHeader, unpackPage, type PageHeader } from './parquetPages';
import { EndOfBytes, readRuns } from './parquetRunLength';
import { readDictionary, readValues, type Dictionary, type FlatLeaf, type Values } from './parquetValues';
import type { SchemaNode } from './parquetDescription';
import type { ColumnChunk } from './parquetRowGroups';
import type { Cell } from './table';

/** Whether a leaf is a column by itself, with one value or null in each row. */
export function isFlat(leaf: SchemaNode): boolean {
  return leaf.path.length === 1 && leaf.repetition !== 'REPEATED';
}

/** What the pages of a chunk are read with. */
export interface FlatContext {
  readonly leaf: FlatLeaf;
  readonly chunk: ColumnChunk;
  readonly dictionary: Dictionary | undefined;
}

/** Consecutive rows of a flat column. */
export class FlatRows {
  constructor(
    /** Rows of the group: `start` inclusive, `end` exclusive. */
    readonly start: number,
    readonly end: number,
    private readonly values: Values,
    /** The place of the value of each row, -1 for null; undefined where no row is null. */
    private readonly places: Int32Array | undefined,
  ) {}

  /** Puts those of its cells that lie between `start` and `end` into column `column` of `rows`; `first` is the row of `rows[0]`. */
  fill(rows: readonly Cell[][], column: number, start: number, end: number, first: number): void {
    const { values, places } = this;
    const to = Math.min(end, this.end);
    for (let row = Math.max(start, this.start); row < to; row++) {
      const place = places ? (places[row - this.start] ?? -1) : row - this.start;
      const cells = rows[row - first];
      if (cells) cells[column] = place < 0 ? null : values.cell(place);
    }
  }
}

/**
 * The first `wanted` rows of a data page, or more of them. Throws EndOfBytes where the bytes hold fewer.
 * @param firstRow the row of the group that the page begins with.
 */
export function readFlatPage(
  page: PageHeader,
  bytes: Uint8Array,
  { leaf, chunk, dictionary }: FlatContext,
  firstRow: number,
  wanted: number,
): FlatRows {
  // Where a value lies may depend on how many there are.
  const isWholly = page.encoding === 'BYTE_STREAM_SPLIT' || /^DELTA_.*BYTE_ARRAY$/.test(page.encoding);
  const count = isWholly ? (page.rows ?? page.values) : wanted;
  const body = unpackPage(page, bytes, chunk);
  const isWhole = page.end <= bytes.length;
  let offset = 0;
  let levels: Int32Array | undefined;
  if (leaf.node.repetition === 'OPTIONAL') {
    if (body.levels) {
      levels = readRuns(body.levels, 0, body.levels.length, 1, count);
    } else if (page.values > 0) {
      // The length of the levels stands before them.
      const view = new DataView(body.values.buffer, body.values.byteOffset, body.values.byteLength);
      if (view.byteLength < 4) throw new EndOfBytes();
      offset = 4 + view.getUint32(0, true);
      levels = readRuns(body.values, 4, Math.min(offset, body.values.length), 1, count);
      if (offset > body.values.length) throw new EndOfBytes();
    }
  }
  const { places, present } = levels ? placesOf(levels) : { places: undefined, present: count };
  const values = readValues({ bytes: body.values, offset, encoding: page.encoding }, present, leaf, dictionary, isWhole);
  return new FlatRows(firstRow, firstRow + count, values, places);
}

function placesOf(levels: Int32Array): { readonly places: Int32Array | undefined; readonly present: number } {
  let present = 0;
  for (let row = 0; row < levels.length; row++) levels[row] = levels[row] === 1 ? present++ : -1;
  return { places: present === levels.length ? undefined : levels, present };
}

/** The dictionary page at the beginning of the bytes, or of what is there of it; undefined where another page stands there. */
export function readDictionaryPage(bytes: Uint8Array, leaf: FlatLeaf, chunk: ColumnChunk): Dictionary | undefined {
  const page = readPageHeader(bytes, 0, chunk);
  if (page.kind !== 'dictionary') return undefined;
  return readDictionary(unpackPage(page, bytes, chunk).values, page.values, leaf, page.end <= bytes.length);
}
