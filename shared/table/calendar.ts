// Days and moments as ISO 8601 text, over the whole range that 64 bits can hold, where JavaScript's Date ends.

/** Spark 2 and other Hadoop programs wrote days before this one (1582-10-15) in the Julian calendar. */
const gregorianStart = -141_427;

export type Calendar = 'proleptic' | 'hybrid';

/** Texts of days that were asked for lately: tables have many rows of few days. */
const knownDays = new Map<number, string>();
const maxKnownDays = 20_000;

/** Days since 1970-01-01 as `YYYY-MM-DD`. */
export function dateText(days: number, calendar: Calendar = 'proleptic'): string {
  if (calendar === 'hybrid' && days < gregorianStart) return dayText(julianDate(days));
  const known = knownDays.get(days);
  if (known !== undefined) return known;
  const text = dayText(gregorianDate(days));
  if (knownDays.size >= maxKnownDays) knownDays.clear();
  knownDays.set(days, text);
  return text;
}

function dayText({ year, month, day }: CalendarDate): string {
  return `${yearText(year)}-${pad(month)}-${pad(day)}`;
}

/** What stands behind a moment that is an instant. */
export type Zone = '' | 'Z';

/**
 * A count of fractions of a second since 1970-01-01T00:00:00 as `YYYY-MM-DDTHH:MM:SS[.fraction]`, without trailing zeros.
 * @param digits how many digits of the count are the fraction: 3, 6 or 9.
 */
export function timestampText(count: number | bigint, digits: 3 | 6 | 9, calendar: Calendar = 'proleptic', zone: Zone = ''): string {
  const perDay = 86_400 * 10 ** digits;
  // The fractions of a day are exact as a double, those since 1970 need not be.
  const days = typeof count === 'number' ? Math.floor(count / perDay) : Number(floorDivide(count, BigInt(perDay)));
  const ofDay = typeof count === 'number' ? count - days * perDay : Number(count - BigInt(days) * BigInt(perDay));
  return momentText(days, ofDay, digits, calendar, zone);
}

/** The same of whole days since 1970-01-01, and of fractions of a second since the day began. */
export function momentText(days: number, ofDay: number, digits: 3 | 6 | 9, calendar: Calendar, zone: Zone): string {
  return dateText(days, calendar) + (wholeClock(ofDay * (1e9 / units[digits]), zone) ?? `T${timeText(ofDay, digits)}${zone}`);
}

/**
 * The clock of most moments, which end in a second or in the last of six digits. Made at once: each part that is joined to another
 * stays an object of its own until somebody reads the text, and scans make millions of them.
 */
function wholeClock(nanos: number, zone: Zone): string | undefined {
  const second = Math.floor(nanos / 1e9);
  const rest = nanos - second * 1e9;
  const [hour, minute] = [Math.floor(second / 3600), Math.floor(second / 60) % 60];
  const [h, hh, m, mm] = [tens(hour), ones(hour), tens(minute), ones(minute)];
  const [s, ss] = [tens(second % 60), ones(second % 60)];
  const { fromCharCode } = String;
  if (rest === 0) {
    return zone === '' ? fromCharCode(T, h, hh, colon, m, mm, colon, s, ss) : fromCharCode(T, h, hh, colon, m, mm, colon, s, ss, Z);
  }
  if (rest % 1000 !== 0 || rest % 10_000 === 0) return undefined;
  const [a, b, c] = [Math.floor(rest / 1e7), Math.floor(rest / 1e5) % 100, Math.floor(rest / 1e3) % 100];
  const [d1, d2, d3, d4, d5, d6] = [tens(a), ones(a), tens(b), ones(b), tens(c), ones(c)];
  return zone === ''
    ? fromCharCode(T, h, hh, colon, m, mm, colon, s, ss, point, d1, d2, d3, d4, d5, d6)
    : fromCharCode(T, h, hh, colon, m, mm, colon, s, ss, point, d1, d2, d3, d4, d5, d6, Z);
}

const [T, Z, colon, point, zero] = ['T', 'Z', ':', '.', '0'].map((sign) => sign.charCodeAt(0)) as [number, number, number, number, number];

/** The signs of a number below a hundred. */
function tens(number: number): number {
  return zero + Math.floor(number / 10);
}

function ones(number: number): number {
  return zero + (number % 10);
}

