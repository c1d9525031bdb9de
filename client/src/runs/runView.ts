// One run as the editor shows it: made from its plan, moved on by the events of its job, or read back from the manifest of
// an earlier one. Pure data; `localRuns.ts` drives it, the views and commands read it.

import type { FinishedEvent, JobEvent } from '../../../shared/run/jobEvents';
import type { PlacedFailure, RunFailure, RunManifest, StepResult } from '../../../shared/run/manifest';
import type { RunPlan } from '../../../shared/run/plan';

export type RunState = 'preparing' | 'running' | 'succeeded' | 'failed' | 'cancelled';
export type StepState = 'waiting' | 'running' | StepResult['state'];

export interface StepView {
  readonly id: string;
  readonly state: StepState;
  readonly tasksDone: number;
  readonly tasksTotal: number;
  readonly rows: number | undefined;
  readonly seconds: number | undefined;
  /** The absolute folder of its parquet files. */
  readonly location: string | undefined;
}

export interface RunView {
  /** Tells the rows of the list apart; a run of this window has another id on disk. */
  readonly runId: string;
  /** The id whose output was asked for. */
  readonly target: string;
  /** The workspace folder it belongs to: a path. */
  readonly root: string;
  readonly state: RunState;
  /** What is being prepared, for people; only while `preparing`. */
  readonly preparation: string | undefined;
  readonly started: Date;
  readonly seconds: number | undefined;
  readonly steps: readonly StepView[];
  readonly error: RunFailure | undefined;
  /** Where the failure belongs in the definitions, when that is known. */
  readonly placed: PlacedFailure | undefined;
  /** The run's folder, once it has ended. */
  readonly folder: string | undefined;
}

export function runOfPlan(runId: string, root: string, plan: RunPlan, started: Date): RunView {
  return {
    runId,
    target: plan.target,
    root,
    state: 'preparing',
    preparation: undefined,
    started,
    seconds: undefined,
    steps: plan.steps.map(({ id }) => waiting(id)),
    error: undefined,
    placed: undefined,
    folder: undefined,
  };
}

export function runOfManifest(manifest: RunManifest, root: string, folder: string): RunView {
  return {
    runId: manifest.runId,
    target: manifest.target,
    root,
    state: manifest.state,
    preparation: undefined,
    started: new Date(manifest.started),
    seconds: manifest.seconds,
    steps: manifest.steps.map(finished),
    error: manifest.error,
    placed: undefined,
    folder,
  };
}

/** The run after one more event of its job. */
export function applyEvent(run: RunView, event: JobEvent): RunView {
  switch (event.event) {
    case 'preparing':
      return { ...run, preparation: event.message };
    case 'runStarted':
      return { ...run, state: 'running', preparation: undefined };
    case 'stepStarted':
      return replaceStep(run, event.id, (step) => ({ ...step, state: 'running' }));
    case 'stepProgress':
      return replaceStep(run, event.id, (step) => ({ ...step, tasksDone: event.tasksDone, tasksTotal: event.tasksTotal }));
    case 'stepFinished':
      return replaceStep(run, event.id, () => finished(event));
    case 'finished':
      return finishRun(run, event);
    case 'state':
    case 'sessionReady':
    case 'log':
      return run;
  }
}

/** The run when it came to nothing: it could not be written down. */
export function breakOff(run: RunView, error: RunFailure): RunView {
  return { ...run, state: 'failed', preparation: undefined, error, steps: run.steps.map((step) => endStep(step, 'failed')) };
}

function finishRun(run: RunView, { state, seconds, error, folder }: FinishedEvent): RunView {
  return {
    ...run,
    state,
    seconds,
    error,
    folder,
    preparation: undefined,
    placed:
      error === undefined ? undefined : { uri: error.uri, range: error.range, message: error.message, suggestions: error.suggestions },
    steps: run.steps.map((step) => endStep(step, state)),
  };
}

/** The steps that nobody told the end of: those behind the last one, and the last one of a job that was lost. */
function endStep(step: StepView, run: 'succeeded' | 'failed' | 'cancelled'): StepView {
  if (step.state === 'waiting') return { ...step, state: 'skipped' };
  return step.state === 'running' ? { ...step, state: run } : step;
}

export function isActive({ state }: RunView): boolean {
  return state === 'preparing' || state === 'running';
}

/** The step whose result was asked for. */
export function targetStep(run: RunView): StepView | undefined {
  return run.steps.findLast(({ id }) => id === run.target) ?? run.steps.at(-1);
}

/** The step that runs, one-based, for "step 2 of 3"; undefined before the first and after the last. */
export function currentStep(run: RunView): { readonly step: StepView; readonly number: number } | undefined {
  const index = run.steps.findIndex(({ state }) => state === 'running');
  const step = run.steps[index];
  return step === undefined ? undefined : { step, number: index + 1 };
}

/** How far the whole run is, from 0 to 1: finished steps count one each, the running one by its tasks. */
export function fractionDone(run: RunView): number {
  if (run.steps.length === 0) return 0;
  const done = run.steps.reduce((sum, step) => sum + stepFraction(step), 0);
  return done / run.steps.length;
}

function stepFraction({ state, tasksDone, tasksTotal }: StepView): number {
  if (state === 'waiting') return 0;
  if (state !== 'running') return 1;
  return tasksTotal === 0 ? 0 : Math.min(1, tasksDone / tasksTotal);
}

function waiting(id: string): StepView {
  return { id, state: 'waiting', tasksDone: 0, tasksTotal: 0, rows: undefined, seconds: undefined, location: undefined };
}

function finished({ id, state, rows, seconds, location }: StepResult): StepView {
  return { id, state, tasksDone: 0, tasksTotal: 0, rows, seconds, location };
}

function replaceStep(run: RunView, id: string, change: (step: StepView) => StepView): RunView {
  return { ...run, steps: run.steps.map((step) => (step.id === id ? change(step) : step)) };
}
