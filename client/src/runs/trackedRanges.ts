// Follows ranges of a document through edits, so that what a run says of the text it was started with lands where that
// text stands now. Plain data: neither the editor's events nor its documents are needed to reason about it.

import type { PlanPosition, PlanRange } from '../../../shared/run/plan';

/** One replacement of a range by a text, in the coordinates of the document before it. */
export interface TextChange {
  readonly range: PlanRange;
  readonly text: string;
}

/** Where the range stands after the change; undefined when the change reaches into it. */
export function followChange(range: PlanRange, change: TextChange): PlanRange | undefined {
  if (compare(change.range.start, range.end) >= 0 && compare(range.start, range.end) < 0) return range;
  if (compare(change.range.end, range.start) > 0 || isTypedAt(change, range.start)) return undefined;
  return { start: shift(range.start, change), end: shift(range.end, change) };
}

/** The same through several changes, each in the coordinates that the one before it left. */
export function followChanges(range: PlanRange, changes: readonly TextChange[]): PlanRange | undefined {
  return changes.reduce<PlanRange | undefined>((now, change) => (now === undefined ? undefined : followChange(now, change)), range);
}

/** Text put directly in front of the range on its line belongs to it; a line break there moves it. */
function isTypedAt({ range, text }: TextChange, start: PlanPosition): boolean {
  return compare(range.end, start) === 0 && compare(range.start, start) === 0 && !text.endsWith('\n');
}

function shift(position: PlanPosition, { range, text }: TextChange): PlanPosition {
  const lines = text.split('\n');
  const lastLine = lines[lines.length - 1] ?? '';
  const line = position.line - range.end.line + range.start.line + lines.length - 1;
  if (position.line !== range.end.line) return { line, character: position.character };
  const before = lines.length === 1 ? range.start.character : 0;
  return { line, character: position.character - range.end.character + before + lastLine.length };
}

function compare(a: PlanPosition, b: PlanPosition): number {
  return a.line - b.line || a.character - b.character;
}
