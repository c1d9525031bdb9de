// Comparing what runs left behind: a result with that of the run before, or any two results of a definition and its variants.

import { access } from 'node:fs/promises';
import { QuickPickItemKind, Uri, window, type QuickPickItem } from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { targetStep } from '../runs/runView';
import { formatRows, formatSeconds, formatTime } from '../views/formatRun';
import { folderPathOf } from '../workspaceFolders';
import { inOrder, outputBefore, outputsOf, type RunOutput } from '../runs/runOutputs';
import { compareTables } from './compareTables';
import { pickResource } from './pickResource';
import { isRunNode, pickRun } from './pickRun';
import type { Services } from './services';

export async function compareWithRunBefore(services: Services, argument: unknown): Promise<void> {
  const run = await pickRun(services, argument, 'Compare with the run before', ({ state }) => state === 'succeeded' || state === 'failed');
  if (run === undefined) return;
  const id = (isRunNode(argument) ? argument.step : undefined) ?? targetStep(run)?.id ?? run.target;
  const outputs = await existing(outputsOf(services.runs.all, id, run.root));
  const output = outputs.find(({ runId }) => runId === run.runId);
  if (output === undefined) throw new Error(`This run of “${run.target}” has no result of “${id}” to compare.`);
  const before = outputBefore(outputs, output);
  if (before === undefined) void window.showInformationMessage(`There is no earlier result of “${id}” to compare with.`);
  else await compareOutputs(services, before, output);
}

export async function compareResults(services: Services, argument: unknown, from: unknown): Promise<void> {
  const options = {
    placeHolder: 'Compare results of',
    accepts: ({ runnable }: ResourceNode) => runnable,
    nothing: 'There is no transformation in this workspace that could be run.',
  };
  const resource = await pickResource(services, argument, options, from);
  if (resource === undefined) return;
  const outputs = await outputsOfVariants(services, resource);
  if (outputs.length < 2) {
    void window.showInformationMessage(`There are no two results of “${resource.id}” or its other variants to compare.`);
    return;
  }
  const title = `Compare Results of ${resource.id}`;
  const first = await pickOutput(outputs, resource, { title, placeHolder: 'Compare' });
  if (first === undefined) return;
  const others = outputs.filter((output) => output !== first);
  const second = await pickOutput(others, resource, { title, placeHolder: `Compare ${describe(first)} with` });
  if (second !== undefined) await compareOutputs(services, ...inOrder(first, second));
}

/** The definition's own results first. */
async function outputsOfVariants({ resources, runs }: Services, resource: ResourceNode): Promise<readonly RunOutput[]> {
  const root = folderPathOf(resource);
  if (root === undefined) return [];
  const variants = resources.resources.filter(
    (one) => one.type === resource.type && one.name === resource.name && one.id !== resource.id && folderPathOf(one) === root,
  );
  const ids = new Set([resource, ...variants].map(({ id }) => id));
  return existing([...ids].flatMap((id) => outputsOf(runs.all, id, root)));
}

async function pickOutput(
  outputs: readonly RunOutput[],
  { id }: ResourceNode,
  options: { readonly title: string; readonly placeHolder: string },
): Promise<RunOutput | undefined> {
  const pick = (output: RunOutput): QuickPickItem & { readonly output: RunOutput } => ({
    label: output.id,
    description: [formatRows(output.rows), formatTime(output.started, new Date())].filter(Boolean).join(' · '),
    output,
  });
  const own = outputs.filter((output) => output.id === id);
  const others = outputs.filter((output) => output.id !== id);
  const separator = { label: 'other variants', kind: QuickPickItemKind.Separator } as const;
  const picked = await window.showQuickPick<QuickPickItem & { readonly output?: RunOutput }>(
    [...own.map(pick), ...(others.length === 0 ? [] : [separator]), ...others.map(pick)],
    { ...options, matchOnDescription: true },
  );
  return picked?.output;
}

async function compareOutputs(services: Services, before: RunOutput, after: RunOutput): Promise<void> {
  const name = before.id === after.id ? after.id : `${before.id} with ${after.id}`;
  const target = Uri.joinPath(Uri.file(after.root), after.id).fsPath;
  await compareTables(services, { name, before: comparedOutput(before), after: comparedOutput(after), target });
}

function comparedOutput({ id, location, started, seconds }: RunOutput) {
  return { name: id, location, started: started.toLocaleString(), took: formatSeconds(seconds) };
}

function describe({ id, started }: RunOutput): string {
  return `${id} of ${formatTime(started, new Date())}`;
}

/** Those whose folder nobody has deleted. */
async function existing(outputs: readonly RunOutput[]): Promise<readonly RunOutput[]> {
  const found = await Promise.all(
    outputs.map(({ location }) =>
      access(location).then(
        () => true,
        () => false,
      ),
    ),
  );
  return outputs.filter((_, index) => found[index]);
}
