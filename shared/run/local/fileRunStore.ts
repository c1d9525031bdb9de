// Runs on disk, under `.sparkform/runs/<runId>/`: `plan.json`, `events.jsonl`, `result.json` and the outputs in Featureform's
// layout. A run without `result.json` is under way, or its program died.

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunManifest } from '../manifest';
import { parseManifest } from '../parseManifest';
import { parseRunPlan } from '../parseRunPlan';
import type { RunPlan } from '../plan';
import { newRunId } from '../runId';
import type { OpenRun, RunStore, StoredOutput, StoredRun } from '../runStore';
import { parseUntrustedText } from '../untrustedJson';

export interface FileRunStoreOptions {
  /** The folder that `.sparkform` is made in: the workspace's root. */
  readonly root: string;
  /** How many runs are kept. */
  readonly keep: number;
}

/** A run without a result that is older than this died; younger ones may belong to another program. */
const ABANDONED_AFTER_MILLISECONDS = 2 * 24 * 3_600_000;
/** Folders on their way out; the name cannot be a run's. */
const REMOVED_PREFIX = '.removed-';

/** How many rows of its result the run in a folder was asked to keep; undefined for all of them. */
export async function readRowLimit(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, 'plan.json'), 'utf8').catch(() => '');
  const parsed = parseUntrustedText(text, (value) => value);
  const plan = parsed.kind === 'valid' ? parseRunPlan(parsed.value) : parsed;
  return plan.kind === 'valid' ? plan.value.limit : undefined;
}

export class FileRunStore implements RunStore {
  private readonly home: string;
  private readonly runs: string;

  constructor(private readonly options: FileRunStoreOptions) {
    this.home = join(options.root, '.sparkform');
    this.runs = join(this.home, 'runs');
  }

  async begin(plan: RunPlan, runId = newRunId()): Promise<OpenRun> {
    const folder = join(this.runs, runId);
    await mkdir(this.runs, { recursive: true });
    // Not for version control, without a line in the user's own file.
    await writeFile(join(this.home, '.gitignore'), '*\n', { flag: 'wx' }).catch(ignoreExisting);
    await mkdir(folder);
    await writeWhole(join(folder, 'plan.json'), JSON.stringify(plan, undefined, 2));
    const log = createWriteStream(join(folder, 'events.jsonl'), { flags: 'a' });
    await once(log, 'open');
    return new OpenFileRun(runId, folder, log, () => this.prune());
  }

  async list(): Promise<readonly StoredRun[]> {
    const runs = await Promise.all((await this.folders()).map((name) => this.readRun(name)));
    return runs.filter((run) => run !== undefined);
  }

  async newestOutput(id: string, options: { readonly complete?: boolean } = {}): Promise<StoredOutput | undefined> {
    for (const name of await this.folders()) {
      const run = await this.readRun(name);
      const step = run?.manifest.steps.find((one) => one.id === id && one.state === 'succeeded');
      if (run === undefined || step?.location === undefined || !(await exists(step.location))) continue;
      const limited = id === run.manifest.target && (await readRowLimit(run.folder)) !== undefined;
      if (limited && options.complete === true) continue;
      const { location, rows, columns = [] } = step;
      return { runId: run.runId, id, location, rows, columns, started: run.manifest.started, limited };
    }
    return undefined;
  }

  /** Names of run folders, newest first: they begin with their time. */
  private async folders(): Promise<readonly string[]> {
    const entries = await readdir(this.runs, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name);
    return names.sort().reverse();
  }

  private async readRun(runId: string): Promise<StoredRun | undefined> {
    const folder = join(this.runs, runId);
    const text = await readFile(join(folder, 'result.json'), 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    const parsed = parseUntrustedText(text, (value) => value);
    const manifest = parsed.kind === 'valid' ? parseManifest(parsed.value) : parsed;
    return manifest.kind === 'valid' ? { runId, folder, manifest: manifest.value } : undefined;
  }

  private async prune(): Promise<void> {
    const entries = await readdir(this.runs).catch(() => []);
    const leftovers = entries.filter((name) => name.startsWith(REMOVED_PREFIX));
    let kept = 0;
    const surplus: string[] = [];
    for (const name of await this.folders()) {
      if (await this.isUnderWay(name)) continue;
      kept += 1;
      if (kept > this.options.keep) surplus.push(name);
    }
    for (const name of surplus) {
      const removed = REMOVED_PREFIX + name;
      // First out of sight, then removed: nobody sees half a run. A run that another program removes is gone as well.
      await rename(join(this.runs, name), join(this.runs, removed)).then(
        () => leftovers.push(removed),
        () => undefined,
      );
    }
    await Promise.all(leftovers.map((name) => rm(join(this.runs, name), { recursive: true, force: true }).catch(() => undefined)));
  }

  private async isUnderWay(name: string): Promise<boolean> {
    const folder = join(this.runs, name);
    if (await exists(join(folder, 'result.json'))) return false;
    const info = await stat(folder).catch(() => undefined);
    return info !== undefined && Date.now() - info.mtimeMs < ABANDONED_AFTER_MILLISECONDS;
  }
}

class OpenFileRun implements OpenRun {
  private logProblem: Error | undefined;

  constructor(
    readonly runId: string,
    readonly folder: string,
    private readonly log: WriteStream,
    private readonly prune: () => Promise<void>,
  ) {
    this.log.on('error', (error) => {
      this.logProblem = error;
    });
  }

  record(event: object): void {
    if (this.logProblem === undefined) this.log.write(`${JSON.stringify(event)}\n`);
  }

  async finish(manifest: RunManifest): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.logProblem === undefined) this.log.end(resolve);
      else resolve();
      this.log.once('error', () => {
        resolve();
      });
    });
    await this.removeUnfinishedOutputs(manifest);
    const result = join(this.folder, 'result.json');
    if (!(await exists(result))) await writeWhole(result, `${JSON.stringify(manifest, undefined, 2)}\n`);
    await this.prune();
  }

  /** What a step had begun to write when it failed, or when its program died. */
  private async removeUnfinishedOutputs(manifest: RunManifest): Promise<void> {
    const whole = new Set(manifest.steps.flatMap((step) => (step.state === 'succeeded' ? [step.location] : [])));
    const top = join(this.folder, 'featureform', 'Transformation');
    for (const name of await readdir(top).catch(() => [])) {
      for (const variant of await readdir(join(top, name)).catch(() => [])) {
        for (const time of await readdir(join(top, name, variant)).catch(() => [])) {
          const output = join(top, name, variant, time);
          if (!whole.has(output)) await rm(output, { recursive: true, force: true });
        }
      }
    }
  }
}

/** A file that is there as a whole or not at all. */
async function writeWhole(path: string, text: string): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  await writeFile(partial, text);
  await rename(partial, path);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
