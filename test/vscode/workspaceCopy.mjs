// Workspaces for tests: copies that a test may change, thrown away at the end.

import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
    /** A run as the command line leaves it: of a day that its id begins with, its result a table of the copy. */
    writeRun: (runId, id, table) => {
      const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})-/.exec(runId);
      const step = { id, state: 'succeeded', seconds: 2, rows: 3, location: join(folder, table) };
      const manifest = {
        version: 1,
        runId,
        target: id,
        state: 'succeeded',
        started: `${year}-${month}-${day}T03:04:05.678Z`,
        seconds: 2.5,
        steps: [step],
      };
      mkdirSync(join(folder, '.sparkform/runs', runId), { recursive: true });
      writeFileSync(join(folder, '.sparkform/runs', runId, 'result.json'), JSON.stringify(manifest));
    },
    remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
