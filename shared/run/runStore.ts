// Where runs are remembered. The implementation on disk is `local/fileRunStore.ts`.

import type { Column, RunManifest } from './manifest';
import type { RunPlan } from './plan';

export interface RunStore {
  /** Opens a new run: its folder exists and holds the plan. `runId`: a fresh one of `newRunId`, for who needs it before. */
  begin(plan: RunPlan, runId?: string): Promise<OpenRun>;
  /** All finished runs, newest first. */
  list(): Promise<readonly StoredRun[]>;
  /** The newest result of an id that is still there. `complete`: results that a row limit cut short do not count. */
  newestOutput(id: string, options?: { readonly complete?: boolean }): Promise<StoredOutput | undefined>;
}

export interface OpenRun {
  readonly runId: string;
  readonly folder: string;
  /** Appends to the run's log. */
  record(event: object): void;
  /** Closes the run: the manifest is on disk, nothing half-written is, and the oldest runs beyond the limit are gone. */
  finish(manifest: RunManifest): Promise<void>;
}

export interface StoredRun {
  readonly runId: string;
  readonly folder: string;
  readonly manifest: RunManifest;
}

export interface StoredOutput {
  readonly runId: string;
  readonly id: string;
  /** The folder of parquet files. */
  readonly location: string;
  readonly rows: number | undefined;
  readonly columns: readonly Column[];
  /** ISO 8601, UTC: when the run started. */
  readonly started: string;
  /** Whether a row limit cut it short. */
  readonly limited: boolean;
}
