// What a parenthesis opens can be known only from what closes it: `((SELECT 1) UNION …)` is a query, `((SELECT 1) + 2)` is an
// expression, `((SELECT 1) AS a JOIN b)` is a relation.

import type { Cursor } from './cursor';
import { isQueryAt, isSetOperator } from './keywords';
import type { Query } from './syntaxTree';

/** What follows the first part of a query, besides the operators between queries. */
const QUERY_TAIL: ReadonlySet<string> = new Set(['ORDER', 'SORT', 'CLUSTER', 'DISTRIBUTE', 'LIMIT', 'OFFSET', 'WINDOW', '|>']);

/** Whether the `(` at `open` holds a query. Where parentheses are missing the first word decides. */
export function isQueryInParentheses(p: Cursor, open: number): boolean {
  let inner = open;
  while (p.tokens[inner + 1]?.key === '(') inner++;
  if (!isQueryAt(p.tokens, inner + 1)) return false;
  for (let index = inner; index > open; index--) {
    const close = p.closingOf(index);
    if (close === undefined) return true;
    const after = p.tokens[close + 1]?.key ?? '';
    if (isSetOperator(after) || QUERY_TAIL.has(after)) return true;
    if (after !== ')') return false;
  }
  return true;
}

/** Reads `(query)`; the parenthesis is at this token. */
export function parseQueryInParentheses(p: Cursor): Query {
  const open = p.at;
  p.advance();
  const query = p.grammar.query(p);
  p.close(open);
  return query;
}
