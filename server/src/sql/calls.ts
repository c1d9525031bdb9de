// Calls of functions: the plain ones, those whose arguments have words between them, and what may follow a call.

import type { Cursor } from './cursor';
import { parseDataType } from './dataTypes';
import { isNameToken, isOperandAt, isProvenName } from './keywords';
import { isQueryInParentheses, parseQueryInParentheses } from './parentheses';
import type { Call, Expression, TableArgument } from './expressionTree';
import type { Name, SortItem } from './syntaxTree';
import { parseSortItem, parseWindow } from './windows';

/** Reads a call whose name has been read; the parenthesis is at this token. Tables are arguments of table functions alone. */
export function parseCall(p: Cursor, start: number, name: readonly Name[], ofTable = false): Call {
  const open = p.at;
  p.advance();
  const argumentStart = p.end;
  let distinct = false;
  const args: Expression[] = [];
  if (!p.is(')')) {
    if (p.is('DISTINCT') || p.is('ALL')) {
      const proven = isProvenName(p.tokens, p.at) && !isOperandAt(p.tokens, p.at + 1) && p.peek() !== '*';
      if (!proven) distinct = p.advance().key === 'DISTINCT';
    }
    args.push(...p.list(() => parseArgument(p, ofTable)));
    // `first(x IGNORE NULLS)`
    if (!p.isLost() && p.is('IGNORE') && p.peek() === 'NULLS' && args.length === 1 && IGNORES_NULLS.has(upperName(name))) {
      p.at += 2;
      return closeCall(p, open, { start, name, distinct, args, argumentSpan: { start: argumentStart, end: p.end } });
    }
  }
  const argumentEnd = p.is(')') ? p.start : p.end;
  p.close(open);
  return parseCallTail(p, {
    start,
    name,
    distinct,
    args,
    argumentSpan: { start: argumentStart, end: Math.max(argumentStart, argumentEnd) },
  });
}

/** With IGNORE NULLS inside its parentheses nothing may follow a call. */
function closeCall(p: Cursor, open: number, { start, ...head }: CallHead): Call {
  p.close(open);
  return { kind: 'call', ...head, withinGroup: [], filter: undefined, over: undefined, span: p.span(start) };
}

function upperName(name: readonly Name[]): string {
  return name.length === 1 ? (name[0]?.text.toUpperCase() ?? '') : '';
}

/** `IDENTIFIER('name')`, which stands for a name. */
export function isIdentifierClause({ name, args }: Call): boolean {
  return args.length === 1 && upperName(name) === 'IDENTIFIER';
}

const IGNORES_NULLS: ReadonlySet<string> = new Set(['FIRST', 'LAST', 'ANY_VALUE']);

function parseArgument(p: Cursor, ofTable = false): Expression {
  const { start } = p;
  if (isNameToken(p.token) && p.peek() === '=>') {
    const name = p.name();
    p.advance();
    const value = ofTable && isTableArgumentAt(p) ? parseTableArgument(p) : p.grammar.expression(p);
    return { kind: 'namedArgument', name, value, span: p.span(start) };
  }
  return ofTable && isTableArgumentAt(p) ? parseTableArgument(p) : p.grammar.expression(p);
}

/** `TABLE t` or `TABLE (…)`; a column of that name is followed by something else. */
function isTableArgumentAt(p: Cursor): boolean {
  if (!p.is('TABLE')) return false;
  const next = p.peekToken();
  return next?.key === '(' || (isNameToken(next) && !(next?.kind === 'word' && isProvenName(p.tokens, p.at + 1) && p.peek(2) === '('));
}

