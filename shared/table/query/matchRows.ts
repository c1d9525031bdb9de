// Which row of one table is which row of another, by the hashes of their keys: sorted on both sides and walked together.

import type { Table } from '../table';
import { columnAt } from './checkQuery';
import { radixOrder } from './radixSort';
import { readSelected } from './readSelected';
import { allRows } from './rowSelection';
import type { ScanPace } from './scanPace';
import { hashText, hashWords } from './textHash';
import { valueText } from './valueText';

/** Instead of a row of the other table. */
export const noRow = 0xffffffff;
/** The key stands in both tables, but in several rows of one. */
export const manyRows = 0xfffffffe;

export interface RowMatches {
  /** For each row of the first table a row of the second, `noRow` or `manyRows`; and the other way round. */
  readonly before: Uint32Array;
  readonly after: Uint32Array;
  readonly duplicatesBefore: Duplicates;
  readonly duplicatesAfter: Duplicates;
}

/** Keys that stand in several rows. */
export interface Duplicates {
  readonly keys: number;
  readonly rows: number;
  /** The rows of the first such keys, in the order of the table. */
  readonly examples: readonly (readonly number[])[];
}

/** @param columns the key columns of each table. */
export async function matchRows(
  a: Table,
  b: Table,
  columns: { readonly before: readonly number[]; readonly after: readonly number[] },
  pace: ScanPace,
): Promise<RowMatches> {
  const [left, right] = [await sortedKeys(a, columns.before, pace), await sortedKeys(b, columns.after, pace)];
  const before = new Uint32Array(a.rowCount).fill(noRow);
  const after = new Uint32Array(b.rowCount).fill(noRow);
  const [duplicatesBefore, duplicatesAfter] = [new DuplicateRows(), new DuplicateRows()];
  let [i, j, steps] = [0, 0, 0];
  while (i < left.count || j < right.count) {
    const order = i >= left.count ? 1 : j >= right.count ? -1 : compareKeys(left, i, right, j);
    const [endA, endB] = [order <= 0 ? left.groupEnd(i) : i, order >= 0 ? right.groupEnd(j) : j];
    if (endA - i > 1) duplicatesBefore.add(left.order.subarray(i, endA));
    if (endB - j > 1) duplicatesAfter.add(right.order.subarray(j, endB));
    if (order === 0) {
      const isPair = endA - i === 1 && endB - j === 1;
      for (let at = i; at < endA; at++) before[left.row(at)] = isPair ? right.row(j) : manyRows;
      for (let at = j; at < endB; at++) after[right.row(at)] = isPair ? left.row(i) : manyRows;
    }
    [i, j] = [endA, endB];
    if (++steps % 100_000 === 0) await pace.turn();
  }
  return { before, after, duplicatesBefore: duplicatesBefore.finish(), duplicatesAfter: duplicatesAfter.finish() };
}

class SortedKeys {
  constructor(
    readonly order: Uint32Array,
    readonly high: Uint32Array,
    readonly low: Uint32Array,
  ) {}

  get count(): number {
    return this.order.length;
  }

  row(position: number): number {
    return this.order[position] ?? 0;
  }

  /** Where the rows with the same key as the one at `position` end. */
  groupEnd(position: number): number {
    let end = position + 1;
    while (end < this.count && compareKeys(this, position, this, end) === 0) end++;
    return end;
  }
}

async function sortedKeys(table: Table, columns: readonly number[], pace: ScanPace): Promise<SortedKeys> {
  const { rowCount } = table;
  const types = columns.map((column) => columnAt(table.columns, column).type);
  const [high, low] = [new Uint32Array(rowCount), new Uint32Array(rowCount)];
  await readSelected(table, columns, allRows(rowCount), pace, (cells, row) => {
    const texts = types.map((type, index) => {
      const cell = cells[index] ?? null;
      return cell === null ? null : valueText(type, cell);
    });
    hashText(JSON.stringify(texts));
    high[row] = hashWords[0] ?? 0;
    low[row] = hashWords[1] ?? 0;
  });
  return new SortedKeys(await radixOrder(rowCount, [high, low], pace), high, low);
}

function compareKeys(a: SortedKeys, i: number, b: SortedKeys, j: number): number {
  const rowA = a.row(i);
  const rowB = b.row(j);
  return (a.high[rowA] ?? 0) - (b.high[rowB] ?? 0) || (a.low[rowA] ?? 0) - (b.low[rowB] ?? 0);
}

const duplicateExamples = 20;
const rowsOfExample = 10;

class DuplicateRows {
  private keys = 0;
  private rows = 0;
  private examples: (readonly number[])[] = [];

  /** Ascending rows with one key. */
  add(rows: Uint32Array): void {
    this.keys++;
    this.rows += rows.length;
    const last = this.examples.at(-1)?.[0] ?? Infinity;
    if (this.examples.length === duplicateExamples && (rows[0] ?? 0) > last) return;
    this.examples.push([...rows.subarray(0, rowsOfExample)]);
    this.examples.sort((x, y) => (x[0] ?? 0) - (y[0] ?? 0));
    this.examples = this.examples.slice(0, duplicateExamples);
  }

  finish(): Duplicates {
    return { keys: this.keys, rows: this.rows, examples: this.examples };
  }
}
