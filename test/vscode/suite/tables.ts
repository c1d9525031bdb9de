import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TabInputCustom, commands, window } from 'vscode';
import { activate, fileUri, until } from './extensionUnderTest';

export function tablesSuite(): void {
  describe('table editor', () => {
    it('opens a parquet file of the workspace', async () => {
      await activate();
      await commands.executeCommand('vscode.open', fileUri('flights.parquet'));
      const input = await until(window.tabGroups.onDidChangeTabs, () => {
        const active = window.tabGroups.activeTabGroup.activeTab?.input;
        return active instanceof TabInputCustom ? active : undefined;
      });
      assert.equal(input.uri.toString(), fileUri('flights.parquet').toString());
      assert.equal(input.viewType, 'sparkform.table');
      await commands.executeCommand('workbench.action.closeAllEditors');
    });
  });
}
