// The tokens of one logical line, for saying exactly where broken code breaks. Correct code never comes here.

import { stringEnd } from './stringScan';
import type { Span } from '../text/span';

export interface Token extends Span {
  readonly kind: 'name' | 'keyword' | 'number' | 'string' | 'operator' | 'open' | 'close' | 'invalid';
  readonly text: string;
  /** The bracket around the token, '' outside brackets; a bracket itself counts as outside of it. */
  readonly around: '' | '(' | '[' | '{';
  /** Number of brackets around the token. */
  readonly depth: number;
}

const KEYWORDS = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

const TOKEN =
  /[^\S\n\r]+|\\?\r?\n|\\?\r|#[^\n\r]*|(?<prefix>(?:[rbuft]|[bft]r|r[bft])?)(?=["'])|(?<number>(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?)[jJ]?)|(?<name>[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*)|(?<operator>\*\*=|\/\/=|<<=|>>=|\.\.\.|->|:=|[-+*/%@&|^=!<>]=|\*\*|\/\/|<<|>>|<>|[-+*/%@&|^~<>=.,:;])|(?<bracket>[()[\]{}])|(?<invalid>[\s\S])/giuy;

/** The tokens of the last long line that was read. A broken one is looked at from several sides in turn. */
let recent: WeakRef<{ readonly text: string; readonly span: Span; readonly tokens: readonly Token[] }> | undefined;
const LONG_LINE = 10_000;

export function readTokens(text: string, span: Span): readonly Token[] {
  if (span.end - span.start < LONG_LINE) return scanTokens(text, span);
  const known = recent?.deref();
  if (known !== undefined && known.span.start === span.start && known.span.end === span.end && known.text === text) return known.tokens;
  const tokens = scanTokens(text, span);
  recent = new WeakRef({ text, span: { start: span.start, end: span.end }, tokens });
  return tokens;
}

function scanTokens(text: string, span: Span): readonly Token[] {
  const tokens: Token[] = [];
  const open: ('(' | '[' | '{')[] = [];
  let at = span.start;
  const push = (kind: Token['kind'], end: number): void => {
    tokens.push({ kind, start: at, end, text: text.slice(at, end), around: open.at(-1) ?? '', depth: open.length });
    at = end;
  };
  while (at < span.end) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) {
      at++;
      continue;
    }
    const plain = plainEnd(text, at, code);
    if (plain > at) {
      if (plain > at + 1 || isWordStart(code)) push(KEYWORDS.has(text.slice(at, plain)) ? 'keyword' : 'name', plain);
      else push('operator', plain);
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const end = match === null ? at + 1 : at + match[0].length;
    const { prefix, number, name, operator, bracket, invalid } = match?.groups ?? {};
    if (prefix !== undefined) push('string', Math.min(span.end, stringEnd(text, end) ?? lineEnd(text, end)));
    else if (number !== undefined) push('number', end);
    else if (name !== undefined) push(KEYWORDS.has(name) ? 'keyword' : 'name', end);
    else if (operator !== undefined) push('operator', end);
    else if (bracket === '(' || bracket === '[' || bracket === '{') {
      push('open', end);
      open.push(bracket);
    } else if (bracket !== undefined) {
      open.pop();
      push('close', end);
    } else if (invalid !== undefined) push('invalid', end);
    else at = end;
  }
  return tokens;
}

/** The end of a word of ASCII or of a sign of one character, which most tokens are; `at` where it takes a closer look. */
function plainEnd(text: string, at: number, code: number): number {
  if (code < 128 && isWordStart(code)) {
    let end = at + 1;
    while (isWordPart(text.charCodeAt(end))) end++;
    const next = text.charCodeAt(end);
    // Letters of other alphabets go on with the word; a quote may make it the prefix of a string.
    return next >= 128 || ((next === 34 || next === 39) && end - at <= 2) ? at : end;
  }
  if (!SIGNS.has(code)) return at;
  const next = text.charCodeAt(at + 1);
  return next === 32 || next === 10 || isWordStart(next) || isBracket(next) ? at + 1 : at;
}

const SIGNS = new Set('- + * / % @ & | ^ < > = . , : ; ~'.split(' ').map((sign) => sign.charCodeAt(0)));

function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isWordPart(code: number): boolean {
  return isWordStart(code) || (code >= 48 && code <= 57);
}

function isBracket(code: number): boolean {
  return code === 40 || code === 41 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** A token after which an expression may be complete. */
export function endsOperand(token: Token): boolean {
  if (token.kind === 'keyword') return isConstant(token);
  return token.kind === 'name' || token.kind === 'number' || token.kind === 'string' || token.kind === 'close' || token.text === '...';
}

/** A token that can only be the beginning of an expression, so that it never follows a complete one. */
export function beginsOperand(token: Token): boolean {
  if (token.kind === 'keyword') return isConstant(token) || token.text === 'lambda';
  return token.kind === 'name' || token.kind === 'number' || token.kind === 'string' || token.text === '{' || token.text === '~';
}

export function closerOf(open: string): string {
  return open === '(' ? ')' : open === '[' ? ']' : '}';
}

export function isConstant(token: Token): boolean {
  return token.text === 'True' || token.text === 'False' || token.text === 'None';
}

function lineEnd(text: string, at: number): number {
  const end = /[\n\r]/u.exec(text.slice(at, at + 10_000));
  return end === null ? text.length : at + end.index;
}
