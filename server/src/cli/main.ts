// The command line: finds the command, runs it, and turns its outcome into an exit code. Results go to standard output,
// progress and messages to standard error.

import { check } from './check';
import { diff } from './diff';
import { format } from './format';
import { graph } from './graph';
import { exitCodes, UsageError, type CommandIo, type ExitCode } from './io';
import { plan } from './plan';
import { preview } from './preview';
import { run } from './run';
import { lsp } from './lsp';
import { stats } from './stats';

type Command = (args: readonly string[], io: CommandIo) => Promise<ExitCode>;

const commands: ReadonlyMap<string, Command> = new Map(Object.entries({ check, format, graph, plan, run, preview, stats, diff, lsp }));

/** They end in good order on Ctrl-C; the others just end. */
const cancellable: readonly Command[] = [run, preview, stats, diff, lsp];

const usage = `Usage: sparkform COMMAND [OPTIONS]

  check [PATH…]   [--format text|json|sarif|github] [--min-severity error|warning|information|hint] [--fail-under PERCENT]
                  [--changed-since REF]
                  Checks the definitions of a workspace, without Python, Spark or an account; --changed-since reports what is found in
                  files that differ from a git commit, and what they broke in others.
  format [PATH…]  [--check] [--diff] [--line-width N] [--keyword-case upper|lower|preserve]
                  Lays out the SQL of definitions and the files of SQL that they read; --check only tells what would change, --diff shows it.
  graph [PATH]    [--format json|dot|mermaid|svg] [--focus ID] [--upstream N|all] [--downstream N|all]
                  Prints what feeds what; --focus keeps what is so many steps around one definition, everything where no number is given.
  plan ID         [--dir PATH] [--upstream] [--engine local|emr]
                  Prints what a run would do, as JSON.
  run ID          [--dir PATH] [--upstream] [--engine local] [--limit N] [--format text|json] [--verbose]
                  Runs a transformation on the local Spark; --upstream computes what it reads first, --verbose shows what is printed.
  preview TARGET  [--dir PATH] [--from local|s3] [--run NAME|all|newest] [--limit N] [--offset N] [--columns a,b]
                  [--where CONDITION] [--order-by "a, b DESC"] [--format table|json|csv]
                  Shows rows of the newest output of an ID, or of a parquet or CSV file or folder, here or in S3 (s3://bucket/key);
                  a condition is written in Spark SQL. Of a folder of dated runs the newest one is meant, unless --run names
                  another, or all as one table. --from s3 takes what Featureform wrote of an ID, not the result of a local run.
  stats TARGET    [--dir PATH] [--from local|s3] [--run NAME|all|newest] [--columns a,b] [--where CONDITION] [--format text|json]
                  Shows what the columns hold: nulls, distinct values, the least and the greatest, and how they are spread.
  diff A B        [--dir PATH] [--from local|s3] [--run A,B] [--key a,b] [--format text|json]
                  Compares two targets: columns, row counts and statistics, with --key row by row; 1 means that they differ.
  lsp --stdio     Starts the language server.

  Targets in S3 are read with the AWS configuration of this computer; preview, stats and diff take [--profile NAME] [--region NAME]
  [--endpoint-url URL] [--requester-pays].

  An ID is name.variant, with its type in front where it is ambiguous (feature:name.variant).
  Exit codes: 0 fine, 1 problems found or run failed, 2 wrong usage or unreadable input.
`;

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  const controller = new AbortController();
  const colors = (process.env['NO_COLOR'] ?? '') === '';
  const io: CommandIo = {
    out: writerTo(process.stdout, controller),
    err: writerTo(process.stderr),
    cwd: process.cwd(),
    interactive: process.stderr.isTTY,
    color: process.stdout.isTTY && colors,
    messageColor: process.stderr.isTTY && colors,
    columns: process.stderr.isTTY ? process.stderr.columns : 80,
    signal: controller.signal,
  };
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    if (name === undefined) io.err(usage);
    else io.out(usage);
    return name === undefined ? exitCodes.usage : exitCodes.fine;
  }
  if (name === '--version') {
    io.out(`${TOOL_VERSION}\n`);
    return exitCodes.fine;
  }
  const command = commands.get(name);
  if (command === undefined) {
    io.err(`sparkform: "${name}" is not a command; one of ${[...commands.keys()].join(', ')} was expected\n`);
    return exitCodes.usage;
  }
  if (args.includes('--help') || args.includes('-h')) {
    io.out(usage);
    return exitCodes.fine;
  }
  if (cancellable.includes(command)) {
    // The first one cancels in good order, a second one ends the process.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        controller.abort();
      });
    }
  }
  try {
    return await command(args, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`sparkform: ${error.message}\n`);
      return exitCodes.usage;
    }
    throw error;
  }
}

declare const TOOL_VERSION: string;

/** A reader that went away (`| head`) is no failure of ours: nothing more is written, and what runs is cancelled. */
function writerTo(stream: NodeJS.WriteStream, controller?: AbortController): (text: string) => void {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    closed = true;
    controller?.abort();
  });
  return (text) => {
    if (!closed) stream.write(text);
  };
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`sparkform: ${describe(error)}\n`);
    process.exitCode = exitCodes.usage;
  },
);

/** What the system refuses is said in its words; anything else is a mistake of ours, whose place helps. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'syscall' in error ? error.message : (error.stack ?? error.message);
}
