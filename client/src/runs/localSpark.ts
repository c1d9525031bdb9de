// The Spark on this machine: made with the user's settings when it is first needed, kept warm between runs, gone with the
// extension. Nothing of it is loaded before that.

import { type Disposable, type ExtensionContext } from 'vscode';
import type { JobEvent } from '../../../shared/run/jobEvents';
import type { LocalExecutor } from '../../../shared/run/local/localExecutor';
import type { RunFailure } from '../../../shared/run/manifest';
import type { RunPlan } from '../../../shared/run/plan';
import type { StoredRun } from '../../../shared/run/runStore';
import { readLocalSparkSettings } from '../settings';

export interface PlannedRun {
  readonly plan: RunPlan;
  /** The workspace folder: runs are kept below it. */
  readonly root: string;
  /** How many runs are kept there. */
  readonly keep: number;
}

export class LocalSpark implements Disposable {
  #executor: { readonly executor: LocalExecutor; readonly settings: string } | undefined;
  #runs = 0;

  constructor(private readonly context: ExtensionContext) {}

  /** The events of a run, `finished` the last. Throws when the run could not even be written down. */
  async *run({ plan, root, keep }: PlannedRun, signal: AbortSignal): AsyncGenerator<JobEvent, void> {
    const [{ runJob }, { FileRunStore }] = await Promise.all([
      import('../../../shared/run/runJob'),
      import('../../../shared/run/local/fileRunStore'),
    ]);
    const executor = await this.#ready();
    this.#runs += 1;
    try {
      yield* runJob(plan, executor, { store: new FileRunStore({ root, keep }), signal });
    } finally {
      this.#runs -= 1;
    }
  }

  /** Sets up what runs need and starts Spark. Answers what stands in the way; rejects when the signal aborts. */
  async prepare(report: (message: string) => void, signal: AbortSignal): Promise<RunFailure | undefined> {
    return (await this.#ready()).warmUp(report, signal);
  }

  /** The finished runs that are kept in a workspace folder, newest first. */
  async history(root: string): Promise<readonly StoredRun[]> {
    const { FileRunStore } = await import('../../../shared/run/local/fileRunStore');
    // Listing removes nothing, so the limit does not matter.
    return new FileRunStore({ root, keep: Number.MAX_SAFE_INTEGER }).list();
  }

  /** Whether the run in this folder kept only so many rows of its result. */
  async isLimited(folder: string): Promise<boolean> {
    const { readRowLimit } = await import('../../../shared/run/local/fileRunStore');
    return (await readRowLimit(folder)) !== undefined;
  }

  async stop(): Promise<void> {
    const stopped = this.#executor;
    this.#executor = undefined;
    await stopped?.executor.dispose();
  }

  dispose(): void {
    void this.stop();
  }

  /** Changed settings take effect with a new Spark, as soon as nothing runs on the old one. */
  async #ready(): Promise<LocalExecutor> {
    const [{ createLocalExecutor }, { defaultCacheFolder }] = await Promise.all([
      import('../../../shared/run/local/localExecutor'),
      import('../../../shared/cacheFolder'),
    ]);
    const { pythonPath, javaHome, memory, idleMinutes } = readLocalSparkSettings();
    const settings = JSON.stringify([pythonPath, javaHome, memory, idleMinutes]);
    if (this.#executor !== undefined && (this.#executor.settings === settings || this.#runs > 0)) return this.#executor.executor;
    const outdated = this.#executor;
    const executor = createLocalExecutor({
      runnerFolder: this.context.asAbsolutePath('dist/runner'),
      cacheFolder: defaultCacheFolder(),
      idleMilliseconds: idleMinutes * 60_000,
      memory,
      ...(pythonPath === undefined ? {} : { python: pythonPath }),
      ...(javaHome === undefined ? {} : { javaHome }),
    });
    this.#executor = { executor, settings };
    await outdated?.executor.dispose();
    return executor;
  }
}
