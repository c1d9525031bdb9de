// Where the bars of a histogram begin and end: about twenty of them, with bounds that people can read.

import { dateText, intervalText, timeText, timestampText } from '../calendar';
import type { Cell } from '../table';
import { decimalScale, scalarOrder, type OrderKey } from './cellOrder';
import { unscaledKey, unscaledText, wholeKey } from './exactNumbers';
import { intervalUnits, parseInterval } from './intervals';
import { cellDays, cellMoment, daysOf, type Moment } from './moments';

export interface HistogramBound {
  readonly text: string;
  readonly key: OrderKey;
}

const mostBars = 20n;

/**
 * Ascending bounds around the values from `min` to `max`, which are finite: one more than bars. The last bar holds its end.
 * Empty for types without a histogram.
 */
export function histogramBounds(typeName: string, min: Cell, max: Cell): readonly HistogramBound[] {
  const order = scalarOrder(typeName);
  const texts = boundTexts(typeName, min, max);
  return order ? texts.map((text) => ({ text, key: order.key(text) })) : [];
}

function boundTexts(typeName: string, min: Cell, max: Cell): readonly string[] {
  const scale = /^(tinyint|smallint|int|bigint)$/.test(typeName) ? 0 : decimalScale(typeName);
  if (scale !== undefined) {
    const units = (cell: Cell): bigint => BigInt(scale === 0 ? wholeKey(cell) : unscaledKey(cell, scale));
    return evenBounds(units(min), units(max), []).map((value) => unscaledText(value, scale));
  }
  switch (typeName) {
    case 'float':
    case 'double':
      return floatBounds(Number(min), Number(max)).map(String);
    case 'date':
      return dayBounds(cellDays(String(min)), cellDays(String(max))).map((days) => dateText(days));
    case 'timestamp':
    case 'timestamp_ntz': {
      const zone = typeName === 'timestamp' && String(min).endsWith('Z') ? 'Z' : '';
      return momentBounds(cellMoment(String(min)), cellMoment(String(max))).map((nanos) => `${timestampText(nanos, 9)}${zone}`);
    }
    case 'time':
      return evenBounds(nanosOf(cellMoment(String(min))), nanosOf(cellMoment(String(max))), clockSteps).map((nanos) => timeText(nanos, 9));
  }
  const units = intervalUnits(typeName);
  if (!units) return [];
  const [from, to] = [parseInterval(String(min), typeName) ?? 0n, parseInterval(String(max), typeName) ?? 0n];
  const steps =
    units[0] === 'YEAR' || units[0] === 'MONTH' ? [1n, 2n, 3n, 6n, 12n] : clockSteps.map((step) => step / 1000n).filter(Boolean);
  const finest = intervalResolution(units[1]);
  return evenBounds(
    from,
    to,
    steps.filter((step) => step % finest === 0n),
  ).map((count) => intervalText(count, typeName));
}

/** Multiples of a readable step. @param steps those to choose from first; after them 1, 2 and 5 times a power of ten of the last. */
function evenBounds(min: bigint, max: bigint, steps: readonly bigint[]): readonly bigint[] {
  const fits = (step: bigint): boolean => max - min <= step * mostBars;
  let step = steps.find(fits);
  for (let unit = steps.at(-1) ?? 1n; step === undefined; unit *= 10n) step = [unit, unit * 2n, unit * 5n].find(fits);
  const bounds = [floorTo(min, step)];
  // A step of one has one value a bar, the last one too.
  const end = step === 1n ? max + 1n : max;
  for (let bound = floorTo(min, step) + step; bounds.length < 2 || (bounds.at(-1) ?? end) < end; bound += step) bounds.push(bound);
  return bounds;
}

function floorTo(value: bigint, step: bigint): bigint {
  const rest = value % step;
  return value - rest - (rest < 0n ? step : 0n);
}

function floatBounds(min: number, max: number): readonly number[] {
  const bars = Number(mostBars);
  const least = max / bars - min / bars;
  // So close together that multiples of a step could not tell them apart.
  if (!(least > Math.max(Math.abs(min), Math.abs(max)) * 1e-12)) return [min, max];
  const exponent = Math.floor(Math.log10(least));
  const multiples = [1, 2, 5, 10].map((factor) => ({ factor, step: Number(`${factor}e${exponent}`) }));
  const { factor, step } = multiples.find((multiple) => multiple.step >= least) ?? { factor: 1, step: least };
  // Written as digits, a bound is the double nearest to what it says.
  const multiple = (count: number): number => Number(`${count * factor}e${exponent}`);
  let count = Math.floor(min / step);
  if (multiple(count) > min) count--;
  const bounds = [Math.max(multiple(count), -Number.MAX_VALUE)];
  while ((bounds.at(-1) ?? max) < max) bounds.push(Math.min(multiple(++count), Number.MAX_VALUE));
  return bounds;
}

/** Days of a length, or the first days of months or years. */
function dayBounds(min: number, max: number): readonly number[] {
  const days = [1, 2, 7, 14].find((step) => max - min <= step * Number(mostBars));
  if (days !== undefined) return evenBounds(BigInt(min), BigInt(max), [BigInt(days)]).map(Number);
  const [from, to] = [monthOf(min), monthOf(max)];
  const step = [1n, 2n, 3n, 6n, 12n, 24n, 60n, 120n];
  const months = evenBounds(BigInt(from), BigInt(to) + 1n, step);
  return months.map((month) => daysOf(Math.floor(Number(month) / 12), Number(((month % 12n) + 12n) % 12n) + 1, 1));
}

/** Months since the year 0. */
function monthOf(days: number): number {
  const match = /^([+-]?\d+)-(\d+)/.exec(dateText(days));
  return Number(match?.[1]) * 12 + Number(match?.[2]) - 1;
}

const nanosPerSecond = 1_000_000_000n;
const nanosPerDay = 86_400n * nanosPerSecond;

/** From a nanosecond to a day, in nanoseconds. */
const clockSteps: readonly bigint[] = [
  ...Array.from({ length: 9 }, (_, power) => 10n ** BigInt(power)).flatMap((unit) => [unit, unit * 2n, unit * 5n]),
  ...[1n, 2n, 5n, 10n, 15n, 30n, 60n, 120n, 300n, 600n, 900n, 1800n, 3600n, 7200n, 10_800n, 21_600n, 43_200n, 86_400n].map(
    (seconds) => seconds * nanosPerSecond,
  ),
];

function momentBounds(min: Moment, max: Moment): readonly bigint[] {
  const [from, to] = [nanosOf(min), nanosOf(max)];
  if (to - from <= mostBars * nanosPerDay) return evenBounds(from, to, clockSteps);
  const days = dayBounds(Number(floorTo(from, nanosPerDay) / nanosPerDay), Number(floorTo(to, nanosPerDay) / nanosPerDay) + 1);
  return days.map((day) => BigInt(day) * nanosPerDay);
}

function nanosOf({ seconds, nanos }: Moment): bigint {
  return BigInt(seconds) * nanosPerSecond + BigInt(nanos);
}

/** The least step that an interval type can write, in its own units. */
function intervalResolution(lastUnit: string): bigint {
  const resolutions: Readonly<Record<string, bigint>> = { YEAR: 12n, DAY: 86_400_000_000n, HOUR: 3_600_000_000n, MINUTE: 60_000_000n };
  return resolutions[lastUnit] ?? 1n;
}
