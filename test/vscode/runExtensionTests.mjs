// Runs the suites of `suite/` inside the extension host of a real VS Code, on a copy of a workspace.

import { chromium } from 'playwright-core';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buildSuites, extensionSuite, s3ServerModule } from './buildSuites.mjs';
import { chromiumArguments, ensureChromium } from './chromium.mjs';
import { remoteUri, startCodeServer, workbenchUrl } from './codeServer.mjs';
import { printOutcome, runAsProgram, summarize } from './outcomes.mjs';
import { copyWorkspace } from './workspaceCopy.mjs';

const repository = resolve(import.meta.dirname, '../..');
const resultsFile = join(repository, 'build/vscode-suite/outcomes.jsonl');
const screenshot = join(repository, 'build/screenshots/extension-tests.png');
/** Of the whole run, on a slow machine that has to prepare an environment for Spark as well. */
const timeLimit = 20 * 60_000;

export async function runExtensionTests() {
  await buildSuites();
  rmSync(resultsFile, { force: true });
  const workspace = copyWorkspace('test/workspaces/editor');
  workspace.linkDataset('flights-3m.parquet', 'flights.parquet');
  workspace.copyTable('partitioned.parquet');
  let broken;
  try {
    const code = await runInExtensionHost(workspace.folder, extensionSuite, resultsFile, await s3Environment());
    if (code !== 0 && readOutcomes().every((outcome) => outcome.passed)) broken = `the extension host ended the run with code ${code}`;
  } catch (error) {
    broken = error.stack ?? error;
  } finally {
    workspace.remove();
  }
  const result = summarize(readOutcomes(), broken);
  result.outcomes.forEach(printOutcome);
  return result;
}

/**
 * Opens the workbench on a folder with the extension under development and a suite, which writes its outcomes to the file;
 * resolves with the exit code of the run.
 */
export async function runInExtensionHost(folder, suite, outcomesFile, environment = {}) {
  const executablePath = ensureChromium();
  const server = await startCodeServer({ extensionTests: true, environment: { ...environment, SPARKFORM_TEST_OUTCOMES: outcomesFile } });
  let browser;
  try {
    browser = await chromium.launch({ executablePath, args: chromiumArguments });
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const verbose = process.env.SPARKFORM_TEST_VERBOSE !== undefined;
    // VS Code calls these two when a window runs tests.
    await page.exposeFunction('codeAutomationLog', (_type, args) => void (verbose && console.error(...args)));
    const ended = new Promise((resolveEnd) => void page.exposeFunction('codeAutomationExit', resolveEnd));
    const crashed = new Promise((_, reject) => {
      page.once('crash', () => reject(new Error('The page crashed')));
    });
    const payload = [
      ['extensionDevelopmentPath', remoteUri(server, repository)],
      ['extensionTestsPath', remoteUri(server, suite)],
      ['enableProposedApi', ''],
    ];
    await page.goto(workbenchUrl(server, folder, payload), { waitUntil: 'domcontentloaded' });
    let timer;
    const expired = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No result within ${timeLimit} ms; see ${screenshot}`)), timeLimit);
    });
    try {
      return await Promise.race([ended, crashed, expired, server.exited]);
    } catch (error) {
      mkdirSync(dirname(screenshot), { recursive: true });
      await page.screenshot({ path: screenshot }).catch(() => undefined);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  } finally {
    await browser?.close();
    await server.stop();
  }
}

/** The Python of the tests' S3 server, which an editor may not find by itself, and keys that this server knows, and nobody else. */
export async function s3Environment() {
  const { testKeys, motoPython } = await import(s3ServerModule);
  const keys = { AWS_ACCESS_KEY_ID: testKeys.id, AWS_SECRET_ACCESS_KEY: testKeys.secret };
  return { ...keys, SPARKFORM_MOTO_PYTHON: await motoPython() };
}

/** The outcomes that the suites wrote, one JSON object a line. */
function readOutcomes() {
  if (!existsSync(resultsFile)) return [];
  const lines = readFileSync(resultsFile, 'utf8').split('\n');
  return lines.flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

if (process.argv[1] === import.meta.filename) await runAsProgram(runExtensionTests);
