// The local runs of this window and the finished ones it finds on disk. Starts, follows and cancels them and puts failures on
// their lines; it tells its listeners what happens and never talks to the user.

import { EventEmitter, Uri, type Disposable, type Event, type WorkspaceFolder, workspace } from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import type { FinishedEvent } from '../../../shared/run/jobEvents';
import type { RunFailure } from '../../../shared/run/manifest';
import type { PlanStep, RunPlan } from '../../../shared/run/plan';
import { disposeAll, type Owned } from '../owned';
import { Refresher } from '../refresher';
import type { ResourcesStore } from '../views/resourcesStore';
import { folderPathOf } from '../workspaceFolders';
import type { LocalSpark, PlannedRun } from './localSpark';
import type { EditRecord, FailedDefinition, RunDiagnostics } from './runDiagnostics';
import { RunFolderWatcher } from './runFolderWatcher';
import { RunLog } from './runLog';
import { applyEvent, breakOff, runOfManifest, runOfPlan, type RunView } from './runView';

/** A run under way. `finished` never rejects: a run that could not even begin is a failed run. */
export interface LocalRun {
  readonly runId: string;
  readonly target: string;
  readonly finished: Promise<RunView>;
}

interface ActiveRun {
  readonly run: LocalRun;
  readonly stop: AbortController;
  /** Its id on disk, once it is known there. */
  storedId?: string;
}

/** Of the ids of this window's runs; those on disk begin with a date. */
const ownPrefix = 'window-';

/** Whether the run asked for the output of this definition. */
export function isRunOf({ target, root }: RunView, resource: ResourceNode): boolean {
  return target === resource.id && root === folderPathOf(resource);
}

export class LocalRuns implements Disposable {
  readonly #changed = new EventEmitter<string | undefined>();
  readonly #active = new Map<string, ActiveRun>();
  readonly #log = new RunLog();
  /** Of the runs of others: of the command line, or of a person who clears up. */
  readonly #watcher = new RunFolderWatcher(() => void this.loadHistory());
  readonly #owned: Owned[];
  #runs: readonly RunView[] = [];
  #count = 0;
  readonly #history = new Refresher(() => this.#readRuns());

  /** With the run's id; undefined when the list as a whole changed. */
  readonly onDidChange: Event<string | undefined> = this.#changed.event;

