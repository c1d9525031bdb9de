/** `512 B`, `1.2 GB` */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const power = Math.min(4, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1000 ** power;
  return `${Number(amount.toPrecision(amount >= 100 ? 3 : 2))} ${['', 'kB', 'MB', 'GB', 'TB'][power] ?? ''}`;
}
