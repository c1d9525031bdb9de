// What a selection grows to, step by step: in a query by its names, expressions, clauses and queries, around it by the Python tree.
// Where anybody answers, editors no longer grow a selection by brackets, so that Python outside of queries is answered, too.

import type { SelectionRange } from 'vscode-languageserver-types';
import { treeOf } from '../sql/treeOf';
import type { SqlNode, SqlTree } from '../sql/syntaxTree';
import { scanTemplates } from '../sql/templates';
import { nodesOf } from '../sql/walk';
import { encloses, type Span, touches } from '../text/span';
import type { FileSnapshot } from '../workspace/snapshot';
import { pythonSpans } from './pythonPath';
import { rangeOf } from './ranges';
import { sqlTextsIn, writtenSpan } from './sqlTexts';

/** One answer for each offset, in their order. */
export function selectionRange(file: FileSnapshot, offsets: readonly number[]): readonly SelectionRange[] {
  const queries = sqlTextsIn(file).map((text) => ({ text, tree: undefined as SqlTree | undefined }));
  return offsets.map((offset) => {
    const around = pythonSpans(file.module, offset);
    const spans: Span[] = [{ start: offset, end: offset }, ...around];
    for (const query of queries) {
      const at = query.text.valueOffset(file.uri, offset);
      if (at === undefined) continue;
      query.tree ??= treeOf(query.text.value);
      const written = sqlSpans(query.tree, at).flatMap((span) => writtenSpan(file, query.text, span) ?? []);
      // A part that ends within another literal would be half of each.
      spans.push(...written.filter((span) => around.every((one) => encloses(one, span) || encloses(span, one))));
    }
    return chain(file, offset, spans);
  });
}

/** From the innermost outwards, each of which holds the one before and more. */
function chain({ lines }: FileSnapshot, offset: number, spans: readonly Span[]): SelectionRange {
  const outwards: Span[] = [];
  const bySize = spans.filter((span) => touches(span, offset)).sort((a, b) => a.end - a.start - (b.end - b.start));
  for (const span of bySize) {
    const last = outwards.at(-1);
    if (last === undefined || (encloses(span, last) && span.end - span.start > last.end - last.start)) outwards.push(span);
  }
  // An empty selection is what the cursor is already.
  const [first, ...rest] = outwards.length > 1 ? outwards.slice(1) : outwards;
  const inwards = [...rest].reverse();
  const around = inwards.reduce<SelectionRange | undefined>((parent, span) => linked(rangeOf(lines, span), parent), undefined);
  return linked(rangeOf(lines, first ?? { start: offset, end: offset }), around);
}

function linked(range: SelectionRange['range'], parent: SelectionRange | undefined): SelectionRange {
  return parent === undefined ? { range } : { range, parent };
}

function sqlSpans(tree: SqlTree, at: number): readonly Span[] {
  const { text, comments, tokens } = tree;
  const spans: Span[] = [trimmed(text, { start: 0, end: text.length }), { start: 0, end: text.length }];
  for (const node of nodesOf(tree.statement, ({ span }) => touches(span, at)))
    if (touches(node.span, at)) spans.push(node.span, ...partsOf(node));
  addBrackets(tree, spans);
  for (const { span, innerSpan, parts } of scanTemplates(text).templates) spans.push(span, innerSpan, ...parts.map((part) => part.span));
  const token = tokens.find(({ span }) => span.start <= at && at < span.end) ?? tokens.find(({ span }) => touches(span, at));
  const comment = comments.find(({ span }) => touches(span, at));
  if (comment !== undefined) spans.push(comment.span, wordAt(text, comment.span, at));
  else if (token !== undefined) spans.push(token.span);
  if (token?.kind === 'string' || token?.kind === 'quotedName') {
    const content = { start: token.span.start + 1, end: token.span.end - (token.unclosed === true ? 0 : 1) };
    spans.push(content, wordAt(text, content, at));
  }
  return spans.filter((span) => touches(span, at));
}

/** What can be selected of a node besides its children and itself: its list, a clause that has no node, the beginning of a name. */
function partsOf(node: SqlNode): readonly Span[] {
  switch (node.kind) {
    case 'select':
      return listSpan(node.items).flatMap((list) => [list, { start: node.span.start, end: list.end }]);
    case 'clause':
      return listSpan(node.expressions);
    case 'orderClause':
    case 'groupBy':
      return listSpan(node.items);
    case 'with':
      return listSpan(node.ctes);
    case 'from':
      return listSpan(node.relations);
    case 'call':
      return [node.argumentSpan, ...listSpan(node.args), ...listSpan(node.name)];
    case 'column':
      return node.parts.map(({ span }) => ({ start: node.span.start, end: span.end }));
    case 'table':
      return listSpan(node.name);
    case 'caseBranch':
      return [{ start: node.when.span.start, end: node.then.span.end }];
    default:
      return [];
  }
}

function listSpan(nodes: readonly { readonly span: Span }[]): readonly Span[] {
  const [first, last] = [nodes[0], nodes.at(-1)];
  return first === undefined || last === undefined ? [] : [{ start: first.span.start, end: last.span.end }];
}

/** What stands in brackets, and the same with them. */
function addBrackets({ text, tokens }: SqlTree, spans: Span[]): void {
  const open: number[] = [];
  for (const { key, span } of tokens) {
    if (key === '(' || key === '[') open.push(span.start);
    const start = key === ')' || key === ']' ? open.pop() : undefined;
    if (start === undefined) continue;
    spans.push({ start, end: span.end }, trimmed(text, { start: start + 1, end: span.start }));
  }
}

function trimmed(text: string, { start, end }: Span): Span {
  const inner = text.slice(start, end);
  const from = start + (inner.length - inner.trimStart().length);
  return { start: from, end: Math.max(from, start + inner.trimEnd().length) };
}

function wordAt(text: string, within: Span, at: number): Span {
  let { start, end } = { start: at, end: at };
  while (start > within.start && /[\p{L}\p{N}_]/u.test(text.charAt(start - 1))) start--;
  while (end < within.end && /[\p{L}\p{N}_]/u.test(text.charAt(end))) end++;
  return { start, end };
}
