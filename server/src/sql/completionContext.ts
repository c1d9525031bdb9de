// What may stand at a place of a Spark SQL text that need not be complete: keywords, an expression, a table, a type … It looks at the
// tokens in front of the place alone, and follows them with the phrases that the keywords offered come from, too.

import type { Clause } from './completionFrames';
import { Tracker } from './completionTracker';
import { tokenize } from './lexer';
import type { Token, TokenList } from './tokens';
import type { Span } from '../text/span';

export interface SqlSlot {
  /** The part of a word in front of the place, and the rest of it behind. */
  readonly word: Span;
  readonly wants: SlotWants | undefined;
  /** In front of a period: the tokens of the names, without the periods. */
  readonly qualifier: readonly Token[];
  /** In capital letters, the likeliest first. */
  readonly keywords: readonly string[];
  /** The part of the innermost query. */
  readonly clause: Clause;
  /** Inside a call, of the function of that name, in capital letters. */
  readonly call: string | undefined;
}

export type SlotWants =
  | 'expression'
  /** The start of a literal. */
  | 'relation'
  | 'tableFunction'
  | 'generator'
  | 'window'
  | 'type'
  | 'hint'
  /** The name of a relation that is there. */
  | 'relationName'
  /** The name of a column, and no expression. */
  | 'columnName'
  /** The name of a query of WITH. */
  | 'tableName'
  /** What stands behind the period of `qualifier`. */
  | 'member';

/** What may stand at an offset; undefined in quotations, comments, templates and numbers. */
export function sqlSlotAt(sql: string, offset: number, { tokens, comments }: TokenList = tokenize(sql)): SqlSlot | undefined {
  for (const { span, kind, unclosed } of comments) {
    if (span.start < offset && (offset < span.end || (offset === span.end && (kind === 'line' || unclosed === true)))) return undefined;
  }
  const before: Token[] = [];
  let word: Span = { start: offset, end: offset };
  for (const token of tokens) {
    const { start, end } = token.span;
    if (start >= offset || token.kind === 'end') break;
    if (end < offset || (end === offset && token.kind !== 'word' && token.kind !== 'number' && token.unclosed !== true)) before.push(token);
    else if (token.kind === 'word') word = token.span;
    // In the middle of a sign nothing can be typed; anything else is not ours to complete.
    else return undefined;
  }
  const tracker = new Tracker(sql, before);
  tracker.run();
  return tracker.slot(word);
}
