// Texts of any kind inside Markdown tables.

/** Longer values are cut; the table editor shows them whole. */
const valueLimit = 80;
/** So much of what two values have in common is shown in front of where they begin to differ. */
const commonLength = 16;

/** The text as code, on one line, cut after `limit` characters; never Markdown or HTML, also in the cell of a table. */
export function codeSpan(text: string, limit = valueLimit): string {
  const shown = visible(cutText(text, limit));
  const longestFence = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([fence]) => fence.length));
  const fence = '`'.repeat(longestFence + 1);
  const padding = /^`|`$/.test(shown) ? ' ' : '';
  return `${fence}${padding}${shown.replaceAll('|', '\\|')}${padding}${fence}`;
}

/** Two texts as they are, or, where they begin alike and would be cut, from a little before the place where they differ. */
export function excerpts(before: string, after: string): readonly [string, string] {
  if (Math.max(before.length, after.length) <= valueLimit) return [before, after];
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  start -= commonLength;
  if (start < valueLimit / 2) return [before, after];
  // A surrogate pair is not cut in half.
  if (/[\uDC00-\uDFFF]/.test(before.charAt(start))) start++;
  return [`…${before.slice(start)}`, `…${after.slice(start)}`];
}

/** @param head the titles; those of columns whose cells stand to the right begin with `>`. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const used = head.map((_, index) => index === 0 || rows.some((row) => (row[index] ?? '') !== ''));
  const line = (cells: readonly string[]): string => `| ${cells.filter((_, index) => used[index]).join(' | ')} |`;
  const titles = head.map((title) => title.replace(/^>/, ''));
  const rules = head.map((title) => (title.startsWith('>') ? '--:' : ':--'));
  return [line(titles), line(rules), ...rows.map(line)].join('\n');
}

const segmenter = new Intl.Segmenter();
/** Of a text that is much longer than what is shown of it only the beginning is looked at. */
const unitsPerGrapheme = 16;

function cutText(text: string, limit: number): string {
  const beginning = text.slice(0, limit * unitsPerGrapheme);
  const graphemes = Array.from(segmenter.segment(beginning), ({ segment }) => segment);
  const isWhole = graphemes.length <= limit && beginning.length === text.length;
  return isWhole ? text : `${graphemes.slice(0, limit - 1).join('')}…`;
}

/** Signs for what would not be seen: line breaks, tabs, control characters, and spaces at the ends or one after another. */
function visible(text: string): string {
  return text
    .replace(/\r\n|[\n\u2028\u2029]/g, '↵')
    .replace(/\p{Cc}/gu, (control) => controlSigns.get(control) ?? String.fromCharCode(0x2400 + (control.charCodeAt(0) & 0x1f)))
    .replace(/^ +| +$| {2,}/g, (spaces) => '␣'.repeat(spaces.length));
}

const controlSigns: ReadonlyMap<string, string> = new Map([
  ['\t', '⇥'],
  ['\u007F', '␡'],
]);
