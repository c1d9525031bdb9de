// What stands behind FROM: tables, subqueries, functions, joins, samples, aliases and lateral views.

import { isIdentifierClause, parseCall } from './calls';
import type { Cursor } from './cursor';
import { isClauseAt, isNameToken, isProvenName, isQueryAt, isTableAliasAt, RELATION_WORDS } from './keywords';
import { isQueryInParentheses, parseQueryInParentheses } from './parentheses';
import { nodesOf } from './walk';
import { parsePivot, parseUnpivot } from './pivots';
import type { Expression } from './expressionTree';
import type { From, Join, JoinType, LateralView, Relation, Sample, TableAlias } from './relationTree';
import type { InlineTable, Name, SqlNode } from './syntaxTree';

/** Reads FROM and everything up to the next clause. */
export function parseFrom(p: Cursor): From {
  const { start } = p;
  const word = p.advance();
  const relations: Relation[] = [];
  if (p.token.kind === 'end' || p.is(')') || p.is(';')) {
    // Spark takes the word for an alias, and fails, or runs what nobody meant.
    p.note('soft-reserved', word.span, 'expected a table after "FROM"');
    return { kind: 'from', relations: [p.missing()], lateralViews: [], span: p.span(start) };
  }
  relations.push(...p.list(() => parseRelation(p)));
  const lateralViews: LateralView[] = [];
  while (!p.isLost() && p.is('LATERAL') && p.peek() === 'VIEW') lateralViews.push(parseLateralView(p));
  const last = relations.at(-1);
  if (last !== undefined && !p.isLost() && isClauseAt(p.tokens, p.at)) {
    if ((p.is('PIVOT') || p.is('UNPIVOT')) && lateralViews.length > 0) {
      p.note('value', p.token.span, `"${p.key}" and "LATERAL VIEW" exclude each other in one FROM`);
    }
    const input = lateralViews.length > 0 ? p.missing() : last;
    const place = lateralViews.length > 0 ? relations.length : relations.length - 1;
    if (p.is('PIVOT')) relations[place] = parsePivot(p, input);
    else if (p.is('UNPIVOT')) relations[place] = parseUnpivot(p, input);
  }
  return { kind: 'from', relations, lateralViews, span: p.span(start) };
}

function parseRelation(p: Cursor): Relation {
  return p.nested(
    () => parseExtensions(p, parseRelationPrimary(p)),
    () => p.missing(),
  );
}

/** Joins and pivots, from left to right. */
export function parseExtensions(p: Cursor, first: Relation): Relation {
  let left = first;
  for (;;) {
    if (p.isLost()) p.recover('JOIN', 'INNER', 'LEFT', 'RIGHT', 'FULL', 'CROSS', 'NATURAL', ',');
    if (p.is('PIVOT') && p.peek() === '(') left = parsePivot(p, left);
    else if (p.is('UNPIVOT') && isClauseAt(p.tokens, p.at)) left = parseUnpivot(p, left);
    else {
      const join = parseJoin(p, left);
      if (join === undefined) return left;
      left = join;
    }
  }
}

const SIDES: Readonly<Record<string, JoinType>> = {
  INNER: 'INNER',
  CROSS: 'CROSS',
  LEFT: 'LEFT',
  RIGHT: 'RIGHT',
  FULL: 'FULL',
  SEMI: 'SEMI',
  ANTI: 'ANTI',
};

