// Comparisons in the real editor: what the document says of results of runs.

import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { TabInputWebview, Uri, commands, window, workspace } from 'vscode';
import type { ExtensionApi } from '../../../client/src/extensionApi';
import { activate, open, soon, until } from './extensionUnderTest';

type Run = ExtensionApi['runs']['all'][number];

/** The first run may have to start a Spark. */
const timeLimit = 300_000;

export function compareSuite(): void {
  describe('comparisons', () => {
    after(async () => {
      await commands.executeCommand('workbench.action.closeAllEditors');
    });

    it('of a result with that of the run before say that nothing differs', async () => {
      const api = await activate();
      await open('definitions.py');
      const before = await run(api, 'busy_days.v1');
      const now = await run(api, 'busy_days.v1');
      const lines = await comparison('busy_days.v1', () =>
        commands.executeCommand('sparkform.compareWithRunBefore', { runId: now.runId, step: undefined }),
      );
      assert.deepEqual(lines.slice(0, 3), [
        '# Comparison of `busy_days.v1`',
        '',
        '**No difference in columns, row counts and statistics; rows were not compared.**',
      ]);
      const [first, second] = lines.filter((line) => line.includes('`/'));
      assert.ok(first?.startsWith(`| Before | \`${locationOf(before, 'busy_days.v1')}\` | `), first);
      assert.ok(second?.startsWith(`| After | \`${locationOf(now, 'busy_days.v1')}\` | `), second);
    }).timeout(timeLimit);

    it('of two tables of the explorer say what differs', async () => {
      const api = await activate();
      const newest = api.runs.all.find(({ target, state }) => target === 'busy_days.v1' && state === 'succeeded');
      assert.ok(newest);
      const uris = ['daily_orders.v1', 'busy_days.v1'].map((id) => Uri.file(locationOf(newest, id)));
      const name = uris.map((uri) => workspace.asRelativePath(uri)).join(' with ');
      const lines = await comparison(name, () => commands.executeCommand('sparkform.compareSelectedTables', uris[0], uris));
      assert.ok(lines[2]?.startsWith('**3 rows fewer'), lines[2]);
      assert.deepEqual(
        lines.filter((line) => line.startsWith('| After')).map((line) => line.split(' | ').at(-1)),
        ['1 (−3) |'],
      );
    });
  });
}

async function run({ runs }: ExtensionApi, id: string): Promise<Run> {
  const known = new Set(runs.all.map(({ runId }) => runId));
  await commands.executeCommand('sparkform.run', id);
  return until(runs.onDidChange, () =>
    runs.all.find(({ runId, target, state }) => !known.has(runId) && target === id && state === 'succeeded'),
  );
}

function locationOf({ steps }: Run, id: string): string {
  const location = steps.find((step) => step.id === id)?.location;
  assert.ok(location, `${id} has a result`);
  return location;
}

/** The document that a command leads to, when no column is chosen as the key. */
async function comparison(name: string, start: () => Thenable<unknown>): Promise<readonly string[]> {
  let ended = false;
  const done = Promise.resolve(start()).then(() => {
    ended = true;
  });
  await soon(async () => {
    // Without effect until the columns are listed.
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return ended ? true : undefined;
  });
  await done;
  const title = `Comparison of ${name.replaceAll('/', '-')}.md`;
  const document = await until(workspace.onDidOpenTextDocument, () => workspace.textDocuments.find(({ uri }) => uri.path === `/${title}`));
  await until(window.tabGroups.onDidChangeTabs, () => {
    const tab = window.tabGroups.activeTabGroup.activeTab;
    return tab?.input instanceof TabInputWebview && tab.label === `Preview ${title}` ? true : undefined;
  });
  return document.getText().split('\n');
}
