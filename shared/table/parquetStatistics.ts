// What is known of the rows of a file without reading values: row groups from the footer, pages from the column indexes.

import { BoundReader, noBounds, type Bounds } from './parquetBounds';
import { isFlat } from './parquetFlat';
import type { ParquetFooter } from './parquetFooter';
import type { ParquetIndexes } from './parquetIndexes';
import { selectGroups, type GroupSelection } from './parquetPlan';
import type { ColumnChunk } from './parquetRowGroups';
import type { ColumnShape } from './parquetShape';
import type { ChunkStatistics, TableChunk } from './table';
import { TableProblem } from './tableProblem';
import { ThriftStruct } from './thriftStruct';

interface BoundColumn {
  /** Index of the column of the table, which names it in statistics. */
  readonly column: number;
  readonly leaf: number;
  readonly bounds: BoundReader;
  readonly isRequired: boolean;
}

/** Rows `start` to `end` of a group, and what its index says of them. */
interface PageStatistics {
  readonly start: number;
  readonly end: number;
  readonly statistics: ChunkStatistics;
}

export class ParquetStatistics {
  private readonly readers = new Map<number, BoundColumn | undefined>();

  constructor(
    private readonly footer: ParquetFooter,
    private readonly shapes: readonly ColumnShape[],
    private readonly indexes: ParquetIndexes,
  ) {}

  chunks(columns: readonly number[]): readonly TableChunk[] {
    const readers = this.boundColumns(columns);
    return this.footer.rowGroups.map((group, groupIndex) => chunkOf({ group, groupIndex, start: 0, end: group.rowCount }, readers, []));
  }

  async narrow(chunk: TableChunk, columns: readonly number[], signal: AbortSignal | undefined): Promise<readonly TableChunk[]> {
    const readers = this.boundColumns(columns);
    const selections = selectGroups(this.footer.rowGroups, chunk.start, chunk.end);
    await this.indexes.loadBounds(
      selections.flatMap(({ group }) => readers.flatMap(({ leaf }) => group.chunk(leaf) ?? [])),
      signal,
    );
    const parts = selections.flatMap((selection) => this.narrowGroup(selection, readers));
    return parts.length > 1 ? parts : [chunk];
  }

  private narrowGroup(selection: GroupSelection, readers: readonly BoundColumn[]): readonly TableChunk[] {
    const { group, start, end } = selection;
    const pages = new Map<BoundColumn, readonly PageStatistics[]>();
    for (const reader of readers) {
      const chunk = group.chunk(reader.leaf);
      const found = chunk && this.pages(reader, chunk, group.rowCount);
      if (found) pages.set(reader, found);
    }
    const cuts = new Set([start, ...[...pages.values()].flatMap((list) => list.map((page) => page.start))]);
    const starts = [...cuts].filter((row) => row >= start && row < end).sort((a, b) => a - b);
    const places = new Map([...pages.keys()].map((reader) => [reader, 0]));
    return starts.map((from, index) => {
      const part = { ...selection, start: from, end: starts[index + 1] ?? end };
      const covering = readers.flatMap((reader) => {
        const list = pages.get(reader) ?? [];
        let place = places.get(reader) ?? 0;
        while ((list[place]?.end ?? Infinity) <= from) place++;
        places.set(reader, place);
        const page = list[place];
        return page ? [{ reader, page }] : [];
      });
      return chunkOf(part, readers, covering);
    });
  }

  /** The pages of a chunk by its indexes; undefined where it has none, or where they contradict each other. */
  private pages(reader: BoundColumn, chunk: ColumnChunk, rowCount: number): readonly PageStatistics[] | undefined {
    const bytes = this.indexes.columnIndex(chunk);
    const locations = this.indexes.locations(chunk, rowCount);
    const entries = bytes && locations && readColumnIndex(bytes, locations.length);
    if (!entries) return undefined;
    const pages = locations.map(({ firstRow, endRow: end }, index) => {
      const entry = entries[index];
      const rows = end - firstRow;
      const nulls = entry?.isNull ? rows : plausibleNulls(entry?.nulls, rows, reader.isRequired);
      const { min, max } = entry && !entry.isNull ? reader.bounds.ofPage(entry.min, entry.max) : noBounds;
      return { start: firstRow, end, statistics: { nulls, min, max } };
    });
    const total = groupStatistics(reader, chunk, rowCount).nulls;
    const sum = pages.reduce((nulls, page) => nulls + (page.statistics.nulls ?? NaN), 0);
    return total === undefined || Number.isNaN(sum) || sum === total ? pages : undefined;
  }

