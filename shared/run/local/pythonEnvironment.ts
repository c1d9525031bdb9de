// The Python that local runs use: a virtual environment of its own with PySpark, made once under a cache folder, and a Java.

import { join } from 'node:path';
import { buildFolder } from './buildFolder';
import { runCommand } from './command';
import { prepareJava } from './javaRuntime';

export const PYSPARK_VERSION = '3.5.9';
const OLDEST_PYTHON = 8;
const NEWEST_PYTHON = 12;

export interface EnvironmentOptions {
  /** Where environments are kept between runs. */
  readonly cacheFolder: string;
  /** The interpreter to build on; otherwise `SPARKFORM_PYTHON`, then what is on the path. */
  readonly python?: string;
  readonly javaHome?: string;
  /** Instead of the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Where installed Javas are looked for beside `JAVA_HOME` and the path. */
  readonly javaFolders?: readonly string[];
}

export interface Missing {
  readonly kind: 'missing';
  readonly what: 'python' | 'pyspark' | 'java';
  /** What is missing and what to install. */
  readonly message: string;
}

export interface LocalEnvironment {
  readonly kind: 'ready';
  /** The environment's own interpreter. */
  readonly python: string;
  readonly javaHome: string;
}

/** Finds or makes the environment. Minutes the first time, a moment afterwards. Rejects only when the signal aborts. */
export async function prepareEnvironment(
  options: EnvironmentOptions,
  report: (message: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<LocalEnvironment | Missing> {
  const base = await findPython(options, signal);
  if (base.kind === 'missing') return base;
  const folder = join(options.cacheFolder, `pyspark-${PYSPARK_VERSION}-python-${base.version}`);
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const problem = await buildFolder(folder, (partial) => buildEnvironment(base.program, partial, options, report, signal));
  if (problem !== undefined) return { kind: 'missing', what: 'pyspark', message: problem };
  const java = await prepareJava(python, options, report, signal);
  return java.kind === 'missing' ? java : { kind: 'ready', python, javaHome: java.javaHome };
}

interface BasePython {
  readonly kind: 'found';
  readonly program: string;
  /** `3.11` */
  readonly version: string;
}

/** What an interpreter says of itself; in words that every Python since 2.7 understands. */
const INSPECTION = 'import sys, json; print(json.dumps([list(sys.version_info[:2]), sys.executable])); import venv, ensurepip';

async function findPython(options: EnvironmentOptions, signal: AbortSignal): Promise<BasePython | Missing> {
  const env = options.env ?? process.env;
  const demanded = [
    { program: options.python, origin: 'The configured Python' },
    { program: env['SPARKFORM_PYTHON'], origin: 'SPARKFORM_PYTHON' },
  ].find((one) => one.program !== undefined && one.program !== '');
  const names = ['python3.11', 'python3.12', 'python3.10', 'python3.9', 'python3.8', 'python3', 'python'];
  const rejected: string[] = [];
  for (const program of demanded?.program === undefined ? names : [demanded.program]) {
    const result = await runCommand(program, ['-c', INSPECTION], { env, signal });
    // A shim for a version that is not installed is there, and fails.
    if (result.kind === 'unavailable' || !result.stdout.startsWith('[[')) continue;
    const [[major, minor], executable] = JSON.parse(result.stdout) as [[number, number], string];
    const version = `${major}.${minor}`;
    if (major !== 3 || minor < OLDEST_PYTHON || minor > NEWEST_PYTHON) rejected.push(`Python ${version} (${program})`);
    else if (result.code !== 0) rejected.push(`Python ${version} without the venv module (${program})`);
    else return { kind: 'found', program: executable, version };
  }
  const found = rejected.length === 0 ? '' : ` Found only ${rejected.join(', ')}.`;
  const subject = demanded?.program === undefined ? 'Python was not found.' : `${demanded.origin} (${demanded.program}) cannot be used.`;
  return {
    kind: 'missing',
    what: 'python',
    message:
      `${subject}${found} Install Python 3.${OLDEST_PYTHON} to 3.${NEWEST_PYTHON} with its venv module ` +
      '(on Debian the packages python3 and python3-venv), or set SPARKFORM_PYTHON to one.',
  };
}

async function buildEnvironment(
  base: string,
  folder: string,
  options: EnvironmentOptions,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<string | undefined> {
  const env = options.env === undefined ? {} : { env: options.env };
  report('Creating a Python environment');
  const created = await runCommand(base, ['-m', 'venv', folder], { ...env, signal });
  if (created.kind === 'unavailable') return created.reason;
  if (created.code !== 0) return `A virtual environment could not be made with ${base}: ${lastLine(created.stdout + created.stderr)}`;
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  report(`Installing PySpark ${PYSPARK_VERSION}`);
  const pip = ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off'];
  const installed = await runCommand(python, [...pip, `pyspark==${PYSPARK_VERSION}`], {
    ...env,
    signal,
    onLine: (line) => {
      const stage = /^\s*(Downloading pyspark\S* \([^)]*\)|Building wheel for pyspark|Installing collected packages)/.exec(line)?.[1];
      if (stage !== undefined) report(stage);
    },
  });
  if (installed.kind === 'unavailable') return installed.reason;
  return installed.code === 0 ? undefined : `PySpark ${PYSPARK_VERSION} could not be installed with ${base}: ${lastLine(installed.stderr)}`;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
