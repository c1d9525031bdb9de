// How runs read in trees, tooltips and messages: short, with the numbers of the user's locale.

import type { RunView, StepView } from '../runs/runView';
import { currentStep, targetStep } from '../runs/runView';

/** One line: `step 2 of 3`, `1,234 rows · 2.1 s`, `failed: AnalysisException`. */
export function formatRunState(run: RunView): string {
  switch (run.state) {
    case 'preparing':
      return run.preparation ?? 'preparing';
    case 'running': {
      const current = currentStep(run);
      return current === undefined ? 'running' : `step ${current.number} of ${run.steps.length}${formatTasks(current.step)}`;
    }
    case 'succeeded':
      return joined([formatRows(targetStep(run)?.rows), formatSeconds(run.seconds)]);
    case 'failed':
      return joined([run.error === undefined ? 'failed' : `failed: ${run.error.errorClass}`, formatSeconds(run.seconds)]);
    case 'cancelled':
      return 'cancelled';
  }
}

export function formatStep(step: StepView): string {
  switch (step.state) {
    case 'waiting':
      return '';
    case 'running':
      return `running${formatTasks(step)}`;
    case 'succeeded':
      return joined([formatRows(step.rows), formatSeconds(step.seconds)]);
    case 'failed':
    case 'cancelled':
    case 'skipped':
      return step.state;
  }
}

export function formatRows(rows: number | undefined): string | undefined {
  return rows === undefined ? undefined : `${rows.toLocaleString()} ${rows === 1 ? 'row' : 'rows'}`;
}

export function formatSeconds(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** The time of today, the day with the time otherwise. */
export function formatTime(time: Date, now: Date): string {
  const clock = time.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  return time.toDateString() === now.toDateString()
    ? clock
    : `${time.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })} ${clock}`;
}

function formatTasks({ tasksDone, tasksTotal }: StepView): string {
  return tasksTotal === 0 ? '' : `, task ${tasksDone} of ${tasksTotal}`;
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' · ');
}
