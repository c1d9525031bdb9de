// Spark's own parser, as the judge of what is Spark SQL: one long-lived Java process over the jars of the local PySpark, which answers
// through its standard input and output alone.

import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { defaultCacheFolder } from '../../shared/cacheFolder';
import { prepareEnvironment } from '../../shared/run/local/pythonEnvironment';

export interface Verdict {
  /** `query`, or the grammar's name of another statement, such as `CreateTable`; absent where the grammar rejects the text. */
  readonly statement?: string;
  readonly problem?: Problem;
}

interface Problem {
  /** Whether the grammar rejects the text, or what builds Spark's plan from the tree. */
  readonly stage: 'grammar' | 'builder';
  readonly errorClass: string;
  readonly message: string;
  /** The offending token, as Spark quotes it. */
  readonly near?: string;
  readonly offset?: number;
}

export interface Judge {
  /** A verdict for each text, in order. */
  judge(texts: readonly string[]): Promise<readonly Verdict[]>;
  close(): void;
}

/** Texts in one question: few enough that an answer is far from the deadline. */
const batchSize = 500;
const deadline = 60_000;

export function isQuery({ statement, problem }: Verdict): boolean {
  return statement === 'query' && problem === undefined;
}

export async function openJudge(): Promise<Judge> {
  const environment = await prepareEnvironment({ cacheFolder: defaultCacheFolder() }, () => undefined);
  if (environment.kind === 'missing') throw new Error(environment.message);
  const { python, javaHome } = environment;
  const where = 'import importlib.util; print(importlib.util.find_spec("pyspark").submodule_search_locations[0])';
  const jars = join(execFileSync(python, ['-c', where], { encoding: 'utf8' }).trim(), 'jars', '*');
  // Spark compiles generated code with Janino, which compiles and runs the judge as well: no Java development kit is needed.
  const compiler = 'org.codehaus.janino.SimpleCompiler';
  const source = join(import.meta.dirname, 'SparkJudge.java');
  const child = spawn(
    join(javaHome, 'bin', 'java'),
    ['-Xmx2g', '-Xss16m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', jars, compiler, source, 'SparkJudge'],
    { env: { ...process.env, SPARK_LOCAL_IP: '127.0.0.1' } },
  );
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-4000)));
  const waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  const fail = (why: string): void => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`the judge ${why}: ${complaints}`));
  };
  child.on('error', ({ message }) => {
    fail(`cannot be started (${message})`);
  });
  child.on('close', () => {
    fail('has ended');
  });
  child.stdin.on('error', () => undefined);

  const ask = async (texts: readonly string[]): Promise<readonly Verdict[]> => {
    const answer = new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }));
    const timer = setTimeout(() => child.kill('SIGKILL'), deadline);
    child.stdin.write(`${JSON.stringify(texts)}\n`);
    try {
      return JSON.parse(await answer) as Verdict[];
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    async judge(texts) {
      const verdicts: Verdict[] = [];
      for (let at = 0; at < texts.length; at += batchSize) verdicts.push(...(await ask(texts.slice(at, at + batchSize))));
      return verdicts;
    },
    close() {
      child.stdin.end();
    },
  };
}
