// What the local Spark reads from tables: the judge of everything here that claims to read like it.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { localEnvironment } from '../support/localRuns';

export type TruthValue = null | string | readonly TruthValue[] | { readonly [name: string]: TruthValue };

export interface Truth {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rowCount: number;
  /** Scalars as Spark's own text, structs as objects, maps as lists of `{key, value}`. */
  readonly rows: readonly (readonly TruthValue[])[];
  /** The first line of what Spark says, where it refuses; all else is absent then. */
  readonly error?: string;
}

export type SparkRequest =
  | { readonly format: 'parquet' | 'csv'; readonly path: string; readonly options?: Readonly<Record<string, string>> }
  /** Lines of CSV, each as so many columns of text; only `rows` are answered. */
  | { readonly format: 'lines'; readonly lines: readonly string[]; readonly width: number }
  /** Writes the rows of each query as one more part of a new parquet folder, and reads that. */
  | {
      readonly format: 'sql';
      readonly queries: readonly string[];
      readonly path: string;
      readonly options?: Readonly<Record<string, string>>;
    };

/** One answer a request, in order; starts one Spark for all of them. */
export async function sparkReads(requests: readonly SparkRequest[]): Promise<readonly Truth[]> {
  const { python, javaHome } = await localEnvironment();
  const running = promisify(execFile)(python, ['-B', join(import.meta.dirname, 'spark_reads.py')], {
    env: { ...process.env, JAVA_HOME: javaHome },
    maxBuffer: 1 << 28,
  });
  running.child.stdin?.end(JSON.stringify(requests));
  const { stdout } = await running;
  return JSON.parse(stdout) as Truth[];
}
