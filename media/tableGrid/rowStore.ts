// The texts of the cells, fetched in blocks as the viewport reaches them and kept while they are likely to be seen again.
// What is out of view again before it came is given up.

import type { RowTexts } from '../../shared/protocol/tableView';
import type { CellText } from '../../shared/table/cellText';

/** Rows of a block: a screenful or so; fewer where each may stand in another part of the table. */
const blockRows = 64;
const scatteredBlockRows = 16;
/** Columns that are asked for at a time. */
const requestColumns = 16;
/** Blocks of one column. */
const keptBlocks = 6000;
/** The reader works on one at a time; a second one waits at its door. */
const parallelRequests = 2;

export interface Window {
  readonly startRow: number;
  readonly endRow: number;
  /** Indexes into the columns of the table. */
  readonly columns: readonly number[];
}

export interface RowStoreOptions {
  readonly rowCount: number;
  readonly fetch: (
    params: { readonly start: number; readonly end: number; readonly columns: readonly number[] },
    signal: AbortSignal,
  ) => Promise<RowTexts>;
  /** Some cells came, or could not be fetched, which `problem` then tells. */
  readonly onChange: () => void;
  /** Whether the rows are some of the table's or in another order, so that each has to tell its number. */
  readonly numbered: boolean;
}

interface Request {
  readonly block: number;
  readonly columns: readonly number[];
  readonly controller: AbortController;
}

export class RowStore {
  /** By key, the one used last at the end. */
  private readonly blocks = new Map<string, readonly (CellText | undefined)[]>();
  private readonly numbers = new Map<number, readonly number[]>();
  private readonly requests = new Set<Request>();
  private wanted: readonly { readonly block: number; readonly columns: readonly number[] }[] = [];
  /** Why the last fetch failed; nothing more is fetched until `retry`. */
  problem: string | undefined;
  private closed = false;

  private readonly blockRows: number;

  constructor(private readonly options: RowStoreOptions) {
    this.blockRows = options.numbered ? scatteredBlockRows : blockRows;
  }

  /** Undefined while the cell is not here. */
  cell(row: number, column: number): CellText | undefined {
    return this.blocks.get(keyOf(Math.floor(row / this.blockRows), column))?.[row % this.blockRows];
  }

  /** Which row of the table it is, from zero; undefined while that is not known. */
  number(row: number): number | undefined {
    return this.options.numbered ? this.numbers.get(Math.floor(row / this.blockRows))?.[row % this.blockRows] : row;
  }

  /** Fetches what the window lacks, from its top; what was wanted before and is not any more is given up. */
  want({ startRow, endRow, columns }: Window): void {
    const wanted: { block: number; columns: readonly number[] }[] = [];
    for (let block = Math.floor(startRow / this.blockRows); block * this.blockRows < endRow; block++) {
      for (const column of columns) this.touch(keyOf(block, column));
      wanted.push({ block, columns });
    }
    this.wanted = wanted;
    for (const request of this.requests) {
      const isWanted = wanted.some(({ block }) => block === request.block) && request.columns.some((column) => columns.includes(column));
      if (isWanted) continue;
      this.requests.delete(request);
      request.controller.abort();
    }
    this.fetchNext();
  }

  retry(): void {
    this.problem = undefined;
    this.fetchNext();
  }

  /** The answers that are still to come are of no interest. */
  close(): void {
    this.closed = true;
    for (const { controller } of this.requests) controller.abort();
    this.requests.clear();
  }

  private touch(key: string): void {
    const cells = this.blocks.get(key);
    if (!cells) return;
    this.blocks.delete(key);
    this.blocks.set(key, cells);
  }

  private fetchNext(): void {
    while (!this.closed && this.problem === undefined && this.requests.size < parallelRequests) {
      const next = this.nextMissing();
      if (!next) return;
      void this.fetchBlock(next);
    }
  }

  private nextMissing(): Request | undefined {
    for (const { block, columns } of this.wanted) {
      const isComing = (column: number): boolean =>
        [...this.requests].some((request) => request.block === block && request.columns.includes(column));
      const missing = columns.filter((column) => !this.blocks.has(keyOf(block, column)) && !isComing(column));
      if (missing.length > 0) return { block, columns: missing.slice(0, requestColumns), controller: new AbortController() };
    }
    return undefined;
  }

  private async fetchBlock(request: Request): Promise<void> {
    const { block, columns, controller } = request;
    const { rowCount, fetch, onChange } = this.options;
    this.requests.add(request);
    try {
      const end = Math.min((block + 1) * this.blockRows, rowCount);
      this.keep(request, await fetch({ start: block * this.blockRows, end, columns }, controller.signal));
    } catch (error) {
      if (!controller.signal.aborted) this.problem = error instanceof Error ? error.message : String(error);
    }
    this.requests.delete(request);
    if (this.closed || controller.signal.aborted) return;
    onChange();
    this.fetchNext();
  }

  private keep({ block, columns }: Request, { rows, numbers }: RowTexts): void {
    if (numbers) this.numbers.set(block, numbers);
    for (const [index, column] of columns.entries()) {
      this.blocks.set(
        keyOf(block, column),
        rows.map((row) => row[index]),
      );
    }
    for (const oldest of this.blocks.keys()) {
      if (this.blocks.size <= keptBlocks) break;
      this.blocks.delete(oldest);
    }
  }
}

function keyOf(block: number, column: number): string {
  return `${block}:${column}`;
}
