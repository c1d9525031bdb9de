import { fact, taking, type CallableFact, type Era } from '../definitions/catalogue';
import type { BoundArgument, Registration } from '../definitions/resources';
import { editDistance, nearestNames } from './nearestNames';
import { otherEraArguments, otherEraCallable, otherEraMethod } from './otherEraForms';
import { describeClass, shortName } from './registrations';
import type { Fix, Problem, Rule, RuleContext } from './rule';
import { argumentsForSpark } from './sparkArguments';
import { counted, quotedList } from './wording';

export const unknownArgument: Rule = {
  id: 'unknown-argument',
  severity: 'error',
  documentation: {
    summary: 'A call passes an argument that the called registration does not take.',
    details: `Python raises a \`TypeError\` for a keyword that a function does not have. Some keywords belong to a sibling: a schedule can be
given to \`sql_transformation\` and not to \`df_transformation\`. Others belong to another generation of Featureform's API: early
versions took the EMR cluster and the keys of AWS as flat arguments of \`register_spark\`, later ones take objects
(\`executor=EMRCredentials(…)\`, \`filestore=register_s3(…)\`). A form of the other generation is reported once, with what
replaced it. The setting \`featureform\` in \`sparkform.json\` says which generation a workspace is written for.`,
    bad: `spark = ff.Client().get_spark("emr")

@spark.df_transformation(inputs=[("transactions", "v1")], schedule="0 0 * * *")
def daily(df):
    return df`,
    good: `spark = ff.Client().get_spark("emr")

@spark.df_transformation(inputs=[("transactions", "v1")])
def daily(df):
    return df`,
    covers: ['D13', 'P7'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    const { snapshot, file } = context;
    for (const finding of file.definitions.findings) yield* otherEraMethod(finding, snapshot.era);
    for (const registration of file.definitions.registrations) {
      const entry = fact(registration.callable, snapshot.era);
      if (entry === undefined) yield* otherEraCallable(registration, context);
      else if (argumentsForSpark(registration, snapshot.era).length === 0) yield* checkArguments(registration, entry, context);
    }
  },
};

function* checkArguments(registration: Registration, entry: CallableFact, context: RuleContext): Iterable<Problem> {
  const { era } = context.snapshot;
  const outdated = otherEraArguments(registration, era);
  yield* outdated.problems(context);
  if (registration.open) return;
  for (const argument of registration.unknown) {
    if (!outdated.arguments.includes(argument)) yield unknownKeyword(argument, registration, entry, context);
  }
  const [surplus] = registration.surplus;
  if (surplus !== undefined) {
    const taken = entry.parameters.filter((parameter) => parameter.keywordOnly !== true).length;
    const given = registration.arguments.filter((argument) => argument.form === 'positional').length + registration.surplus.length;
    yield {
      span: surplus,
      message: `"${shortName(entry.name)}" takes ${taken === 0 ? 'no positional arguments' : `at most ${counted(taken, 'positional argument')}`}; found ${given}`,
    };
  }
}

function unknownKeyword(argument: BoundArgument, registration: Registration, entry: CallableFact, context: RuleContext): Problem {
  const { name } = argument;
  const span = argument.nameSpan ?? argument.span;
  const found = `"${shortName(entry.name)}"${qualifier(entry, name, context.snapshot.era)} takes no argument "${name}"`;
  const free = entry.parameters
    .map((parameter) => parameter.name)
    .filter((one) => !registration.arguments.some((bound) => bound.name === one));
  const [near] = nearestNames(name, free, 1);
  const [meant] = near === undefined ? free.filter((one) => one.endsWith(`_${name}`)) : [near];
  if (meant !== undefined) {
    const fixes = renameArgument(argument, meant, editDistance(name, meant) <= 2, context);
    return { span, message: `${found}; the nearest is "${meant}"`, ...(fixes !== undefined && { fixes }) };
  }
  const takers = siblings(entry, name, context.snapshot.era);
  if (takers !== undefined) return { span, message: `${found}; ${takers}` };
  const expected =
    entry.parameters.length === 0
      ? 'it takes none'
      : `it takes ${quotedList(
          entry.parameters.map((parameter) => parameter.name),
          'and',
          12,
        )}`;
  return { span, message: `${found}; ${expected}` };
}

function renameArgument(argument: BoundArgument, newName: string, preferred: boolean, context: RuleContext): readonly Fix[] | undefined {
  const { file } = context;
  if (argument.form !== 'keyword' || argument.nameSpan === undefined) return undefined;
  return [{ title: `Rename to "${newName}"`, edits: [{ uri: file.uri, span: argument.nameSpan, newText: newName }], preferred }];
}

/** What else takes the keyword: methods of the same object, else the same method of others, else anything. */
function siblings(entry: CallableFact, keyword: string, era: Era): string | undefined {
  const takers = taking(keyword, era);
  const own = takers.filter((taker) => taker.owner === entry.owner && entry.owner !== undefined && taker.decorator === entry.decorator);
  if (own.length > 0) return `${quotedList(own.map((taker) => shortName(taker.name)))} ${own.length === 1 ? 'does' : 'do'}`;
  const sameName = takers.filter((taker) => taker.owner !== undefined && shortName(taker.name) === shortName(entry.name));
  if (sameName.length > 0) return `that of ${sameName.map((taker) => describeClass(taker.owner ?? '')).join(' or of ')} does`;
  // Arguments of providers and credentials are easily given to the wrong one of them; elsewhere a namesake says nothing.
  const others = isConfiguration(entry) ? takers.filter(isConfiguration) : [];
  if (others.length === 0 || others.length > 3) return undefined;
  return `${quotedList(others.map((taker) => taker.name))} ${others.length === 1 ? 'does' : 'do'}`;
}

function isConfiguration({ owner, returns }: CallableFact): boolean {
  return owner === undefined && returns !== undefined && /(Provider|Credentials|Catalog)$/.test(returns);
}

/** Says whose method is meant where another class has one of the same name that takes the keyword. */
function qualifier(entry: CallableFact, keyword: string, era: Era): string {
  if (entry.owner === undefined) return '';
  const namesake = taking(keyword, era).some((taker) => taker.owner !== entry.owner && shortName(taker.name) === shortName(entry.name));
  const own = taking(keyword, era).some((taker) => taker.owner === entry.owner);
  return namesake && !own ? ` of ${describeClass(entry.owner)}` : '';
}
