// Whose requests they are: the keys that this computer's AWS configuration leads to. What a profile says by itself is read
// here; signing in and taking on roles is left to the AWS command line, which knows all ways. Never asked is the metadata
// service of cloud machines: elsewhere that only stalls. Secrets stand in no message.

import { TableProblem } from '../table/tableProblem';
import { loadAwsConfiguration, valueOf, type AwsConfiguration, type AwsProfile, type Environment } from './awsConfiguration';
import { exportByAwsCli, profileOption, runCredentialProcess, type TemporaryCredentials } from './credentialProcess';
import type { Credentials } from './signature';

export interface CredentialsProvider {
  /**
   * Throws a TableProblem that says what was looked at, or what to do. `refused` are those that a server did not take: where
   * they are the newest ones known, they are looked for again.
   */
  get(options?: { readonly refused?: Credentials | undefined; readonly signal?: AbortSignal | undefined }): Promise<Credentials>;
  /** Where they come from, for messages; undefined until they were asked for. */
  readonly origin: CredentialsOrigin | undefined;
}

export interface CredentialsOrigin {
  /** `the profile "dev" (single sign-on)` */
  readonly label: string;
  /** What a user does when they are not taken any more: `run "aws sso login --profile dev"`. */
  readonly renewal: string;
}

interface FoundCredentials {
  readonly origin: CredentialsOrigin;
  readonly load: () => Promise<TemporaryCredentials>;
}

/** They are renewed so many milliseconds before they end. */
const renewalTime = 5 * 60 * 1000;

/** @param chosen a profile that goes before keys in variables, as `--profile` of the AWS command line does. */
export function configuredCredentials(chosen: string | undefined, env: Environment): CredentialsProvider {
  let current: TemporaryCredentials | undefined;
  let loading: Promise<TemporaryCredentials> | undefined;
  let origin: CredentialsOrigin | undefined;
  const load = async (): Promise<TemporaryCredentials> => {
    const found = findCredentials(chosen, env, await loadAwsConfiguration(env));
    origin = found.origin;
    return found.load();
  };
  const renew = async (): Promise<TemporaryCredentials> => {
    // Whoever comes meanwhile waits for the same.
    loading ??= load().finally(() => {
      loading = undefined;
    });
    current = await loading;
    return current;
  };
  const left = ({ expiration }: TemporaryCredentials): number => (expiration === undefined ? Infinity : expiration - Date.now());
  return {
    get origin() {
      return origin;
    },
    async get({ refused, signal } = {}) {
      signal?.throwIfAborted();
      const known = current;
      if (known === undefined || known.credentials === refused) return (await untilAborted(renew(), signal)).credentials;
      if (left(known) > renewalTime) return known.credentials;
      try {
        return (await untilAborted(renew(), signal)).credentials;
      } catch (error) {
        // What still holds is good enough.
        if (signal?.aborted !== true && left(known) > 0) return known.credentials;
        throw error;
      }
    },
  };
}

/** The promise, or the reason of the signal, whichever is first. */
function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      // The reason is the caller's own.
      const refuse: (reason: unknown) => void = reject;
      refuse(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', onAbort);
    });
  });
}

/** In the order of the AWS command line: a chosen profile, keys in variables, `AWS_PROFILE` or the default profile, tokens. */
function findCredentials(chosen: string | undefined, env: Environment, configuration: AwsConfiguration): FoundCredentials {
  const fromVariables = chosen === undefined ? keysOfVariables(env) : undefined;
  if (fromVariables) return fromVariables;
  const name = chosen ?? valueOf(env, 'AWS_PROFILE') ?? 'default';
  const profile = configuration.profile(name);
  const found = profile && credentialsOfProfile(profile, env);
  if (found) return found;
  const { configFile, credentialsFile, profiles } = configuration;
  if (!profile && (chosen !== undefined || name !== 'default')) {
    const others = profiles.length === 0 ? 'they hold no profile' : `profiles there: ${profiles.join(', ')}`;
    throw new TableProblem('no-credentials', `there is no profile "${name}" in ${configFile} or ${credentialsFile}; ${others}`);
  }
  const byMachine = chosen === undefined ? machineIdentity(env) : undefined;
  if (byMachine !== undefined) {
    const origin = { label: byMachine, renewal: 'give this program the identity of its machine anew' };
    return { origin, load: () => exportByAwsCli(undefined, byMachine, env) };
  }
  throw new TableProblem(
    'no-credentials',
    `there are no AWS credentials: looked at ${chosen === undefined ? 'the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, ' : ''}` +
      `the profile "${name}" in ${credentialsFile} and ${configFile}; "aws configure" or "aws configure sso" writes a profile`,
  );
}

