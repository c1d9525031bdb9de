// Validates what the runner reports: its events and the manifest of a run.

import type { Column, FailurePosition, RunFailure, RunManifest, RunnerEvent, StepResult } from './manifest';
import {
  parseUntrusted,
  readAnyText,
  readBoolean,
  readList,
  readNumber,
  readObject,
  readOneOf,
  readText,
  readWhole,
  type Fields,
  type Parsed,
  type Reader,
} from './untrustedJson';

export function parseManifest(value: unknown): Parsed<RunManifest> {
  return parseUntrusted(value, readManifest);
}

export function parseRunnerEvent(value: unknown): Parsed<RunnerEvent> {
  return parseUntrusted(value, readEvent);
}

const readColumn: Reader<Column> = readObject((fields) => ({
  name: fields.read('name', readAnyText),
  type: fields.read('type', readText),
  nullable: fields.read('nullable', readBoolean),
}));

const readStepResult: Reader<StepResult> = readObject((fields) => ({
  id: fields.read('id', readText),
  state: fields.read('state', readOneOf('succeeded', 'failed', 'cancelled', 'skipped')),
  seconds: fields.read('seconds', readNumber),
  ...fields.optional('rows', readWhole(0)),
  ...fields.optional('columns', readList(readColumn)),
  ...fields.optional('location', readText),
}));

const readPosition: Reader<FailurePosition> = readObject((fields) =>
  fields.read('kind', readOneOf('sql', 'python')) === 'sql' ? readSqlPosition(fields) : readPythonPosition(fields),
);

function readSqlPosition(fields: Fields): FailurePosition {
  const start = fields.read('start', readWhole(0));
  return { kind: 'sql', start, end: fields.read('end', readWhole(start)) };
}

function readPythonPosition(fields: Fields): FailurePosition {
  const line = fields.read('line', readWhole(1));
  return {
    kind: 'python',
    fileName: fields.read('fileName', readText),
    line,
    ...fields.optional('character', readWhole(0)),
    ...fields.optional('endLine', readWhole(line)),
    ...fields.optional('endCharacter', readWhole(0)),
  };
}

const readFailure: Reader<RunFailure> = readObject((fields) => ({
  ...fields.optional('step', readText),
  phase: fields.read('phase', readOneOf('start', 'input', 'analyse', 'execute', 'write')),
  errorClass: fields.read('errorClass', readAnyText),
  ...fields.optional('condition', readText),
  message: fields.read('message', readAnyText),
  suggestions: fields.read('suggestions', readList(readAnyText)),
  ...fields.optional('position', readPosition),
  ...fields.optional('detail', readAnyText),
}));

const readManifest: Reader<RunManifest> = readObject((fields) => {
  fields.read('version', readWhole(1, 1));
  return {
    version: 1,
    runId: fields.read('runId', readText),
    target: fields.read('target', readAnyText),
    state: fields.read('state', readOneOf('succeeded', 'failed', 'cancelled')),
    started: fields.read('started', readText),
    seconds: fields.read('seconds', readNumber),
    ...fields.optional('sparkVersion', readText),
    ...fields.optional('pythonVersion', readText),
    steps: fields.read('steps', readList(readStepResult)),
    ...fields.optional('error', readFailure),
  };
});

const readEvent: Reader<RunnerEvent> = (value, path) =>
  readObject((fields): RunnerEvent => {
    const event = fields.read(
      'event',
      readOneOf('sessionReady', 'runStarted', 'stepStarted', 'stepProgress', 'stepFinished', 'runFinished'),
    );
    switch (event) {
      case 'sessionReady':
        return { event, sparkVersion: fields.read('sparkVersion', readText), pythonVersion: fields.read('pythonVersion', readText) };
      case 'runStarted':
        return { event, runId: fields.read('runId', readText), steps: fields.read('steps', readWhole(0)) };
      case 'stepStarted':
        return {
          event,
          id: fields.read('id', readText),
          index: fields.read('index', readWhole(0)),
          of: fields.read('of', readWhole(1)),
        };
      case 'stepProgress':
        return {
          event,
          id: fields.read('id', readText),
          tasksDone: fields.read('tasksDone', readWhole(0)),
          tasksTotal: fields.read('tasksTotal', readWhole(0)),
        };
      case 'stepFinished':
        return { event, ...readStepResult(value, path) };
      case 'runFinished':
        return { event, manifest: fields.read('manifest', readManifest), ...fields.optional('sessionEnds', readBoolean) };
    }
  })(value, path);
