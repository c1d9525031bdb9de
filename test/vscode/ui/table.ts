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

    it('keys search and go to a row', async () => {
      const cell = workbench.webview.getByRole('gridcell', { name: '2001-01-01T00:01:00' }).first();
      await workbench.until(() => cell.click(), workbench.webview.locator('.grid:focus'));
      await workbench.until(() => workbench.page.keyboard.press('Control+F'), workbench.webview.locator('input[type=search]:focus'));
      await workbench.screenshot('table-search');
      await workbench.page.keyboard.press('Escape');
      await workbench.webview.locator('.grid:focus').waitFor();
      await workbench.until(
        () => workbench.page.keyboard.press('Control+G'),
        workbench.webview.getByLabel('Go to row').and(workbench.webview.locator(':focus')),
      );
      assert.equal(await workbench.page.locator('.quick-input-widget').isVisible(), false);
      await workbench.page.keyboard.type('3000000');
      await workbench.page.keyboard.press('Enter');
      await workbench.webview.getByRole('rowheader', { name: '3,000,000' }).waitFor();
    });

    it('rows are written to the file that the user chooses', async () => {
      await workbench.closeEditors();
      await workbench.openView('Explorer');
      const cell = workbench.webview.getByRole('gridcell', { name: '2024-01-02' });
      await workbench.chooseFor(workbench.row('partitioned.parquet'), 'Open as Table', cell.first());
      const menu = workbench.webview.getByRole('menuitem', { name: 'Export Rows as CSV…' });
      await workbench.click(workbench.webview.getByRole('button', { name: 'More' }), menu);
      const dialog = workbench.page.locator('.quick-input-widget', { hasText: 'Export Rows as CSV' });
      await workbench.click(menu, dialog);
      const path = dialog.locator('input[type="text"]');
      // Filled in when the folder was listed.
      await workbench.soon(async () => (/\/partitioned\.csv$/.test(await path.inputValue()) ? true : undefined));
      await workbench.screenshot('table-export');
      await workbench.page.keyboard.press('Enter');
      await workbench.webview.getByText('rows written to partitioned.csv.').waitFor();
      await workbench.row('partitioned.csv').waitFor();
      await workbench.screenshot('table-exported');
    });

    it('a CSV file is text, and a table for who asks', async () => {
      await workbench.closeEditors();
      await workbench.openFile('partitioned.csv');
      await workbench.line('id,dt,label,n').waitFor();
      const choice = workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: /^Table/ });
      const reopen = async (): Promise<void> => {
        await workbench.page.keyboard.press('F1');
        await workbench.inputBox.fill('>View: Reopen Editor With...');
        await workbench.row('View: Reopen Editor With...').first().waitFor();
        await workbench.page.keyboard.press('Enter');
      };
      await workbench.until(reopen, choice);
      await choice.first().click();
      await workbench.webview.locator('.column .name', { hasText: 'label' }).waitFor();
      assert.deepEqual(await workbench.webview.locator('.column .type').allTextContents(), ['string', 'string', 'string', 'string']);
      await workbench.screenshot('table-csv');
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
