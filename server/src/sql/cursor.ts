// Where the parser stands in the tokens, and what it has found wrong. After an error nothing more is reported until the parser
// has found its place again: functions return what they have, and those that know where things go on call `recover`.

import { SYMBOL } from '../text/mappedText';
import type { Span } from '../text/span';
import { closestKeyword, isBeforeBy, isClauseAt, isNameToken, isSeldomName, JOIN_WORDS, keyAt } from './keywords';
import type { SqlError } from './syntaxErrors';
import type { Expression } from './expressionTree';
import type { Missing, Name, NewerConstruct, Query, SelectItem } from './syntaxTree';
import type { Token } from './tokens';

/** The rules that call one another across files. */
export interface Grammar {
  readonly expression: (p: Cursor) => Expression;
  /** Comparisons and what binds tighter: no AND, OR, NOT or IS. */
  readonly value: (p: Cursor) => Expression;
  readonly namedExpression: (p: Cursor) => SelectItem;
  readonly query: (p: Cursor) => Query;
}

/** Spark's own parser runs out of stack somewhere beyond. */
const MAX_DEPTH = 400;

/** What Spark 3.5 takes for no part of a name; parts that only the run time knows may be anything. */
const NOT_ASCII = new RegExp(`[^\\x00-\\x7F${SYMBOL}]`, 'u');

export class Cursor {
  at = 0;
  readonly errors: SqlError[] = [];
  readonly newer: NewerConstruct[] = [];
  /** After an error, until `recover`: what does not fit is not reported. */
  private panic = false;
  /** Where the text ends for the parser, for being nested too deeply, nothing more is wrong. */
  private stopped = false;
  private depth = 0;
  private closings: Int32Array | undefined;

  constructor(
    readonly text: string,
    readonly tokens: Token[],
    readonly grammar: Grammar,
  ) {}

  isLost(): boolean {
    return this.panic;
  }

  get token(): Token {
    return this.tokens[this.at] as Token;
  }

  get key(): string {
    return this.token.key;
  }

  get start(): number {
    return this.token.span.start;
  }

  /** Where the token before this one ends. */
  get end(): number {
    return this.at === 0 ? 0 : (this.tokens[this.at - 1] as Token).span.end;
  }

  peek(distance = 1): string {
    return keyAt(this.tokens, this.at + distance);
  }

  peekToken(distance = 1): Token | undefined {
    return this.tokens[this.at + distance];
  }

  is(key: string): boolean {
    return this.key === key;
  }

  advance(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.at++;
    return token;
  }

  take(key: string): boolean {
    if (this.key !== key) return false;
    this.at++;
    return true;
  }

  /** Takes several words, or none of them. */
  takeAll(...keys: string[]): boolean {
    if (!keys.every((key, i) => this.peek(i) === key)) return false;
    this.at += keys.length;
    return true;
  }

  /** Takes a word or sign that must stand here; a slip of the pen is reported and taken as what it should have been. */
  expect(key: string, why = ''): boolean {
    if (this.take(key)) return true;
    const { token } = this;
    if (!this.panic && token.kind === 'word' && closestKeyword(token.key, [key]) !== undefined) {
      this.misspelt(token, key);
      this.at++;
      return true;
    }
    this.fail(`"${key}"${why}`);
    return false;
  }

  missing(): Missing {
    return { kind: 'missing', span: { start: this.end, end: this.end } };
  }

  /** Everything from an offset to the token before this one; nothing where no token was read. */
  span(start: number): Span {
    return { start: Math.min(start, this.end), end: this.end };
  }

  /**
   * Reports that something else should stand here. `code` is `soft-reserved` where Spark may take a keyword for the name that is
   * missing, or for one beside it.
   */
  fail(expected: string, related?: SqlError['related'], code: SqlError['code'] = this.besideKeyword()): void {
    const { token } = this;
    const before = this.at === 0 ? undefined : this.tokens[this.at - 1];
    const after = before === undefined ? '' : ` after ${this.quote(before)}`;
    if (token.kind === 'end') {
      const span = before === undefined ? token.span : before.span;
      this.report({ code, span, message: `expected ${expected}${after}, but the query ends here`, ...(related ? { related } : {}) });
      return;
    }
    const message = token.unclosed === true ? unclosedMessage(token) : `expected ${expected}${after}, found ${this.quote(token)}`;
    this.report({ code, span: token.span, message, ...(related ? { related } : {}) });
  }

