import type { Resource, SqlText } from '../definitions/resources';
import { olderForm } from '../sql/dialects/casts';
import { queryOfCommand } from '../sql/dialects/commands';
import { replace, type Translation } from '../sql/dialects/construct';
import { explainErrors } from '../sql/dialects/foreignConstructs';
import { treeOf } from '../sql/treeOf';
import type { SqlError } from '../sql/syntaxErrors';
import { Remembered } from '../text/remembered';
import type { Span } from '../text/span';
import { type Place, placed } from './mentions';
import type { Problem, Rule, RuleContext } from './rule';
import { fixesOf } from './sqlFixes';

export const sqlSyntaxError: Rule = {
  id: 'sql-syntax-error',
  severity: 'error',
  documentation: {
    summary: 'Spark would not parse the query.',
    details: `The whole query is read as Spark 3.5 reads it, and every mistake is reported at its place. A transformation is one query: a statement
such as \`INSERT\` or \`CREATE TABLE\` is none.

Spark reserves almost no words, so that it takes \`FROM\` in \`SELECT a, FROM t\` for a column and fails only when it looks for that column:
what no person means is reported as well. Where Spark may take the keyword for an alias and run the query, as in
\`FROM t WHERE\` with nothing behind it, that is a warning.

Of what other systems know and Spark does not, the construct and the system are named, and where the translation is certain a fix writes it
as Spark does: \`TOP 10\`, \`LIMIT 5, 10\`, \`FETCH FIRST\`, \`QUALIFY\`, names in double quotation marks or brackets, \`SAFE_CAST\`, \`ARRAY[…]\` …

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

/** Most queries have nothing to be said of, and stay as they are while another one is edited. */
const blameless = new Remembered(1_000, (text: string): boolean => {
  const tree = treeOf(text);
  return tree.statement.kind !== 'command' && tree.errors.length === 0 && tree.newer.length === 0;
});

function* checkQuery(sql: SqlText, context: RuleContext): Iterable<Problem> {
  if (blameless.get(sql.text.value)) return;
  const tree = treeOf(sql.text.value);
  const at = (span: Span): Place => placed(context, sql.text.sourceLocation(span), sql.span);
  const repair = (translation: Translation | undefined): Pick<Problem, 'fixes'> =>
    translation === undefined ? {} : { fixes: fixesOf(translation, sql.text, context) };
  if (tree.statement.kind === 'command') {
    const { name, span } = tree.statement;
    const word = { start: span.start, end: span.start + name.length };
    const message = `"${name}" is no query, expected a statement that begins with "SELECT" or "WITH"`;
    yield { ...at(word), message, ...repair(queryOfCommand(tree, tree.statement)) };
  }
  const { constructs, errors } = explainErrors(tree);
  for (const { span, message, translation } of constructs) yield { ...at(span), message, ...repair(translation) };
  for (const error of errors) {
    const place = at(error.span);
    const opening = error.related === undefined ? undefined : sql.text.sourceLocation(error.related.span);
    const related = opening === undefined ? [] : [{ ...opening, message: error.related?.message ?? '' }];
    const severity = error.runs === true ? { severity: 'warning' as const } : {};
    yield {
      ...place,
      ...severity,
      message: error.message,
      related: [...(place.related ?? []), ...related],
      ...repair(replacementOf(error)),
    };
  }
  const { spark } = context.snapshot.project;
  for (const newer of tree.newer) {
    const { span, since, what } = newer;
    if (spark !== undefined && spark >= since) continue;
    const severity = spark === undefined ? ('warning' as const) : ('error' as const);
    yield { ...at(span), severity, message: `${what} needs Spark ${since}`, ...repair(olderForm(tree, newer)) };
  }
}

function replacementOf({ span, replacement }: SqlError): Translation | undefined {
  if (replacement === undefined) return undefined;
  return { title: `Replace with "${replacement}"`, edits: [replace(span, replacement)], sure: true };
}
