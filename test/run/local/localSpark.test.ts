// Definitions run on the real local Spark: results, failures at their place, cancelling. One warm session for the file.

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { JobFailure } from '../../../shared/run/jobEvents';
import { deferred } from '../../support/deferred';
import { chain, endless, heldUntil } from '../../support/localDefinitions';
import {
  airportCodes,
  openLocalRuns,
  planOf,
  preamble,
  readManifest,
  underlined,
  type FinishedRun,
  type LocalRuns,
} from '../../support/localRuns';

// Spark on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

/** A cancelled run that still goes on after this is killed with its Spark: no machine is so slow. */
const graceMilliseconds = 100_000;

let runs: LocalRuns;

beforeAll(async () => {
  runs = await openLocalRuns({ graceMilliseconds, settings: { 'spark.sql.ansi.enabled': 'true' } });
  expect(await runs.executor.warmUp()).toBeUndefined();
}, 600_000);

afterAll(() => runs.dispose());

/** Runs `<name>.v1` and gives the failure with the text that it underlines. */
async function failureOf(name: string, definitions: string): Promise<{ error: JobFailure; at: string; line: number; run: FinishedRun }> {
  const text = preamble + definitions;
  const run = await runs.run(await planOf(text, `${name}.v1`));
  const { error, state } = run.finished;
  expect(state).toBe('failed');
  if (error === undefined) throw new Error('a failed run says why');
  expect((await readManifest(run.finished.folder)).state).toBe('failed');
  return { error, at: underlined(text, error.range), line: error.range.start.line - preamble.split('\n').length + 2, run };
}

