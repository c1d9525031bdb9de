// Workspaces for tests: copies that a test may change, thrown away at the end.

import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../..');

const isSource = (path) => basename(path) !== '.sparkform';

/** Copies a folder of the repository, without what runs left in it. */
export function copyWorkspace(path) {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'sparkform-workspace-')));
  const folder = join(parent, basename(path));
  cpSync(join(repository, path), folder, { recursive: true, filter: isSource });
  return {
    folder,
    /** Puts another copy of the same into a folder of the copy. */
    copyInto: (name) => cpSync(join(repository, path), join(folder, name), { recursive: true, filter: isSource }),
    /** Puts one of the real flight data's files into the copy, as a link: it is large. */
    linkDataset: (name, target) => symlinkSync(join(repository, 'node_modules/vega-datasets/data', name), join(folder, target)),
    /** Puts a table of the corpus into the copy. */
    copyTable: (name) => cpSync(join(repository, 'test/tables', name), join(folder, name), { recursive: true }),
    remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
