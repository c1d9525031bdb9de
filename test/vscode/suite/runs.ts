import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { commands, languages, type Diagnostic, type Uri } from 'vscode';
import type { ExtensionApi } from '../../../client/src/extensionApi';
import { activate, open, rangeOf, until } from './extensionUnderTest';

/** The first run starts a Spark. */
const timeLimit = 180_000;

export function runsSuite(): void {
  describe('local runs', () => {
    it('run a chain of definitions and keep its result', async () => {
      const api = await activate();
      await open('definitions.py');
      const run = await finishedRun(api, 'busy_days.v1');
      assert.equal(run.error?.message, undefined);
      assert.equal(run.state, 'succeeded');
      assert.deepEqual(
        run.steps.map(({ id, state, rows }) => [id, state, rows]),
        [
          ['daily_orders.v1', 'succeeded', 4],
          ['busy_days.v1', 'succeeded', 1],
        ],
      );
    }).timeout(timeLimit);

    it('put the failure of a query on its column', async () => {
      const api = await activate();
      const document = await open('failing.py');
      const run = await finishedRun(api, 'unknown_column.v1');
      assert.equal(run.state, 'failed');
      const [diagnostic] = await runDiagnostics(document.uri, 1);
      assert.match(diagnostic?.message ?? '', /prize/);
      assert.deepEqual(diagnostic?.range, rangeOf(document, 'prize'));
    }).timeout(timeLimit);

    it('put an exception of a function on its line', async () => {
      const api = await activate();
      const document = await open('failing.py');
      const run = await finishedRun(api, 'raises.v1');
      assert.equal(run.error?.errorClass, 'KeyError');
      const found = await runDiagnostics(document.uri, 2);
      const diagnostic = found.find(({ message }) => message.includes('USD'));
      assert.equal(diagnostic?.range.start.line, rangeOf(document, 'rate = rates["USD"]').start.line);
    }).timeout(timeLimit);
  });
}

/** Starts a run and resolves with it when it has ended. */
async function finishedRun({ runs }: ExtensionApi, id: string): Promise<ExtensionApi['runs']['all'][number]> {
  const before = new Set(runs.all.map(({ runId }) => runId));
  const [, run] = await Promise.all([
    commands.executeCommand('sparkform.run', id),
    until(runs.onDidChange, () => runs.all.find(({ runId, state }) => !before.has(runId) && state !== 'preparing' && state !== 'running')),
  ]);
  return run;
}

async function runDiagnostics(uri: Uri, count: number): Promise<Diagnostic[]> {
  return until(languages.onDidChangeDiagnostics, () => {
    const found = languages.getDiagnostics(uri).filter(({ source }) => source === 'Sparkform run');
    return found.length === count ? found : undefined;
  });
}
