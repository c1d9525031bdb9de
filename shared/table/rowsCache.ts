// Decoded pages that were shown lately: scrolling asks for the rows next to those before, mostly of the same pages.

import type { LeafRows } from './parquetDecoder';

/** About this many values are kept, which bounds the memory for all but giant strings. */
const maxValues = 1_000_000;

export class RowsCache {
  /** In order of use, the latest last. */
  private readonly entries = new Map<string, LeafRows>();
  private size = 0;

  /** Rows that cover `start` to `end` of a leaf in a row group. */
  get(group: number, leaf: number, start: number, end: number): LeafRows | undefined {
    const key = `${group}:${leaf}`;
    const rows = this.entries.get(key);
    if (!rows || rows.start > start || rows.end < end) return undefined;
    this.entries.delete(key);
    this.entries.set(key, rows);
    return rows;
  }

  set(group: number, leaf: number, rows: LeafRows): void {
    const key = `${group}:${leaf}`;
    this.drop(key);
    this.entries.set(key, rows);
    this.size += rows.end - rows.start;
    for (const oldest of this.entries.keys()) {
      if (this.size <= maxValues || oldest === key) break;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    const rows = this.entries.get(key);
    if (!rows) return;
    this.entries.delete(key);
    this.size -= rows.end - rows.start;
  }
}
