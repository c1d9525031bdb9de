import { describe, expect, it } from 'vitest';
import { parseRunPlan } from '../../shared/run/parseRunPlan';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
const input = {
  id: 'a.v1',
  view: 'source_0',
  format: 'csv',
  location: 's3://b/a.csv',
  localPath: '/data/a.csv',
  uri: 'file:///d.py',
  range,
};
const base = { name: 'b', variant: 'v1', inputs: ['a.v1'], uri: 'file:///d.py', range };
const sqlStep = {
  kind: 'sql',
  id: 'b.v1',
  view: 'source_1',
  ...base,
  sql: 'SELECT 1',
  segments: [{ start: 0, end: 8, uri: 'file:///d.py', range, exact: true }],
};
const frameStep = {
  kind: 'dataframe',
  id: 'b.v1',
  view: 'source_1',
  ...base,
  functionName: 'f',
  source: 'def f(a): return a',
  firstLine: 1,
  fileName: '/d.py',
};
const plan = { version: 1, engine: 'local', target: 'b.v1', inputs: [input], steps: [sqlStep], limit: 5 };

/** The plan with the value at a path replaced. */
function changed(path: string, value: unknown, of: object = plan): unknown {
  const copy = structuredClone(of) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((node, key) => node[key] as Record<string, unknown>, copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}

function problem(value: unknown): string {
  const parsed = parseRunPlan(value);
  return parsed.kind === 'invalid' ? parsed.problem : 'valid';
}

describe('parseRunPlan', () => {
  it('gives the plan, and drops what nobody asked for', () => {
    expect(parseRunPlan(plan)).toEqual({ kind: 'valid', value: plan });
    expect(parseRunPlan({ ...plan, extra: 1 })).toEqual({ kind: 'valid', value: plan });
    const frames = { ...plan, steps: [frameStep] };
    expect(parseRunPlan(frames)).toEqual({ kind: 'valid', value: frames });
  });

  it('takes a result without a remote location, but no other input', () => {
    const produced = { ...input, location: '', produced: true };
    expect(parseRunPlan({ ...plan, inputs: [produced] })).toEqual({ kind: 'valid', value: { ...plan, inputs: [produced] } });
    expect(problem(changed('inputs.0.location', ''))).toBe('inputs[0].location: expected a text that is not empty, found ""');
  });

  it.each([
    [null, 'the value: expected an object, found nothing'],
    [[], 'the value: expected an object, found []'],
    [changed('version', 2), 'version: expected a whole number from 1 to 1, found 2'],
    [changed('engine', 'Local'), 'engine: expected "local" or "emr", found "Local"'],
    [changed('target', 'c.v1'), 'target: expected the id of the last step, "b.v1", found "c.v1"'],
    [changed('inputs', {}), 'inputs: expected an array, found an object'],
    [changed('steps', []), 'steps: expected at least one step, found []'],
    [changed('limit', 0), 'limit: expected a whole number from 1 to 2147483647, found 0'],
    [changed('limit', 1.5), 'limit: expected a whole number from 1 to 2147483647, found 1.5'],
    [changed('limit', '5'), 'limit: expected a whole number from 1 to 2147483647, found "5"'],
    [changed('inputs.0.view', 'a; DROP'), 'inputs[0].view: expected a name of letters, digits and underscores, found "a; DROP"'],
    [changed('inputs.0.format', 'orc'), 'inputs[0].format: expected "parquet" or "csv" or "delta" or "iceberg", found "orc"'],
    [changed('inputs.0.localPath', '/a\0b'), 'inputs[0].localPath: expected a text that is not empty, found "/a\\u0000b"'],
    [changed('inputs.0.range.end.line', -1), 'inputs[0].range.end.line: expected a whole number from 0 to 9007199254740991, found -1'],
    [changed('steps.0.kind', 'scala'), 'steps[0].kind: expected "sql" or "dataframe", found "scala"'],
    [changed('steps.0.name', '../../home'), 'steps[0].name: expected a name that can be a folder, found "../../home"'],
    [changed('steps.0.variant', '..'), 'steps[0].variant: expected a name that can be a folder, found ".."'],
    [changed('steps.0.name', 'a\\b'), 'steps[0].name: expected a name that can be a folder, found "a\\\\b"'],
    [changed('steps.0.inputs', ['z.v1']), 'steps[0].inputs: expected ids of inputs and of earlier steps, found "z.v1"'],
    [changed('steps.0.inputs', ['b.v1']), 'steps[0].inputs: expected ids of inputs and of earlier steps, found "b.v1"'],
    [changed('steps.0.view', 'source_0'), 'steps[0].view: expected a view that no other input or step has, found "source_0"'],
    [changed('steps.0.id', 'a.v1'), 'steps[0].id: expected an id that no other input or step has, found "a.v1"'],
    [changed('steps.0.sql', undefined), 'steps[0].sql: expected a text that is not empty, found nothing'],
    [changed('steps.0.segments.0.end', 9), 'steps[0].segments[0].end: expected a whole number from 0 to 8, found 9'],
    [changed('steps.0.segments.0.exact', 1), 'steps[0].segments[0].exact: expected true or false, found 1'],
  ])('says where a plan differs, what was expected and what was found: %#', (value, expected) => {
    expect(problem(value)).toBe(expected);
  });

  it('bounds the line that a function is laid at', () => {
    const frames = { ...plan, steps: [frameStep] };
    expect(problem(changed('steps.0.firstLine', 1e9, frames))).toBe(
      'steps[0].firstLine: expected a whole number from 1 to 10000000, found 1000000000',
    );
    expect(problem(changed('steps.0.source', '', frames))).toBe('steps[0].source: expected a text that is not empty, found ""');
  });

  it('does not take inherited properties for its own', () => {
    expect(problem(Object.create(plan))).toBe('version: expected a whole number from 1 to 1, found nothing');
    expect(problem(JSON.parse('{"__proto__": {"version": 1}}'))).toBe('version: expected a whole number from 1 to 1, found nothing');
  });
});
