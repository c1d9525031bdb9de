// Installs the packaged extension into a real VS Code and drives its workbench in a browser, as a user would.

import { chromium } from 'playwright-core';
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSuites, uiSuite } from './buildSuites.mjs';
import { chromiumArguments, ensureChromium } from './chromium.mjs';
import { remoteUri, startCodeServer, workbenchUrl } from './codeServer.mjs';
import { printOutcome, runAsProgram, summarize } from './outcomes.mjs';
import { packageExtension } from './package.mjs';
import { copyWorkspace } from './workspaceCopy.mjs';

const require = createRequire(import.meta.url);
const repository = resolve(import.meta.dirname, '../..');
const screenshots = join(repository, 'build/screenshots');
const settings = { 'workbench.colorTheme': 'Default Dark Modern', 'editor.minimap.enabled': false, 'editor.hover.delay': 100 };

export async function runUiTests() {
  await buildSuites();
  mkdirSync(screenshots, { recursive: true });
  const vsix = await packageExtension(join(repository, 'build/sparkform.vsix'));
  const outcomes = [];
  let broken;
  try {
    for (const trusted of [true, false]) await runSession({ vsix, trusted }, outcomes);
  } catch (error) {
    broken = error.stack ?? error;
    console.error(broken);
  }
  return summarize(outcomes, broken);
}

/** One workbench, from its start to its end; a folder that is not trusted has suites of its own. */
async function runSession({ vsix, trusted }, outcomes) {
  const executablePath = ensureChromium();
  const workspace = copyWorkspace('test/workspaces/editor');
  workspace.linkDataset('flights-3m.parquet', 'flights.parquet');
  workspace.copyTable('partitioned.parquet');
  let server;
  let browser;
  try {
    server = await startCodeServer({ vsix, settings, trusted });
    browser = await chromium.launch({ executablePath, args: chromiumArguments });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
    page.setDefaultTimeout(30_000);
    const openFile = ['openFile', remoteUri(server, join(workspace.folder, 'definitions.py'))];
    await page.goto(workbenchUrl(server, workspace.folder, [openFile]), { waitUntil: 'domcontentloaded' });
    const { runSuites, runRestrictedSuites } = require(uiSuite);
    const run = (trusted ? runSuites : runRestrictedSuites)({ page, screenshots }, (outcome) => {
      outcomes.push(outcome);
      printOutcome(outcome);
    });
    await Promise.race([run, server.exited]);
  } finally {
    await browser?.close();
    await server?.stop();
    workspace.remove();
  }
}

if (process.argv[1] === import.meta.filename) await runAsProgram(runUiTests);
