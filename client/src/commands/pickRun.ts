// Which run a command is about: the one whose row or button it was called from, the only one, or the user's choice.

import { Uri, window } from 'vscode';
import { isRunOf } from '../runs/localRuns';
import type { RunView } from '../runs/runView';
import { formatRunState, formatTime } from '../views/formatRun';
import type { RunNode } from '../views/runsTree';
import { folderNameOf } from '../workspaceFolders';
import { resourceOf } from './pickResource';
import type { Services } from './services';

export async function pickRun(
  services: Services,
  argument: unknown,
  placeHolder: string,
  accepts: (run: RunView) => boolean,
): Promise<RunView | undefined> {
  const candidates = services.runs.all.filter(accepts);
  if (isRunNode(argument)) return candidates.find(({ runId }) => runId === argument.runId);
  const resource = resourceOf(services, argument);
  if (resource !== undefined) return candidates.find((run) => isRunOf(run, resource));
  if (candidates.length <= 1) {
    if (candidates.length === 0) void window.showInformationMessage('There is no such run.');
    return candidates[0];
  }
  const picks = candidates.map((run) => ({
    label: run.target,
    description: [formatRunState(run), formatTime(run.started, new Date()), folderNameOf(Uri.file(run.root))].filter(Boolean).join(' · '),
    run,
  }));
  return (await window.showQuickPick(picks, { placeHolder }))?.run;
}

export function isRunNode(argument: unknown): argument is RunNode {
  return typeof argument === 'object' && argument !== null && 'runId' in argument && typeof argument.runId === 'string';
}
