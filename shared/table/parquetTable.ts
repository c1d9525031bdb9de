// A parquet file as a table: schema and row count from the footer at once, rows on demand.

import { fetchRanges, type ByteRange, type ByteSource } from './byteSource';
import { ParquetDecoder, type LeafRows } from './parquetDecoder';
import { loadFooter, type ColumnChunk, type ParquetFooter, type SchemaNode } from './parquetFooter';
import { planChunk, readPageLocations, selectGroups, type GroupSelection, type PageLocation } from './parquetPlan';
import { readShapes, type ColumnShape } from './parquetShape';
import { RowsCache } from './rowsCache';
import type { Cell, Column, RowBlock, Table, TableChunk, TableOrigin } from './table';
import { TableProblem, toTableProblem } from './tableProblem';

/** Opens a file by its footer alone. Throws a TableProblem. */
export async function openParquet(source: ByteSource): Promise<Table> {
  try {
    return new ParquetTable(source, await loadFooter(source));
  } catch (error) {
    throw toTableProblem(error, source.name);
  }
}

class ParquetTable implements Table {
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly origin: TableOrigin;
  private readonly shapes: readonly ColumnShape[];
  private readonly decoder: ParquetDecoder;
  /** Page locations by chunk; undefined where the chunk has none that can be used. */
  private readonly locations = new Map<ColumnChunk, readonly PageLocation[] | undefined>();
  private readonly cache = new RowsCache();

  constructor(
    private readonly source: ByteSource,
    private readonly footer: ParquetFooter,
  ) {
    this.shapes = readShapes(footer);
    this.columns = this.shapes.map(({ name, type, nullable }) => ({ name, type, nullable, partition: false }));
    this.rowCount = footer.rowCount;
    this.decoder = new ParquetDecoder(source.name, footer);
    const codecs = new Set(footer.rowGroups.flatMap(({ chunks }) => chunks.map(({ codec }) => codec)));
    this.origin = {
      kind: 'file',
      files: 1,
      bytes: source.size,
      writer: footer.createdBy,
      codecs: [...codecs],
      success: undefined,
      ignored: [],
    };
  }

  async rows(start: number, end: number, columns?: readonly number[]): Promise<RowBlock> {
    const from = Math.max(0, Math.min(start, this.rowCount));
    const shapes = (columns ?? this.shapes.map((_, index) => index)).map((index) => {
      const shape = this.shapes[index];
      if (!shape)
        throw new TableProblem('out-of-range', `${this.source.name} has ${this.shapes.length} columns, column ${index} was asked for`);
      return shape;
    });
    const rows: Cell[][] = [];
    try {
      for (const selection of selectGroups(this.footer.rowGroups, from, end)) {
        for (const row of await this.groupRows(selection, shapes)) rows.push(row);
      }
    } catch (error) {
      throw toTableProblem(error, this.source.name);
    }
    return { start: from, rows };
  }

  chunks(_columns: readonly number[]): readonly TableChunk[] {
    return this.footer.rowGroups.map(({ firstRow, rowCount }) => ({ start: firstRow, end: firstRow + rowCount, statistics: new Map() }));
  }

  narrow(chunk: TableChunk): Promise<readonly TableChunk[]> {
    return Promise.resolve([chunk]);
  }

  private async groupRows(selection: GroupSelection, shapes: readonly ColumnShape[]): Promise<Cell[][]> {
    const leaves = [...new Set(shapes.flatMap((shape) => shape.leaves))];
    const decoded = await this.decodedLeaves(selection, leaves);
    const columns = shapes.map((shape) => {
      const own = new Map([...decoded].filter(([leaf]) => shape.leaves.includes(leaf)));
      return { shape, values: this.decoder.assemble(shape.node, own, selection.start, selection.end) };
    });
    return Array.from({ length: selection.end - selection.start }, (_, row) =>
      columns.map(({ shape, values }) => shape.toCell(values[row])),
    );
  }

  /** The rows of the leaves that cover the selection: from the cache, or read and decoded page by page. */
  private async decodedLeaves(selection: GroupSelection, leaves: readonly number[]): Promise<ReadonlyMap<number, LeafRows>> {
    const { group, groupIndex, start, end } = selection;
    const found = new Map<number, LeafRows>();
    const missing: { readonly leaf: SchemaNode; readonly chunk: ColumnChunk }[] = [];
    for (const index of leaves) {
      const cached = this.cache.get(groupIndex, index, start, end);
      const [leaf, chunk] = [this.footer.leaves[index], group.chunks[index]];
      if (cached) found.set(index, cached);
      else if (leaf && chunk) missing.push({ leaf, chunk });
    }
    const chunks = missing.map(({ chunk }) => chunk);
    const whole = start === 0 && end === group.rowCount;
    if (!whole) await this.loadLocations(chunks);
    const plans = missing.map(({ leaf, chunk }) => ({
      leaf,
      chunk,
      read: planChunk(chunk, whole ? undefined : this.locations.get(chunk), start, end),
    }));
    const fetched = await fetchRanges(
      this.source,
      plans.flatMap(({ read }) => (read.dictionary ? [read.dictionary, read.pages] : [read.pages])),
    );
    for (const { leaf, chunk, read } of plans) {
      const pages = fetched.slice(read.pages);
      const bytes = read.dictionary ? joined(fetched.slice(read.dictionary), pages) : pages;
      const rows = this.decoder.decodeLeaf(leaf, chunk, bytes, read.firstRow, end);
      found.set(leaf.leaf, rows);
      this.cache.set(groupIndex, leaf.leaf, rows);
    }
    return found;
  }

  private async loadLocations(chunks: readonly ColumnChunk[]): Promise<void> {
    const unknown: { readonly chunk: ColumnChunk; readonly range: ByteRange }[] = [];
    for (const chunk of chunks) {
      if (chunk.offsetIndex && !this.locations.has(chunk)) unknown.push({ chunk, range: chunk.offsetIndex });
    }
    const fetched = await fetchRanges(
      this.source,
      unknown.map(({ range }) => range),
    );
    for (const { chunk, range } of unknown) this.locations.set(chunk, readPageLocations(fetched.slice(range), chunk));
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
