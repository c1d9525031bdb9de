// An object store in memory that answers as S3 does, page by page, and tells what it was asked.

import { writeFile } from 'node:fs/promises';
import type { ListPage, ListRequest, ObjectPart, ObjectStore, PinnedObject, S3Object, StoreOptions } from '../../shared/s3/objectStore';
import { TableProblem } from '../../shared/table/tableProblem';

export class MemoryObjectStore implements ObjectStore {
  /** What was asked, in order: `list bucket prefix` and `download bucket key`. */
  readonly asked: string[] = [];
  /** When set, what a request fails with. */
  refuse: ((asked: string) => Error | undefined) | undefined;
  /** Awaited before a request is answered. */
  before: ((asked: string) => Promise<unknown> | undefined) | undefined;
  readonly #objects = new Map<string, S3Object>();

  /** @param objects sizes by `bucket/key`; the first was written at 2024-05-01T00:00:00Z, each other a minute after the one before. */
  constructor(objects: Readonly<Record<string, number>>) {
    for (const [path, size] of Object.entries(objects)) this.put(path, size);
  }

  put(path: string, size: number): void {
    const slash = path.indexOf('/');
    const [bucket, key] = [path.slice(0, slash), path.slice(slash + 1)];
    const modified = Date.UTC(2024, 4, 1) + 60_000 * this.#objects.size;
    this.#objects.set(path, { bucket, key, size, etag: `"${path}"`, modified, storageClass: 'STANDARD' });
  }

  async list({ bucket, prefix, delimiter, continuation, maxKeys = 1000 }: ListRequest, options?: StoreOptions): Promise<ListPage> {
    await this.#answering(`list ${bucket} ${prefix}`, options);
    const found = [...this.#objects.values()]
      .filter((object) => object.bucket === bucket && object.key.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    const entries = new Map<string, S3Object | undefined>();
    for (const object of found) {
      const end = delimiter === undefined ? -1 : object.key.indexOf(delimiter, prefix.length);
      if (end < 0) entries.set(object.key, object);
      else entries.set(object.key.slice(0, end + 1), undefined);
    }
    const all = [...entries].filter(([name]) => continuation === undefined || name > continuation);
    const page = all.slice(0, Math.min(maxKeys, 1000));
    return {
      objects: page.flatMap(([, object]) => object ?? []),
      prefixes: page.flatMap(([name, object]) => (object === undefined ? [name] : [])),
      continuation: page.length < all.length ? page.at(-1)?.[0] : undefined,
    };
  }

  read(): Promise<ObjectPart> {
    return Promise.reject(new Error('nothing is read in these tests'));
  }

  async download(
    { bucket, key, etag }: PinnedObject,
    target: string,
    options?: StoreOptions & { readonly onProgress?: ((bytes: number, size: number) => void) | undefined },
  ): Promise<void> {
    await this.#answering(`download ${bucket} ${key}`, options);
    const object = this.#objects.get(`${bucket}/${key}`);
    if (object === undefined) throw new TableProblem('missing', `s3://${bucket}/${key} does not exist`);
    if (etag !== undefined && etag !== object.etag) throw new TableProblem('changed', `s3://${bucket}/${key} was changed`);
    await writeFile(target, Buffer.alloc(object.size, key));
    options?.onProgress?.(object.size, object.size);
  }

  async #answering(asked: string, options: StoreOptions | undefined): Promise<void> {
    options?.signal?.throwIfAborted();
    this.asked.push(asked);
    await this.before?.(asked);
    options?.signal?.throwIfAborted();
    const refused = this.refuse?.(asked);
    if (refused !== undefined) throw refused;
  }
}
