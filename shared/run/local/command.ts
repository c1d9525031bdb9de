import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type CommandResult =
  | { readonly kind: 'ended'; readonly code: number | null; readonly stdout: string; readonly stderr: string }
  /** There is no such program, or it may not be run. */
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly signal?: AbortSignal;
  /** Hears each line of standard output as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Runs a program to its end, without a shell. Rejects only when the signal aborts; the program is ended then. */
export function runCommand(file: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(options.env === undefined ? {} : { env: options.env }),
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    if (options.onLine !== undefined) createInterface({ input: child.stdout }).on('line', options.onLine);
    child.on('error', (error) => {
      if (options.signal?.aborted === true) reject(error);
      else resolve({ kind: 'unavailable', reason: error.message });
    });
    child.on('close', (code) => {
      resolve({ kind: 'ended', code, stdout, stderr });
    });
  });
}
