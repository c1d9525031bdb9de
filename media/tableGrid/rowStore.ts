// The texts of the cells, fetched in blocks as the viewport reaches them and kept while they are likely to be seen again.

import type { RowsParams, RowTexts } from '../../shared/protocol/tableView';
import type { CellText } from '../../shared/table/cellText';

/** Rows and columns of a block: a screenful or so, so that one answer fills most of a view. */
const blockRows = 64;
const blockColumns = 16;
const keptBlocks = 400;
/** The reader works on one at a time; a second one waits at its door. */
const parallelRequests = 2;

export interface Window {
  readonly startRow: number;
  readonly endRow: number;
  readonly startColumn: number;
  readonly endColumn: number;
}

export interface RowStoreOptions {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly fetch: (params: RowsParams) => Promise<RowTexts>;
  /** Some cells came, or could not be fetched, which `problem` then tells. */
  readonly onChange: () => void;
}

interface Block {
  readonly row: number;
  readonly column: number;
}

export class RowStore {
  /** By key, the one used last at the end. */
  private readonly blocks = new Map<string, RowTexts['rows']>();
  private readonly fetching = new Set<string>();
  private wanted: readonly Block[] = [];
  /** Why the last fetch failed; nothing more is fetched until `retry`. */
  problem: string | undefined;
  private closed = false;

  constructor(private readonly options: RowStoreOptions) {}

  /** Undefined while the cell is not here. */
  cell(row: number, column: number): CellText | undefined {
    const rows = this.blocks.get(keyOf({ row: Math.floor(row / blockRows), column: Math.floor(column / blockColumns) }));
    return rows?.[row % blockRows]?.[column % blockColumns];
  }

  /** Fetches what the window lacks, from its top; what was wanted before and is not any more is left out. */
  want(window: Window): void {
    const wanted: Block[] = [];
    for (let row = Math.floor(window.startRow / blockRows); row * blockRows < window.endRow; row++) {
      for (let column = Math.floor(window.startColumn / blockColumns); column * blockColumns < window.endColumn; column++) {
        wanted.push({ row, column });
      }
    }
    for (const block of wanted) this.touch(keyOf(block));
    this.wanted = wanted;
    this.fetchNext();
  }

  retry(): void {
    this.problem = undefined;
    this.fetchNext();
  }

  /** The answers that are still to come are of no interest. */
  close(): void {
    this.closed = true;
  }

  private touch(key: string): void {
    const rows = this.blocks.get(key);
    if (!rows) return;
    this.blocks.delete(key);
    this.blocks.set(key, rows);
  }

  private fetchNext(): void {
    while (!this.closed && this.problem === undefined && this.fetching.size < parallelRequests) {
      const next = this.wanted.find((block) => !this.blocks.has(keyOf(block)) && !this.fetching.has(keyOf(block)));
      if (!next) return;
      void this.fetchBlock(next);
    }
  }

  private async fetchBlock(block: Block): Promise<void> {
    const key = keyOf(block);
    const { rowCount, columnCount, fetch, onChange } = this.options;
    const firstColumn = block.column * blockColumns;
    this.fetching.add(key);
    try {
      const { rows } = await fetch({
        start: block.row * blockRows,
        end: Math.min((block.row + 1) * blockRows, rowCount),
        columns: Array.from({ length: Math.min(blockColumns, columnCount - firstColumn) }, (_, index) => firstColumn + index),
      });
      this.blocks.set(key, rows);
      for (const oldest of this.blocks.keys()) {
        if (this.blocks.size <= keptBlocks) break;
        this.blocks.delete(oldest);
      }
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
    this.fetching.delete(key);
    if (this.closed) return;
    onChange();
    this.fetchNext();
  }
}

function keyOf({ row, column }: Block): string {
  return `${row}:${column}`;
}
