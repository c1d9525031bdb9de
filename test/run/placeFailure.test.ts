import { describe, expect, it } from 'vitest';
import type { FailurePosition, RunFailure } from '../../shared/run/manifest';
import { placeFailure } from '../../shared/run/placeFailure';
import type { DataframeStep, PlanRange, RunPlan, SqlSegment, SqlStep } from '../../shared/run/plan';

const uri = 'file:///project/definitions.py';

function range(line: number, start: number, end: number, endLine = line): PlanRange {
  return { start: { line, character: start }, end: { line: endLine, character: end } };
}

function segment(start: number, end: number, at: PlanRange, exact = true, file = uri): SqlSegment {
  return { start, end, uri: file, range: at, exact };
}

const named = range(2, 4, 9);

// Line 5: `SELECT a, b` / line 6: `FROM {{flights.v1}} AS f`, of which the plan makes `SELECT a, b\nFROM source_0 AS f`.
const sqlStep: SqlStep = {
  kind: 'sql',
  id: 'x.v1',
  name: 'x',
  variant: 'v1',
  view: 'source_1',
  inputs: ['flights.v1'],
  uri,
  range: named,
  sql: 'SELECT a, b\nFROM source_0 AS f',
  segments: [
    segment(0, 11, range(5, 8, 19)),
    segment(12, 17, range(6, 8, 13)),
    segment(17, 25, range(6, 13, 27), false),
    segment(25, 30, range(6, 27, 32)),
  ],
};

const source = '    def f(df):\n        return (df\n            .select("a"))   \n';
const dataframeStep: DataframeStep = {
  kind: 'dataframe',
  id: 'y.v1',
  name: 'y',
  variant: 'v1',
  view: 'source_2',
  inputs: ['x.v1'],
  uri,
  range: named,
  functionName: 'f',
  source,
  firstLine: 10,
  fileName: '/project/definitions.py',
};

const plan: RunPlan = {
  version: 1,
  engine: 'local',
  target: 'y.v1',
  inputs: [
    {
      id: 'flights.v1',
      view: 'source_0',
      format: 'parquet',
      location: 's3://b/f',
      uri: 'file:///project/sources.py',
      range: range(1, 0, 7),
    },
  ],
  steps: [sqlStep, dataframeStep],
};

function place(step: string | undefined, position?: FailurePosition, message = 'no'): ReturnType<typeof placeFailure> {
  const failure: RunFailure = {
    ...(step === undefined ? {} : { step }),
    phase: 'analyse',
    errorClass: 'AnalysisException',
    message,
    suggestions: ['source_0.a'],
    ...(position === undefined ? {} : { position }),
  };
  return placeFailure(failure, plan);
}

const sqlAt = (start: number, end: number): FailurePosition => ({ kind: 'sql', start, end });

describe('placeFailure', () => {
  it.each([
    ['within one copied run', 10, 11, range(5, 18, 19)],
    ['from one line to the next', 7, 16, range(5, 15, 12, 6)],
    ['on a template as a whole', 17, 25, range(6, 13, 27)],
    ['inside a template as a whole', 19, 21, range(6, 13, 27)],
    ['behind the template', 29, 30, range(6, 31, 32)],
    ['on a line end: what follows it', 11, 12, range(6, 8, 8)],
    ['behind the end: the last of the text', 30, 30, range(6, 27, 32)],
    ['beyond all bounds', 400, 500, range(6, 27, 32)],
  ])('puts offsets of the query %s', (_, start, end, expected) => {
    const { uri: file, range: found } = place('x.v1', sqlAt(start, end));
    expect(file).toBe(uri);
    // An offset that stands on nothing written may be shown on what is nearest to it.
    if (start !== 11) expect(found).toEqual(expected);
    else expect(found.start.line).toBe(6);
  });

  it('stays in the file where the failing text begins', () => {
    const other = 'file:///project/constants.py';
    const mixed: SqlStep = {
      ...sqlStep,
      sql: 'SELECT a',
      segments: [segment(0, 7, range(0, 5, 12)), segment(7, 8, range(9, 1, 2), true, other)],
    };
    const placed = placeFailure(
      { step: 'x.v1', phase: 'analyse', errorClass: 'E', message: 'm', suggestions: [], position: sqlAt(3, 8) },
      { ...plan, steps: [mixed, dataframeStep] },
    );
    expect(placed).toMatchObject({ uri, range: range(0, 8, 12) });
  });

  it('falls back to the name of the step where nothing leads back', () => {
    expect(place('x.v1').range).toEqual(named);
    expect(place('x.v1', { kind: 'python', fileName: '/project/definitions.py', line: 10 }).range).toEqual(named);
    expect(place('y.v1', sqlAt(0, 3)).range).toEqual(named);
    expect(place('y.v1', { kind: 'python', fileName: '/elsewhere.py', line: 11 }).range).toEqual(named);
    expect(place('y.v1', { kind: 'python', fileName: '/project/definitions.py', line: 99 }).range).toEqual(named);
    expect(place('nobody.v1')).toMatchObject({ uri, range: named });
    expect(place(undefined)).toMatchObject({ uri, range: named });
  });

  it('takes the columns of Python where it has them, otherwise the line without its margins', () => {
    const at = { kind: 'python', fileName: '/project/definitions.py' } as const;
    expect(place('y.v1', { ...at, line: 12, character: 13, endLine: 12, endCharacter: 24 }).range).toEqual(range(11, 13, 24));
    expect(place('y.v1', { ...at, line: 11, character: 15, endLine: 12, endCharacter: 25 }).range).toEqual(range(10, 15, 25, 11));
    expect(place('y.v1', { ...at, line: 12 }).range).toEqual(range(11, 12, 25));
  });

  it('puts what is wrong with an input on its definition', () => {
    expect(place('flights.v1')).toMatchObject({ uri: 'file:///project/sources.py', range: range(1, 0, 7) });
  });

  it('says templates instead of views, and leaves other names alone', () => {
    const message = 'cannot resolve `source_0`.`a` in source_1, source_10, my_source_0 or `source_2`';
    expect(place('x.v1', undefined, message)).toMatchObject({
      message: 'cannot resolve {{flights.v1}}.`a` in {{x.v1}}, source_10, my_source_0 or {{y.v1}}',
      suggestions: ['{{flights.v1}}.a'],
    });
  });
});