function parseJoin(p: Cursor, left: Relation): Join | undefined {
  const word = p.token;
  const natural = p.is('NATURAL') && (p.peek() === 'JOIN' || Object.hasOwn(SIDES, p.peek()));
  if (natural) p.advance();
  let type: JoinType = 'INNER';
  const side = Object.hasOwn(SIDES, p.key) ? SIDES[p.key] : undefined;
  if (side !== undefined) {
    p.advance();
    type = side;
    if (side === 'LEFT' && (p.is('SEMI') || p.is('ANTI'))) type = p.advance().key as JoinType;
    else if (side === 'LEFT' || side === 'RIGHT' || side === 'FULL') p.take('OUTER');
  } else if (!natural && !p.is('JOIN')) return undefined;
  p.expect('JOIN');
  const lateral = !p.isLost() && p.is('LATERAL') ? p.token.span : undefined;
  const right = p.isLost() ? p.missing() : parseRelationPrimary(p);
  let on: Expression | undefined;
  let using: readonly Name[] = [];
  if (!p.isLost() && p.take('ON')) on = p.grammar.expression(p);
  else if (!p.isLost() && p.is('USING')) {
    const { span } = p.advance();
    using = p.nameList('the name of a column');
    if (lateral !== undefined) p.note('value', span, 'a lateral join takes no "USING"');
  }
  if (natural && (on !== undefined || using.length > 0)) p.note('syntax', word.span, 'a natural join takes neither "ON" nor "USING"');
  if (natural && (type === 'CROSS' || type === 'SEMI' || type === 'ANTI')) {
    p.note('value', word.span, `"NATURAL" and "${type}" exclude each other`);
  }
  if (lateral !== undefined && !(type === 'INNER' || type === 'CROSS' || type === 'LEFT'))
    p.note('value', lateral, `a lateral join cannot be of the type ${type}`);
  if (lateral !== undefined && natural) p.note('value', lateral, 'a lateral join cannot be natural');
  return { kind: 'join', type, natural, left, right, on, using, span: p.span(left.span.start) };
}

function parseRelationPrimary(p: Cursor): Relation {
  const { start } = p;
  const lateral = p.is('LATERAL') && (p.peek() === '(' || isNameToken(p.peekToken())) && p.peek() !== 'VIEW';
  const before = p.tokens[p.at - 1]?.key ?? '';
  if (lateral) p.advance();
  if (p.is('(')) return parseInParentheses(p, start, lateral);
  if (p.is('VALUES') && isQueryAt(p.tokens, p.at)) return parseValues(p);
  if (p.token.kind === 'word' && (isClauseAt(p.tokens, p.at) || p.is('AS'))) {
    missingRelation(p);
    return p.missing();
  }
  if (!isNameToken(p.token)) {
    if (p.token.kind === 'string') p.unexpected(': a table is named without quotation marks, a file as parquet.`path`');
    else p.failForName('a table');
    return p.missing();
  }
  const name = p.path('the name of a table');
  if (!p.isLost() && p.is('(')) {
    const first = parseCall(p, start, name, true);
    const identifier = isIdentifierClause(first);
    const call = identifier && p.is('(') ? parseCall(p, start, name, true) : first;
    if (name.length > 1) p.note('value', p.span(start), 'a table function has no qualifier');
    if (first.args.length === 0 && name[0]?.text.toUpperCase() === 'IDENTIFIER') p.note('syntax', first.span, '"IDENTIFIER" needs a name');
    if (identifier) parseTimeTravel(p);
    const sample = identifier ? parseSample(p) : undefined;
    return { kind: 'tableFunction', lateral, call, sample, alias: parseTableAlias(p), span: p.span(start) };
  }
  if (lateral) needsQuery(p, p.span(start), before);
  const timeTravel = parseTimeTravel(p);
  const sample = parseSample(p);
  const alias = parseTableAlias(p);
  return { kind: 'table', name, timeTravel, sample, alias, span: p.span(start) };
}

/** Spark looks at it only behind another relation. */
function needsQuery(p: Cursor, span: Relation['span'], before: string): void {
  if (before !== ',' && before !== 'JOIN') return;
  p.note('value', span, '"LATERAL" takes a query in parentheses or a table function');
}

/** Spark would take the keyword for a table. */
function missingRelation(p: Cursor): void {
  const before = p.tokens[p.at - 1];
  const after = before === undefined ? '' : ` after ${p.quote(before)}`;
  p.report({ code: 'soft-reserved', span: p.token.span, message: `expected a table${after}, found ${p.quote(p.token)}` });
}

