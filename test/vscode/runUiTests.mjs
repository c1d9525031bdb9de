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
  const executablePath = ensureChromium();
  const vsix = await packageExtension(join(repository, 'build/sparkform.vsix'));
  const workspace = copyWorkspace('test/workspaces/editor');
  workspace.linkDataset('flights-3m.parquet', 'flights.parquet');
  const outcomes = [];
  let server;
  let browser;
  let broken;
  try {
    server = await startCodeServer({ vsix, settings });
    browser = await chromium.launch({ executablePath, args: chromiumArguments });
    const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
    page.setDefaultTimeout(30_000);
    const openFile = ['openFile', remoteUri(server, join(workspace.folder, 'definitions.py'))];
    await page.goto(workbenchUrl(server, workspace.folder, [openFile]), { waitUntil: 'domcontentloaded' });
    const run = require(uiSuite).runSuites({ page, folder: workspace.folder, screenshots }, (outcome) => {
      outcomes.push(outcome);
      printOutcome(outcome);
    });
    await Promise.race([run, server.exited]);
  } catch (error) {
    broken = error.stack ?? error;
    console.error(broken);
  } finally {
    await browser?.close();
    await server?.stop();
    workspace.remove();
  }
  return summarize(outcomes, broken);
}

if (process.argv[1] === import.meta.filename) await runAsProgram(runUiTests);
