import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

/** The first run prepares an environment of its own, where none was prepared before, and starts a Spark. */
const timeLimit = 300_000;

export function runSuite(workbench: Workbench): void {
  describe('running on a local Spark', () => {
    it('a lens runs a definition and its result opens', async () => {
      await workbench.closeEditors();
      await workbench.openFile('definitions.py');
      await workbench.lens('Run').first().click();
      const row = workbench.webview.getByRole('row').filter({ hasText: 'cid' });
      await row.waitFor({ timeout: timeLimit });
      assert.deepEqual(await row.getByRole('gridcell').allInnerTexts(), ['cid', '2024-03-02', '1', '3.1']);
      await workbench.webview.getByText('4 rows').waitFor();
      await workbench.screenshot('run');
    }).timeout(timeLimit);

    it('a failure is underlined where it belongs, with its cause on hover', async () => {
      await workbench.openFile('failing.py');
      await workbench.lens('Run').first().click();
      await workbench.editor.locator('.squiggly-error').first().waitFor();
      await workbench.hoverAt(8, 32);
      await workbench.hover.getByText('A column or function parameter with name `prize` cannot be resolved.').first().waitFor();
      await workbench.screenshot('failure');
    });

    it('the runs are listed, the newest first', async () => {
      await workbench.openView('Sparkform');
      await workbench
        .row(/unknown_column\.v1.*failed/)
        .first()
        .waitFor();
      await workbench
        .row(/daily_orders\.v1.*4 rows/)
        .first()
        .waitFor();
      await workbench.screenshot('runs');
    });
  });
}
