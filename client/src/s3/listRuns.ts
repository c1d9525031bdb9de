// The dated runs of a definition in S3, and what each of them wrote.

import type { ObjectStore, S3Object, StoreOptions } from '../../../shared/s3/objectStore';
import { listPages } from '../../../shared/s3/objectStore';
import { folderPrefix, type S3Location } from '../../../shared/s3/s3Location';
import { isFolderMarker, isHidden } from '../../../shared/table/folderNames';
import { runTime } from '../../../shared/table/runFolders';
import { lastElement } from './outputFolders';

export interface S3Run {
  /** The name of its folder: the moment it was started at. */
  readonly name: string;
  /** By the clock of the machine that ran it, as `2024-05-06T07:08:09.123456`. */
  readonly time: string;
  /** Its folder; the key ends with a slash. */
  readonly location: S3Location;
  /** Undefined where the listing was too long to be read along. */
  readonly contents: FolderContents | undefined;
}

export interface FolderContents {
  /** Files of the table: markers and checksums do not count. */
  readonly files: number;
  readonly bytes: number;
  /** When the last of them was written, in milliseconds since 1970; 0 without a file. */
  readonly modified: number;
  /** Spark's `_SUCCESS` is there: the job that wrote it came to its end. */
  readonly success: boolean;
  /** Some of them are CSV, which tells nothing of itself without being read. */
  readonly hasText: boolean;
  /** False where only the first thousand objects were looked at. */
  readonly complete: boolean;
}

export interface RunListing {
  /** The newest first. */
  readonly runs: readonly S3Run[];
  /** Folders that are named for no moment. */
  readonly folders: readonly S3Location[];
  /** Files beside the runs. */
  readonly files: readonly S3Object[];
}

/** Lists a folder of runs. Most are small enough to be listed whole with one request, what they hold among it. */
export async function listRuns(store: Pick<ObjectStore, 'list'>, folder: S3Location, options?: StoreOptions): Promise<RunListing> {
  const { bucket } = folder;
  const prefix = folderPrefix(folder.key);
  const { objects, continuation } = await store.list({ bucket, prefix }, options);
  if (continuation === undefined) return runsOf(bucket, prefix, objects);
  const prefixes: string[] = [];
  const files: S3Object[] = [];
  for await (const page of listPages(store, { bucket, prefix, delimiter: '/' }, options)) {
    prefixes.push(...page.prefixes);
    files.push(...page.objects);
  }
  return listing(bucket, prefixes, files, () => undefined);
}

/** Looks at the first thousand objects of a folder. */
export async function readContents(
  store: Pick<ObjectStore, 'list'>,
  { bucket, key }: S3Location,
  options?: StoreOptions,
): Promise<FolderContents> {
  const prefix = folderPrefix(key);
  const { objects, continuation } = await store.list({ bucket, prefix }, options);
  return contentsOf(prefix, objects, continuation === undefined);
}

function runsOf(bucket: string, prefix: string, objects: readonly S3Object[]): RunListing {
  const inFolder = new Map<string, S3Object[]>();
  const files: S3Object[] = [];
  for (const object of objects) {
    const slash = object.key.indexOf('/', prefix.length);
    if (slash < 0) {
      files.push(object);
      continue;
    }
    const folder = object.key.slice(0, slash + 1);
    const others = inFolder.get(folder);
    if (others === undefined) inFolder.set(folder, [object]);
    else others.push(object);
  }
  return listing(bucket, [...inFolder.keys()], files, (folder) => contentsOf(folder, inFolder.get(folder) ?? [], true));
}

function listing(
  bucket: string,
  prefixes: readonly string[],
  files: readonly S3Object[],
  contents: (prefix: string) => FolderContents | undefined,
): RunListing {
  const runs: S3Run[] = [];
  const folders: S3Location[] = [];
  for (const key of prefixes) {
    const name = lastElement(key);
    const time = runTime(name);
    if (time === undefined) folders.push({ bucket, key });
    else runs.push({ name, time, location: { bucket, key }, contents: contents(key) });
  }
  runs.sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : a.name < b.name ? 1 : -1));
  return { runs, folders, files: files.filter(({ key }) => !isFolderMarker(key)) };
}

function contentsOf(prefix: string, objects: readonly S3Object[], complete: boolean): FolderContents {
  const files = objects.filter(({ key }) => !isFolderMarker(key) && !isHidden(key.slice(prefix.length)));
  return {
    files: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    modified: files.reduce((latest, { modified }) => Math.max(latest, modified), 0),
    hasText: files.some(({ key }) => /\.csv$/i.test(key)),
    success: objects.some(({ key }) => key === `${prefix}_SUCCESS`),
    complete,
  };
}
