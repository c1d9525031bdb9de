// How runs end when their program is told to, killed, or left alone. Nothing outlives its parent, and a manifest is always there.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sparkEnvironment, sparkSettings } from '../../../shared/run/local/sparkSettings';
import type { LocalEnvironment } from '../../../shared/run/local/pythonEnvironment';
import { localEnvironment, openLocalRuns, planOf, preamble, readManifest, runnerFolder } from '../../support/localRuns';

vi.setConfig({ testTimeout: 120_000 });

const definitions = `${preamble}
@spark.df_transformation(name="slow", variant="v1", inputs=[("airports", "v1")])
def slow(airports):
    @F.udf("string")
    def wait(text):
        import time
        time.sleep(0.1)
        return text

    return airports.select(wait("iata"))


@spark.sql_transformation(name="few", variant="v1")
def few():
    return "SELECT iata FROM {{airports.v1}} LIMIT 3"
`;

let environment: LocalEnvironment;
let folder: string;

beforeAll(async () => {
  environment = await localEnvironment();
  folder = await mkdtemp(join(tmpdir(), 'sparkform-process-'));
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The command line of the runner, with the settings of local runs. */
function runnerArguments(): readonly string[] {
  const settings = sparkSettings({ runnerFolder, sessionFolder: folder, memory: '1g', cores: 2, overrides: {} });
  // A run is not given up because the machine is slow.
  return ['--grace', '100', ...Object.entries(settings).flatMap(([key, value]) => ['--conf', `${key}=${value}`])];
}

async function preparePlan(name: string): Promise<{ readonly plan: string; readonly out: string }> {
  const out = join(folder, name);
  await mkdir(out, { recursive: true });
  const plan = join(out, 'plan.json');
  await writeFile(plan, JSON.stringify(await planOf(definitions, 'slow.v1')));
  return { plan, out };
}

/** Resolves at the first line that has the text. */
function lineWith(child: ChildProcess, text: string): Promise<string> {
  if (child.stdout === null) throw new Error('standard output is piped');
  const lines = createInterface({ input: child.stdout });
  return new Promise((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes(text)) resolve(line);
    });
    lines.on('close', () => {
      reject(new Error(`ended without "${text}"`));
    });
  });
}

describe('a single run', () => {
  it('that is terminated stops, leaves its manifest and nothing half-written', async () => {
    const { plan, out } = await preparePlan('terminated');
    const runner = spawn(environment.python, [join(runnerFolder, 'main.py'), 'run', '--plan', plan, '--out', out, ...runnerArguments()], {
      env: sparkEnvironment(process.env, environment.python, environment.javaHome),
      cwd: folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await lineWith(runner, '"stepProgress"');
    runner.kill('SIGTERM');
    const [code] = (await once(runner, 'close')) as [number];
    expect(code).toBe(143);
    expect(await readManifest(out)).toMatchObject({
      state: 'cancelled',
      target: 'slow.v1',
      steps: [{ id: 'slow.v1', state: 'cancelled' }],
    });
    expect(await readdir(join(out, 'featureform/Transformation/slow/v1')).catch(() => [])).toEqual([]);
  });

  it('with a plan that is none says what is wrong with it', async () => {
    const out = join(folder, 'hostile');
    await mkdir(out);
    const plan = join(out, 'plan.json');
    await writeFile(plan, JSON.stringify({ ...(await planOf(definitions, 'few.v1')), target: '../../etc.v1' }));
    const runner = spawn(environment.python, [join(runnerFolder, 'main.py'), 'run', '--plan', plan, '--out', out], { stdio: 'ignore' });
    const [code] = (await once(runner, 'close')) as [number];
    expect(code).toBe(1);
    expect((await readManifest(out)).error).toEqual({
      phase: 'start',
      suggestions: [],
      errorClass: 'PlanError',
      message: 'The plan is not valid. target: expected the id of the last step, "few.v1", found "../../etc.v1"',
    });
  });
});

describe('a warm Spark', () => {
  it('ends with its parent, however that dies, and Java with it', async () => {
    const { plan, out } = await preparePlan('orphaned');
    const request = JSON.stringify({ request: 'run', runId: 'orphaned', plan, out });
    const command = [environment.python, join(runnerFolder, 'main.py'), 'serve', ...runnerArguments()];
    const parent = spawn(
      process.execPath,
      [
        '--eval',
        `const [program, ...args] = ${JSON.stringify(command)};
         const child = require('node:child_process').spawn(program, args, { stdio: ['pipe', 'inherit', 'inherit'] });
         child.stdin.write(${JSON.stringify(`${request}\n`)});`,
      ],
      { env: sparkEnvironment(process.env, environment.python, environment.javaHome), cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    parent.stderr.resume();
    // Every process of the family holds the other end of this pipe.
    const everyoneIsGone = once(parent.stderr, 'close');
    await lineWith(parent, '"stepProgress"');
    parent.kill('SIGKILL');
    await everyoneIsGone;
    expect(await readManifest(out)).toMatchObject({ runId: 'orphaned', state: 'cancelled' });
  });

  it('that is killed fails its run; the next one gets a new Spark, which stops when nothing runs', async () => {
    const runs = await openLocalRuns({ idleMilliseconds: 200 });
    try {
      let killed: number | undefined;
      const { finished } = await runs.run(await planOf(definitions, 'slow.v1'), (event) => {
        const { processId } = runs.executor;
        if (event.event === 'stepProgress' && killed === undefined && processId !== undefined) {
          killed = processId;
          process.kill(processId, 'SIGKILL');
        }
      });
      expect(finished).toMatchObject({ state: 'failed', outputs: [], error: { errorClass: 'SparkProcessEnded' } });
      expect(finished.error?.message).toBe('The Spark process was ended by SIGKILL before the run was over.');
      expect(await readManifest(finished.folder)).toMatchObject({ state: 'failed', steps: [{ id: 'slow.v1', state: 'failed' }] });
      expect(await readdir(join(finished.folder, 'featureform/Transformation/slow/v1')).catch(() => [])).toEqual([]);

      const next = await runs.run(await planOf(definitions, 'few.v1'));
      expect(next.finished.outputs.map(({ id, rows }) => [id, rows])).toEqual([['few.v1', 3]]);
      expect(runs.executor.processId).not.toBe(killed);
      await vi.waitUntil(() => runs.executor.processId === undefined, { timeout: 60_000 });
    } finally {
      await runs.dispose();
    }
  });
});
