import type { Resource } from '../definitions/resources';
import { contradict } from './definitionContent';
import { alwaysRuns, runTogether } from './executionPaths';
import type { Problem, Rule, RuleContext } from './rule';

export const duplicateResource: Rule = {
  id: 'duplicate-resource',
  severity: 'error',
  documentation: {
    summary: 'Two different definitions have the same type, name and variant.',
    details: `Featureform refuses a definition whose type, name and variant are those of another one that says something else. Files and
transformations are of one type: both are sources. The same definition twice is accepted. Without a variant the variant is
the run of the moment, which two definitions of one file share; in the legacy era it is "default".

Nothing is said of definitions of which only one may run, such as those in the two branches of a condition.`,
    bad: `spark = ff.Client().get_spark("emr")

transactions = spark.register_file(name="transactions", variant="v1", file_path="s3://bucket/transactions.parquet")
corrected = spark.register_file(name="transactions", variant="v1", file_path="s3://bucket/corrected.parquet")`,
    good: `spark = ff.Client().get_spark("emr")

transactions = spark.register_file(name="transactions", variant="v1", file_path="s3://bucket/transactions.parquet")
corrected = spark.register_file(name="transactions", variant="v2", file_path="s3://bucket/corrected.parquet")`,
    covers: ['N2'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    const { snapshot, file } = context;
    for (const resource of file.definitions.resources) {
      const all = snapshot.index.definitions(snapshot.keyOf(resource));
      const earlier = all.slice(0, indexIn(all, resource));
      const first = earlier.find((other) => collide(resource, other, context) && contradict(resource, other, snapshot));
      if (first === undefined) continue;
      yield {
        span: resource.name.implied && resource.type !== 'feature' && resource.type !== 'label' ? resource.selection : resource.name.span,
        message: `${describe(resource, context)} is defined twice, differently; expected another ${resource.variant === undefined ? 'name' : 'variant'}`,
        related: [{ uri: first.uri, span: first.selection, message: 'the other definition' }],
      };
    }
  },
};

function indexIn(all: readonly Resource[], resource: Resource): number {
  const index = all.findIndex((other) => other.uri === resource.uri && other.order === resource.order);
  return index < 0 ? 0 : index;
}

/** Calls after which the run of the moment is another one. */
const renewsRun = /\b(apply|dataframe|set_run|set_variant_prefix)\s*\(/;

/** True when one run of the program surely defines both. */
function collide(a: Resource, b: Resource, context: RuleContext): boolean {
  const { snapshot, file } = context;
  const ownRun = a.variant?.kind === 'omitted' && a.variant.run === undefined && snapshot.era === 'current';
  if (a.uri === b.uri) {
    const between = file.text.slice(Math.min(a.span.end, b.span.end), Math.max(a.span.start, b.span.start));
    return runTogether(file.module, a.span, b.span) && !(ownRun && renewsRun.test(between));
  }
  // Files may be applied one by one, each with a run of its own.
  const other = snapshot.files.get(b.uri);
  return !ownRun && other !== undefined && alwaysRuns(file.module, a.span) && alwaysRuns(other.module, b.span);
}

function describe(resource: Resource, { snapshot }: RuleContext): string {
  const name = resource.name.text ?? resource.name.key;
  const type = resource.type.replace('-', ' ');
  if (resource.variant === undefined) return `the ${type} "${name}"`;
  if (resource.variant.kind === 'omitted' && resource.variant.run === undefined && snapshot.era === 'current') {
    return `the ${type} "${name}" of the current run`;
  }
  return `the ${type} "${name}.${snapshot.variantText(resource.variant)}"`;
}
