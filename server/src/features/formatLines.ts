// Text edits made smaller: of the lines that an edit writes anew, only those that become others.

import type { Span } from '../text/span';

/** A replacement in one text. */
export interface FileEdit {
  readonly span: Span;
  readonly newText: string;
}

/** What an edit changes, line by line and in order. */
export function smallerEdits(text: string, { span, newText }: FileEdit): readonly FileEdit[] {
  const before = linesOf(text.slice(span.start, span.end));
  const after = linesOf(newText);
  const starts = [span.start];
  for (const line of before) starts.push((starts.at(-1) ?? 0) + line.length);
  const startOf = (line: number): number => starts[line] ?? span.end;
  return changedLines(before, after).map(({ old, now }) => ({
    span: { start: startOf(old.start), end: startOf(old.end) },
    newText: after.slice(now.start, now.end).join(''),
  }));
}

/** Each with its line end. */
export function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

interface LineChange {
  /** Lines by their numbers. */
  readonly old: Span;
  readonly now: Span;
}

/** Beyond it everything between the first change and the last one counts as changed. */
const MOST_COMPARISONS = 4_000_000;

/** The fewest lines to take out and put in. */
function changedLines(before: readonly string[], after: readonly string[]): readonly LineChange[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let [end, newEnd] = [before.length, after.length];
  while (end > head && newEnd > head && before[end - 1] === after[newEnd - 1]) {
    end--;
    newEnd--;
  }
  const [height, width] = [end - head, newEnd - head];
  if (height === 0 && width === 0) return [];
  const all = { old: { start: head, end }, now: { start: head, end: newEnd } };
  if (height === 0 || width === 0 || height * width > MOST_COMPARISONS) return [all];
  // How many lines the rests of both have in common at most.
  const common = new Uint32Array((height + 1) * (width + 1));
  const at = (row: number, column: number): number => common[row * (width + 1) + column] ?? 0;
  for (let row = height - 1; row >= 0; row--) {
    for (let column = width - 1; column >= 0; column--) {
      const isSame = before[head + row] === after[head + column];
      common[row * (width + 1) + column] = isSame ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const changes: LineChange[] = [];
  let [row, column] = [0, 0];
  while (row < height || column < width) {
    const [start, newStart] = [row, column];
    while ((row < height || column < width) && !(row < height && column < width && before[head + row] === after[head + column])) {
      if (column >= width || (row < height && at(row + 1, column) >= at(row, column + 1))) row++;
      else column++;
    }
    if (row > start || column > newStart) {
      changes.push({ old: { start: head + start, end: head + row }, now: { start: head + newStart, end: head + column } });
    }
    while (row < height && column < width && before[head + row] === after[head + column]) {
      row++;
      column++;
    }
  }
  return changes;
}
