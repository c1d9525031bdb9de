// Edits of a file as a unified diff, which `git apply` and `patch -p1` take.

import type { FileEdit } from '../features/formatLines';
import { documentAfter, linesOf } from '../languageService';

/** How many lines that stay are shown around those that change. */
const CONTEXT = 3;

/** Lines that change, each with its line end. */
interface Change {
  /** The number of the first one, from zero. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** `edits` are in order and do not overlap; `path` has `/` on every system. */
export function unifiedDiff(path: string, text: string, edits: readonly FileEdit[]): string {
  const lines = linesOf(text);
  const hunks: Change[][] = [];
  for (const change of changesOf(lines, edits)) {
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && change.at - (last.at + last.removed.length) <= 2 * CONTEXT) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  if (hunks.length === 0) return '';
  let shift = 0;
  const written = hunks.map((changes) => {
    const hunk = formatHunk(lines, changes, shift);
    for (const { added, removed } of changes) shift += added.length - removed.length;
    return hunk;
  });
  return `--- ${pathText(`a/${path}`)}\n+++ ${pathText(`b/${path}`)}\n${written.join('')}`;
}

function changesOf(lines: readonly string[], edits: readonly FileEdit[]): readonly Change[] {
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length);
  const groups: { readonly from: number; to: number; readonly edits: FileEdit[] }[] = [];
  // Behind the last line stands one more only where that line has an end.
  const last = lines.length - (lines.at(-1)?.endsWith('\n') === false ? 1 : 0);
  let line = 0;
  for (const edit of edits) {
    while (line < last && (starts[line + 1] ?? Infinity) <= edit.span.start) line++;
    let to = line + 1;
    while ((starts[to] ?? Infinity) <= edit.span.end) to++;
    const group = groups.at(-1);
    if (group !== undefined && group.to > line) {
      group.to = Math.max(group.to, to);
      group.edits.push(edit);
    } else groups.push({ from: line, to, edits: [edit] });
  }
  return groups.flatMap((group) => {
    const start = starts[group.from] ?? 0;
    const own = group.edits.map(({ span, newText }) => ({ span: { start: span.start - start, end: span.end - start }, newText }));
    const removed = lines.slice(group.from, group.to);
    const change = withoutCommon(group.from, removed, linesOf(documentAfter(removed.join(''), own)));
    return change.removed.length === 0 && change.added.length === 0 ? [] : [change];
  });
}

function withoutCommon(at: number, removed: readonly string[], added: readonly string[]): Change {
  let head = 0;
  while (head < removed.length && head < added.length && removed[head] === added[head]) head++;
  let tail = 0;
  while (tail < Math.min(removed.length, added.length) - head && removed.at(-1 - tail) === added.at(-1 - tail)) tail++;
  return { at: at + head, removed: removed.slice(head, removed.length - tail), added: added.slice(head, added.length - tail) };
}

function formatHunk(lines: readonly string[], changes: readonly Change[], shift: number): string {
  const first = Math.max(0, (changes[0]?.at ?? 0) - CONTEXT);
  const body: string[] = [];
  let at = first;
  let [before, after] = [0, 0];
  const keep = (until: number): void => {
    for (; at < until; at++, before++, after++) body.push(lineText(' ', lines[at] ?? ''));
  };
  for (const { at: start, removed, added } of changes) {
    keep(start);
    body.push(...removed.map((line) => lineText('-', line)), ...added.map((line) => lineText('+', line)));
    at += removed.length;
    before += removed.length;
    after += added.length;
  }
  keep(Math.min(lines.length, at + CONTEXT));
  return `@@ -${rangeText(first, before)} +${rangeText(first + shift, after)} @@\n${body.join('')}`;
}

/** An empty range is named by the line before it. */
function rangeText(first: number, count: number): string {
  if (count === 0) return `${first},0`;
  return count === 1 ? `${first + 1}` : `${first + 1},${count}`;
}

function lineText(sign: string, line: string): string {
  return line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`;
}

/** A path with blanks ends with a tab; one with characters that would end it is written in quotation marks. */
function pathText(path: string): string {
  if (!/["\\\p{Cc}]/u.test(path)) return path.includes(' ') ? `${path}\t` : path;
  const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, '0')}`;
  return `"${path.replace(/["\\]/g, '\\$&').replace(/\p{Cc}/gu, (control) => [...Buffer.from(control)].map(octal).join(''))}"`;
}
