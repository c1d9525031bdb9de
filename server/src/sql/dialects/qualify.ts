// QUALIFY of Snowflake, BigQuery, Databricks and Teradata: a condition on window functions. Spark computes it in a query inside.

import { parseSql } from '../parser';
import type { Select } from '../syntaxTree';
import { type DialectText, insert, type Recognizer, replace, SET_OPERATORS, type Translation } from './construct';

const AFTER_CONDITION: ReadonlySet<string> = new Set([...SET_OPERATORS, 'ORDER', 'LIMIT', 'OFFSET', 'WINDOW', 'FETCH', 'QUALIFY']);
/** The columns that the translation adds; not where the query uses the words itself. */
const CONDITION = 'is_qualified';
const ROW = 'all_columns';

export const qualify: Recognizer = (sql, at) => {
  const select = sql.selectBefore(at);
  const end = sql.find(at + 1, AFTER_CONDITION);
  if (select === undefined || end === at + 1 || !sql.endsValue(at - 1)) return undefined;
  const translation = translate(sql, select, at, end);
  return {
    span: sql.spanOf(at),
    reach: sql.spanOf(at, end),
    message: `"QUALIFY" is Snowflake's, BigQuery's and Databricks': Spark filters window functions in an outer query`,
    ...(translation && { translation }),
  };
};

function translate(sql: DialectText, select: number, at: number, end: number): Translation | undefined {
  const condition = sql.spanOf(at + 1, end - 1);
  const inner = { start: sql.spanOf(select).start, end: sql.spanOf(at - 1).end };
  const { statement, errors } = parseSql(sql.slice(inner));
  if (errors.length > 0 || statement.kind !== 'query' || statement.body.kind !== 'select') return undefined;
  const { body } = statement;
  if (body.distinct || body.items.length === 0 || body.windows !== undefined || sql.is(end, 'WINDOW')) return undefined;
  if (new RegExp(`${CONDITION}|${ROW}`, 'i').test(sql.text) || !/\bover\b/i.test(sql.slice(condition))) return undefined;
  const title = 'Filter in an outer query';
  const list = { start: inner.start + (body.items[0]?.span.start ?? 0), end: inner.start + (body.items.at(-1)?.span.end ?? 0) };
  const filter = replace({ start: inner.end, end: condition.end }, `) WHERE ${CONDITION}`);
  if (isStarOfOne(body)) {
    if (sql.is(end, 'ORDER')) return undefined;
    const struct = replace(list, `struct(`, list, `) AS ${ROW}, `, condition, ` AS ${CONDITION}`);
    return { title, edits: [insert(inner.start, `SELECT ${ROW}.* FROM (`), struct, filter], sure: true };
  }
  const names = namesOf(body);
  if (names === undefined || mentionsAlias(body, sql.slice(condition)) || !isSortedBy(sql, end, names)) return undefined;
  const outer = insert(inner.start, `SELECT ${names.join(', ')} FROM (`);
  return { title, edits: [outer, insert(list.end, ', ', condition, ` AS ${CONDITION}`), filter], sure: true };
}

/** `SELECT * FROM t`: the columns of one relation, whose names differ. */
function isStarOfOne({ items, from, lateralViews }: Select): boolean {
  const relation = from?.relations[0];
  const simple = from?.relations.length === 1 && from.lateralViews.length === 0 && lateralViews.length === 0 && relation?.kind === 'table';
  return simple && items.length === 1 && items[0]?.expression.kind === 'star' && items[0].expression.except.length === 0;
}

/** The names of the columns, where each has one and no other has the same. */
function namesOf({ items }: Select): readonly string[] | undefined {
  const names = items.map(({ alias, aliases, expression }) => {
    const name = alias ?? (aliases.length === 0 && expression.kind === 'column' ? expression.parts.at(-1) : undefined);
    return name === undefined || name.template !== undefined ? undefined : name.quoted ? `\`${name.text}\`` : name.text;
  });
  const known = names.filter((name) => name !== undefined);
  return known.length === names.length && new Set(known.map((name) => name.toLowerCase())).size === known.length ? known : undefined;
}

/** In the query inside, the aliases do not stand for their columns. */
function mentionsAlias({ items }: Select, condition: string): boolean {
  const words = new Set(condition.toLowerCase().match(/[\p{L}\p{N}_]+/gu));
  return items.some(({ alias }) => alias !== undefined && words.has(alias.text.toLowerCase()));
}

/** Whether what sorts the result are columns of it. */
function isSortedBy(sql: DialectText, end: number, names: readonly string[]): boolean {
  if (!sql.is(end, 'ORDER')) return true;
  const known = new Set([...names.map((name) => name.toUpperCase()), ...'ASC DESC NULLS FIRST LAST'.split(' '), ',']);
  const last = sql.find(end + 2, new Set([...SET_OPERATORS, 'LIMIT', 'OFFSET']));
  for (let i = end + 2; i < last; i++) if (!known.has(sql.key(i))) return false;
  return true;
}
