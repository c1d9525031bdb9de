// Where a cursor stands in a query that need not parse: in which calls, behind which of their separators, at which word. It
// knows tokens and brackets alone.

import { prefixWords, separatorWords, sqlFunction } from '../sql/functions/functionTable';
import { tokenize } from '../sql/lexer';
import type { Comment, TokenKind } from '../sql/tokens';
import type { Span } from '../text/span';

/** A word of a query that stands where a function can be called. */
export interface CallableWord {
  readonly name: string;
  readonly span: Span;
}

export interface OpenSqlCall {
  readonly name: string;
  /** The commas and separating words before the cursor, in order. */
  readonly separators: readonly string[];
  /** The word that the call begins with, where it is one that belongs to a form: DISTINCT, LEADING. */
  readonly prefix: string | undefined;
}

export interface SqlCursor {
  readonly inside: 'code' | 'string' | 'comment' | 'template' | 'name';
  /** The innermost call of a function that the cursor stands in, with nothing but brackets around it since. */
  readonly call: OpenSqlCall | undefined;
  /** What stands before the word under the cursor: a word in capital letters, a sign, or `value` for anything else. */
  readonly before: string;
}

interface Token extends Span {
  readonly kind: 'word' | 'string' | 'comment' | 'template' | 'name' | 'value' | 'sign';
  /** A word in capital letters, a sign as it is, nothing for all others. */
  readonly key: string;
  readonly closed: boolean;
}

/** Words behind which an expression can begin; behind any other word a name in front of `(` is an alias or a type. */
const openers: ReadonlySet<string> = new Set(
  (
    'ALL AND ANY BETWEEN BOTH BY CASE DISTINCT DIV ELSE EXCEPT FOR FROM HAVING ILIKE IN INTERSECT JOIN LATERAL LEADING LIKE LIMIT MINUS NOT OFFSET ' +
    'ON OR OUTER PLACING REGEXP RLIKE SELECT SOME THEN TRAILING UNION VALUES VIEW WHEN WHERE'
  ).split(' '),
);
const queryWords = new Set(['SELECT', 'WITH', 'FROM', 'VALUES']);
/** Signs behind which no expression begins. */
const enders = new Set(') ] . :: ; ? /*+'.split(' '));

export function sqlCursor(sql: string, offset: number): SqlCursor {
  const all = tokensOf(sql);
  const stack: Opened[] = [];
  let previous: Token | undefined;
  let beforePrevious: Token | undefined;
  let inside: SqlCursor['inside'] = 'code';
  for (const [index, token] of all.entries()) {
    const { kind } = token;
    if (token.start >= offset || (kind === 'word' && offset <= token.end)) break;
    if (kind !== 'word' && kind !== 'value' && kind !== 'sign') {
      // Behind the last character of what is not closed the cursor is still inside.
      if (offset < token.end || !token.closed) {
        inside = kind;
        if (offset <= token.end) break;
        inside = 'code';
      }
      if (kind === 'comment') continue;
    }
    const top = stack.at(-1);
    if (isSign(token, '[')) stack.push('group');
    else if (isSign(token, '(')) stack.push(openedBy(previous, beforePrevious, nextCode(all, index)));
    else if (isSign(token, ')') || isSign(token, ']')) stack.pop();
    else if (top !== undefined && typeof top === 'object') noteArgument(top, token, previous);
    beforePrevious = previous;
    previous = token;
  }
  return { inside, call: innermost(stack), before: wordBefore(previous) };
}

/** The words of a query that call a function: known names before `(` where an expression can stand. */
export function calledWords(sql: string): readonly CallableWord[] {
  const all = tokensOf(sql).filter(({ kind }) => kind !== 'comment');
  const closings = closingIndices(all);
  const found: CallableWord[] = [];
  for (const [index, word] of all.entries()) {
    const open = all[index + 1];
    if (word.kind !== 'word' || open === undefined || !isSign(open, '(') || !isCalled(word, all[index - 1], all[index + 2])) continue;
    // In `WITH name (a, b) AS (` the parentheses hold names of columns.
    const closing = closings.get(index + 1) ?? all.length;
    if (all[closing + 1]?.key === 'AS' && all[closing + 2]?.key === '(') continue;
    found.push({ name: sql.slice(word.start, word.end), span: { start: word.start, end: word.end } });
  }
  return found;
}

