// SELECT with its clauses, up to WINDOW.

import type { Cursor } from './cursor';
import { CLAUSES, isBeforeBy, isClauseAt, isOperandAt, isProvenName } from './keywords';
import { parseFrom, parseLateralView } from './relations';
import type { Expression } from './expressionTree';
import type { From, LateralView } from './relationTree';
import type { ExpressionClause, GroupBy, GroupingSets, GroupItem, Hint, Select, SelectItem, Transform, WindowClause } from './syntaxTree';
import { parseTransform } from './transforms';
import { parseWindowClause } from './windows';

/** Reads SELECT, MAP or REDUCE and all clauses behind it. */
export function parseSelect(p: Cursor): Select {
  return parseSelectBody(p, true);
}

const ORDER = ['FROM', 'LATERAL VIEW', 'WHERE', 'GROUP BY', 'HAVING', 'WINDOW'] as const;

/** `withFrom` is false behind a FROM that came first. */
export function parseSelectBody(p: Cursor, withFrom = false): Select {
  const { start } = p;
  const word = p.advance().key;
  const hints = word === 'SELECT' ? parseHints(p) : [];
  let distinct = false;
  let items: readonly SelectItem[] = [];
  let transform: Transform | undefined;
  if (word !== 'SELECT' || isTransformCall(p)) transform = parseTransform(p);
  else {
    distinct = parseQuantifier(p);
    items = p.list(() => parseItem(p));
  }
  endClause(p);
  const lateralViews: LateralView[] = [];
  let from: From | undefined;
  let where: ExpressionClause | undefined;
  let groupBy: GroupBy | undefined;
  let having: ExpressionClause | undefined;
  let windows: WindowClause | undefined;
  let rank = withFrom ? -1 : 0;
  for (;;) {
    const clause = ORDER.find((words) => words.split(' ').every((key, i) => p.peek(i) === key));
    if (clause === undefined || !isClauseAt(p.tokens, p.at) || (clause === 'FROM' && !withFrom)) break;
    const own = ORDER.indexOf(clause);
    if (own < rank || (own === rank && clause !== 'LATERAL VIEW')) {
      const message =
        own === rank ? `unexpected "${clause}": the query has one already` : `"${clause}" stands before "${ORDER[rank] ?? ''}"`;
      p.note('syntax', p.token.span, message);
    }
    rank = Math.max(rank, own);
    switch (clause) {
      case 'FROM':
        from = parseFrom(p);
        break;
      case 'LATERAL VIEW':
        lateralViews.push(parseLateralView(p));
        break;
      case 'WHERE':
        where = expressionClause(p, clause, 1);
        break;
      case 'GROUP BY':
        groupBy = parseGroupBy(p);
        break;
      case 'HAVING':
        having = expressionClause(p, clause, 1);
        break;
      case 'WINDOW':
        windows = parseWindowClause(p);
        break;
    }
    endClause(p);
  }
  return { kind: 'select', hints, distinct, items, transform, from, lateralViews, where, groupBy, having, windows, span: p.span(start) };
}

function parseItem(p: Cursor): SelectItem {
  const item = p.grammar.namedExpression(p);
  const { token } = p;
  const isText = token.kind === 'string';
  const goesOn = isText || token.kind === 'word' || token.kind === 'quotedName' || token.kind === 'number' || token.kind === 'template';
  // Two names side by side and a third: a comma was forgotten, or the alias is no alias.
  if (!p.isLost() && goesOn && !isClauseAt(p.tokens, p.at)) {
    p.unexpected(
      isText ? ': an alias stands without quotation marks, or in backquotes' : item.alias === undefined ? '' : ': a comma is missing',
    );
  }
  return item;
}

/** What follows a clause must be another one; the rest of a broken one is skipped. */
export function endClause(p: Cursor): void {
  for (;;) {
    const { token } = p;
    const closes = token.key === ')' && p.isOpen();
    if (!p.isLost() && !(token.kind === 'end' || closes || token.key === ';' || isClauseAt(p.tokens, p.at))) {
      if (!p.corrects(CLAUSES)) p.unexpected(isBeforeBy(token.key) ? `: "BY" is missing behind it` : '');
      else continue;
    }
    if (!p.isLost()) return;
    p.recover();
    if (p.is(')') && !p.isOpen()) p.advance();
    else return;
  }
}