  /** Reports that what stands here does not belong here. */
  unexpected(hint = ''): void {
    const { token } = this;
    if (token.kind === 'end') return;
    const message = token.unclosed === true ? unclosedMessage(token) : `unexpected ${this.quote(token)}${hint}`;
    this.report({ code: this.besideKeyword(), span: token.span, message });
  }

  /** Spark's parser may take a keyword here for a name, and go on. */
  private besideKeyword(): SqlError['code'] {
    const before = this.tokens[this.at - 1]?.key ?? '';
    return isSeldomName(this.key) || isSeldomName(before) ? 'soft-reserved' : 'syntax';
  }

  misspelt(token: Token, keyword: string): void {
    const error = {
      code: 'syntax',
      span: token.span,
      message: `${this.quote(token)} is no keyword: did you mean "${keyword}"?`,
      replacement: keyword,
    } as const;
    if (!this.panic) this.errors.push(error);
  }

  /**
   * Whether the word here, which could be an alias, is a slip of one of `keywords`, since what follows cannot follow an alias.
   * It is reported, and from then on is the keyword.
   */
  corrects(keywords: readonly string[]): boolean {
    const { token } = this;
    const next = this.peekToken();
    if (token.kind !== 'word' || next === undefined || this.panic) return false;
    if (
      !(isNameToken(next) || next.kind === 'number' || next.kind === 'string' || next.key === '(') ||
      isClauseAt(this.tokens, this.at + 1)
    )
      return false;
    if (isBeforeBy(token.key)) {
      this.unexpected(': "BY" is missing behind it');
      return true;
    }
    const keyword = closestKeyword(token.key, keywords);
    // An alias stands in front of a join as well.
    if (keyword === undefined || JOIN_WORDS.has(next.key)) return false;
    const corrected = { ...token, key: keyword };
    this.tokens[this.at] = corrected;
    const fits = isClauseAt(this.tokens, this.at) || keyword === 'JOIN';
    if (fits) this.misspelt(token, keyword);
    else this.tokens[this.at] = token;
    return fits;
  }

  /** An error that makes the parser lose its place. */
  report(error: SqlError): void {
    if (this.panic || this.stopped) return;
    this.panic = true;
    this.errors.push(error);
  }

  /** An error of a part that is read all the same. */
  note(code: SqlError['code'], span: Span, message: string, replacement?: string): void {
    if (!this.panic && !this.stopped) this.errors.push({ code, span, message, ...(replacement === undefined ? {} : { replacement }) });
  }

  needs(since: string, span: Span, what: string): void {
    if (!this.panic) this.newer.push({ span, since, what });
  }

  /** Goes back to a token, and forgets the errors behind the first `errors`. */
  reset(at: number, errors: number): void {
    this.at = at;
    this.errors.length = errors;
    this.panic = false;
  }

  /** A token as messages show it. */
  quote(token: Token): string {
    if (token.kind === 'end') return 'the end of the query';
    const text = this.text.slice(token.span.start, token.span.end).replace(/\s+/gu, ' ');
    return `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`;
  }

