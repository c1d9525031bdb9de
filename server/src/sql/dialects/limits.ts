// How other systems take only some of the rows: TOP, LIMIT a, b, FETCH FIRST, SAMPLE.

import { type DialectText, type ForeignConstruct, insert, type Recognizer, replace, SET_OPERATORS } from './construct';

const AFTER_TAIL: ReadonlySet<string> = new Set([...SET_OPERATORS, 'LIMIT', 'OFFSET', 'FETCH', 'FOR', 'QUALIFY']);
const BEFORE_TOP: ReadonlySet<string> = new Set(['SELECT', 'DISTINCT', 'ALL']);
const ROWS: ReadonlySet<string> = new Set(['ROW', 'ROWS']);

const isCount = (sql: DialectText, at: number): boolean => /^\d+$/.test(sql.written(at));

export const top: Recognizer = (sql, at) => {
  if (!BEFORE_TOP.has(sql.key(at - 1))) return undefined;
  const close = sql.is(at + 1, '(') ? sql.closing(at + 1) : undefined;
  const last = close ?? at + 1;
  if (close === undefined && !isCount(sql, last)) return undefined;
  const span = sql.spanOf(at, last);
  const count = close === undefined ? sql.spanOf(last) : { start: sql.spanOf(at + 1).end, end: sql.spanOf(close).start };
  const reach = sql.spanOf(at, last + 2);
  if (sql.is(last + 1, 'PERCENT') || sql.is(last + 1, 'WITH')) {
    const whole = sql.spanOf(at, sql.is(last + 1, 'PERCENT') ? last + 1 : last + 2);
    return { span: whole, reach, message: `"${sql.slice(whole)}" is SQL Server's: Spark filters by rank() in an outer query` };
  }
  const found = {
    span,
    reach,
    message: `"${sql.slice(span)}" is SQL Server's: Spark writes "LIMIT ${sql.slice(count)}" at the end of the query`,
  };
  const select = sql.selectBefore(at);
  const end = sql.find(last + 1, AFTER_TAIL);
  if (select === undefined || AFTER_TAIL.has(sql.key(end))) return found;
  // The limit would hold for all that the set operator puts together.
  const isPart = SET_OPERATORS.has(sql.key(select - 1)) || (sql.is(select - 1, 'ALL') && SET_OPERATORS.has(sql.key(select - 2)));
  if (isPart) return found;
  return {
    ...found,
    translation: {
      title: `Write "LIMIT ${sql.slice(count)}"`,
      edits: [replace({ start: span.start, end: sql.spanOf(last + 1).start }), insert(sql.spanOf(end - 1).end, ' LIMIT ', count)],
      sure: true,
    },
  };
};

/** `LIMIT 5, 10`, and `LIMIT 1 BY a`. */
export const limit: Recognizer = (sql, at) => {
  if (sql.is(at + 2, 'BY'))
    return {
      span: sql.spanOf(at, at + 2),
      reach: sql.spanOf(at, at + 3),
      message: `"LIMIT n BY" is ClickHouse's: Spark filters by row_number() in an outer query`,
    };
  if (!sql.is(at + 2, ',') || sql.kind(at + 3) === 'end') return undefined;
  const [skip, count] = [sql.spanOf(at + 1), sql.spanOf(at + 3)];
  const spark = `LIMIT ${sql.slice(count)} OFFSET ${sql.slice(skip)}`;
  const span = sql.spanOf(at, at + 3);
  return {
    span,
    reach: span,
    message: `"${sql.slice(span)}" is MySQL's: Spark writes "${spark}"`,
    translation: {
      title: `Write "${spark}"`,
      edits: [replace({ start: skip.start, end: count.end }, count, ' OFFSET ', skip)],
      sure: true,
    },
  };
};

/** `OFFSET 5 LIMIT 10`, `OFFSET 5 ROWS`, `OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY`. */
export const offset: Recognizer = (sql, at) => {
  const skip = sql.spanOf(at + 1);
  if (sql.is(at + 2, 'LIMIT')) {
    const count = sql.spanOf(at + 3);
    const spark = `LIMIT ${sql.slice(count)} OFFSET ${sql.slice(skip)}`;
    return {
      span: sql.spanOf(at, at + 3),
      reach: sql.spanOf(at, at + 3),
      message: `"OFFSET" before "LIMIT" is PostgreSQL's: Spark writes "${spark}"`,
      translation: { title: `Write "${spark}"`, edits: [replace(sql.spanOf(at, at + 3), 'LIMIT ', count, ' OFFSET ', skip)], sure: true },
    };
  }
  if (!ROWS.has(sql.key(at + 2))) return undefined;
  if (sql.is(at + 3, 'FETCH')) return fetchRows(sql, at + 3, at);
  const spark = `OFFSET ${sql.slice(skip)}`;
  return {
    span: sql.spanOf(at, at + 2),
    reach: sql.spanOf(at, at + 2),
    message: `"${sql.slice(sql.spanOf(at, at + 2))}" is SQL Server's and Oracle's: Spark writes "${spark}"`,
    translation: { title: `Write "${spark}"`, edits: [replace({ start: skip.end, end: sql.spanOf(at + 2).end })], sure: true },
  };
};

/** `FETCH FIRST 10 ROWS ONLY` */
export const fetch: Recognizer = (sql, at) => (sql.is(at - 3, 'OFFSET') ? undefined : fetchRows(sql, at, undefined));

function fetchRows(sql: DialectText, at: number, offsetAt: number | undefined): ForeignConstruct | undefined {
  if (!sql.is(at + 1, 'FIRST') && !sql.is(at + 1, 'NEXT')) return undefined;
  const counted = !ROWS.has(sql.key(at + 2));
  const rows = counted ? at + 3 : at + 2;
  if (!ROWS.has(sql.key(rows))) return undefined;
  const ties = sql.is(rows + 1, 'WITH', 'TIES');
  if (!ties && !sql.is(rows + 1, 'ONLY')) return undefined;
  const first = offsetAt ?? at;
  const span = sql.spanOf(first, ties ? rows + 2 : rows + 1);
  const count = counted ? sql.spanOf(at + 2) : '1';
  const skip = offsetAt === undefined ? undefined : sql.spanOf(offsetAt + 1);
  const spark = `LIMIT ${typeof count === 'string' ? count : sql.slice(count)}${skip === undefined ? '' : ` OFFSET ${sql.slice(skip)}`}`;
  const message = `"FETCH" is Oracle's, Db2's and SQL Server's: Spark writes "${ties ? 'rank() OVER (…) <= n" in an outer query' : `${spark}"`}`;
  if (ties) return { span, reach: span, message };
  const pieces = ['LIMIT ', count, ...(skip === undefined ? [] : [' OFFSET ', skip])];
  return { span, reach: span, message, translation: { title: `Write "${spark}"`, edits: [replace(span, ...pieces)], sure: true } };
}

/** `FROM t SAMPLE (10)` */
export const sample: Recognizer = (sql, at) => {
  if (!sql.is(at + 1, '(') || !/^[\d.]+$/.test(sql.written(at + 2)) || !sql.is(at + 3, ')')) return undefined;
  const span = sql.spanOf(at, at + 3);
  const spark = `TABLESAMPLE (${sql.written(at + 2)} PERCENT)`;
  return {
    span,
    reach: span,
    message: `"${sql.slice(span)}" is Snowflake's and Oracle's: Spark writes "${spark}"`,
    translation: {
      title: `Write "${spark}"`,
      edits: [replace(sql.spanOf(at), 'TABLESAMPLE'), insert(sql.spanOf(at + 2).end, ' PERCENT')],
      sure: true,
    },
  };
};
