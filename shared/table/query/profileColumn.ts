// What is known of the values of a column: at once from statistics, or by reading every value.

import { cellText } from '../cellText';
import type { Cell, ColumnType, Table } from '../table';
import { scalarOrder, type OrderKey, type ScalarOrder } from './cellOrder';
import { columnAt } from './checkQuery';
import { histogramBounds, type HistogramBound } from './histogramBounds';
import { readSelected } from './readSelected';
import { allRows, type RowSelection } from './rowSelection';
import { ScanPace } from './scanPace';
import type { ColumnProfile, HistogramBar, ScanWatch } from './tableQuery';
import { mostFrequent, ValueCounts } from './valueCounts';
import { valueOfText, valueText } from './valueText';

/** So many values are listed as the most frequent, with texts of so many characters. */
const frequentValues = 10;
const frequentCharacters = 200;
/** Of so many values that may be frequent the true counts are taken. */
const candidates = 1000;

/** From the statistics of all chunks, without reading values. */
export function footerProfile(table: Table, column: number): ColumnProfile {
  const { type } = columnAt(table.columns, column);
  const order = type.kind === 'scalar' ? scalarOrder(type.name) : undefined;
  const bounds = order && new ValueBounds(order);
  let nulls: number | undefined = 0;
  let isBounded = bounds !== undefined;
  for (const chunk of table.chunks([column])) {
    const statistics = chunk.statistics.get(column);
    nulls = nulls === undefined || statistics?.nulls === undefined ? undefined : nulls + statistics.nulls;
    // A chunk without values has no bounds.
    if (statistics?.nulls === chunk.end - chunk.start) continue;
    isBounded &&= hasValue(statistics?.min) && hasValue(statistics.max) && statistics.wide !== true;
    for (const cell of [statistics?.min, statistics?.max]) if (hasValue(cell)) bounds?.add(cell);
  }
  return {
    rows: table.rowCount,
    nulls,
    min: isBounded ? bounds?.min : undefined,
    max: isBounded ? bounds?.max : undefined,
    distinct: undefined,
    histogram: [],
    frequent: [],
    source: 'footer',
  };
}

/**
 * From every value of the selected rows. Where there are very many different values, they are read twice: for their range
 * and then for the bars between.
 */
export async function profileColumn(
  table: Table,
  column: number,
  selection: RowSelection | undefined,
  watch: ScanWatch,
): Promise<ColumnProfile> {
  const { type } = columnAt(table.columns, column);
  const rows = selection?.unsorted ?? selection ?? allRows(table.rowCount);
  const pace = new ScanPace(watch, rows.count);
  pace.rowsFound = rows.count;
  const order = type.kind === 'scalar' ? scalarOrder(type.name) : undefined;
  const bounds = order && new ValueBounds(order);
  const counts = new ValueCounts();
  let nulls = 0;
  await readSelected(table, [column], rows, pace, ([cell = null]) => {
    if (cell === null) nulls++;
    else if (counts.add(valueText(type, cell))) bounds?.add(cell);
  });
  const bars = new HistogramBars(order, barBounds(type, bounds));
  let entries = counts.entries();
  if (counts.isExact) {
    for (const [text, count] of entries) bars.add(valueOfText(type, text), count);
  } else {
    const known = new Map(entries.slice(0, candidates).map(([text]) => [text, 0]));
    pace.addRows(rows.count);
    await readSelected(table, [column], rows, pace, ([cell = null]) => {
      if (cell === null) return;
      bars.add(cell, 1);
      const text = valueText(type, cell);
      const count = known.get(text);
      if (count !== undefined) known.set(text, count + 1);
    });
    entries = mostFrequent([...known]);
  }
  return {
    rows: rows.count,
    nulls,
    min: bounds?.min,
    max: bounds?.max,
    distinct: counts.distinct,
    histogram: bars.finish(),
    frequent: entries.slice(0, frequentValues).map(([text, count]) => ({ text: shownText(type, valueOfText(type, text)), count })),
    source: 'values',
  };
}

function hasValue(cell: Cell | undefined): cell is Exclude<Cell, null> {
  return cell !== undefined && cell !== null;
}

function shownText(type: ColumnType, cell: Cell): string {
  const text = cellText(type, cell, frequentCharacters);
  return text === null ? '' : typeof text === 'string' ? text : text.text;
}

/** The least and the greatest of some cells, and of those that are finite. */
class ValueBounds {
  min: Cell | undefined;
  max: Cell | undefined;
  finiteMin: Cell | undefined;
  finiteMax: Cell | undefined;
  private minKey: OrderKey | undefined;
  private maxKey: OrderKey | undefined;
  private finiteMinKey: OrderKey | undefined;
  private finiteMaxKey: OrderKey | undefined;

  constructor(private readonly order: ScalarOrder) {}

  add(cell: Cell): void {
    const { key, compare } = this.order;
    const own = key(cell);
    if (this.minKey === undefined || compare(own, this.minKey) < 0) [this.min, this.minKey] = [cell, own];
    if (this.maxKey === undefined || compare(own, this.maxKey) > 0) [this.max, this.maxKey] = [cell, own];
    if (this.order.nan && !Number.isFinite(own)) return;
    if (this.finiteMinKey === undefined || compare(own, this.finiteMinKey) < 0) [this.finiteMin, this.finiteMinKey] = [cell, own];
    if (this.finiteMaxKey === undefined || compare(own, this.finiteMaxKey) > 0) [this.finiteMax, this.finiteMaxKey] = [cell, own];
  }
}

function barBounds(type: ColumnType, bounds: ValueBounds | undefined): readonly HistogramBound[] {
  if (type.kind !== 'scalar' || !hasValue(bounds?.finiteMin) || !hasValue(bounds.finiteMax)) return [];
  const hasBars = type.family === 'number' || type.family === 'time';
  return hasBars ? histogramBounds(type.name, bounds.finiteMin, bounds.finiteMax) : [];
}

class HistogramBars {
  private readonly counts: Float64Array;

  constructor(
    private readonly order: ScalarOrder | undefined,
    private readonly bounds: readonly HistogramBound[],
  ) {
    this.counts = new Float64Array(Math.max(0, bounds.length - 1));
  }

  /** Infinities and NaN belong to no bar. */
  add(cell: Cell, count: number): void {
    if (!this.order || this.counts.length === 0) return;
    const key = this.order.key(cell);
    if (this.order.nan && !Number.isFinite(key)) return;
    let [low, high] = [0, this.counts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.order.compare(this.bounds[middle]?.key ?? key, key) <= 0) low = middle;
      else high = middle - 1;
    }
    this.counts[low] = (this.counts[low] ?? 0) + count;
  }

  finish(): readonly HistogramBar[] {
    return Array.from(this.counts, (count, index) => ({
      from: this.bounds[index]?.text ?? '',
      to: this.bounds[index + 1]?.text ?? '',
      count,
    }));
  }
}