function parseInParentheses(p: Cursor, start: number, lateral: boolean): Relation {
  const open = p.at;
  if (isQueryInParentheses(p, open) && !isJoinOfValues(p, open)) {
    const query = parseQueryInParentheses(p);
    const sample = parseSample(p);
    return { kind: 'subqueryRelation', lateral, query, sample, alias: parseTableAlias(p), span: p.span(start) };
  }
  p.advance();
  if (lateral) needsQuery(p, p.span(start), p.tokens[open - 2]?.key ?? '');
  const relation = parseRelation(p);
  p.close(open);
  const sample = parseSample(p);
  return { kind: 'parenthesizedRelation', relation, sample, alias: parseTableAlias(p), span: p.span(start) };
}

/** Whether the `(` at `open` holds `VALUES (1) AS t JOIN …`, which no query may go on with. */
function isJoinOfValues(p: Cursor, open: number): boolean {
  if (p.tokens[open + 1]?.key !== 'VALUES') return false;
  for (let index = open + 2; index < p.tokens.length; index++) {
    const key = p.tokens[index]?.key;
    if (key === 'JOIN') return true;
    if (key === ')') return false;
    if (key === '(') index = p.closingOf(index) ?? p.tokens.length;
  }
  return false;
}

/** `VALUES (1, 2), (3, 4) AS t(a, b)` */
export function parseValues(p: Cursor): InlineTable {
  const { start } = p;
  p.advance();
  const rows = p.list(() => p.grammar.expression(p));
  return { kind: 'inlineTable', rows, alias: parseTableAlias(p), span: p.span(start) };
}

export function parseTableAlias(p: Cursor): TableAlias | undefined {
  if (p.isLost()) return undefined;
  const { start } = p;
  const named = p.is('AS');
  if (named) {
    p.advance();
    // `(SELECT 1) AS (a)`: Spark takes AS for the name.
    if (p.is('(')) p.at--;
    else if (!isTableAliasAt(p.tokens, p.at) && !(isClauseAt(p.tokens, p.at) && isProvenName(p.tokens, p.at))) {
      if (isNameToken(p.token) && !isClauseAt(p.tokens, p.at)) p.unexpected(': as the alias of a table it stands in backquotes');
      else p.failForName('the alias of the table');
      return undefined;
    }
  } else if (!isTableAliasAt(p.tokens, p.at) || p.corrects(RELATION_WORDS)) return undefined;
  const name = p.name();
  const columns = p.is('(') ? p.nameList('the name of a column') : [];
  return { kind: 'tableAlias', name, columns, span: p.span(start) };
}

/** `VERSION AS OF 3`, `FOR SYSTEM_TIME AS OF '…'` */
function parseTimeTravel(p: Cursor): Expression | undefined {
  const ahead = p.is('FOR') ? 1 : 0;
  const word = p.peek(ahead);
  if (p.peek(ahead + 1) !== 'AS' || p.peek(ahead + 2) !== 'OF') return undefined;
  const version = word === 'VERSION' || word === 'SYSTEM_VERSION';
  if (!version && word !== 'TIMESTAMP' && word !== 'SYSTEM_TIME') return undefined;
  p.at += ahead + 3;
  const value = p.grammar.value(p);
  const literal = value.kind === 'literal' && (value.type === 'string' || (value.type === 'number' && /^\d+$/.test(p.textOf(value.span))));
  if (version && !literal && value.kind !== 'missing') p.note('syntax', value.span, 'a version is a whole number or a text');
  if (!version && hasColumn(value)) p.note('value', value.span, 'a point in time cannot depend on columns');
  return value;
}

/** `TABLESAMPLE (10 PERCENT) REPEATABLE (7)` */
export function parseSample(p: Cursor): Sample | undefined {
  if (p.isLost() || !p.is('TABLESAMPLE') || p.peek() !== '(') return undefined;
  const { start } = p;
  p.advance();
  const open = p.at;
  p.advance();
  if (p.is(')')) p.note('value', p.span(start), 'the size of the sample is missing');
  else parseSampleSize(p);
  p.close(open);
  if (!p.isLost() && p.is('REPEATABLE') && p.peek() === '(') {
    p.advance();
    const seed = p.at;
    p.advance();
    expectWhole(p, 'the seed, a whole number,');
    p.close(seed);
  }
  return { kind: 'sample', span: p.span(start) };
}

