// Queries: WITH, the operators between queries, what orders and limits their rows, and FROM in front of SELECT.

import type { Cursor } from './cursor';
import { COMMANDS_ON_QUERIES, isQueryAt, isSetOperator } from './keywords';
import { isQueryInParentheses, parseQueryInParentheses } from './parentheses';
import { isPipeAt, parsePipe } from './pipes';
import { parseFrom, parseValues } from './relations';
import { parseSelect, parseSelectBody } from './selects';
import type { Cte, FromBranch, Query, QueryBody, With } from './syntaxTree';
import { emptyTail, parseTail } from './tails';

export function parseQuery(p: Cursor): Query {
  const { start } = p;
  return p.nested(
    () => {
      const ctes = p.is('WITH') ? parseWith(p) : undefined;
      const body = parseBody(p, 0);
      const tail = parseTail(p);
      // A missing body lies directly behind the token before.
      const first = Math.min(start, ctes === undefined ? body.span.start : start, tail.span.start);
      return { kind: 'query', with: ctes, body, tail, span: p.span(first) };
    },
    () => ({ kind: 'query', with: undefined, body: p.missing(), tail: emptyTail(p), span: p.span(start) }),
  );
}

function parseWith(p: Cursor): With {
  const { start } = p;
  p.advance();
  const recursive = p.is('RECURSIVE') && p.peek() !== 'AS' && p.peek() !== '(';
  if (recursive) p.needs('4.1', p.advance().span, 'a recursive query');
  const names = new Set<string>();
  const ctes = p
    .list(() => {
      const cte = parseCte(p);
      const key = cte?.name.text ?? '';
      if (cte !== undefined && key !== '' && names.has(key))
        p.note('value', cte.name.span, `the name "${cte.name.text}" is defined twice in this WITH`);
      names.add(key);
      return cte;
    }, 'SELECT')
    .filter((cte) => cte !== undefined);
  return { kind: 'with', recursive, ctes, span: p.span(start) };
}

function parseCte(p: Cursor): Cte | undefined {
  const { start } = p;
  if (isQueryAt(p.tokens, p.at) && p.peek() !== 'AS' && p.peek() !== '(') {
    p.fail('the name of a query');
    return undefined;
  }
  const name = p.expectName('the name of a query');
  if (name === undefined) return undefined;
  const columns = p.is('(') && !isQueryInParentheses(p, p.at) ? p.nameList('the name of a column') : [];
  if (p.is('MAX') && p.peek() === 'RECURSION') {
    p.needs('4.1', p.token.span, '"MAX RECURSION LEVEL"');
    p.at += 4;
  }
  p.take('AS');
  if (!p.isLost() && p.is('(')) {
    const query = parseQueryInParentheses(p);
    return { kind: 'cte', name, columns, query, span: p.span(start) };
  }
  p.fail('a query in parentheses');
  return { kind: 'cte', name, columns, query: p.missing(), span: p.span(start) };
}

/** INTERSECT binds tighter than UNION and EXCEPT. */
function parseBody(p: Cursor, power: number): QueryBody {
  let left = parsePrimaryQuery(p);
  for (;;) {
    const { key } = p;
    if (isPipeAt(p) && power === 0) {
      const { start } = left.span;
      const operator = parsePipe(p);
      left = { kind: 'pipedQuery', input: left, operator, span: p.span(start) };
      continue;
    }
    if (p.isLost() || !isSetOperator(key)) return left;
    const own = key === 'INTERSECT' ? 2 : 1;
    if (own <= power) return left;
    const operatorSpan = p.advance().span;
    const all = p.is('ALL');
    if (all || p.is('DISTINCT')) p.advance();
    const right = parseBody(p, own);
    const operator = key === 'MINUS' ? 'EXCEPT' : (key as 'UNION' | 'INTERSECT' | 'EXCEPT');
    left = { kind: 'setOperation', operator, operatorSpan, all, left, right, span: p.span(left.span.start) };
  }
}

function parsePrimaryQuery(p: Cursor): QueryBody {
  const { start } = p;
  switch (p.key) {
    case 'SELECT':
    case 'MAP':
    case 'REDUCE':
      return parseSelect(p);
    case 'FROM': {
      const from = parseFrom(p);
      const branches: FromBranch[] = [];
      while (!p.isLost() && (p.is('SELECT') || p.is('MAP') || p.is('REDUCE'))) branches.push(parseBranch(p));
      if (branches.length === 0 && isCompleteFrom(p)) p.needs('4.0', from.span, 'FROM without SELECT');
      else if (branches.length === 0 && !COMMANDS_ON_QUERIES.has(p.key)) p.fail('"SELECT"');
      return { kind: 'fromQuery', from, branches, span: p.span(start) };
    }
    case 'VALUES':
      return parseValues(p);
    case 'TABLE': {
      p.advance();
      const name = p.path('the name of a table');
      return { kind: 'tableQuery', name, span: p.span(start) };
    }
    case '(': {
      const query = parseQueryInParentheses(p);
      return { kind: 'parenthesizedQuery', query, span: p.span(start) };
    }
    default:
      // `WITH … INSERT` is a statement of another kind.
      if (COMMANDS_ON_QUERIES.has(p.key)) return p.missing();
      if (p.corrects(['SELECT'])) return parseSelect(p);
      p.fail('a query');
      return p.missing();
  }
}

/** Spark 4 takes a FROM for a query of its own. */
function isCompleteFrom(p: Cursor): boolean {
  return !p.isLost() && (p.token.kind === 'end' || p.is(')') || p.is('|>') || p.is(';') || isSetOperator(p.key));
}

function parseBranch(p: Cursor): FromBranch {
  const { start } = p;
  const select = parseSelectBody(p);
  const tail = parseTail(p);
  return { kind: 'fromBranch', select, tail, span: p.span(start) };
}
