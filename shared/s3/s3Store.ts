// S3 as an object store, with what was read before kept on the disk.

import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { defaultCacheFolder } from '../cacheFolder';
import { mapBounded } from '../table/boundedParallel';
import { TableProblem } from '../table/tableProblem';
import type { Environment } from './awsConfiguration';
import type {
  DownloadOptions,
  ListPage,
  ListRequest,
  ObjectPart,
  ObjectStore,
  PinnedObject,
  ReadRange,
  S3Settings,
  StoreOptions,
} from './objectStore';
import { RangeCache } from './rangeCache';
import { S3Client, usualPatience, type Patience } from './s3Client';
import { readPart } from './s3Objects';
import { formatS3Location } from './s3Location';
import { readListing } from './s3Xml';

export interface S3StoreOptions {
  /** Variables of the process by default. */
  readonly env?: Environment;
  readonly patience?: Partial<Patience>;
  /** Called every half second while an answer, or the user's credentials, are waited for. */
  readonly onWaiting?: () => void;
}

/** How much of what was read is kept on the disk where settings do not say. */
const usualCacheBytes = 512 * 1024 * 1024;
/** A page of a thousand long keys is shorter. */
const mostListingBytes = 32 * 1024 * 1024;
const downloadPartBytes = 8 * 1024 * 1024;
const parallelDownloads = 4;
/** What a whole object is kept as until it is complete carries a number. */
let downloads = 0;

/** Nothing is asked, and no credentials are looked for, before the first request. */
export function openS3Store(settings: S3Settings, options: S3StoreOptions = {}): ObjectStore {
  return new S3Store(settings, options);
}

class S3Store implements ObjectStore {
  private readonly client: S3Client;
  private readonly cache: RangeCache | undefined;
  private readonly onWaiting: (() => void) | undefined;
  private waiting = 0;
  private ticks: NodeJS.Timeout | undefined;

  constructor(settings: S3Settings, { env = process.env, patience, onWaiting }: S3StoreOptions) {
    this.client = new S3Client(settings, env, { ...usualPatience, ...patience });
    this.onWaiting = onWaiting;
    const cacheBytes = settings.cacheBytes ?? usualCacheBytes;
    const folder = settings.cacheFolder ?? join(defaultCacheFolder(env), 's3');
    this.cache = cacheBytes > 0 ? new RangeCache(folder, cacheBytes) : undefined;
  }

  list({ bucket, prefix, delimiter, continuation, maxKeys }: ListRequest, options: StoreOptions = {}): Promise<ListPage> {
    return this.whileWaiting(async () => {
      const query = {
        'list-type': '2',
        'encoding-type': 'url',
        prefix,
        ...(delimiter === undefined ? {} : { delimiter }),
        ...(continuation === undefined ? {} : { 'continuation-token': continuation }),
        ...(maxKeys === undefined ? {} : { 'max-keys': String(maxKeys) }),
      };
      const asked = {
        operation: 'list',
        bucket,
        key: '',
        about: prefix,
        query,
        headers: {},
        expected: [],
        mostBytes: mostListingBytes,
      } as const;
      const { body } = await this.client.send(asked, options);
      if (options.cost) options.cost.bytesRead += body.length;
      const page = readListing(body.toString(), bucket);
      if (page) return page;
      throw new TableProblem('unreachable', `${formatS3Location({ bucket, key: prefix })}: the server did not answer with a listing of S3`);
    });
  }

  read(object: PinnedObject, range: ReadRange, options: StoreOptions = {}): Promise<ObjectPart> {
    return this.whileWaiting(() => readPart(this.client, this.cache, object, range, options));
  }

  async download(object: PinnedObject, target: string, { onProgress, ...options }: DownloadOptions = {}): Promise<void> {
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}-${++downloads}.part`);
    // What is downloaded as a whole is not kept twice.
    const read = (one: PinnedObject, start: number, end: number): Promise<ObjectPart> =>
      this.whileWaiting(() => readPart(this.client, undefined, one, { start, end }, options));
    const file = await open(temporary, 'w').catch((error: unknown) => {
      throw notWritten(target, error);
    });
    try {
      const first = await read(object, 0, downloadPartBytes);
      const { etag, size } = first;
      let done = 0;
      const write = async ({ bytes }: ObjectPart, at: number): Promise<void> => {
        await file.write(bytes, 0, bytes.length, at).catch((error: unknown) => {
          throw notWritten(target, error);
        });
        done += bytes.length;
        onProgress?.(done, size);
      };
      await write(first, 0);
      const others = Array.from(
        { length: Math.max(0, Math.ceil(size / downloadPartBytes) - 1) },
        (_, index) => (index + 1) * downloadPartBytes,
      );
      await mapBounded(others, parallelDownloads, async (start) => {
        await write(await read({ ...object, etag }, start, Math.min(size, start + downloadPartBytes)), start);
      });
      options.signal?.throwIfAborted();
      await file.close();
      await rename(temporary, target).catch((error: unknown) => {
        throw notWritten(target, error);
      });
    } catch (error) {
      await file.close().catch(() => undefined);
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  private async whileWaiting<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.waiting === 0 && this.onWaiting) this.ticks = setInterval(this.onWaiting, 500);
    this.waiting += 1;
    try {
      return await work();
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) clearInterval(this.ticks);
    }
  }
}

function notWritten(target: string, error: unknown): TableProblem {
  const cause = error instanceof Error ? error.message : String(error);
  return new TableProblem('not-written', `${target} could not be written: ${cause}`, { cause: error });
}
