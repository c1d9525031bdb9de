// Where a cursor stands in Python text that need not parse: inside which string, inside which open brackets. The tree
// cannot tell while somebody types, since the string or the call under the cursor is not closed yet.

export interface OpenString {
  /** Lower case: '', 'r', 'f', … */
  readonly prefix: string;
  readonly quote: string;
  /** Behind the opening quote. */
  readonly contentStart: number;
  /** Before the closing quote; the end of the line or of the text where there is none. */
  readonly contentEnd: number;
  readonly closed: boolean;
}

export interface OpenBracket {
  readonly open: '(' | '[' | '{';
  readonly offset: number;
  /** The dotted name in front of `(`: `ff.register_training_set`; undefined for a tuple or a `def`. */
  readonly callee: string | undefined;
  /** The name the bracket is assigned to, where it begins the value: `inputs = [`. */
  readonly assigned: string | undefined;
  /** Where the items begin, the one under the cursor last. */
  readonly itemStarts: readonly number[];
}

export interface LexicalContext {
  readonly comment: boolean;
  readonly string: OpenString | undefined;
  /** Outermost first; of absurdly many, the innermost. */
  readonly brackets: readonly OpenBracket[];
}

/** `user"…"` is no string with the prefix `r`: a prefix begins a word. */
const TOKEN = /#|(?:(?<!\w)([rbuf]{1,2}))?("""|'''|"|')|[()[\]{},\n]/gi;
/** A line that nothing but the beginning of a new definition can be: what was left open above it ends there. */
const FRESH_LINE = /(?:@[\w.]+|(?:async\s+)?def\s+\w+\s*\(|class\s+\w+\s*[:(])/y;

/** No call that anybody writes nests deeper. */
const MAX_BRACKETS = 32;

export function lexicalContext(text: string, offset: number): LexicalContext {
  let brackets: { open: '(' | '[' | '{'; offset: number; itemStarts: number[] }[] = [];
  let at = 0;
  const done = (comment: boolean, string: OpenString | undefined): LexicalContext => ({
    comment,
    string,
    brackets: brackets.slice(-MAX_BRACKETS).map((bracket) => ({
      ...bracket,
      callee: calleeBefore(text, bracket),
      assigned: assignedBefore(text, bracket.offset),
    })),
  });
  while (at < offset) {
    TOKEN.lastIndex = at;
    const next = TOKEN.exec(text);
    if (next === null || next.index >= offset) break;
    const [token, prefix, quote] = next;
    at = next.index + token.length;
    if (quote !== undefined) {
      const string = stringFrom(text, at, (prefix ?? '').toLowerCase(), quote);
      if (string.contentEnd >= offset && at <= offset) return done(false, string);
      at = string.closed ? string.contentEnd + quote.length : string.contentEnd;
      continue;
    }
    switch (token) {
      case '#': {
        const end = lineEnd(text, at);
        if (end >= offset) return done(true, undefined);
        at = end;
        break;
      }
      case '\n':
        FRESH_LINE.lastIndex = at;
        if (FRESH_LINE.test(text)) brackets = [];
        break;
      case ',':
        brackets.at(-1)?.itemStarts.push(at);
        break;
      case '(':
      case '[':
      case '{':
        brackets.push({ open: token, offset: next.index, itemStarts: [at] });
        break;
      default:
        brackets.pop();
    }
  }
  return done(false, undefined);
}

/** The string whose content begins at `start`. */
function stringFrom(text: string, start: number, prefix: string, quote: string): OpenString {
  const triple = quote.length === 3;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '\\') {
      if (text[at + 1] === '\r' && text[at + 2] === '\n') at++;
      at++;
    } else if (char === '\n' || char === '\r') {
      if (!triple) return { prefix, quote, contentStart: start, contentEnd: at, closed: false };
      FRESH_LINE.lastIndex = at + 1;
      if (FRESH_LINE.test(text)) return { prefix, quote, contentStart: start, contentEnd: at, closed: false };
    } else if (text.startsWith(quote, at)) {
      return { prefix, quote, contentStart: start, contentEnd: at, closed: true };
    }
  }
  return { prefix, quote, contentStart: start, contentEnd: text.length, closed: false };
}

/** A name that is longer than this names nothing that is known. */
const MAX_CALLEE = 200;

function calleeBefore(text: string, bracket: { readonly open: string; readonly offset: number }): string | undefined {
  if (bracket.open !== '(') return undefined;
  const before = text.slice(Math.max(lineStart(text, bracket.offset), bracket.offset - MAX_CALLEE), bracket.offset);
  const match = /(?:\b(def|class)\s+)?([A-Za-z_][\w.]*)\s*$/.exec(before);
  if (match === null || match[1] !== undefined) return undefined;
  return /^(?:in|return|not|and|or|if|else|elif|yield|lambda)$/.test(match[2] ?? '') ? undefined : match[2];
}

function assignedBefore(text: string, offset: number): string | undefined {
  return /^\s*([A-Za-z_]\w*)\s*(?::[^=]*)?=\s*$/.exec(text.slice(lineStart(text, offset), offset))?.[1];
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.slice(offset).search(/[\r\n]/);
  return end < 0 ? text.length : offset + end;
}
