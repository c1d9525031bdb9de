import type { Rule } from './rule';
import { findTemplateFlaws } from './templateFlaws';

export const noTemplate: Rule = {
  id: 'no-template',
  severity: 'error',
  documentation: {
    summary: 'The query of a SQL transformation refers to no source.',
    details: `A transformation reads other sources, and a query refers to them as \`{{name.variant}}\`. The client refuses a query without any
template. A bare table name is not a reference: nothing of that name exists where the query runs.

In the legacy era the client let such a query pass, and it is a warning.`,
    bad: `@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT * FROM payments"`,
    good: `@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT * FROM {{payments.v1}}"`,
    covers: ['T1'],
  },
  *check({ file, snapshot }) {
    for (const { sql } of file.definitions.resources) {
      if (sql?.origin !== 'return' || sql.conditional || !sql.text.isConstant || sql.text.value === '') continue;
      // A malformed template was meant as one: its own rule speaks of it.
      if (sql.scan.templates.length > 0 || findTemplateFlaws(sql, snapshot.era).length > 0) continue;
      yield {
        span: sql.span,
        message: 'the query refers to no source, expected at least one "{{name.variant}}"',
        ...(snapshot.era === 'legacy' ? { severity: 'warning' as const } : {}),
      };
    }
  },
};
