import { fact } from '../definitions/catalogue';
import type { BoundArgument } from '../definitions/resources';
import type { Span } from '../text/span';
import { shortName } from './registrations';
import type { Fix, Problem, Rule, RuleContext } from './rule';

export const ignoredArgument: Rule = {
  id: 'ignored-argument',
  severity: 'warning',
  documentation: {
    summary: 'An argument is accepted and has no effect on Spark.',
    details: `\`spark_params\`, \`write_options\` and \`table_properties\` are in the signatures of \`register_spark\` and of both transformation
decorators, but nothing reads them: the jobs run with Featureform's own parameters. \`register_sql_transformation\` takes
\`inputs\` and drops them; its query names its sources itself.`,
    bad: `spark = ff.Client().get_spark("emr")

@spark.sql_transformation(variant="v1", spark_params={"spark.executor.memory": "8g"})
def totals():
    return "SELECT user_id, sum(amount) AS total FROM {{ transactions.v1 }} GROUP BY user_id"`,
    good: `spark = ff.Client().get_spark("emr")

@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT user_id, sum(amount) AS total FROM {{ transactions.v1 }} GROUP BY user_id"`,
    covers: ['D14'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    const { snapshot, file } = context;
    for (const registration of file.definitions.registrations) {
      const entry = fact(registration.callable, snapshot.era);
      if (entry === undefined || (registration.receiver !== undefined && registration.receiverClass === undefined)) continue;
      for (const argument of registration.arguments) {
        const ignored = entry.parameters.find((parameter) => parameter.name === argument.name)?.ignored === true;
        if (!ignored || isNothing(argument)) continue;
        const fix = removal(argument, registration.span, context);
        yield {
          span: argument.form === 'unpacked' ? (argument.nameSpan ?? argument.span) : argument.span,
          message: `"${argument.name}" has no effect: "${shortName(entry.name)}" accepts and ignores it`,
          unnecessary: true,
          ...(fix !== undefined && { fixes: [fix] }),
        };
      }
    }
  },
};

function isNothing({ value }: BoundArgument): boolean {
  if (value.kind === 'none') return true;
  if (value.kind === 'dict') return value.entries.length === 0;
  return value.kind === 'list' && value.items.length === 0;
}

/** Takes the argument out together with one comma; the layout of the others stays. */
function removal(argument: BoundArgument, call: Span, context: RuleContext): Fix | undefined {
  if (argument.form !== 'keyword') return undefined;
  const { text, uri } = context.file;
  const after = /^\s*,\s*/.exec(text.slice(argument.span.end, call.end));
  const before = /,\s*$/.exec(text.slice(call.start, argument.span.start));
  const span =
    before !== null
      ? { start: argument.span.start - before[0].length, end: argument.span.end }
      : { start: argument.span.start, end: argument.span.end + (after?.[0].length ?? 0) };
  return { title: `Remove "${argument.name}"`, edits: [{ uri, span, newText: '' }], preferred: true };
}
