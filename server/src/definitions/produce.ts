// What a registration makes: the resource it defines and the object it returns.

import type { Value } from '../python/values';
import { MappedText } from '../text/mappedText';
import type { Location } from '../text/span';
import { argumentOf, textArgument, writtenName, writtenVariant } from './arguments';
import type { CallableFact } from './catalogue';
import { nameOf } from './names';
import { objectOf, objectValue, type FeatureObject } from './objects';
import type { Reading } from './reading';
import { providerOf } from './references';
import type { Reference, Registration, ResourceKind, ResourceType, WrittenName } from './resources';
import { readRegisteredColumns } from './registeredColumns';
import { readTrainingSet } from './trainingSets';
import { readQueryArgument } from './transformations';
import { unknown } from './unknown';

const sources: ReadonlyMap<string, ResourceKind> = new Map<string, ResourceKind>([
  ['register_file', 'file'],
  ['register_parquet_file', 'parquet-file'],
  ['register_delta_table', 'delta-table'],
  ['register_iceberg_table', 'iceberg-table'],
  ['register_table', 'table'],
]);

const fileStores = new Set(['register_s3', 'register_gcs', 'register_hdfs', 'register_blob_store']);

const onlineProviders = new Set([
  'register_redis',
  'register_dynamodb',
  'register_cassandra',
  'register_firestore',
  'register_mongodb',
  'register_pinecone',
  'register_weaviate',
]);

const featureClasses = new Set(['Feature', 'Label', 'Embedding', 'FeatureStream', 'LabelStream', 'MultiFeature']);

/** Records what the registration defines and gives the value of the call. */
export function produce(reading: Reading, registration: Registration, fact: CallableFact): Value {
  const at = reading.at(registration.span);
  const method = fact.name.slice(fact.name.lastIndexOf('.') + 1);
  const instance = (name: WrittenName | undefined, fetched = false): Value =>
    objectValue({ kind: 'instance', className: fact.returns ?? fact.name, registration, name, fetched }, at);

  if (featureClasses.has(fact.name)) {
    const className = fact.name as FeatureObject['className'];
    if (className === 'MultiFeature') reading.openType('feature');
    return objectValue({ kind: 'feature', className, registration, run: reading.run, identity: undefined }, at);
  }
  switch (method) {
    case 'Variants': {
      const dict = argumentOf(registration, 'resources')?.value;
      return objectValue({ kind: 'variants', registration, entries: dict?.kind === 'dict' ? dict.entries : [] }, at);
    }
    case 'set_run': {
      const run = registration.arguments[0]?.value;
      const named = run?.kind === 'string' && run.text.value !== '';
      reading.run = named ? run.text.key : run === undefined || run.kind === 'string' ? undefined : nameOf(run, reading.uri, at.span).key;
      return { kind: 'none', at };
    }
    case 'get_run':
      return currentRun(reading, at);
    case 'register_training_set':
    case 'create_training_set':
      return readTrainingSet(reading, registration);
    case 'register_resources':
    case 'register_column_resources':
      return readRegisteredColumns(reading, registration);
    case 'register_sql_transformation':
      return readQueryArgument(reading, registration);
    case 'get_source': {
      const reference = external(reading, registration, 'source');
      if (reference === undefined) break;
      const { name, variant } = reference;
      return objectValue({ kind: 'identified', className: 'ColumnSourceRegistrar', type: 'source', name, variant }, at);
    }
    case 'get_entity':
      return instance(external(reading, registration, 'entity')?.name, true);
    case 'register_entity':
      return instance(define(reading, registration, 'entity', 'entity'));
    case 'register_user':
      return instance(define(reading, registration, 'user', 'user'));
    case 'register_model':
      return instance(define(reading, registration, 'model', 'model'));
    case 'register_feature_stream':
    case 'register_label_stream':
      reading.openType(method === 'register_label_stream' ? 'label' : 'feature');
      return instance(undefined);
    default:
      break;
  }
  // A decorator that is called without `@` is given a function somewhere else.
  if (fact.decorator === true) reading.openType(method === 'ondemand_feature' ? 'feature' : 'source');
  const sourceKind = sources.get(method);
  if (sourceKind !== undefined) return definePrimary(reading, registration, sourceKind);
  if (method.startsWith('get_') && fact.returns !== undefined) {
    return instance(external(reading, registration, 'provider')?.name, true);
  }
  if (method.startsWith('register_')) {
    const kind =
      method === 'register_spark'
        ? 'spark'
        : fileStores.has(method)
          ? 'file-store'
          : onlineProviders.has(method)
            ? 'online-provider'
            : 'offline-provider';
    return instance(define(reading, registration, 'provider', kind));
  }
  // A function that gives nothing of Featureform's; a class gives its own objects.
  if (fact.returns === undefined && (fact.owner !== undefined || /^[a-z]/.test(fact.name))) {
    return unknown(reading, registration.span, registration.callable);
  }
  return instance(undefined);
}