function parseTableArgument(p: Cursor): TableArgument {
  const { start } = p;
  p.advance();
  let input: TableArgument['input'];
  if (p.is('(') && isQueryInParentheses(p, p.at)) input = parseQueryInParentheses(p);
  else {
    const open = p.is('(') ? p.at : undefined;
    if (open !== undefined) p.advance();
    input = parseTableName(p);
    if (open !== undefined) p.close(open);
    else if (input.kind === 'table')
      p.note('value', input.span, 'a table as an argument stands in parentheses', `(${p.textOf(input.span)})`);
  }
  if (p.is('WITH') || p.is('PARTITION') || p.is('DISTRIBUTE') || p.is('ORDER') || p.is('SORT')) {
    p.needs('4.0', p.token.span, `"${p.key}" behind the table of an argument`);
  }
  let partitionBy: readonly Expression[] = [];
  let orderBy: readonly SortItem[] = [];
  if (p.takeAll('WITH', 'SINGLE', 'PARTITION')) partitionBy = [];
  else if ((p.is('PARTITION') || p.is('DISTRIBUTE')) && p.peek() === 'BY') {
    p.at += 2;
    partitionBy = parseExpressionOrList(p);
  }
  if ((p.is('ORDER') || p.is('SORT')) && p.peek() === 'BY') {
    p.at += 2;
    const open = p.is('(') ? p.at : undefined;
    if (open === undefined) orderBy = [parseSortItem(p)];
    else {
      p.advance();
      orderBy = p.list(() => parseSortItem(p));
      p.close(open);
    }
  }
  return { kind: 'tableArgument', input, partitionBy, orderBy, span: p.span(start) };
}

/** One expression, or several in parentheses: a comma without them ends the argument. */
function parseExpressionOrList(p: Cursor): readonly Expression[] {
  const expression = p.grammar.expression(p);
  return expression.kind === 'row' ? expression.items : [expression];
}

function parseTableName(p: Cursor): TableArgument['input'] {
  const { start } = p;
  const name = p.path('the name of a table');
  if (name.length === 0) return p.missing();
  return { kind: 'table', name, timeTravel: undefined, sample: undefined, alias: undefined, span: p.span(start) };
}

interface CallHead {
  readonly start: number;
  readonly name: readonly Name[];
  readonly argumentSpan: Call['argumentSpan'];
  readonly distinct: boolean;
  readonly args: readonly Expression[];
}

/** WITHIN GROUP, FILTER, IGNORE NULLS and OVER, in this order. */
function parseCallTail(p: Cursor, { start, ...head }: CallHead): Call {
  let withinGroup: readonly SortItem[] = [];
  let filter: Expression | undefined;
  let over: Call['over'];
  if (!p.isLost() && p.is('WITHIN') && p.peek() === 'GROUP') {
    const percentile = /^PERCENTILE_(?:CONT|DISC)$/.test(upperName(head.name)) && head.args.length === 1;
    if (!percentile) p.needs('4.0', p.token.span, `"WITHIN GROUP" behind "${head.name.at(-1)?.text ?? ''}"`);
    p.at += 2;
    const open = p.at;
    if (p.expect('(')) {
      if (p.expect('ORDER')) p.expect('BY');
      if (!p.isLost()) withinGroup = p.list(() => parseSortItem(p));
      p.close(open);
    }
  }
  if (!p.isLost() && p.is('FILTER') && p.peek() === '(') {
    p.advance();
    const open = p.at;
    p.advance();
    p.expect('WHERE', ' and a condition');
    if (!p.isLost()) filter = p.grammar.expression(p);
    p.close(open);
  }
  if (!p.isLost() && (p.is('IGNORE') || p.is('RESPECT')) && p.peek() === 'NULLS') p.at += 2;
  if (!p.isLost() && p.is('OVER') && (p.peek() === '(' || (isNameToken(p.peekToken()) && isOperandAt(p.tokens, p.at + 1)))) {
    p.advance();
    over = parseWindow(p);
  }
  return { kind: 'call', ...head, withinGroup, filter, over, span: p.span(start) };
}

/** Functions that take words between their arguments; all of them are called in the plain form as well, but CAST. */
const SPECIAL: ReadonlySet<string> = new Set(
  'CAST TRY_CAST STRUCT EXTRACT TRIM SUBSTR SUBSTRING POSITION OVERLAY TIMESTAMPADD DATEADD DATE_ADD TIMESTAMPDIFF DATEDIFF DATE_DIFF TIMEDIFF'.split(
    ' ',
  ),
);

