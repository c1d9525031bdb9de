import { placed } from './mentions';
import type { Rule } from './rule';
import { isWellFormed } from './templateFlaws';
import { templatesInLiterals } from './templatesInLiterals';

export const templateInLiteral: Rule = {
  id: 'template-in-literal',
  severity: 'warning',
  documentation: {
    summary: 'A template stands inside a SQL comment or a SQL string.',
    details: `Featureform does not read SQL: every \`{{…}}\` of the text is an input, in a comment or a string too. A reference that was commented out
still is a dependency, is loaded, and fails the run when it does not exist; in a string it is replaced by the name of a view.

Hints (\`/*+ BROADCAST({{…}}) */\`) and names in backticks are code, where templates work.`,
    bad: `@spark.sql_transformation(variant="v1")
def totals():
    return """
    SELECT * FROM {{payments.v1}}
    -- JOIN {{refunds.v1}}
    """`,
    good: `@spark.sql_transformation(variant="v1")
def totals():
    # JOIN refunds.v1
    return """
    SELECT * FROM {{payments.v1}}
    """`,
    covers: ['T11'],
  },
  *check(context) {
    const { era } = context.snapshot;
    for (const resource of context.file.definitions.resources) {
      const { sql } = resource;
      if (sql === undefined) continue;
      for (const [template, kind] of templatesInLiterals(resource)) {
        // What is no reference at all is a matter of its form.
        if (!isWellFormed(template, sql, era)) continue;
        const written = sql.text.value.slice(template.span.start, template.span.end);
        yield {
          ...placed(context, sql.text.sourceLocation(template.span), sql.span),
          message: `"${written}" stands in a SQL ${kind}, where it still counts as an input`,
        };
      }
    }
  },
};
