import type { Problem, Rule, RuleContext } from './rule';

export const decoratorWithoutCall: Rule = {
  id: 'decorator-without-call',
  severity: 'error',
  documentation: {
    summary: 'A transformation decorator is used without parentheses, so that nothing is registered.',
    details: `\`sql_transformation\` and \`df_transformation\` make a decorator when they are called. Without parentheses the function itself is
taken for the variant: no error is raised, the function becomes a decorator object, and nothing is registered.`,
    bad: `spark = ff.Client().get_spark("emr")

@spark.sql_transformation
def totals():
    return "SELECT user_id, sum(amount) AS total FROM {{ transactions.v1 }} GROUP BY user_id"`,
    good: `spark = ff.Client().get_spark("emr")

@spark.sql_transformation()
def totals():
    return "SELECT user_id, sum(amount) AS total FROM {{ transactions.v1 }} GROUP BY user_id"`,
    covers: ['D9'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    for (const finding of context.file.definitions.findings) {
      // An on-demand feature is the one decorator that works both ways.
      if (finding.kind !== 'decorator-without-call' || finding.name === 'ondemand_feature') continue;
      yield {
        span: finding.span,
        message: `"${finding.name}" is used without parentheses, so nothing is registered`,
        fixes: [
          {
            title: 'Add parentheses',
            edits: [{ uri: context.file.uri, span: { start: finding.span.end, end: finding.span.end }, newText: '()' }],
            preferred: true,
          },
        ],
      };
    }
  },
};
