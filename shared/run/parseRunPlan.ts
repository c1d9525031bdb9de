// Validates a run plan. The runner makes the same checks (`runner/plan.py`), since it trusts nobody either.

import type { DataframeStep, PlanInput, PlanPosition, PlanRange, PlanStep, RunPlan, SqlSegment, SqlStep } from './plan';
import {
  mismatch,
  parseUntrusted,
  readAnyText,
  readBoolean,
  readList,
  readObject,
  readOneOf,
  readText,
  readWhole,
  type Fields,
  type Parsed,
  type Reader,
} from './untrustedJson';

/** More lines than any file that a person or a notebook holds; functions are laid at their line. */
const LAST_LINE = 10_000_000;

export function parseRunPlan(value: unknown): Parsed<RunPlan> {
  return parseUntrusted(value, readPlan);
}

const readPosition: Reader<PlanPosition> = readObject((fields) => ({
  line: fields.read('line', readWhole(0)),
  character: fields.read('character', readWhole(0)),
}));

export const readRange: Reader<PlanRange> = readObject((fields) => ({
  start: fields.read('start', readPosition),
  end: fields.read('end', readPosition),
}));

const readView: Reader<string> = (value, path) =>
  typeof value === 'string' && /^[A-Za-z_][A-Za-z0-9_]*$/.test(value)
    ? value
    : mismatch(path, 'a name of letters, digits and underscores', value);

/** Names and variants become folders of the output: none of them may lead anywhere else. */
const readFolderName: Reader<string> = (value, path) => {
  const text = readText(value, path);
  return /[/\\]/.test(text) || text === '.' || text === '..' ? mismatch(path, 'a name that can be a folder', value) : text;
};

const readInput: Reader<PlanInput> = readObject((fields) => {
  const produced = fields.optional('produced', readBoolean);
  return {
    id: fields.read('id', readText),
    view: fields.read('view', readView),
    format: fields.read('format', readOneOf('parquet', 'csv', 'delta', 'iceberg')),
    // Of a result the remote location may be unknown.
    location: fields.read('location', produced.produced === true ? readAnyText : readText),
    ...fields.optional('localPath', readText),
    ...produced,
    uri: fields.read('uri', readText),
    range: fields.read('range', readRange),
  };
});

const readStep: Reader<PlanStep> = readObject((fields) =>
  fields.read('kind', readOneOf('sql', 'dataframe')) === 'sql' ? readSqlStep(fields) : readDataframeStep(fields),
);

function readSqlStep(fields: Fields): SqlStep {
  const sql = fields.read('sql', readText);
  return { kind: 'sql', ...readStepBase(fields), sql, segments: fields.read('segments', readList(readSegment(sql.length))) };
}

function readDataframeStep(fields: Fields): DataframeStep {
  return {
    kind: 'dataframe',
    ...readStepBase(fields),
    functionName: fields.read('functionName', readText),
    source: fields.read('source', readText),
    firstLine: fields.read('firstLine', readWhole(1, LAST_LINE)),
    fileName: fields.read('fileName', readText),
  };
}

function readStepBase(fields: Fields): Omit<SqlStep, 'kind' | 'sql' | 'segments'> {
  return {
    id: fields.read('id', readText),
    name: fields.read('name', readFolderName),
    variant: fields.read('variant', readFolderName),
    view: fields.read('view', readView),
    inputs: fields.read('inputs', readList(readText)),
    uri: fields.read('uri', readText),
    range: fields.read('range', readRange),
  };
}

function readSegment(length: number): Reader<SqlSegment> {
  return readObject((fields) => {
    const start = fields.read('start', readWhole(0, length));
    return {
      start,
      end: fields.read('end', readWhole(start, length)),
      uri: fields.read('uri', readText),
      range: fields.read('range', readRange),
      exact: fields.read('exact', readBoolean),
    };
  });
}

const readPlan: Reader<RunPlan> = readObject((fields) => {
  fields.read('version', readWhole(1, 1));
  const plan: RunPlan = {
    version: 1,
    engine: fields.read('engine', readOneOf('local', 'emr')),
    target: fields.read('target', readText),
    inputs: fields.read('inputs', readList(readInput)),
    steps: fields.read('steps', readList(readStep)),
    ...fields.optional('limit', readWhole(1, 2 ** 31 - 1)),
  };
  checkReferences(plan);
  return plan;
});

/** Each id and view is there once; a step reads only what comes before it; the last step is the target. */
function checkReferences(plan: RunPlan): void {
  const ids = new Set<string>();
  const views = new Set<string>();
  const add = (item: PlanInput | PlanStep, path: string): void => {
    if (ids.has(item.id)) mismatch(`${path}.id`, 'an id that no other input or step has', item.id);
    if (views.has(item.view)) mismatch(`${path}.view`, 'a view that no other input or step has', item.view);
    ids.add(item.id);
    views.add(item.view);
  };
  for (const [index, input] of plan.inputs.entries()) add(input, `inputs[${index}]`);
  for (const [index, step] of plan.steps.entries()) {
    const unknown = step.inputs.find((id) => !ids.has(id));
    if (unknown !== undefined) mismatch(`steps[${index}].inputs`, 'ids of inputs and of earlier steps', unknown);
    add(step, `steps[${index}]`);
  }
  const last = plan.steps.at(-1);
  if (last === undefined) mismatch('steps', 'at least one step', plan.steps);
  else if (last.id !== plan.target) mismatch('target', `the id of the last step, ${JSON.stringify(last.id)}`, plan.target);
}
