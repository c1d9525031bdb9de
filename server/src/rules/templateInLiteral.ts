import type { Resource } from '../definitions/resources';
import { scanLiterals } from '../sql/literals';
import { SYMBOL } from '../text/mappedText';
import { encloses } from '../text/span';
import { placed } from './mentions';
import type { Rule } from './rule';
import { isWellFormed } from './templateFlaws';

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
      if (sql === undefined || sql.scan.templates.length === 0) continue;
      const { value } = sql.text;
      // A part that only the run time knows may open or close a quote: what follows it is anyone's guess.
      const known = value.indexOf(SYMBOL);
      const literals = scanLiterals(known < 0 ? value : value.slice(0, known), { doubleQuoted: quotesOf(resource) });
      for (const template of sql.scan.templates) {
        const literal = literals.find(({ span }) => encloses(span, template.span));
        // What is no reference at all is a matter of its form.
        if (literal === undefined || !isWellFormed(template, sql, era)) continue;
        const written = value.slice(template.span.start, template.span.end);
        yield {
          ...placed(context, sql.text.sourceLocation(template.span), sql.span),
          message: `"${written}" stands in a SQL ${literal.kind}, where it still counts as an input`,
        };
      }
    }
  },
};

function quotesOf({ provider }: Resource): 'string' | 'name' {
  return provider?.class === undefined || provider.class === 'OfflineSparkProvider' ? 'string' : 'name';
}