/** A count of fractions of a second since midnight as `HH:MM:SS[.fraction]`. */
export function timeText(count: number | bigint, digits: 3 | 6 | 9): string {
  const unit = units[digits];
  const seconds = typeof count === 'number' ? Math.floor(count / unit) : Number(count / BigInt(unit));
  const rest = typeof count === 'number' ? count - seconds * unit : Number(count % BigInt(unit));
  const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return rest === 0 ? clock : clock + fractionText(rest * (1e9 / unit));
}

const units = { 3: 1e3, 6: 1e6, 9: 1e9 } as const;

/** Of nanoseconds that are not all of a second, nor none. */
function fractionText(nanos: number): string {
  const millis = Math.floor(nanos / 1e6);
  const micros = Math.floor((nanos - millis * 1e6) / 1e3);
  const rest = nanos - millis * 1e6 - micros * 1e3;
  const first = threeDigits[millis] ?? '';
  if (rest !== 0) return `.${first}${threeDigits[micros] ?? ''}${withoutZeros[rest] ?? ''}`;
  return micros === 0 ? `.${withoutZeros[millis] ?? ''}` : `.${first}${withoutZeros[micros] ?? ''}`;
}

/** Spark's text of an ANSI interval of months or of microseconds; `type` is Spark's simple name of the interval type. */
export function intervalText(count: number | bigint, type: string): string {
  return bigIntervalText(BigInt(count), type);
}

function bigIntervalText(count: bigint, type: string): string {
  const units = type.replace(/^interval /, '').toUpperCase();
  const sign = count < 0n ? '-' : '';
  const size = count < 0n ? -count : count;
  return `INTERVAL '${sign}${/YEAR|MONTH/.test(units) ? monthsText(size, units) : microsText(size, units)}' ${units}`;
}

function monthsText(months: bigint, units: string): string {
  if (units === 'YEAR') return (months / 12n).toString();
  return units === 'MONTH' ? months.toString() : `${months / 12n}-${months % 12n}`;
}

const intervalUnits = [
  { name: 'DAY', micros: 86_400_000_000n },
  { name: 'HOUR', micros: 3_600_000_000n },
  { name: 'MINUTE', micros: 60_000_000n },
  { name: 'SECOND', micros: 1_000_000n },
] as const;

function microsText(micros: bigint, units: string): string {
  const [first = 'DAY', last = first] = units.split(' TO ');
  const from = intervalUnits.findIndex(({ name }) => name === first);
  const to = intervalUnits.findIndex(({ name }) => name === last);
  let text = '';
  let rest = micros;
  for (const [index, unit] of intervalUnits.slice(Math.max(0, from), to + 1).entries()) {
    const value = (rest / unit.micros).toString();
    rest %= unit.micros;
    if (index > 0) text += unit.name === 'HOUR' ? ' ' : ':';
    text += index > 0 || from > 0 ? value.padStart(2, '0') : value;
  }
  const fraction = last === 'SECOND' ? rest.toString().padStart(6, '0').replace(/0+$/, '') : '';
  return fraction === '' ? text : `${text}.${fraction}`;
}

interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Howard Hinnant's `civil_from_days`: eras of 400 years that begin on the first of March. */
function gregorianDate(days: number): CalendarDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  return fromMarch(yearOfEra + era * 400, dayOfYear);
}

/** The same with eras of four years, as Julius Caesar had them. */
function julianDate(days: number): CalendarDate {
  const shifted = days + 719_470;
  const era = Math.floor(shifted / 1461);
  const dayOfEra = shifted - era * 1461;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460)) / 365);
  return fromMarch(yearOfEra + era * 4, dayOfEra - 365 * yearOfEra);
}

function fromMarch(year: number, dayOfYear: number): CalendarDate {
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: month <= 2 ? year + 1 : year, month, day };
}

function yearText(year: number): string {
  const size = Math.abs(year).toString().padStart(4, '0');
  if (year < 0) return `-${size}`;
  return year > 9999 ? `+${size}` : size;
}

const twoDigits = Array.from({ length: 100 }, (_, value) => value.toString().padStart(2, '0'));

const threeDigits = Array.from({ length: 1000 }, (_, value) => value.toString().padStart(3, '0'));
const withoutZeros = threeDigits.map((digits) => digits.replace(/0+$/, ''));

function pad(value: number): string {
  return twoDigits[value] ?? value.toString();
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
