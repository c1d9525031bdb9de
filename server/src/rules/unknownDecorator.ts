import { callables, methods, type Era } from '../definitions/catalogue';
import type { Finding } from '../definitions/resources';
import type { Argument, Expression } from '../python/ast';
import { statementsWithin, withoutParentheses } from '../python/walk';
import { encloses } from '../text/span';
import { editDistance } from './nearestNames';
import { describeClass, shortName } from './registrations';
import type { Fix, Problem, Rule, RuleContext } from './rule';
import { quotedList } from './wording';

export const unknownDecorator: Rule = {
  id: 'unknown-decorator',
  severity: 'error',
  documentation: {
    summary: 'A decorator does not exist on the object it is taken from.',
    details: `A Spark provider has two decorators, \`sql_transformation\` and \`df_transformation\`. Outdated pages and docstrings also
write \`sql_transform\`, \`df_transform\`, \`register_transformation\` and \`transformation\`: those raise an \`AttributeError\`.`,
    bad: `spark = ff.Client().get_spark("emr")

@spark.df_transform(inputs=[("transactions", "v1")])
def cleaned(df):
    return df`,
    good: `spark = ff.Client().get_spark("emr")

@spark.df_transformation(inputs=[("transactions", "v1")])
def cleaned(df):
    return df`,
    covers: ['D17'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    for (const finding of context.file.definitions.findings) {
      if (finding.kind !== 'unknown-decorator' || finding.owner === undefined) continue;
      // Whether the module of early versions had it is not known well enough.
      if (finding.owner === 'featureform' && finding.name === 'df_transformation' && context.snapshot.era === 'legacy') continue;
      const known = decoratorsOf(finding.owner, context.snapshot.era);
      const use = useOf(finding, context);
      const meant = meantBy(finding, known);
      const place = finding.owner === 'featureform' ? 'the module "featureform"' : describeClass(finding.owner);
      const isOfProvider =
        finding.owner === 'featureform' && decoratorsOf('OfflineSparkProvider', context.snapshot.era).includes(finding.name);
      const its = known.length === 0 ? 'it has none' : `it has ${quotedList(meant.length === 0 ? known : meant)}`;
      const expected = isOfProvider ? 'a Spark provider has it' : its;
      yield {
        span: finding.span,
        message: `"${finding.name}" is no decorator of ${place}; ${expected}`,
        fixes: meant.filter(use.fits).map((name, _, fitting): Fix => ({
          title: `Use "${name}"`,
          edits: [{ uri: context.file.uri, span: finding.span, newText: name }],
          preferred: fitting.length === 1,
        })),
      };
    }
  },
};

/** Which decorators can take the place of the mistaken one without being wrong themselves. */
function useOf({ span, owner }: Finding, { file }: RuleContext): { readonly fits: (name: string) => boolean } {
  for (const statement of statementsWithin(file.module.body, 'enterNested')) {
    if (statement.kind !== 'function' || !encloses(statement.span, span)) continue;
    const decorator = statement.decorators.find(({ expression }) => encloses(expression.span, span));
    if (decorator === undefined) continue;
    const { expression } = decorator;
    // The module's own decorator has to be told the provider.
    const isComplete = owner !== 'featureform' || (expression.kind === 'call' && expression.arguments.some(tellsProvider));
    const returns = statementsWithin(statement.body, 'skipNested').filter((inner) => inner.kind === 'return');
    const isSql = returns.some(({ value }) => value !== undefined && textKinds.has(withoutParentheses(value).kind));
    return { fits: (name) => isComplete && !(isSql && name.startsWith('df_')) };
  }
  return { fits: () => true };
}

const textKinds: ReadonlySet<Expression['kind']> = new Set(['string', 'formattedString', 'concatenatedString']);

function tellsProvider(argument: Argument): boolean {
  return argument.kind !== 'keyword' || argument.name === 'provider';
}

function decoratorsOf(owner: string, era: Era): readonly string[] {
  const candidates = owner === 'featureform' ? callables(era) : methods(owner, era);
  return candidates.filter((candidate) => candidate.decorator === true).map((candidate) => shortName(candidate.name));
}

/** The decorators that the name stands for: one that it misspells, else those of the language that it begins with. */
function meantBy(finding: Finding, known: readonly string[]): readonly string[] {
  const near = known.filter((name) => editDistance(finding.name, name) <= 2);
  if (near.length > 0) return near;
  const language = /^(sql|df|dataframe|spark_sql)/i.exec(finding.name)?.[1]?.toLowerCase();
  if (language === undefined) return known.filter((name) => name.endsWith('_transformation'));
  return known.filter((name) => name.startsWith(language.endsWith('sql') ? 'sql_' : 'df_'));
}
