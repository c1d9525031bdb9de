// Where the backend keeps what a resource computes. What is said of files in a bucket holds only for Spark.

import { argumentOf } from '../definitions/arguments';
import type { Reference, Registration, Resource, ResourceType } from '../definitions/resources';
import type { Value } from '../python/values';
import { SYMBOL } from '../text/mappedText';
import type { Span } from '../text/span';
import type { Snapshot } from '../workspace/snapshot';
import { onlyDefinition, providerRegistration } from './registrations';

/** True when the resource is surely kept by a Spark provider: itself, or the sources that it is made of. */
export function isStoredOnSpark(resource: Resource, snapshot: Snapshot, depth = 0): boolean {
  if (depth > 4) return false;
  if (resource.type === 'source') {
    if (resource.provider?.class !== undefined) return resource.provider.class === 'OfflineSparkProvider';
    const name = resource.provider?.name;
    return name !== undefined && onlyDefinition(snapshot.index.definitions(`provider:${name.key}`))?.kind === 'spark';
  }
  const origins: Partial<Record<ResourceType, ResourceType>> = { feature: 'source', label: 'source', 'training-set': 'label' };
  const origin = origins[resource.type];
  const reference = resource.references.find((one) => one.type === origin);
  const definition = reference === undefined ? undefined : definitionOf(reference, snapshot);
  return definition !== undefined && isStoredOnSpark(definition, snapshot, depth + 1);
}

/** The definition that a reference means, if there is exactly one. */
export function definitionOf(reference: Reference, snapshot: Snapshot): Resource | undefined {
  return onlyDefinition(snapshot.index.definitions(snapshot.keyOf(reference)));
}

export interface FileStore {
  /** The beginnings of URIs that it takes. */
  readonly schemes: readonly string[];
  readonly bucket?: { readonly name: string; readonly argument: { readonly uri: string; readonly span: Span } };
}

const s3Schemes = ['s3://', 's3a://'];

/** Every scheme that some file store takes. */
export const allSchemes: readonly string[] = [...s3Schemes, 'gs://', 'abfss://', 'hdfs://'];

const schemesOf: Readonly<Record<string, readonly string[]>> = {
  register_s3: s3Schemes,
  register_gcs: ['gs://'],
  register_blob_store: ['abfss://'],
  register_hdfs: ['hdfs://'],
};

/** The file store of the Spark provider that a source is registered with, as far as it is known. */
export function fileStoreOf(source: Resource, snapshot: Snapshot): FileStore | undefined {
  const spark = providerRegistration(source.registration?.receiver, snapshot);
  if (spark?.callable !== 'register_spark') return undefined;
  const flat = bucketOf(spark, 'bucket_path');
  if (flat !== undefined) return { schemes: s3Schemes, bucket: flat };
  const store = providerRegistration(argumentOf(spark, 'filestore')?.value, snapshot);
  const schemes = store === undefined ? undefined : schemesOf[store.callable];
  if (store === undefined || schemes === undefined) return undefined;
  const bucket = store.callable === 'register_s3' ? (bucketOf(store, 'bucket_name') ?? bucketOf(store, 'bucket_path')) : undefined;
  return { schemes, ...(bucket !== undefined && { bucket }) };
}

function bucketOf(registration: Registration, name: string): FileStore['bucket'] {
  const argument = argumentOf(registration, name);
  const text = argument === undefined ? undefined : bucketName(argument.value);
  if (argument === undefined || text === undefined) return undefined;
  return { name: text, argument: { uri: argument.value.at.uri, span: argument.value.at.span } };
}

/** The bucket that a location or a bucket argument names, if it is constant up to the first slash behind it. */
function bucketName(value: Value): string | undefined {
  if (value.kind !== 'string') return undefined;
  const name = /^(?:s3a?:\/\/)?([^/]+)/.exec(value.text.value)?.[1];
  return name === undefined || name.includes(SYMBOL) ? undefined : name;
}
