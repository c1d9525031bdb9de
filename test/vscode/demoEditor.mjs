// Shows the example in a real VS Code in the browser, with the packaged extension installed, until Ctrl-C.

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findChromium } from './chromium.mjs';
import { startCodeServer, workbenchUrl } from './codeServer.mjs';
import { packageExtension } from './package.mjs';

const repository = resolve(import.meta.dirname, '../..');
const example = join(repository, 'examples/flights');

const build = spawnSync(process.execPath, ['esbuild.config.mjs'], { cwd: repository, stdio: 'inherit' });
if (build.status !== 0) process.exit(1);
const vsix = await packageExtension(join(repository, 'build/sparkform.vsix'));
const server = await startCodeServer({ vsix, settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
const url = workbenchUrl(server, example);
console.log(`\nThe example is open in VS Code at\n\n  ${url}\n\nPress Ctrl-C to stop.`);

const browser = openBrowser(url);
const interrupted = new Promise((resolveSignal) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolveSignal);
});
try {
  await Promise.race([interrupted, server.exited]);
} finally {
  browser?.close();
  await server.stop();
}

/** A window of its own where there is a screen; elsewhere the printed address is to be opened by hand. */
function openBrowser(address) {
  const hasScreen = Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  const program = hasScreen ? findChromium() : undefined;
  if (!program) return undefined;
  const profile = mkdtempSync(join(tmpdir(), 'sparkform-browser-'));
  const child = spawn(program, [`--user-data-dir=${profile}`, '--no-first-run', `--app=${address}`], { stdio: 'ignore' });
  child.once('error', () => undefined);
  return {
    close: () => {
      child.kill();
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
