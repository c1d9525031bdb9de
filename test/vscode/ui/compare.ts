import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function compareSuite(workbench: Workbench): void {
  const choice = (text: RegExp) => workbench.page.locator('.quick-input-widget .monaco-list-row', { hasText: text });
  const heading = workbench.webview.getByRole('heading', { name: 'Comparison of' });

  /** The cells of a table of the report, row by row, the head first. */
  async function cellsOf(title: string): Promise<readonly (readonly string[])[]> {
    const rows = workbench.webview.locator('table').filter({ hasText: title }).getByRole('row');
    const lines = await rows.all();
    return Promise.all(lines.map((line) => line.locator('th, td').allInnerTexts()));
  }

  describe('two tables', () => {
    it('are compared by the key that the user chooses', async () => {
      await workbench.closeEditors();
      await workbench.openView('Explorer');
      const earlier = workbench.row('earlier.parquet');
      await workbench.chooseFor(earlier, 'Select Table for Compare', workbench.statusBar.getByText('earlier.parquet is selected'));
      await workbench.chooseFor(workbench.row('partitioned.parquet'), 'Compare with Selected Table', choice(/^n/));
      await choice(/^id/).getByRole('checkbox').click();
      await workbench.screenshot('compare-key');
      await workbench.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
      await heading.waitFor();
      assert.equal(await heading.innerText(), 'Comparison of earlier.parquet → partitioned.parquet');
      assert.equal(await workbench.webview.locator('strong').first().innerText(), '1 row added, 1 changed.');
      assert.deepEqual(await cellsOf('Changed column'), [
        ['Changed column', 'Rows'],
        ['n', '1'],
      ]);
      await workbench.screenshot('compare');
    });

    it('are offered the key of the last time', async () => {
      await workbench.closeEditors();
      await workbench.openView('Explorer');
      await workbench.chooseFor(workbench.row('partitioned.parquet'), 'Compare with Selected Table', choice(/^n/));
      assert.deepEqual(await choice(/./).locator('.quick-input-list-row:first-child .label-name').allInnerTexts(), [
        'id',
        'dt',
        'label',
        'n',
      ]);
      await workbench.page.keyboard.press('Enter');
      await heading.waitFor();
      assert.equal(await workbench.webview.locator('strong').first().innerText(), '1 row added, 1 changed.');
    });

    it('stay compared when the window is loaded again', async () => {
      const loaded = workbench.page.waitForEvent('domcontentloaded');
      await workbench.runCommand('Developer: Reload Window', workbench.page.locator('body'));
      await loaded;
      await heading.waitFor();
      assert.equal(await workbench.webview.locator('strong').first().innerText(), '1 row added, 1 changed.');
    });
  });
}
