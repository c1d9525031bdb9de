// Expressions without an operator at their top: names, literals, calls, CASE, CAST, lambdas, parentheses, and what is taken out
// of them by a period or a bracket (primaryExpression of Spark's grammar).

import { isIdentifierClause, isSpecialCallAt, parseCall, parseSpecialCall } from './calls';
import type { Cursor } from './cursor';
import { parseDataType } from './dataTypes';
import { isColumnNameAt, isNameToken, isOperandAt, SOFT_RESERVED } from './keywords';
import { isIntervalAt, parseInterval, parseLiteral, parseTypedLiteral } from './literalExpressions';
import { LITERAL_TYPES } from './literalValues';
import { isQueryInParentheses, parseQueryInParentheses } from './parentheses';
import type { CaseBranch, Column, Expression, Star } from './expressionTree';
import type { Name } from './syntaxTree';

export function parsePrimary(p: Cursor): Expression {
  let base = parseAtom(p);
  for (;;) {
    if (p.isLost()) return base;
    const { start } = base.span;
    if (p.is('[')) {
      const open = p.at;
      p.advance();
      const index = p.grammar.value(p);
      if (!p.take(']')) {
        p.fail('"]"', { span: (p.tokens[open] as { span: Expression['span'] }).span, message: 'this "[" is not closed' });
        const close = p.closingOf(open);
        if (close === undefined || close < p.at) return { kind: 'subscript', base, index, span: p.span(start) };
        p.reset(close + 1, p.errors.length);
      }
      base = { kind: 'subscript', base, index, span: p.span(start) };
    } else if (p.is('.')) {
      p.advance();
      const field = p.expectName('the name of a field');
      if (field === undefined)
        return { kind: 'field', base, field: { kind: 'name', text: '', quoted: false, span: p.missing().span }, span: p.span(start) };
      base = { kind: 'field', base, field, span: p.span(start) };
    } else if (p.is('::')) {
      const { span } = p.advance();
      p.needs('4.0', span, 'a cast by "::"');
      base = { kind: 'cast', expression: base, type: parseDataType(p), span: p.span(start) };
    } else if (p.is(':') && isPathAt(p)) {
      const { span } = p.advance();
      p.needs('4.0', span, 'a path into a variant by ":"');
      if (!p.is('[')) base = { kind: 'field', base, field: p.name(), span: p.span(start) };
    } else if (p.is('COLLATE') && isNameToken(p.peekToken())) {
      const { span } = p.advance();
      p.needs('4.0', span, '"COLLATE"');
      p.name();
      while (p.is('.') && isNameToken(p.peekToken())) p.at += 2;
    } else return base;
  }
}

/** `value:field`, the colon touching the value; ` :name` is a parameter. */
function isPathAt(p: Cursor): boolean {
  return p.end === p.start && (isNameToken(p.peekToken()) || p.peek() === '[') && p.token.span.end === p.peekToken()?.span.start;
}

function parseAtom(p: Cursor): Expression {
  const { token, start } = p;
  switch (token.kind) {
    case 'string':
    case 'number':
      return parseLiteral(p);
    case 'template':
    case 'quotedName':
      return p.peek() === '->' ? parseLambda(p, start) : parseNameOrCall(p);
    case 'word':
      return parseWord(p);
    case 'operator':
      break;
    case 'unknown':
    case 'end':
      return expectedOperand(p);
  }
  switch (token.key) {
    case '(':
      return parseParentheses(p);
    case '*':
      p.advance();
      return parseStar(p, start, []);
    case '?':
      p.advance();
      return { kind: 'parameter', name: undefined, span: token.span };
    case ':': {
      p.advance();
      const name = p.expectName('the name of a parameter');
      return { kind: 'parameter', name, span: p.span(start) };
    }
    default:
      return expectedOperand(p);
  }
}

function expectedOperand(p: Cursor): Expression {
  p.failForName('an expression');
  return p.missing();
}

function parseStar(p: Cursor, start: number, qualifier: readonly Name[]): Star {
  let except: readonly Column[] = [];
  if (p.is('EXCEPT') && p.peek() === '(' && isNameToken(p.peekToken(2)) && !isQueryInParentheses(p, p.at + 1)) {
    const { span } = p.advance();
    p.needs('4.0', span, 'a star with "EXCEPT"');
    const open = p.at;
    p.advance();
    except = p.list(() => parseColumn(p));
    p.close(open);
  }
  return { kind: 'star', qualifier, except, span: p.span(start) };
}

/** A column name with its qualifiers, where nothing else may stand. */
export function parseColumn(p: Cursor): Column {
  const { start } = p;
  const parts = p.path('the name of a column');
  return { kind: 'column', parts, span: p.span(start) };
}