  constructor(
    private readonly spark: LocalSpark,
    private readonly diagnostics: RunDiagnostics,
    private readonly resources: ResourcesStore,
  ) {
    this.#owned = [
      this.#log,
      this.#changed,
      this.#watcher,
      workspace.onDidChangeWorkspaceFolders(() => void this.loadHistory()),
      resources.onDidChange(() => {
        diagnostics.retain((uri) => resources.inDocument(uri).length > 0);
      }),
    ];
  }

  /** Newest first. */
  get all(): readonly RunView[] {
    return this.#runs;
  }

  get hasActive(): boolean {
    return this.#active.size > 0;
  }

  withId(runId: string): RunView | undefined {
    return this.#runs.find((run) => run.runId === runId);
  }

  /** The newest run that asked for this definition. */
  lastRunOf(resource: ResourceNode): RunView | undefined {
    return this.#runs.find((run) => isRunOf(run, resource));
  }

  /** Whether an ended run kept only so many rows of its result. */
  async isLimited({ folder }: RunView): Promise<boolean> {
    return folder !== undefined && (await this.spark.isLimited(folder));
  }

  handleOf(runId: string): LocalRun | undefined {
    return this.#active.get(runId)?.run;
  }

  start(plan: RunPlan, folder: WorkspaceFolder): LocalRun {
    const root = folder.uri.fsPath;
    const runId = `${ownPrefix}${++this.#count}`;
    const view = runOfPlan(runId, root, plan, new Date());
    const stop = new AbortController();
    this.#runs = [view, ...this.#runs];
    this.#log.begin(view);
    const finished = this.#follow(runId, { plan, root, keep: this.resources.keepRuns }, stop.signal).then(() => {
      this.#active.delete(runId);
      void this.loadHistory();
      return this.withId(runId) ?? view;
    });
    const run: LocalRun = { runId, target: plan.target, finished };
    this.#active.set(runId, { run, stop });
    this.#changed.fire(undefined);
    return run;
  }

  /** Stops the Spark job at once; resolves when it has ended. */
  async cancel(runId: string): Promise<void> {
    const active = this.#active.get(runId);
    if (active === undefined) return;
    active.stop.abort();
    await active.run.finished;
  }

  /** Makes everything ready for a run, without one: answers what stands in the way. Rejects when the signal aborts. */
  prepare(report: (message: string) => void, signal: AbortSignal): Promise<RunFailure | undefined> {
    return this.spark.prepare(report, signal);
  }

  async stopSpark(): Promise<void> {
    for (const { stop } of this.#active.values()) stop.abort();
    await Promise.all([...this.#active.values()].map(({ run }) => run.finished));
    await this.spark.stop();
  }

  /** The log of this window's runs, or, written below it, that of an earlier run. */
  async showLog(runId?: string): Promise<void> {
    const run = runId === undefined ? undefined : this.withId(runId);
    if (run !== undefined && !run.runId.startsWith(ownPrefix)) await this.#log.replay(run);
    this.#log.show();
  }

  /** Reads the runs that are kept in the workspace folders; those that were removed there go here too. */
  loadHistory(): Promise<void> {
    return this.#history.refresh();
  }

  async #readRuns(): Promise<void> {
    const roots = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    await this.#watcher.follow(roots);
    // A run that ends meanwhile may be missing from what is found.
    const ended = new Set(this.#runs.filter(({ folder }) => folder !== undefined).map(({ runId }) => runId));
    const found = await Promise.all(
      roots.map(async (root) => (await this.spark.history(root)).map(({ manifest, folder }) => runOfManifest(manifest, root, folder))),
    );
    // A run of this window may be written down a moment before its last event arrives.
    const active = new Set([...this.#active.values()].map(({ storedId }) => storedId));
    const kept = new Map(found.flat().flatMap((run) => (active.has(run.runId) ? [] : [[run.folder, run]])));
    // What this window knows of a run is more than its manifest says. One whose folder is gone is forgotten.
    const own = this.#runs.filter(
      ({ runId, root, folder }) => this.#active.has(runId) || kept.has(folder) || (!ended.has(runId) && roots.includes(root)),
    );
    for (const { folder } of own) kept.delete(folder);
    this.#runs = [...own, ...kept.values()].toSorted((a, b) => b.started.getTime() - a.started.getTime());
    this.#changed.fire(undefined);
  }

  dispose(): void {
    for (const { stop } of this.#active.values()) stop.abort();
    disposeAll(this.#owned);
  }

  /** Never rejects. */
  async #follow(runId: string, planned: PlannedRun, signal: AbortSignal): Promise<void> {
    // From here on what the user types is not what runs.
    const record = this.diagnostics.record();
    const definitions = new Map(planned.plan.steps.map((step) => [step.id, this.#definitionOf(step, planned.root)]));
    try {
      for await (const event of this.spark.run(planned, signal)) {
        this.#log.write(event);
        if (event.event === 'state') this.#noteStored(runId, event.runId);
        // The end is told when its diagnostics are in place.
        if (event.event === 'finished') this.#finish(runId, event, definitions, record);
        else if (event.event !== 'log') this.#update(runId, (run) => applyEvent(run, event));
      }
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      this.#update(runId, (run) => breakOff(run, { phase: 'start', errorClass: name, message, suggestions: [] }));
    } finally {
      record.dispose();
    }
  }

  #noteStored(runId: string, storedId: string): void {
    const active = this.#active.get(runId);
    if (active !== undefined) active.storedId = storedId;
  }

  #finish(runId: string, event: FinishedEvent, definitions: ReadonlyMap<string, FailedDefinition>, record: EditRecord): void {
    const before = this.withId(runId);
    if (before === undefined) return;
    const after = applyEvent(before, event);
    this.diagnostics.clear(before.root, new Set(after.steps.filter(({ state }) => state === 'succeeded').map(({ id }) => id)));
    const { error, placed } = after;
    const definition = error === undefined ? undefined : definitions.get(error.step ?? after.target);
    // A failure to start Spark is nobody's definition's fault.
    const shown =
      error === undefined || placed === undefined || definition === undefined || error.phase === 'start'
        ? undefined
        : this.diagnostics.show(error, placed, definition, record);
    this.#update(runId, () => ({ ...after, placed: shown }));
  }

  /** The whole definition of a step, as far as the server has told it; otherwise what the plan knows of it. */
  #definitionOf({ id, uri, range }: PlanStep, root: string): FailedDefinition {
    const resource = this.resources.withId(`source:${id}`, Uri.file(root));
    return { id, root, uri, range: resource?.range ?? range };
  }

  #update(runId: string, change: (run: RunView) => RunView): void {
    this.#runs = this.#runs.map((run) => (run.runId === runId ? change(run) : run));
    this.#changed.fire(runId);
  }
}
