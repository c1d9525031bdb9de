// How the newest run of each definition went, whether it was asked for or a step on the way to another.

import type { LastRun } from '../../../shared/lineage/lineageGraph';
import { isActive, type RunView, type StepView } from '../runs/runView';
import { formatRows, formatSeconds } from '../views/formatRun';

/** Names a definition among the runs of all folders. */
export function runKey(root: string, id: string): string {
  return `${root}\n${id}`;
}

/**
 * By `runKey`.
 * @param runs newest first.
 * @param known what was told before: what is equal stays the same object.
 */
export function lastRunsOf(runs: readonly RunView[], known: ReadonlyMap<string, LastRun> = new Map()): ReadonlyMap<string, LastRun> {
  const found = new Map<string, LastRun>();
  for (const run of runs) {
    const ids = new Set([run.target, ...run.steps.map(({ id }) => id)]);
    for (const id of ids) {
      const key = runKey(run.root, id);
      const state = found.has(key) ? undefined : stateOf(run, id);
      if (state === undefined) continue;
      const message = messageOf(run, id, state);
      const last: LastRun = { state, started: run.started.getTime(), ...(message !== undefined && { message }) };
      const before = known.get(key);
      found.set(key, before !== undefined && isSame(before, last) ? before : last);
    }
  }
  return found;
}

/** Undefined where the run did not come to the definition. */
function stateOf(run: RunView, id: string): LastRun['state'] | undefined {
  if (id === run.target) return isActive(run) ? 'running' : run.state === 'preparing' ? undefined : run.state;
  const state = stepOf(run, id)?.state;
  return state === 'waiting' || state === 'skipped' ? undefined : state;
}

function messageOf(run: RunView, id: string, state: LastRun['state']): string | undefined {
  const { error } = run;
  switch (state) {
    case 'succeeded': {
      const step = stepOf(run, id);
      return (
        [formatRows(step?.rows), formatSeconds(step?.seconds ?? run.seconds)].filter((part) => part !== undefined).join(' · ') || undefined
      );
    }
    case 'failed': {
      const cause = error?.message.split('\n', 1)[0];
      return error?.step === undefined || error.step === id ? cause : [`In ${error.step}`, cause].filter(Boolean).join(': ');
    }
    case 'cancelled':
    case 'running':
      return undefined;
  }
}

function stepOf({ steps }: RunView, id: string): StepView | undefined {
  return steps.findLast((step) => step.id === id);
}

function isSame(one: LastRun, other: LastRun): boolean {
  return one.state === other.state && one.started === other.started && one.message === other.message;
}
