// What `runJob` tells while a job runs: the runner's own events, and what only the side that drives it knows. One of these
// is one line of `run --format json` and of a run's `events.jsonl`.

import type { LogEvent } from './executor';
import type { Column, RunFailure, RunnerEvent } from './manifest';
import type { PlanRange } from './plan';

export type JobState = 'staging' | 'submitted' | 'running' | 'collecting' | 'succeeded' | 'failed' | 'cancelled';

export type FinalState = Extract<JobState, 'succeeded' | 'failed' | 'cancelled'>;

export type JobEvent =
  | { readonly event: 'state'; readonly state: JobState; readonly runId: string }
  /** A sentence for people about the preparations. */
  | { readonly event: 'preparing'; readonly message: string }
  | Exclude<RunnerEvent, { readonly event: 'runFinished' }>
  | LogEvent
  | FinishedEvent;

/** Always the last one. */
export interface FinishedEvent {
  readonly event: 'finished';
  readonly state: FinalState;
  readonly runId: string;
  /** The run's folder. */
  readonly folder: string;
  readonly seconds: number;
  /** What was written, in the order of the steps; also when a later step failed. */
  readonly outputs: readonly JobOutput[];
  readonly error?: JobFailure;
}

export interface JobOutput {
  readonly id: string;
  readonly location: string;
  readonly rows?: number;
  readonly columns: readonly Column[];
}

/** A failure with its place in the user's files. */
export type JobFailure = RunFailure & { readonly uri: string; readonly range: PlanRange };
