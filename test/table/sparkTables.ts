// Random tables that the local Spark wrote, and what it reads back and counts of them. SPARKFORM_SEED asks for others.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { localEnvironment } from '../support/localRuns';

export const sparkTableNames = ['snappy', 'snappy-single', 'uncompressed-int96', 'gzip', 'zstd', 'snappy-v2'] as const;
/** `long` has 300,000 rows in many pages; the truth of it begins at row 250,000. */
export type SparkTableName = (typeof sparkTableNames)[number] | 'long';

/** Of the flat columns alone: every value as Spark's own text. */
export interface SparkTruth {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly counts: readonly SparkCount[];
}

/** How many rows a comparison keeps. */
export interface SparkCount {
  readonly column: string;
  readonly operator: '=' | '<' | '>=' | 'null';
  readonly value: string | null;
  readonly count: number;
}

export interface SparkTables {
  path(name: SparkTableName): string;
  truth(name: SparkTableName): SparkTruth;
  dispose(): void;
}

export async function writeSparkTables(): Promise<SparkTables> {
  const { python, javaHome } = await localEnvironment();
  const folder = mkdtempSync(join(tmpdir(), 'sparkform-tables-'));
  const script = join(import.meta.dirname, 'writeTables.py');
  await promisify(execFile)(python, [script, folder, process.env['SPARKFORM_SEED'] ?? '1'], {
    env: { ...process.env, JAVA_HOME: javaHome, SPARK_LOCAL_IP: '127.0.0.1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return {
    path: (name) => join(folder, `${name}.parquet`),
    truth: (name) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as SparkTruth,
    dispose: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