/** What `ff.get_run()` gives, spelled as the variants that nothing wrote are. */
function currentRun({ run }: Reading, at: Location): Value {
  if (run === undefined) return { kind: 'symbol', key: 'run', at };
  if (run.includes('${')) return { kind: 'symbol', key: run, at };
  return { kind: 'string', text: MappedText.atomic(run, at.uri, at.span), at };
}

/** An unversioned resource whose `name` argument names it. */
function define(reading: Reading, registration: Registration, type: ResourceType, kind: ResourceKind): WrittenName | undefined {
  const written = writtenName(registration, reading.uri);
  if (written === undefined) {
    reading.openUnnamed(registration, type);
    return undefined;
  }
  reading.addResource({
    type,
    kind,
    name: written,
    variant: undefined,
    span: registration.span,
    selection: written.span,
    registration,
    provider: undefined,
    description: textArgument(registration, 'description'),
    references: providerArguments(reading, registration),
  });
  return written;
}

/** Providers that a provider is built of: the file store of a Spark registration. */
function providerArguments(reading: Reading, registration: Registration): Reference[] {
  return registration.arguments.flatMap((argument) => {
    const object = objectOf(argument.value);
    if (object?.kind !== 'instance' || object.className !== 'FileStoreProvider' || object.name === undefined) return [];
    return [
      {
        type: 'provider' as const,
        name: { ...object.name, span: argument.valueSpan },
        variant: reading.omitted(),
        span: argument.valueSpan,
        form: 'object' as const,
      },
    ];
  });
}

function definePrimary(reading: Reading, registration: Registration, kind: ResourceKind): Value {
  const at = reading.at(registration.span);
  const written = writtenName(registration, reading.uri);
  if (written === undefined) {
    reading.openUnnamed(registration, 'source');
    return unknown(reading, registration.span, 'source');
  }
  const variant = writtenVariant(registration, reading.uri, reading.run);
  const file = argumentOf(registration, 'file_path') ?? argumentOf(registration, 'path');
  reading.addResource({
    type: 'source',
    kind,
    name: written,
    variant,
    span: registration.span,
    selection: written.span,
    registration,
    provider: providerOf(reading, registration),
    description: textArgument(registration, 'description'),
    references: [],
    ...(file?.value.kind === 'string' ? { location: { text: file.value.text, span: file.valueSpan } } : {}),
  });
  return objectValue({ kind: 'identified', className: 'ColumnSourceRegistrar', type: 'source', name: written, variant }, at);
}

/** `ff.get_source(…)` and its like: defined elsewhere. */
function external(reading: Reading, registration: Registration, type: ResourceType): Reference | undefined {
  const name = writtenName(registration, reading.uri);
  if (name === undefined) {
    reading.openUnnamed(registration, type);
    return undefined;
  }
  const reference: Reference = {
    type,
    name,
    variant: writtenVariant(registration, reading.uri, reading.run),
    span: registration.span,
    form: 'argument',
  };
  reading.addExternal(reference);
  return reference;
}
