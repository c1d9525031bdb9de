// Downloading files and folders of S3 to where the user wants them, with progress and Cancel.

import { basename, join } from 'node:path';
import { ProgressLocation, Uri, window, workspace } from 'vscode';
import type { ObjectStore } from '../../../shared/s3/objectStore';
import { downloadFolder } from '../s3/downloadFolder';
import { lastElement } from '../s3/outputFolders';
import { formatBytes } from '../../../shared/formatAmounts';
import { isFolderIn } from '../s3/isFolderIn';
import { openTableAt } from './openTable';
import { s3Targets, type S3Target } from './s3Targets';
import type { Services } from './services';

/** @param target where to, as a URI; otherwise the user is asked. */
export async function downloadS3({ s3 }: Services, clicked: unknown, all: unknown, target?: unknown): Promise<void> {
  const { store } = s3.access;
  const targets = s3Targets(clicked, all);
  const [first] = targets;
  if (first === undefined) throw new Error('Choose what to download in the S3 view, or open it as a table.');
  const jobs = await jobsFor(store, targets, target instanceof Uri ? target : undefined);
  if (jobs === undefined) return;
  const done = await download(store, jobs);
  if (done === undefined) return;
  const [only] = jobs;
  const what = jobs.length === 1 && only !== undefined ? basename(only.path) : `${jobs.length} downloads`;
  const open = 'Open as Table';
  const message = `${what} downloaded, ${formatBytes(done)}.`;
  // A message is not waited for: it stays until the user closes it.
  void window.showInformationMessage(message, ...(jobs.length === 1 ? [open] : [])).then(async (answer) => {
    if (answer === open && only !== undefined) await openTableAt(only.path);
  });
}

interface Job {
  readonly from: S3Target;
  readonly isFolder: boolean;
  /** On this computer. */
  readonly path: string;
}

/** Undefined when the user chose no place. */
async function jobsFor(store: ObjectStore, targets: readonly S3Target[], given: Uri | undefined): Promise<readonly Job[] | undefined> {
  const known = await Promise.all(
    targets.map(async (from) => ({
      from,
      isFolder: from.isFolder ?? (await isFolderIn(store, from)),
      name: lastElement(from.key) || from.bucket,
    })),
  );
  const [only] = known;
  if (only !== undefined && known.length === 1 && !only.isFolder) {
    const uri = given ?? (await window.showSaveDialog({ title: `Download ${only.name}`, defaultUri: placeFor(only.name) }));
    return uri && [{ from: only.from, isFolder: false, path: pathOf(uri) }];
  }
  const title =
    known.length === 1 && only !== undefined ? `Download ${only.name} into a Folder` : `Download ${known.length} Items into a Folder`;
  const options = { title, openLabel: 'Download Here', canSelectFiles: false, canSelectFolders: true, defaultUri: placeFor('') };
  const folder = given ?? (await window.showOpenDialog(options))?.[0];
  return folder && known.map(({ from, isFolder, name }) => ({ from, isFolder, path: join(pathOf(folder), name) }));
}

function placeFor(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder?.scheme === 'file' ? Uri.joinPath(folder, name) : Uri.file(join('/', name));
}

function pathOf(uri: Uri): string {
  if (uri.scheme !== 'file') throw new Error('Data can only be downloaded to a folder of this computer.');
  return uri.fsPath;
}

/** The bytes that were downloaded; undefined when the user cancelled. */
async function download(store: ObjectStore, jobs: readonly Job[]): Promise<number | undefined> {
  const names = jobs.map(({ path }) => basename(path)).join(', ');
  const options = { location: ProgressLocation.Notification, title: `Downloading ${names}`, cancellable: true };
  return window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    const { signal } = controller;
    let bytes = 0;
    try {
      for (const job of jobs) {
        let percent = 0;
        const report = (message: string, done: number, total: number): void => {
          const now = total === 0 ? 0 : (100 * done) / total;
          progress.report({ message, increment: Math.max(0, now - percent) / jobs.length });
          percent = Math.max(percent, now);
        };
        bytes += await downloadJob(store, job, signal, report);
      }
      return bytes;
    } catch (error) {
      // What ends since it was cancelled is no failure.
      if (signal.aborted) return undefined;
      throw error;
    }
  });
}

async function downloadJob(
  store: ObjectStore,
  { from, isFolder, path }: Job,
  signal: AbortSignal,
  report: (message: string, done: number, total: number) => void,
): Promise<number> {
  if (!isFolder) {
    let size = 0;
    await store.download(from, path, {
      signal,
      onProgress: (done, total) => {
        size = total;
        report(`${formatBytes(done)} of ${formatBytes(total)}`, done, total);
      },
    });
    return size;
  }
  const { bytes } = await downloadFolder(store, from, path, {
    signal,
    onProgress: (now) => {
      const files = `${now.filesDone.toLocaleString()} of ${now.files.toLocaleString()} files`;
      report(`${files}, ${formatBytes(now.bytesDone)} of ${formatBytes(now.bytes)}`, now.bytesDone, now.bytes);
    },
  });
  return bytes;
}
