// Names of folders as Spark writes them.

/** Spark escapes what file systems dislike as `%2F`, byte by byte of the characters below 128. */
export function unescapeName(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
