import { argumentOf, entryOf } from '../definitions/arguments';
import { elementSpan, spanWithin } from '../definitions/names';
import type { BoundArgument, Reference, Resource } from '../definitions/resources';
import type { Value } from '../python/values';
import type { Span } from '../text/span';
import type { Problem, Rule, RuleContext } from './rule';
import { definitionOf, isStoredOnSpark } from './storedOnSpark';

export const unjoinableTrainingSet: Rule = {
  id: 'unjoinable-training-set',
  severity: 'warning',
  documentation: {
    summary: 'The features of a training set cannot be joined with its label.',
    details: `Each row of a training set is a label, joined with the latest value of every feature of the same entity that is not newer
than the label. So every feature must describe the entity of the label: the backend refuses others, and on-demand features
too. A label without a timestamp counts as if it were of 1970: features with timestamps are all newer, and come out empty.
Lagged features are named in a way that Spark SQL does not accept.`,
    bad: `spark = ff.Client().get_spark("emr")
transactions = spark.register_file(name="transactions", variant="v1", file_path="s3://bucket/transactions.parquet")

@ff.entity
class User:
    fraudulent = ff.Label(transactions[["user_id", "is_fraud"]], variant="v1", type=ff.Bool)
    average = ff.Feature(transactions[["user_id", "average", "at"]], variant="v1", type=ff.Float32)

ff.register_training_set("fraud", variant="v1", label=User.fraudulent, features=[User.average])`,
    good: `spark = ff.Client().get_spark("emr")
transactions = spark.register_file(name="transactions", variant="v1", file_path="s3://bucket/transactions.parquet")

@ff.entity
class User:
    fraudulent = ff.Label(transactions[["user_id", "is_fraud", "at"]], variant="v1", type=ff.Bool)
    average = ff.Feature(transactions[["user_id", "average", "at"]], variant="v1", type=ff.Float32)

ff.register_training_set("fraud", variant="v1", label=User.fraudulent, features=[User.average])`,
    covers: ['F7', 'F8', 'F11'],
  },
  *check(context: RuleContext): Iterable<Problem> {
    for (const resource of context.file.definitions.resources) {
      if (resource.type !== 'training-set') continue;
      const members = membersOf(resource, context);
      yield* checkEntities(members);
      yield* checkTimestamps(members, context);
      yield* checkLags(resource, context);
    }
  },
};

interface Member {
  readonly reference: Reference;
  readonly definition: Resource;
}

interface Members {
  readonly label: Member | undefined;
  readonly features: readonly Member[];
}

/** The members that are defined exactly once in the workspace; nothing is said of the others. */
function membersOf(resource: Resource, { snapshot }: RuleContext): Members {
  const known = (type: 'label' | 'feature'): Member[] =>
    resource.references
      .filter((reference) => reference.type === type)
      .flatMap((reference) => {
        const definition = definitionOf(reference, snapshot);
        return definition === undefined ? [] : [{ reference, definition }];
      });
  const labels = known('label');
  return { label: labels.length === 1 ? labels[0] : undefined, features: known('feature') };
}

function* checkEntities({ label, features }: Members): Iterable<Problem> {
  const wanted = label === undefined ? undefined : entityOf(label.definition);
  for (const { reference, definition } of features) {
    const name = definition.name.text ?? definition.name.key;
    if (definition.kind === 'ondemand-feature') {
      yield {
        span: reference.span,
        severity: 'error',
        message: `the feature "${name}" is computed on demand; a training set takes stored features only`,
      };
      continue;
    }
    const entity = entityOf(definition);
    if (label === undefined || wanted === undefined || entity === undefined || entity === wanted) continue;
    yield {
      span: reference.span,
      message: `the feature "${name}" describes "${entity}" and the label "${label.definition.name.text ?? ''}" describes "${wanted}"; expected one entity`,
      related: [definition, label.definition].map((one) => ({
        uri: one.uri,
        span: one.selection,
        message: `describes "${entityOf(one) ?? ''}"`,
      })),
    };
  }
}

function entityOf(resource: Resource): string | undefined {
  const entities = resource.references.filter((reference) => reference.type === 'entity');
  return entities.length === 1 ? entities[0]?.name.text : undefined;
}

function* checkTimestamps({ label, features }: Members, { snapshot }: RuleContext): Iterable<Problem> {
  if (label === undefined || !isStoredOnSpark(label.definition, snapshot) || timestampOf(label.definition) !== 'absent') return;
  const timed = features.filter(({ definition }) => timestampOf(definition) === 'present');
  const [first] = timed;
  if (first === undefined) return;
  const name = label.definition.name.text ?? label.definition.name.key;
  yield {
    span: label.reference.span,
    message: `the label "${name}" has no timestamp column and the feature "${first.definition.name.text ?? first.definition.name.key}" has one, so that its values come out empty`,
    related: [label.definition, ...timed.map(({ definition }) => definition)].map((one) => ({
      uri: one.uri,
      span: one.selection,
      message: timestampOf(one) === 'present' ? 'with a timestamp column' : 'without a timestamp column',
    })),
  };
}

/** Whether a feature or label has a timestamp column; unknown where an argument is not. */
function timestampOf({ columns, registration }: Resource): 'present' | 'absent' | 'unknown' {
  if (columns?.some((column) => column.role === 'timestamp') === true) return 'present';
  if (registration === undefined || registration.open || columns?.some((column) => column.role === 'value') !== true) return 'unknown';
  const written = argumentOf(registration, 'timestamp_column')?.value;
  return written === undefined || written.kind === 'none' || written.kind === 'string' ? 'absent' : 'unknown';
}

function* checkLags(resource: Resource, context: RuleContext): Iterable<Problem> {
  const features = resource.registration === undefined ? undefined : argumentOf(resource.registration, 'features');
  if (features === undefined || !isStoredOnSpark(resource, context.snapshot)) return;
  for (const { item, span } of flatten(features, context.file.uri)) {
    const lag = item.kind === 'dict' ? entryOf(item, 'lag') : undefined;
    if (lag === undefined || lag.kind === 'none') continue;
    yield {
      span,
      message:
        'a lagged feature gets a column name in double quotes, which Spark SQL does not accept; expected the lag in a transformation',
    };
  }
}

/** The elements of a list of features, each where it stands; lists may be nested. */
function flatten(features: BoundArgument, uri: string): readonly { readonly item: Value; readonly span: Span }[] {
  const { value, valueSpan } = features;
  if (value.kind !== 'list') return [{ item: value, span: valueSpan }];
  return value.items.flatMap((item, index) => {
    const span = elementSpan(features, index, item, uri);
    return item.kind === 'list' ? item.items.map((inner) => ({ item: inner, span: spanWithin(inner.at, uri, span) })) : [{ item, span }];
  });
}
