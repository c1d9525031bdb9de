// Names in the quotation marks of other systems, and prefixes of their texts.

import { type DialectText, insert, type Recognizer, replace, type SqlEdit } from './construct';

/** `t."a"`, `AS "a"`, `FROM "t"`, `a "b"`: Spark takes what stands in quotation marks for a text. */
export const quotedText: Recognizer = (sql, at) => {
  const written = sql.written(at);
  const before = sql.key(at - 1);
  const { start, end } = sql.spanOf(at);
  const prefix = literalPrefix(sql.written(at - 1), sql.spanOf(at - 1).end === start);
  if (prefix !== undefined) {
    const span = sql.spanOf(at - 1);
    return {
      span,
      reach: { start: span.start, end },
      message: `the prefix "${sql.written(at - 1)}" of a text is ${prefix}: Spark writes none`,
      translation: { title: `Remove "${sql.written(at - 1)}"`, edits: [replace(span)], sure: true },
    };
  }
  const double = written.startsWith('"');
  const isAlias = before === 'AS' && sql.endsValue(at - 2) && !isTypeOfCast(sql, at);
  const stands = isAlias || (double && (['.', 'FROM', 'JOIN'].includes(before) || sql.endsValue(at - 1)));
  const name = written.slice(1, -1);
  if (!stands || !written.endsWith(double ? '"' : "'") || /[`\\"']/.test(name) || name === '') return undefined;
  return {
    span: { start, end },
    reach: { start, end },
    message: double
      ? `a name in double quotation marks is PostgreSQL's and Snowflake's: Spark writes \`${name}\``
      : `an alias in quotation marks is MySQL's and SQL Server's: Spark writes \`${name}\``,
    translation: {
      title: `Write \`${name}\``,
      edits: [replace({ start, end: start + 1 }, '`'), replace({ start: end - 1, end }, '`')],
      sure: true,
    },
  };
};

/** `CAST(a AS "int")` */
function isTypeOfCast(sql: DialectText, at: number): boolean {
  let depth = 0;
  for (let i = at - 1; i > 0; i--) {
    if (sql.is(i, ')')) depth++;
    else if (sql.is(i, '(') && --depth < 0) return sql.key(i - 1).endsWith('CAST');
  }
  return false;
}

function literalPrefix(word: string, adjacent: boolean): string | undefined {
  if (!adjacent) return undefined;
  return word === 'E' || word === 'e' ? "PostgreSQL's" : word === 'N' || word === 'n' ? "SQL Server's" : undefined;
}

/** `[a]` where no value stands in front of it; all of the query are one problem. */
export const bracketedName: Recognizer = (sql, at) => {
  if (sql.endsValue(at - 1) || sql.is(at - 1, 'ARRAY')) return undefined;
  const edits: SqlEdit[] = [];
  let last = at;
  for (let i = at; i < sql.tokens.length; i++) {
    if (!sql.is(i, '[') || sql.endsValue(i - 1)) continue;
    const close = sql.closing(i);
    if (close === undefined || !nameIn(sql.slice({ start: sql.spanOf(i).end, end: sql.spanOf(close).start }))) return undefined;
    edits.push(replace(sql.spanOf(i), '`'), replace(sql.spanOf(close), '`'));
    last = close;
  }
  const close = sql.closing(at);
  if (close === undefined) return undefined;
  return {
    span: sql.spanOf(at, close),
    reach: sql.spanOf(at - 1, last + 1),
    message: `a name in brackets is SQL Server's: Spark writes \`${sql.slice({ start: sql.spanOf(at).end, end: sql.spanOf(close).start })}\``,
    translation: { title: 'Write names in backquotes', edits, sure: true },
  };
};

function nameIn(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_ $-]*$/u.test(text);
}

