// Starts the reading process and survives its death. Quick questions have a lane of their own, so that none waits behind a
// scan, or a table that is opened from afar. A process that says nothing for too long is ended; a question that ends it is refused, and the next one starts
// another process.

import { fork, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { S3Settings } from '../s3/objectStore';
import type { ReadCost } from '../table/byteSource';
import type { OpenProgress } from '../table/folderTable';
import type { ScanProgress } from '../table/query/tableQuery';
import { TableProblem } from '../table/tableProblem';
import {
  settingsVariable,
  type ReaderAnswer,
  type ReaderCancel,
  type ReaderProgress,
  type ReaderQuestion,
  type ReaderRequest,
  type ReaderResult,
} from './messages';

export interface TableReaderOptions {
  /** The built `tableReader.js`. */
  readonly script: string;
  /** A process that is asked something and says nothing for so many milliseconds is ended; 10 seconds by default. */
  readonly timeout?: number;
  /** The heap of the process in megabytes; 1024 by default. */
  readonly memory?: number;
  /** The Node (or Electron) to run; this one by default. */
  readonly execPath?: string;
  /** How S3 is reached; as the AWS configuration of this computer says when left out. */
  readonly s3?: S3Settings;
}

/** In the order in which they are served. */
const lanes = ['quick', 'open', 'scan'] as const;
type Lane = (typeof lanes)[number];

export interface AskOptions {
  readonly lane: Lane;
  /** Grows by what was read. */
  readonly cost: ReadCost;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ScanProgress) => void) | undefined;
  readonly onOpening?: ((progress: OpenProgress) => void) | undefined;
  /** Called when the process ended before it answered. */
  readonly cleanUp?: () => void;
}

interface Job extends AskOptions {
  readonly request: ReaderRequest;
  /** Once; without effect afterwards. */
  readonly settle: (how: { readonly result: ReaderResult | undefined } | { readonly reason: unknown }) => void;
  isSettled: boolean;
  /** It was at work with another one when the process died: asked once more by itself, to learn which of them did it. */
  suspect: boolean;
}

interface Asked {
  readonly id: number;
  readonly job: Job;
}

export class ReaderProcess {
  private readonly waiting: Readonly<Record<Lane, Job[]>> = { quick: [], open: [], scan: [] };
  private readonly asked = new Map<Lane, Asked>();
  private child: ChildProcess | undefined;
  private childErrors = '';
  private silence: NodeJS.Timeout | undefined;
  private lastId = 0;
  private s3: S3Settings;
  private disposed = false;

  constructor(private readonly options: TableReaderOptions) {
    this.s3 = options.s3 ?? {};
  }

  /** The result, or undefined where the process forgot the query. Rejects with a TableProblem, or the signal's reason. */
  ask(request: ReaderRequest, options: AskOptions): Promise<ReaderResult | undefined> {
    return new Promise((resolve, reject) => {
      const refuse: (reason: unknown) => void = reject;
      if (options.signal?.aborted === true) {
        refuse(options.signal.reason);
        return;
      }
      if (this.disposed) {
        reject(closed());
        return;
      }
      const onAbort = (): void => {
        this.abort(job);
      };
      const job: Job = {
        ...options,
        request,
        isSettled: false,
        suspect: false,
        settle: (how) => {
          job.isSettled = true;
          options.signal?.removeEventListener('abort', onAbort);
          if ('reason' in how) refuse(how.reason);
          else resolve(how.result);
        },
      };
      options.signal?.addEventListener('abort', onAbort);
      this.waiting[options.lane].push(job);
      this.next();
    });
  }

  /** Other settings need another process, which is asked again what the old one did not answer. */
  useS3(settings: S3Settings): void {
    this.s3 = settings;
    for (const { job } of this.stopChild()) if (!job.isSettled) this.waiting[job.lane].unshift(job);
    this.next();
  }

  /** Ends the process; requests that still wait are refused. */
  dispose(): void {
    this.disposed = true;
    for (const { job } of this.stopChild()) if (!job.isSettled) job.settle({ reason: closed() });
    for (const lane of lanes) for (const job of this.waiting[lane].splice(0)) job.settle({ reason: closed() });
  }

  private abort(job: Job): void {
    const asked = this.asked.get(job.lane);
    if (asked?.job === job) {
      // The lane stays taken until the process has let go of it.
      const cancel: ReaderCancel = { cancel: asked.id };
      if (this.child?.connected === true) this.child.send(cancel, ignoreBrokenChannel);
    } else {
      const lane = this.waiting[job.lane];
      lane.splice(lane.indexOf(job), 1);
    }
    job.settle({ reason: job.signal?.reason });
  }

  private next(): void {
    for (const lane of lanes) {
      const [job] = this.waiting[lane];
      if (!job || this.asked.has(lane)) continue;
      if (this.asked.size > 0 && (job.suspect || [...this.asked.values()].some((other) => other.job.suspect))) continue;
      this.waiting[lane].shift();
      this.start(job);
    }
    // An idle process keeps nobody alive who forgets to dispose of it.
    if (this.asked.size === 0 && this.child) release(this.child);
  }

