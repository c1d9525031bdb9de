// The bucket and the folder that a Spark provider writes to, as far as constants of its definition tell.

import { argumentOf, constantText } from '../definitions/arguments';
import { objectOf } from '../definitions/objects';
import type { BoundArgument, Registration } from '../definitions/resources';
import { providerRegistration } from '../rules/registrations';
import type { Snapshot } from '../workspace/snapshot';

export type S3Store =
  | {
      readonly kind: 'known';
      readonly bucket: string;
      /** The folder that everything of Featureform lies in, without slashes at its ends; empty for the bucket itself. */
      readonly path: string;
      /** Undefined where it is not a constant: the bucket itself knows. */
      readonly region: string | undefined;
    }
  /** It is S3 or may be, and nobody knows which bucket. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** The files are elsewhere: in HDFS, in Google's or in Azure's storage. */
  | { readonly kind: 'other' };

/** @param provider a registration of Spark, in either form: with a file store, or with the bucket itself. */
export function s3StoreOf(snapshot: Snapshot, provider: Registration): S3Store {
  if (provider.callable !== 'register_spark') return { kind: 'other' };
  const flat = written(provider, 'bucket_path');
  if (flat !== undefined) return storeIn(provider, flat);
  const filestore = argumentOf(provider, 'filestore');
  if (filestore === undefined) return unknown(missing(provider, 'filestore'));
  const store = providerRegistration(filestore.value, snapshot);
  if (store !== undefined) return fromFileStore(store);
  const object = objectOf(filestore.value);
  const name = object?.kind === 'instance' && object.fetched ? object.name?.text : undefined;
  if (name !== undefined) return unknown(`the file store "${name}" is not registered in this workspace`);
  return unknown('the file store is known only at run time');
}

function fromFileStore(store: Registration): S3Store {
  if (store.callable !== 'register_s3' && store.callable !== 'S3StoreConfig') return { kind: 'other' };
  const bucket = written(store, 'bucket_name') ?? written(store, 'bucket_path');
  return bucket === undefined ? unknown(missing(store, 'bucket_name')) : storeIn(store, bucket);
}

function storeIn(registration: Registration, bucketArgument: BoundArgument): S3Store {
  const bucketText = constantText(bucketArgument.value);
  if (bucketText === undefined) return unknown(`"${bucketArgument.name}" is known only at run time`);
  const pathArgument = argumentOf(registration, 'path');
  const pathText = pathArgument === undefined ? '' : constantText(pathArgument.value);
  if (pathText === undefined) return unknown('"path" is known only at run time');
  const [bucket = '', ...folders] = [...elements(bucketText.replace(/^s3[an]?:\/\//, '')), ...elements(pathText)];
  if (bucket === '') return unknown(`"${bucketArgument.name}" is empty`);
  return { kind: 'known', bucket, path: folders.join('/'), region: regionOf(registration) };
}

function regionOf(registration: Registration): string | undefined {
  const text = constantText(written(registration, 'bucket_region')?.value)?.trim();
  return text === '' ? undefined : text;
}

/** Also where the generation of the workspace does not know the argument, which a rule reports. */
function written({ arguments: known, unknown: others }: Registration, name: string): BoundArgument | undefined {
  return [...known, ...others].find((argument) => argument.name === name);
}

function missing({ callable, open }: Registration, name: string): string {
  return open ? `"${name}" is known only at run time` : `"${callable}" is given no "${name}"`;
}

function unknown(reason: string): S3Store {
  return { kind: 'unknown', reason };
}

function elements(path: string): readonly string[] {
  return path.split('/').filter((element) => element !== '');
}
