// Tells when a run of another program begins, ends or is cleared away. VS Code's recursive watcher does not do for this: on Linux
// it loses folders that appear inside a folder that has just appeared, as those of a workspace's first run do.

import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from 'vscode';

/** A file name in a watched folder; null where the system does not tell. */
type Matters = (name: string | null) => boolean;

interface WatchedFolder {
  readonly identity: string;
  readonly watcher: FSWatcher;
}

export class RunFolderWatcher implements Disposable {
  readonly #watched = new Map<string, WatchedFolder>();
  #disposed = false;

  /** `changed` is called once or several times for what is one change to a person. */
  constructor(private readonly changed: () => void) {}

  /**
   * Watches the runs of these workspace folders as they are now, and no others. What is read after this has resolved and changes
   * later is told: a folder is watched before its entries are listed.
   */
  async follow(roots: readonly string[]): Promise<void> {
    const present = new Set((await Promise.all(roots.map((root) => this.#followRoot(root)))).flat());
    for (const folder of this.#watched.keys()) {
      if (!present.has(folder)) this.#forget(folder);
    }
  }

  dispose(): void {
    this.#disposed = true;
    for (const folder of this.#watched.keys()) this.#forget(folder);
  }

  /** The folders that are watched for a root. */
  async #followRoot(root: string): Promise<readonly string[]> {
    const home = join(root, '.sparkform');
    const runs = join(home, 'runs');
    const followed: string[] = [];
    const follow = async (folder: string, matters: Matters): Promise<boolean> => {
      const present = await this.#watch(folder, matters);
      if (present) followed.push(folder);
      return present;
    };
    const present =
      (await follow(root, isNamed('.sparkform'))) && (await follow(home, isNamed('runs'))) && (await follow(runs, () => true));
    if (!present) return followed;
    for (const { name } of await foldersIn(runs)) {
      // The log of a run under way grows all the time.
      if (!(await exists(join(runs, name, 'result.json')))) await follow(join(runs, name), isNamed('result.json'));
    }
    return followed;
  }

  /** Whether the folder is there. */
  async #watch(folder: string, matters: Matters): Promise<boolean> {
    const identity = await identityOf(folder);
    const known = this.#watched.get(folder);
    if (identity === undefined || this.#disposed) return false;
    if (known?.identity === identity) return true;
    this.#forget(folder);
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (matters(name)) this.changed();
      });
      watcher.on('error', () => {
        this.#forget(folder);
      });
      this.#watched.set(folder, { identity, watcher });
      return true;
    } catch {
      // Gone since, or the system watches no more folders: then its runs show when the list is read for another reason.
      return false;
    }
  }

  #forget(folder: string): void {
    this.#watched.get(folder)?.watcher.close();
    this.#watched.delete(folder);
  }
}

function isNamed(wanted: string): Matters {
  return (name) => name === null || name === wanted;
}

async function foldersIn(folder: string): Promise<readonly { readonly name: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory());
}

async function exists(path: string): Promise<boolean> {
  return (await identityOf(path)) !== undefined;
}

/** Differs for a folder that was deleted and made again, even where the file system gives it the same number. */
async function identityOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino, birthtimeNs } = await stat(path, { bigint: true });
    return `${dev}:${ino}:${birthtimeNs}`;
  } catch {
    return undefined;
  }
}
