import type { Problem, Rule, RuleContext } from './rule';

export const missingQueryFile: Rule = {
  id: 'missing-query-file',
  severity: 'warning',
  documentation: {
    summary: 'A file of SQL that is read is not there.',
    details: `\`open("query.sql").read()\` and \`Path("query.sql").read_text()\` are run on the machine that registers the definitions: a file that is not
there ends the registration. A relative path counts from the folder in which the program is started. That is taken for the workspace folder, or
else for any folder between it and that of the Python file; a path that is made from \`__file__\` does not depend on it.`,
    bad: `spark = ff.Client().get_spark("emr")

@spark.sql_transformation(variant="v1")
def totals():
    return open("totals.sql").read()`,
    good: `spark = ff.Client().get_spark("emr")

@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT user_id, sum(amount) AS total FROM {{ transactions.v1 }} GROUP BY user_id"`,
    covers: [],
  },
  *check({ file }: RuleContext): Iterable<Problem> {
    for (const { kind, name, span } of file.definitions.findings) {
      if (kind === 'missing-file') yield { span, message: `there is no file "${name}" in the workspace folder` };
    }
  },
};
