// The command line: finds the command, runs it, and turns its outcome into an exit code. Results go to standard output,
// progress and messages to standard error.

import { check } from './check';
import { graph } from './graph';
import { exitCodes, UsageError, type CommandIo, type ExitCode } from './io';
import { plan } from './plan';
import { preview } from './preview';
import { run } from './run';
import { lsp } from './lsp';

type Command = (args: readonly string[], io: CommandIo) => Promise<ExitCode>;

const commands: Readonly<Record<string, Command>> = { check, graph, plan, run, preview, lsp };

const usage = `Usage: sparkform COMMAND [OPTIONS]

  check [PATH…]   [--format text|json|sarif|github] [--min-severity error|warning|information|hint] [--fail-under PERCENT]
                  Checks the definitions of a workspace, without Python, Spark or an account.
  graph [PATH]    [--format json|dot|mermaid]
                  Prints what feeds what.
  plan ID         [--dir PATH] [--upstream] [--engine local|emr]
                  Prints what a run would do, as JSON.
  run ID          [--dir PATH] [--upstream] [--engine local] [--limit N] [--format text|json]
                  Runs a transformation on the local Spark; --upstream computes what it reads first.
  preview TARGET  [--dir PATH] [--limit N] [--offset N] [--columns a,b] [--format table|json|csv]
                  Shows rows of the newest output of an ID, or of a parquet file or folder.
  lsp --stdio     Starts the language server.

  An ID is name.variant, with its type in front where it is ambiguous (feature:name.variant).
  Exit codes: 0 fine, 1 problems found or run failed, 2 wrong usage or unreadable input.
`;

async function main(): Promise<number> {
  const [name, ...args] = process.argv.slice(2);
  const controller = new AbortController();
  const io: CommandIo = {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    interactive: process.stderr.isTTY,
    color: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    columns: process.stdout.columns,
    signal: controller.signal,
  };
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    io.out(usage);
    return name === undefined ? exitCodes.usage : exitCodes.fine;
  }
  if (name === '--version') {
    io.out(`${TOOL_VERSION}\n`);
    return exitCodes.fine;
  }
  const command = commands[name];
  if (command === undefined) {
    io.err(`sparkform: "${name}" is not a command; one of ${Object.keys(commands).join(', ')} was expected\n`);
    return exitCodes.usage;
  }
  if (args.includes('--help') || args.includes('-h')) {
    io.out(usage);
    return exitCodes.fine;
  }
  // The first Ctrl-C cancels in good order, a second one ends the process.
  process.once('SIGINT', () => {
    controller.abort();
  });
  process.once('SIGTERM', () => {
    controller.abort();
  });
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

// A reader that went away (`| head`) is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.fine);
  throw error;
});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`sparkform: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCodes.usage;
  },
);
