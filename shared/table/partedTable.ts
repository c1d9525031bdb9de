// Tables one behind the other as one table, each of which has its own place, or one value, for a column of the whole.

import { mapBounded } from './boundedParallel';
import type { ColumnPlace } from './mergedColumns';
import type { Cell, ChunkStatistics, Column, ReadOptions, RowBlock, Table, TableChunk, TableOrigin } from './table';
import { TableProblem } from './tableProblem';

/** Where a part has a column of the whole: in a column of its own, or the same value in all of its rows. */
export type ColumnSource = ({ readonly kind: 'stored' } & ColumnPlace) | { readonly kind: 'constant'; readonly value: Cell };

export interface TablePart {
  readonly table: Table;
  /** @param column index of a column of the whole. */
  source(column: number): ColumnSource;
}

/** Windows that cross many small parts read from so many at a time. */
const parallelReads = 8;

export class PartedTable implements Table {
  readonly rowCount: number;
  readonly heldBytes: number;
  /** The first row of each part. */
  private readonly starts: readonly number[];

  constructor(
    private readonly parts: readonly TablePart[],
    readonly columns: readonly Column[],
    readonly origin: TableOrigin,
  ) {
    const starts: number[] = [];
    let rowCount = 0;
    for (const { table } of parts) {
      starts.push(rowCount);
      rowCount += table.rowCount;
    }
    this.heldBytes = parts.reduce((sum, { table: { heldBytes = 0 } }) => sum + heldBytes, 0);
    this.starts = starts;
    this.rowCount = rowCount;
  }

  async rows(start: number, end: number, columns?: readonly number[], options: ReadOptions = {}): Promise<RowBlock> {
    const from = Math.max(0, Math.min(start, this.rowCount));
    const asked = columns ?? [...this.columns.keys()];
    for (const column of asked) this.checkColumn(column);
    const slices = this.slices(from, Math.min(end, this.rowCount));
    const blocks = await mapBounded(slices, parallelReads, async ({ part: index, start: first, end: last }) => {
      const part = this.parts[index];
      return part ? partRows(part, first, last, asked, options) : [];
    });
    return { start: from, rows: blocks.flat() };
  }

  chunks(columns: readonly number[]): readonly TableChunk[] {
    return this.parts.flatMap((part, index) => {
      const stored = this.storedColumns(part, columns);
      return part.table.chunks([...stored.values()]).map((chunk) => this.shifted(chunk, part, index, columns));
    });
  }

  async narrow(chunk: TableChunk, columns: readonly number[], options?: ReadOptions): Promise<readonly TableChunk[]> {
    const index = this.partAt(chunk.start);
    const part = this.parts[index];
    const offset = this.starts[index] ?? 0;
    if (!part || chunk.end > offset + part.table.rowCount) return [chunk];
    const stored = this.storedColumns(part, columns);
    const statistics = new Map<number, ChunkStatistics>();
    for (const [column, place] of stored) {
      const known = chunk.statistics.get(column);
      if (known) statistics.set(place, known);
    }
    const own: TableChunk = { start: chunk.start - offset, end: chunk.end - offset, statistics };
    const narrower = await part.table.narrow(own, [...stored.values()], options);
    if (narrower.length === 1 && narrower[0] === own) return [chunk];
    return narrower.map((one) => this.shifted(one, part, index, columns));
  }

  private checkColumn(index: number): void {
    if (this.columns[index]) return;
    throw new TableProblem('out-of-range', `the table has ${this.columns.length} columns, column ${index} was asked for`);
  }

  /** The parts that hold these rows, with the rows as each of them counts. */
  private slices(start: number, end: number): readonly { readonly part: number; readonly start: number; readonly end: number }[] {
    const found: { part: number; start: number; end: number }[] = [];
    for (let part = this.partAt(start); part < this.parts.length; part++) {
      const offset = this.starts[part] ?? 0;
      if (offset >= end) break;
      const [first, last] = [Math.max(0, start - offset), Math.min(end - offset, this.parts[part]?.table.rowCount ?? 0)];
      if (first < last) found.push({ part, start: first, end: last });
    }
    return found;
  }

  /** The last part that begins at or before a row: the one that holds it, since empty parts begin with the next one. */
  private partAt(row: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** From columns of the whole to those of the part that have them. */
  private storedColumns(part: TablePart, columns: readonly number[]): ReadonlyMap<number, number> {
    const stored = new Map<number, number>();
    for (const column of columns) {
      this.checkColumn(column);
      const source = part.source(column);
      if (source.kind === 'stored') stored.set(column, source.index);
    }
    return stored;
  }

  /** A chunk of a part as one of the whole. */
  private shifted({ start, end, statistics: own }: TableChunk, part: TablePart, index: number, columns: readonly number[]): TableChunk {
    const offset = this.starts[index] ?? 0;
    const statistics = new Map<number, ChunkStatistics>();
    for (const column of columns) {
      const source = part.source(column);
      if (source.kind === 'constant') statistics.set(column, constantStatistics(source.value, end - start));
      else if (!source.convert) {
        const known = own.get(source.index);
        if (known) statistics.set(column, known);
      }
    }
    return { start: start + offset, end: end + offset, statistics };
  }
}

/** Of a column that has one value in so many rows. */
function constantStatistics(value: Cell, rows: number): ChunkStatistics {
  if (value === null) return { nulls: rows, min: undefined, max: undefined };
  // Of NaN, which may stand here as text as well, no bounds are told.
  return value === 'NaN' ? { nulls: 0, min: undefined, max: undefined } : { nulls: 0, min: value, max: value };
}

async function partRows(
  part: TablePart,
  start: number,
  end: number,
  columns: readonly number[],
  options: ReadOptions,
): Promise<readonly (readonly Cell[])[]> {
  const sources = columns.map((column) => part.source(column));
  const stored = sources.flatMap((source) => (source.kind === 'stored' ? [source.index] : []));
  const { rows } = await part.table.rows(start, end, stored, options);
  return rows.map((row) => {
    let next = 0;
    return sources.map((source) => {
      if (source.kind === 'constant') return source.value;
      const cell = row[next++] ?? null;
      return source.convert ? source.convert(cell) : cell;
    });
  });
}
