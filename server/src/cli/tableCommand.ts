// What the commands that look at tables have in common: which table a target means, progress, and how they end.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatBytes, formatEstimate } from '../../../shared/formatAmounts';
import type { S3Settings } from '../../../shared/s3/objectStore';
import { isS3Location } from '../../../shared/s3/s3Location';
import type { OpenProgress, RunChoice } from '../../../shared/table/folderTable';
import type { ScanProgress, ScanWatch } from '../../../shared/table/query/tableQuery';
import { TableProblem } from '../../../shared/table/tableProblem';
import { TableReaderClient, type OpenedTable } from '../../../shared/tableReader/tableReaderClient';
import { UsageError, type CommandIo, type ExitCode } from './io';
import type { OptionSpec, ParsedOptions } from './options';
import { findOutput, findS3Output } from './output';

/** Options of all these commands. Those of S3 are named as the AWS command line names its own, but for the last one. */
export const tableOptions: Readonly<Record<string, OptionSpec>> = {
  dir: { kind: 'text' },
  run: { kind: 'text' },
  from: { kind: 'choice', values: ['local', 's3'] },
  profile: { kind: 'text' },
  region: { kind: 'text' },
  'endpoint-url': { kind: 'text' },
  'requester-pays': { kind: 'flag' },
};

export interface TableCommand {
  readonly name: string;
  readonly options: ParsedOptions;
  readonly io: CommandIo;
  /** The exit code after Ctrl-C. */
  readonly cancelled: ExitCode;
}

/** Runs a command over the reading process; what goes wrong with a table is unreadable input. */
export async function withReader(
  { name, options, io, cancelled }: TableCommand,
  work: (reader: TableReaderClient) => Promise<ExitCode>,
): Promise<ExitCode> {
  const reader = new TableReaderClient({ script: join(__dirname, 'tableReader.js'), s3: s3Settings(options) });
  try {
    return await work(reader);
  } catch (error) {
    if (io.signal.aborted) {
      io.err(`${name}: cancelled\n`);
      return cancelled;
    }
    if (!(error instanceof TableProblem)) throw error;
    throw new UsageError(`${name}: ${error.message}`);
  } finally {
    reader.dispose();
  }
}

function s3Settings(options: ParsedOptions): S3Settings {
  return {
    profile: options.text('profile'),
    region: options.text('region'),
    endpoint: options.text('endpoint-url'),
    requesterPays: options.flag('requester-pays'),
  };
}

/** What reading from S3 took, for which its owner is billed, on standard error; nothing for tables on this computer. */
export function reportCost(tables: readonly OpenedTable[], io: CommandIo): void {
  const remote = tables.filter(({ location }) => isS3Location(location));
  if (remote.length === 0) return;
  const requests = remote.reduce((sum, { cost }) => sum + cost.requests, 0);
  const bytes = remote.reduce((sum, { cost }) => sum + cost.bytesRead, 0);
  io.err(`Read from S3: ${requests === 1 ? '1 request' : `${requests} requests`}, ${formatBytes(bytes)}\n`);
}

/** The file, the folder or the location in S3 that a target means; undefined, with the reason said, for an id without data. */
export async function locate(command: string, target: string, options: ParsedOptions, io: CommandIo): Promise<string | undefined> {
  if (isS3Location(target)) return target;
  const path = resolve(io.cwd, target);
  if (existsSync(path)) return path;
  if (target.includes('/') || target.endsWith('.parquet')) throw new UsageError(`${command}: "${target}" does not exist`);
  const dir = options.text('dir');
  return options.text('from') === 's3' ? findS3Output(command, target, dir, io) : findOutput(command, target, dir, io);
}

/** The indexes of columns that an option lists with commas between them; undefined without the option. */
export function listedColumns(
  command: string,
  target: string,
  { columns }: Pick<OpenedTable, 'columns'>,
  list: string | undefined,
): readonly number[] | undefined {
  return namesOf(list)?.map((name) => {
    const index = columns.findIndex((column) => column.name === name);
    if (index >= 0) return index;
    throw new UsageError(
      `${command}: "${target}" has no column "${name}"; it has ${columns.map((column) => `"${column.name}"`).join(', ')}`,
    );
  });
}

/** What `--run` means: the newest of the dated runs of a folder, all of them as one table, or the one of this name. */
export function runChoice(option: string | undefined): RunChoice | undefined {
  return option === undefined || option === 'newest' || option === 'all' ? option : { name: option };
}

export function namesOf(list: string | undefined): readonly string[] | undefined {
  return list?.split(',').map((name) => name.trim());
}

const drawInterval = 100;

/** One line on a terminal that tells how far the opening of a table, or a scan, came. */
export class ScanLine {
  private drawn = false;
  private last = 0;

  constructor(private readonly io: CommandIo) {}

  /** @param what is done, as `delay (2 of 5)`. */
  watch(what: string): ScanWatch {
    return {
      signal: this.io.signal,
      onProgress: ({ rowsScanned, rowsToScan }: ScanProgress) => {
        this.draw(what, rowsScanned, rowsToScan, 'rows');
      },
    };
  }

  /** For what is opened; ends with the line. */
  readonly opening = ({ partsOpened, parts, bytes, estimatedRows }: OpenProgress): void => {
    const [done, all, what] = bytes ? [bytes.read, bytes.all, 'bytes'] : [partsOpened, parts, 'files'];
    const rows = estimatedRows === undefined ? '' : `, about ${formatEstimate(estimatedRows)} rows in all`;
    this.draw('opening', done, all, `${what}${rows}`);
  };

  end(): void {
    if (this.drawn) this.io.err('\r\u001B[K');
    this.drawn = false;
  }

  private draw(what: string, done: number, all: number, unit: string): void {
    const now = Date.now();
    if (!this.io.interactive || now - this.last < drawInterval) return;
    this.last = now;
    const percent = all === 0 ? 100 : Math.min(100, Math.floor((100 * done) / all));
    const line = `${what}: ${percent} % of ${all.toLocaleString('en-US')} ${unit}`;
    this.io.err(`\r\u001B[K${line.slice(0, Math.max(20, this.io.columns - 1))}`);
    this.drawn = true;
  }
}

/** Opens a table with its progress on the line. */
export async function openOnLine(
  reader: TableReaderClient,
  location: string,
  run: RunChoice | undefined,
  line: ScanLine,
  { signal }: Pick<CommandIo, 'signal'>,
): Promise<OpenedTable> {
  try {
    return await reader.open(location, { run, signal, onProgress: line.opening });
  } finally {
    line.end();
  }
}
