// Downloading from S3. What was not downloaded whole does not stay: a folder appears under its name when all of it is there.

import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { listPages, type ObjectStore, type S3Object } from '../../../shared/s3/objectStore';
import { folderPrefix, formatS3Location, type S3Location } from '../../../shared/s3/s3Location';
import { mapBounded } from '../../../shared/table/boundedParallel';
import { isFolderMarker } from '../../../shared/table/folderNames';
import { TableProblem } from '../../../shared/table/tableProblem';

export interface DownloadProgress {
  readonly files: number;
  readonly filesDone: number;
  readonly bytes: number;
  readonly bytesDone: number;
}

export interface FolderDownloadOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** Files that are downloaded side by side; each large one comes in several parts at once. */
const filesAtOnce = 4;

/**
 * Downloads all files below a folder of S3 into a new folder.
 * @param target a path at which there is nothing yet.
 * @returns how much was written. Rejects with a TableProblem, or the signal's reason, and leaves nothing behind.
 */
export async function downloadFolder(
  store: Pick<ObjectStore, 'list' | 'download'>,
  folder: S3Location,
  target: string,
  { signal, onProgress }: FolderDownloadOptions = {},
): Promise<DownloadProgress> {
  const location = formatS3Location(folder);
  if (await exists(target)) throw new TableProblem('not-written', `${target} exists already: choose another name for ${location}`);
  const prefix = folderPrefix(folder.key);
  const objects: S3Object[] = [];
  for await (const page of listPages(store, { bucket: folder.bucket, prefix }, { signal })) {
    objects.push(...page.objects.filter(({ key }) => !isFolderMarker(key)));
  }
  if (objects.length === 0) throw new TableProblem('missing', `${location} holds no files`);
  const temporary = await mkdtemp(join(dirname(target), '.sparkform-')).catch((error: unknown) => {
    throw notWritten(target, error);
  });
  try {
    const done = await downloadAll(store, objects, (object) => pathWithin(temporary, object, prefix), { signal, onProgress });
    signal?.throwIfAborted();
    await rename(temporary, target).catch((error: unknown) => {
      throw notWritten(target, error);
    });
    return done;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}

async function downloadAll(
  store: Pick<ObjectStore, 'download'>,
  objects: readonly S3Object[],
  pathOf: (object: S3Object) => string,
  { signal, onProgress }: { readonly signal: AbortSignal | undefined; readonly onProgress: FolderDownloadOptions['onProgress'] },
): Promise<DownloadProgress> {
  const bytes = objects.reduce((sum, { size }) => sum + size, 0);
  let progress: DownloadProgress = { files: objects.length, filesDone: 0, bytes, bytesDone: 0 };
  const tell = (more: Partial<DownloadProgress>): void => {
    progress = { ...progress, ...more };
    onProgress?.(progress);
  };
  // Before the first byte comes, so that a name that cannot be a file costs nothing.
  const paths = objects.map(pathOf);
  // The first failure ends what else is under way.
  const failed = new AbortController();
  const started: Promise<void>[] = [];
  const ends = signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]);
  try {
    await mapBounded(objects, filesAtOnce, async (object, index) => {
      const path = paths[index] ?? '';
      await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
        throw notWritten(path, error);
      });
      let before = 0;
      const download = store.download(object, path, {
        signal: ends,
        onProgress: (now) => {
          tell({ bytesDone: progress.bytesDone + now - before });
          before = now;
        },
      });
      started.push(download);
      await download;
      tell({ filesDone: progress.filesDone + 1, bytesDone: progress.bytesDone + object.size - before });
    });
  } catch (error) {
    failed.abort(error);
    // Whoever removes the folder comes after the last of those who write into it.
    await Promise.allSettled(started);
    throw error;
  }
  return progress;
}

/** Where an object of the folder goes: never outside the target, whatever its key. */
function pathWithin(target: string, object: S3Object, prefix: string): string {
  const elements = object.key.slice(prefix.length).split('/');
  const path = resolve(target, ...elements);
  const isPlain = elements.every(
    (element) => element !== '' && element !== '.' && element !== '..' && !(sep === '\\' && /[\\:*?"<>|]/.test(element)),
  );
  if (isPlain && path.startsWith(`${resolve(target)}${sep}`)) return path;
  throw new TableProblem('not-written', `${formatS3Location(object)} cannot be a file of this computer: its key is no path`);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function notWritten(path: string, error: unknown): TableProblem {
  const cause = error instanceof Error ? error.message : String(error);
  return new TableProblem('not-written', `${path} cannot be written: ${cause}`, { cause: error });
}
