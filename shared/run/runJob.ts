// Drives a plan through an executor: staging, submitted, running, collecting, and one of the three ends. What happens on the
// way is told as events, the end as the last of them; it is told only when it is on disk.

import { AsyncQueue } from './asyncQueue';
import type { Executor, Job, StagedJob, SubmittedJob } from './executor';
import type { FinalState, FinishedEvent, JobEvent, JobOutput, JobState } from './jobEvents';
import type { RunFailure, RunManifest, StepResult } from './manifest';
import { placeFailure } from './placeFailure';
import type { RunPlan } from './plan';
import type { OpenRun, RunStore } from './runStore';

export interface RunJobOptions {
  readonly store: RunStore;
  /** Aborting it cancels the job; the events go on until it has stopped. */
  readonly signal?: AbortSignal;
  /** A fresh one of `newRunId`, for who needs it before the run begins. */
  readonly runId?: string;
}

/**
 * Runs a plan. The last event is `finished`, whatever happened. Leaving the iteration early cancels the job.
 * Throws only when the run could not be opened or written down: a full disk, a folder without write permission.
 */
export async function* runJob(plan: RunPlan, executor: Executor, options: RunJobOptions): AsyncGenerator<JobEvent, void> {
  const resolved = plan.engine === 'local' ? await useStoredResults(plan, options.store) : plan;
  const run = await options.store.begin(resolved, options.runId);
  const abandoned = new AbortController();
  const signal = options.signal === undefined ? abandoned.signal : AbortSignal.any([options.signal, abandoned.signal]);
  const events = new AsyncQueue<JobEvent>();
  const driver = new JobDriver({ runId: run.runId, plan: resolved, folder: run.folder }, executor, run, events, signal);
  const driven = driver.drive().finally(() => {
    events.end();
  });
  // Its failure is thrown below, after the events; until then it is not unhandled.
  driven.catch(() => undefined);
  try {
    yield* events;
  } finally {
    abandoned.abort();
    await driven;
  }
}

/** Fills in where the results are that the plan reads and does not compute; the runner refuses those that are nowhere. */
async function useStoredResults(plan: RunPlan, store: RunStore): Promise<RunPlan> {
  const inputs = await Promise.all(
    plan.inputs.map(async (input) => {
      if (input.produced !== true || input.localPath !== undefined) return input;
      const output = await store.newestOutput(input.id, { complete: true });
      return output === undefined ? input : { ...input, localPath: output.location };
    }),
  );
  return { ...plan, inputs };
}

class JobDriver {
  private readonly started = new Date();
  /** What was heard of each step, for a run whose runner does not get to write it down. */
  private readonly finishedSteps = new Map<string, StepResult>();
  private currentStep: { readonly id: string; readonly since: number } | undefined;

  constructor(
    private readonly job: Job,
    private readonly executor: Executor,
    private readonly run: OpenRun,
    private readonly events: AsyncQueue<JobEvent>,
    private readonly signal: AbortSignal,
  ) {}

  async drive(): Promise<void> {
    let manifest: RunManifest;
    try {
      manifest = await this.execute();
    } catch (error) {
      manifest = this.signal.aborted ? this.endEarly('cancelled') : this.endEarly('failed', failureOf(error));
    }
    // Written down first, told afterwards: who hears of the end finds it on disk.
    const ending: readonly JobEvent[] = [{ event: 'state', state: manifest.state, runId: this.job.runId }, this.finishedEvent(manifest)];
    for (const event of ending) this.run.record(event);
    await this.run.finish(manifest);
    for (const event of ending) this.events.push(event);
  }

  private async execute(): Promise<RunManifest> {
    this.enter('staging');
    this.signal.throwIfAborted();
    const answer = await this.executor.stage(
      this.job,
      (message) => {
        this.tell({ event: 'preparing', message });
      },
      this.signal,
    );
    if (answer.kind === 'refused') return this.endEarly('failed', answer.failure);
    const submitted = await this.submit(answer.job);
    await this.follow(submitted);
    this.enter('collecting');
    const collected = await submitted.collect();
    if (collected.kind === 'manifest') return collected.manifest;
    return this.signal.aborted ? this.endEarly('cancelled') : this.endEarly('failed', collected.failure);
  }

  private async submit(staged: StagedJob): Promise<SubmittedJob> {
    const submitted = await staged.submit(this.signal);
    this.enter('submitted');
    return submitted;
  }

  private async follow(submitted: SubmittedJob): Promise<void> {
    const cancel = (): void => {
      submitted.cancel();
    };
    this.signal.addEventListener('abort', cancel, { once: true });
    if (this.signal.aborted) cancel();
    try {
      for await (const event of submitted.events) {
        if (event.event === 'runStarted') this.enter('running');
        if (event.event === 'stepStarted') this.currentStep = { id: event.id, since: Date.now() };
        if (event.event === 'stepFinished') this.finishStep(event);
        // The manifest speaks for the end of the run, once it is collected.
        if (event.event !== 'runFinished') this.tell(event);
      }
    } finally {
      this.signal.removeEventListener('abort', cancel);
    }
  }

  private finishStep({ id, state, seconds, rows, columns, location }: StepResult): void {
    this.finishedSteps.set(id, {
      id,
      state,
      seconds,
      ...(rows === undefined ? {} : { rows }),
      ...(columns === undefined ? {} : { columns }),
      ...(location === undefined ? {} : { location }),
    });
    this.currentStep = undefined;
  }

  private enter(state: JobState): void {
    this.tell({ event: 'state', state, runId: this.job.runId });
  }

  private tell(event: JobEvent): void {
    this.run.record(event);
    this.events.push(event);
  }

  /** The manifest of a run that the runner did not get to write one for. The step under way shares the fate of the run. */
  private endEarly(state: Exclude<FinalState, 'succeeded'>, error?: RunFailure): RunManifest {
    const { plan, runId } = this.job;
    const current = this.currentStep;
    const steps = plan.steps.map(({ id }): StepResult => {
      if (id === current?.id) return { id, state, seconds: (Date.now() - current.since) / 1000 };
      return this.finishedSteps.get(id) ?? { id, state: 'skipped', seconds: 0 };
    });
    return {
      version: 1,
      runId,
      target: plan.target,
      state,
      started: this.started.toISOString(),
      seconds: (Date.now() - this.started.getTime()) / 1000,
      steps,
      ...(error === undefined ? {} : { error: current === undefined ? error : { step: current.id, ...error } }),
    };
  }

  private finishedEvent(manifest: RunManifest): FinishedEvent {
    const outputs = manifest.steps.flatMap((step): JobOutput[] =>
      step.state === 'succeeded' && step.location !== undefined
        ? [
            {
              id: step.id,
              location: step.location,
              ...(step.rows === undefined ? {} : { rows: step.rows }),
              columns: step.columns ?? [],
            },
          ]
        : [],
    );
    return {
      event: 'finished',
      state: manifest.state,
      runId: this.job.runId,
      folder: this.job.folder,
      seconds: (Date.now() - this.started.getTime()) / 1000,
      outputs,
      ...(manifest.error === undefined ? {} : { error: { ...manifest.error, ...placeFailure(manifest.error, this.job.plan) } }),
    };
  }
}

/** The outside world failed an executor in a way that it did not foresee. */
function failureOf(error: unknown): RunFailure {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { phase: 'start', errorClass: name, message, suggestions: [] };
}
