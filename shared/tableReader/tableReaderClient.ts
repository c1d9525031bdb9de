// Starts the reading process, asks it one thing at a time, and survives its death: a request that takes too long or kills
// the process is answered by a problem, and the next one starts a new process.

import { fork, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { ReadCost } from '../table/byteSource';
import type { Column, RowBlock, TableOrigin } from '../table/table';
import { TableProblem } from '../table/tableProblem';
import type { ReaderAnswer, ReaderQuestion, ReaderRequest, ReaderResults, TextBlock } from './messages';

export interface TableReaderOptions {
  /** The built `tableReader.js`. */
  readonly script: string;
  /** A request without an answer after so many milliseconds ends the process; 10 seconds by default. */
  readonly timeout?: number;
  /** The heap of the process in megabytes; 1024 by default. */
  readonly memory?: number;
  /** The Node (or Electron) to run; this one by default. */
  readonly execPath?: string;
}

/** A table in the reading process. */
export interface OpenedTable {
  readonly location: string;
  readonly columns: readonly Column[];
  readonly rowCount: number;
  readonly origin: TableOrigin;
  /** What was read for this table so far; grows. */
  readonly cost: Readonly<ReadCost>;
  /** Rows `start` to `end` (exclusive) with exact cells; any number, fetched in blocks. */
  rows(start: number, end: number, columns?: readonly number[]): Promise<RowBlock>;
  /** Rows as text for a grid, each cut to `limit` characters. */
  texts(start: number, end: number, columns: readonly number[] | undefined, limit: number): Promise<TextBlock>;
  /** One whole value as text over several lines. */
  document(row: number, column: number): Promise<string>;
}

interface Job {
  readonly request: ReaderRequest;
  readonly cost: ReadCost;
  readonly resolve: (result: ReaderResults[keyof ReaderResults]) => void;
  readonly reject: (problem: TableProblem) => void;
}

/** Rows fetched at a time: few enough to be read well within the time limit. */
const blockRows = 5000;

export class TableReaderClient {
  private readonly waiting: Job[] = [];
  private current: { readonly id: number; readonly job: Job; readonly timer: NodeJS.Timeout } | undefined;
  private child: ChildProcess | undefined;
  private childErrors = '';
  private lastId = 0;
  private disposed = false;

  constructor(private readonly options: TableReaderOptions) {}

  /** Opens a local parquet file or a folder of them. Rejects with a TableProblem, as all methods of the table do. */
  async open(location: string): Promise<OpenedTable> {
    const cost: ReadCost = { bytesRead: 0, requests: 0 };
    const { fingerprint, columns, rowCount, origin } = await this.ask('open', { kind: 'open', location }, cost);
    const table = { location, fingerprint };
    return {
      location,
      columns,
      rowCount,
      origin,
      cost,
      rows: async (start, stop, subset) => {
        const rows: RowBlock['rows'][number][] = [];
        const from = Math.max(0, start);
        const to = Math.min(stop, rowCount);
        for (let at = from; at < to; at += blockRows) {
          const end = Math.min(at + blockRows, to);
          const block = await this.ask('rows', { kind: 'rows', ...table, start: at, end, columns: subset }, cost);
          rows.push(...block.rows);
        }
        return { start: from, rows };
      },
      texts: (start, end, subset, limit) => this.ask('texts', { kind: 'texts', ...table, start, end, columns: subset, limit }, cost),
      document: (row, column) => this.ask('document', { kind: 'document', ...table, row, column }, cost),
    };
  }

  /** Ends the process; requests that still wait are refused. */
  dispose(): void {
    this.disposed = true;
    this.stopChild();
    const gone = new TableProblem('no-answer', 'the table reader was closed');
    this.settle()?.reject(gone);
    for (const job of this.waiting.splice(0)) job.reject(gone);
  }

  private ask<Kind extends keyof ReaderResults>(
    _kind: Kind,
    request: ReaderRequest & { readonly kind: Kind },
    cost: ReadCost,
  ): Promise<ReaderResults[Kind]> {
    return new Promise((resolve, reject) => {
      if (this.disposed) {
        reject(new TableProblem('no-answer', 'the table reader was closed'));
        return;
      }
      // The answer's type follows from the kind of the request, which the process repeats by answering it.
      this.waiting.push({ request, cost, resolve: resolve as Job['resolve'], reject });
      this.next();
    });
  }

  private next(): void {
    if (this.current) return;
    const job = this.waiting.shift();
    if (!job) {
      // An idle process keeps nobody alive who forgets to dispose of it.
      if (this.child) release(this.child);
      return;
    }
    const child = this.child ?? this.startChild();
    child.ref();
    child.channel?.ref();
    const id = ++this.lastId;
    const timer = setTimeout(() => {
      this.onTimeout(job);
    }, this.timeout);
    this.current = { id, job, timer };
    const question: ReaderQuestion = { id, request: job.request };
    child.send(question, (error) => {
      if (error) this.onDeath(child, `its channel broke: ${error.message}`);
    });
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
      env: { ...environment, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child = child;
    this.childErrors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.childErrors = (this.childErrors + text).slice(-4000);
    });
    child.on('message', (answer) => {
      this.onAnswer(answer as ReaderAnswer);
    });
    child.on('error', (error) => {
      this.onDeath(child, `it could not be started: ${error.message}`);
    });
    child.on('close', (code, signal) => {
      this.onDeath(child, signal ? `it ended by ${signal}` : `it ended with code ${code ?? 0}`);
    });
    return child;
  }

  private onAnswer(answer: ReaderAnswer): void {
    if (this.current?.id !== answer.id) return;
    const job = this.settle();
    if (!job) return;
    job.cost.bytesRead += answer.cost.bytesRead;
    job.cost.requests += answer.cost.requests;
    if (answer.ok) job.resolve(answer.result);
    else job.reject(new TableProblem(answer.problem.kind, answer.problem.message));
    this.next();
  }

  private onTimeout(job: Job): void {
    this.stopChild();
    this.settle();
    const seconds = this.timeout / 1000;
    job.reject(new TableProblem('no-answer', `${job.request.location} could not be read within ${seconds} s; it may be damaged`));
    this.next();
  }

  private onDeath(child: ChildProcess, how: string): void {
    // Also called for a process that was stopped on purpose and replaced since.
    if (child !== this.child) return;
    this.child = undefined;
    const job = this.settle();
    if (job) job.reject(new TableProblem('crashed', `reading ${job.request.location} stopped the table reader: ${this.causeOfDeath(how)}`));
    this.next();
  }

  private causeOfDeath(how: string): string {
    if (/out of memory|allocation failed/i.test(this.childErrors)) return `it needed more than ${this.memory} MB; the file may be damaged`;
    const error = /^(?:\w*Error): .*$/m.exec(this.childErrors)?.[0];
    return error === undefined ? `${how}; the file may be damaged` : `${how}: ${error}`;
  }

  private settle(): Job | undefined {
    const current = this.current;
    this.current = undefined;
    clearTimeout(current?.timer);
    return current?.job;
  }

  private stopChild(): void {
    const child = this.child;
    this.child = undefined;
    if (!child) return;
    child.kill('SIGKILL');
    release(child);
  }
}

/** Lets this process end while the child still runs. */
function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
}
