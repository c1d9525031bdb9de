// The runner's own tests are Python's: they run in one process, on one Spark, and each is reported here as it ends.

import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, it, vi } from 'vitest';
import { sparkEnvironment } from '../../shared/run/local/sparkSettings';
import { localEnvironment } from '../support/localRuns';

interface Outcome {
  readonly id: string;
  readonly problem: string | null;
}

interface Pending {
  readonly promise: Promise<Outcome>;
  readonly resolve: (outcome: Outcome) => void;
}

function pending(): Pending {
  let resolve: Pending['resolve'] = () => undefined;
  const promise = new Promise<Outcome>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

// Spark on a busy machine takes its time.
vi.setConfig({ testTimeout: 180_000 });

const environment = await localEnvironment();
const report = join(import.meta.dirname, 'report.py');
const env = sparkEnvironment(process.env, environment.python, environment.javaHome);
const listed = spawnSync(environment.python, [report, '--list'], { env, encoding: 'utf8' });
if (listed.status !== 0) throw new Error(listed.stderr);
const ids = JSON.parse(listed.stdout) as readonly string[];

describe('the runner', () => {
  const outcomes = new Map(ids.map((id) => [id, pending()]));
  const tests = spawn(environment.python, [report], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  tests.stderr.setEncoding('utf8').on('data', (chunk: string) => (said = (said + chunk).slice(-4_000)));
  createInterface({ input: tests.stdout }).on('line', (line) => {
    const outcome = JSON.parse(line) as Outcome;
    outcomes.get(outcome.id)?.resolve(outcome);
  });
  const ended = new Promise<void>((resolve) => {
    tests.on('close', () => {
      for (const [id, { resolve: settle }] of outcomes) settle({ id, problem: `The process ended before this test.\n${said}` });
      resolve();
    });
  });
  afterAll(() => ended);

  it.each(ids)('%s', async (id) => {
    const outcome = await outcomes.get(id)?.promise;
    if (outcome?.problem !== null) throw new Error(outcome?.problem ?? 'There is no such test.');
  });
});
