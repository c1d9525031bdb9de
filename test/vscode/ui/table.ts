import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function tableSuite(workbench: Workbench): void {
  describe('in the table editor', () => {
    it('a parquet file shows its columns and rows', async () => {
      await workbench.closeEditors();
      await workbench.openView('Explorer');
      const column = workbench.webview.getByText('delay', { exact: true });
      await workbench.until(() => workbench.row('flights.parquet').dblclick(), column);
      await workbench.webview.getByRole('gridcell', { name: '2001-01-01T00:01:00' }).first().waitFor();
      await workbench.screenshot('table');
    });

    it('a folder that Spark wrote is one table', async () => {
      await workbench.closeEditors();
      await workbench.openView('Explorer');
      const cell = workbench.webview.getByRole('gridcell', { name: '2024-01-02' });
      await workbench.chooseFor(workbench.row('partitioned.parquet'), 'Open as Table', cell);
      assert.deepEqual(await workbench.webview.locator('.column .name').allTextContents(), ['id', 'dt', 'label', 'n']);
      await workbench.screenshot('table-folder');
    });
  });
}