/** True where an expression can begin behind what stands before. */
function canBeginExpression(before: string): boolean {
  return /^\W/.test(before) ? !enders.has(before) : openers.has(before);
}

function tokensOf(sql: string): readonly Token[] {
  const { tokens, comments } = tokenize(sql);
  const found: Token[] = [];
  let next = 0;
  for (const { kind, span, key, unclosed } of tokens) {
    for (let comment = comments[next]; comment !== undefined && comment.span.start < span.start; comment = comments[++next]) {
      found.push(commentToken(comment));
    }
    if (kind !== 'end') found.push({ start: span.start, end: span.end, kind: kinds[kind], key, closed: unclosed !== true });
  }
  for (const comment of comments.slice(next)) found.push(commentToken(comment));
  return found;
}

/** At the end of a line the cursor is still in its comment. */
function commentToken({ span, kind, unclosed }: Comment): Token {
  return { start: span.start, end: span.end, kind: 'comment', key: '', closed: kind === 'block' && unclosed !== true };
}

const kinds: Readonly<Record<Exclude<TokenKind, 'end'>, Token['kind']>> = {
  word: 'word',
  quotedName: 'name',
  string: 'string',
  number: 'value',
  template: 'template',
  operator: 'sign',
  unknown: 'value',
};

function wordBefore(token: Token | undefined): string {
  if (token === undefined) return '';
  return token.kind === 'word' || token.kind === 'sign' ? token.key : 'value';
}

/** A call, brackets that only group, or brackets that hold something else, such as a query or a window. */
type Opened = OpenCall | 'group' | 'other';

interface OpenCall extends OpenSqlCall {
  readonly separators: string[];
  prefix: string | undefined;
}

function openedBy(word: Token | undefined, before: Token | undefined, first: Token | undefined): Opened {
  if (first?.kind === 'word' && queryWords.has(first.key)) return 'other';
  if (word?.kind !== 'word') return word?.kind === 'name' ? 'other' : 'group';
  if (isCalled(word, before, first)) return { name: word.key.toLowerCase(), separators: [], prefix: undefined };
  return openers.has(word.key) ? 'group' : 'other';
}

function isCalled(word: Token, before: Token | undefined, first: Token | undefined): boolean {
  const found = sqlFunction(word.key);
  if (found === undefined || found.signatures.every(({ isCall }) => !isCall)) return false;
  // `EXISTS (SELECT …)` holds a query.
  if (first?.kind === 'word' && (first.key === 'SELECT' || first.key === 'WITH')) return false;
  return before === undefined || canBeginExpression(wordBefore(before));
}

function noteArgument(call: OpenCall, token: Token, previous: Token | undefined): void {
  if (isSign(token, ',') || (token.kind === 'word' && separatorWords.has(token.key))) call.separators.push(token.key);
  else if (previous?.key === '(' && prefixWords.has(token.key)) call.prefix = token.key;
}

function innermost(stack: readonly Opened[]): OpenSqlCall | undefined {
  const found = stack.findLast((entry) => entry !== 'group');
  return found === 'other' ? undefined : found;
}

function closingIndices(all: readonly Token[]): ReadonlyMap<number, number> {
  const closings = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of all.entries()) {
    if (isSign(token, '(')) open.push(index);
    else if (isSign(token, ')')) {
      const start = open.pop();
      if (start !== undefined) closings.set(start, index);
    }
  }
  return closings;
}

function nextCode(all: readonly Token[], index: number): Token | undefined {
  let at = index + 1;
  while (all[at]?.kind === 'comment') at++;
  return all[at];
}

function isSign({ kind, key }: Token, sign: string): boolean {
  return kind === 'sign' && key === sign;
}
