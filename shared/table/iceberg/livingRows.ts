// A table without those of its rows that are deleted: rows are counted among the others, and only those are read.

import type { ChunkStatistics, Column, ReadOptions, RowBlock, Table, TableChunk, TableOrigin } from '../table';

/** Gaps of up to so many deleted rows are read through: they lie in pages that are read anyway. */
const widestGap = 1000;
/** Rows that are read at a time, with those that are left out. */
const mostRows = 20_000;

export class LivingRows implements Table {
  readonly columns: readonly Column[];
  readonly origin: TableOrigin;
  readonly rowCount: number;

  /** @param deleted positions in the table, ascending, each once and within it. */
  constructor(
    private readonly table: Table,
    private readonly deleted: Uint32Array,
  ) {
    this.columns = table.columns;
    this.origin = table.origin;
    this.rowCount = table.rowCount - deleted.length;
  }

  async rows(start: number, end: number, columns?: readonly number[], options?: ReadOptions): Promise<RowBlock> {
    const from = Math.max(0, Math.min(start, this.rowCount));
    const rows: RowBlock['rows'][number][] = [];
    for (const range of this.ranges(from, Math.min(end, this.rowCount))) {
      const block = await this.table.rows(range.start, range.end, columns, options);
      let next = this.deletedBefore(range.start);
      for (const [index, row] of block.rows.entries()) {
        if (this.deleted[next] === range.start + index) next++;
        else rows.push(row);
      }
    }
    return { start: from, rows };
  }

  chunks(columns: readonly number[]): readonly TableChunk[] {
    return this.table.chunks(columns).flatMap((chunk) => this.living(chunk));
  }

  async narrow(chunk: TableChunk, columns: readonly number[], options?: ReadOptions): Promise<readonly TableChunk[]> {
    if (chunk.start >= chunk.end) return [chunk];
    const own: TableChunk = { start: this.position(chunk.start), end: this.position(chunk.end - 1) + 1, statistics: chunk.statistics };
    const narrower = await this.table.narrow(own, columns, options);
    return narrower.length === 1 && narrower[0] === own ? [chunk] : narrower.flatMap((one) => this.living(one));
  }

  /** Ranges of the table that together hold these rows, with few others. */
  private *ranges(start: number, end: number): Generator<{ readonly start: number; readonly end: number }> {
    for (let row = start; row < end;) {
      const first = this.position(row);
      let last = first;
      // Up to the next wide gap, or as far as is read at a time.
      for (row += 1; row < end; row++) {
        const position = this.position(row);
        if (position - last > widestGap || position - first >= mostRows) break;
        last = position;
      }
      yield { start: first, end: last + 1 };
    }
  }

  /** A chunk of the table as one of the rows that are left; none where none are. */
  private living({ start, end, statistics }: TableChunk): readonly TableChunk[] {
    const own = { start: start - this.deletedBefore(start), end: end - this.deletedBefore(end) };
    if (own.start === own.end) return [];
    if (own.end - own.start === end - start) return [{ ...own, statistics }];
    const known = new Map<number, ChunkStatistics>();
    for (const [column, one] of statistics)
      known.set(column, { ...one, nulls: this.nulls(one, end - start, own.end - own.start), wide: true });
    return [{ ...own, statistics: known }];
  }

  /** Of some rows among others it is known how many are null only where all are, or none. */
  private nulls({ nulls }: ChunkStatistics, all: number, left: number): number | undefined {
    return nulls === 0 ? 0 : nulls === all ? left : undefined;
  }

  /** Where a row that is left stands in the table. */
  private position(row: number): number {
    // The n-th deleted row has as many rows before it that are left as its position is greater than n.
    let [low, high] = [0, this.deleted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.deleted[middle] ?? 0) - middle <= row) low = middle + 1;
      else high = middle;
    }
    return row + low;
  }

  private deletedBefore(position: number): number {
    let [low, high] = [0, this.deleted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.deleted[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
