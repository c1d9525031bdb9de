// Where a cursor stands in a query that need not parse: in which calls, behind which of their separators, at which word. It
// knows tokens and brackets alone.

import { prefixWords, separatorWords, sqlFunction } from '../sql/functions/functionTable';
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

interface Token {
  readonly kind: 'word' | 'string' | 'comment' | 'template' | 'name' | 'number' | 'sign';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
}

const TOKEN =
  /(?<comment>--[^\n]*|\/\*(?!\+))|(?<template>\{\{[^}\n]*(?:\}\})?|<<\s*[\p{L}_][\p{L}\p{N}_.:-]*\s*(?:>>)?)|(?<string>[rR]?'(?:[^'\\]|\\[^]|'')*'?|[rR]?"(?:[^"\\]|\\[^]|"")*"?)|(?<name>`(?:[^`]|``)*`?)|(?<number>\d[\w.]*)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>->|::|\/\*\+|\*\/|[^\s])/gu;
const kinds = ['comment', 'template', 'string', 'name', 'number', 'word', 'sign'] as const;

/** Words behind which an expression can begin; behind any other word a name in front of `(` is an alias or a type. */
const openers: ReadonlySet<string> = new Set(
  (
    'ALL AND ANY BETWEEN BOTH BY CASE DISTINCT DIV ELSE EXCEPT FOR FROM HAVING ILIKE IN INTERSECT JOIN LATERAL LEADING LIKE LIMIT MINUS NOT OFFSET ' +
    'ON OR OUTER PLACING REGEXP RLIKE SELECT SOME THEN TRAILING UNION VALUES VIEW WHEN WHERE'
  ).split(' '),
);
const operators = new Set('( , [ + - * / % = < > ! & | ^ ~ : -> */'.split(' '));

export function sqlCursor(sql: string, offset: number): SqlCursor {
  const all = tokensOf(sql);
  const stack: Opened[] = [];
  let previous: Token | undefined;
  let beforePrevious: Token | undefined;
  let inside: SqlCursor['inside'] = 'code';
  for (const [index, token] of all.entries()) {
    const { kind } = token;
    if (token.start >= offset || (kind === 'word' && offset <= token.end)) break;
    if (kind !== 'word' && kind !== 'number' && kind !== 'sign') {
      // Behind the last character of what is not closed the cursor is still inside.
      if (offset < token.end || !token.closed) {
        inside = kind;
        if (offset <= token.end) break;
        inside = 'code';
      }
      if (kind === 'comment') continue;
    }
    const top = stack.at(-1);
    if (isSign(token, '(', '[')) stack.push(token.text === '[' ? 'group' : openedBy(previous, beforePrevious, nextCode(all, index)));
    else if (isSign(token, ')', ']')) stack.pop();
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
  return all.flatMap((open, index): CallableWord[] => {
    const word = all[index - 1];
    if (!isSign(open, '(') || word?.kind !== 'word' || !isCalled(word, all[index - 2], all[index + 1])) return [];
    // In `WITH name (a, b) AS (` the parentheses hold names of columns.
    const closing = closings.get(index) ?? all.length;
    if (all[closing + 1]?.text.toUpperCase() === 'AS' && all[closing + 2]?.text === '(') return [];
    return [{ name: word.text, span: { start: word.start, end: word.end } }];
  });
}

/** True where an expression can begin behind what stands before. */
export function canBeginExpression(before: string): boolean {
  return before === '' ? false : operators.has(before) || openers.has(before);
}

function tokensOf(sql: string): readonly Token[] {
  const found: Token[] = [];
  const token = new RegExp(TOKEN);
  for (let match = token.exec(sql); match !== null; match = token.exec(sql)) {
    const { groups = {}, index } = match;
    const kind = kinds.find((one) => groups[one] !== undefined) ?? 'sign';
    if (match[0] === '/*') token.lastIndex = endOfComment(sql, index);
    const text = sql.slice(index, token.lastIndex);
    found.push({ kind, text, start: index, end: token.lastIndex, closed: isClosed(kind, text) });
  }
  return found;
}

/** Comments nest in Spark. */
function endOfComment(sql: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let match = mark.exec(sql); match !== null; match = mark.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return sql.length;
}

function isClosed(kind: Token['kind'], text: string): boolean {
  switch (kind) {
    case 'comment':
      return text.startsWith('/*') && text.length > 3 && text.endsWith('*/');
    case 'template':
      return /(?:\}\}|>>)$/.test(text);
    case 'string': {
      const quoted = text.replace(/^r/i, '');
      return quoted.length > 1 && quoted.endsWith(quoted.charAt(0)) && !/(?:^|[^\\])(?:\\\\)*\\['"]$/.test(quoted);
    }
    case 'name':
      return text.length > 1 && text.endsWith('`');
    default:
      return true;
  }
}

function wordBefore(token: Token | undefined): string {
  if (token === undefined) return '';
  if (token.kind === 'word') return token.text.toUpperCase();
  return token.kind === 'sign' ? token.text : 'value';
}

/** A call, brackets that only group, or brackets that hold something else, such as a query or a window. */
type Opened = OpenCall | 'group' | 'other';

interface OpenCall extends OpenSqlCall {
  readonly separators: string[];
  prefix: string | undefined;
}

function openedBy(word: Token | undefined, before: Token | undefined, first: Token | undefined): Opened {
  if (first?.kind === 'word' && /^(?:select|with|from|values)$/i.test(first.text)) return 'other';
  if (word?.kind !== 'word') return word?.kind === 'name' ? 'other' : 'group';
  if (isCalled(word, before, first)) return { name: word.text.toLowerCase(), separators: [], prefix: undefined };
  return openers.has(word.text.toUpperCase()) ? 'group' : 'other';
}

function isCalled(word: Token, before: Token | undefined, first: Token | undefined): boolean {
  const found = sqlFunction(word.text);
  if (found === undefined || found.signatures.every(({ isCall }) => !isCall)) return false;
  // `EXISTS (SELECT …)` holds a query.
  if (first?.kind === 'word' && /^(?:select|with)$/i.test(first.text)) return false;
  return before === undefined || canBeginExpression(wordBefore(before));
}

function noteArgument(call: OpenCall, token: Token, previous: Token | undefined): void {
  const word = token.text.toUpperCase();
  if (isSign(token, ',') || (token.kind === 'word' && separatorWords.has(word))) call.separators.push(word);
  else if (previous?.text === '(' && prefixWords.has(word)) call.prefix = word;
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

function isSign(token: Token, ...texts: readonly string[]): boolean {
  return token.kind === 'sign' && texts.includes(token.text);
}
