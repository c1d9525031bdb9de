// Which bytes hold which rows: plain data, computed without reading, from the footer and the page locations.

import { readOffsetIndex } from 'hyparquet/src/indexes.js';
import type { ByteRange } from './byteSource';
import type { ColumnChunk, RowGroup } from './parquetRowGroups';

/** The part of one row group that is asked for; rows count from the beginning of the group. */
export interface GroupSelection {
  readonly group: RowGroup;
  readonly groupIndex: number;
  readonly start: number;
  readonly end: number;
}

/** The row groups that hold rows `start` to `end` of the file. */
export function selectGroups(rowGroups: readonly RowGroup[], start: number, end: number): readonly GroupSelection[] {
  return rowGroups.flatMap((group, groupIndex) => {
    const from = Math.max(start - group.firstRow, 0);
    const to = Math.min(end - group.firstRow, group.rowCount);
    return from < to ? [{ group, groupIndex, start: from, end: to }] : [];
  });
}

/** Where a page of a chunk lies, and which rows of the group it holds: `firstRow` inclusive, `endRow` exclusive. */
export interface PageLocation extends ByteRange {
  readonly firstRow: number;
  readonly endRow: number;
}

/** The pages of a chunk as its offset index gives them; undefined when the index contradicts the chunk. */
export function readPageLocations(bytes: Uint8Array, chunk: ColumnChunk): readonly PageLocation[] | undefined {
  let locations: readonly PageLocation[];
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    locations = readOffsetIndex({ view, offset: 0 }).page_locations.map((page, index, all) => {
      const start = Number(page.offset);
      const endRow = Number(all[index + 1]?.first_row_index ?? chunk.rows);
      return { start, end: start + page.compressed_page_size, firstRow: Number(page.first_row_index), endRow };
    });
  } catch {
    // An index only saves reading: without one the whole chunk is read, and if that is damaged too, it will be said.
    return undefined;
  }
  const ordered = locations.every((page, index) => {
    const previous = locations[index - 1];
    const follows = previous ? page.start >= previous.end && page.firstRow > previous.firstRow : page.firstRow === 0;
    const isWithin = page.start >= chunk.bytes.start && page.end > page.start && page.end <= chunk.bytes.end;
    return follows && isWithin && page.endRow > page.firstRow;
  });
  return locations.length > 0 && ordered ? locations : undefined;
}

/** The pages that hold the rows `start` to `end` of a group. */
export function selectPages(locations: readonly PageLocation[], start: number, end: number): readonly PageLocation[] {
  const after = locations.findIndex(({ firstRow }) => firstRow > start);
  const first = after < 0 ? locations.length - 1 : Math.max(0, after - 1);
  const beyond = locations.findIndex(({ firstRow }) => firstRow >= end);
  return locations.slice(first, beyond < 0 ? undefined : Math.max(first + 1, beyond));
}

/** Whatever stands before the first data page is the dictionary. */
export function dictionaryRange(chunk: ColumnChunk, locations: readonly PageLocation[]): ByteRange | undefined {
  const [first] = locations;
  return first && first.start > chunk.bytes.start ? { start: chunk.bytes.start, end: first.start } : undefined;
}

/** What to read of one chunk for a selection of rows. */
export interface ChunkRead {
  /** The dictionary, where the selected pages do not follow it directly. */
  readonly dictionary: ByteRange | undefined;
  readonly pages: ByteRange;
  /** The rows of the group that the pages hold: `firstRow` inclusive, `endRow` exclusive. */
  readonly firstRow: number;
  readonly endRow: number;
}

export function planChunk(chunk: ColumnChunk, locations: readonly PageLocation[] | undefined, start: number, end: number): ChunkRead {
  const selected = locations ? selectPages(locations, start, end) : [];
  const [first, last] = [selected[0], selected.at(-1)];
  if (!locations || !first || !last) return { dictionary: undefined, pages: chunk.bytes, firstRow: 0, endRow: chunk.rows };
  const { endRow } = last;
  if (first === locations[0]) return { dictionary: undefined, pages: { start: chunk.bytes.start, end: last.end }, firstRow: 0, endRow };
  return { dictionary: dictionaryRange(chunk, locations), pages: { start: first.start, end: last.end }, firstRow: first.firstRow, endRow };
}
