import type { SqlText } from '../definitions/resources';
import type { Location } from '../text/span';
import { placed } from './mentions';
import type { Fix, Rule, RuleContext } from './rule';
import { findTemplateFlaws, type TemplateFlaw } from './templateFlaws';

export const malformedTemplate: Rule = {
  id: 'malformed-template',
  severity: 'error',
  documentation: {
    summary: 'A template does not have the form `{{name.variant}}`.',
    details: `Featureform takes what stands between \`{{\` and \`}}\`, without the white space around it, and splits it at the period. Its
client refuses an empty name, more than one period, a space next to the period, an underscore at either end of the name or the variant,
and two underscores in a row. An empty variant, a \`{{\` that is never closed and extra braces pass the client and fail in the backend.

In an f-string, and in a string with \`.format(…)\`, \`{{\` stands for one brace: a template needs \`{{{{\` there.`,
    bad: `@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT * FROM {{payments.v1.latest}}"`,
    good: `@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT * FROM {{payments.v1}}"`,
    covers: ['T2', 'T3', 'T4', 'T5', 'T6', 'T8', 'T12'],
  },
  *check(context) {
    for (const { sql } of context.file.definitions.resources) {
      if (sql === undefined) continue;
      for (const flaw of findTemplateFlaws(sql, context.snapshot.era)) {
        const location = sql.text.sourceLocation(flaw.span);
        yield { ...placed(context, location, sql.span), message: flaw.message, fixes: repairOf(flaw, sql, context) };
      }
    }
  },
};

/** Only where each brace and character of the flawed text stands in one place of the file. */
function repairOf(flaw: TemplateFlaw, sql: SqlText, context: RuleContext): readonly Fix[] {
  const { repair } = flaw;
  if (repair === undefined) return [];
  const ranges = sql.text.sourceRanges(repair.span);
  const { uri } = context.file;
  if (ranges.some((range) => range.uri !== uri)) return [];
  const start = ranges[0]?.span.start;
  const end = ranges.at(-1)?.span.end;
  if (start === undefined || end === undefined) return [];
  const written = context.file.text.slice(start, end);
  const value = sql.text.value.slice(repair.span.start, repair.span.end);
  // Written as it reads, or with every brace doubled as f-strings and `format` want it; anything else is no safe ground.
  const newText = written === value ? repair.text : written === doubled(value) ? doubled(repair.text) : undefined;
  if (newText === undefined) return [];
  const edit: { readonly uri: string; readonly span: Location['span']; readonly newText: string } = { uri, span: { start, end }, newText };
  return [{ title: `Replace with "${newText}"`, edits: [edit], preferred: true }];
}

function doubled(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}
