// A parquet file as a table: schema and row count from the footer at once, rows on demand.

import type { ByteSource } from './byteSource';
import type { FileDescription } from './parquetDescription';
import { loadFooter, type FooterOptions, type ParquetFooter } from './parquetFooter';
import { ParquetIndexes } from './parquetIndexes';
import { selectGroups } from './parquetPlan';
import { ParquetRows } from './parquetRows';
import { readShapes, type ColumnShape, type FieldIds } from './parquetShape';
import { ParquetStatistics } from './parquetStatistics';
import type { Cell, Column, ReadOptions, RowBlock, Table, TableChunk, TableOrigin } from './table';
import { TableProblem, toTableProblem } from './tableProblem';

/** A file of parquet, which knows more of its columns than other tables. */
export interface ParquetFile extends Table {
  /** By column. */
  readonly fieldIds: readonly FieldIds[];
}

/** Opens a file by its footer alone. Throws a TableProblem, or the reason of the signal. */
export async function openParquet(source: ByteSource, footer?: FooterOptions): Promise<ParquetFile> {
  try {
    return new ParquetTable(source, await loadFooter(source, footer));
  } catch (error) {
    footer?.signal?.throwIfAborted();
    throw toTableProblem(error, source.name);
  }
}

interface FileColumns {
  readonly shapes: readonly ColumnShape[];
  readonly columns: readonly Column[];
  readonly fieldIds: readonly FieldIds[];
}

/** Parts of one table share their description, and so their columns. */
const columnsByDescription = new WeakMap<FileDescription, FileColumns>();

function columnsOf(description: FileDescription): FileColumns {
  const known = columnsByDescription.get(description);
  if (known) return known;
  const shapes = readShapes(description);
  const columns = shapes.map(({ name, type, nullable }) => ({ name, type, nullable, partition: false }));
  const made = { shapes, columns, fieldIds: shapes.map(({ ids }) => ids) };
  columnsByDescription.set(description, made);
  return made;
}

class ParquetTable implements ParquetFile {
  readonly columns: readonly Column[];
  readonly fieldIds: readonly FieldIds[];
  readonly rowCount: number;
  readonly origin: TableOrigin;
  readonly heldBytes: number;
  private readonly shapes: readonly ColumnShape[];
  private readonly parquetRows: ParquetRows;
  private readonly statistics: ParquetStatistics;

  constructor(
    private readonly source: ByteSource,
    private readonly footer: ParquetFooter,
  ) {
    ({ shapes: this.shapes, columns: this.columns, fieldIds: this.fieldIds } = columnsOf(footer.description));
    this.rowCount = footer.rowCount;
    this.heldBytes = footer.heldBytes;
    const indexes = new ParquetIndexes(source);
    this.parquetRows = new ParquetRows(source, footer.description, indexes);
    this.statistics = new ParquetStatistics(footer, this.shapes, indexes);
    this.origin = {
      kind: 'file',
      files: 1,
      bytes: source.size,
      writer: footer.description.createdBy,
      codecs: footer.codecs,
      success: undefined,
      ignored: [],
    };
  }

  async rows(start: number, end: number, columns?: readonly number[], { signal }: ReadOptions = {}): Promise<RowBlock> {
    const from = Math.max(0, Math.min(start, this.rowCount));
    const shapes = (columns ?? this.shapes.map((_, index) => index)).map((index) => {
      const shape = this.shapes[index];
      if (!shape)
        throw new TableProblem('out-of-range', `${this.source.name} has ${this.shapes.length} columns, column ${index} was asked for`);
      return shape;
    });
    return this.withReasons(signal, async () => {
      const parts: Cell[][][] = [];
      for (const selection of selectGroups(this.footer.rowGroups, from, end)) {
        parts.push(await this.parquetRows.read(selection, shapes, signal));
      }
      return { start: from, rows: parts.length === 1 ? (parts[0] ?? []) : parts.flat() };
    });
  }

  chunks(columns: readonly number[]): readonly TableChunk[] {
    return this.statistics.chunks(columns);
  }

  narrow(chunk: TableChunk, columns: readonly number[], { signal }: ReadOptions = {}): Promise<readonly TableChunk[]> {
    return this.withReasons(signal, () => this.statistics.narrow(chunk, columns, signal));
  }

  /** Whatever goes wrong is a TableProblem, but for an abort, which has its own reason. */
  private async withReasons<Result>(signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
    try {
      signal?.throwIfAborted();
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw toTableProblem(error, this.source.name);
    }
  }
}