  private boundColumns(columns: readonly number[]): readonly BoundColumn[] {
    return [...new Set(columns)].flatMap((column) => {
      if (!this.readers.has(column)) this.readers.set(column, this.boundColumn(column));
      return this.readers.get(column) ?? [];
    });
  }

  private boundColumn(column: number): BoundColumn | undefined {
    const shape = this.shapes[column];
    if (!shape || !isFlat(shape.node) || shape.node.leaf < 0) return undefined;
    const { node, toCell } = shape;
    const bounds = new BoundReader(node, toCell, this.footer.description);
    return { column, leaf: node.leaf, bounds, isRequired: node.repetition === 'REQUIRED' };
  }
}

function chunkOf(
  { group, start, end }: GroupSelection,
  readers: readonly BoundColumn[],
  pages: readonly { readonly reader: BoundColumn; readonly page: PageStatistics }[],
): TableChunk {
  const statistics = new Map<number, ChunkStatistics>();
  for (const reader of readers) {
    const chunk = group.passingChunk(reader.leaf);
    if (!chunk) continue;
    const whole = cut({ start: 0, end: group.rowCount, statistics: groupStatistics(reader, chunk, group.rowCount) }, start, end);
    const page = pages.find((candidate) => candidate.reader === reader)?.page;
    const own = page && cut(page, start, end);
    const nulls = own?.nulls ?? whole.nulls;
    const isNull = nulls === end - start;
    const min = isNull ? undefined : (own?.min ?? whole.min);
    const max = isNull ? undefined : (own?.max ?? whole.max);
    if (nulls !== undefined || min !== undefined || max !== undefined) statistics.set(reader.column, { nulls, min, max });
  }
  return { start: group.firstRow + start, end: group.firstRow + end, statistics };
}

function groupStatistics({ bounds, isRequired }: BoundColumn, { statistics, values }: ColumnChunk, rowCount: number): ChunkStatistics {
  const { min, max }: Bounds = statistics ? bounds.ofChunk(statistics) : noBounds;
  return { nulls: plausibleNulls(statistics?.nulls, Math.min(values, rowCount), isRequired), min, max };
}

/** The bounds of many rows are bounds of some of them, too; which of them are null is only known when all or none are. */
function cut({ start, end, statistics }: PageStatistics, from: number, to: number): ChunkStatistics {
  if (from === start && to === end) return statistics;
  const nulls = statistics.nulls === 0 ? 0 : statistics.nulls === end - start ? to - from : undefined;
  return { ...statistics, nulls };
}

function plausibleNulls(nulls: number | undefined, rows: number, isRequired: boolean): number | undefined {
  if (isRequired) return 0;
  return nulls !== undefined && nulls >= 0 && nulls <= rows ? nulls : undefined;
}

interface ColumnIndexEntry {
  readonly isNull: boolean;
  readonly min: Uint8Array;
  readonly max: Uint8Array;
  readonly nulls: number | undefined;
}

function readColumnIndex(bytes: Uint8Array, pages: number): readonly ColumnIndexEntry[] | undefined {
  let index: ThriftStruct;
  try {
    index = ThriftStruct.parse(bytes, 'A column index');
    const [isNull, min, max, nulls] = [index.items(1), index.items(2), index.items(3), index.items(5)];
    if (isNull.length !== pages || min.length !== pages || max.length !== pages) return undefined;
    return isNull.map((flag, page) => {
      const [low, high, count] = [min[page], max[page], nulls.length === pages ? nulls[page] : undefined];
      if (typeof flag !== 'boolean' || !(low instanceof Uint8Array) || !(high instanceof Uint8Array))
        throw new TableProblem('malformed', 'no bounds');
      return {
        isNull: flag,
        min: low,
        max: high,
        nulls: typeof count === 'bigint' || typeof count === 'number' ? Number(count) : undefined,
      };
    });
  } catch (error) {
    if (error instanceof TableProblem) return undefined;
    throw error;
  }
}
