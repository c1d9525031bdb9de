// Objects as byte sources, and what lies below a prefix as a folder.

import { createHash } from 'node:crypto';
import type { ByteSource } from '../table/byteSource';
import type { FolderEntry, FolderSource } from '../table/folderTable';
import { TableProblem } from '../table/tableProblem';
import { listPages, type ObjectStore, type S3Object, type StoreOptions } from './objectStore';
import { folderPrefix, formatS3Location, isS3Location, parseS3Location, type S3Location } from './s3Location';

/** An object that was found to be in a state, in which it is read. */
export interface ObjectSource extends ByteSource {
  readonly etag: string;
}

/** What lies below a prefix, listed once. */
export interface PrefixSource extends FolderSource {
  /** Of the state of all objects; known once they were listed. */
  fingerprint(): string;
}

/** The footers of most files fit. */
const tailBytes = 64 * 1024;
/** So little of an object tells its size and its state, where there may be very many of them. */
const magicBytes = 8;
/** Reads of the end are rounded up to whole steps, so that guesses of another time ask for what is kept on the disk. */
const tailStep = 2048;
/** Whoever looks at the first bytes of a file reads on. */
const headBytes = 64 * 1024;
/** More than any table has parts: a prefix that was chosen by mistake. */
const mostObjects = 200_000;

/**
 * Learns with one request what there is to know of an object, and reads its end with it. Throws a TableProblem, or the
 * reason of the signal.
 */
export async function openObject(store: ObjectStore, location: S3Location, options: StoreOptions): Promise<ObjectSource> {
  const { bytes, size, etag } = await store.read(location, { last: tailBytes }, options);
  const name = location.key.slice(location.key.lastIndexOf('/') + 1);
  const source = pinnedSource(store, { ...location, size, etag }, name, options.cost);
  const tailStart = size - bytes.length;
  return {
    ...source,
    etag,
    read(start, end, signal) {
      if (start < tailStart) return source.read(start, end, signal);
      return Promise.resolve(bytes.subarray(start - tailStart, end - tailStart));
    },
  };
}

/** The folder at a key, which may end with a slash or not: `a/v1` has nothing of `a/v10`. */
export function openPrefix(store: ObjectStore, location: S3Location, { cost, signal }: StoreOptions): PrefixSource {
  const { bucket, key } = location;
  const prefix = folderPrefix(key);
  const objects = new Map<string, S3Object>();
  let listed: Promise<readonly FolderEntry[]> | undefined;
  const list = async (): Promise<readonly FolderEntry[]> => {
    for await (const page of listPages(store, { bucket, prefix }, { cost, signal })) {
      for (const object of page.objects) objects.set(object.key.slice(prefix.length), object);
      if (objects.size <= mostObjects) continue;
      const name = formatS3Location({ bucket, key: prefix });
      throw new TableProblem('too-large', `${name} holds more than ${mostObjects} objects: name the folder of a table`);
    }
    return [...objects].map(([path, { size }]): FolderEntry => ({ path, size }));
  };
  return {
    name: formatS3Location({ bucket, key: prefix }).replace(/\/$/, ''),
    list() {
      listed ??= list();
      return listed;
    },
    open(entry) {
      const object = objects.get(entry.path);
      if (!object) throw new RangeError(`${entry.path} was not listed`);
      return pinnedSource(store, object, entry.path, cost);
    },
    async openElsewhere(location, asked) {
      if (!isS3Location(location)) return undefined;
      const elsewhere = parseS3Location(location);
      const { size, etag } = await store.read(elsewhere, { last: magicBytes }, { cost, signal: asked });
      return pinnedSource(store, { ...elsewhere, size, etag }, formatS3Location(elsewhere), cost);
    },
    fingerprint() {
      const hash = createHash('sha256');
      for (const [path, { etag, size }] of [...objects].sort(([a], [b]) => (a < b ? -1 : 1)))
        hash.update(JSON.stringify([path, etag, size]));
      return hash.digest('hex');
    },
  };
}

function pinnedSource(
  store: ObjectStore,
  object: Pick<S3Object, 'bucket' | 'key' | 'size' | 'etag'>,
  name: string,
  cost: StoreOptions['cost'],
): ByteSource {
  const { size } = object;
  let head: Uint8Array | undefined;
  const read = async (start: number, end: number, signal: AbortSignal | undefined): Promise<Uint8Array> => {
    if (start === end) return new Uint8Array(0);
    const part = await store.read(object, { start, end }, { signal, cost });
    if (part.size === size) return part.bytes;
    throw new TableProblem('changed', `${formatS3Location(object)} was changed while it was shown`);
  };
  return {
    name,
    size,
    async read(start, end, signal) {
      if (head && end <= head.length) return head.subarray(start, end);
      if (end === size) {
        const wide = Math.max(0, size - Math.ceil((size - start) / tailStep) * tailStep);
        return (await read(wide, end, signal)).subarray(start - wide);
      }
      if (start > 0 || end > headBytes) return read(start, end, signal);
      head = await read(0, Math.min(size, headBytes), signal);
      return head.subarray(0, end);
    },
    onStep: cost?.onStep,
  };
}
