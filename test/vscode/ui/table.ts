import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function tableSuite(workbench: Workbench): void {
  describe('in the table editor', () => {
    it('a parquet file shows its columns and rows', async () => {
      await workbench.closeEditors();
      await workbench.openView('Explorer');
      await workbench.row('flights.parquet').dblclick();
      await workbench.webview.getByText('delay', { exact: true }).first().waitFor();
      await workbench.screenshot('table');
    });
  });
}
