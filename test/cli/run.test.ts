import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FinishedEvent, JobEvent } from '../../shared/run/jobEvents';
import type { RunPlan } from '../../shared/run/plan';
import { builtFile } from '../support/builtFile';
import { sparkform } from '../support/cli';
import { localEnvironment } from '../support/localRuns';

let folder = '';
beforeAll(async () => {
  await localEnvironment();
  folder = mkdtempSync(join(tmpdir(), 'sparkform-run-'));
  cpSync('test/workspaces/editor', folder, { recursive: true });
}, 600_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function events(out: string): JobEvent[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JobEvent);
}

describe('plan', () => {
  it('prints what a run would do', () => {
    const { code, out, err } = sparkform(['plan', 'busy_days.v1', '--upstream'], folder);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const plan = JSON.parse(out) as RunPlan;
    expect(plan).toMatchObject({ version: 1, engine: 'local', target: 'busy_days.v1' });
    expect(plan.inputs.map(({ id, format, location, localPath }) => ({ id, format, location, localPath }))).toEqual([
      { id: 'orders.v1', format: 'csv', location: 's3://shop/orders.csv', localPath: join(folder, 'data/orders.csv') },
    ]);
    expect(plan.steps.map((step) => `${step.kind} ${step.id} <- ${step.inputs.join()}`)).toEqual([
      'sql daily_orders.v1 <- orders.v1',
      'dataframe busy_days.v1 <- daily_orders.v1',
    ]);
  });

  it('says where and why there is none', () => {
    expect(sparkform(['plan', 'misspelt.v1', '--upstream'], folder)).toEqual({
      code: 1,
      out: '',
      err: 'problems.py:8:34: nothing in this workspace defines source "ordres.v1"\n',
    });
    expect(sparkform(['plan', 'nothing.v1'], folder)).toMatchObject({ code: 1, out: '' });
  });
});

