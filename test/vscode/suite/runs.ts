import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DiagnosticSeverity, commands, languages, type Diagnostic, type Uri } from 'vscode';
import type { ExtensionApi } from '../../../client/src/extensionApi';
import { activate, open, rangeOf, until } from './extensionUnderTest';

/** The first run prepares an environment of its own, where none was prepared before, and starts a Spark. */
const timeLimit = 600_000;

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
      const found = await runDiagnostics(document.uri, 1);
      assert.deepEqual(found.map(plain), [
        {
          code: 'UNRESOLVED_COLUMN.WITH_SUGGESTION',
          message:
            'A column or function parameter with name `prize` cannot be resolved. Did you mean one of the following? [`amount`, `order_id`, `ordered_at`, `customer_id`].',
          severity: DiagnosticSeverity.Error,
          range: rangeOf(document, 'prize'),
        },
      ]);
    }).timeout(timeLimit);

    it('put an exception of a function on its line', async () => {
      const api = await activate();
      const document = await open('failing.py');
      const run = await finishedRun(api, 'raises.v1');
      assert.equal(run.error?.errorClass, 'KeyError');
      const found = await runDiagnostics(document.uri, 2);
      assert.deepEqual(found.map(plain).at(-1), {
        code: 'KeyError',
        message: "KeyError: 'USD'",
        severity: DiagnosticSeverity.Error,
        range: rangeOf(document, 'rates["USD"]'),
      });
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

function plain({ code, message, severity, range }: Diagnostic): object {
  return { code, message, severity, range };
}

async function runDiagnostics(uri: Uri, count: number): Promise<Diagnostic[]> {
  return until(languages.onDidChangeDiagnostics, () => {
    const found = languages.getDiagnostics(uri).filter(({ source }) => source === 'Sparkform run');
    return found.length === count ? found : undefined;
  });
}
