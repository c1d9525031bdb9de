// Credentials that another program hands over on its standard output, as a JSON object of a documented form: a profile's
// own `credential_process`, and the AWS command line for everything that needs signing in.
// https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html

import { execFile } from 'node:child_process';
import { TableProblem } from '../table/tableProblem';
import type { Environment } from './awsConfiguration';
import type { Credentials } from './signature';

export interface TemporaryCredentials {
  readonly credentials: Credentials;
  /** Milliseconds since 1970; undefined for those that do not end. */
  readonly expiration: number | undefined;
}

/** Long enough for a program that asks a server. */
const mostMilliseconds = 60_000;

/** @param label how messages call the profile. */
export async function runCredentialProcess(command: string, label: string, env: Environment): Promise<TemporaryCredentials> {
  const [program, ...args] = splitCommand(command);
  if (program === undefined) throw new TableProblem('no-credentials', `${label} names no program`);
  const ended = await runProgram(program, args, env);
  switch (ended.kind) {
    case 'missing':
      throw new TableProblem('no-credentials', `${label}: there is no program ${program}`);
    case 'failed':
      throw new TableProblem('no-credentials', `${label}: ${program} failed${said(ended.errors)}`);
    case 'done':
      return readCredentials(ended.output, `${label}: ${program}`);
  }
}

/** Asks the AWS command line (version 2) for the credentials of a profile, or of this computer without one. */
export async function exportByAwsCli(profile: string | undefined, label: string, env: Environment): Promise<TemporaryCredentials> {
  const args = ['configure', 'export-credentials', '--format', 'process', ...(profile === undefined ? [] : ['--profile', profile])];
  // The metadata service would stall where there is none.
  const ended = await runProgram('aws', args, { ...env, AWS_EC2_METADATA_DISABLED: 'true', AWS_PAGER: '' });
  switch (ended.kind) {
    case 'missing':
      throw new TableProblem(
        'no-credentials',
        `${label} needs the AWS command line, version 2, to get credentials, and there is no "aws" on the PATH: ` +
          'install it, or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN',
      );
    case 'failed':
      throw new TableProblem('no-credentials', explainCli(ended.errors, profile, label));
    case 'done':
      return readCredentials(ended.output, `${label}: the AWS command line`);
  }
}

/** As it is written in a terminal. */
export function profileOption(profile: string): string {
  return ` --profile ${/^[\w.@/+-]+$/.test(profile) ? profile : JSON.stringify(profile)}`;
}

function explainCli(errors: string, profile: string | undefined, label: string): string {
  const option = profile === undefined ? '' : profileOption(profile);
  if (/sso/i.test(errors) && /expired|does not exist|invalid|refresh|token/i.test(errors)) {
    return `the sign-in of ${label} has ended: run "aws sso login${option}", then try again`;
  }
  if (/aws login/i.test(errors)) return `the sign-in of ${label} has ended: run "aws login${option}", then try again`;
  if (/invalid choice|usage: aws/i.test(errors)) {
    return `${label} needs version 2.9 or later of the AWS command line, which can export credentials; the "aws" on the PATH is older`;
  }
  if (/MFA|Enter.*code/i.test(errors)) {
    return (
      `${label} asks for a code of a second factor: run "aws configure export-credentials${option} --format env" in a terminal, ` +
      'and start this program with the variables that it prints'
    );
  }
  return `${label}: the AWS command line failed${said(errors)}`;
}

type Ended =
  { readonly kind: 'done'; readonly output: string } | { readonly kind: 'failed'; readonly errors: string } | { readonly kind: 'missing' };

function runProgram(program: string, args: readonly string[], env: Environment): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { env: { ...env }, timeout: mostMilliseconds, maxBuffer: 1024 * 1024, windowsHide: true };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) resolve({ kind: 'done', output: stdout });
      else if ('code' in error && error.code === 'ENOENT') resolve({ kind: 'missing' });
      else if (error.killed === true) resolve({ kind: 'failed', errors: `it did not end within ${mostMilliseconds / 1000} s` });
      else resolve({ kind: 'failed', errors: stderr });
    });
    // Whoever asks for a code on a terminal hears that nobody is there.
    child.stdin?.on('error', () => undefined).end();
  });
}

/** The last line of what a program said. Of its standard output nothing is told: it may hold secrets. */
function said(errors: string): string {
  const line = errors.trim().split(/\r?\n/).at(-1)?.trim() ?? '';
  return line === '' ? '' : `: ${line.slice(0, 400)}`;
}

function readCredentials(output: string, label: string): TemporaryCredentials {
  const wrong = (what: string): TableProblem => new TableProblem('no-credentials', `${label} ${what}`);
  let read: unknown;
  try {
    read = JSON.parse(output);
  } catch {
    throw wrong('did not print a JSON object');
  }
  if (typeof read !== 'object' || read === null) throw wrong('did not print a JSON object');
  const fields = new Map<string, unknown>(Object.entries(read));
  const text = (name: string): string | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const version = fields.get('Version');
  if (version !== 1) throw wrong(`printed an object of "Version" ${JSON.stringify(version ?? null)}; expected 1`);
  const [accessKeyId, secretAccessKey, end] = [text('AccessKeyId'), text('SecretAccessKey'), text('Expiration')];
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw wrong(`printed no "${accessKeyId === undefined ? 'AccessKeyId' : 'SecretAccessKey'}"`);
  }
  const expiration = end === undefined ? undefined : Date.parse(end);
  if (Number.isNaN(expiration)) throw wrong(`printed an "Expiration" that is no moment: ${JSON.stringify(end)}`);
  if (expiration !== undefined && expiration <= Date.now()) throw wrong(`handed over credentials that ended at ${end ?? ''}`);
  return { credentials: { accessKeyId, secretAccessKey, sessionToken: text('SessionToken') }, expiration };
}

/** Words of a command line, which no shell reads: quotation marks group, a backslash escapes (on Windows it parts folders). */
function splitCommand(command: string): readonly string[] {
  const pattern = process.platform === 'win32' ? /(?:"[^"]*"|[^\s"])+/g : /(?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\s"'\\])+/g;
  return (command.match(pattern) ?? []).map((word) => {
    if (process.platform === 'win32') return word.replaceAll('"', '');
    return word.replace(/"((?:\\[\s\S]|[^"\\])*)"|'([^']*)'|\\([\s\S])/g, (_, double?: string, single?: string, escaped?: string) =>
      double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : (single ?? escaped ?? ''),
    );
  });
}
