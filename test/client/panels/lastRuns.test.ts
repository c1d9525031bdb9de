import { expect, test } from 'vitest';
import { lastRunsOf, runKey } from '../../../client/src/panels/lastRuns';
import type { RunState, RunView, StepState, StepView } from '../../../client/src/runs/runView';

const started = new Date('2026-11-20T10:00:00Z');

function run(
  target: string,
  state: RunState,
  steps: readonly (readonly [id: string, state: StepState])[],
  more: Partial<RunView> = {},
): RunView {
  return {
    ...{ runId: 'r', target, root: '/shop', state, started, seconds: 2 },
    ...{ preparation: undefined, error: undefined, placed: undefined, folder: undefined },
    steps: steps.map(([id, stepState]) => step(id, stepState)),
    ...more,
  };
}

function step(id: string, state: StepState): StepView {
  const rows = state === 'succeeded' ? 1234 : undefined;
  return { id, state, tasksDone: 0, tasksTotal: 0, rows, seconds: rows === undefined ? undefined : 1.25, location: undefined };
}

/** `id state message` of what the runs, newest first, say of each definition. */
function told(...runs: readonly RunView[]): readonly string[] {
  return [...lastRunsOf(runs)].map(([key, { state, message }]) => [key.split('\n')[1], state, message].filter(Boolean).join(' '));
}

test('tells the target and the steps on the way to it', () => {
  const succeeded = run('b.v1', 'succeeded', [
    ['a.v1', 'succeeded'],
    ['b.v1', 'succeeded'],
  ]);
  expect(told(succeeded)).toEqual(['b.v1 succeeded 1,234 rows · 1.3 s', 'a.v1 succeeded 1,234 rows · 1.3 s']);
  expect(lastRunsOf([succeeded]).get(runKey('/shop', 'a.v1'))?.started).toBe(started.getTime());
});

test('a failure is that of its step, and of the target with the name of the step', () => {
  const error = {
    phase: 'analyse',
    step: 'a.v1',
    errorClass: 'AnalysisException',
    message: 'no column "x"\nat line 3',
    suggestions: [],
  } as const;
  const failed = run(
    'b.v1',
    'failed',
    [
      ['a.v1', 'failed'],
      ['b.v1', 'skipped'],
    ],
    { error },
  );
  expect(told(failed)).toEqual(['b.v1 failed In a.v1: no column "x"', 'a.v1 failed no column "x"']);
});

test('the newest run that came to a definition counts', () => {
  const earlier = run('a.v1', 'succeeded', [['a.v1', 'succeeded']]);
  const active = run('b.v1', 'running', [
    ['a.v1', 'waiting'],
    ['b.v1', 'waiting'],
  ]);
  expect(told(active, earlier)).toEqual(['b.v1 running', 'a.v1 succeeded 1,234 rows · 1.3 s']);
  const cancelled = run('a.v1', 'cancelled', [['a.v1', 'cancelled']]);
  expect(told(cancelled, earlier)).toEqual(['a.v1 cancelled']);
  expect(told(run('a.v1', 'preparing', []))).toEqual(['a.v1 running']);
});

test('folders keep apart', () => {
  const runs = [run('a.v1', 'succeeded', [['a.v1', 'succeeded']]), run('a.v1', 'cancelled', [], { root: '/other' })];
  const found = lastRunsOf(runs);
  expect(found.get(runKey('/shop', 'a.v1'))?.state).toBe('succeeded');
  expect(found.get(runKey('/other', 'a.v1'))?.state).toBe('cancelled');
});

test('what has not changed stays the same object', () => {
  const a = run('a.v1', 'succeeded', [['a.v1', 'succeeded']]);
  const before = lastRunsOf([a]);
  const running = run('b.v1', 'running', [['b.v1', 'running']]);
  const after = lastRunsOf([running, a], before);
  expect(after.get(runKey('/shop', 'a.v1'))).toBe(before.get(runKey('/shop', 'a.v1')));
  // Progress of a step is no change either.
  const further = lastRunsOf([{ ...running, steps: [{ ...step('b.v1', 'running'), tasksDone: 3, tasksTotal: 8 }] }, a], after);
  expect(further.get(runKey('/shop', 'b.v1'))).toBe(after.get(runKey('/shop', 'b.v1')));
});
