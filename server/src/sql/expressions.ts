// Expressions by their precedence, from OR down to the signs (booleanExpression, predicate and valueExpression of Spark's
// grammar). What has no operator at its top is in `primaries.ts`.

import type { Cursor } from './cursor';
import { CLAUSES, isClauseAt, isColumnAliasAt, isOperandAt, isProvenName } from './keywords';
import { parsePrimary } from './primaries';
import { isQueryInParentheses, parseQueryInParentheses } from './parentheses';
import type { Expression, Predicate } from './expressionTree';
import type { Name, SelectItem } from './syntaxTree';

/** The binding powers of what has two operands; the higher binds tighter. */
const COMPARISONS: ReadonlySet<string> = new Set(['=', '==', '<=>', '<>', '!=', '<', '<=', '!>', '>', '>=', '!<']);
const BIT_OR = 2;
const BIT_XOR = 3;
const BIT_AND = 4;
const SHIFT = 5;
const SUM = 6;
const PRODUCT = 7;
const POWERS: Readonly<Record<string, number>> = {
  '|': BIT_OR,
  '^': BIT_XOR,
  '&': BIT_AND,
  '+': SUM,
  '-': SUM,
  '||': SUM,
  '*': PRODUCT,
  '/': PRODUCT,
  '%': PRODUCT,
  DIV: PRODUCT,
};
const COMPARISON = 1;

export function parseExpression(p: Cursor): Expression {
  return p.nested(
    () => parseOr(p),
    () => p.missing(),
  );
}

function parseOr(p: Cursor): Expression {
  return parseChain(p, 'OR', parseAnd);
}

function parseAnd(p: Cursor): Expression {
  return parseChain(p, 'AND', parseNot);
}

/** Operands with the same word between them, which binds to the left. */
function parseChain(p: Cursor, word: 'AND' | 'OR', parseOperand: (p: Cursor) => Expression): Expression {
  let left = parseOperand(p);
  while (p.is(word) && !p.isLost()) {
    const operatorSpan = p.advance().span;
    left = binary(p, word, operatorSpan, left, parseOperand(p));
  }
  return left;
}

function parseNot(p: Cursor): Expression {
  const { start } = p;
  if ((p.is('NOT') && isOperandAt(p.tokens, p.at + 1)) || p.is('!')) {
    const operator = p.advance().key === '!' ? '!' : 'NOT';
    return p.nested<Expression>(
      () => ({ kind: 'unary', operator, operand: parseNot(p), span: p.span(start) }),
      () => p.missing(),
    );
  }
  if (p.is('EXISTS') && p.peek() === '(' && isQueryInParentheses(p, p.at + 1)) {
    p.advance();
    const query = parseQueryInParentheses(p);
    return { kind: 'exists', query, span: p.span(start) };
  }
  return parsePredicate(p, parseValue(p));
}

/** At most one predicate stands behind a value: `a IS NULL = b` is an error in Spark. */
function parsePredicate(p: Cursor, value: Expression): Expression {
  if (p.isLost()) return value;
  const start = value.span.start;
  const negated = p.is('NOT');
  switch (negated ? p.peek() : p.key) {
    case 'BETWEEN': {
      if (!negated && !isOperandAt(p.tokens, p.at + 1)) return value;
      if (negated) p.advance();
      p.advance();
      const low = parseValue(p);
      const high = p.expect('AND', ' and the upper bound of BETWEEN') ? parseValue(p) : p.missing();
      return { kind: 'between', negated, value, low, high, span: p.span(start) };
    }
    case 'IN':
      return parseIn(p, value, negated);
    case 'LIKE':
    case 'ILIKE':
    case 'RLIKE':
    case 'REGEXP':
      if (!negated && !isOperandAt(p.tokens, p.at + 1)) return value;
      if (negated) p.advance();
      return parseLike(p, value, negated);
    case 'IS':
      return negated ? value : parseIs(p, value);
    default:
      return value;
  }
}

function parseIn(p: Cursor, value: Expression, negated: boolean): Expression {
  const { start } = value.span;
  const open = p.at + (negated ? 2 : 1);
  if (p.tokens[open]?.key !== '(') {
    // `SELECT a in FROM t` names the column.
    if (!negated && !isOperandAt(p.tokens, p.at + 1)) return value;
    p.at = open;
    p.fail('a list in parentheses');
    return { kind: 'inList', negated, value, items: [], span: p.span(start) };
  }
  p.at = open;
  if (isQueryInParentheses(p, open)) {
    const query = parseQueryInParentheses(p);
    return { kind: 'inQuery', negated, value, query, span: p.span(start) };
  }
  p.advance();
  const items = p.list(() => parseExpression(p));
  p.close(open);
  return { kind: 'inList', negated, value, items, span: p.span(start) };
}

