// The pipe operators of Spark 4: `FROM t |> WHERE a > 1 |> SELECT b`.

import type { Cursor } from './cursor';
import { isSetOperator } from './keywords';
import { parseQueryInParentheses } from './parentheses';
import { parseExtensions, parseSample } from './relations';
import { endClause, expressionClause, parseQuantifier } from './selects';
import type { PipeOperator, SqlNode } from './syntaxTree';
import { parseTail } from './tails';
import { parseWindowClause } from './windows';

export function isPipeAt(p: Cursor): boolean {
  return !p.isLost() && p.is('|>');
}

/** Reads one operator; the sign is at this token. */
export function parsePipe(p: Cursor): PipeOperator {
  const { start } = p;
  p.needs('4.0', p.advance().span, 'the operator "|>"');
  const name = p.key;
  const parts = parseParts(p, name);
  endClause(p);
  return { kind: 'pipeOperator', name, parts, span: p.span(start) };
}

function parseParts(p: Cursor, name: string): SqlNode[] {
  switch (name) {
    case 'SELECT':
      p.advance();
      parseQuantifier(p);
      return [...p.list(() => p.grammar.namedExpression(p)), ...(p.is('WINDOW') ? [parseWindowClause(p)] : [])];
    case 'EXTEND':
    case 'SET':
      p.advance();
      return [...p.list(() => p.grammar.namedExpression(p)), ...(p.is('WINDOW') ? [parseWindowClause(p)] : [])];
    case 'DROP':
      p.advance();
      return p.list(() => p.expectName('the name of a column')).filter((column) => column !== undefined);
    case 'AS': {
      p.advance();
      const alias = p.expectName('an alias');
      return alias === undefined ? [] : [alias];
    }
    case 'WHERE':
      return [expressionClause(p, name, 1)];
    case 'AGGREGATE':
      return parseAggregate(p);
    case 'ORDER':
    case 'SORT':
    case 'DISTRIBUTE':
    case 'CLUSTER':
    case 'LIMIT':
    case 'OFFSET':
      return [parseTail(p)];
    case 'PIVOT':
    case 'UNPIVOT':
    case 'JOIN':
    case 'INNER':
    case 'CROSS':
    case 'LEFT':
    case 'RIGHT':
    case 'FULL':
    case 'NATURAL':
    case 'SEMI':
    case 'ANTI':
      return [parseExtensions(p, p.missing())];
    case 'TABLESAMPLE': {
      const sample = parseSample(p);
      return sample === undefined ? [] : [sample];
    }
    default:
      return parseSetOperator(p, name);
  }
}

function parseAggregate(p: Cursor): SqlNode[] {
  p.advance();
  const parts: SqlNode[] = p.is('GROUP') ? [] : p.list(() => p.grammar.namedExpression(p));
  if (!p.isLost() && p.takeAll('GROUP', 'BY')) parts.push(...p.list(() => p.grammar.namedExpression(p)));
  return parts;
}

function parseSetOperator(p: Cursor, name: string): SqlNode[] {
  if (!isSetOperator(name)) {
    p.fail('an operator such as "WHERE", "SELECT" or "AGGREGATE"');
    return [];
  }
  p.advance();
  if (p.is('ALL') || p.is('DISTINCT')) p.advance();
  if (p.is('(')) return [parseQueryInParentheses(p)];
  return [p.grammar.query(p)];
}
