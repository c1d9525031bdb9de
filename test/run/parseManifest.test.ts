import { describe, expect, it } from 'vitest';
import type { RunManifest, RunnerEvent } from '../../shared/run/manifest';
import { parseManifest, parseRunnerEvent } from '../../shared/run/parseManifest';

const manifest: RunManifest = {
  version: 1,
  runId: 'r',
  target: 'b.v1',
  state: 'failed',
  started: '2026-11-22T12:00:00.000Z',
  seconds: 1.25,
  sparkVersion: '3.5.9',
  pythonVersion: '3.11.7',
  steps: [
    { id: 'a.v1', state: 'succeeded', seconds: 1, rows: 3, columns: [{ name: '', type: 'bigint', nullable: true }], location: '/out' },
    { id: 'b.v1', state: 'failed', seconds: 0.25 },
  ],
  error: {
    step: 'b.v1',
    phase: 'execute',
    errorClass: 'ZeroDivisionError',
    condition: 'DIVIDE_BY_ZERO',
    message: 'no',
    suggestions: ['a'],
    position: { kind: 'python', fileName: '/d.py', line: 3, character: 1, endLine: 3, endCharacter: 4 },
    detail: 'x',
  },
};

function problem(value: unknown): string {
  const parsed = parseManifest(value);
  return parsed.kind === 'invalid' ? parsed.problem : 'valid';
}

describe('parseManifest', () => {
  it('gives the manifest as it was written', () => {
    expect(parseManifest(manifest)).toEqual({ kind: 'valid', value: manifest });
  });

  it.each([
    ['', 'the value: expected an object, found ""'],
    [{ ...manifest, state: 'done' }, 'state: expected "succeeded" or "failed" or "cancelled", found "done"'],
    [{ ...manifest, seconds: -1 }, 'seconds: expected a number of at least 0, found -1'],
    [
      { ...manifest, steps: [{ id: 'a', state: 'succeeded', seconds: 1, rows: 1.5 }] },
      'steps[0].rows: expected a whole number from 0 to 9007199254740991, found 1.5',
    ],
    [
      { ...manifest, error: { ...manifest.error, position: { kind: 'sql', start: 5, end: 4 } } },
      'error.position.end: expected a whole number from 5 to 9007199254740991, found 4',
    ],
    [
      { ...manifest, error: { ...manifest.error, position: { kind: 'python', fileName: '/d.py', line: 0 } } },
      'error.position.line: expected a whole number from 1 to 9007199254740991, found 0',
    ],
  ])('says what is wrong with one: %#', (value, expected) => {
    expect(problem(value)).toBe(expected);
  });
});

describe('parseRunnerEvent', () => {
  const events: readonly RunnerEvent[] = [
    { event: 'sessionReady', sparkVersion: '3.5.9', pythonVersion: '3.11.7' },
    { event: 'runStarted', runId: 'r', steps: 2 },
    { event: 'stepStarted', id: 'a.v1', index: 0, of: 2 },
    { event: 'stepProgress', id: 'a.v1', tasksDone: 1, tasksTotal: 4 },
    { event: 'stepFinished', id: 'a.v1', state: 'succeeded', seconds: 1, rows: 0, columns: [], location: '/out' },
    { event: 'runFinished', manifest },
  ];

  it.each(events.map((event) => [event.event, event] as const))('gives %s as it was written', (_, event) => {
    expect(parseRunnerEvent(event)).toEqual({ kind: 'valid', value: event });
  });

  it('knows no other events', () => {
    expect(parseRunnerEvent({ event: 'toString' })).toEqual({
      kind: 'invalid',
      problem:
        'event: expected "sessionReady" or "runStarted" or "stepStarted" or "stepProgress" or "stepFinished" or "runFinished", found "toString"',
    });
    expect(parseRunnerEvent({ event: 'stepStarted', id: 'a', index: 0, of: 0 })).toMatchObject({ kind: 'invalid' });
  });
});