describe('run and preview', () => {
  it('runs upstream first, tells every event as a line, and keeps the result', () => {
    const before = sparkform(['preview', 'busy_days.v1'], folder);
    expect(before).toEqual({
      code: 1,
      out: '',
      err: 'preview: "busy_days.v1" has not been run here yet; run it first: sparkform run busy_days.v1 --upstream\n',
    });
    const run = sparkform(['run', 'busy_days.v1', '--upstream', '--format', 'json'], folder);
    expect(run.code).toBe(0);
    const told = events(run.out);
    expect(
      told.filter((event) => event.event === 'stepFinished').map((event) => `${event.id} ${event.state} ${String(event.rows)}`),
    ).toEqual(['daily_orders.v1 succeeded 4', 'busy_days.v1 succeeded 1']);
    const last = told.at(-1) as FinishedEvent;
    expect(last).toMatchObject({ event: 'finished', state: 'succeeded' });
    expect(last.outputs.map(({ id, rows }) => ({ id, rows }))).toEqual([
      { id: 'daily_orders.v1', rows: 4 },
      { id: 'busy_days.v1', rows: 1 },
    ]);
    expect(readFileSync(join(folder, '.sparkform/.gitignore'), 'utf8').trim()).toBe('*');
    expect(existsSync(join(last.folder, 'result.json'))).toBe(true);

    expect(sparkform(['preview', 'busy_days.v1'], folder)).toEqual({
      code: 0,
      err: '',
      out: `customer_id  day         orders  revenue
string       date        bigint   double
───────────  ──────────  ──────  ───────
ann          2024-03-02       2     39.9

1 row, 4 columns
`,
    });
    expect(
      sparkform(['preview', 'daily_orders.v1', '--format', 'csv', '--columns', 'customer_id,orders', '--offset', '3'], folder),
    ).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^customer_id,orders\r\n\w+,\d\r\n$/) as string,
    });
    const json = JSON.parse(sparkform(['preview', 'busy_days.v1', '--format', 'json'], folder).out) as Record<string, unknown>;
    expect(json).toMatchObject({
      target: 'busy_days.v1',
      columns: [
        { name: 'customer_id', type: 'string' },
        { name: 'day', type: 'date' },
        { name: 'orders', type: 'bigint' },
        { name: 'revenue', type: 'double' },
      ],
      rows: [{ customer_id: 'ann', day: '2024-03-02', orders: 2, revenue: 39.9 }],
      totalRows: 1,
    });
    expect(json['bytesRead']).toBeGreaterThan(0);
    expect(json['requests']).toBeGreaterThan(0);
  }, 180_000);

  it('puts a failure on its line', () => {
    const run = sparkform(['run', 'unknown_column.v1'], folder);
    expect(run.code).toBe(1);
    expect(run.out).toBe('');
    expect(run.err).toContain(
      'failing.py:8:30 error A column or function parameter with name `prize` cannot be resolved. Did you mean one of the following? [`amount`, `order_id`, `ordered_at`, `customer_id`].',
    );
    expect(run.err).toContain(`
    8 |     return "SELECT order_id, prize FROM {{orders.v1}}"
      |                              ^^^^^
`);
  }, 180_000);

  it('ends its events with the end, also when there is nothing to run', () => {
    const { code, out, err } = sparkform(['run', 'misspelt.v1', '--upstream', '--format', 'json'], folder);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const reason = {
      message: 'nothing in this workspace defines source "ordres.v1"',
      uri: pathToFileURL(join(folder, 'problems.py')).href,
      range: { start: { line: 7, character: 33 }, end: { line: 7, character: 46 } },
    };
    expect(out.trimEnd().split('\n')).toEqual(
      [
        { event: 'refused', reasons: [reason] },
        { event: 'finished', state: 'failed', outputs: [], error: { phase: 'start', errorClass: 'Refused', suggestions: [], ...reason } },
      ].map((event) => JSON.stringify(event)),
    );
  });

  it('is cancelled in good order when nobody reads its events any more', async () => {
    const child = spawn(process.execPath, [builtFile('cli.js'), 'run', 'busy_days.v1', '--upstream', '--format', 'json'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    const [first] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const [line = ''] = first.split('\n');
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, said }).toEqual({ code: 1, said: [] });
    const { runId } = JSON.parse(line) as { runId: string };
    const result = readFileSync(join(folder, '.sparkform/runs', runId, 'result.json'), 'utf8');
    expect(JSON.parse(result)).toMatchObject({ state: 'cancelled', target: 'busy_days.v1', steps: [{}, {}] });
  }, 180_000);

  it('previews CSV as Featureform reads it', () => {
    expect(sparkform(['preview', 'orders.v1', '--limit', '1', '--format', 'json'], folder)).toMatchObject({ code: 0, err: '' });
    const { columns, rows } = JSON.parse(sparkform(['preview', 'orders.v1', '--limit', '1', '--format', 'json'], folder).out) as {
      readonly columns: readonly { readonly name: string; readonly type: string }[];
      readonly rows: readonly unknown[];
    };
    const [header = '', first = ''] = readFileSync(join(folder, 'data/orders.csv'), 'utf8').split('\n');
    expect(columns).toEqual(header.split(',').map((name) => ({ name, type: 'string' })));
    expect(rows).toEqual([Object.fromEntries(header.split(',').map((name, index) => [name, first.split(',')[index]]))]);
  });

  it('answers wrong targets with what there is', () => {
    expect(sparkform(['preview', 'busy_dais.v1'], folder)).toMatchObject({ code: 2, out: '' });
    expect(sparkform(['preview', 'nowhere/x.parquet'], folder)).toEqual({
      code: 2,
      out: '',
      err: 'sparkform: preview: "nowhere/x.parquet" does not exist\n',
    });
    expect(sparkform(['preview', 'definitions.py'], folder)).toMatchObject({ code: 2, out: '' });
    expect(sparkform(['run', 'busy_days.v1', '--engine', 'emr'], folder)).toEqual({
      code: 2,
      out: '',
      err: 'sparkform: run: --engine must be "local", not "emr"\n',
    });
  });
});
