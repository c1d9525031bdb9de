// How amounts read, the same in every view and on the command line.

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Three digits and a unit: `13.5 MB`, and all of a number below a thousand. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  // 999,900 is 1.00 MB and not 1.00e+3 kB.
  const power = units.findIndex((_, index) => index === units.length - 1 || Number((bytes / 1000 ** index).toPrecision(3)) < 1000);
  return `${(bytes / 1000 ** power).toPrecision(3)} ${units[power] ?? ''}`;
}

/** An estimate has no more digits than can be trusted: `12,300,000`. */
export function formatEstimate(count: number): string {
  return Number(count.toPrecision(3)).toLocaleString('en-US');
}
