// What a construct of another system's SQL is, and how Spark writes it.

import type { Span } from '../../text/span';
import type { SqlTree } from '../syntaxTree';
import type { Token } from '../tokens';

/** New text, put together from words and from parts of the query that move. */
export type Piece = string | Span;

export interface SqlEdit {
  readonly span: Span;
  readonly pieces: readonly Piece[];
}

export interface Translation {
  readonly title: string;
  /** They do not overlap. */
  readonly edits: readonly SqlEdit[];
  /** Spark computes what the other system would. */
  readonly sure: boolean;
}

export interface ForeignConstruct {
  /** What a person would point at. */
  readonly span: Span;
  /** The errors of the parser that it explains begin in here. */
  readonly reach: Span;
  /** Names the construct and who knows it. */
  readonly message: string;
  readonly translation?: Translation;
}

/** Looks whether a construct begins at a token. */
export type Recognizer = (sql: DialectText, at: number) => ForeignConstruct | undefined;

export function replace(span: Span, ...pieces: Piece[]): SqlEdit {
  return { span, pieces };
}

export function insert(offset: number, ...pieces: Piece[]): SqlEdit {
  return { span: { start: offset, end: offset }, pieces };
}

/** The tokens of a query, of which the grammar may be another's. */
export class DialectText {
  readonly text: string;
  readonly tokens: readonly Token[];

  constructor(readonly tree: SqlTree) {
    this.text = tree.text;
    this.tokens = tree.tokens;
  }

  key(at: number): string {
    return this.tokens[at]?.key ?? '';
  }

  is(at: number, ...keys: string[]): boolean {
    return keys.every((key, i) => this.key(at + i) === key);
  }

  kind(at: number): Token['kind'] {
    return this.tokens[at]?.kind ?? 'end';
  }

  written(at: number): string {
    const { start, end } = this.spanOf(at);
    return this.text.slice(start, end);
  }

  /** From the first to the last of some tokens. */
  spanOf(first: number, last = first): Span {
    const end = this.text.length;
    return { start: this.tokens[first]?.span.start ?? end, end: this.tokens[last]?.span.end ?? end };
  }

  slice({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  /** The index of the partner of the bracket at `at`. */
  closing(at: number): number | undefined {
    let depth = 0;
    for (let i = at; i < this.tokens.length; i++) {
      if (['(', '['].includes(this.key(i))) depth++;
      else if ([')', ']'].includes(this.key(i)) && --depth === 0) return i;
    }
    return undefined;
  }

  /** The first token from `at` on that is one of `keys` and in no brackets that open behind `at`; else what ends the query. */
  find(at: number, keys: ReadonlySet<string>): number {
    for (let i = at; ; i++) {
      const key = this.key(i);
      if (this.kind(i) === 'end' || key === ')' || key === ';' || keys.has(key)) return i;
      if (key === '(' || key === '[') i = this.closing(i) ?? i;
    }
  }

  /** The SELECT whose clauses the token at `at` is among. */
  selectBefore(at: number): number | undefined {
    let depth = 0;
    for (let i = at - 1; i >= 0; i--) {
      const key = this.key(i);
      if (key === ')' || key === ']') depth++;
      else if (key === '(' || key === '[') depth--;
      if (depth < 0) return undefined;
      if (depth === 0 && key === 'SELECT') return i;
    }
    return undefined;
  }

  /** Whether a value can end with the token at `at`. */
  endsValue(at: number): boolean {
    const kind = this.kind(at);
    if (kind === 'word') return !NOT_VALUES.has(this.key(at));
    return kind === 'quotedName' || kind === 'template' || kind === 'number' || kind === 'string' || [')', ']'].includes(this.key(at));
  }

  /** The first token of the name that ends with the token at `at`: `a`, `t.a`. */
  nameBefore(at: number): number | undefined {
    const isName = (i: number): boolean => this.kind(i) === 'quotedName' || (this.kind(i) === 'word' && !NOT_VALUES.has(this.key(i)));
    if (!isName(at)) return undefined;
    let first = at;
    while (this.key(first - 1) === '.' && (isName(first - 2) || this.kind(first - 2) === 'template')) first -= 2;
    return this.key(first - 1) === '.' ? undefined : first;
  }
}

const NOT_VALUES: ReadonlySet<string> = new Set(
  (
    'SELECT DISTINCT ALL FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET AND OR NOT IN LIKE ILIKE BETWEEN ON USING JOIN AS WHEN THEN ELSE CASE ' +
    'UNION EXCEPT INTERSECT MINUS IS'
  ).split(' '),
);

export const SET_OPERATORS: ReadonlySet<string> = new Set(['UNION', 'EXCEPT', 'INTERSECT', 'MINUS']);

/** The text after the edits, which do not overlap. */
export function applySqlEdits(text: string, edits: readonly SqlEdit[]): string {
  let result = '';
  let at = 0;
  for (const { span, pieces } of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    result +=
      text.slice(at, span.start) + pieces.map((piece) => (typeof piece === 'string' ? piece : text.slice(piece.start, piece.end))).join('');
    at = span.end;
  }
  return result + text.slice(at);
}
