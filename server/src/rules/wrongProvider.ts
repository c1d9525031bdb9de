import { fact } from '../definitions/catalogue';
import type { Fix, Problem, Rule, RuleContext } from './rule';
import { argumentsForSpark } from './sparkArguments';
import { quotedList } from './wording';

export const wrongProvider: Rule = {
  id: 'wrong-provider',
  severity: 'error',
  documentation: {
    summary: 'The registration of another provider is given the arguments of Spark on EMR.',
    details: `\`register_snowflake\` and its like take the address of their own service. Given the id of an EMR cluster, an executor or a
file store they raise a \`TypeError\`. Pages that were copied from one provider to the next contain this mistake. Call
\`register_spark\`, and keep its result: transformations are registered with that object.`,
    bad: `spark = ff.register_snowflake(name="spark", executor=emr, filestore=s3)`,
    good: `spark = ff.register_spark(name="spark", executor=emr, filestore=s3)`,
    covers: ['P7'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    const { snapshot, file } = context;
    for (const registration of file.definitions.registrations) {
      const meant = argumentsForSpark(registration, snapshot.era);
      if (meant.length === 0) continue;
      const taken = new Set(fact('register_spark', snapshot.era)?.parameters.map((parameter) => parameter.name));
      const given = [...registration.arguments, ...registration.unknown];
      const fix: Fix = {
        title: 'Call "register_spark"',
        edits: [{ uri: file.uri, span: registration.nameSpan, newText: 'register_spark' }],
        preferred: given.every((argument) => taken.has(argument.name)),
      };
      yield {
        span: registration.nameSpan,
        message: `"${registration.callable}" is given the arguments of Spark on EMR, ${quotedList(meant.map((argument) => argument.name))}; "register_spark" takes them`,
        fixes: [fix],
      };
    }
  },
};
