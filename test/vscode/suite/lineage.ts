// The lineage in the extension host: its graph while definitions are edited, and the panel as an editor.

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TabInputWebview, ViewColumn, commands, window, workspace, WorkspaceEdit, type Tab, type TextDocument } from 'vscode';
import type { ExtensionApi } from '../../../client/src/extensionApi';
import { activate, open, rangeOf, soon, until } from './extensionUnderTest';
import { withFile } from './scratchFiles';

const head = 'from definitions import spark\n\n\n';
const totals = `@spark.sql_transformation(name="totals", variant="v1")
def totals():
    return "SELECT * FROM {{orders.v1}}"
`;

export function lineageSuite(): void {
  describe('lineage', () => {
    it('is that of the workspace, with its problems and with what nothing defines', async () => {
      const { lineage } = await activate();
      assert.deepEqual(outline(lineage), [
        'provider:shop-spark <- provider:shop-store',
        'provider:shop-store',
        'source:busy_days.v1 <- source:daily_orders.v1',
        'source:daily_orders.v1 <- source:orders.v1',
        'source:misspelt.v1 1 error <- source:ordres.v1',
        'source:orders.v1 <- provider:shop-spark',
        'source:outdated.v1 1 error <- source:orders.v2',
        'source:raises.v1 <- source:orders.v1',
        'source:unknown_column.v1 <- source:orders.v1',
        'source:ordres.v1? 1 error',
        'source:orders.v2? 1 error',
      ]);
    });

    it('changes with what is typed, before it is saved', async () => {
      const { lineage, resources } = await activate();
      await withFile(head + totals, async (document) => {
        const told = (id: string): Promise<string> =>
          until(resources.onDidChange, () => outline(lineage).find((line) => line.startsWith(`source:${id}`)));
        assert.equal(await told('totals.v1'), 'source:totals.v1 <- source:orders.v1');
        const edit = new WorkspaceEdit();
        edit.replace(document.uri, rangeOf(document, 'orders.v1'), 'order.v1');
        await workspace.applyEdit(edit);
        assert.equal(await told('order.v1'), 'source:order.v1? 1 error');
        assert.equal(await told('totals.v1'), 'source:totals.v1 1 error <- source:order.v1');
      });
      await until(resources.onDidChange, () => (outline(lineage).some((line) => line.includes('totals')) ? undefined : true));
    });

    it('follows the cursor into a file of SQL that a definition reads', async () => {
      const { lineage, resources } = await activate();
      await withFile(
        'SELECT order_id\nFROM {{orders.v1}}\n',
        async (query) => {
          const reads = totals.replace(/"SELECT.*"/, `open("${workspace.asRelativePath(query.uri)}").read()`);
          await withFile(head + reads, async () => {
            await until(resources.onDidChange, () => outline(lineage).find((line) => line === 'source:totals.v1 <- source:orders.v1'));
            const other = await open('definitions.py');
            await commands.executeCommand('sparkform.showLineage');
            const lookAt = (document: TextDocument, text: string, found: string): Promise<true> =>
              soon(async () => {
                // The panel may take the focus once more, as soon as it is there.
                await window.showTextDocument(document, { viewColumn: ViewColumn.One, selection: rangeOf(document, text) });
                return lineage.atCursor === found ? true : undefined;
              });
            await lookAt(other, 'def busy_days', 'source:busy_days.v1');
            await lookAt(query, 'order_id', 'source:totals.v1');
          });
        },
        'sql',
      );
    });

    it('opens beside the editor, once', async () => {
      await activate();
      await commands.executeCommand('workbench.action.closeAllEditors');
      const document = await open('definitions.py');
      await commands.executeCommand('sparkform.showLineage');
      const tab = await soon(() => lineageTabs()[0]);
      assert.deepEqual([tab.label, tab.group.viewColumn], ['Lineage', ViewColumn.Two]);
      await window.showTextDocument(document, ViewColumn.One);
      await commands.executeCommand('sparkform.showLineage', 'source:busy_days.v1');
      await until(window.tabGroups.onDidChangeTabGroups, () =>
        window.tabGroups.activeTabGroup.viewColumn === ViewColumn.Two ? true : undefined,
      );
      assert.equal(lineageTabs().length, 1);
      await window.tabGroups.close(tab);
    });
  });
}

/** One line a node: its id, a question mark where nothing defines it, its errors, and what feeds it. */
function outline({ graph: { nodes, edges } }: ExtensionApi['lineage']): readonly string[] {
  return nodes.map(({ id, errors, definition }) => {
    const inputs = edges.filter(({ to }) => to === id).map(({ from }) => from);
    const problems = errors === 0 ? '' : ` ${errors} ${errors === 1 ? 'error' : 'errors'}`;
    return `${id}${definition === undefined ? '?' : ''}${problems}${inputs.length === 0 ? '' : ` <- ${inputs.join(', ')}`}`;
  });
}

function lineageTabs(): readonly Tab[] {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith('sparkform.lineagePanel'));
}