/** `# …` to the end of its line. */
export const hash: Recognizer = (sql, at) => {
  const { start, end } = sql.spanOf(at);
  if (sql.written(at) !== '#') return undefined;
  const lineStart = sql.text.lastIndexOf('\n', start - 1) + 1;
  if (sql.is(at + 1, '>') || !/(?:^|\s)$/.test(sql.text.slice(lineStart, start))) return undefined;
  const newLine = sql.text.indexOf('\n', end);
  const lineEnd = newLine < 0 ? sql.text.length : newLine;
  const next = sql.tokens.findIndex((token) => token.span.start >= lineEnd);
  return {
    span: { start, end },
    reach: { start, end: sql.spanOf(Math.max(at, next)).end },
    message: `a comment that begins with "#" is MySQL's and BigQuery's: Spark writes "--"`,
    translation: { title: 'Write "--"', edits: [replace({ start, end }, '--')], sure: true },
  };
};

/** `$1`, `@x`, `$$text$$`, `a @> b`, `a #> b` */
export const sigil: Recognizer = (sql, at) => {
  const { end } = sql.spanOf(at);
  const next = sql.spanOf(at + 1);
  const sign = sql.written(at);
  if ((sign === '@' || sign === '#') && sql.is(at + 1, '>') && next.start === end) {
    const span = sql.spanOf(at, at + 1);
    return {
      span,
      reach: span,
      message: `"${sql.slice(span)}" reads JSON and arrays in PostgreSQL: Spark writes "get_json_object" or "array_contains"`,
    };
  }
  if (sign === '$' && sql.written(at + 1) === '$') {
    const span = sql.spanOf(at, at + 1);
    return { span, reach: span, message: `a text between "$$" is PostgreSQL's and Snowflake's: Spark writes quotation marks` };
  }
  const isName = next.start === end && (sql.kind(at + 1) === 'word' || sql.kind(at + 1) === 'number');
  if (!isName || (sign !== '$' && sign !== '@')) return undefined;
  const span = sql.spanOf(at, at + 1);
  const whose =
    sign === '$' ? `parameter "${sql.slice(span)}" is PostgreSQL's` : `variable "${sql.slice(span)}" is MySQL's and SQL Server's`;
  return { span, reach: span, message: `the ${whose}: a definition has no values but those of its text` };
};

/** `x = y(+)` */
export const outerJoinSign: Recognizer = (sql, at) => {
  if (!sql.is(at + 1, '+', ')') || !sql.endsValue(at - 1)) return undefined;
  const span = sql.spanOf(at, at + 2);
  return { span, reach: span, message: `"(+)" is Oracle's: Spark writes "LEFT JOIN … ON …"` };
};

/** `a ->> 'key'` */
export const arrow: Recognizer = (sql, at) => {
  const double = sql.is(at + 1, '>');
  const key = double ? at + 2 : at + 1;
  if (sql.kind(key) !== 'string' || !sql.endsValue(at - 1)) return undefined;
  const span = double ? sql.spanOf(at, at + 1) : sql.spanOf(at);
  const found = {
    span,
    reach: sql.spanOf(at, key),
    message: `"${sql.slice(span)}" reads JSON in PostgreSQL and MySQL: Spark writes get_json_object(…, '$.key')`,
  };
  const name = sql.nameBefore(at - 1);
  const field = sql.spanOf(key);
  if (!double || name === undefined || sql.is(name - 1, '>') || !/^['"][A-Za-z_]\w*['"]$/.test(sql.slice(field))) return found;
  if (sql.is(key + 1, '-') || sql.is(key + 1, '->') || sql.is(key + 1, '::')) return found;
  return {
    ...found,
    translation: {
      title: 'Write "get_json_object"',
      edits: [
        insert(sql.spanOf(name).start, 'get_json_object('),
        replace({ start: sql.spanOf(at - 1).end, end: field.start }, ', '),
        insert(field.start + 1, '$.'),
        insert(field.end, ')'),
      ],
      sure: false,
    },
  };
};
