// Every check and every test, by one command: `npm test`. Ends with one line, `N passed, N failed`, over all of them; a check
// (types, lint, format) counts as one test. `npm test -- lint ui` runs only the parts of these names.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '..');
const reports = join(repository, 'build/reports');
const bin = (name) => join(repository, 'node_modules/.bin', name);

/** The stages follow one another; the parts of a stage run two at a time, since there may be no more cores. */
const stages = [
  [check('build', process.execPath, ['esbuild.config.mjs'])],
  [
    check('lint', bin('eslint'), ['.', '--max-warnings', '0']),
    check('types', bin('tsc'), ['-b']),
    { name: 'editor', run: prepareEditor },
    check('unused', bin('knip'), []),
    check('format', bin('prettier'), ['--check', '.', '--log-level', 'warn']),
  ],
  [{ name: 'unit', run: runVitest }],
  [{ name: 'extension', run: () => runEditorSuite('runExtensionTests') }],
  [{ name: 'ui', run: () => runEditorSuite('runUiTests') }],
];

const chosen = process.argv.slice(2);
const total = { passed: 0, failed: 0 };
mkdirSync(reports, { recursive: true });
for (const stage of stages) {
  const parts = stage.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  const queue = parts.values();
  const lane = async () => {
    for (const part of queue) await runPart(part);
  };
  await Promise.all([lane(), lane()]);
  // Without the bundles everything else would fail for the same reason.
  if (stage === stages[0] && total.failed > 0) break;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

/** Runs one part and adds what it counted; a part that breaks is one failed test. */
async function runPart({ name, run }) {
  const start = performance.now();
  let result;
  try {
    result = await run();
  } catch (error) {
    console.log(String(error.message ?? error).trimEnd());
    result = { passed: 0, failed: 1 };
  }
  const { passed, failed } = result;
  total.passed += passed;
  total.failed += failed;
  console.log(
    `${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
}

/** A program that says by its exit code whether all is well; what it prints is shown when it is not. */
function check(name, program, args) {
  return {
    name,
    run: async () => {
      const { code, output } = await runProgram(program, args);
      if (code !== 0) throw new Error(output);
      return { passed: 1, failed: 0 };
    },
  };
}

/** Installs Chromium and the editor where they are missing. */
async function prepareEditor() {
  const script = `
    import { ensureChromium } from './test/vscode/chromium.mjs';
    import { ensureCodeServer } from './test/vscode/codeServerInstall.mjs';
    ensureChromium();
    ensureCodeServer();`;
  const { code, output } = await runProgram(process.execPath, ['--input-type=module', '--eval', script]);
  if (code !== 0) throw new Error(output);
  return { passed: 0, failed: 0 };
}

/** A file that cannot be loaded is one failed test; so is one that was skipped, since all that a test needs is to be there. */
async function runVitest() {
  const report = join(reports, 'vitest.json');
  rmSync(report, { force: true });
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await runProgram(bin('vitest'), args, { show: true });
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const broken = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  const failed = numFailedTests + numPendingTests + numTodoTests + broken;
  return mustHaveRun({ passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed });
}

/** In a process of its own, which a broken editor cannot take down with it. */
async function runEditorSuite(name) {
  const { output } = await runProgram(process.execPath, [`test/vscode/${name}.mjs`], { show: true });
  const counts = /^(\d+) passed, (\d+) failed$/m.exec(output);
  if (!counts) throw new Error(`${name} ended without a result`);
  return mustHaveRun({ passed: Number(counts[1]), failed: Number(counts[2]) });
}

function mustHaveRun({ passed, failed }) {
  return passed === 0 && failed === 0 ? { passed, failed: 1 } : { passed, failed };
}

/** `show` prints what the program prints as it comes. Nothing is read from the terminal. */
function runProgram(program, args, { show = false } = {}) {
  return new Promise((resolveRun, reject) => {
    const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
    const child = spawn(program, args, { cwd: repository, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...colours } });
    let output = '';
    const read = (chunk) => {
      output += chunk;
      if (show) process.stdout.write(chunk);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('close', (code) => resolveRun({ code, output }));
  });
}
