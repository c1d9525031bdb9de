// What can run a plan: a Spark on this machine, a cluster. `runJob` drives one through these calls in this order:
// stage, submit, iterate over the events, collect.

import type { RunFailure, RunManifest, RunnerEvent } from './manifest';
import type { RunPlan } from './plan';

export interface Job {
  readonly runId: string;
  readonly plan: RunPlan;
  /** The run's own folder, an absolute local path. It holds `plan.json`, and `result.json` in the end. */
  readonly folder: string;
}

/** What a program printed: Spark's complaints, the user's own prints. */
export interface LogEvent {
  readonly event: 'log';
  readonly text: string;
}

export interface Executor {
  readonly engine: RunPlan['engine'];
  /**
   * Makes ready what the job needs, which may take minutes the first time; `report` gets a sentence for people at each
   * stage. What stands in the way of the job is a refusal. Rejects when the signal aborts.
   */
  stage(job: Job, report: (message: string) => void, signal: AbortSignal): Promise<StageAnswer>;
  /** Ends what is kept between jobs. */
  dispose(): Promise<void>;
}

export type StageAnswer = { readonly kind: 'staged'; readonly job: StagedJob } | { readonly kind: 'refused'; readonly failure: RunFailure };

export interface StagedJob {
  /** Hands the job over. Rejects when the signal aborts before anything was handed over. */
  submit(signal: AbortSignal): Promise<SubmittedJob>;
}

export interface SubmittedJob {
  /** Ends when the job has ended, however it did. To be iterated once. */
  readonly events: AsyncIterable<RunnerEvent | LogEvent>;
  /** Asks the job to stop; its events end soon after. More than once is the same as once. */
  cancel(): void;
  /** After the events have ended: the manifest, or why there is none. */
  collect(): Promise<CollectAnswer>;
}

export type CollectAnswer =
  { readonly kind: 'manifest'; readonly manifest: RunManifest } | { readonly kind: 'lost'; readonly failure: RunFailure };
