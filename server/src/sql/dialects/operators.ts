// Operators and predicates of other systems.

import { type DialectText, type ForeignConstruct, type Piece, type Recognizer, replace } from './construct';

/** `a ~ 'x'`, `a ~* 'x'` */
export const tilde: Recognizer = (sql, at) => {
  if (!sql.endsValue(at - 1)) return undefined;
  return matching(sql, at, at, sql.is(at + 1, '*'), 'RLIKE');
};

/** `a !~ 'x'` */
export const notTilde: Recognizer = (sql, at) => {
  if (!sql.is(at + 1, '~') || !sql.endsValue(at - 1)) return undefined;
  return matching(sql, at, at + 1, sql.is(at + 2, '*'), 'NOT RLIKE');
};

function matching(sql: DialectText, first: number, tilde: number, anyCase: boolean, spark: string): ForeignConstruct | undefined {
  const last = anyCase ? tilde + 1 : tilde;
  const span = sql.spanOf(first, last);
  const message = `"${sql.slice(span)}" is PostgreSQL's: Spark writes "${spark}"${anyCase ? ` with "(?i)" at the beginning of the pattern` : ''}`;
  const pattern = sql.spanOf(last + 1);
  const found = { span, reach: { start: span.start, end: pattern.end }, message };
  if (sql.kind(last + 1) !== 'string' || !/^['"]/.test(sql.slice(pattern))) return found;
  const edits = [replace(span, spark)];
  if (anyCase)
    edits.push(replace({ start: pattern.start, end: pattern.start + 1 }, { start: pattern.start, end: pattern.start + 1 }, '(?i)'));
  // The two kinds of patterns agree but for rare classes of characters.
  return { ...found, translation: { title: `Write "${spark}"`, edits, sure: false } };
}

/** `a ^= b` */
export const caret: Recognizer = (sql, at) => {
  if (!sql.is(at + 1, '=')) return undefined;
  const span = sql.spanOf(at, at + 1);
  if (sql.slice(span) !== '^=') return undefined;
  return {
    span,
    reach: span,
    message: '"^=" is Oracle\'s: Spark writes "<>"',
    translation: { title: 'Write "<>"', edits: [replace(span, '<>')], sure: true },
  };
};

/** `= ANY (SELECT …)`, `<> ALL (SELECT …)` */
export const quantifiedComparison: Recognizer = (sql, at) => {
  const close = sql.is(at + 1, '(') && (sql.is(at + 2, 'SELECT') || sql.is(at + 2, 'WITH')) ? sql.closing(at + 1) : undefined;
  const operator = sql.key(at - 1);
  if (close === undefined || !['=', '<>', '!=', '<', '>', '<=', '>='].includes(operator)) return undefined;
  const isAll = sql.is(at, 'ALL');
  const spark = operator === '=' && !isAll ? 'IN' : (operator === '<>' || operator === '!=') && isAll ? 'NOT IN' : undefined;
  const span = sql.spanOf(at - 1, at);
  const found = {
    span,
    reach: sql.spanOf(at - 1, close + 1),
    message: `"${sql.slice(span)}" with a query is no Spark SQL: Spark writes ${spark === undefined ? `"${operator}" with a query of ${bound(operator, isAll)}` : `"${spark}"`}`,
  };
  if (spark === undefined) return found;
  return { ...found, translation: { title: `Write "${spark}"`, edits: [replace(span, spark)], sure: true } };
};

function bound(operator: string, isAll: boolean): string {
  return operator.startsWith('>') === isAll ? 'max(…)' : 'min(…)';
}

/** Constructs that are known by their words, with nothing that could take their place for sure. */
interface Phrase {
  readonly words: readonly string[];
  /** Behind the words. */
  readonly next?: string;
  /** Whether the phrase follows a value: `a SIMILAR TO b`. */
  readonly infix?: boolean;
  readonly message: string;
}

const PHRASES: readonly Phrase[] = [
  { words: ['SIMILAR', 'TO'], infix: true, message: `"SIMILAR TO" is PostgreSQL's: Spark writes "RLIKE" with a pattern of Java` },
  {
    words: ['AT', 'TIME', 'ZONE'],
    infix: true,
    message: `"AT TIME ZONE" is PostgreSQL's and SQL Server's: Spark writes "from_utc_timestamp" or "to_utc_timestamp"`,
  },
  { words: ['DISTINCT', 'ON'], next: '(', message: `"DISTINCT ON" is PostgreSQL's: Spark filters by row_number() in an outer query` },
  { words: ['WITH', 'ORDINALITY'], message: `"WITH ORDINALITY" is PostgreSQL's and Trino's: Spark writes "LATERAL VIEW posexplode(…)"` },
  { words: ['WITH', 'OFFSET'], message: `"WITH OFFSET" is BigQuery's: Spark writes "LATERAL VIEW posexplode(…)"` },
  { words: ['CONNECT', 'BY'], message: `"CONNECT BY" is Oracle's: Spark 3.5 has no recursive queries` },
  { words: ['START', 'WITH'], message: `"START WITH" is Oracle's: Spark 3.5 has no recursive queries` },
  {
    words: ['MATCH_RECOGNIZE'],
    next: '(',
    message: `"MATCH_RECOGNIZE" is Oracle's, Snowflake's and Trino's: Spark has no patterns of rows`,
  },
  { words: ['AT'], next: '(', infix: true, message: `"AT (…)" is Snowflake's: Spark writes "TIMESTAMP AS OF" or "VERSION AS OF"` },
  { words: ['WITH', 'TOTALS'], message: `"WITH TOTALS" is ClickHouse's: Spark writes "WITH ROLLUP"` },
  { words: ['PREWHERE'], message: `"PREWHERE" is ClickHouse's: Spark writes "WHERE"` },
  { words: ['SETTINGS'], infix: true, message: `"SETTINGS" is ClickHouse's: a query of Spark has no settings` },
  { words: ['INTO'], infix: true, message: `"SELECT … INTO" is SQL Server's and PostgreSQL's: the result of a definition is its table` },
  {
    words: ['REPLACE'],
    next: '(',
    message: `"* REPLACE (…)" is BigQuery's, DuckDB's and ClickHouse's: Spark wants the columns one by one`,
  },
];

const FIRST_WORDS: ReadonlySet<string> = new Set(PHRASES.map(({ words }) => words[0] ?? ''));

export const phraseKeys: readonly string[] = [...FIRST_WORDS];

export const phrase: Recognizer = (sql, at) => {
  const found = PHRASES.find(({ words, next, infix }) => {
    if (!sql.is(at, ...words)) return false;
    if (next !== undefined && !sql.is(at + words.length, next)) return false;
    if (words[0] === 'REPLACE') return sql.is(at - 1, '*');
    return infix !== true || sql.endsValue(at - 1);
  });
  if (found === undefined) return undefined;
  const last = at + found.words.length - 1;
  const open = found.next === '(' ? sql.closing(last + 1) : undefined;
  const span = sql.spanOf(at, last);
  return { span, reach: sql.spanOf(at, open ?? last + 1), message: found.message };
};

/** Words that Spark does without: `FOR UPDATE`, `WITH UR`, `AS MATERIALIZED (`. */
export const needlessWords: Recognizer = (sql, at) => {
  const needless = needlessAt(sql, at);
  if (needless === undefined) return undefined;
  const { last, whose, pieces = [] } = needless;
  const span = sql.spanOf(at, last);
  const written = sql.slice(span).replace(/\s+/gu, ' ');
  // What is removed takes the white space in front of it along.
  const edit = pieces.length > 0 ? replace(span, ...pieces) : replace({ start: sql.spanOf(at - 1).end, end: span.end });
  return {
    span,
    reach: sql.spanOf(at, last + 1),
    message: `"${written}" is ${whose}: Spark does without`,
    translation: { title: `Remove "${written}"`, edits: [edit], sure: true },
  };
};

function needlessAt(
  sql: DialectText,
  at: number,
): { readonly last: number; readonly whose: string; readonly pieces?: readonly Piece[] } | undefined {
  if (sql.is(at, 'FOR', 'UPDATE') || sql.is(at, 'FOR', 'SHARE')) return { last: at + 1, whose: "PostgreSQL's and MySQL's" };
  if (sql.is(at, 'FOR', 'READ', 'ONLY')) return { last: at + 2, whose: "Db2's" };
  if (sql.is(at, 'WITH', 'UR')) return { last: at + 1, whose: "Db2's" };
  if (sql.is(at, 'MATERIALIZED', '(') && sql.is(at - 1, 'AS')) return { last: at, whose: "PostgreSQL's" };
  if (sql.is(at, 'NOT', 'MATERIALIZED', '(') && sql.is(at - 1, 'AS')) return { last: at + 1, whose: "PostgreSQL's" };
  return undefined;
}

/** `CROSS APPLY (…)`, `OUTER APPLY (…)` */
export const apply: Recognizer = (sql, at) => {
  const side = sql.key(at - 1);
  if (side !== 'CROSS' && side !== 'OUTER') return undefined;
  const close = sql.is(at + 1, '(') ? sql.closing(at + 1) : undefined;
  const spark = side === 'CROSS' ? 'CROSS JOIN LATERAL' : 'LEFT JOIN LATERAL';
  const span = sql.spanOf(at - 1, at);
  const found = {
    span,
    reach: sql.spanOf(at - 1, close === undefined ? at + 1 : close + 1),
    message: `"${side} APPLY" is SQL Server's: Spark writes "${spark}${side === 'OUTER' ? ' … ON true' : ''}"`,
  };
  if (close === undefined) return found;
  const alias = sql.is(close + 1, 'AS') ? close + 2 : close + 1;
  if (sql.kind(alias) !== 'word' && sql.kind(alias) !== 'quotedName') return found;
  const end = sql.is(alias + 1, '(') ? sql.closing(alias + 1) : alias;
  if (end === undefined) return found;
  const on = side === 'OUTER' ? [replace({ start: sql.spanOf(end).end, end: sql.spanOf(end).end }, ' ON true')] : [];
  return { ...found, translation: { title: `Write "${spark}"`, edits: [replace(span, spark), ...on], sure: true } };
};
