// The state machine alone, driven by executors that do one thing each. The real one is in local/localSpark.test.ts.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AsyncQueue } from '../../shared/run/asyncQueue';
import type { CollectAnswer, Executor, Job, LogEvent, StageAnswer } from '../../shared/run/executor';
import type { JobEvent } from '../../shared/run/jobEvents';
import { FileRunStore } from '../../shared/run/local/fileRunStore';
import type { RunFailure, RunManifest, RunnerEvent } from '../../shared/run/manifest';
import type { RunPlan } from '../../shared/run/plan';
import { runJob } from '../../shared/run/runJob';

const range = { start: { line: 3, character: 4 }, end: { line: 3, character: 5 } };
const plan: RunPlan = {
  version: 1,
  engine: 'local',
  target: 'x.v1',
  inputs: [],
  steps: [
    {
      kind: 'sql',
      id: 'x.v1',
      name: 'x',
      variant: 'v1',
      view: 'source_0',
      inputs: [],
      uri: 'file:///d.py',
      range,
      sql: 'SELECT 1',
      segments: [],
    },
  ],
};
const failure: RunFailure = { phase: 'start', errorClass: 'Missing', message: 'source_0 is missing', suggestions: [] };

function manifestOf(job: Job, state: RunManifest['state'] = 'succeeded'): RunManifest {
  const step = { id: 'x.v1', state, seconds: 1 };
  const whole = state === 'succeeded' ? { ...step, rows: 2, columns: [], location: '/out' } : step;
  return { version: 1, runId: job.runId, target: 'x.v1', state, started: '2026-11-22T12:00:00.000Z', seconds: 1, steps: [whole] };
}

/** Goes through all stages; each can be replaced. */
class ScriptedExecutor implements Executor {
  readonly engine = 'local';
  readonly events = new AsyncQueue<RunnerEvent | LogEvent>();
  cancels = 0;

  constructor(
    private readonly script: {
      readonly stage?: (report: (message: string) => void, signal: AbortSignal) => Promise<StageAnswer | undefined>;
      readonly submitted?: (job: Job, events: AsyncQueue<RunnerEvent | LogEvent>) => void;
      readonly cancel?: (events: AsyncQueue<RunnerEvent | LogEvent>) => void;
      readonly collect?: (job: Job) => CollectAnswer;
    } = {},
  ) {}

  async stage(job: Job, report: (message: string) => void, signal: AbortSignal): Promise<StageAnswer> {
    const answer = await this.script.stage?.(report, signal);
    if (answer !== undefined) return answer;
    const submit = (): Promise<Awaited<ReturnType<Extract<StageAnswer, { kind: 'staged' }>['job']['submit']>>> => {
      if (this.script.submitted === undefined) this.events.end();
      else this.script.submitted(job, this.events);
      return Promise.resolve({
        events: this.events,
        cancel: () => {
          this.cancels += 1;
          (
            this.script.cancel ??
            ((events) => {
              events.end();
            })
          )(this.events);
        },
        collect: () => Promise.resolve(this.script.collect?.(job) ?? { kind: 'manifest', manifest: manifestOf(job) }),
      });
    };
    return { kind: 'staged', job: { submit } };
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

let root: string;
let store: FileRunStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sparkform-job-'));
  store = new FileRunStore({ root, keep: 3 });
});

afterEach(() => rm(root, { recursive: true, force: true }));

async function follow(
  executor: Executor,
  onEvent: (event: JobEvent, stop: AbortController) => void = () => undefined,
): Promise<readonly JobEvent[]> {
  const stop = new AbortController();
  const events: JobEvent[] = [];
  for await (const event of runJob(plan, executor, { store, signal: stop.signal })) {
    events.push(event);
    onEvent(event, stop);
  }
  return events;
}

const told = (events: readonly JobEvent[]): readonly string[] =>
  events.map((event) => (event.event === 'state' ? event.state : event.event === 'finished' ? `finished ${event.state}` : event.event));

