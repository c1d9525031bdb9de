// Windows: what stands behind OVER, the WINDOW clause, frames, and the sort items they share with ORDER BY.

import type { Cursor } from './cursor';
import { isColumnAliasAt, isNameToken, isProvenName } from './keywords';
import type { Expression } from './expressionTree';
import type { NamedWindow, SortItem, WindowClause, WindowFrame, WindowReference, WindowSpecification } from './syntaxTree';

export function parseSortItem(p: Cursor): SortItem {
  const { start } = p;
  const expression = p.grammar.expression(p);
  if (!p.isLost() && (p.is('ASC') || p.is('DESC'))) p.advance();
  if (!p.isLost() && p.is('NULLS') && (p.peek() === 'FIRST' || p.peek() === 'LAST')) p.at += 2;
  return { kind: 'sortItem', expression, span: p.span(start) };
}

/** The name of a window, or its specification in parentheses. */
export function parseWindow(p: Cursor): WindowReference | WindowSpecification {
  const { start } = p;
  if (!p.is('(')) {
    const name = p.name();
    if (p.is('-') && isNameToken(p.peekToken())) {
      p.note(
        'value',
        name.span,
        'Spark takes what stands around the "-" for one name: expected the window in parentheses',
        `(${p.textOf(name.span)})`,
      );
    }
    return { kind: 'windowReference', name, span: name.span };
  }
  const open = p.at;
  p.advance();
  if (isColumnAliasAt(p.tokens, p.at) && p.peek() === ')') {
    const name = p.name();
    p.close(open);
    return { kind: 'windowReference', name, span: p.span(start) };
  }
  const specification = parseSpecification(p);
  p.close(open);
  return { ...specification, span: p.span(start) };
}

function parseSpecification(p: Cursor): WindowSpecification {
  const { start } = p;
  let partitionBy: readonly Expression[] = [];
  let orderBy: readonly SortItem[] = [];
  if (p.takeAll('CLUSTER', 'BY')) partitionBy = p.list(() => p.grammar.expression(p), 'ORDER', 'ROWS', 'RANGE');
  else {
    if (p.is('PARTITION') || p.is('DISTRIBUTE')) {
      p.advance();
      if (p.expect('BY')) partitionBy = p.list(() => p.grammar.expression(p), 'ORDER', 'SORT', 'ROWS', 'RANGE');
      else p.recover('ORDER', 'SORT', 'ROWS', 'RANGE');
    }
    if (p.is('ORDER') || p.is('SORT')) {
      p.advance();
      if (p.expect('BY')) orderBy = p.list(() => parseSortItem(p), 'ROWS', 'RANGE');
      else p.recover('ROWS', 'RANGE');
    }
  }
  const frame = !p.isLost() && (p.is('ROWS') || p.is('RANGE')) ? parseFrame(p) : undefined;
  if (!p.isLost() && !p.is(')')) {
    const first = partitionBy.length === 0 && orderBy.length === 0 && frame === undefined;
    p.fail(first ? '"PARTITION BY", "ORDER BY", "ROWS" or "RANGE"' : frame === undefined ? '"ORDER BY", "ROWS", "RANGE" or ")"' : '")"');
  }
  return { kind: 'windowSpecification', partitionBy, orderBy, frame, span: p.span(start) };
}

function parseFrame(p: Cursor): WindowFrame {
  const { start } = p;
  p.advance();
  const bounds: Expression[] = [];
  if (p.is('BETWEEN') && !isProvenName(p.tokens, p.at)) {
    p.advance();
    parseBound(p, bounds);
    if (p.expect('AND', ' and the other bound of the frame')) parseBound(p, bounds);
  } else parseBound(p, bounds);
  return { kind: 'windowFrame', bounds, span: p.span(start) };
}

function parseBound(p: Cursor, bounds: Expression[]): void {
  if (p.isLost() || p.takeAll('CURRENT', 'ROW')) return;
  if (p.is('UNBOUNDED') && (p.peek() === 'PRECEDING' || p.peek() === 'FOLLOWING')) {
    p.at += 2;
    return;
  }
  // The words behind it are no part of the expression, nor is the AND between two bounds.
  const bound = p.grammar.value(p);
  bounds.push(bound);
  if (!p.isLost() && !p.take('PRECEDING') && !p.take('FOLLOWING')) p.fail('"PRECEDING" or "FOLLOWING"');
  else if (!p.isLost() && bound.kind === 'column') p.note('value', bound.span, 'the bound of a frame is a literal, no column');
}

/** `WINDOW a AS (…), b AS a` */
export function parseWindowClause(p: Cursor): WindowClause {
  const { start } = p;
  p.advance();
  const windows = p.list(() => parseNamedWindow(p)).filter((window) => window !== undefined);
  const names = new Set<string>();
  for (const { name } of windows) {
    const key = name.text.toLowerCase();
    if (names.has(key)) p.note('value', name.span, `the window "${name.text}" is defined twice`);
    names.add(key);
  }
  for (const { window } of windows) {
    if (window.kind === 'windowReference' && !names.has(window.name.text.toLowerCase())) {
      p.note('value', window.span, `no window of the name "${window.name.text}" is defined here`);
    }
  }
  return { kind: 'windowClause', windows, span: p.span(start) };
}

function parseNamedWindow(p: Cursor): NamedWindow | undefined {
  const { start } = p;
  const name = p.expectName('the name of a window');
  if (name === undefined) return undefined;
  const window = p.expect('AS') && (p.is('(') || isColumnAliasAt(p.tokens, p.at)) ? parseWindow(p) : p.missing();
  if (window.kind === 'missing') p.fail('a window in parentheses');
  return { kind: 'namedWindow', name, window, span: p.span(start) };
}
