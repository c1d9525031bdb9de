// Whole numbers and decimals without rounding: as a number where a double holds them, otherwise as a bigint. The two
// compare exactly with each other.

export type ExactNumber = number | bigint;

export function toExact(value: bigint): ExactNumber {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A cell of a whole number: a number, or digits. */
export function wholeKey(cell: unknown): ExactNumber {
  return typeof cell === 'number' ? cell : toExact(BigInt(String(cell)));
}

/** The digits of a decimal cell as a whole number of the smallest unit of its scale. */
export function unscaledKey(cell: unknown, scale: number): ExactNumber {
  const text = String(cell);
  const point = text.indexOf('.');
  const fraction = point < 0 ? 0 : text.length - point - 1;
  const digits = (point < 0 ? text : text.slice(0, point) + text.slice(point + 1)) + '0'.repeat(Math.max(0, scale - fraction));
  // A sign and fifteen digits are always safe.
  if (digits.length <= 15) return Number(digits) + 0;
  return toExact(BigInt(digits));
}

/** A whole number of the smallest unit of a scale as it is written. */
export function unscaledText(value: bigint, scale: number): string {
  if (scale <= 0) return value.toString();
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Greater exponents than this belong to no column, and would cost time and memory. */
const maxExponent = 1000;

/** The greatest whole number of units of a scale that is not above a literal, and whether it is below it. */
export function floorUnits(text: string, scale: number): { readonly units: ExactNumber; readonly below: boolean } | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/.exec(text.trim());
  if (!match || (match[2] ?? '') + (match[3] ?? '') === '') return undefined;
  const fraction = match[3] ?? '';
  const shift = Number(match[4] ?? 0) - fraction.length + scale;
  if (Math.abs(shift) > maxExponent) return undefined;
  const digits = BigInt((match[2] ?? '') + fraction) * (match[1] === '-' ? -1n : 1n);
  if (shift >= 0) return { units: toExact(digits * 10n ** BigInt(shift)), below: false };
  const unit = 10n ** BigInt(-shift);
  const rest = digits % unit;
  return { units: toExact(digits / unit - (rest < 0n ? 1n : 0n)), below: rest !== 0n };
}
