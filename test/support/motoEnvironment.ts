// The Python that serves S3 in tests: one with this version of moto, installed once into the user's cache folder.

import { join } from 'node:path';
import { defaultCacheFolder } from '../../shared/cacheFolder';
import { buildFolder } from '../../shared/run/local/buildFolder';
import { runCommand } from '../../shared/run/local/command';

const version = '5.2.1';
const inspection = `import flask, botocore, moto; import sys; print(sys.executable); raise SystemExit(moto.__version__ != "${version}")`;

let found: Promise<string> | undefined;

/** The interpreter: the computer's own where it has that version. Throws where neither it nor a new environment serves. */
export function motoPython(): Promise<string> {
  found ??= find();
  return found;
}

async function find(): Promise<string> {
  // Whoever starts an editor knows more programs than the editor may find.
  const chosen = process.env['SPARKFORM_MOTO_PYTHON'];
  if (chosen !== undefined) return chosen;
  const own = await runCommand('python3', ['-c', inspection]);
  if (own.kind === 'ended' && own.code === 0) return own.stdout.trim();
  const folder = join(defaultCacheFolder(), `moto-${version}`);
  const pythonIn = (environment: string): string => join(environment, 'bin', 'python');
  const problem = await buildFolder(folder, async (partial) => {
    const commands = [
      ['python3', '-m', 'venv', partial],
      [pythonIn(partial), '-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--quiet', `moto[s3,server]==${version}`],
      [pythonIn(partial), '-c', inspection],
    ];
    for (const [program = '', ...args] of commands) {
      const ended = await runCommand(program, args);
      if (ended.kind === 'unavailable') return ended.reason;
      if (ended.code !== 0) return ended.stderr;
    }
    return undefined;
  });
  if (problem !== undefined) throw new Error(`Tests of S3 need moto ${version}, which could not be installed: ${problem}`);
  return pythonIn(folder);
}