describe('runJob', () => {
  it('tells every state in order, writes all of it down and ends with the outputs', async () => {
    const executor = new ScriptedExecutor({
      stage: (report) => {
        report('Starting');
        return Promise.resolve(undefined);
      },
      submitted: (job, events) => {
        events.push({ event: 'runStarted', runId: job.runId, steps: 1 });
        events.push({ event: 'log', text: 'hello' });
        events.push({ event: 'runFinished', manifest: manifestOf(job) });
        events.end();
      },
    });
    const events = await follow(executor);
    expect(told(events)).toEqual([
      'staging',
      'preparing',
      'submitted',
      'running',
      'runStarted',
      'log',
      'collecting',
      'succeeded',
      'finished succeeded',
    ]);
    const last = events.at(-1);
    if (last?.event !== 'finished') throw new Error('the last event is "finished"');
    expect(last.outputs).toEqual([{ id: 'x.v1', location: '/out', rows: 2, columns: [] }]);
    const log = await readFile(join(last.folder, 'events.jsonl'), 'utf8');
    expect(
      log
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as JobEvent),
    ).toEqual(events);
    expect((await store.list()).map(({ manifest }) => manifest.state)).toEqual(['succeeded']);
  });

  it('fails with the reason of a refusal, at its place', async () => {
    const events = await follow(new ScriptedExecutor({ stage: () => Promise.resolve({ kind: 'refused', failure }) }));
    expect(told(events)).toEqual(['staging', 'failed', 'finished failed']);
    expect(events.at(-1)).toMatchObject({ outputs: [], error: { message: '{{x.v1}} is missing', uri: 'file:///d.py', range } });
  });

  it('fails, and does not throw, when an executor breaks', async () => {
    const events = await follow(new ScriptedExecutor({ stage: () => Promise.reject(new TypeError('broken')) }));
    expect(events.at(-1)).toMatchObject({ state: 'failed', error: { errorClass: 'TypeError', message: 'broken' } });
  });

  it('fails when the result is lost', async () => {
    const events = await follow(new ScriptedExecutor({ collect: () => ({ kind: 'lost', failure }) }));
    expect(told(events)).toEqual(['staging', 'submitted', 'collecting', 'failed', 'finished failed']);
  });

  it('is cancelled while it is prepared', async () => {
    const executor = new ScriptedExecutor({
      stage: (report, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
          report('Waiting');
        }),
    });
    const events = await follow(executor, (event, stop) => {
      if (event.event === 'preparing') stop.abort();
    });
    expect(told(events)).toEqual(['staging', 'preparing', 'cancelled', 'finished cancelled']);
    expect(executor.cancels).toBe(0);
  });

  it('is cancelled while it runs, and waits for what the runner says of it', async () => {
    const executor = new ScriptedExecutor({
      submitted: (job, events) => {
        events.push({ event: 'runStarted', runId: job.runId, steps: 1 });
      },
      collect: (job) => ({ kind: 'manifest', manifest: manifestOf(job, 'cancelled') }),
    });
    const events = await follow(executor, (event, stop) => {
      if (event.event === 'runStarted') stop.abort();
    });
    expect(told(events)).toEqual(['staging', 'submitted', 'running', 'runStarted', 'collecting', 'cancelled', 'finished cancelled']);
    expect(executor.cancels).toBe(1);
  });

  it('has succeeded when it was done before the wish to cancel reached it', async () => {
    const executor = new ScriptedExecutor({
      submitted: (job, events) => {
        events.push({ event: 'runStarted', runId: job.runId, steps: 1 });
      },
    });
    const events = await follow(executor, (event, stop) => {
      if (event.event === 'runStarted') stop.abort();
    });
    expect(told(events).at(-1)).toBe('finished succeeded');
  });

  it('is cancelled when the process is lost on the way to stopping', async () => {
    const executor = new ScriptedExecutor({
      submitted: (job, events) => {
        events.push({ event: 'runStarted', runId: job.runId, steps: 1 });
      },
      collect: () => ({ kind: 'lost', failure }),
    });
    const events = await follow(executor, (event, stop) => {
      if (event.event === 'runStarted') stop.abort();
    });
    expect(events.at(-1)).toMatchObject({ state: 'cancelled' });
    expect(events.at(-1)).not.toHaveProperty('error');
  });

  it('is cancelled when nobody listens any more', async () => {
    const executor = new ScriptedExecutor({
      submitted: (job, events) => {
        events.push({ event: 'runStarted', runId: job.runId, steps: 1 });
      },
      collect: (job) => ({ kind: 'manifest', manifest: manifestOf(job, 'cancelled') }),
    });
    for await (const event of runJob(plan, executor, { store })) if (event.event === 'runStarted') break;
    expect(executor.cancels).toBe(1);
    expect((await store.list()).map(({ manifest }) => manifest.state)).toEqual(['cancelled']);
  });

  it('does not begin when it was cancelled before', async () => {
    const stop = AbortSignal.abort();
    const events: JobEvent[] = [];
    for await (const event of runJob(plan, new ScriptedExecutor(), { store, signal: stop, runId: 'mine' })) events.push(event);
    expect(told(events)).toEqual(['staging', 'cancelled', 'finished cancelled']);
    expect(events.at(-1)).toMatchObject({ runId: 'mine', folder: join(root, '.sparkform/runs/mine') });
  });

  it('throws when the run cannot be opened', async () => {
    const nowhere = new FileRunStore({ root: join(root, 'file'), keep: 1 });
    await rm(root, { recursive: true });
    await import('node:fs/promises').then(({ writeFile }) => writeFile(root, ''));
    await expect(runJob(plan, new ScriptedExecutor(), { store: nowhere }).next()).rejects.toThrow('ENOTDIR');
  });
});
