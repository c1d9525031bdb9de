// Calls and values of other systems: SAFE_CAST, ARRAY[…], aggregates with an order, stars without columns.

import { type DialectText, type ForeignConstruct, insert, type Recognizer, replace, type Translation } from './construct';

export const safeCast: Recognizer = (sql, at) => {
  const close = sql.is(at + 1, '(') ? sql.closing(at + 1) : undefined;
  if (close === undefined) return undefined;
  const span = sql.spanOf(at);
  return {
    span,
    reach: sql.spanOf(at, close),
    message: `"${sql.written(at)}" is BigQuery's: Spark writes "TRY_CAST"`,
    translation: { title: 'Write "TRY_CAST"', edits: [replace(span, 'TRY_CAST')], sure: true },
  };
};

/** `ARRAY[1, 2]` */
export const arrayLiteral: Recognizer = (sql, at) => {
  const close = sql.is(at + 1, '[') ? sql.closing(at + 1) : undefined;
  if (close === undefined) return undefined;
  return {
    span: sql.spanOf(at, at + 1),
    reach: sql.spanOf(at, close),
    message: `"ARRAY[…]" is PostgreSQL's, BigQuery's and Trino's: Spark writes "array(…)"`,
    translation: { title: 'Write "array(…)"', edits: [replace(sql.spanOf(at + 1), '('), replace(sql.spanOf(close), ')')], sure: true },
  };
};

/** `STRUCT<a INT64>(1)` */
export const structLiteral: Recognizer = (sql, at) => {
  if (!sql.is(at + 1, '<') || sql.spanOf(at + 1).start !== sql.spanOf(at).end) return undefined;
  const open = sql.tokens.findIndex(({ key }, i) => i > at && key === '(' && sql.is(i - 1, '>'));
  const close = open < 0 ? undefined : sql.closing(open);
  if (close === undefined) return undefined;
  return {
    span: sql.spanOf(at, open - 1),
    reach: sql.spanOf(at, close + 1),
    message: `a value of a written type, "STRUCT<…>(…)", is BigQuery's: Spark writes "named_struct('a', …)"`,
  };
};

const JOINED: ReadonlySet<string> = new Set(['STRING_AGG', 'GROUP_CONCAT', 'LISTAGG']);

/** `array_agg(a ORDER BY b)`, `group_concat(a SEPARATOR ',')`: the opening parenthesis of a call that holds such words. */
export const orderedAggregate: Recognizer = (sql, at) => {
  const name = sql.key(at - 1);
  const close = sql.kind(at - 1) === 'word' ? sql.closing(at) : undefined;
  if (close === undefined || !(JOINED.has(name) || name.endsWith('_AGG') || name === 'COLLECT_LIST')) return undefined;
  const word = sql.find(at + 1, new Set(['ORDER', 'SEPARATOR']));
  if (!sql.is(word, 'ORDER', 'BY') && !sql.is(word, 'SEPARATOR')) return undefined;
  const written = sql.written(at - 1);
  const separated = sql.is(word, 'SEPARATOR');
  const span = separated ? sql.spanOf(word) : sql.spanOf(word, word + 1);
  const reach = sql.spanOf(at, close + 1);
  if (separated && JOINED.has(name)) {
    const message = `"SEPARATOR" is MySQL's: Spark writes "array_join(collect_list(…), ',')"`;
    const translation = joined(sql, at, word, close);
    return { span, reach, message, ...(translation && { translation }) };
  }
  const spark = JOINED.has(name) ? `"array_join(collect_list(…), ',')" and keeps no order` : '"sort_array" around it';
  const message = `"ORDER BY" inside "${written}" is PostgreSQL's and BigQuery's: Spark 3.5 writes ${spark}`;
  const translation = JOINED.has(name) ? undefined : sorted(sql, at, word, close);
  return { span, reach, message, ...(translation && { translation }) };
};

/** Only of the values themselves, in their order. */
function sorted(sql: DialectText, open: number, order: number, close: number): Translation | undefined {
  const value = sql.slice(sql.spanOf(open + 1, order - 1));
  const descending = sql.is(close - 1, 'DESC');
  const last = descending || sql.is(close - 1, 'ASC') ? close - 2 : close - 1;
  if (last < order + 2 || sql.slice(sql.spanOf(order + 2, last)) !== value) return undefined;
  return {
    title: 'Write "sort_array"',
    edits: [
      insert(sql.spanOf(open - 1).start, 'sort_array('),
      replace({ start: sql.spanOf(order - 1).end, end: sql.spanOf(close).end }, `)${descending ? ', false' : ''})`),
    ],
    sure: false,
  };
}

function joined(sql: DialectText, open: number, separator: number, close: number): Translation | undefined {
  if (sql.kind(separator + 1) !== 'string' || separator + 2 !== close || sql.is(open + 1, 'DISTINCT')) return undefined;
  return {
    title: 'Write "array_join"',
    edits: [
      replace(sql.spanOf(open - 1, open), 'array_join(collect_list('),
      replace({ start: sql.spanOf(separator - 1).end, end: sql.spanOf(separator + 1).start }, '), '),
    ],
    sure: false,
  };
}

/** `* EXCLUDE (a)`, `* EXCLUDE a` */
export const excludedColumns: Recognizer = (sql, at): ForeignConstruct | undefined => {
  if (!sql.is(at - 1, '*')) return undefined;
  const close = sql.is(at + 1, '(') ? sql.closing(at + 1) : at + 1;
  if (close === undefined) return undefined;
  return {
    span: sql.spanOf(at),
    reach: sql.spanOf(at, close),
    message: `"* EXCLUDE" is Snowflake's and DuckDB's: Spark 4.0 writes "* EXCEPT (…)", Spark 3.5 wants the columns one by one`,
  };
};

/** `CONVERT(a USING utf8)` */
export const convert: Recognizer = (sql, at) => {
  const close = sql.is(at + 1, '(') ? sql.closing(at + 1) : undefined;
  if (close === undefined || !sql.is(close - 2, 'USING')) return undefined;
  const span = sql.spanOf(at);
  return { span, reach: sql.spanOf(at, close + 1), message: `"CONVERT(… USING …)" is MySQL's: Spark writes "decode" or "encode"` };
};
