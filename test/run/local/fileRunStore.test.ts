import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileRunStore } from '../../../shared/run/local/fileRunStore';
import type { RunManifest } from '../../../shared/run/manifest';
import type { RunPlan } from '../../../shared/run/plan';
import type { OpenRun } from '../../../shared/run/runStore';
import { newRunId } from '../../../shared/run/runId';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

function planOf(id: string, limit?: number): RunPlan {
  const [name = '', variant = ''] = id.split('.');
  const step = {
    kind: 'sql',
    id,
    name,
    variant,
    view: 'source_0',
    inputs: [],
    uri: 'file:///d.py',
    range,
    sql: 'SELECT 1',
    segments: [],
  } as const;
  return { version: 1, engine: 'local', target: id, inputs: [], steps: [step], ...(limit === undefined ? {} : { limit }) };
}

let root: string;
let store: FileRunStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sparkform-store-'));
  store = new FileRunStore({ root, keep: 3 });
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Ends a run with one output, which exists. */
async function finish(run: OpenRun, id: string, state: RunManifest['state'] = 'succeeded'): Promise<string> {
  const [name = '', variant = ''] = id.split('.');
  const location = join(run.folder, 'featureform/Transformation', name, variant, '2026-11-22-12-00-00-000000');
  await mkdir(location, { recursive: true });
  await run.finish({
    version: 1,
    runId: run.runId,
    target: id,
    state,
    started: '2026-11-22T12:00:00.000Z',
    seconds: 1,
    steps: [{ id, state, seconds: 1, rows: 7, columns: [{ name: 'a', type: 'int', nullable: false }], location }],
  });
  return location;
}

describe('FileRunStore', () => {
  it('keeps runs where version control does not look, also where the user has said more', async () => {
    const run = await store.begin(planOf('a.v1'));
    expect(run.folder).toBe(join(root, '.sparkform/runs', run.runId));
    expect(JSON.parse(await readFile(join(run.folder, 'plan.json'), 'utf8'))).toEqual(planOf('a.v1'));
    expect(await readFile(join(root, '.sparkform/.gitignore'), 'utf8')).toBe('*\n');
    await writeFile(join(root, '.sparkform/.gitignore'), '# mine\n');
    await store.begin(planOf('a.v1'));
    expect(await readFile(join(root, '.sparkform/.gitignore'), 'utf8')).toBe('# mine\n');
  });

  it('has nothing before the first run', async () => {
    expect(await store.list()).toEqual([]);
    expect(await store.newestOutput('a.v1')).toBeUndefined();
  });

  it('finds the newest result that is still there', async () => {
    const first = await finish(await store.begin(planOf('a.v1'), '20260101-000000-000-000000'), 'a.v1');
    const run = await store.begin(planOf('a.v1'), '20260102-000000-000-000000');
    const second = await finish(run, 'a.v1');
    await finish(await store.begin(planOf('a.v1'), '20260103-000000-000-000000'), 'a.v1', 'failed');
    expect(await store.newestOutput('a.v1')).toEqual({
      runId: run.runId,
      id: 'a.v1',
      location: second,
      rows: 7,
      columns: [{ name: 'a', type: 'int', nullable: false }],
      started: '2026-11-22T12:00:00.000Z',
      limited: false,
    });
    await rm(second, { recursive: true });
    expect((await store.newestOutput('a.v1'))?.location).toBe(first);
    expect(await store.newestOutput('a.v2')).toBeUndefined();
  });

  it('tells results that a row limit cut short from whole ones', async () => {
    const whole = await finish(await store.begin(planOf('a.v1'), '20260101-000000-000-000000'), 'a.v1');
    const short = await finish(await store.begin(planOf('a.v1', 10), '20260102-000000-000-000000'), 'a.v1');
    expect(await store.newestOutput('a.v1')).toMatchObject({ location: short, limited: true });
    expect(await store.newestOutput('a.v1', { complete: true })).toMatchObject({ location: whole, limited: false });
  });

  it('removes what a run that did not succeed had begun to write', async () => {
    const run = await store.begin(planOf('a.v1'));
    const location = await finish(run, 'a.v1', 'failed');
    expect(existsSync(location)).toBe(false);
  });

  it('keeps the manifest of the runner', async () => {
    const run = await store.begin(planOf('a.v1'));
    await writeFile(join(run.folder, 'result.json'), '{"written": "by the runner"}');
    await finish(run, 'a.v1', 'cancelled');
    expect(await readFile(join(run.folder, 'result.json'), 'utf8')).toBe('{"written": "by the runner"}');
    expect(await store.list()).toEqual([]);
  });

  it('keeps the newest runs, those under way, and no others', async () => {
    const underWay = await store.begin(planOf('a.v1'), '20260101-000000-000-000000');
    const dead = await store.begin(planOf('a.v1'), '20260101-000001-000-000000');
    const longAgo = new Date('2026-01-01');
    await utimes(dead.folder, longAgo, longAgo);
    for (const day of [2, 3, 4, 5]) await finish(await store.begin(planOf('a.v1'), `2026010${day}-000000-000-000000`), 'a.v1');
    expect((await readdir(join(root, '.sparkform/runs'))).sort()).toEqual([
      underWay.runId,
      ...[3, 4, 5].map((day) => `2026010${day}-000000-000-000000`),
    ]);
    expect((await store.list()).map(({ runId }) => runId)).toEqual([5, 4, 3].map((day) => `2026010${day}-000000-000-000000`));
  });

  it('leaves no partial files', async () => {
    const run = await store.begin(planOf('a.v1'));
    run.record({ event: 'log', text: 'x' });
    await finish(run, 'a.v1');
    expect((await readdir(run.folder)).sort()).toEqual(['events.jsonl', 'featureform', 'plan.json', 'result.json']);
  });
});

describe('newRunId', () => {
  it('begins with the time, and is another one each time', () => {
    const now = new Date('2026-11-22T12:34:56.789Z');
    expect(newRunId(now)).toMatch(/^20261122-123456-789-[0-9a-f]{6}$/);
    expect(newRunId(now)).not.toBe(newRunId(now));
  });
});
