// The nodes of the Python tree around a place.

import type { Expression, Module, Node, Statement } from '../python/ast';
import { blocksOf, expressionsOf, partsOf } from '../python/walk';
import { type Span, touches } from '../text/span';

/** The innermost statement that holds the character at an offset. */
export function statementAt({ body }: Module, offset: number): Statement | undefined {
  let found: Statement | undefined;
  for (let next = holding(body, offset); next !== undefined; next = holding(blocksOf(next), offset)) found = next;
  return found;
}

function holding(statements: readonly Statement[], offset: number): Statement | undefined {
  return statements.find(({ span }) => span.start <= offset && offset < span.end);
}

/** What there is to select around an offset, from the whole file inwards: statements, their blocks, expressions, what stands in quotes. */
export function pythonSpans(module: Module, offset: number): readonly Span[] {
  const spans: Span[] = [{ start: 0, end: module.text.length }];
  let statements = module.body;
  for (;;) {
    const statement = nearest(statements, offset);
    if (statement === undefined) return spans;
    spans.push(...spansOf(statement).filter((span) => touches(span, offset)));
    const expression = nearest(expressionsOf(statement), offset);
    if (expression !== undefined) {
      addExpression(expression, offset, spans);
      return spans;
    }
    statements = blocksOf(statement);
  }
}

function spansOf(statement: Statement): readonly Span[] {
  if (statement.kind !== 'function') return [statement.span];
  return [statement.span, statement.definitionSpan, statement.bodySpan, statement.nameSpan];
}

function addExpression(expression: Expression, offset: number, spans: Span[]): void {
  spans.push(expression.span);
  if (expression.kind === 'string' || expression.kind === 'formattedString') addTouched(spans, offset, expression.content);
  if (expression.kind === 'attribute') addTouched(spans, offset, expression.nameSpan);
  if (expression.kind === 'call' && touches(expression.argumentsSpan, offset)) {
    const { start, end } = expression.argumentsSpan;
    spans.push({ start, end });
    if (end - start >= 2) addTouched(spans, offset, { start: start + 1, end: end - 1 });
    const argument = nearest(expression.arguments, offset);
    if (argument !== undefined) spans.push(argument.span);
    if (argument?.nameSpan !== undefined) addTouched(spans, offset, argument.nameSpan);
  }
  const part = nearest(partsOf(expression), offset);
  if (part !== undefined) addExpression(part, offset, spans);
}

function addTouched(spans: Span[], offset: number, span: Span): void {
  if (touches(span, offset)) spans.push(span);
}

/** The node at an offset; where one ends as the next begins, the next. */
function nearest<T extends Node>(nodes: readonly T[], offset: number): T | undefined {
  return nodes.find(({ span }) => span.start <= offset && offset < span.end) ?? nodes.find(({ span }) => touches(span, offset));
}
