// What the editor makes of runs that have ended: diagnostics that live with the text, results, and runs that are stopped.

import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import {
  Position,
  TabInputCustom,
  WorkspaceEdit,
  commands,
  languages,
  window,
  workspace,
  type CodeAction,
  type Diagnostic,
  type TextDocument,
} from 'vscode';
import type { ExtensionApi } from '../../../client/src/extensionApi';
import { activate, fileUri, open, rangeOf, until } from './extensionUnderTest';

type Run = ExtensionApi['runs']['all'][number];

/** The first run may have to start a Spark. */
const timeLimit = 300_000;

export function runFeedbackSuite(): void {
  describe('the feedback of runs', () => {
    after(async () => {
      await commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('moves a failure with its text, and offers the names that Spark knows', async () => {
      const api = await activate();
      const document = await open('failing.py');
      await run(api, 'unknown_column.v1');
      await diagnosticOn(document, 'prize');
      await insert(document, new Position(2, 0), 'import os\n\n');
      const moved = await diagnosticOn(document, 'prize');
      assert.equal(moved.range.start.line, 9);
      const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, moved.range);
      assert.deepEqual(
        actions.map(({ title }) => title).filter((title) => title.startsWith('Replace with')),
        ['amount', 'order_id', 'ordered_at', 'customer_id'].map((name) => `Replace with “${name}”`),
      );
    }).timeout(timeLimit);

    it('forgets a failure when the definition is changed', async () => {
      await activate();
      const document = await open('failing.py');
      const { range } = await diagnosticOn(document, 'prize');
      const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
      const fix = actions.find(({ title }) => title === 'Replace with “amount”');
      assert.ok(fix?.edit);
      await workspace.applyEdit(fix.edit);
      assert.ok(document.getText().includes('SELECT order_id, amount FROM {{orders.v1}}'));
      await until(languages.onDidChangeDiagnostics, () => (runDiagnostics(document).some(isAbout('prize')) ? undefined : true));
    });

    it('runs the unsaved text', async () => {
      const api = await activate();
      const document = await open('failing.py');
      assert.equal(document.isDirty, true);
      const ended = await run(api, 'unknown_column.v1');
      assert.deepEqual([ended.state, ended.steps.map(({ rows }) => rows)], ['succeeded', [5]]);
      await window.showTextDocument(document);
      await commands.executeCommand('workbench.action.files.revert');
    }).timeout(timeLimit);

    it('goes to the line of a failure', async () => {
      const api = await activate();
      await open('failing.py');
      const { runId } = await run(api, 'raises.v1');
      const document = await open('definitions.py');
      await commands.executeCommand('sparkform.openRunFailure', { runId, step: undefined });
      const editor = window.activeTextEditor;
      assert.ok(editor && editor.document !== document);
      assert.equal(editor.selection.start.line, rangeOf(editor.document, 'rate = rates["USD"]').start.line);
    }).timeout(timeLimit);

    it('shows the newest output, that of a step as well as that of a run', async () => {
      const api = await activate();
      const { steps } = await run(api, 'busy_days.v1');
      assert.equal(steps.length, 2);
      for (const { id, location } of steps) {
        await commands.executeCommand('workbench.action.closeAllEditors');
        await commands.executeCommand('sparkform.preview', id);
        assert.equal(await shownTable(), location);
      }
    }).timeout(timeLimit);

    it('stops a Spark job that would go on for ever', async () => {
      const api = await activate();
      await workspace.fs.writeFile(fileUri('slow.py'), Buffer.from(slowDefinition));
      await until(api.resources.onDidChange, () => (labels(api).includes('slow.v1') ? true : undefined));
      const running = commands.executeCommand('sparkform.run', 'slow.v1');
      const started = await until(api.runs.onDidChange, () => {
        const [newest] = api.runs.all;
        return newest?.target === 'slow.v1' && newest.steps.some(({ state }) => state === 'running') ? newest : undefined;
      });
      await commands.executeCommand('sparkform.cancelRun', { runId: started.runId, step: undefined });
      await running;
      const ended = api.runs.all.find(({ runId }) => runId === started.runId);
      assert.deepEqual([ended?.state, ended?.steps.map(({ state }) => state)], ['cancelled', ['cancelled']]);
      await workspace.fs.delete(fileUri('slow.py'));
      await until(api.resources.onDidChange, () => (labels(api).includes('slow.v1') ? undefined : true));
    }).timeout(timeLimit);

    it('is there again when the server was restarted', async () => {
      const api = await activate();
      const before = labels(api);
      const answered = new Promise<void>((resolve) => {
        const subscription = api.resources.onDidChange(() => {
          subscription.dispose();
          resolve();
        });
      });
      await commands.executeCommand('sparkform.restartServer');
      await answered;
      await until(api.resources.onDidChange, () => (labels(api).length === before.length ? true : undefined));
      assert.deepEqual(labels(api), before);
    });
  });
}

const slowDefinition = `from definitions import spark


@spark.sql_transformation(name="slow", variant="v1")
def slow():
    return "SELECT sum(order_id * id) AS total FROM {{orders.v1}} CROSS JOIN range(100000000000)"
`;

function labels({ resources }: ExtensionApi): readonly string[] {
  return resources.groups.flatMap(({ children }) => children.map(({ label }) => label));
}

/** Starts a run and answers it as it ended. */
async function run({ runs }: ExtensionApi, id: string): Promise<Run> {
  const before = new Set(runs.all.map(({ runId }) => runId));
  await commands.executeCommand('sparkform.run', id);
  const ended = runs.all.find(({ runId }) => !before.has(runId));
  assert.ok(ended, 'the run is listed');
  return ended;
}

async function diagnosticOn(document: TextDocument, text: string): Promise<Diagnostic> {
  return until(languages.onDidChangeDiagnostics, () =>
    runDiagnostics(document).find(({ range }) => range.isEqual(rangeOf(document, text)) && document.getText(range) === text),
  );
}

function runDiagnostics({ uri }: TextDocument): readonly Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source === 'Sparkform run');
}

function isAbout(name: string): (diagnostic: Diagnostic) => boolean {
  return ({ message }) => message.includes(name);
}

async function insert(document: TextDocument, at: Position, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, at, text);
  await workspace.applyEdit(edit);
}

/** The path of the folder that the active table editor shows. */
async function shownTable(): Promise<string> {
  return until(window.tabGroups.onDidChangeTabs, () => {
    const input = window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof TabInputCustom && input.viewType === 'sparkform.table' ? input.uri.fsPath : undefined;
  });
}