/** DISTINCT or ALL; a column of that name is followed by what proves it. */
export function parseQuantifier(p: Cursor): boolean {
  if (!p.is('DISTINCT') && !p.is('ALL')) return false;
  if (isProvenName(p.tokens, p.at) && !isOperandAt(p.tokens, p.at + 1)) return false;
  return p.advance().key === 'DISTINCT';
}

/** `/*+ BROADCAST(t), COALESCE(3) *\/` */
function parseHints(p: Cursor): Hint[] {
  const hints: Hint[] = [];
  while (p.take('/*+')) {
    if (p.is('*/')) p.fail('a hint');
    const before = hints.length;
    while (!p.is('*/') && p.token.kind !== 'end' && !p.isLost()) {
      const { start } = p;
      if (hints.length > before) p.take(',');
      const name = p.expectName('the name of a hint');
      if (name === undefined) break;
      let parameters: readonly Expression[] = [];
      if (p.is('(')) {
        const open = p.at;
        p.advance();
        parameters = p.list(() => p.grammar.value(p));
        const signed = parameters.find((one) => one.kind === 'binary' || (one.kind === 'unary' && one.operand.kind !== 'literal'));
        if (signed !== undefined) p.note('syntax', signed.span, 'a hint takes names, numbers and texts');
        p.close(open);
      }
      hints.push({ kind: 'hint', name, parameters, span: p.span(start) });
    }
    if (p.isLost()) p.recover('*/');
    p.expect('*/', ' to close the hint');
  }
  return hints;
}

/** `SELECT TRANSFORM (…) USING …`; without USING it is the function of that name. */
function isTransformCall(p: Cursor): boolean {
  if (!p.is('TRANSFORM') || p.peek() !== '(') return false;
  const close = p.closingOf(p.at + 1);
  const after = close === undefined ? '' : (p.tokens[close + 1]?.key ?? '');
  return (after === 'USING' && p.tokens[(close ?? 0) + 2]?.kind === 'string') || after === 'ROW' || after === 'RECORDWRITER';
}

/** A clause of expressions: at most as many as `most`. */
export function expressionClause(p: Cursor, keyword: string, most = Number.POSITIVE_INFINITY): ExpressionClause {
  const { start } = p;
  p.at += keyword.includes(' ') ? 2 : 1;
  const expressions = most === 1 ? [p.grammar.expression(p)] : p.list(() => p.grammar.expression(p));
  return { kind: 'clause', keyword, expressions, span: p.span(start) };
}

function parseGroupBy(p: Cursor): GroupBy {
  const { start } = p;
  p.at += 2;
  const items = p.list(() => parseGroupItem(p));
  if (!p.isLost() && p.is('WITH') && (p.peek() === 'ROLLUP' || p.peek() === 'CUBE')) p.at += 2;
  else if (!p.isLost() && p.is('GROUPING') && p.peek() === 'SETS') items.push(parseGroupingSets(p));
  return { kind: 'groupBy', items, span: p.span(start) };
}

/** `sets` names what the item stands in, where that is no plain list. */
function parseGroupItem(p: Cursor, sets?: GroupingSets['name']): GroupItem {
  const nested = (p.is('GROUPING') && p.peek() === 'SETS' && p.peek(2) === '(') || ((p.is('ROLLUP') || p.is('CUBE')) && p.peek() === '(');
  if (nested) return parseGroupingSets(p);
  const { start } = p;
  // The empty set `()` is no expression.
  if (sets !== undefined && p.is('(') && p.peek() === ')') {
    p.at += 2;
    if (sets !== 'GROUPING SETS') p.note('value', p.span(start), `${sets} has no empty set`);
    return { kind: 'row', items: [], span: p.span(start) };
  }
  return p.grammar.expression(p);
}

function parseGroupingSets(p: Cursor): GroupingSets {
  const { start } = p;
  const word = p.advance().key;
  const name = word === 'GROUPING' ? 'GROUPING SETS' : (word as 'CUBE' | 'ROLLUP');
  if (word === 'GROUPING') p.advance();
  const open = p.at;
  if (!p.expect('(')) return { kind: 'groupingSets', name, sets: [], span: p.span(start) };
  const sets = p.list(() => parseGroupItem(p, name));
  p.close(open);
  return { kind: 'groupingSets', name, sets, span: p.span(start) };
}