  private start(job: Job): void {
    const child = this.child ?? this.startChild();
    child.ref();
    child.channel?.ref();
    const id = ++this.lastId;
    this.asked.set(job.lane, { id, job });
    if (this.asked.size === 1) this.listen();
    const question: ReaderQuestion = { id, request: job.request };
    child.send(question, (error) => {
      if (error) this.onDeath(child, `its channel broke: ${error.message}`);
    });
  }

  /** Waits for a sign of life from now on. */
  private listen(): void {
    clearTimeout(this.silence);
    if (this.asked.size === 0) return;
    this.silence = setTimeout(() => {
      this.refuseAsked(this.stopChild(), (location) => {
        const seconds = this.timeout / 1000;
        return new TableProblem('no-answer', `${location} could not be read within ${seconds} s; it may be damaged`);
      });
    }, this.timeout);
  }

  private get timeout(): number {
    return this.options.timeout ?? 10_000;
  }

  private get memory(): number {
    return this.options.memory ?? 1024;
  }

  private startChild(): ChildProcess {
    const environment = { ...process.env };
    // A debugger's or a test runner's options are not meant for this process.
    delete environment['NODE_OPTIONS'];
    const child = fork(this.options.script, [], {
      execPath: this.options.execPath ?? process.execPath,
      execArgv: [`--max-old-space-size=${this.memory}`],
      env: { ...environment, ELECTRON_RUN_AS_NODE: '1', [settingsVariable]: JSON.stringify(this.s3) },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    this.childErrors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.childErrors = (this.childErrors + text).slice(-4000);
    });
    child.on('message', (message) => {
      if (child === this.child) this.onMessage(message as ReaderAnswer | ReaderProgress);
    });
    child.on('error', (error) => {
      this.onDeath(child, `it could not be started: ${error.message}`);
    });
    child.on('close', (code, signal) => {
      this.onDeath(child, signal ? `it ended by ${signal}` : `it ended with code ${code ?? 0}`);
    });
    return child;
  }

  private onMessage(message: ReaderAnswer | ReaderProgress): void {
    this.listen();
    const id = 'id' in message ? message.id : message.progressOf;
    const asked = [...this.asked.values()].find((one) => one.id === id);
    if (!asked) return;
    const { job } = asked;
    if (!('id' in message)) {
      if (job.isSettled) return;
      if (message.progress) job.onProgress?.(message.progress);
      if (message.opening) job.onOpening?.(message.opening);
      return;
    }
    this.asked.delete(job.lane);
    this.listen();
    job.cost.bytesRead += message.cost.bytesRead;
    job.cost.requests += message.cost.requests;
    if (!job.isSettled) {
      if (message.outcome === 'failed') job.settle({ reason: new TableProblem(message.problem.kind, message.problem.message) });
      else job.settle({ result: message.outcome === 'done' ? message.result : undefined });
    }
    this.next();
  }

  private onDeath(child: ChildProcess, how: string): void {
    // Also called for a process that was stopped on purpose and replaced since.
    if (child !== this.child) return;
    const asked = this.stopChild();
    this.refuseAsked(
      asked,
      (location) => new TableProblem('crashed', `reading ${location} stopped the table reader: ${this.causeOfDeath(how)}`),
    );
  }

  private causeOfDeath(how: string): string {
    if (/out of memory|allocation failed/i.test(this.childErrors)) return `it needed more than ${this.memory} MB; the file may be damaged`;
    const error = /^(?:\w*Error): .*$/m.exec(this.childErrors)?.[0];
    return error === undefined ? `${how}; the file may be damaged` : `${how}: ${error}`;
  }

  /** Refuses the only question that was being answered; of several, each gets another try by itself. */
  private refuseAsked(asked: readonly Asked[], problem: (location: string) => TableProblem): void {
    for (const { job } of asked) {
      if (job.isSettled) continue;
      if (asked.length === 1) {
        job.settle({ reason: problem(job.request.location) });
      } else {
        job.suspect = true;
        this.waiting[job.lane].unshift(job);
      }
    }
    this.next();
  }

  /** Ends the process; gives what it was asked and did not answer. */
  private stopChild(): readonly Asked[] {
    const { child } = this;
    const asked = [...this.asked.values()];
    this.child = undefined;
    this.asked.clear();
    clearTimeout(this.silence);
    if (!child) return asked;
    const cleanUp = (): void => {
      for (const { job } of asked) job.cleanUp?.();
    };
    child.kill('SIGKILL');
    cleanUp();
    // Until it is gone it may still have created something.
    child.once('close', cleanUp);
    release(child);
    return asked;
  }
}

function closed(): TableProblem {
  return new TableProblem('no-answer', 'the table reader was closed');
}

/** A broken channel is noticed where the process ends. */
function ignoreBrokenChannel(): void {
  return;
}

/** Lets this process end while the child still runs. */
function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
}
