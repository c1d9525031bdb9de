/**
 * How well `query` is a subsequence of `text`, ignoring case: undefined when it is not one, lower is better. The start of
 * the text, starts of words and runs of neighbours count as better.
 */
export function fuzzyScore(query: string, text: string): number | undefined {
  const wanted = query.toLowerCase();
  const given = text.toLowerCase();
  const whole = given.indexOf(wanted);
  if (whole >= 0) return whole === 0 ? 0 : isWordStart(text, whole) ? 1 : 2;
  let score = 3;
  let at = -1;
  for (const char of wanted) {
    const next = given.indexOf(char, at + 1);
    if (next < 0) return undefined;
    if (next !== at + 1 && !isWordStart(text, next)) score += 1;
    at = next;
  }
  return score;
}

function isWordStart(text: string, at: number): boolean {
  const before = text[at - 1] ?? '';
  return before === '' || /[^A-Za-z0-9]/.test(before) || (/[a-z0-9]/.test(before) && /[A-Z]/.test(text[at] ?? ''));
}
