import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function tableSuite(workbench: Workbench): void {
  describe('in the table editor', () => {
    it('a parquet file shows its size, columns and rows', async () => {
      await workbench.closeEditors();
      await workbench.openView('Explorer');
      await workbench.row('flights.parquet').dblclick();
      await workbench.webview.getByText('3,000,000 rows').waitFor();
      const row = workbench.webview.getByRole('row').filter({ hasText: 'PHL' }).first();
      await row.waitFor();
      assert.deepEqual(await row.getByRole('gridcell').allInnerTexts(), ['2001-01-01T00:01:00', '33', '2176', 'LAS', 'PHL']);
      assert.match(await workbench.webview.getByRole('columnheader', { name: 'delay' }).innerText(), /^delay\s+bigint$/);
      await workbench.screenshot('table');
    });
  });
}
