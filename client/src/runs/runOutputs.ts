// The results that local runs left of a definition, and which of them come before which. Pure.

import type { RunView } from './runView';

export interface RunOutput {
  /** Of the definition. */
  readonly id: string;
  readonly runId: string;
  /** The workspace folder: a path. */
  readonly root: string;
  /** The folder of parquet files. */
  readonly location: string;
  readonly rows: number | undefined;
  readonly seconds: number | undefined;
  /** When its run did. */
  readonly started: Date;
}

/** In the order of the runs: newest first. A result counts whether it was asked for or a step on the way. */
export function outputsOf(runs: readonly RunView[], id: string, root: string): readonly RunOutput[] {
  return runs.flatMap((run) => {
    const step = run.root === root ? run.steps.findLast((one) => one.id === id && one.state === 'succeeded') : undefined;
    if (step?.location === undefined) return [];
    return [{ id, runId: run.runId, root, location: step.location, rows: step.rows, seconds: step.seconds, started: run.started }];
  });
}

/** The newest of those that are older. */
export function outputBefore(outputs: readonly RunOutput[], output: RunOutput): RunOutput | undefined {
  return outputs
    .filter(({ started }) => started.getTime() < output.started.getTime())
    .reduce<RunOutput | undefined>((newest, one) => (newest && newest.started >= one.started ? newest : one), undefined);
}

/** The older one first. */
export function inOrder(one: RunOutput, other: RunOutput): readonly [RunOutput, RunOutput] {
  return one.started.getTime() <= other.started.getTime() ? [one, other] : [other, one];
}
