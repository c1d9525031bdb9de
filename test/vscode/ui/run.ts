import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

/** The first run prepares an environment of its own, where none was prepared before, and starts a Spark. */
const timeLimit = 600_000;

export function runSuite(workbench: Workbench): void {
  describe('running on a local Spark', () => {
    it('a lens runs a definition and its result opens', async () => {
      await workbench.closeEditors();
      await workbench.openFile('definitions.py');
      const running = workbench.notification.filter({ hasText: 'Running daily_orders.v1' });
      await workbench.click(workbench.lens('Run').first(), running);
      await workbench.screenshot('progress');
      const row = workbench.webview.getByRole('row').filter({ hasText: 'cid' });
      await row.waitFor({ timeout: timeLimit });
      assert.deepEqual(await row.getByRole('gridcell').allInnerTexts(), ['cid', '2024-03-02', '1', '3.1']);
      await workbench.webview.getByText('4 rows').waitFor();
      // The explorer stays as the user left it.
      assert.equal(await workbench.row('_SUCCESS').count(), 0);
      await workbench.screenshot('run');
    }).timeout(timeLimit);

    it('a failure is underlined where it belongs, with its cause on hover', async () => {
      await workbench.openFile('failing.py');
      await workbench.click(workbench.lens('Run').first(), workbench.editor.locator('.squiggly-error'));
      await workbench.hoverAt(8, 32, 'A column or function parameter with name `prize` cannot be resolved.');
      await workbench.notification.filter({ hasText: 'unknown_column.v1 failed.' }).getByText('Go to Failure').waitFor();
      await workbench.screenshot('failure');
      await workbench.clearNotifications();
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

    it('after the window was reloaded they are still listed, with their logs', async () => {
      await workbench.reload();
      await workbench.openView('Sparkform');
      const run = workbench.row(/daily_orders\.v1.*4 rows ·/);
      const step = workbench.page.locator('.part.panel .view-line', { hasText: 'daily_orders.v1: step 1 of 1' });
      await run.first().waitFor();
      await workbench.chooseFor(run.last(), 'Show Run Log', step);
      await workbench.page.locator('.part.panel .view-line', { hasText: 'succeeded after' }).last().waitFor();
      await workbench.editorAction('Run Definition').waitFor();
      await workbench.screenshot('log');
    });
  });
}
