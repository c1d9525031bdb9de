// The tokens of a Spark SQL text. White space and comments lie between them: a text is its tokens and what is between.

import type { Span } from '../text/span';
import type { Template } from './templates';

export type TokenKind =
  | 'word'
  /** A name in backquotes. */
  | 'quotedName'
  | 'string'
  | 'number'
  | 'operator'
  | 'template'
  /** A character that Spark SQL does not know. */
  | 'unknown'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly span: Span;
  /** What to compare with: a word in upper case, an operator as it is, nothing for all others. */
  readonly key: string;
  /** Of a template alone. */
  readonly template?: Template;
  /** A quoted text or a quoted name whose end is missing. */
  readonly unclosed?: true;
}

export interface Comment {
  readonly span: Span;
  readonly kind: 'line' | 'block';
  readonly unclosed?: true;
}

export interface TokenList {
  /** In order; the last one, and no other, is of the kind `end`. */
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
}

/** The index of the first token at or behind an offset. */
export function tokenIndexAt(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
