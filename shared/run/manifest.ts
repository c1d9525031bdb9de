// What the runner reports: events while it runs (one JSON object a line) and, always, a manifest at the end
// (`result.json` in the run folder). Both are untrusted JSON to their readers.

import type { PlanRange } from './plan';

export interface Column {
  readonly name: string;
  /** Spark's simple form: `bigint`, `decimal(10,2)`, `struct<a:int>`. */
  readonly type: string;
  readonly nullable: boolean;
}

/** Where in the submitted text or the user's Python the failure happened. Offsets and characters in UTF-16 units. */
export type FailurePosition =
  | { readonly kind: 'sql'; readonly start: number; readonly end: number }
  /** One-based lines as Python counts, zero-based UTF-16 characters; columns only where Python (3.11 or later) knows them. */
  | {
      readonly kind: 'python';
      readonly fileName: string;
      readonly line: number;
      readonly character?: number;
      readonly endLine?: number;
      readonly endCharacter?: number;
    };

export interface RunFailure {
  /** The step it belongs to; undefined when the run failed before the first or outside any. */
  readonly step?: string;
  readonly phase: 'start' | 'input' | 'analyse' | 'execute' | 'write';
  /** The exception's class (`AnalysisException`, `ZeroDivisionError`) and Spark's error condition, where it has one. */
  readonly errorClass: string;
  readonly condition?: string;
  /** For people: the cause without the stack, without the query's echo. */
  readonly message: string;
  /** Names Spark suggested instead of an unknown one. */
  readonly suggestions: readonly string[];
  readonly position?: FailurePosition;
  /** The traceback's user frames or the Java cause chain, for the log. */
  readonly detail?: string;
}

export interface StepResult {
  readonly id: string;
  readonly state: 'succeeded' | 'failed' | 'cancelled' | 'skipped';
  readonly seconds: number;
  readonly rows?: number;
  readonly columns?: readonly Column[];
  /** The folder of parquet files that was written: an absolute path or an s3 URI. */
  readonly location?: string;
}

export interface RunManifest {
  readonly version: 1;
  readonly runId: string;
  readonly target: string;
  readonly state: 'succeeded' | 'failed' | 'cancelled';
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly seconds: number;
  readonly sparkVersion?: string;
  readonly pythonVersion?: string;
  readonly steps: readonly StepResult[];
  readonly error?: RunFailure;
}

export type RunnerEvent =
  | { readonly event: 'sessionReady'; readonly sparkVersion: string; readonly pythonVersion: string }
  | { readonly event: 'runStarted'; readonly runId: string; readonly steps: number }
  | { readonly event: 'stepStarted'; readonly id: string; readonly index: number; readonly of: number }
  | { readonly event: 'stepProgress'; readonly id: string; readonly tasksDone: number; readonly tasksTotal: number }
  | ({ readonly event: 'stepFinished' } & StepResult)
  /** `sessionEnds`: the program that ran it ends as well; the next run needs another. */
  | { readonly event: 'runFinished'; readonly manifest: RunManifest; readonly sessionEnds?: boolean };

/** A failure put on its line: what an editor shows as a diagnostic. */
export interface PlacedFailure {
  readonly uri: string;
  readonly range: PlanRange;
  readonly message: string;
  readonly suggestions: readonly string[];
}
