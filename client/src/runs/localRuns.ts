// The local runs of this window and the finished ones it finds on disk. Starts, follows and cancels them and puts failures on
// their lines; it tells its listeners what happens and never talks to the user.

import { EventEmitter, type Disposable, type Event, type WorkspaceFolder, workspace } from 'vscode';
import type { PlacedFailure, RunFailure } from '../../../shared/run/manifest';
import type { PlanStep, RunPlan } from '../../../shared/run/plan';
import type { ResourcesStore } from '../views/resourcesStore';
import type { LocalSpark, Preparation, SparkRun } from './localSpark';
import type { EditRecord, FailedDefinition, RunDiagnostics } from './runDiagnostics';
import { applyEvent, finishRun, runOfManifest, runOfPlan, type RunView } from './runView';

/** A run under way. `finished` never rejects: a run that could not even begin is a failed run. */
export interface LocalRun {
  readonly runId: string;
  readonly target: string;
  readonly finished: Promise<RunView>;
}

export class LocalRuns implements Disposable {
  readonly #changed = new EventEmitter<string | undefined>();
  readonly #active = new Map<string, { readonly run: LocalRun; readonly stop: AbortController }>();
  #runs: readonly RunView[] = [];

  /** With the run's id; undefined when the list as a whole changed. */
  readonly onDidChange: Event<string | undefined> = this.#changed.event;

  constructor(
    private readonly spark: LocalSpark,
    private readonly diagnostics: RunDiagnostics,
    private readonly resources: ResourcesStore,
  ) {}

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

  /** The newest run that asked for this id. */
  lastRunOf(id: string): RunView | undefined {
    return this.#runs.find(({ target }) => target === id);
  }

  /** The folder of the newest output of this id, whether it was asked for or a step on the way. */
  newestOutputOf(id: string): string | undefined {
    for (const { steps } of this.#runs) {
      const step = steps.find((one) => one.id === id && one.state === 'succeeded' && one.location !== undefined);
      if (step !== undefined) return step.location;
    }
    return undefined;
  }

  handleOf(runId: string): LocalRun | undefined {
    return this.#active.get(runId)?.run;
  }

  start(plan: RunPlan, folder: WorkspaceFolder): LocalRun {
    const root = folder.uri.fsPath;
    const stop = new AbortController();
    const job = this.spark.begin(plan, root);
    const { runId } = job;
    // From here on what the user types is not what runs.
    const record = this.diagnostics.record();
    const definitions = new Map(plan.steps.map((step) => [step.id, this.#definitionOf(step)]));
    this.#runs = [runOfPlan(runId, root, plan, new Date()), ...this.#runs];
    const finished = this.#follow(job, definitions, record, stop.signal).finally(() => {
      record.dispose();
      this.#active.delete(runId);
      this.#changed.fire(runId);
    });
    const run: LocalRun = {
      runId,
      target: plan.target,
      finished: finished.then(() => this.withId(runId) ?? runOfPlan(runId, root, plan, new Date())),
    };
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

  /** Makes everything ready for a run, without one. */
  prepare(report: (message: string) => void, signal: AbortSignal): Promise<Preparation> {
    return this.spark.prepare(report, signal);
  }

  async stopSpark(): Promise<void> {
    for (const { stop } of this.#active.values()) stop.abort();
    await Promise.all([...this.#active.values()].map(({ run }) => run.finished));
    await this.spark.stop();
  }

  /** The log of a run, or of what Spark says now. */
  showLog(runId?: string): void {
    this.spark.showLog(runId === undefined ? undefined : this.withId(runId)?.folder);
  }

  /** Reads the runs that are kept in the workspace folders; those that were removed there go here too. */
  async loadHistory(): Promise<void> {
    const roots = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const found = await Promise.all(
      roots.map(async (root) => (await this.spark.history(root)).map(({ manifest, folder }) => runOfManifest(manifest, root, folder))),
    );
    const kept = new Map(found.flat().map((run) => [run.runId, run]));
    // What this window knows of a run is more than its manifest says.
    const own = this.#runs.filter(
      ({ runId, root, folder }) => this.#active.has(runId) || kept.has(runId) || (folder === undefined && roots.includes(root)),
    );
    for (const { runId } of own) kept.delete(runId);
    this.#runs = [...own, ...kept.values()].toSorted((a, b) => b.started.getTime() - a.started.getTime());
    this.#changed.fire(undefined);
  }

  dispose(): void {
    for (const { stop } of this.#active.values()) stop.abort();
    this.#changed.dispose();
  }

  async #follow(job: SparkRun, definitions: ReadonlyMap<string, FailedDefinition>, record: EditRecord, signal: AbortSignal): Promise<void> {
    const { runId } = job;
    const outcome = await job.execute(
      {
        preparing: (message) => {
          this.#update(runId, (run) => ({ ...run, preparation: message }));
        },
        event: (event) => {
          this.#update(runId, (run) => applyEvent(run, event));
        },
      },
      signal,
    );
    if (outcome.kind === 'finished') {
      const placed = outcome.manifest.error && this.#place(outcome.manifest.error, outcome.placed, definitions, record);
      this.#update(runId, (run) => ({ ...finishRun(run, outcome.manifest), folder: outcome.folder, placed }));
    } else {
      const state = outcome.kind === 'cancelled' ? 'cancelled' : 'failed';
      const error = outcome.kind === 'failed' ? outcome.error : undefined;
      this.#update(runId, (run) => ({ ...run, state, error, preparation: undefined }));
    }
    this.diagnostics.clear(new Set((this.withId(runId)?.steps ?? []).filter(({ state }) => state === 'succeeded').map(({ id }) => id)));
  }

  #place(
    error: RunFailure,
    placed: PlacedFailure | undefined,
    definitions: ReadonlyMap<string, FailedDefinition>,
    record: EditRecord,
  ): PlacedFailure | undefined {
    const definition = error.step === undefined ? undefined : definitions.get(error.step);
    if (placed === undefined || definition === undefined) return placed;
    return this.diagnostics.show(error, placed, definition, record);
  }

  /** The whole definition of a step, as far as the server has told it; otherwise what the plan knows of it. */
  #definitionOf({ id, uri, range }: PlanStep): FailedDefinition {
    const resource = this.resources.withId(`source:${id}`);
    return { id, uri, range: resource?.range ?? range };
  }

  #update(runId: string, change: (run: RunView) => RunView): void {
    this.#runs = this.#runs.map((run) => (run.runId === runId ? change(run) : run));
    this.#changed.fire(runId);
  }
}
