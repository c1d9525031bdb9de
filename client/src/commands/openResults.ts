// What runs left behind: the newest output of a definition, the result, the failure and the log of a run.

import { window } from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { targetStep } from '../runs/runView';
import { openTableAt } from './openTable';
import { hasOutput, kindText } from '../views/resourceItems';
import { pickResource } from './pickResource';
import { isRunNode, pickRun } from './pickRun';
import { runResource } from './runResource';
import type { Services } from './services';
import { showRange } from './showRange';

export async function preview(services: Services, argument: unknown, from: unknown): Promise<void> {
  const options = {
    placeHolder: 'Preview the newest output of',
    accepts: hasOutput,
    nothing: 'There is no transformation and no local data in this workspace that could be shown.',
  };
  const resource = await pickResource(services, argument, options, from);
  if (resource === undefined) return;
  if (!hasOutput(resource)) throw new Error(noOutput(resource));
  const output = resource.localPath ?? services.runs.newestOutputOf(resource);
  if (output !== undefined) {
    await openTableAt(output);
    return;
  }
  const run = 'Run';
  const message = `“${resource.id}” has no output yet. Run it on the local Spark?`;
  if ((await window.showInformationMessage(message, run)) === run) await runResource(services, resource.key);
}

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

function noOutput({ id, kind, type }: ResourceNode): string {
  if (type !== 'source') return `“${id}” is a ${kindText(kind)}; sources and the results of transformations can be previewed.`;
  return `The data of “${id}” is not on this machine. “locations” in sparkform.json says which local files stand for remote ones.`;
}
