// A table of cells in memory, in chunks and parts with true statistics, that counts the rows it was asked for.

import { cellOrder } from '../../shared/table/query/cellOrder';
import {
  scalarType,
  type Cell,
  type ChunkStatistics,
  type Column,
  type ColumnType,
  type ReadOptions,
  type RowBlock,
  type Table,
  type TableChunk,
} from '../../shared/table/table';

export interface MemoryTableOptions {
  /** Rows of a chunk; all rows are one chunk when left out. */
  readonly chunkRows?: number;
  /** Rows of a part of a chunk; chunks are not divided when left out. */
  readonly partRows?: number;
  /** Nothing is known of the values. */
  readonly withoutStatistics?: boolean;
}

/** `columns` give names with scalar types by Spark's names, or whole types. */
export function memoryTable(
  columns: Readonly<Record<string, string | ColumnType>>,
  rows: readonly (readonly Cell[])[],
  options: MemoryTableOptions = {},
): MemoryTable {
  const list = Object.entries(columns).map(([name, type]): Column => {
    return { name, type: typeof type === 'string' ? scalarType(type) : type, nullable: true, partition: false };
  });
  return new MemoryTable(list, rows, options);
}

export class MemoryTable implements Table {
  readonly rowCount: number;
  readonly origin = { kind: 'file', files: 1, bytes: 0, writer: undefined, codecs: [], success: undefined, ignored: [] } as const;
  rowsRead = 0;
  reads = 0;

  constructor(
    readonly columns: readonly Column[],
    readonly cells: readonly (readonly Cell[])[],
    private readonly options: MemoryTableOptions,
  ) {
    this.rowCount = cells.length;
  }

  rows(start: number, end: number, columns?: readonly number[], options?: ReadOptions): Promise<RowBlock> {
    options?.signal?.throwIfAborted();
    this.reads++;
    const block = this.cells.slice(start, end);
    this.rowsRead += block.length;
    return Promise.resolve({ start, rows: block.map((row) => (columns ?? [...row.keys()]).map((column) => row[column] ?? null)) });
  }

  chunks(columns: readonly number[]): readonly TableChunk[] {
    return this.divide(0, this.rowCount, this.options.chunkRows ?? this.rowCount, columns);
  }

  narrow(chunk: TableChunk, columns: readonly number[]): Promise<readonly TableChunk[]> {
    const { partRows } = this.options;
    return Promise.resolve(partRows === undefined ? [chunk] : this.divide(chunk.start, chunk.end, partRows, columns));
  }

  private divide(start: number, end: number, size: number, columns: readonly number[]): readonly TableChunk[] {
    const chunks: TableChunk[] = [];
    for (let from = start; from < end; from += size) {
      const to = Math.min(end, from + size);
      chunks.push({ start: from, end: to, statistics: this.statistics(from, to, columns) });
    }
    return chunks;
  }

  private statistics(start: number, end: number, columns: readonly number[]): ReadonlyMap<number, ChunkStatistics> {
    if (this.options.withoutStatistics) return new Map();
    return new Map(
      columns.flatMap((index) => {
        const { type } = this.columns[index] ?? { type: undefined };
        const order = type?.kind === 'scalar' ? cellOrder(type) : undefined;
        if (!order) return [];
        const cells = this.cells.slice(start, end).map((row) => row[index] ?? null);
        const values = cells.filter((cell) => cell !== null && cell !== 'NaN').sort(order);
        return [[index, { nulls: cells.filter((cell) => cell === null).length, min: values[0], max: values.at(-1) }] as const];
      }),
    );
  }
}