export function isSpecialCallAt(p: Cursor): boolean {
  return SPECIAL.has(p.key);
}

export function parseSpecialCall(p: Cursor): Expression {
  const { start, key } = p;
  const name = p.name();
  if (key === 'CAST' || key === 'TRY_CAST') return parseCast(p, start);
  const open = p.at;
  p.advance();
  const argumentStart = p.end;
  const distinct = (p.is('DISTINCT') || p.is('ALL')) && isOperandAt(p.tokens, p.at + 1) ? p.advance().key === 'DISTINCT' : false;
  const args = p.is(')') ? [] : parseWorded(p, key);
  const argumentEnd = p.is(')') ? p.start : p.end;
  p.close(open);
  return parseCallTail(p, {
    start,
    name: [name],
    distinct,
    args,
    argumentSpan: { start: argumentStart, end: Math.max(argumentStart, argumentEnd) },
  });
}

function parseCast(p: Cursor, start: number): Expression {
  const open = p.at;
  p.advance();
  const expression = p.grammar.expression(p);
  // Without AS it is a call of a function, which Spark parses and does not find.
  if (!p.isLost() && (p.is(',') || p.is(')'))) p.fail('"AS" and a type', undefined, 'soft-reserved');
  const type = p.expect('AS', ' and a type')
    ? parseDataType(p)
    : { kind: 'dataType' as const, name: '', parameters: [], elements: [], fields: [], span: p.missing().span };
  p.close(open);
  return { kind: 'cast', expression, type, span: p.span(start) };
}

function parseWorded(p: Cursor, name: string): Expression[] {
  switch (name) {
    case 'STRUCT':
      return p.list(() => {
        const item = p.peek() === '=>' ? parseArgument(p) : p.grammar.namedExpression(p);
        return item;
      });
    case 'TRIM':
      return parseTrim(p);
    case 'EXTRACT':
      return parseParts(p, ['FROM']);
    case 'SUBSTR':
    case 'SUBSTRING':
      return parseParts(p, ['FROM', 'FOR']);
    case 'POSITION':
      return parsePosition(p);
    case 'OVERLAY':
      return parseParts(p, ['PLACING', 'FROM', 'FOR']);
    default:
      return parseDateFunction(p, name);
  }
}

/** Arguments with words or commas between them. */
function parseParts(p: Cursor, words: readonly string[]): Expression[] {
  const args = [parseArgument(p)];
  let next = 0;
  for (;;) {
    if (p.isLost()) p.recover(',', ...words);
    const word = words.indexOf(p.key, next);
    if (word >= 0) next = word + 1;
    else if (!p.is(',')) return args;
    p.advance();
    args.push(parseArgument(p));
  }
}

function parseTrim(p: Cursor): Expression[] {
  const option = p.is('BOTH') || p.is('LEADING') || p.is('TRAILING');
  if (option && (p.peek() === 'FROM' || isOperandAt(p.tokens, p.at + 1))) p.advance();
  if (p.is('FROM') && isOperandAt(p.tokens, p.at + 1)) {
    p.advance();
    return [p.grammar.value(p)];
  }
  return parseParts(p, ['FROM']);
}

/** `position(a IN b)`: no list stands behind this IN, and neither side holds AND, OR or IS. */
function parsePosition(p: Cursor): Expression[] {
  const { at } = p;
  const errors = p.errors.length;
  const first = p.grammar.value(p);
  if (!p.isLost() && p.take('IN')) return [first, p.grammar.value(p)];
  p.reset(at, errors);
  return p.list(() => parseArgument(p));
}

/** With three arguments the first is a unit, which is a word and no string. */
function parseDateFunction(p: Cursor, name: string): Expression[] {
  const args = p.list(() => parseArgument(p));
  const [unit] = args;
  if (args.length === 3 && unit?.kind === 'literal' && unit.type === 'string') {
    const word = p.textOf(unit.span).slice(1, -1);
    p.note(
      'value',
      unit.span,
      `the unit of ${name} is a word without quotation marks`,
      /^\w+$/.test(word) ? word.toUpperCase() : undefined,
    );
  }
  return args;
}