  textOf({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  /** Skips to where things go on: a stop, a clause, a closing parenthesis, the end; parentheses are skipped as a whole. */
  recover(...stops: string[]): void {
    if (!this.panic) return;
    this.panic = false;
    for (;;) {
      const { token } = this;
      if (token.kind === 'end' || token.key === ')' || stops.includes(token.key) || isClauseAt(this.tokens, this.at)) return;
      const close = token.key === '(' ? this.closingOf(this.at) : undefined;
      this.at = close === undefined ? this.at + 1 : close + 1;
    }
  }

  /** The index of the partner of the parenthesis or bracket at `index`; undefined when it has none. */
  closingOf(index: number): number | undefined {
    this.closings ??= matchBrackets(this.tokens);
    const close = this.closings[index] ?? -1;
    return close < 0 ? undefined : close;
  }

  /** Whether the `)` at this token closes a parenthesis. */
  isOpen(): boolean {
    return this.closingOf(this.at) !== undefined;
  }

  /** Takes the `)` that belongs to the `(` at `open`. */
  close(open: number): void {
    if (!this.panic && this.take(')')) return;
    const opening = this.tokens[open] as Token;
    if (!this.panic) {
      const before = this.tokens[open - 1];
      const group = isNameToken(before) && before !== undefined ? ` of ${this.quote(before)}` : '';
      this.fail(`")" to close the "("${group}`, { span: opening.span, message: 'this "(" is not closed' });
    }
    // In front of a clause the parenthesis was forgotten; otherwise what is inside is wrong.
    if (isClauseAt(this.tokens, this.at)) {
      this.panic = false;
      return;
    }
    const closing = this.closingOf(open);
    if (closing === undefined || closing < this.at) return;
    this.at = closing + 1;
    this.panic = false;
  }

  /** Runs a rule that calls itself; too deep a nesting is an error. */
  nested<T>(rule: () => T, otherwise: () => T): T {
    if (this.depth >= MAX_DEPTH) {
      this.report({ code: 'syntax', span: this.token.span, message: 'the query is nested too deeply' });
      this.stopped = true;
      this.at = this.tokens.length - 1;
      return otherwise();
    }
    this.depth++;
    const result = rule();
    this.depth--;
    return result;
  }

  /** Reports that a name should stand here, or an operand that can be one. */
  failForName(expected: string): void {
    const before = this.tokens[this.at - 1];
    const soft = this.token.kind === 'word' || this.key === '!' || before?.kind === 'word';
    const errors = this.errors.length;
    this.fail(expected, undefined, soft ? 'soft-reserved' : 'syntax');
    const error = this.errors[errors];
    // `FROM t WHERE` with nothing behind it gives the table an alias.
    const endsClause = this.token.kind === 'end' || this.key === ')' || isClauseAt(this.tokens, this.at);
    if (error !== undefined && before?.kind === 'word' && before.key !== 'SELECT' && endsClause)
      this.errors[errors] = { ...error, runs: true };
  }

  /** Reads the name at this token, whatever it is. */
  name(): Name {
    if (this.token.unclosed === true) this.unexpected();
    const token = this.advance();
    const { span } = token;
    if (token.kind === 'template')
      return { kind: 'name', span, text: '', quoted: false, ...(token.template ? { template: token.template } : {}) };
    if (token.kind !== 'quotedName') {
      const text = this.textOf(span);
      if (NOT_ASCII.test(text)) this.needs('4.0', span, `the name "${text}" without backquotes, which has other letters than A to Z`);
      return { kind: 'name', span, text, quoted: false };
    }
    const text = this.text.slice(span.start + 1, token.unclosed === true ? span.end : span.end - 1).replaceAll('``', '`');
    return { kind: 'name', span, text, quoted: true };
  }

  /** Reads a name that must stand here; undefined where none does. */
  expectName(what: string): Name | undefined {
    if (isNameToken(this.token) && !this.panic) return this.name();
    this.failForName(what);
    return undefined;
  }

  /** Items between commas, at least one. After an error in one the next is looked for. */
  list<T>(item: () => T, ...stops: string[]): T[] {
    const items = [item()];
    for (;;) {
      if (this.panic) this.recover(',', ...stops);
      if (!this.take(',')) return items;
      items.push(item());
    }
  }

  /** The parts of a name with qualifiers, which must stand here; `what` is the name of. */
  path(what: string): Name[] {
    const parts: Name[] = [];
    do {
      const part = this.expectName(what);
      if (part !== undefined) parts.push(part);
    } while (!this.panic && this.take('.'));
    return parts;
  }

  /** An alias, with AS or, where `isAlias` says so, without. */
  alias(isAlias: (tokens: readonly Token[], index: number) => boolean): Name | undefined {
    if (this.panic) return undefined;
    if (this.take('AS')) return this.expectName('an alias');
    return isAlias(this.tokens, this.at) ? this.name() : undefined;
  }

  /** Names in parentheses, separated by commas. */
  nameList(what: string): Name[] {
    const open = this.at;
    if (!this.expect('(')) return [];
    const names = this.list(() => this.expectName(what)).filter((name) => name !== undefined);
    this.close(open);
    return names;
  }
}

function unclosedMessage({ kind }: Token): string {
  return kind === 'string' ? 'the quotation that begins here is never closed' : 'the quoted name that begins here is never closed';
}

/** For each bracket the index of its partner, -1 where there is none. */
function matchBrackets(tokens: readonly Token[]): Int32Array {
  const closings = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (const [index, { key }] of tokens.entries()) {
    if (key === '(' || key === '[') open.push(index);
    else if (key === ')' || key === ']') {
      const opening = open.pop();
      if (opening === undefined) continue;
      closings[opening] = index;
      closings[index] = opening;
    }
  }
  return closings;
}
