import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { commands, window } from 'vscode';
import { activate, open, positionIn, until } from './extensionUnderTest';

export function resourcesSuite(): void {
  describe('Resources view', () => {
    it('lists what the workspace defines, by type', async () => {
      const { resources } = await activate();
      assert.deepEqual(
        resources.groups.map(({ label, children }) => [label, children.map((child) => child.label)]),
        [
          ['Providers', ['shop-spark', 'shop-store']],
          ['Sources', ['orders.v1']],
          ['Transformations', ['busy_days.v1', 'daily_orders.v1', 'misspelt.v1', 'outdated.v1', 'raises.v1', 'unknown_column.v1']],
        ],
      );
    });

    it('goes to a definition', async () => {
      await activate();
      const document = await open('definitions.py');
      await open('problems.py');
      await commands.executeCommand('sparkform.openDefinition', 'source:daily_orders.v1', 0);
      const editor = await until(window.onDidChangeActiveTextEditor, () =>
        window.activeTextEditor?.document === document ? window.activeTextEditor : undefined,
      );
      assert.deepEqual(editor.selection.start, positionIn(document, 'def daily_orders', 4));
    });
  });
}
