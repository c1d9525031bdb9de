// Spark's ANSI intervals as numbers: months, or microseconds.

const unitMicros: Readonly<Record<string, bigint>> = {
  DAY: 86_400_000_000n,
  HOUR: 3_600_000_000n,
  MINUTE: 60_000_000n,
  SECOND: 1_000_000n,
};

/** The units of a type in order, `['DAY', 'SECOND']`; undefined for parquet's own intervals, which have no order. */
export function intervalUnits(typeName: string): readonly [string, string] | undefined {
  const match = /^interval (\w+)(?: to (\w+))?$/i.exec(typeName);
  if (!match) return undefined;
  const [first = '', last = first] = [match[1]?.toUpperCase(), match[2]?.toUpperCase()];
  return [first, last];
}

/** An interval as a cell writes it, `INTERVAL '1-2' YEAR TO MONTH`, or what stands between its quotes; undefined for anything else. */
export function parseInterval(text: string, typeName: string): bigint | undefined {
  const units = intervalUnits(typeName);
  const body = /^(?:INTERVAL\s+'([^']*)'\s+([A-Z ]+)|([^']+))$/i.exec(text.trim());
  if (!units || !body) return undefined;
  if (body[2] !== undefined && body[2].toUpperCase().trim() !== typeName.replace(/^interval /i, '').toUpperCase()) return undefined;
  const match = /^([+-]?)(.*)$/.exec(body[1] ?? body[3] ?? '');
  const size = match ? parseSize(match[2] ?? '', units) : undefined;
  return size === undefined ? undefined : match?.[1] === '-' ? -size : size;
}

function parseSize(text: string, [first, last]: readonly [string, string]): bigint | undefined {
  if (first === 'YEAR' || first === 'MONTH') {
    const match = /^(\d{1,10})(?:-(\d{1,2}))?$/.exec(text);
    if (!match || (match[2] !== undefined) !== (first !== last)) return undefined;
    return BigInt(match[1] ?? 0) * (first === 'YEAR' ? 12n : 1n) + BigInt(match[2] ?? 0);
  }
  const names = ['DAY', 'HOUR', 'MINUTE', 'SECOND'];
  const wanted = names.slice(names.indexOf(first), names.indexOf(last) + 1);
  const match = /^([\d :]+)(?:\.(\d{1,6}))?$/.exec(text);
  const parts = match?.[1]?.split(/[ :]/) ?? [];
  if (!match || parts.length !== wanted.length || parts.includes('') || (match[2] !== undefined && last !== 'SECOND')) return undefined;
  const whole = wanted.reduce((sum, name, index) => sum + (unitMicros[name] ?? 0n) * BigInt(parts[index] ?? 0), 0n);
  return whole + BigInt((match[2] ?? '').padEnd(6, '0'));
}
