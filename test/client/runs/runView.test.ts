import { describe, expect, it } from 'vitest';
import {
  applyEvent,
  breakOff,
  currentStep,
  fractionDone,
  isActive,
  runOfManifest,
  runOfPlan,
  targetStep,
  type RunView,
} from '../../../client/src/runs/runView';
import { formatRunState, formatSeconds, formatStep } from '../../../client/src/views/formatRun';
import type { FinishedEvent, JobEvent } from '../../../shared/run/jobEvents';
import type { RunManifest } from '../../../shared/run/manifest';
import type { PlanStep, RunPlan } from '../../../shared/run/plan';

const started = new Date('2026-11-20T10:00:00Z');

describe('a run', () => {
  it('waits with all its steps until the runner speaks', () => {
    const run = runOfPlan('r1', '/project', plan('a.v1', 'b.v1'), started);
    expect(run.state).toBe('preparing');
    expect(isActive(run)).toBe(true);
    expect(run.steps.map(({ id, state }) => [id, state])).toEqual([
      ['a.v1', 'waiting'],
      ['b.v1', 'waiting'],
    ]);
    expect(formatRunState({ ...run, preparation: 'installing PySpark' })).toBe('installing PySpark');
  });

  it('moves with the events, step by step', () => {
    const run = after(
      { event: 'runStarted', runId: 'r1', steps: 2 },
      { event: 'stepStarted', id: 'a.v1', index: 0, of: 2 },
      { event: 'stepFinished', id: 'a.v1', state: 'succeeded', seconds: 1.25, rows: 12, location: '/project/.sparkform/a' },
      { event: 'stepStarted', id: 'b.v1', index: 1, of: 2 },
      { event: 'stepProgress', id: 'b.v1', tasksDone: 3, tasksTotal: 8 },
    );
    expect(run.state).toBe('running');
    expect(currentStep(run)?.number).toBe(2);
    expect(currentStep(run)?.step.id).toBe('b.v1');
    expect(formatRunState(run)).toBe('step 2 of 2, task 3 of 8');
    expect(run.steps.map(formatStep)).toEqual(['12 rows · 1.3 s', 'running, task 3 of 8']);
    expect(fractionDone(run)).toBe((1 + 3 / 8) / 2);
  });

  it('ends with the job, whose unfinished steps end with it', () => {
    const run = after({ event: 'runStarted', runId: 'r1', steps: 2 }, { event: 'stepStarted', id: 'a.v1', index: 0, of: 2 }, lost);
    expect(run.state).toBe('failed');
    expect(isActive(run)).toBe(false);
    expect(run.steps.map(({ id, state }) => [id, state])).toEqual([
      ['a.v1', 'failed'],
      ['b.v1', 'skipped'],
    ]);
    expect(run.placed).toEqual({ uri: 'file:///d.py', range, message: 'no column "nope"', suggestions: ['note'] });
    expect(run.folder).toBe('/project/.sparkform/runs/r1');
    expect(formatRunState(run)).toBe('failed: AnalysisException · 2.5 s');
    expect(fractionDone(run)).toBe(1);
  });

  it('that could not be written down has failed', () => {
    const error = { phase: 'start', errorClass: 'Error', message: 'the disk is full', suggestions: [] } as const;
    const run = breakOff(after(), error);
    expect([run.state, run.error, run.steps.map(({ state }) => state)]).toEqual(['failed', error, ['skipped', 'skipped']]);
  });

  it('that was kept has the steps of its manifest', () => {
    const run = runOfManifest(kept, '/project', '/project/.sparkform/runs/r1');
    expect(run.steps.map(({ id, state }) => [id, state])).toEqual([
      ['a.v1', 'failed'],
      ['b.v1', 'skipped'],
    ]);
    expect([run.runId, run.state, run.seconds, run.error?.message, run.started]).toEqual([
      'r1',
      'failed',
      2.5,
      'no column "nope"',
      started,
    ]);
  });

  it('has the result of the id that was asked for', () => {
    const run = after({ event: 'stepFinished', id: 'b.v1', state: 'succeeded', seconds: 1, rows: 1, location: '/project/b' });
    expect(targetStep(run)?.location).toBe('/project/b');
    expect(formatRunState({ ...run, state: 'succeeded', seconds: 75 })).toBe('1 row · 1 min 15 s');
  });
});

describe('formatSeconds', () => {
  it('has a tenth below a minute, and never sixty seconds', () => {
    expect(formatSeconds(0.04)).toBe('0.0 s');
    expect(formatSeconds(59.96)).toBe('1 min 0 s');
    expect(formatSeconds(119.7)).toBe('2 min 0 s');
    expect(formatSeconds(undefined)).toBeUndefined();
  });
});

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const failure = {
  step: 'a.v1',
  phase: 'analyse',
  errorClass: 'AnalysisException',
  message: 'no column "nope"',
  suggestions: ['note'],
} as const;

const lost: FinishedEvent = {
  event: 'finished',
  state: 'failed',
  runId: 'r1',
  folder: '/project/.sparkform/runs/r1',
  seconds: 2.5,
  outputs: [],
  error: { ...failure, uri: 'file:///d.py', range },
};

const kept: RunManifest = {
  version: 1,
  runId: 'r1',
  target: 'b.v1',
  state: 'failed',
  started: started.toISOString(),
  seconds: 2.5,
  steps: [
    { id: 'a.v1', state: 'failed', seconds: 1 },
    { id: 'b.v1', state: 'skipped', seconds: 0 },
  ],
  error: failure,
};

function after(...events: readonly JobEvent[]): RunView {
  return events.reduce(applyEvent, runOfPlan('r1', '/project', plan('a.v1', 'b.v1'), started));
}

function plan(...ids: readonly string[]): RunPlan {
  return { version: 1, engine: 'local', target: ids.at(-1) ?? '', inputs: [], steps: ids.map(step) };
}

function step(id: string): PlanStep {
  const [name = '', variant = ''] = id.split('.');
  return { kind: 'sql', id, name, variant, view: 'source_0', inputs: [], uri: 'file:///d.py', range, sql: 'SELECT 1', segments: [] };
}
