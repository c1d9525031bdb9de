// The way from a query to its formatted text in small steps.

import type { Span } from '../../text/span';
import { tokenize } from '../lexer';

export interface LayoutEdit {
  readonly span: Span;
  readonly newText: string;
  /** It changes what stands between tokens and comments, not one of them. */
  readonly isGap: boolean;
}

/**
 * What has to change so that a text becomes the formatted one, which has the same tokens and comments. Any of the edits may be left
 * out: whatever remains between two tokens has stood between them before, or will.
 */
export function layoutEdits(text: string, formatted: string): readonly LayoutEdit[] {
  const after = new Map(partsOf(formatted).map((part) => [part.key, part]));
  const edits: LayoutEdit[] = [];
  const add = (isGap: boolean, span: Span, newSpan: Span): void => {
    const newText = formatted.slice(newSpan.start, newSpan.end);
    if (newText !== text.slice(span.start, span.end)) edits.push({ span, newText, isGap });
  };
  let [at, newAt] = [0, 0];
  for (const { key, span, others } of partsOf(text)) {
    const part = after.get(key);
    // A comment may be moved to the other side of a token: then both change place in one edit.
    if (part?.others !== others) continue;
    add(true, { start: at, end: span.start }, { start: newAt, end: part.span.start });
    add(false, span, part.span);
    at = span.end;
    newAt = part.span.end;
  }
  return edits;
}

interface Part {
  /** The same in both texts. */
  readonly key: string;
  readonly span: Span;
  /** How many comments stand before a token, or tokens before a comment. */
  readonly others: number;
}

function partsOf(text: string): readonly Part[] {
  const { tokens, comments } = tokenize(text);
  const parts: Part[] = [];
  let next = 0;
  for (const [index, { span }] of tokens.entries()) {
    for (let comment = comments[next]; comment !== undefined && comment.span.end <= span.start; comment = comments[next]) {
      parts.push({ key: `comment ${next++}`, span: comment.span, others: index });
    }
    parts.push({ key: `token ${index}`, span, others: next });
  }
  return parts;
}
