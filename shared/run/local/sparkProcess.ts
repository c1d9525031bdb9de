// A child process that keeps Spark warm (`runner/main.py serve`): requests go to its standard input, its events come from
// its standard output, one JSON object a line. It ends when its input does, so it cannot outlive this process.

import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { AsyncQueue } from '../asyncQueue';
import type { LogEvent } from '../executor';
import type { RunManifest, RunnerEvent } from '../manifest';
import { parseRunnerEvent } from '../parseManifest';
import { parseUntrustedText } from '../untrustedJson';

export interface SparkProcessOptions {
  readonly python: string;
  readonly mainFile: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** How long a cancelled run may take to end before the runner itself gives it up. */
  readonly graceMilliseconds: number;
}

/** What a run needs of the process; one at a time. */
export interface ProcessRun {
  readonly events: AsyncIterable<RunnerEvent | LogEvent>;
  /** What the process told of the end of the run; undefined while it goes on, and when the process ended first. */
  readonly manifest: () => RunManifest | undefined;
  cancel(): void;
}

export interface ProcessEnd {
  /** How it ended, in words. */
  readonly description: string;
  /** The last lines of its standard error. */
  readonly log: string;
}

/** Lines of standard error that are kept for the story of an unexpected end. */
const LOG_LINES = 40;
/** What a run may print: more than anybody reads, less than what would fill a memory or a disk. */
const LOG_LINE_LENGTH = 4_000;
const LOG_LINES_OF_RUN = 20_000;

interface CurrentRun {
  readonly runId: string;
  readonly events: AsyncQueue<RunnerEvent | LogEvent>;
  manifest?: RunManifest;
  logLines: number;
}

export class SparkProcess {
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<ProcessEnd>;
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly log: string[] = [];
  private current: CurrentRun | undefined;
  private alive = true;
  /** It said that it ends after the run it just finished. */
  private ending = false;

  constructor(options: SparkProcessOptions) {
    const settings = Object.entries(options.settings).flatMap(([key, value]) => ['--conf', `${key}=${value}`]);
    this.child = spawn(options.python, [options.mainFile, 'serve', '--grace', String(options.graceMilliseconds / 1000), ...settings], {
      cwd: options.cwd,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.ended = this.watchEnd();
    // The end of the process is told by `ended`; a pipe that breaks on the way there is not news.
    this.child.stdin.on('error', () => undefined);
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.hear(line);
    });
    this.hearLog();
  }

  /** Whether it can take another run. */
  get isAlive(): boolean {
    return this.alive && !this.ending;
  }

  get processId(): number | undefined {
    return this.child.pid;
  }

  /** Starts a run. Its events end with `runFinished`, or without it when the process ends. */
  run(runId: string, planFile: string, folder: string, graceMilliseconds: number): ProcessRun {
    if (this.current !== undefined) throw new Error('a Spark process runs one plan at a time');
    const events = new AsyncQueue<RunnerEvent | LogEvent>();
    const current: CurrentRun = { runId, events, logLines: 0 };
    this.current = current;
    this.send({ request: 'run', runId, plan: planFile, out: folder });
    if (!this.alive) this.finishCurrent();
    let cancelled = false;
    return {
      events,
      manifest: () => current.manifest,
      cancel: () => {
        if (cancelled || this.current?.runId !== runId) return;
        cancelled = true;
        this.send({ request: 'cancel', runId });
        const kill = setTimeout(() => {
          if (this.current?.runId === runId) this.child.kill('SIGKILL');
        }, graceMilliseconds);
        void this.ended.then(() => {
          clearTimeout(kill);
        });
        kill.unref();
      },
    };
  }

  /** Lets the process end by itself and kills it when it does not. */
  async stop(graceMilliseconds: number): Promise<void> {
    this.child.stdin.end();
    const kill = setTimeout(() => this.child.kill('SIGKILL'), graceMilliseconds);
    await this.ended;
    clearTimeout(kill);
  }

  /** Whether this process is to stay alive for the sake of the child. */
  hold(held: boolean): void {
    const streams: readonly unknown[] = [this.child.stdin, this.child.stdout, this.child.stderr];
    for (const one of [this.child, ...streams] as readonly { ref?: () => void; unref?: () => void }[]) {
      if (held) one.ref?.();
      else one.unref?.();
    }
  }

  private send(request: object): void {
    if (this.child.stdin.writable) this.child.stdin.write(`${JSON.stringify(request)}\n`);
  }

  /** Standard error, line by line; of a line without end only the beginning is kept. */
  private hearLog(): void {
    let line = '';
    this.child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      const [first = '', ...others] = chunk.split('\n');
      line = (line + first).slice(0, LOG_LINE_LENGTH + 1);
      for (const next of others) {
        this.tellLog(line);
        line = next.slice(0, LOG_LINE_LENGTH + 1);
      }
    });
    this.child.stderr.on('end', () => {
      if (line !== '') this.tellLog(line);
    });
  }

  private tellLog(line: string): void {
    const text = line.length > LOG_LINE_LENGTH ? `${line.slice(0, LOG_LINE_LENGTH)}…` : line.replace(/\r$/, '');
    this.log.push(text);
    if (this.log.length > LOG_LINES) this.log.shift();
    const { current } = this;
    if (current === undefined || current.logLines > LOG_LINES_OF_RUN) return;
    current.logLines += 1;
    const isLast = current.logLines > LOG_LINES_OF_RUN;
    current.events.push({ event: 'log', text: isLast ? 'What else the run printed is left out.' : text });
  }

  private hear(line: string): void {
    const parsed = parseUntrustedText(line, (value) => value);
    const event = parsed.kind === 'valid' ? parseRunnerEvent(parsed.value) : parsed;
    if (event.kind === 'invalid') {
      this.current?.events.push({ event: 'log', text: `Not an event of the runner (${event.problem}): ${line.slice(0, 200)}` });
      return;
    }
    if (event.value.event === 'runFinished' && event.value.sessionEnds === true) this.ending = true;
    const { current } = this;
    current?.events.push(event.value);
    if (current === undefined || event.value.event !== 'runFinished' || event.value.manifest.runId !== current.runId) return;
    current.manifest = event.value.manifest;
    this.finishCurrent();
  }

  private finishCurrent(): void {
    this.current?.events.end();
    this.current = undefined;
  }

  private watchEnd(): Promise<ProcessEnd> {
    return new Promise((resolve) => {
      const end = (description: string): void => {
        this.alive = false;
        this.finishCurrent();
        resolve({ description, log: this.log.join('\n') });
      };
      this.child.on('error', (error) => {
        end(`could not be started: ${error.message}`);
      });
      // `close`, not `exit`: what it said last has been heard by then.
      this.child.on('close', (code, signal) => {
        end(signal === null ? `ended with code ${String(code)}` : `was ended by ${signal}`);
      });
    });
  }
}