function parseLike(p: Cursor, value: Expression, negated: boolean): Predicate {
  const word = p.advance().key === 'REGEXP' ? 'RLIKE' : (p.tokens[p.at - 1]?.key ?? '');
  const { start } = value.span;
  const quantifier = p.key;
  if (word !== 'RLIKE' && (quantifier === 'ANY' || quantifier === 'SOME' || quantifier === 'ALL') && p.peek() === '(') {
    p.advance();
    const open = p.at;
    p.advance();
    const operands = p.list(() => parseExpression(p));
    p.close(open);
    return { kind: 'predicate', name: `${word} ${quantifier}`, negated, value, operands, span: p.span(start) };
  }
  const operands = [parseValue(p)];
  if (word !== 'RLIKE' && p.is('ESCAPE') && !isProvenName(p.tokens, p.at)) {
    p.advance();
    if (p.token.kind === 'string') {
      const { span } = p.advance();
      if (characters(p.textOf(span).slice(1, -1)) !== 1) p.note('value', span, 'the escape character must be a single character');
    } else p.fail('the escape character in quotation marks');
  }
  return { kind: 'predicate', name: word, negated, value, operands, span: p.span(start) };
}

/** How many characters a quoted text stands for, when it has no escapes but a doubled backslash. */
function characters(text: string): number {
  return text.startsWith('\\') ? text.length - 1 : Array.from(text).length;
}

function parseIs(p: Cursor, value: Expression): Expression {
  const { start } = value.span;
  const negated = p.peek() === 'NOT';
  const what = p.peek(negated ? 2 : 1);
  const known = what === 'NULL' || what === 'TRUE' || what === 'FALSE' || what === 'UNKNOWN' || what === 'DISTINCT';
  if (!known && !negated && !isOperandAt(p.tokens, p.at + 1)) return value;
  p.at += negated ? 2 : 1;
  if (what === 'DISTINCT') {
    p.advance();
    const operands = p.expect('FROM') ? [parseValue(p)] : [];
    return { kind: 'predicate', name: 'IS DISTINCT FROM', negated, value, operands, span: p.span(start) };
  }
  if (known) p.advance();
  else p.expect('NULL', ', "TRUE", "FALSE", "UNKNOWN" or "DISTINCT FROM"');
  return { kind: 'predicate', name: `IS ${known ? what : 'NULL'}`, negated, value, operands: [], span: p.span(start) };
}

/** Comparisons and all that binds tighter. */
export function parseValue(p: Cursor): Expression {
  return p.nested(
    () => parseOperators(p, COMPARISON),
    () => p.missing(),
  );
}

function parseOperators(p: Cursor, power: number): Expression {
  let left = parseSigned(p);
  for (;;) {
    if (p.isLost()) return left;
    const [operator, own, length] = operatorAt(p);
    if (operator === '' || own < power) return left;
    const operatorSpan = { start: p.start, end: (p.tokens[p.at + length - 1] as { span: { end: number } }).span.end };
    p.at += length;
    if (own === SHIFT) p.needs('4.0', operatorSpan, `the operator "${operator}"`);
    left = binary(p, operator, operatorSpan, left, parseOperators(p, own + 1));
  }
}

/** The operator at this token, its power, and of how many tokens it is made; none is the empty one. */
function operatorAt(p: Cursor): readonly [operator: string, power: number, length: number] {
  const { key } = p;
  if (key === '<' || key === '>') {
    const length = p.peek() !== key || !touches(p, 0) ? 1 : key === '>' && p.peek(2) === '>' && touches(p, 1) ? 3 : 2;
    return length === 1 ? [key, COMPARISON, 1] : [key.repeat(length), SHIFT, length];
  }
  if (COMPARISONS.has(key)) return [key, COMPARISON, 1];
  const own = Object.hasOwn(POWERS, key) ? POWERS[key] : undefined;
  if (own === undefined || (key === 'DIV' && !isOperandAt(p.tokens, p.at + 1))) return ['', 0, 0];
  return [key, own, 1];
}

/** Whether the token that many places ahead and the one behind it have nothing between them. */
function touches(p: Cursor, ahead: number): boolean {
  return p.peekToken(ahead)?.span.end === p.peekToken(ahead + 1)?.span.start;
}

function parseSigned(p: Cursor): Expression {
  const { key, start } = p;
  if (key !== '-' && key !== '+' && key !== '~') return parsePrimary(p);
  p.advance();
  return p.nested<Expression>(
    () => ({ kind: 'unary', operator: key, operand: parseSigned(p), span: p.span(start) }),
    () => p.missing(),
  );
}

function binary(p: Cursor, operator: string, operatorSpan: Expression['span'], left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, operatorSpan, left, right, span: p.span(left.span.start) };
}

/** An expression with an alias behind it, or without one. */
export function parseNamedExpression(p: Cursor): SelectItem {
  const { start } = p;
  const expression = parseExpression(p);
  let alias: Name | undefined;
  let aliases: readonly Name[] = [];
  if (!p.isLost()) {
    if (p.take('AS')) {
      if (p.is('(')) aliases = p.nameList('the name of a column');
      else if (isClauseAt(p.tokens, p.at) && !isProvenName(p.tokens, p.at)) p.fail('the name of the column');
      else alias = p.expectName('the name of the column');
    } else if (isColumnAliasAt(p.tokens, p.at) && !p.corrects(CLAUSES)) {
      // `a count(b)`: no alias has parentheses behind it.
      if (p.peek() === '(') p.unexpected(': a comma is missing');
      else alias = p.name();
    } else if (p.is('(')) aliases = p.nameList('the name of a column');
  }
  return { kind: 'selectItem', expression, alias, aliases, span: p.span(start) };
}
