// What of the SQL of definitions can be folded away. Where a provider of folding ranges answers at all, editors no longer fold Python
// by its indentation, so that a document with queries is answered as a whole.

import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver-types';
import type { SqlNode, SqlTree } from '../sql/syntaxTree';
import { treeOf } from '../sql/treeOf';
import { nodesOf } from '../sql/walk';
import type { MappedText } from '../text/mappedText';
import type { Span } from '../text/span';
import { isQueryFile } from '../workspace/fileUris';
import type { FileSnapshot } from '../workspace/snapshot';
import { indentationFolds, type LineFold } from './indentationFolds';
import { sqlTextsIn, writtenSpan } from './sqlTexts';

export interface FoldingOptions {
  /** The client hides whole lines: the line of a closing parenthesis stays in sight. */
  readonly wholeLines: boolean;
  /** The most ranges that the client wants. */
  readonly limit: number;
}

/** Undefined for a document without queries, which is left to others. */
export function foldingRange(file: FileSnapshot, { wholeLines, limit }: FoldingOptions): readonly FoldingRange[] | undefined {
  const texts = sqlTextsIn(file);
  if (texts.length === 0) return undefined;
  const isPython = !isQueryFile(file.uri);
  const interior = new Set<number>();
  const folds: LineFold[] = [];
  for (const text of texts) {
    addInterior(file, text, interior);
    const whole = isPython ? [{ start: 0, end: text.value.length, closing: 0 }] : [];
    for (const part of [...whole, ...foldableParts(treeOf(text.value))]) {
      const span = writtenSpan(file, text, part);
      if (span !== undefined) folds.push(...foldOf(file, { ...part, ...span }, wholeLines));
    }
  }
  if (isPython) folds.push(...indentationFolds(file.text, file.lines, interior));
  return nested(folds, limit);
}

interface FoldablePart extends Span {
  /** The length of what closes it, which stays in sight where it begins a line: `)`, `END`. */
  readonly closing: number;
  readonly kind?: FoldingRangeKind;
}

const clauses: ReadonlySet<SqlNode['kind']> = new Set<SqlNode['kind']>([
  'from',
  'clause',
  'groupBy',
  'windowClause',
  'orderClause',
  'lateralView',
  'pipeOperator',
]);

function foldableParts(tree: SqlTree): readonly FoldablePart[] {
  const parts: FoldablePart[] = tree.comments
    .filter(({ kind }) => kind === 'block')
    .map(({ span }) => ({ ...span, closing: 0, kind: FoldingRangeKind.Comment }));
  const open: number[] = [];
  for (const { key, span } of tree.tokens) {
    if (key === '(') open.push(span.start);
    const start = key === ')' ? open.pop() : undefined;
    if (start !== undefined) parts.push({ start, end: span.end, closing: 1 });
  }
  for (const node of nodesOf(tree.statement)) addNode(node, parts);
  return parts;
}

function addNode(node: SqlNode, parts: FoldablePart[]): void {
  const { start, end } = node.span;
  if (clauses.has(node.kind)) parts.push({ start, end, closing: 0 });
  if (node.kind === 'cte') parts.push({ start, end, closing: 1 });
  if (node.kind === 'case') parts.push({ start, end, closing: 'END'.length });
  if (node.kind === 'select') parts.push({ start, end: node.items.at(-1)?.span.end ?? start, closing: 0 });
}

/** Lines that begin within a literal: their indentation is none of Python's. */
function addInterior({ uri, lines }: FileSnapshot, { segments }: MappedText, interior: Set<number>): void {
  for (const { uri: home, source } of segments) {
    if (home !== uri) continue;
    const last = lines.positionAt(source.end).line;
    for (let line = lines.positionAt(source.start).line + 1; line <= last; line++) interior.add(line);
  }
}

/** What may stand behind a part in its last line without being another one: a comma, and the end of a literal of one line. */
const NOTHING_MORE = /^\s*,?\s*(?:["'](?!["']{2})[\s+\\]*)?$/;

function foldOf({ text, lines }: FileSnapshot, part: FoldablePart, wholeLines: boolean): readonly LineFold[] {
  const { start, end, closing, kind } = part;
  const first = lines.positionAt(start);
  const last = lines.positionAt(end);
  const extra = kind === undefined ? {} : { kind };
  if (!wholeLines) {
    if (last.line <= first.line) return [];
    const startCharacter = lines.positionAt(lines.lineEnd(first.line)).character;
    const endCharacter = last.character - closing;
    return [{ startLine: first.line, startCharacter, endLine: last.line, endCharacter, ...extra }];
  }
  const before = text.slice(lines.lineStart(last.line), end);
  const after = text.slice(end, lines.lineEnd(last.line));
  const isClosing = /^\s*(?:\)|END)$/i.test(before);
  const endLine = isClosing || !NOTHING_MORE.test(after) ? last.line - 1 : last.line;
  return endLine > first.line ? [{ startLine: first.line, endLine, ...extra }] : [];
}

/** One range a line, the widest (of equals the first), and none that reaches out of another; of too many the outermost. */
function nested(folds: readonly LineFold[], limit: number): readonly LineFold[] {
  const kept: { readonly fold: LineFold; readonly depth: number }[] = [];
  const open: LineFold[] = [];
  const inOrder = [...folds].sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
  for (const fold of inOrder) {
    while ((open.at(-1)?.endLine ?? Number.POSITIVE_INFINITY) < fold.startLine) open.pop();
    const around = open.at(-1);
    if (kept.at(-1)?.fold.startLine === fold.startLine) continue;
    if (around !== undefined && (fold.endLine > around.endLine || (fold.endLine === around.endLine && endOf(fold) > endOf(around))))
      continue;
    kept.push({ fold, depth: open.length });
    open.push(fold);
  }
  if (kept.length <= limit) return kept.map(({ fold }) => fold);
  const depths = kept.map(({ depth }) => depth).sort((a, b) => a - b);
  const deepest = depths[limit] ?? 0;
  return kept.filter(({ depth }) => depth < deepest).map(({ fold }) => fold);
}

function endOf({ endCharacter }: LineFold): number {
  return endCharacter ?? Number.POSITIVE_INFINITY;
}
