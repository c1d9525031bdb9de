// The string literals of Python: which one a character stands in, and how a text is written in one.

import type { Expression, FormattedString, Module, Statement, StringLiteral } from '../../python/ast';
import { blocksOf, expressionsOf, partsOf } from '../../python/walk';
import { encloses, type Span } from '../../text/span';

export type Literal = StringLiteral | FormattedString;

/** An expression and what it is a part of, the outermost first. */
export function expressionsAt(module: Module, span: Span): readonly Expression[] {
  const path: Expression[] = [];
  let statements: readonly Statement[] = module.body;
  for (;;) {
    const around: Statement | undefined = statements.find((statement) => encloses(statement.span, span));
    if (around === undefined) return path;
    const inner: Expression | undefined = expressionsOf(around).find((expression) => encloses(expression.span, span));
    if (inner !== undefined) {
      descend(inner, span, path);
      return path;
    }
    statements = blocksOf(around);
  }
}

function descend(expression: Expression, span: Span, path: Expression[]): void {
  for (let at: Expression | undefined = expression; at !== undefined;) {
    path.push(at);
    at = partsOf(at).find((part) => encloses(part.span, span));
  }
}

export function literalAt(module: Module, span: Span): Literal | undefined {
  return expressionsAt(module, span).findLast((one) => one.kind === 'string' || one.kind === 'formattedString');
}

/** Whether doubled braces stand for one in a literal, or may do so in what is made of it. */
export function bracesIn(module: Module, span: Span): 'doubled' | 'plain' | 'unknown' {
  const path = expressionsAt(module, span);
  const formats = path.some((one) => one.kind === 'call' || (one.kind === 'binary' && one.operator === '%'));
  const literal = literalAt(module, span);
  if (literal === undefined || formats) return 'unknown';
  return literal.kind === 'formattedString' ? 'doubled' : 'plain';
}

/** A text as it is written in a literal of the same form; undefined where that form cannot hold it. */
export function encodeFor(literal: Literal, text: string): string | undefined {
  const { prefix, quote } = literal;
  const doubled = literal.kind === 'formattedString' ? text.replace(/[{}]/g, '$&$&') : text;
  if (prefix.includes('b')) return undefined;
  const triple = quote.length === 3;
  if (prefix.includes('r'))
    return /[\\\r]/.test(text) || text.includes(quote.charAt(0)) || (!triple && text.includes('\n')) ? undefined : doubled;
  const escaped = doubled.replaceAll('\\', '\\\\').replaceAll('\r', '\\r');
  if (!triple) return escaped.replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n');
  return escaped.replaceAll(quote, quote.replace(/./g, '\\$&')).replace(new RegExp(`${quote.charAt(0)}$`), '\\$&');
}
