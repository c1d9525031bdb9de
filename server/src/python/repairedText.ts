// A text under repair: edits are applied to it step by step, and every offset in it leads back to the text as written.

import type { PythonProblem } from './ast';
import type { Span } from '../text/span';

export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

const MAX_PROBLEMS = 100;

export class RepairedText {
  readonly problems: PythonProblem[] = [];
  private steps: (readonly TextEdit[])[] = [];

  /** `base` is the offset of the text in its document. */
  constructor(
    public text: string,
    private readonly base: number,
  ) {}

  /** So many problems in one block are no longer read by anybody. */
  get isFull(): boolean {
    return this.problems.length >= MAX_PROBLEMS;
  }

  /** Applies edits that do not overlap; of two at one place the first comes first. */
  apply(edits: readonly TextEdit[]): void {
    if (edits.length === 0) return;
    const sorted = edits.map((edit, index) => ({ edit, index }));
    sorted.sort((a, b) => a.edit.span.start - b.edit.span.start || a.index - b.index);
    const parts: string[] = [];
    const applied: TextEdit[] = [];
    let at = 0;
    for (const { edit } of sorted) {
      if (edit.span.start < at) continue;
      parts.push(this.text.slice(at, edit.span.start), edit.newText);
      at = edit.span.end;
      applied.push(edit);
    }
    parts.push(this.text.slice(at));
    this.text = parts.join('');
    this.steps.push(applied);
  }

  /** Notes a problem at `span` of the present text; the edits of a fix count in the present text too. */
  report(span: Span, message: string, fix?: { readonly title: string; readonly edits: readonly TextEdit[] }): void {
    if (this.isFull) return;
    const edits = fix?.edits.map((edit) => ({ span: this.original(edit.span), newText: edit.newText }));
    edits?.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    this.problems.push({ span: this.original(span), message, ...(fix && edits && { fix: { title: fix.title, edits } }) });
  }

  /** An offset of the present text in the document. What was inserted lies where it was inserted. */
  originalOffset(offset: number): number {
    let at = offset;
    for (const edits of this.steps.toReversed()) at = before(edits, at);
    return at + this.base;
  }

  private original(span: Span): Span {
    const start = this.originalOffset(span.start);
    return { start, end: Math.max(start, this.originalOffset(span.end)) };
  }
}

function before(edits: readonly TextEdit[], offset: number): number {
  let shift = 0;
  for (const { span, newText } of edits) {
    const start = span.start + shift;
    if (offset <= start) break;
    if (offset < start + newText.length) return span.start;
    shift += newText.length - (span.end - span.start);
  }
  return offset - shift;
}
