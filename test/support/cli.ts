// The built command line as a user runs it, in a folder of its own.

import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { builtFile } from './builtFile';

export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export function sparkform(
  args: readonly string[],
  cwd: string = process.cwd(),
  environment: Readonly<Record<string, string>> = {},
): CliResult {
  const env = { ...process.env, GITHUB_WORKSPACE: '', ...environment };
  const run = spawnSync(process.execPath, [builtFile('cli.js'), ...args], { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** The same without blocking this process, which may be the server of what is asked; with these variables alone. */
export function sparkformBeside(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<CliResult> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [builtFile('cli.js'), ...args], { cwd, env }, (_, out, err) => {
      resolve({ code: child.exitCode, out, err });
    });
  });
}

/** A new folder with these files; `dispose` removes it. */
export function temporaryFolder(files: Readonly<Record<string, string>>): { readonly path: string; readonly dispose: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'sparkform-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return {
    path,
    dispose: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}
