// Days and moments of ISO 8601 texts as numbers, over the whole range that 64 bits can hold.

/** A moment as whole seconds since 1970-01-01T00:00:00 and the nanoseconds after them. */
export interface Moment {
  readonly seconds: number;
  readonly nanos: number;
}

const datePattern = /^([+-]?\d{4,6})-(\d{2})-(\d{2})$/;
const clockPattern = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;
const momentPattern = /^([+-]?\d{4,6}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/i;

/** Days since 1970-01-01; undefined for a text that is no day of the calendar. */
export function parseDays(text: string): number | undefined {
  const match = datePattern.exec(text);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > monthDays(year, month)) return undefined;
  return daysOf(year, month, day);
}

/** A day alone is its midnight. `zoned` tells whether the text names a zone. */
export function parseMoment(text: string): (Moment & { readonly zoned: boolean }) | undefined {
  const match = momentPattern.exec(text);
  const days = parseDays(match?.[1] ?? '');
  const clock = match?.[2] === undefined ? { seconds: 0, nanos: 0 } : parseClock(match[2]);
  if (!match || days === undefined || !clock) return undefined;
  const offset = zoneSeconds(match[3]);
  return offset === undefined
    ? undefined
    : { seconds: days * 86_400 + clock.seconds - offset, nanos: clock.nanos, zoned: match[3] !== undefined };
}

/** Days since 1970-01-01 of a cell, which has one form: nothing is checked, as millions of them are read. */
export function cellDays(cell: string, end = cell.length): number {
  return daysOf(Number(cell.slice(0, end - 6)), twoDigits(cell, end - 5), twoDigits(cell, end - 2));
}

/** The same for the cell of a timestamp, or of a time of day. */
export function cellMoment(cell: string): Moment {
  const middle = cell.indexOf('T');
  const clock = middle + 1;
  const end = cell.endsWith('Z') ? cell.length - 1 : cell.length;
  const seconds = twoDigits(cell, clock) * 3600 + twoDigits(cell, clock + 3) * 60 + twoDigits(cell, clock + 6);
  const fraction = clock + 9;
  const nanos = end > fraction ? Number(cell.slice(fraction, end)) * 10 ** (9 - (end - fraction)) : 0;
  return { seconds: (middle < 0 ? 0 : cellDays(cell, middle) * 86_400) + seconds, nanos };
}

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
}

/** A time of day, from midnight on. */
export function parseClock(text: string): Moment | undefined {
  const match = clockPattern.exec(text);
  if (!match) return undefined;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return { seconds: hours * 3600 + minutes * 60 + seconds, nanos: Number((match[4] ?? '').padEnd(9, '0')) };
}

/**
 * A day or moment, written as cells are, in a form that sorts as the moments do: years below 0000 and beyond 9999 would
 * not, nor would the `Z` after a fraction.
 */
export function sortableTime(text: string): string {
  const plain = text.endsWith('Z') ? text.slice(0, -1) : text;
  const sign = plain.charAt(0);
  if (sign !== '-' && sign !== '+') return plain;
  const end = plain.indexOf('-', 1);
  const year = Number(plain.slice(1, end));
  const rest = plain.slice(end);
  return sign === '+' ? `~${year.toString().padStart(6, '0')}${rest}` : `!${(999_999 - year).toString().padStart(6, '0')}${rest}`;
}

/** The days of the Gregorian calendar, also before it began, by eras of 400 years that begin on the first of March. */
export function daysOf(year: number, month: number, day: number): number {
  const fromMarch = month > 2 ? year : year - 1;
  const era = Math.floor(fromMarch / 400);
  const yearOfEra = fromMarch - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function monthDays(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

function zoneSeconds(zone: string | undefined): number | undefined {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 18 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60);
}
