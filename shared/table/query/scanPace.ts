// How a long scan stays polite: it looks at its signal, tells its progress, and lets other work have its turn.

import type { ReadOptions } from '../table';
import type { ScanProgress, ScanWatch } from './tableQuery';

/** Milliseconds of work between two turns of the event loop, in which an abort can arrive. */
const turnMillis = 15;

export class ScanPace {
  readonly options: ReadOptions;
  /** What the scan is after, so far. */
  rowsFound = 0;
  private rowsScanned = 0;
  private lastTurn = Date.now();

  constructor(
    private readonly watch: ScanWatch,
    private rowsToScan: number,
  ) {
    this.options = watch.signal ? { signal: watch.signal } : {};
    this.check();
  }

  check(): void {
    this.watch.signal?.throwIfAborted();
  }

  /** More rows are to be scanned than was known, or, with a negative count, fewer. */
  addRows(count: number): void {
    this.rowsToScan += count;
  }

  /** So many rows more were scanned. */
  async scanned(rows: number): Promise<void> {
    this.rowsScanned += rows;
    const { rowsScanned, rowsToScan, rowsFound } = this;
    const progress: ScanProgress = { rowsScanned, rowsToScan, rowsFound };
    this.watch.onProgress?.(progress);
    await this.turn();
  }

  /** Between two steps of work. Throws the signal's reason when it was aborted. */
  async turn(): Promise<void> {
    if (Date.now() - this.lastTurn >= turnMillis) {
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      this.lastTurn = Date.now();
    }
    this.check();
  }
}

/** Cells are read in blocks of about so many, but of not so few rows that pages would be cut in pieces. */
const blockCells = 128 * 1024;
const [leastBlockRows, mostBlockRows] = [8 * 1024, 32 * 1024];

/** Rows that are worked through between two looks at the clock. */
export const rowsPerTurn = 4096;

/** Rows that are read at once when so many columns are needed. */
export function blockRows(columns: number): number {
  return Math.max(leastBlockRows, Math.min(mostBlockRows, Math.floor(blockCells / Math.max(1, columns))));
}
