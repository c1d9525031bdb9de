// Where the pages of the column chunks lie, and what their column indexes say: fetched or found once, and kept.

import { fetchRanges, type ByteRange, type ByteSource } from './byteSource';
import type { ColumnChunk } from './parquetRowGroups';
import { readPageLocations, type PageLocation } from './parquetPlan';
import { minWalkedBytes, PageWalk } from './parquetWalk';

export class ParquetIndexes {
  /** Undefined where the chunk has an index that cannot be used. */
  private readonly offsets = new Map<ColumnChunk, readonly PageLocation[] | undefined>();
  private readonly columns = new Map<ColumnChunk, Uint8Array>();
  private readonly walks = new Map<ColumnChunk, PageWalk>();

  constructor(private readonly source: ByteSource) {}

  /** The pages up to the one that holds the row before `end`, at least; undefined while they are not known. */
  locations(chunk: ColumnChunk, end: number): readonly PageLocation[] | undefined {
    return this.offsets.get(chunk) ?? this.walks.get(chunk)?.known(end);
  }

  /** The bytes of the column index, when they were loaded. */
  columnIndex(chunk: ColumnChunk): Uint8Array | undefined {
    return this.columns.get(chunk);
  }

  /** Pages that were found in another way, or, when undefined, that the index of the chunk is wrong. */
  set(chunk: ColumnChunk, locations: readonly PageLocation[] | undefined): void {
    this.offsets.set(chunk, locations);
    this.walks.delete(chunk);
  }

  async load(chunks: readonly ColumnChunk[], signal: AbortSignal | undefined): Promise<void> {
    const missing = chunks.flatMap((chunk) => (chunk.offsetIndex && !this.offsets.has(chunk) ? [{ chunk, range: chunk.offsetIndex }] : []));
    await this.fetch(missing, [], signal);
  }

  /** With the column indexes, which lie beside them. */
  async loadBounds(chunks: readonly ColumnChunk[], signal: AbortSignal | undefined): Promise<void> {
    const indexed = chunks.filter(({ offsetIndex, columnIndex }) => offsetIndex && columnIndex);
    const offsets = indexed.flatMap((chunk) =>
      chunk.offsetIndex && !this.offsets.has(chunk) ? [{ chunk, range: chunk.offsetIndex }] : [],
    );
    const columns = indexed.flatMap((chunk) =>
      chunk.columnIndex && !this.columns.has(chunk) ? [{ chunk, range: chunk.columnIndex }] : [],
    );
    await this.fetch(offsets, columns, signal);
  }

  /** Where there is no index and the chunk is long, finds the pages of flat chunks up to row `end`. */
  async walk(chunks: readonly ColumnChunk[], end: number, signal: AbortSignal | undefined): Promise<void> {
    await Promise.all(
      chunks.map(async (chunk) => {
        const { start, end: chunkEnd } = chunk.bytes;
        if (this.offsets.get(chunk) || chunkEnd - start < minWalkedBytes) return;
        const walk = this.walks.get(chunk) ?? new PageWalk(this.source, chunk);
        this.walks.set(chunk, walk);
        await walk.locate(end, signal);
      }),
    );
  }

  private async fetch(offsets: readonly IndexRange[], columns: readonly IndexRange[], signal: AbortSignal | undefined): Promise<void> {
    if (offsets.length + columns.length === 0) return;
    const fetched = await fetchRanges(
      this.source,
      [...offsets, ...columns].map(({ range }) => range),
      signal,
    );
    for (const { chunk, range } of offsets) this.offsets.set(chunk, readPageLocations(fetched.slice(range), chunk));
    for (const { chunk, range } of columns) this.columns.set(chunk, fetched.slice(range));
  }
}

interface IndexRange {
  readonly chunk: ColumnChunk;
  readonly range: ByteRange;
}
