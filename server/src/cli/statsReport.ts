// What `stats` writes of the columns of a table.

import type { ColumnProfile, HistogramBar } from '../../../shared/table/query/tableQuery';
import { typeName, type Cell, type ColumnType } from '../../../shared/table/table';
import type { CommandIo } from './io';
import { shortened, textTable } from './textTable';

export interface StatsReport {
  readonly target: string;
  readonly columns: readonly { readonly name: string; readonly type: ColumnType; readonly profile: ColumnProfile }[];
  readonly totalRows: number;
  /** How many rows passed a condition; undefined without one. */
  readonly rowsFound: number | undefined;
  readonly bytesRead: number;
  readonly requests: number;
}

export function formatStats(report: StatsReport, format: 'text' | 'json', io: Pick<CommandIo, 'color'>): string {
  return format === 'json' ? `${JSON.stringify(jsonOf(report))}\n` : textOf(report, io);
}

function jsonOf({ target, columns, totalRows, rowsFound, bytesRead, requests }: StatsReport): unknown {
  return {
    target,
    totalRows,
    ...(rowsFound === undefined ? {} : { rowsFound }),
    columns: columns.map(({ name, type, profile: { nulls, min, max, distinct, histogram, frequent } }) => ({
      name,
      type: typeName(type),
      nulls,
      min,
      max,
      distinct,
      histogram,
      frequent,
    })),
    bytesRead,
    requests,
  };
}

/** A timestamp with microseconds fits. */
const maxBoundWidth = 27;

function textOf({ columns, totalRows, rowsFound }: StatsReport, io: Pick<CommandIo, 'color'>): string {
  const table = textTable(
    {
      head: ['column', 'type', 'nulls', 'distinct', 'min', 'max', 'values'],
      rows: columns.map(({ name, type, profile }) => [
        name,
        typeName(type),
        nullsText(profile),
        distinctText(profile),
        bound(profile.min),
        bound(profile.max),
        profile.histogram.length > 0 ? sparkline(profile.histogram) : frequentText(profile),
      ]),
      toTheRight: [false, false, true, true, false, false, false],
    },
    io,
  );
  const all = `${totalRows.toLocaleString('en-US')} ${totalRows === 1 ? 'row' : 'rows'}`;
  return `${table}\n${rowsFound === undefined ? all : `${rowsFound.toLocaleString('en-US')} of ${all}`}\n`;
}

function nullsText({ nulls, rows }: ColumnProfile): string {
  if (nulls === undefined) return '?';
  return nulls === 0 ? '0' : `${nulls.toLocaleString('en-US')} (${percent(nulls, rows)})`;
}

function distinctText({ distinct }: ColumnProfile): string {
  return distinct === undefined ? '' : `${distinct.exact ? '' : '~'}${distinct.count.toLocaleString('en-US')}`;
}

function bound(cell: Cell | undefined): string {
  return cell === undefined || cell === null ? '' : shortened(String(cell), maxBoundWidth);
}

const blocks = ' ▁▂▃▄▅▆▇█';

/** A block a bar, the highest for the most values; what is not empty is seen. */
function sparkline(bars: readonly HistogramBar[]): string {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return bars.map(({ count }) => blocks.charAt(count === 0 ? 0 : Math.max(1, Math.round((count / most) * 8)))).join('');
}

/** The most frequent values, as many as fit; values that occur once say nothing. */
function frequentText({ frequent, rows }: ColumnProfile): string {
  return frequent
    .filter(({ count }) => count > 1)
    .slice(0, 2)
    .map(({ text, count }) => `${shortened(text, 12)} ${percent(count, rows)}`)
    .join(', ');
}

function percent(part: number, whole: number): string {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return share > 0 && share < 0.1 ? '<0.1 %' : `${share.toFixed(share >= 9.95 || share === 0 ? 0 : 1)} %`;
}
