// What runs left behind: the result, the failure and the log of a run.

import { targetStep } from '../runs/runView';
import { openTableAt } from './openTable';
import { isRunNode, pickRun } from './pickRun';
import type { Services } from './services';
import { showRange } from './showRange';

export async function openRunResult(services: Services, argument: unknown): Promise<void> {
  const run = await pickRun(services, argument, 'Open the result of', ({ state }) => state === 'succeeded' || state === 'failed');
  if (run === undefined) return;
  const stepId = isRunNode(argument) ? argument.step : undefined;
  const step = stepId === undefined ? targetStep(run) : run.steps.find(({ id }) => id === stepId);
  if (step?.location === undefined) throw new Error(`This run of “${run.target}” has no result.`);
  await openTableAt(step.location);
}

export async function openRunFailure(services: Services, argument: unknown): Promise<void> {
  const run = await pickRun(services, argument, 'Go to the failure of', ({ state }) => state === 'failed');
  if (run === undefined) return;
  if (run.placed === undefined) await services.runs.showLog(run.runId);
  else await showRange(run.placed.uri, run.placed.range);
}

export async function showRunLog(services: Services, argument: unknown): Promise<void> {
  const run = await pickRun(services, argument, 'Show the log of', () => true);
  if (run !== undefined) await services.runs.showLog(run.runId);
}
