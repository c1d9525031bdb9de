import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { configuredCredentials } from '../../shared/s3/credentials';
import { temporaryFolder } from '../support/cli';
import { tableProblemOf } from '../support/tableProblemOf';

const folders: { dispose: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.dispose();
});

/** A home with these files below `.aws`, and programs of these names on the PATH. */
function home(
  files: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, string>> = {},
): Record<string, string> & { HOME: string } {
  const named = (folder: string, texts: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(texts).map(([name, text]) => [`${folder}/${name}`, text]);
  const { path, dispose } = temporaryFolder(Object.fromEntries([...named('.aws', files), ...named('bin', programs)]));
  folders.push({ dispose });
  for (const name of Object.keys(programs)) chmodSync(join(path, 'bin', name), 0o755);
  return { HOME: path, PATH: `${join(path, 'bin')}:/usr/bin:/bin` };
}

const keys = (id: string, token?: string): object => ({ accessKeyId: id, secretAccessKey: `${id}-secret`, sessionToken: token });
const section = (title: string, id: string): string => `[${title}]\naws_access_key_id = ${id}\naws_secret_access_key=${id}-secret\n`;
const granted = (id: string, expiration: string): string =>
  JSON.stringify({ Version: 1, AccessKeyId: id, SecretAccessKey: `${id}-secret`, SessionToken: 'token', Expiration: expiration });

describe('credentials', () => {
  it('are the keys in variables', async () => {
    const env = { ...home({ credentials: section('default', 'FILE') }), AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 'ENV-secret' };
    expect(await configuredCredentials(undefined, env).get()).toEqual(keys('ENV'));
    expect(await configuredCredentials(undefined, { ...env, AWS_SESSION_TOKEN: 'T' }).get()).toEqual(keys('ENV', 'T'));
    expect(await configuredCredentials('default', env).get()).toEqual(keys('FILE'));
  });

  it('are those of the profile that is chosen, that a variable names, or the default one', async () => {
    const credentials = `# ours\n${section('default', 'ONE')}; more\n${section('etl', 'TWO')}aws_session_token = T # until noon\n`;
    const env = home({ credentials, config: `${section('profile "data team"', 'THREE')}${section('profile etl', 'OTHER')}` });
    expect(await configuredCredentials(undefined, env).get()).toEqual(keys('ONE'));
    expect(await configuredCredentials(undefined, { ...env, AWS_PROFILE: 'etl' }).get()).toEqual(keys('TWO', 'T'));
    expect(await configuredCredentials('data team', { ...env, AWS_PROFILE: 'etl' }).get()).toEqual(keys('THREE'));
    const elsewhere = { HOME: '/nonexistent', AWS_SHARED_CREDENTIALS_FILE: join(env.HOME, '.aws', 'credentials') };
    expect(await configuredCredentials('etl', elsewhere).get()).toEqual(keys('TWO', 'T'));
    const byTilde = { ...env, AWS_CONFIG_FILE: '~/.aws/config', AWS_SHARED_CREDENTIALS_FILE: '/nonexistent' };
    expect(await configuredCredentials('etl', byTilde).get()).toEqual(keys('OTHER'));
  });

  it('are what the program of a profile prints, run once until shortly before they end', async () => {
    const later = new Date(Date.now() + 3600_000).toISOString();
    const program = `#!/bin/sh\necho "$@" >> "$HOME/calls"\ncat "$HOME/answer"\n`;
    const env = home({ config: `[profile p]\ncredential_process = keys --for "data team" 'a"b' c\\ d\n` }, { keys: program });
    writeFileSync(join(env.HOME, 'answer'), granted('P1', later));
    const provider = configuredCredentials('p', env);
    const [one, two] = await Promise.all([provider.get(), provider.get()]);
    expect(one).toEqual(keys('P1', 'token'));
    expect(two).toBe(one);
    expect(readFileSync(join(env.HOME, 'calls'), 'utf8')).toBe('--for data team a"b c d\n');
    // Refused by a server, they are asked for again.
    writeFileSync(join(env.HOME, 'answer'), granted('P2', new Date(Date.now() + 60_000).toISOString()));
    expect(await provider.get({ refused: one })).toEqual(keys('P2', 'token'));
    // These end soon: they are renewed, or used as long as they hold.
    writeFileSync(join(env.HOME, 'answer'), granted('P3', later));
    expect(await provider.get()).toEqual(keys('P3', 'token'));
    expect(provider.origin).toEqual({ label: 'the profile "p" (credential_process)', renewal: 'see what its credential_process says' });
  });

  it('are used as long as they hold where they cannot be renewed', async () => {
    const env = home({ config: '[profile p]\ncredential_process = keys\n' }, { keys: '#!/bin/sh\ncat "$HOME/answer"\n' });
    writeFileSync(join(env.HOME, 'answer'), granted('P1', new Date(Date.now() + 60_000).toISOString()));
    const provider = configuredCredentials('p', env);
    await provider.get();
    writeFileSync(join(env.HOME, 'answer'), 'no');
    expect(await provider.get()).toEqual(keys('P1', 'token'));
  });

  it('come from the AWS command line where a profile needs signing in or a role', async () => {
    const aws = `#!/bin/sh\necho "$@ $AWS_EC2_METADATA_DISABLED" > "$HOME/call"\necho '${granted('CLI', new Date(Date.now() + 3600_000).toISOString())}'\n`;
    const config =
      '[profile dev]\nsso_session = corp\n[profile role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = dev\n[profile console]\nlogin_session = x\n';
    const env = home({ config }, { aws });
    for (const [profile, kind] of [
      ['dev', 'single sign-on'],
      ['role', 'a role'],
      ['console', 'sign-in by browser'],
    ] as const) {
      const provider = configuredCredentials(profile, env);
      expect(await provider.get()).toEqual(keys('CLI', 'token'));
      expect(provider.origin?.label).toBe(`the profile "${profile}" (${kind})`);
    }
    expect(readFileSync(join(env.HOME, 'call'), 'utf8')).toBe('configure export-credentials --format process --profile console true\n');
    const pod = { ...home({}, { aws }), AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn:aws:iam::1:role/r' };
    expect(await configuredCredentials(undefined, pod).get()).toEqual(keys('CLI', 'token'));
    expect(readFileSync(join(pod.HOME, 'call'), 'utf8')).toBe('configure export-credentials --format process true\n');
  });

  it('are waited for no longer than somebody wants them', async () => {
    const env = home(
      { config: '[profile p]\ncredential_process = keys\n' },
      { keys: '#!/bin/sh\nwhile [ -e "$HOME/.aws/config" ]; do sleep 0.1; done\n' },
    );
    const controller = new AbortController();
    const asked = configuredCredentials('p', env).get({ signal: controller.signal });
    controller.abort(new Error('not any more'));
    await expect(asked).rejects.toThrow('not any more');
  });
});

describe('where there are none, a message', () => {
  const problemOf = async (chosen: string | undefined, env: Record<string, string>): Promise<string> => {
    const { kind, message } = await tableProblemOf(configuredCredentials(chosen, env).get());
    expect(kind).toBe('no-credentials');
    return message.replaceAll(env['HOME'] ?? '', '~');
  };

  it('says what was looked at', async () => {
    expect(await problemOf(undefined, home({}))).toBe(
      'there are no AWS credentials: looked at the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the profile "default" in ' +
        '~/.aws/credentials and ~/.aws/config; "aws configure" or "aws configure sso" writes a profile',
    );
    expect(await problemOf(undefined, home({ config: '[default]\nregion = eu-west-1\n' }))).toContain('there are no AWS credentials');
    expect(await problemOf('prod', home({ config: '[profile dev]\nregion = eu-west-1\n', credentials: section('etl', 'A') }))).toBe(
      'there is no profile "prod" in ~/.aws/config or ~/.aws/credentials; profiles there: dev, etl',
    );
    expect(await problemOf(undefined, { ...home({}), AWS_PROFILE: 'prod' })).toBe(
      'there is no profile "prod" in ~/.aws/config or ~/.aws/credentials; they hold no profile',
    );
  });

  it('names the half that is missing', async () => {
    expect(await problemOf(undefined, { ...home({}), AWS_ACCESS_KEY_ID: 'A' })).toBe(
      'the variable AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not',
    );
    expect(await problemOf(undefined, home({ credentials: '[default]\naws_secret_access_key = hush\n' }))).toBe(
      'the profile "default" in ~/.aws/credentials has aws_secret_access_key, but no aws_access_key_id',
    );
  });

  it('says what the AWS command line is needed for, and what it said', async () => {
    const config = '[profile dev]\nsso_start_url = https://corp.awsapps.com/start\n[profile role]\nrole_arn = arn:aws:iam::1:role/r\n';
    const without = home({ config });
    expect(await problemOf('dev', { ...without, PATH: join(without.HOME, 'bin') })).toBe(
      'the profile "dev" (single sign-on) needs the AWS command line, version 2, to get credentials, and there is no "aws" on the PATH: ' +
        'install it, or set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN',
    );
    const saying = (text: string): Record<string, string> & { HOME: string } =>
      home({ config }, { aws: `#!/bin/sh\necho "to stdout: hush"\necho "${text}" >&2\nexit 255\n` });
    for (const text of [
      'Error when retrieving token from sso: Token has expired and refresh failed',
      'Error loading SSO Token: Token for https://corp.awsapps.com/start does not exist',
    ]) {
      expect(await problemOf('dev', saying(text))).toBe(
        'the sign-in of the profile "dev" (single sign-on) has ended: run "aws sso login --profile dev", then try again',
      );
    }
    expect(await problemOf('role', saying('AssumeRole: User is not authorized to perform: sts:AssumeRole'))).toBe(
      'the profile "role" (a role): the AWS command line failed: AssumeRole: User is not authorized to perform: sts:AssumeRole',
    );
    expect(await problemOf('role', saying('aws: error: argument subcommand: Invalid choice, valid choices are: add-model'))).toBe(
      'the profile "role" (a role) needs version 2.9 or later of the AWS command line, which can export credentials; the "aws" on the PATH is older',
    );
  });

  it('says what is wrong with what a program printed, without repeating it', async () => {
    const printing = (text: string): Record<string, string> =>
      home({ config: '[profile p]\ncredential_process = keys\n' }, { keys: `#!/bin/sh\necho '${text}'\n` });
    const said = 'the profile "p" (credential_process): keys ';
    expect(await problemOf('p', printing('AKIA hush'))).toBe(`${said}did not print a JSON object`);
    expect(await problemOf('p', printing('{"Version": 2}'))).toBe(`${said}printed an object of "Version" 2; expected 1`);
    expect(await problemOf('p', printing('{"Version": 1, "AccessKeyId": "A"}'))).toBe(`${said}printed no "SecretAccessKey"`);
    expect(await problemOf('p', printing(granted('A', '2020-01-01T00:00:00Z')))).toBe(
      `${said}handed over credentials that ended at 2020-01-01T00:00:00Z`,
    );
    expect(await problemOf('p', printing(granted('A', 'tomorrow')))).toBe(`${said}printed an "Expiration" that is no moment: "tomorrow"`);
    expect(await problemOf('p', home({ config: '[profile p]\ncredential_process = no-such-program\n' }))).toBe(
      'the profile "p" (credential_process): there is no program no-such-program',
    );
    const failing = home(
      { config: '[profile p]\ncredential_process = keys\n' },
      { keys: '#!/bin/sh\necho trying >&2\necho "vault is sealed" >&2\nexit 3\n' },
    );
    expect(await problemOf('p', failing)).toBe('the profile "p" (credential_process): keys failed: vault is sealed');
  });
});
