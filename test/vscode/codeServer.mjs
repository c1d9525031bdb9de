// A running VS Code on loopback with user data of its own that is thrown away at the end.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCodeServer } from './codeServerInstall.mjs';

/** A busy machine takes its time to start the editor. */
const startLimit = 180_000;

/** Quiet: nothing is fetched, suggested or asked; no AI panel takes room. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  // In a browser the editor saves by itself, which tests of unsaved text would have to race.
  'files.autoSave': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * Starts the editor on a free loopback port.
 *
 * `extensionTests` lets the page start a test run inside the extension host (and suppresses notifications);
 * `vsix` is installed before the start; `trusted: false` opens folders in restricted mode; `settings` are added to the user's;
 * `environment` reaches the extension host.
 * Resolves once it listens; `exited` rejects when it ends before `stop()`.
 */
export async function startCodeServer({ extensionTests = false, vsix, trusted = true, settings = {}, environment = {} } = {}) {
  const { node, entry } = ensureCodeServer();
  const home = mkdtempSync(join(tmpdir(), 'sparkform-editor-'));
  const userData = join(home, 'user');
  const extensions = join(home, 'extensions');
  const config = join(home, 'config.yaml');
  mkdirSync(join(userData, 'User'), { recursive: true });
  mkdirSync(extensions);
  const trust = { 'security.workspace.trust.enabled': !trusted, 'security.workspace.trust.startupPrompt': 'never' };
  writeFileSync(join(userData, 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...trust, ...settings }));
  writeFileSync(config, 'auth: none\ncert: false\n');

  const env = { ...environmentIn(home), ...environment };
  const base = [entry, '--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
  if (vsix) installVsix(node, base, env, vsix);

  const port = await freePort();
  const child = spawn(
    node,
    [
      ...base,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(trusted ? ['--disable-workspace-trust'] : []),
      '--ignore-last-opened',
      ...(extensionTests ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    // A group of its own: the wrapper, the server, the extension host and what that starts end together.
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );

  let log = '';
  let stopping = false;
  const ended = new Promise((resolve) => child.once('close', resolve));
  const exited = ended.then((code) => {
    if (!stopping) throw new Error(`code-server ended with exit code ${code}\n${log}`);
  });
  exited.catch(() => undefined);
  const listening = new Promise((resolve) => {
    const read = (chunk) => {
      log = (log + chunk).slice(-100_000);
      if (process.env.SPARKFORM_TEST_VERBOSE) process.stderr.write(chunk);
      if (log.includes('HTTP server listening on')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });

  const killGroup = (signal) => {
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  const killAtExit = () => killGroup('SIGKILL');
  process.once('exit', killAtExit);

  const stop = async () => {
    stopping = true;
    killGroup('SIGTERM');
    const insist = setTimeout(() => killGroup('SIGKILL'), 5_000);
    await ended;
    clearTimeout(insist);
    killGroup('SIGKILL');
    process.off('exit', killAtExit);
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };

  let timer;
  const expired = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`code-server does not listen after ${startLimit} ms\n${log}`)), startLimit);
  });
  try {
    await Promise.race([listening, exited, expired]);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  /** The editor's own process, or one that it started, whose command line holds the text. */
  const processOf = (text) => descendantsOf(child.pid).find((pid) => commandLineOf(pid).includes(text));
  return { url: `http://127.0.0.1:${port}`, authority: `127.0.0.1:${port}`, exited, stop, processOf };
}

function descendantsOf(root) {
  const children = new Map();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(name) : undefined;
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** Undefined for a process that has ended, also one that nobody has asked for its end yet. */
function parentOf(pid) {
  try {
    // The name of the program stands in brackets and may hold anything.
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return state === 'Z' ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}

function commandLineOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** The address of the workbench on a folder, or on a `.code-workspace`; `payload` is VS Code's own list of start options. */
export function workbenchUrl(server, folder, payload = []) {
  const query = new URLSearchParams({
    [folder.endsWith('.code-workspace') ? 'workspace' : 'folder']: folder,
    payload: JSON.stringify([['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ...payload]),
  });
  return `${server.url}/?${query}`;
}

/** A path on this machine as the workbench in the browser names it. */
export function remoteUri(server, path) {
  return `vscode-remote://${server.authority}${path}`;
}

function installVsix(node, base, env, vsix) {
  const { status, stdout, stderr } = spawnSync(node, [...base, '--install-extension', vsix, '--force'], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`Could not install ${vsix}: exit code ${status}\n${stdout}${stderr}`);
}

/** A home of its own against litter and against the user's settings; only download caches are shared with the user. */
function environmentIn(home) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|VITEST|AWS_)/i.test(name) && name !== 'NODE_OPTIONS');
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    TMPDIR: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    // The environment of Spark is prepared once for all tests, in the user's cache.
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    // No AWS account, whatever a test forgets to say.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_EC2_METADATA_DISABLED: 'true',
    // No marketplace: nothing is looked up on the network.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