function parseWord(p: Cursor): Expression {
  const { key, start } = p;
  const next = p.peekToken();
  switch (key) {
    case 'CASE':
      if (isOperandAt(p.tokens, p.at + 1) || next?.key === 'WHEN') return parseCase(p);
      break;
    case 'NULL':
    case 'TRUE':
    case 'FALSE':
      if (next?.key !== '.' && next?.key !== '(' && next?.key !== '->') return parseLiteral(p);
      break;
    case 'INTERVAL':
      if (isIntervalAt(p)) return parseInterval(p);
      break;
    default:
      break;
  }
  if (next?.kind === 'string' && LITERAL_TYPES.has(key)) return parseTypedLiteral(p);
  if (next?.key === '->') return parseLambda(p, start);
  if (next?.key === '(' && isSpecialCallAt(p)) return parseSpecialCall(p);
  if (!isColumnNameAt(p.tokens, p.at)) {
    if (next?.key !== '(' || SOFT_RESERVED.has(key) || key === 'AS' || key === 'IN') return expectedOperand(p);
  }
  if (SOFT_RESERVED.has(key) && next?.key !== '.') noteSoftName(p);
  return parseNameOrCall(p);
}

/** A bare keyword as an operand at the end of a clause: Spark takes it for a column, which there is not. */
function noteSoftName(p: Cursor): void {
  const next = p.peekToken();
  const before = p.tokens[p.at - 1]?.key ?? '';
  // `max(by)` can only be meant so.
  if (next?.kind !== 'end' && (next?.key !== ')' || before === '(' || before === ',')) return;
  p.note('soft-reserved', p.token.span, `expected an expression before ${p.quote(next)}, found ${p.quote(p.token)}`);
}

/** A column, a qualified star or a call: all begin with a name. */
function parseNameOrCall(p: Cursor): Expression {
  const { start } = p;
  const parts = [p.name()];
  while (p.is('.')) {
    if (p.peek() === '*') {
      p.at += 2;
      return parseStar(p, start, parts);
    }
    if (!isNameToken(p.peekToken())) {
      p.advance();
      p.fail('the name of a column');
      return { kind: 'column', parts, span: p.span(start) };
    }
    p.advance();
    parts.push(p.name());
  }
  if (!p.is('(')) return { kind: 'column', parts, span: p.span(start) };
  const call = parseCall(p, start, parts);
  // `IDENTIFIER('upper')(a)`: the first call is the name of the second.
  return p.is('(') && isIdentifierClause(call) ? parseCall(p, start, parts) : call;
}

function parseParentheses(p: Cursor): Expression {
  const { start } = p;
  const open = p.at;
  const close = p.closingOf(open);
  if (close !== undefined && p.tokens[close + 1]?.key === '->') return parseLambda(p, start);
  if (isQueryInParentheses(p, open)) {
    const query = parseQueryInParentheses(p);
    return { kind: 'queryExpression', query, span: p.span(start) };
  }
  p.advance();
  const first = p.grammar.namedExpression(p);
  if (!p.isLost() && p.is(',')) {
    p.advance();
    const items = [first, ...p.list(() => p.grammar.namedExpression(p))];
    p.close(open);
    return { kind: 'row', items, span: p.span(start) };
  }
  if (first.alias !== undefined || first.aliases.length > 0) aliasInParentheses(p, first.alias?.span ?? first.span);
  p.close(open);
  return { kind: 'parenthesized', expression: first.expression, span: p.span(start) };
}

function aliasInParentheses(p: Cursor, span: Expression['span']): void {
  if (!p.isLost())
    p.report({ code: 'syntax', span, message: `unexpected "${p.textOf(span)}": a single expression in parentheses has no alias` });
}

/** `x -> …` or `(x, y) -> …` */
function parseLambda(p: Cursor, start: number): Expression {
  let parameters: readonly Name[];
  if (p.is('(')) {
    const { span } = p.token;
    parameters = p.nameList('the name of a parameter');
    if (parameters.length === 1 && !p.isLost()) p.note('syntax', span, 'a single parameter of a lambda function has no parentheses');
  } else parameters = [p.name()];
  p.expect('->');
  const body = p.isLost() ? p.missing() : p.grammar.expression(p);
  return { kind: 'lambda', parameters, body, span: p.span(start) };
}

function parseCase(p: Cursor): Expression {
  const word = p.advance();
  const { start } = word.span;
  const operand = p.is('WHEN') ? undefined : p.grammar.expression(p);
  const branches: CaseBranch[] = [];
  while (!p.isLost() && (branches.length === 0 || p.is('WHEN'))) {
    const branchStart = p.start;
    if (!p.expect('WHEN', ' in a CASE')) break;
    const when = p.grammar.expression(p);
    recoverInCase(p);
    const then = p.expect('THEN', ' in a CASE') ? p.grammar.expression(p) : p.missing();
    recoverInCase(p);
    branches.push({ kind: 'caseBranch', when, then, span: p.span(branchStart) });
  }
  const otherwise = p.take('ELSE') ? p.grammar.expression(p) : undefined;
  recoverInCase(p);
  if (!p.isLost() && !p.take('END')) {
    p.fail('"END" to close the "CASE"', { span: word.span, message: 'this "CASE" has no "END"' });
    p.recover('END', ',');
    p.take('END');
  }
  return { kind: 'case', operand, branches, otherwise, span: p.span(start) };
}

function recoverInCase(p: Cursor): void {
  if (p.isLost()) p.recover('WHEN', 'THEN', 'ELSE', 'END');
}