describe('a run', () => {
  it('goes from SQL to a DataFrame function to SQL, and tells every step', async () => {
    const { finished, events } = await runs.run(await planOf(chain, 'top.v1', { limit: 3 }));
    expect(finished.error).toBeUndefined();
    expect(finished.state).toBe('succeeded');
    const states = new Set(airportCodes()).size;
    expect(states).toBe(3376);
    expect(finished.outputs.map(({ id, columns }) => [id, columns.map(({ name, type }) => `${name} ${type}`).join(', ')])).toEqual([
      ['by_state.v1', 'state string, airports bigint, south string'],
      ['ranked.v1', 'state string, airports bigint, south string, place int'],
      ['top.v1', 'place int, state string, airports bigint'],
    ]);
    const [first, second, third] = finished.outputs;
    expect(first?.rows).toBeGreaterThan(50);
    expect(second?.rows).toBe(first?.rows);
    expect(third?.rows).toBe(3);
    expect(third?.location).toMatch(
      new RegExp(`^${finished.folder}/featureform/Transformation/top/v1/\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d{6}$`),
    );
    expect((await readdir(third?.location ?? '')).some((file) => /^part-00000-.*\.snappy\.parquet$/.test(file))).toBe(true);
    expect(events.flatMap((event) => (event.event === 'state' ? [event.state] : []))).toEqual([
      'staging',
      'submitted',
      'running',
      'collecting',
      'succeeded',
    ]);
    expect(events.flatMap((event) => (event.event === 'stepStarted' ? [`${event.index}/${event.of} ${event.id}`] : []))).toEqual([
      '0/3 by_state.v1',
      '1/3 ranked.v1',
      '2/3 top.v1',
    ]);
    expect(events.some((event) => event.event === 'stepProgress' && event.tasksTotal > 0)).toBe(true);
    const manifest = await readManifest(finished.folder);
    expect(manifest).toMatchObject({ version: 1, runId: finished.runId, target: 'top.v1', state: 'succeeded', sparkVersion: '3.5.9' });
    expect(manifest.steps.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
  });

  it('keeps what user code prints out of the events, and in the log', async () => {
    const { events } = await runs.run(await planOf(chain, 'ranked.v1'));
    expect(events.flatMap((event) => (event.event === 'log' ? [event.text] : []))).toContain('on the cluster, this line is in the logs');
  });

  it('reads the newest whole result of what it does not run again', async () => {
    const limited = await runs.run(await planOf(chain, 'by_state.v1', { limit: 1 }));
    const whole = await runs.store.newestOutput('by_state.v1', { complete: true });
    expect(whole?.runId).not.toBe(limited.finished.runId);
    expect((await runs.store.newestOutput('by_state.v1'))?.runId).toBe(limited.finished.runId);
    const { finished } = await runs.run(await planOf(chain, 'ranked.v1', { upstream: false }));
    expect(finished.outputs.map(({ id, rows }) => [id, rows])).toEqual([['ranked.v1', whole?.rows]]);
  });

  it('finds the Spark of the run before still warm', async () => {
    const plan = await planOf(chain, 'by_state.v1', { limit: 1 });
    await runs.run(plan);
    const { events } = await runs.run(plan);
    expect(events.filter(({ event }) => event === 'preparing' || event === 'sessionReady')).toEqual([]);
  });

  it('waits for another one on the same Spark, unless it is cancelled', async () => {
    const before = runs.executor.processId;
    const go = join(runs.root, 'go');
    const begun = deferred();
    const first = runs.run(await planOf(heldUntil(go), 'held.v1'), (event) => {
      if (event.event === 'stepStarted') begun.resolve();
    });
    await begun.promise;
    const plan = await planOf(chain, 'by_state.v1', { limit: 1 });
    const second = await runs.run(plan, (event, cancel) => {
      if (event.event === 'state' && event.state === 'staging') setTimeout(cancel, 50);
    });
    expect(second.finished.state).toBe('cancelled');
    expect(second.events.some(({ event }) => event === 'runStarted')).toBe(false);
    const third = runs.run(plan);
    await writeFile(go, '');
    expect((await Promise.all([first, third])).map(({ finished }) => finished.state)).toEqual(['succeeded', 'succeeded']);
    expect(runs.executor.processId).toBe(before);
  });

  it('ignores its folder in version control from the first run on', async () => {
    expect(await readFile(join(runs.root, '.sparkform/.gitignore'), 'utf8')).toBe('*\n');
  });
});

describe('a failure in SQL', () => {
  it('is on the unknown column, with the names it could be', async () => {
    const { error, at, line } = await failureOf(
      'typo',
      `
@spark.sql_transformation(name="typo", variant="v1")
def typo():
    return """
        SELECT '😀 é' AS face, a.citty
        FROM {{ airports.v1 }} AS a
    """
`,
    );
    expect([at, line]).toEqual(['a.citty', 5]);
    expect(error).toMatchObject({
      step: 'typo.v1',
      phase: 'analyse',
      errorClass: 'AnalysisException',
      condition: 'UNRESOLVED_COLUMN.WITH_SUGGESTION',
    });
    expect(error.message).toMatch(/^A column or function parameter with name `a`\.`citty` cannot be resolved\. Did you mean .*`a`\.`city`/);
    expect(error.message).not.toContain('\n');
    expect(error.suggestions).toContain('a.city');
  });

  it('is on the token that Spark stumbles over, behind a template of another length than its view', async () => {
    const { error, at, line, run } = await failureOf(
      'broken',
      `
@spark.sql_transformation(name="broken", variant="v1")
def broken():
    return """SELECT iata FROM {{ airports.v1 }} AS a JOIN {{flights.v1}} AS f ON a.iata = f.origin WHERE WHERE a.city 3"""
`,
    );
    expect([at, line]).toEqual(['a', 4]);
    const query = run.finished.error?.range.start;
    expect(query?.character).toBe(
      '    return """SELECT iata FROM {{ airports.v1 }} AS a JOIN {{flights.v1}} AS f ON a.iata = f.origin WHERE WHERE '.length,
    );
    expect(error).toMatchObject({ phase: 'analyse', errorClass: 'ParseException', message: "Syntax error at or near 'a'." });
  });

  it('is on the expression that divides by zero', async () => {
    const { error, at, line } = await failureOf(
      'ratio',
      `
@spark.sql_transformation(name="ratio", variant="v1")
def ratio():
    return (
        "SELECT iata, "
        "length(name) / (length(city) - length(city)) AS ratio "
        "FROM {{airports.v1}}"
    )
`,
    );
    expect([at, line]).toEqual(['length(name) / (length(city) - length(city))', 6]);
    expect(error).toMatchObject({ phase: 'execute', errorClass: 'SparkArithmeticException', condition: 'DIVIDE_BY_ZERO' });
    expect(error.message).toMatch(/^Division by zero\./);
  });

  it('speaks of sources by their templates, not by the views that stood for them', async () => {
    const { error } = await failureOf(
      'ambiguous',
      `
@spark.sql_transformation(name="ambiguous", variant="v1")
def ambiguous():
    return "SELECT origin FROM {{flights.v1}} JOIN {{airports.v1}} ON iata = nam"
`,
    );
    expect(error.suggestions).toContain('{{airports.v1}}.name');
    expect(error.message).not.toMatch(/source_\d/);
  });
});

describe('a failure in a DataFrame function', () => {
  it('is on the expression that raises, three lines into the function', async () => {
    const { error, at, line } = await failureOf(
      'halves',
      `
@spark.df_transformation(name="halves", variant="v1", inputs=[("airports", "v1")])
def halves(airports):
    parts = 1
    rest = parts - 1
    return airports.limit(parts // rest)
`,
    );
    expect([at, line]).toEqual(['parts // rest', 6]);
    expect(error).toMatchObject({ phase: 'execute', message: 'ZeroDivisionError: integer division or modulo by zero' });
    expect(error.detail).toContain('return airports.limit(parts // rest)');
  });

  it('is on the name of the unknown column', async () => {
    const { error, at, line } = await failureOf(
      'chosen',
      `
class Definitions:
    @spark.df_transformation(name="chosen", variant="v1", inputs=[("airports", "v1")])
    def chosen(airports):
        é = airports.where("state = 'TX'")
        return (é.select("iata", "name", "state")
                .groupBy("state", "citty")
                .count())
`,
    );
    expect([at, line]).toEqual(['"citty"', 7]);
    expect(error).toMatchObject({ phase: 'analyse', condition: 'UNRESOLVED_COLUMN.WITH_SUGGESTION' });
  });

  it('is on the return when that gives no DataFrame, and on the name when there is none', async () => {
    const shown = await failureOf(
      'shown',
      `
@spark.df_transformation(name="shown", variant="v1", inputs=[("airports", "v1")])
def shown(airports):
    return airports.limit(1).collect()
`,
    );
    expect([shown.at, shown.error.message]).toEqual([
      'airports.limit(1).collect()',
      'shown returned a list; it must return a pyspark DataFrame.',
    ]);
    const forgotten = await failureOf(
      'forgotten',
      `
@spark.df_transformation(name="forgotten", variant="v1", inputs=[("airports", "v1")])
def forgotten(airports):
    airports.limit(1)
`,
    );
    expect(forgotten.error.message).toBe('forgotten returned None; it must return a DataFrame.');
    expect(forgotten.at).toContain('forgotten');
  });

  it('comes where it would come on the cluster: modules, constants, helpers and defaults do not travel', async () => {
    const outside = await failureOf(
      'outside',
      `
import math
LIMIT = 3

@spark.df_transformation(name="outside", variant="v1", inputs=[("airports", "v1")])
def outside(airports):
    return airports.limit(LIMIT)
`,
    );
    expect([outside.at, outside.line]).toEqual(['LIMIT', 7]);
    expect(outside.error.message).toMatch(/^NameError: name 'LIMIT' is not defined\./);
    const defaults = await failureOf(
      'defaults',
      `
@spark.df_transformation(name="defaults", variant="v1", inputs=[("airports", "v1")])
def defaults(airports, *, rows=3):
    return airports.limit(rows)
`,
    );
    expect(defaults.error.message).toMatch(/^TypeError: .*missing 1 required keyword-only argument: 'rows'.*default values do not exist/);
  });

  it('is on the line of a function that failed in a worker', async () => {
    const { error, at, line } = await failureOf(
      'worker',
      `
@spark.df_transformation(name="worker", variant="v1", inputs=[("airports", "v1")])
def worker(airports):
    @F.udf("int")
    def code_number(text):
        return int(text)

    return airports.limit(3).select(code_number("iata"))
`,
    );
    expect([at, line]).toEqual(['return int(text)', 6]);
    expect(error.message).toMatch(/^ValueError: invalid literal for int\(\)/);
  });
});

describe('an input', () => {
  it('that does not exist is named with its place, on its definition', async () => {
    const { error, at, run } = await failureOf(
      'lost',
      `
@spark.sql_transformation(name="lost", variant="v1")
def lost():
    return "SELECT * FROM {{missing.v1}}"
`,
    );
    expect(error).toMatchObject({ phase: 'input', step: 'missing.v1' });
    expect(error.message).toMatch(/^missing\.v1: no such file or folder: .*nowhere\.parquet \(for s3:\/\/bucket\/nowhere\.parquet\)\.$/);
    expect(at).toContain('missing');
    expect((await readManifest(run.finished.folder)).steps).toEqual([{ id: 'lost.v1', state: 'skipped', seconds: 0 }]);
  });

  it('that was never computed says what to do', async () => {
    const text = `${preamble}
@spark.sql_transformation(name="before", variant="v1")
def before():
    return "SELECT * FROM {{airports.v1}}"

@spark.sql_transformation(name="after", variant="v1")
def after():
    return "SELECT * FROM {{before.v1}}"
`;
    const { finished } = await runs.run(await planOf(text, 'after.v1', { upstream: false }));
    expect(finished.error?.message).toMatch(/^before\.v1 has no result here yet\. Run it first/);
  });
});

describe('cancelling', () => {
  it('stops the Spark job, and keeps Spark warm', async () => {
    const before = runs.executor.processId;
    const { finished } = await runs.run(await planOf(endless, 'endless.v1'), (event, cancel) => {
      if (event.event === 'stepProgress' && event.tasksTotal > 1) cancel();
    });
    expect(finished.state).toBe('cancelled');
    expect(finished.outputs).toEqual([]);
    expect((await readManifest(finished.folder)).steps).toMatchObject([{ id: 'endless.v1', state: 'cancelled' }]);
    const next = await runs.run(await planOf(chain, 'by_state.v1'));
    expect(next.finished.state).toBe('succeeded');
    expect(runs.executor.processId).toBe(before);
  });

  it('stops Python that does not come back, too', async () => {
    const { finished } = await runs.run(await planOf(endless, 'loop.v1'), (event, cancel) => {
      if (event.event === 'log' && event.text === 'looping') cancel();
    });
    // The runner's own word: it was not killed.
    expect(await readManifest(finished.folder)).toMatchObject({ state: 'cancelled', pythonVersion: expect.any(String) as string });
    // Its Spark cannot be trusted any more; the next run has another one, without anybody asking.
    const next = await runs.run(await planOf(chain, 'by_state.v1', { limit: 1 }));
    expect(next.finished.state).toBe('succeeded');
  });
});
