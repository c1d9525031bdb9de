// Work on tables by the readers that can be had here: those for JavaScript, each in a process of its own, and Spark.

import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defaultCacheFolder } from '../../shared/cacheFolder';
import { prepareEnvironment } from '../../shared/run/local/pythonEnvironment';
import type { TableCost, TableWork } from './tableWork';

export interface Measured extends TableCost {
  /** The most that the process held, in bytes. */
  readonly peak: number;
}

/** Throws when the work fails. */
export function measureWork(work: TableWork): Measured {
  // Some readers need a great deal.
  const limits = ['--max-old-space-size=8192', '-r', './test/bench/memoryProbe.cjs'];
  const run = spawnSync(process.execPath, [...limits, 'build/bench/tableWork.cjs', JSON.stringify(work)], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`${JSON.stringify(work)}: exit ${String(run.status)}\n${run.stderr}`);
  return { ...(JSON.parse(run.stdout) as TableCost), peak: Number(/maxrss=(\d+)/.exec(run.stderr)?.[1]) * 1024 };
}

export interface SparkAnswer {
  /** Milliseconds until Spark is up. */
  readonly up: number;
  /** Milliseconds of each work. */
  readonly best: readonly number[];
}

/** The same work by Spark, which knows no slow lines. */
export async function askSpark(works: readonly Omit<TableWork, 'reader' | 'isSlow'>[]): Promise<SparkAnswer> {
  const answer = await runPython(
    'readTable.py',
    works.map((work) => JSON.stringify(work)),
  );
  return JSON.parse(answer) as SparkAnswer;
}

/** What a script of this folder prints in the environment of local runs. */
export async function runPython(script: string, parameters: readonly string[]): Promise<string> {
  const environment = await prepareEnvironment({ cacheFolder: defaultCacheFolder() }, () => undefined);
  if (environment.kind === 'missing') throw new Error(environment.message);
  const { python, javaHome } = environment;
  const path = join(import.meta.dirname, '..', 'bench', script);
  const { stdout } = await promisify(execFile)(python, [path, ...parameters], {
    env: { ...process.env, JAVA_HOME: javaHome, SPARK_LOCAL_IP: '127.0.0.1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}
