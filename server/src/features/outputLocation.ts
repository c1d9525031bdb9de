// Where Featureform writes the result of a definition: the layout below the bucket and the path of its provider.

import { objectOf } from '../definitions/objects';
import type { BoundArgument, Registration, Resource } from '../definitions/resources';
import type { Value } from '../python/values';
import type { Snapshot } from '../workspace/snapshot';
import { isConstantId, variantOf } from './resourceIds';

/**
 * The folder (or the catalogue table) that runs of the resource are written to, a time stamp's folder each; undefined
 * where the provider's bucket is not known for certain. `<run>` stands for the variant of the moment.
 */
export function outputLocation(snapshot: Snapshot, resource: Resource): string | undefined {
  const folder = folderOf(resource);
  if (folder === undefined || !isConstantId(resource)) return undefined;
  const provider = offlineProviderOf(snapshot, resource, 0)?.registration;
  if (provider === undefined) return undefined;
  const name = resource.name.text ?? '';
  const variant = variantOf(snapshot, resource) ?? '<run>';
  const database = constantText(argumentOf(registrationIn(argumentOf(provider, 'catalog')), 'database'));
  if (database !== undefined && folder === 'Transformation') {
    return `${database}.transformation__${name}__${variant}`.replaceAll('-', '_');
  }
  const store = storeOf(provider);
  return store === undefined ? undefined : `s3://${store}/featureform/${folder}/${name}/${variant}/`;
}

/** The text of an argument, when it is a string that is known whole. */
export function constantText(argument: BoundArgument | undefined): string | undefined {
  return textOf(argument?.value);
}

export function argumentOf(registration: Registration | undefined, name: string): BoundArgument | undefined {
  return registration?.arguments.find((argument) => argument.name === name);
}

function folderOf(resource: Resource): 'Transformation' | 'Materialization' | 'TrainingSet' | undefined {
  switch (resource.kind) {
    case 'sql-transformation':
    case 'dataframe-transformation':
      return 'Transformation';
    case 'feature':
      return 'Materialization';
    case 'training-set':
      return 'TrainingSet';
    default:
      return undefined;
  }
}

/** The Spark provider itself, or that of the source of a feature, or of the label of a training set. */
function offlineProviderOf(snapshot: Snapshot, resource: Resource, depth: number): Resource | undefined {
  if (resource.type === 'source') {
    const name = resource.provider?.name;
    const found = name?.text === undefined ? undefined : snapshot.index.variants('provider', name.text);
    return found?.length === 1 && found[0]?.kind === 'spark' ? found[0] : undefined;
  }
  if (depth > 2) return undefined;
  const wanted = resource.type === 'training-set' ? 'label' : 'source';
  const reference = resource.references.find((one) => one.type === wanted);
  const next = reference === undefined ? undefined : snapshot.index.definitions(snapshot.keyOf(reference))[0];
  return next === undefined ? undefined : offlineProviderOf(snapshot, next, depth + 1);
}

/** `bucket` or `bucket/path` of register_s3, or of the flat form that took the bucket itself. */
function storeOf(provider: Registration): string | undefined {
  const flat = constantText(argumentOf(provider, 'bucket_path')) ?? textOf(unknownArgument(provider, 'bucket_path'));
  if (flat !== undefined) return trimBucket(flat);
  const store = registrationIn(argumentOf(provider, 'filestore'));
  if (store?.callable !== 'register_s3') return undefined;
  const bucket = constantText(argumentOf(store, 'bucket_name')) ?? textOf(unknownArgument(store, 'bucket_path'));
  const path = argumentOf(store, 'path');
  if (bucket === undefined || (path !== undefined && constantText(path) === undefined)) return undefined;
  const below = (constantText(path) ?? '').replace(/^\/+|\/+$/g, '');
  return below === '' ? trimBucket(bucket) : `${trimBucket(bucket)}/${below}`;
}

function unknownArgument(registration: Registration, name: string): Value | undefined {
  return registration.unknown.find((argument) => argument.name === name)?.value;
}

function registrationIn(argument: BoundArgument | undefined): Registration | undefined {
  const object = objectOf(argument?.value);
  return object?.kind === 'instance' ? object.registration : undefined;
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'string' && value.text.isConstant ? value.text.value : undefined;
}

function trimBucket(text: string): string {
  return text.replace(/^s3[an]?:\/\//, '').replace(/\/+$/, '');
}
