// How a query is laid out: each clause on a line of its own, what it lists on one line or one a line.

import type { Span } from '../../text/span';
import type { From, Join, Pivot, Unpivot } from '../relationTree';
import type { Cte, GroupBy, GroupingSets, InlineTable, Query, QueryTail, Select, SqlNode, With } from '../syntaxTree';
import type { Sketch } from './sketch';

type Spanned = { readonly span: Span };

/** Says how a node is laid out if it is part of what makes up a query; `false` where it is not. */
export function shapeQuery(sketch: Sketch, node: SqlNode): boolean {
  switch (node.kind) {
    case 'query':
      shapeBody(sketch, node);
      return true;
    case 'queryTail':
      shapeTail(sketch, node);
      return true;
    case 'with':
      shapeWith(sketch, node);
      return true;
    case 'cte':
      shapeCte(sketch, node);
      return true;
    case 'select':
      shapeSelect(sketch, node);
      return true;
    case 'from':
      shapeFrom(sketch, node);
      return true;
    case 'fromQuery':
      for (const branch of node.branches) sketch.breakBefore(sketch.first(branch));
      return true;
    case 'setOperation':
      sketch.breakBefore(sketch.indexAt(node.operatorSpan.start));
      sketch.breakBefore(sketch.first(node.right));
      return true;
    case 'pipedQuery':
      sketch.breakBefore(sketch.first(node.operator));
      return true;
    case 'inlineTable':
      shapeValues(sketch, node);
      return true;
    case 'clause':
      if (!['LIMIT', 'OFFSET'].includes(node.keyword)) shapeClause(sketch, node, node.expressions);
      return true;
    case 'orderClause':
      shapeClause(sketch, node, node.items);
      return true;
    case 'groupBy':
      shapeGroupBy(sketch, node);
      return true;
    case 'groupingSets':
      shapeGroupingSets(sketch, node);
      return true;
    case 'windowClause':
      shapeClause(sketch, node, node.windows);
      return true;
    case 'join':
      shapeJoin(sketch, node);
      return true;
    case 'parenthesizedRelation':
      sketch.parentheses(sketch.first(node));
      return true;
    case 'pivot':
    case 'unpivot':
      shapePivot(sketch, node);
      return true;
    case 'tableAlias':
      if (node.columns[0] !== undefined) sketch.glue(sketch.after(node.name));
      return true;
    default:
      return false;
  }
}

/** Whether a query is better read on several lines, even if it fits on one. */
function isLong({ with: ctes, body, tail }: Query): boolean {
  if (ctes !== undefined || (body.kind !== 'select' && body.kind !== 'inlineTable' && body.kind !== 'tableQuery')) return true;
  if (body.kind !== 'select') return false;
  const { from, where, groupBy, having, lateralViews, windows } = body;
  const others = [where, groupBy, having, windows, tail.orderBy, tail.sortBy, tail.clusterBy, tail.distributeBy, tail.windows, tail.limit];
  const isJoined = from !== undefined && (from.relations.some(({ kind }) => kind !== 'table') || from.lateralViews.length > 0);
  return isJoined || lateralViews.length > 0 || others.filter((clause) => clause !== undefined).length > 1;
}

/** A query with a name that reads a table. */
function isCte(sketch: Sketch, query: Query): boolean {
  return query.body.kind === 'select' && query.body.from !== undefined && sketch.key(sketch.first(query) - 2) === 'AS';
}

/** In parentheses, the query is indented between them. */
function shapeBody(sketch: Sketch, query: Query): void {
  const { with: ctes } = query;
  const first = sketch.first(query);
  if (ctes !== undefined) sketch.breakBefore(sketch.after(ctes));
  if (sketch.key(first - 1) === '(') sketch.parentheses(first - 1, isLong(query) || isCte(sketch, query));
}

function shapeWith(sketch: Sketch, { ctes }: With): void {
  sketch.list(ctes);
}

function shapeCte(sketch: Sketch, { name, columns }: Cte): void {
  if (columns[0] !== undefined) sketch.glue(sketch.after(name));
}

function shapeTail(sketch: Sketch, tail: QueryTail): void {
  for (const clause of [tail.orderBy, tail.clusterBy, tail.distributeBy, tail.sortBy, tail.windows, tail.limit, tail.offset]) {
    if (clause !== undefined) sketch.breakBefore(sketch.first(clause));
  }
}

function shapeSelect(sketch: Sketch, node: Select): void {
  const { items, from, lateralViews, where, groupBy, having, windows } = node;
  for (const clause of [from, ...lateralViews, where, groupBy, having, windows]) {
    if (clause !== undefined) sketch.breakBefore(sketch.first(clause));
  }
  shapeClause(sketch, node, items);
}

/** Keywords, and behind them a list that stands on their line or indented below it. */
function shapeClause(sketch: Sketch, clause: Spanned, items: readonly Spanned[]): void {
  const [head] = items;
  const last = items.at(-1);
  if (head === undefined || last === undefined) return;
  const from = sketch.first(head);
  const to = sketch.after(last);
  sketch.group(sketch.first(clause), to);
  sketch.breakBefore(from);
  sketch.list(items);
  sketch.indent(from, to);
}

function shapeFrom(sketch: Sketch, node: From): void {
  const { relations, lateralViews } = node;
  for (const view of lateralViews) sketch.breakBefore(sketch.first(view));
  if (relations.length < 2) return;
  if (relations.every(({ kind }) => kind === 'table' || kind === 'tableFunction' || kind === 'subqueryRelation')) {
    shapeClause(sketch, node, relations);
    return;
  }
  sketch.list(relations);
  sketch.indent(sketch.first(relations[1] ?? node), sketch.after(relations.at(-1) ?? node));
}

/** The condition follows the table, or stands indented below it. */
function shapeJoin(sketch: Sketch, { left, right, on, using, span }: Join): void {
  sketch.breakBefore(sketch.after(left));
  const condition = sketch.after(right);
  const end = sketch.indexAt(span.end);
  if (on === undefined && using.length === 0) return;
  sketch.group(condition - 1, end);
  sketch.breakBefore(condition);
  sketch.indent(condition, end);
}

function shapeValues(sketch: Sketch, { rows, span }: InlineTable): void {
  shapeClause(sketch, { span }, rows);
}

function shapeGroupBy(sketch: Sketch, node: GroupBy): void {
  const separate = node.items.filter((item, index) => index === 0 || sketch.key(sketch.first(item) - 1) === ',');
  shapeClause(sketch, node, separate);
}

function shapeGroupingSets(sketch: Sketch, node: GroupingSets): void {
  const open = sketch.find(sketch.first(node), sketch.after(node), '(');
  if (open === undefined) return;
  if (node.name !== 'GROUPING SETS') sketch.glue(open);
  sketch.parentheses(open);
  sketch.list(node.sets);
}

function shapePivot(sketch: Sketch, node: Pivot | Unpivot): void {
  const word = sketch.after(node.input);
  sketch.breakBefore(word);
  const end = sketch.after(node);
  const open = sketch.find(word, end, '(');
  if (open === undefined) return;
  sketch.parentheses(open);
  const values = sketch.find(open + 1, end, 'FOR');
  if (values === undefined) return;
  sketch.breakBefore(values);
  const names = sketch.find(values, end, 'IN');
  if (names === undefined) return;
  sketch.parentheses(names + 1);
  sketch.list(node.kind === 'pivot' ? node.values : node.sets);
}
