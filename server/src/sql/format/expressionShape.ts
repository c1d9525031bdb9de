// How expressions are laid out: chains of operators, calls, CASE, windows; and where signs touch what they belong to.

import type { Binary, Call, Case, CaseBranch, DataType, Expression, Unary } from '../expressionTree';
import type { SqlNode, Transform, WindowSpecification } from '../syntaxTree';
import type { Sketch } from './sketch';

/** A CASE with more branches is read line by line. */
const SHORT_CASE = 2;

/** Chains that are laid out with the expression at their top, or by what holds them. */
export class Chains {
  private readonly known = new Set<Expression>();
  private readonly held = new Set<Expression>();

  /** The lines of the chain are those of the clause around it, which indents them. */
  hold(node: Expression | undefined): void {
    if (node !== undefined) this.held.add(node);
  }

  shape(sketch: Sketch, top: Binary): void {
    if (this.known.has(top)) return;
    const level = powerOf(top.operator);
    if (level === undefined) return;
    const isLogical = level === 'AND' || level === 'OR';
    let start: Expression = top;
    const operators: number[] = [];
    while (start.kind === 'binary' && powerOf(start.operator) === level) {
      this.known.add(start);
      operators.push(sketch.indexAt(start.operatorSpan.start));
      start = start.left;
    }
    for (const operator of operators) sketch.breakBefore(operator, isLogical ? 'each' : 'fill');
    if (this.held.has(top)) return;
    const end = sketch.after(top);
    sketch.group(sketch.first(top), end);
    sketch.indent(operators.at(-1) ?? end, end);
  }
}

/** Operators of one chain. Comparisons form none: both sides stay together. */
function powerOf(operator: string): string | undefined {
  switch (operator.toUpperCase()) {
    case 'AND':
    case 'OR':
      return operator.toUpperCase();
    case '+':
    case '-':
      return 'sum';
    case '*':
    case '/':
      return 'product';
    case '||':
      return 'text';
    default:
      return undefined;
  }
}

export function shapeExpression(sketch: Sketch, node: SqlNode, chains: Chains): void {
  switch (node.kind) {
    case 'select':
      chains.hold(node.where?.expressions[0]);
      chains.hold(node.having?.expressions[0]);
      break;
    case 'clause':
      if (node.expressions.length === 1) chains.hold(node.expressions[0]);
      break;
    case 'join':
      chains.hold(node.on);
      break;
    case 'binary':
      chains.shape(sketch, node);
      break;
    case 'parenthesized':
      chains.hold(node.expression);
      sketch.parentheses(sketch.first(node));
      break;
    case 'row':
      sketch.parentheses(sketch.first(node));
      sketch.list(node.items);
      break;
    case 'call':
      shapeCall(sketch, node);
      break;
    case 'cast':
      if (sketch.key(sketch.first(node) + 1) === '(') {
        sketch.glue(sketch.first(node) + 1);
        sketch.parentheses(sketch.first(node) + 1);
      }
      break;
    case 'inList': {
      const open = sketch.first(node.items[0] ?? node) - 1;
      const isPlain = node.items.every(({ kind }) => kind === 'literal');
      sketch.parentheses(open);
      sketch.list(node.items, isPlain ? 'fill' : 'each');
      break;
    }
    case 'case':
      shapeCase(sketch, node);
      break;
    case 'caseBranch':
      shapeBranch(sketch, node);
      break;
    case 'unary':
      shapeUnary(sketch, node);
      break;
    case 'hint':
      if (sketch.key(sketch.after(node.name)) === '(') sketch.glue(sketch.after(node.name));
      break;
    case 'transform':
      shapeTransform(sketch, node);
      break;
    case 'windowSpecification':
      shapeWindow(sketch, node);
      break;
    case 'dataType':
      shapeType(sketch, node);
      break;
    default:
  }
}

function shapeCall(sketch: Sketch, node: Call): void {
  const end = sketch.after(node);
  const last = node.name.at(-1);
  const open = last === undefined ? sketch.find(sketch.first(node), end, '(') : sketch.after(last);
  if (open === undefined || sketch.key(open) !== '(' || open >= end) return;
  sketch.glue(open);
  sketch.parentheses(open);
  sketch.list(node.args);
}

function shapeCase(sketch: Sketch, node: Case): void {
  const from = sketch.first(node);
  const end = sketch.after(node) - 1;
  const [first] = node.branches;
  sketch.group(from, end + 1, node.branches.length > SHORT_CASE);
  for (const branch of node.branches) sketch.breakBefore(sketch.first(branch));
  if (node.otherwise !== undefined) sketch.breakBefore(sketch.first(node.otherwise) - 1);
  sketch.breakBefore(end);
  sketch.indent(first === undefined ? end : sketch.first(first), end);
}

function shapeBranch(sketch: Sketch, node: CaseBranch): void {
  const then = sketch.first(node.then) - 1;
  const end = sketch.after(node);
  sketch.group(sketch.first(node), end);
  sketch.breakBefore(then, 'fill');
  sketch.indent(then, end);
}

function shapeUnary(sketch: Sketch, { operator, operand }: Unary): void {
  if (/^\w/.test(operator)) return;
  const index = sketch.first(operand);
  // Two signs side by side would begin a comment.
  if (!(sketch.key(index - 1) === '-' && sketch.key(index) === '-')) sketch.glue(index);
}

/** The types and formats in it are no nodes: what touches stays together. */
function shapeTransform(sketch: Sketch, node: Transform): void {
  const { tokens } = sketch.tree;
  const end = sketch.after(node);
  if (sketch.key(sketch.first(node)) === '(') sketch.glue(sketch.first(node));
  for (let index = sketch.first(node) + 1; index < end; index++) {
    const touches = tokens[index - 1]?.span.end === tokens[index]?.span.start;
    if (touches && sketch.key(index - 1) !== ',') sketch.glue(index);
  }
}

function shapeWindow(sketch: Sketch, node: WindowSpecification): void {
  const open = sketch.first(node);
  if (sketch.key(open) !== '(') return;
  sketch.parentheses(open);
  const [order] = node.orderBy;
  if (order !== undefined && sketch.first(order) - 2 > open + 1) sketch.breakBefore(sketch.first(order) - 2);
  if (node.frame !== undefined && sketch.first(node.frame) > open + 1) sketch.breakBefore(sketch.first(node.frame));
}

function shapeType(sketch: Sketch, node: DataType): void {
  const end = sketch.after(node);
  for (let index = sketch.first(node); index < end; index++) {
    const key = sketch.key(index);
    if (key === '<' || key === '>' || key === '<>' || key === ':' || key === '(') sketch.glue(index);
    if (key === '<') sketch.glue(index + 1);
    if (key === ':') sketch.spaces[index + 1] = true;
  }
}