function parseSampleSize(p: Cursor): void {
  const { start } = p;
  if (p.is('BUCKET') && p.peekToken()?.kind === 'number') {
    p.advance();
    const numbers = [p.at, p.at + 3];
    expectWhole(p, 'the number of the bucket');
    const bucket = p.end;
    if (p.expect('OUT') && p.expect('OF')) expectWhole(p, 'the number of buckets');
    const [part = 0, all = 0] = numbers.map((index) => Number(p.textOf(p.tokens[index]?.span ?? p.missing().span)));
    if (!p.isLost() && part > all) p.note('value', { start, end: bucket }, `a sample of bucket ${part} out of ${all} is more than all`);
    if (!p.isLost() && p.take('ON')) {
      const value = p.grammar.value(p);
      p.note('value', value.span, 'Spark samples buckets without "ON"');
    }
    return;
  }
  const value = p.grammar.expression(p);
  if (p.isLost()) return;
  if (p.take('PERCENT')) {
    if (value.kind === 'unary' && value.operator !== '-') p.note('syntax', value.span, 'a percentage is a number');
    const percent = Number(p.textOf(value.span).replaceAll(/\s/g, ''));
    if (Number.isNaN(percent)) p.note('syntax', value.span, 'a percentage is a number');
    else if (percent < 0 || percent > 100) p.note('value', value.span, `a percentage is between 0 and 100, not ${percent}`);
  } else if (!p.take('ROWS')) {
    p.note('value', p.span(start), 'the size of a sample is a number of "ROWS", "PERCENT" or a "BUCKET"');
  }
}

function expectWhole(p: Cursor, what: string): void {
  if (p.token.kind === 'number' && /^\d+$/.test(p.textOf(p.token.span))) p.advance();
  else p.fail(what);
}

/** `LATERAL VIEW OUTER explode(items) t AS item` */
export function parseLateralView(p: Cursor): LateralView {
  const { start } = p;
  p.at += 2;
  const outer = p.is('OUTER') && isNameToken(p.peekToken());
  if (outer) p.advance();
  const callStart = p.start;
  const name = p.path('a generator function such as explode');
  if (!p.isLost() && !p.is('(')) p.fail('"("');
  const argumentSpan = p.missing().span;
  const call = p.isLost()
    ? ({
        kind: 'call',
        name,
        argumentSpan,
        distinct: false,
        args: [],
        withinGroup: [],
        filter: undefined,
        over: undefined,
        span: p.span(callStart),
      } as const)
    : parseCall(p, callStart, name);
  let table: Name | undefined;
  const columns: Name[] = [];
  // `LATERAL VIEW explode(a) AS b`: Spark takes AS for the name of the table.
  if (!p.isLost() && p.is('AS') && isNameToken(p.peekToken())) p.advance();
  else if (!p.isLost()) {
    table = isClauseAt(p.tokens, p.at) ? undefined : p.expectName('the alias of the lateral view');
    if (table === undefined && !p.isLost()) p.fail('the alias of the lateral view');
    if (!p.isLost() && p.is('AS')) p.advance();
    else if (p.isLost() || !isNameToken(p.token) || isClauseAt(p.tokens, p.at) || !isTableAliasAt(p.tokens, p.at)) {
      return { kind: 'lateralView', outer, call, table, columns, span: p.span(start) };
    }
  }
  if (!p.isLost()) columns.push(...p.list(() => p.expectName('the name of a column')).filter((column) => column !== undefined));
  return { kind: 'lateralView', outer, call, table, columns, span: p.span(start) };
}

function hasColumn(root: SqlNode): boolean {
  for (const { kind } of nodesOf(root, (node) => node.kind !== 'query')) if (kind === 'column') return true;
  return false;
}
