// Running a definition on the local Spark: asks the server for the plan, shows its progress, and says how it ended.

import { ProgressLocation, Uri, commands, window, workspace, type WorkspaceFolder } from 'vscode';
import { runPlanRequest, type ResourceNode } from '../../../shared/protocol/requests';
import type { PlanRefusal, RunPlan } from '../../../shared/run/plan';
import { isRunOf, type LocalRun } from '../runs/localRuns';
import { currentStep, fractionDone, isActive, targetStep, type RunView } from '../runs/runView';
import { readRunSettings } from '../settings';
import { formatRows, formatRunState, formatSeconds } from '../views/formatRun';
import { openTableAt } from './openTable';
import { pickResource } from './pickResource';
import { pickRun } from './pickRun';
import type { Services } from './services';
import { showRange } from './showRange';
import { isTrusted } from './trust';

export async function runResource(services: Services, argument: unknown, from?: unknown): Promise<void> {
  if (!(await isTrusted('run definitions'))) return;
  const options = {
    placeHolder: 'Run on the local Spark',
    accepts: ({ runnable }: ResourceNode) => runnable,
    nothing: 'There is no transformation in this workspace that could be run.',
  };
  const resource = await pickResource(services, argument, options, from);
  if (resource === undefined) return;
  const running = services.runs.all.find((run) => isRunOf(run, resource) && isActive(run));
  if (running !== undefined) await followRun(services, services.runs.handleOf(running.runId));
  else await runKey(services, resource);
}

/** Runs what a row of the Runs view ran, as its definition stands now. */
export async function rerun(services: Services, argument: unknown): Promise<void> {
  const run = await pickRun(services, argument, 'Run again', (one) => !isActive(one));
  if (run !== undefined) await runResource(services, run.target, Uri.file(run.root).toString());
}

export async function cancelRun(services: Services, argument: unknown): Promise<void> {
  const run = await pickRun(services, argument, 'Cancel the run of', isActive);
  if (run !== undefined) await services.runs.cancel(run.runId);
}

async function runKey(services: Services, resource: ResourceNode): Promise<void> {
  const uri = Uri.parse(resource.uri);
  const folder = workspace.getWorkspaceFolder(uri);
  if (folder === undefined) throw new Error(`“${resource.id}” is in no folder of this workspace, so its result could be kept nowhere.`);
  const { rowLimit } = readRunSettings(uri);
  const limit = rowLimit === undefined ? {} : { limit: rowLimit };
  const answer = await services.server.request(runPlanRequest, { id: resource.key, engine: 'local', upstream: true, ...limit });
  if (answer.kind === 'refused') await showRefusal(resource, answer.reasons);
  else await startRun(services, answer.plan, folder);
}

async function startRun(services: Services, plan: RunPlan, folder: WorkspaceFolder): Promise<void> {
  await followRun(services, services.runs.start(plan, folder));
}

/** Shows the progress in a notification until the run has ended, then what became of it. */
async function followRun(services: Services, started: LocalRun | undefined): Promise<void> {
  if (started === undefined) return;
  const options = { location: ProgressLocation.Notification, cancellable: true, title: `Running ${started.target}` };
  const ended = await window.withProgress(options, async (progress, token) => {
    let reported = 0;
    const report = (): void => {
      const run = services.runs.withId(started.runId);
      if (run === undefined) return;
      const done = Math.max(reported, fractionDone(run) * 100);
      progress.report({ message: progressText(run), increment: done - reported });
      reported = done;
    };
    const listener = services.runs.onDidChange((runId) => {
      if (runId === started.runId) report();
    });
    token.onCancellationRequested(() => void services.runs.cancel(started.runId));
    report();
    try {
      return await started.finished;
    } finally {
      listener.dispose();
    }
  });
  const result = ended.state === 'succeeded' ? targetStep(ended)?.location : undefined;
  if (result !== undefined && readRunSettings(Uri.file(ended.root)).openResult) await openTableAt(result);
  // A message is not waited for: it stays until the user closes it.
  else void showOutcome(services, ended);
}

function progressText(run: RunView): string {
  const current = currentStep(run);
  return current === undefined ? formatRunState(run) : `${current.step.id}, ${formatRunState(run)}`;
}

async function showOutcome(services: Services, run: RunView): Promise<void> {
  switch (run.state) {
    case 'succeeded': {
      const location = targetStep(run)?.location;
      const text = [`${run.target} has run`, formatRows(targetStep(run)?.rows), formatSeconds(run.seconds)].filter(Boolean).join(', ');
      const answer = await window.showInformationMessage(`${text}.`, ...(location === undefined ? [] : ['Open Result']));
      if (answer !== undefined && location !== undefined) await openTableAt(location);
      return;
    }
    case 'failed': {
      const goTo = 'Go to Failure';
      const log = 'Show Log';
      const step = run.error?.step;
      const where = step === undefined || step === run.target ? run.target : `${run.target} (in ${step})`;
      const message = `${where} failed. ${firstLine(run.error?.message ?? 'Spark ended without saying why.')}`;
      const placed = run.placed;
      const answer = await window.showErrorMessage(message, ...(placed === undefined ? [log] : [goTo, log]));
      if (answer === goTo && placed !== undefined) await showRange(placed.uri, placed.range);
      else if (answer === log) await services.runs.showLog(run.runId);
      return;
    }
    case 'cancelled':
    case 'preparing':
    case 'running':
      return;
  }
}

async function showRefusal(resource: ResourceNode, reasons: readonly PlanRefusal[]): Promise<void> {
  const [first, ...others] = reasons;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const message = `${resource.id} cannot run: ${first?.message ?? 'the server gave no reason'}${more}`;
  const problems = 'Show Problems';
  const goTo = 'Go to Cause';
  const answer = await window.showErrorMessage(
    message,
    ...(first?.uri === undefined ? [] : [goTo]),
    ...(others.length === 0 ? [] : [problems]),
  );
  if (answer === goTo && first?.uri !== undefined) await showRange(first.uri, first.range ?? resource.selection);
  else if (answer === problems) await chooseRefusal(resource, reasons);
}

async function chooseRefusal(resource: ResourceNode, reasons: readonly PlanRefusal[]): Promise<void> {
  const picks = reasons.map((reason) => ({ label: reason.message, reason }));
  const picked = await window.showQuickPick(picks, { placeHolder: `Why ${resource.id} cannot run` });
  if (picked === undefined) return;
  if (picked.reason.uri === undefined) await commands.executeCommand('workbench.actions.view.problems');
  else await showRange(picked.reason.uri, picked.reason.range ?? resource.selection);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
