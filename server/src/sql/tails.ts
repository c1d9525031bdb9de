// What orders and limits the rows of a query: ORDER BY to OFFSET, and the named windows among them.

import type { Cursor } from './cursor';
import { isClauseAt } from './keywords';
import { endClause, expressionClause } from './selects';
import type { ExpressionClause, OrderClause, QueryTail, WindowClause } from './syntaxTree';
import { parseSortItem, parseWindowClause } from './windows';

const TAIL = ['ORDER BY', 'CLUSTER BY', 'DISTRIBUTE BY', 'SORT BY', 'WINDOW', 'LIMIT', 'OFFSET'] as const;

export function emptyTail(p: Cursor): QueryTail {
  const none = undefined;
  return {
    kind: 'queryTail',
    orderBy: none,
    clusterBy: none,
    distributeBy: none,
    sortBy: none,
    windows: none,
    limit: none,
    offset: none,
    span: p.missing().span,
  };
}

export function parseTail(p: Cursor): QueryTail {
  const start = p.isLost() ? p.end : p.start;
  let orderBy: OrderClause | undefined;
  let sortBy: OrderClause | undefined;
  let clusterBy: ExpressionClause | undefined;
  let distributeBy: ExpressionClause | undefined;
  let windows: WindowClause | undefined;
  let limit: ExpressionClause | undefined;
  let offset: ExpressionClause | undefined;
  let rank = -1;
  let found = false;
  for (;;) {
    if (p.isLost()) p.recover();
    const clause = TAIL.find((words) => words.split(' ').every((word, i) => p.peek(i) === word));
    if (clause === undefined || !isClauseAt(p.tokens, p.at)) break;
    found = true;
    const own = TAIL.indexOf(clause);
    if (own <= rank) misplaced(p, clause, TAIL[rank] ?? '', own === rank);
    rank = Math.max(rank, own);
    switch (clause) {
      case 'ORDER BY':
        orderBy = parseOrder(p, clause);
        break;
      case 'SORT BY':
        sortBy = parseOrder(p, clause);
        break;
      case 'CLUSTER BY':
        clusterBy = expressionClause(p, clause);
        break;
      case 'DISTRIBUTE BY':
        distributeBy = expressionClause(p, clause);
        break;
      case 'WINDOW':
        windows = parseWindowClause(p);
        break;
      case 'LIMIT':
        limit = parseLimit(p);
        break;
      case 'OFFSET':
        offset = expressionClause(p, clause, 1);
        break;
    }
    endClause(p);
  }
  checkOrder(p, orderBy, [sortBy, distributeBy, clusterBy], [clusterBy, distributeBy, sortBy]);
  const span = found ? p.span(start) : p.missing().span;
  return { kind: 'queryTail', orderBy, clusterBy, distributeBy, sortBy, windows, limit, offset, span };
}

function misplaced(p: Cursor, clause: string, before: string, twice: boolean): void {
  const message = twice ? `unexpected "${clause}": the query has one already` : `"${clause}" stands before "${before}"`;
  p.note('syntax', p.token.span, message);
}

/** ORDER BY excludes the other three, CLUSTER BY excludes DISTRIBUTE BY and SORT BY (withQueryResultClauses of Spark). */
function checkOrder(
  p: Cursor,
  orderBy: OrderClause | undefined,
  others: readonly (OrderClause | ExpressionClause | undefined)[],
  [cluster, ...parts]: readonly (OrderClause | ExpressionClause | undefined)[],
): void {
  const rival = others.find((clause) => clause !== undefined);
  if (orderBy !== undefined && rival !== undefined) p.note('value', rival.span, `"ORDER BY" and "${rival.keyword}" exclude each other`);
  const part = parts.find((clause) => clause !== undefined);
  if (cluster !== undefined && part !== undefined) p.note('value', part.span, `"CLUSTER BY" and "${part.keyword}" exclude each other`);
}

function parseOrder(p: Cursor, keyword: 'ORDER BY' | 'SORT BY'): OrderClause {
  const { start } = p;
  p.at += 2;
  const items = p.list(() => parseSortItem(p));
  return { kind: 'orderClause', keyword, items, span: p.span(start) };
}

function parseLimit(p: Cursor): ExpressionClause {
  const { start } = p;
  if (p.peek() === 'ALL') {
    p.at += 2;
    return { kind: 'clause', keyword: 'LIMIT', expressions: [], span: p.span(start) };
  }
  const clause = expressionClause(p, 'LIMIT', 1);
  if (!p.isLost() && p.is(',')) {
    const [skipped] = clause.expressions;
    const skip = skipped === undefined ? '' : p.textOf(skipped.span);
    p.unexpected(`: Spark writes "LIMIT n OFFSET ${skip}"`);
  }
  return clause;
}
