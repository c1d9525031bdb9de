import type { Resource, SqlText } from '../definitions/resources';
import { parseSql } from '../sql/parser';
import type { SqlError } from '../sql/syntaxErrors';
import type { Span } from '../text/span';
import { type Place, placed } from './mentions';
import type { Fix, Problem, Rule, RuleContext } from './rule';

export const sqlSyntaxError: Rule = {
  id: 'sql-syntax-error',
  severity: 'error',
  documentation: {
    summary: 'Spark would not parse the query.',
    details: `The whole query is read as Spark 3.5 reads it, and every mistake is reported at its place. A transformation is one query: a statement
such as \`INSERT\` or \`CREATE TABLE\` is none.

Spark reserves almost no words, so that it takes \`FROM\` in \`SELECT a, FROM t\` for a column and fails only when it looks for that column:
what no person means is reported as well.

SQL that only a later Spark knows is a warning. With \`"spark": "3.5"\` in \`sparkform.json\` it is an error, with a later version there
it is none. What stands behind a part that only the run time knows is not judged.`,
    bad: `@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT user, sum(amount FROM {{payments.v1}} GROUP BY user"`,
    good: `@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT user, sum(amount) FROM {{payments.v1}} GROUP BY user"`,
    covers: [],
  },
  *check(context) {
    for (const resource of context.file.definitions.resources) {
      const { sql } = resource;
      if (sql === undefined || sql.text.value.trim() === '' || !isSparkSql(resource)) continue;
      yield* checkQuery(sql, context);
    }
  },
};

function isSparkSql({ provider }: Resource): boolean {
  return provider?.class === undefined || provider.class === 'OfflineSparkProvider';
}

function* checkQuery(sql: SqlText, context: RuleContext): Iterable<Problem> {
  const tree = parseSql(sql.text.value);
  const at = (span: Span): Place => placed(context, sql.text.sourceLocation(span), sql.span);
  if (tree.statement.kind === 'command') {
    const { name, span } = tree.statement;
    const word = { start: span.start, end: span.start + name.length };
    yield { ...at(word), message: `"${name}" is no query, expected a statement that begins with "SELECT" or "WITH"` };
  }
  for (const error of tree.errors) {
    const place = at(error.span);
    const opening = error.related === undefined ? undefined : sql.text.sourceLocation(error.related.span);
    const related = opening === undefined ? [] : [{ ...opening, message: error.related?.message ?? '' }];
    yield { ...place, message: error.message, related: [...(place.related ?? []), ...related], fixes: repairOf(error, sql, context) };
  }
  const { spark } = context.snapshot.project;
  for (const { span, since, what } of tree.newer) {
    if (spark !== undefined && spark >= since) continue;
    const severity = spark === undefined ? ('warning' as const) : ('error' as const);
    yield { ...at(span), severity, message: `${what} needs Spark ${since}` };
  }
}

/** Only where the text stands in the file as it reads. */
function repairOf({ span, replacement }: SqlError, sql: SqlText, context: RuleContext): readonly Fix[] {
  const [range, ...more] = sql.text.sourceRanges(span);
  const { uri, text } = context.file;
  if (replacement === undefined || range?.uri !== uri || more.length > 0) return [];
  if (text.slice(range.span.start, range.span.end) !== sql.text.value.slice(span.start, span.end)) return [];
  return [{ title: `Replace with "${replacement}"`, edits: [{ uri, span: range.span, newText: replacement }], preferred: true }];
}
