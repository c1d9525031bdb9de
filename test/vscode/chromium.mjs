// The browser that the editor's tests look through: one that is installed, or Debian's where it may be installed.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable'];
const debianPackages = ['chromium', 'fonts-dejavu-core', 'fonts-liberation'];

/** The arguments for a browser without a screen, in a container, that talks to nobody but the page. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** The path of an installed Chromium, `CHROMIUM` first; undefined without one. */
export function findChromium() {
  const chosen = process.env.CHROMIUM;
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROMIUM is set to "${chosen}", which does not exist`);
    return chosen;
  }
  return candidates.find((path) => existsSync(path));
}

/** The path of a Chromium; installs Debian's package where there is none and the user may. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  const command = `apt-get install -y --no-install-recommends ${debianPackages.join(' ')}`;
  const prefix = privilege();
  if (!prefix) throw new Error(`Chromium is missing. Install it (${command}) or set CHROMIUM to the path of one.`);
  console.log('Installing Chromium…');
  aptGet(prefix, ['update']);
  aptGet(prefix, ['install', '-y', '--no-install-recommends', ...debianPackages]);
  const installed = findChromium();
  if (!installed) throw new Error(`Chromium is still missing after: ${command}`);
  return installed;
}

/** What to put before apt-get: nothing for root, sudo where it asks for no password; undefined where neither serves. */
function privilege() {
  if (process.platform !== 'linux' || spawnSync('apt-get', ['--version']).status !== 0) return undefined;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined;
}

function aptGet(prefix, args) {
  // Another apt-get may hold the lock for a moment: wait for it instead of failing.
  const words = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-o', 'DPkg::Lock::Timeout=300', ...args];
  const [program, ...rest] = words;
  const { status, stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (status !== 0) throw new Error(`${words.join(' ')}: exit code ${status}\n${stdout}${stderr}`);
}
