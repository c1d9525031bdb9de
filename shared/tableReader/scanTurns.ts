// Lets scans and quick questions share one thread: a scan goes on only while nothing quick is worked on.

import type { Table } from '../table/table';

export class ScanTurns {
  private quick = 0;
  private readonly waiting: (() => void)[] = [];

  /** Work that scans wait for. */
  async first<T>(work: () => Promise<T>): Promise<T> {
    this.quick += 1;
    try {
      return await work();
    } finally {
      this.quick -= 1;
      if (this.quick === 0) for (const goOn of this.waiting.splice(0)) goOn();
    }
  }

  /** The table as a scan reads it: each read waits for its turn; `onRead` hears of each that is done. */
  tableFor(table: Table, signal: AbortSignal, onRead: () => void): Table {
    const turn = async (): Promise<void> => {
      // Messages that came meanwhile are heard first: one of them may end this scan.
      await new Promise((resolve) => setImmediate(resolve));
      while (this.quick > 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
      signal.throwIfAborted();
    };
    return {
      columns: table.columns,
      rowCount: table.rowCount,
      origin: table.origin,
      rows: async (...range) => {
        await turn();
        const block = await table.rows(...range);
        onRead();
        return block;
      },
      chunks: (columns) => table.chunks(columns),
      narrow: async (...chunk) => {
        await turn();
        return table.narrow(...chunk);
      },
    };
  }
}
