// Where Featureform writes the result of a definition: the layout below the bucket and the path of its provider.

import { objectOf } from '../definitions/objects';
import type { BoundArgument, Registration, Resource } from '../definitions/resources';
import type { Snapshot } from '../workspace/snapshot';
import { isConstantId, kindWords, variantOf } from './resourceIds';
import { s3StoreOf } from './s3Store';

export type OutputPlace =
  | {
      readonly kind: 'files';
      /** Holds a folder for each variant, which hold one for each run: `s3://bucket/path/featureform/Transformation/name/`. */
      readonly folder: string;
      /** Undefined for the run of the moment. */
      readonly variant: string | undefined;
      readonly region: string | undefined;
    }
  /** A table of the catalogue: `database.name`. */
  | { readonly kind: 'table'; readonly name: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * The folder (or the catalogue table) that runs of the resource are written to, a time stamp's folder each; undefined
 * where the provider's bucket is not known for certain. `<run>` stands for the variant of the moment.
 */
export function outputLocation(snapshot: Snapshot, resource: Resource): string | undefined {
  const place = outputPlace(snapshot, resource);
  switch (place.kind) {
    case 'files':
      return `${place.folder}${place.variant ?? runVariant}/`;
    case 'table':
      return place.name;
    case 'unknown':
      return undefined;
  }
}

/** The same in its parts, or why it is not known. */
export function outputPlace(snapshot: Snapshot, resource: Resource): OutputPlace {
  const folder = folderOf(resource);
  if (folder === undefined) return unknown(`Featureform writes no output of a ${kindWords[resource.kind]}`);
  if (!isConstantId(resource)) return unknown('its name or its variant is known only at run time');
  const found = offlineProviderOf(snapshot, resource, 0);
  if ('reason' in found) return unknown(found.reason);
  const provider = found.provider.registration;
  if (provider === undefined) return unknown(notKnown(found.provider.name.text));
  const name = resource.name.text ?? '';
  const variant = variantOf(snapshot, resource);
  const database = catalogDatabase(provider);
  if (database !== undefined && folder === 'Transformation') {
    return { kind: 'table', name: `${database}.transformation__${name}__${variant ?? runVariant}`.replaceAll('-', '_') };
  }
  const store = s3StoreOf(snapshot, provider);
  switch (store.kind) {
    case 'known': {
      const root = [store.bucket, store.path].filter(Boolean).join('/');
      return { kind: 'files', folder: `s3://${root}/featureform/${folder}/${name}/`, variant, region: store.region };
    }
    case 'unknown':
      return unknown(store.reason);
    case 'other':
      return unknown(`the files of "${found.provider.name.text ?? ''}" are not in S3`);
  }
}

/** The database of the Glue catalogue, in which the provider keeps transformations as tables. */
export function catalogDatabase(provider: Registration): string | undefined {
  return constantText(argumentOf(registrationIn(argumentOf(provider, 'catalog')), 'database'));
}

/** The text of an argument, when it is a string that is known whole. */
export function constantText(argument: BoundArgument | undefined): string | undefined {
  const value = argument?.value;
  return value?.kind === 'string' && value.text.isConstant ? value.text.value : undefined;
}

export function argumentOf(registration: Registration | undefined, name: string): BoundArgument | undefined {
  return registration?.arguments.find((argument) => argument.name === name);
}

const runVariant = '<run>';

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
function offlineProviderOf(
  snapshot: Snapshot,
  resource: Resource,
  depth: number,
): { readonly provider: Resource } | { readonly reason: string } {
  if (resource.type === 'source') {
    const name = resource.provider?.name;
    const found = name?.text === undefined ? [] : snapshot.index.variants('provider', name.text);
    const [provider] = found;
    if (provider === undefined) return { reason: notKnown(name?.text) };
    if (found.length > 1) return { reason: `the provider "${name?.text ?? ''}" is defined more than once` };
    return provider.kind === 'spark' ? { provider } : { reason: `"${name?.text ?? ''}" is not a Spark provider` };
  }
  const wanted = resource.type === 'training-set' ? 'label' : 'source';
  const reference = resource.references.find((one) => one.type === wanted);
  const next = reference === undefined ? undefined : snapshot.index.definitions(snapshot.keyOf(reference))[0];
  if (next === undefined || depth > 2) return { reason: `its ${wanted} is not defined in this workspace` };
  return offlineProviderOf(snapshot, next, depth + 1);
}

function notKnown(provider: string | undefined): string {
  return provider === undefined ? 'its provider is not known' : `the provider "${provider}" is not defined in this workspace`;
}

function registrationIn(argument: BoundArgument | undefined): Registration | undefined {
  const object = objectOf(argument?.value);
  return object?.kind === 'instance' ? object.registration : undefined;
}

function unknown(reason: string): OutputPlace {
  return { kind: 'unknown', reason };
}
