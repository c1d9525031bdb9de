// What Sparkform asks of an object store, and nothing more: it lists and reads, and writes nothing but files on this computer.
// Everything that goes wrong is a TableProblem whose message names the s3:// location and what to do; whoever gives up by a
// signal gets its reason.

import type { ReadMeter } from '../table/byteSource';
import type { S3Location } from './s3Location';

/** How a store is reached. No secrets: those are found on this computer, by the profile. */
export interface S3Settings {
  /** Of the shared AWS configuration; `AWS_PROFILE` or `default` when left out. */
  readonly profile?: string | undefined;
  /** Where to ask first; a bucket that is elsewhere says so itself. */
  readonly region?: string | undefined;
  /** The same for single buckets, by their names. */
  readonly bucketRegions?: Readonly<Record<string, string>> | undefined;
  /** The URL of a service that speaks as S3 does. */
  readonly endpoint?: string | undefined;
  /** Whoever asks pays, where the owner of the bucket does not. */
  readonly requesterPays?: boolean | undefined;
  /** The URL of a proxy; variables name it when left out. */
  readonly proxy?: string | undefined;
  /** What is asked without a proxy, as in `NO_PROXY`; that variable when left out. */
  readonly noProxy?: readonly string[] | undefined;
  /** Where what was read is kept; a folder in the user's cache folder when left out. */
  readonly cacheFolder?: string | undefined;
  /** How much is kept there, in bytes; nothing with 0. */
  readonly cacheBytes?: number | undefined;
}

export interface S3Object extends S3Location {
  readonly size: number;
  /** As S3 writes it, with its quotation marks. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** `STANDARD`, `GLACIER`, …; undefined where the store does not say. */
  readonly storageClass: string | undefined;
}

export interface ListRequest {
  readonly bucket: string;
  /** What all keys begin with: `a/v1/` is a folder, `a/v1` also finds `a/v10`. */
  readonly prefix: string;
  /** With `/`, folders are told as prefixes instead of what is in them. */
  readonly delimiter?: string | undefined;
  /** From the page before. */
  readonly continuation?: string | undefined;
  /** At most so many objects and prefixes; 1000 when left out, and at most. */
  readonly maxKeys?: number | undefined;
}

export interface ListPage {
  /** In the order of the UTF-8 bytes of their keys. */
  readonly objects: readonly S3Object[];
  /** With a delimiter: what keys have in common up to and including it. */
  readonly prefixes: readonly string[];
  /** For the next page; undefined on the last one. */
  readonly continuation: string | undefined;
}

/** Bytes from `start` (inclusive) to `end` (exclusive), or the last ones, fewer where the object is shorter. */
export type ReadRange = { readonly start: number; readonly end: number } | { readonly last: number };

export interface ObjectPart {
  readonly bytes: Uint8Array;
  readonly etag: string;
  /** Of the whole object. */
  readonly size: number;
  readonly modified: number;
}

/** An object, and what it must still be: a read is refused as `changed` where it has another ETag by now. */
export interface PinnedObject extends S3Location {
  readonly etag?: string | undefined;
}

export interface StoreOptions {
  readonly signal?: AbortSignal | undefined;
  /** Grows with every request that is sent, those that are repeated among them, and with the bytes that come. */
  readonly cost?: ReadMeter | undefined;
}

export interface DownloadOptions extends StoreOptions {
  /** Told after each part. */
  readonly onProgress?: ((bytes: number, size: number) => void) | undefined;
}

export interface ObjectStore {
  list(request: ListRequest, options?: StoreOptions): Promise<ListPage>;
  read(object: PinnedObject, range: ReadRange, options?: StoreOptions): Promise<ObjectPart>;
  /** Writes an object to a local file, which appears, or replaces another one, when it is complete. */
  download(object: PinnedObject, target: string, options?: DownloadOptions): Promise<void>;
}

/** All pages of a listing, each fetched when it is asked for. */
export async function* listPages(
  store: Pick<ObjectStore, 'list'>,
  request: Omit<ListRequest, 'continuation'>,
  options?: StoreOptions,
): AsyncGenerator<ListPage, void> {
  let continuation: string | undefined;
  do {
    const page = await store.list({ ...request, continuation }, options);
    yield page;
    continuation = page.continuation;
  } while (continuation !== undefined);
}
