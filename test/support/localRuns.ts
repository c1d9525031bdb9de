// Runs definitions, given as text, on the real local Spark: plan by the server's own code, executor and store as they ship.

import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildRunPlan } from '../../server/src/features/runPlan';
import { defaultProject } from '../../server/src/workspace/project';
import type { Executor } from '../../shared/run/executor';
import type { FinishedEvent, JobEvent } from '../../shared/run/jobEvents';
import { FileRunStore } from '../../shared/run/local/fileRunStore';
import { LocalExecutor, type LocalExecutorOptions } from '../../shared/run/local/localExecutor';
import { defaultCacheFolder } from '../../shared/cacheFolder';
import { prepareEnvironment, type LocalEnvironment } from '../../shared/run/local/pythonEnvironment';
import type { RunManifest } from '../../shared/run/manifest';
import type { PlanRange, RunPlan } from '../../shared/run/plan';
import { runJob } from '../../shared/run/runJob';
import { checkRules } from './checkRules';

export const repository = resolve(import.meta.dirname, '../..');
export const runnerFolder = join(repository, 'runner');
/** The user's own: tests, the demo and the extension share one environment, whichever clone they run in. */
export const cacheFolder = defaultCacheFolder();
const flightData = join(repository, 'node_modules/vega-datasets/data');

/** Defines `airports.v1` (CSV) and `flights.v1` (parquet), real data, and `missing.v1`, which is nowhere. */
export const preamble = `import featureform as ff

role = ff.AWSAssumeRoleCredentials()
s3 = ff.register_s3(name="s3", credentials=role, bucket_region="us-east-1", bucket_name="bucket")
emr = ff.EMRCredentials(emr_cluster_id="j-1", emr_cluster_region="us-east-1", credentials=role)
spark = ff.register_spark(name="spark", executor=emr, filestore=s3)
spark.register_file(name="airports", variant="v1", file_path="s3://bucket/airports.csv")
spark.register_file(name="flights", variant="v1", file_path="s3://bucket/flights-3m.parquet")
spark.register_file(name="missing", variant="v1", file_path="s3://bucket/nowhere.parquet")
`;

export interface PlanRequest {
  readonly limit?: number;
  readonly upstream?: boolean;
}

/** The plan of an id, as the server builds it, but for definitions that have problems, too. */
export async function planOf(text: string, id: string, { limit, upstream = true }: PlanRequest = {}): Promise<RunPlan> {
  const project = { ...defaultProject, locations: [{ remote: 's3://bucket/', local: flightData }] };
  const { snapshot } = await checkRules(new Map([['definitions.py', text]]), project);
  const params = { id, engine: 'local', upstream, ...(limit === undefined ? {} : { limit }) } as const;
  const answer = buildRunPlan(snapshot, params, { root: '/workspace', diagnose: () => [] });
  if (answer.kind === 'refused') throw new Error(answer.reasons.map(({ message }) => message).join('; '));
  return answer.plan;
}

/** The interpreter and the Java that local runs use; made on the first call on a machine. */
export async function localEnvironment(): Promise<LocalEnvironment> {
  const environment = await prepareEnvironment({ cacheFolder }, () => undefined);
  if (environment.kind === 'missing') throw new Error(environment.message);
  return environment;
}

export interface LocalRuns {
  readonly root: string;
  readonly store: FileRunStore;
  readonly executor: LocalExecutor;
  run(plan: RunPlan, onEvent?: (event: JobEvent, cancel: () => void) => void): Promise<FinishedRun>;
  dispose(): Promise<void>;
}

export interface FinishedRun {
  readonly events: readonly JobEvent[];
  readonly finished: FinishedEvent;
}

/** An executor with one warm Spark, and a store in a folder of its own. */
export async function openLocalRuns(options: Partial<LocalExecutorOptions> = {}, keep = 50): Promise<LocalRuns> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'sparkform-runs-')));
  const store = new FileRunStore({ root, keep });
  const executor = new LocalExecutor({ runnerFolder, cacheFolder, memory: '1g', cores: 2, ...options });
  return {
    root,
    store,
    executor,
    run: (plan, onEvent) => followJob(plan, executor, store, onEvent),
    dispose: async () => {
      await executor.dispose();
      await rm(root, { recursive: true, force: true });
    },
  };
}

export async function followJob(
  plan: RunPlan,
  executor: Executor,
  store: FileRunStore,
  onEvent: (event: JobEvent, cancel: () => void) => void = () => undefined,
): Promise<FinishedRun> {
  const stop = new AbortController();
  const events: JobEvent[] = [];
  for await (const event of runJob(plan, executor, { store, signal: stop.signal })) {
    events.push(event);
    onEvent(event, () => {
      stop.abort();
    });
  }
  const last = events.at(-1);
  if (last?.event !== 'finished') throw new Error('the last event of a job is "finished"');
  return { events, finished: last };
}

export async function readManifest(folder: string): Promise<RunManifest> {
  return JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')) as RunManifest;
}

/** What a range underlines. */
export function underlined(text: string, range: PlanRange): string {
  const lines = text.split('\n');
  if (range.start.line === range.end.line) return lines[range.start.line]?.slice(range.start.character, range.end.character) ?? '';
  return [
    lines[range.start.line]?.slice(range.start.character),
    ...lines.slice(range.start.line + 1, range.end.line),
    lines[range.end.line]?.slice(0, range.end.character),
  ].join('\n');
}

/** The real airports, to compare with. */
export function airportCodes(): readonly string[] {
  const lines = readFileSync(join(flightData, 'airports.csv'), 'utf8').trim().split(/\r?\n/);
  return lines.slice(1).map((line) => line.slice(0, line.indexOf(',')));
}
