// Where a string token ends.

/** Python 3.12 nests strings in f-strings at will; deeper than this is taken for plain text. */
const MAX_NESTING = 2;
/** Nor is a replacement field longer than this: an open brace must not search the whole file. */
const MAX_FIELD = 1_000;
/** Characters that may be looked at for the fields of one string: those that do not close are tried again and again. */
const MAX_STEPS = 2_000;

interface Budget {
  steps: number;
}

/** The offset behind the string whose opening quote is at `quoteAt`, or undefined for a string without an end. */
export function stringEnd(text: string, quoteAt: number): number | undefined {
  return endOf(text, quoteAt, 0, text.length, { steps: MAX_STEPS });
}

function endOf(text: string, quoteAt: number, nesting: number, limit: number, budget: Budget): number | undefined {
  const nested =
    nesting < MAX_NESTING && budget.steps > 0 && isFormatted(text, quoteAt) ? endOfText(text, quoteAt, nesting, limit, budget) : undefined;
  // Where the fields do not close, the quotes decide alone.
  return nested ?? endOfText(text, quoteAt, nesting, limit, undefined);
}

/** `budget` is what its fields may cost; without one, braces mean nothing. */
function endOfText(text: string, quoteAt: number, nesting: number, limit: number, budget: Budget | undefined): number | undefined {
  const quote = text.charCodeAt(quoteAt);
  const triple = text.charCodeAt(quoteAt + 1) === quote && text.charCodeAt(quoteAt + 2) === quote;
  let at = quoteAt + (triple ? 3 : 1);
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (code === 92) at += text.charCodeAt(at + 1) === 13 && text.charCodeAt(at + 2) === 10 ? 3 : 2;
    else if (code === quote) {
      if (!triple) return at + 1;
      if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return at + 3;
      at++;
    } else if (!triple && (code === 10 || code === 13)) return undefined;
    else if (budget !== undefined && code === 123) {
      if (text.charCodeAt(at + 1) === 123) at += 2;
      else {
        const end = endOfField(text, at, nesting, Math.min(limit, at + MAX_FIELD), budget);
        if (end === undefined) return undefined;
        at = end;
      }
    } else at++;
  }
  return undefined;
}

/** The offset behind the replacement field whose brace is at `at`. */
function endOfField(text: string, braceAt: number, nesting: number, limit: number, budget: Budget): number | undefined {
  // Thousands of opening braces without a closing one are a mishap away.
  if (!text.slice(braceAt, limit).includes('}')) return undefined;
  let depth = 0;
  for (let at = braceAt; at < limit; at++) {
    if (budget.steps-- <= 0) return undefined;
    const code = text.charCodeAt(at);
    if (code === 123 || code === 40 || code === 91) depth++;
    else if (code === 125 || code === 41 || code === 93) {
      depth--;
      if (depth === 0) return code === 125 ? at + 1 : undefined;
    } else if (code === 34 || code === 39) {
      const end = endOf(text, at, nesting + 1, limit, budget);
      if (end === undefined) return undefined;
      at = end - 1;
    }
  }
  return undefined;
}

function isFormatted(text: string, quoteAt: number): boolean {
  for (let at = quoteAt - 1; at >= quoteAt - 2 && at >= 0; at--) {
    const letter = text[at] ?? '';
    if (/[fFtT]/u.test(letter)) return at === 0 || !/\w/u.test(text[at - 1] ?? '') || /[rR]/u.test(text[at - 1] ?? '');
    if (!/[rR]/u.test(letter)) return false;
  }
  return false;
}