function keysOfVariables(env: Environment): FoundCredentials | undefined {
  const [id, secret] = [valueOf(env, 'AWS_ACCESS_KEY_ID'), valueOf(env, 'AWS_SECRET_ACCESS_KEY')];
  if (id === undefined && secret === undefined) return undefined;
  if (id === undefined || secret === undefined) {
    const [is, isNot] = id === undefined ? ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'] : ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
    throw new TableProblem('no-credentials', `the variable ${is} is set, but ${isNot} is not`);
  }
  const origin = { label: 'the keys in AWS_ACCESS_KEY_ID', renewal: 'set AWS_ACCESS_KEY_ID and its companions anew' };
  return given(origin, id, secret, valueOf(env, 'AWS_SESSION_TOKEN'));
}

function credentialsOfProfile({ name, settings, file }: AwsProfile, env: Environment): FoundCredentials | undefined {
  const byCli = (kind: string, renewal: string): FoundCredentials => {
    const label = `the profile "${name}" (${kind})`;
    return { origin: { label, renewal }, load: () => exportByAwsCli(name, label, env) };
  };
  if (settings.has('role_arn')) {
    const byToken = settings.has('web_identity_token_file');
    return byCli(byToken ? 'a role by web identity' : 'a role', `see that the role of the profile "${name}" may be assumed`);
  }
  if (settings.has('sso_session') || settings.has('sso_start_url'))
    return byCli('single sign-on', `run "aws sso login${profileOption(name)}"`);
  if (settings.has('login_session')) return byCli('sign-in by browser', `run "aws login${profileOption(name)}"`);
  const [id, secret] = [settings.get('aws_access_key_id'), settings.get('aws_secret_access_key')];
  const command = settings.get('credential_process');
  if (id !== undefined && secret !== undefined) {
    const origin = { label: `the keys of the profile "${name}"`, renewal: `write valid keys for the profile "${name}" into ${file}` };
    return given(origin, id, secret, settings.get('aws_session_token'));
  }
  if (command !== undefined) {
    const label = `the profile "${name}" (credential_process)`;
    const origin = { label, renewal: `see what its credential_process says` };
    return { origin, load: () => runCredentialProcess(command, label, env) };
  }
  if (id === undefined && secret === undefined) return undefined;
  const [is, isNot] = id === undefined ? ['aws_secret_access_key', 'aws_access_key_id'] : ['aws_access_key_id', 'aws_secret_access_key'];
  throw new TableProblem('no-credentials', `the profile "${name}" in ${file} has ${is}, but no ${isNot}`);
}

function given(
  origin: CredentialsOrigin,
  accessKeyId: string,
  secretAccessKey: string,
  sessionToken: string | undefined,
): FoundCredentials {
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  return { origin, load: () => Promise.resolve({ credentials, expiration: undefined }) };
}

/** What containers and pods are given by variables. */
function machineIdentity(env: Environment): string | undefined {
  if (valueOf(env, 'AWS_WEB_IDENTITY_TOKEN_FILE') !== undefined) return 'the web identity in AWS_WEB_IDENTITY_TOKEN_FILE';
  const container = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'].find(
    (name) => valueOf(env, name) !== undefined,
  );
  return container === undefined ? undefined : `the identity of the container in ${container}`;
}
