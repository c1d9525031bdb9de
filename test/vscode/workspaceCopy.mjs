// Workspaces for tests: copies that a test may change, thrown away at the end.

import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

const require = createRequire(import.meta.url);
const repository = resolve(import.meta.dirname, '../..');

/** Copies a folder of the repository, without what runs left in it. */
export function copyWorkspace(path) {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'sparkform-workspace-')));
  const folder = join(parent, basename(path));
  cpSync(join(repository, path), folder, { recursive: true, filter: (source) => basename(source) !== '.sparkform' });
  return {
    folder,
    /** Puts one of the real flight data's files into the copy, as a link: it is large. */
    linkDataset: (name, target) =>
      symlinkSync(join(dirname(require.resolve('vega-datasets/package.json')), 'data', name), join(folder, target)),
    remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
