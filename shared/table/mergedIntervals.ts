// Intervals of different units in one column, as Spark merges them: days with hours to seconds are days to seconds.

import { intervalText } from './calendar';
import type { Cell } from './table';

interface Unit {
  readonly name: string;
  /** In months, or in microseconds. */
  readonly size: bigint;
}

const families: readonly (readonly Unit[])[] = [
  [
    { name: 'year', size: 12n },
    { name: 'month', size: 1n },
  ],
  [
    { name: 'day', size: 86_400_000_000n },
    { name: 'hour', size: 3_600_000_000n },
    { name: 'minute', size: 60_000_000n },
    { name: 'second', size: 1_000_000n },
  ],
];

interface IntervalType {
  readonly family: readonly Unit[];
  /** Positions of the first and the last unit. */
  readonly from: number;
  readonly to: number;
}

/** The type that holds both; undefined where there is none. */
export function widerInterval(left: string, right: string): string | undefined {
  const [a, b] = [parseType(left), parseType(right)];
  if (!a || a.family !== b?.family) return undefined;
  const [from, to] = [a.family[Math.min(a.from, b.from)]?.name ?? '', a.family[Math.max(a.to, b.to)]?.name ?? ''];
  return from === to ? `interval ${from}` : `interval ${from} to ${to}`;
}

/** From the texts of one interval type to those of a wider one. */
export function intervalConversion(own: string, wider: string): (cell: Cell) => Cell {
  const type = parseType(own);
  return (cell) => {
    const match = typeof cell === 'string' && type ? /^INTERVAL '(-?)([^']*)'/.exec(cell) : null;
    if (!match || !type) return cell;
    const [, sign = '', amounts = ''] = match;
    const size = type.family
      .slice(type.from, type.to + 1)
      .map((unit, index) => amountOf(amounts.split(/[- :]/)[index] ?? '0', unit))
      .reduce((sum, amount) => sum + amount, 0n);
    return intervalText(sign === '' ? size : -size, wider);
  };
}

function parseType(name: string): IntervalType | undefined {
  const match = /^interval (\w+)(?: to (\w+))?$/.exec(name);
  for (const family of match ? families : []) {
    const from = family.findIndex((unit) => unit.name === match?.[1]);
    const to = family.findIndex((unit) => unit.name === (match?.[2] ?? match?.[1]));
    if (from >= 0 && to >= from) return { family, from, to };
  }
  return undefined;
}

/** Only seconds have a fraction: of micros. */
function amountOf(text: string, { size }: Unit): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * size + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}
