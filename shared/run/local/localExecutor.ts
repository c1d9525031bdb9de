// Runs plans on a Spark on this machine, which is started with the first of them and stays warm for the next.

import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CollectAnswer, Executor, Job, StageAnswer, StagedJob, SubmittedJob } from '../executor';
import type { RunFailure } from '../manifest';
import { parseManifest } from '../parseManifest';
import { parseUntrustedText } from '../untrustedJson';
import { prepareEnvironment, type EnvironmentOptions } from './pythonEnvironment';
import { SparkProcess, type ProcessRun } from './sparkProcess';
import { sparkEnvironment, sparkSettings } from './sparkSettings';

export interface LocalExecutorOptions extends EnvironmentOptions {
  /** The folder of `main.py`. */
  readonly runnerFolder: string;
  /** Spark is stopped when nothing ran for so long. */
  readonly idleMilliseconds?: number;
  /** A cancelled run that has not stopped after this is killed, with its Spark. */
  readonly graceMilliseconds?: number;
  readonly memory?: string;
  /** How many tasks run at once; all cores by default. */
  readonly cores?: number;
  /** Settings of Spark, `spark.…`. */
  readonly settings?: Readonly<Record<string, string>>;
}

const IDLE_MILLISECONDS = 10 * 60_000;
const GRACE_MILLISECONDS = 5_000;
/** The part of it after which the runner gives up by itself, in better order than a kill. */
const RUNNER_GRACE = 0.6;

const missingClass = { python: 'PythonMissing', pyspark: 'PySparkMissing', java: 'JavaMissing' } as const;

export function createLocalExecutor(options: LocalExecutorOptions): LocalExecutor {
  return new LocalExecutor(options);
}

export class LocalExecutor implements Executor {
  readonly engine = 'local';
  private session: SparkProcess | undefined;
  private idle: NodeJS.Timeout | undefined;
  /** The end of the last job, and of the last preparation: there is one at a time of each. */
  private turn: Promise<void> = Promise.resolve();
  private preparation: Promise<void> = Promise.resolve();

  constructor(private readonly options: LocalExecutorOptions) {}

  /** The process of the warm session, while there is one. */
  get processId(): number | undefined {
    return this.session?.isAlive === true ? this.session.processId : undefined;
  }

  /** Starts Spark ahead of the first job. Gives what stands in the way, if anything does. */
  async warmUp(report: (message: string) => void = () => undefined, signal?: AbortSignal): Promise<RunFailure | undefined> {
    return this.ready(report, signal ?? new AbortController().signal);
  }

  async stage(job: Job, report: (message: string) => void, signal: AbortSignal): Promise<StageAnswer> {
    const failure = await this.ready(report, signal);
    signal.throwIfAborted();
    return failure === undefined
      ? { kind: 'staged', job: { submit: (submitSignal) => this.submit(job, submitSignal) } satisfies StagedJob }
      : { kind: 'refused', failure };
  }

  async dispose(): Promise<void> {
    clearTimeout(this.idle);
    const session = this.session;
    this.session = undefined;
    await session?.stop(this.grace);
  }

  private get grace(): number {
    return this.options.graceMilliseconds ?? GRACE_MILLISECONDS;
  }

  private async ready(report: (message: string) => void, signal: AbortSignal): Promise<RunFailure | undefined> {
    const before = this.preparation;
    let release = (): void => undefined;
    this.preparation = new Promise((resolve) => {
      release = resolve;
    });
    try {
      await untilAborted(before, signal);
      return this.session?.isAlive === true ? undefined : await this.startSession(report, signal);
    } finally {
      void before.then(release);
    }
  }

  private async startSession(report: (message: string) => void, signal: AbortSignal): Promise<RunFailure | undefined> {
    const environment = await prepareEnvironment(this.options, report, signal);
    if (environment.kind === 'missing') {
      return { phase: 'start', errorClass: missingClass[environment.what], message: environment.message, suggestions: [] };
    }
    report('Starting Spark');
    const folder = await mkdtemp(join(tmpdir(), 'sparkform-spark-'));
    // User code may do to its working folder what it likes; Spark's scratch files are beside it.
    const cwd = join(folder, 'work');
    await mkdir(cwd);
    const { runnerFolder, memory = '2g', cores, settings: overrides = {} } = this.options;
    const session = new SparkProcess({
      python: environment.python,
      mainFile: join(runnerFolder, 'main.py'),
      settings: sparkSettings({ runnerFolder, sessionFolder: folder, memory, cores, overrides }),
      env: sparkEnvironment(this.options.env ?? process.env, environment.python, environment.javaHome),
      cwd,
      graceMilliseconds: this.grace * RUNNER_GRACE,
    });
    void session.ended.then(() => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => undefined));
    this.session = session;
    return undefined;
  }

  private async submit(job: Job, signal: AbortSignal): Promise<SubmittedJob> {
    const before = this.turn;
    let release = (): void => undefined;
    this.turn = new Promise((resolve) => {
      release = resolve;
    });
    const passTurn = (): void => {
      void before.then(release);
    };
    try {
      await untilAborted(before, signal);
    } catch (error) {
      passTurn();
      throw error;
    }
    clearTimeout(this.idle);
    // While this job waited for its turn, the one before may have taken Spark with it.
    const failure = await this.ready(() => undefined, signal).catch((error: unknown) => {
      passTurn();
      throw error;
    });
    const session = this.session;
    if (session === undefined || failure !== undefined) {
      passTurn();
      throw new Error(failure?.message ?? 'The local Spark was stopped before the run began.');
    }
    session.hold(true);
    const run = session.run(job.runId, join(job.folder, 'plan.json'), job.folder, this.grace);
    const finish = (): void => {
      passTurn();
      this.rest(session);
    };
    return {
      events: whenDone(run.events, finish),
      cancel: () => {
        run.cancel();
      },
      collect: () => collect(job, session, run),
    };
  }

  private rest(session: SparkProcess): void {
    session.hold(false);
    clearTimeout(this.idle);
    this.idle = setTimeout(() => {
      if (this.session === session) this.session = undefined;
      void session.stop(this.grace);
    }, this.options.idleMilliseconds ?? IDLE_MILLISECONDS);
    this.idle.unref();
  }
}

/** Waits for a promise that does not fail, but not longer than the signal lets. */
async function untilAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

async function* whenDone<T>(values: AsyncIterable<T>, done: () => void): AsyncGenerator<T, void> {
  try {
    yield* values;
  } finally {
    done();
  }
}

async function collect(job: Job, session: SparkProcess, run: ProcessRun): Promise<CollectAnswer> {
  const text = await readFile(join(job.folder, 'result.json'), 'utf8').catch(() => undefined);
  if (text !== undefined) {
    const parsed = parseUntrustedText(text, (value) => value);
    const manifest = parsed.kind === 'valid' ? parseManifest(parsed.value) : parsed;
    if (manifest.kind === 'valid') return { kind: 'manifest', manifest: manifest.value };
    return lost('InvalidManifest', `The runner left a result that cannot be read. ${manifest.problem}.`);
  }
  // Told, and not written down: the disk may be full, or the folder gone.
  const told = run.manifest();
  if (told !== undefined) return { kind: 'manifest', manifest: told };
  // Events end without the end of the run only when the process does.
  const end = await session.ended;
  return lost('SparkProcessEnded', `The Spark process ${end.description} before the run was over.`, end.log);
}

function lost(errorClass: string, message: string, detail?: string): CollectAnswer {
  const failure: RunFailure = { phase: 'execute', errorClass, message, suggestions: [], ...(detail ? { detail } : {}) };
  return { kind: 'lost', failure };
}
