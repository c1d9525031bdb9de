import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

/** A run may have to prepare an environment and to start a Spark. */
const runLimit = 600_000;

export function restrictedSuite(workbench: Workbench): void {
  describe('in restricted mode', () => {
    it('definitions are checked', async () => {
      await workbench.lens('Run').first().waitFor();
      await workbench.openFile('problems.py');
      await workbench.editor.locator('.squiggly-error').nth(1).waitFor();
      await workbench.openView('Sparkform');
      await workbench.row(/misspelt\.v1.*1 error/).waitFor();
      await workbench.page.getByText('This workspace is not trusted: its definitions are checked, but not run.').waitFor();
    });

    it('nothing is executed', async () => {
      await workbench.openFile('definitions.py');
      await workbench.click(
        workbench.lens('Run').first(),
        workbench.notification.getByText(
          'Sparkform does not run definitions in a workspace that is not trusted, since that executes its code. Checking works.',
        ),
      );
      await workbench.screenshot('restricted');
      await workbench.editorAction('Preview Output').waitFor();
      assert.equal(await workbench.editorAction('Run Definition').count(), 0);
    });

    it('the lineage is shown, and nothing is run from it', async () => {
      const lineage = workbench.lineage();
      const card = lineage.locator('[data-id="source:daily_orders.v1"]');
      await workbench.goTo(35, 10);
      await workbench.runCommand('Sparkform: Show Lineage', card);
      await workbench.clearNotifications();
      const run = async (): Promise<void> => {
        await card.click({ button: 'right' });
        await lineage.getByRole('menuitem', { name: 'Run' }).click();
      };
      await workbench.until(run, workbench.notification.getByText('Sparkform does not run definitions in a workspace that is not trusted'));
      await workbench.closeEditors();
      await workbench.openFile('definitions.py');
    });

    it('as soon as the user trusts the workspace its definitions run', async () => {
      const trust = workbench.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ });
      await workbench.click(workbench.notification.getByRole('button', { name: 'Manage Workspace Trust' }).first(), trust);
      await workbench.screenshot('trust');
      await workbench.until(() => trust.click({ timeout: 5_000 }), workbench.page.getByText('You trust this folder'));
      await workbench.openFile('definitions.py');
      await workbench.editorAction('Run Definition').waitFor();
      await workbench.page.getByText('Runs of definitions appear here, with their progress and results.').waitFor();
      await workbench.clearNotifications();
      await workbench.click(workbench.lens('Run').first(), workbench.notification.filter({ hasText: 'Running daily_orders.v1' }));
      await workbench.webview.getByRole('row').filter({ hasText: 'cid' }).waitFor({ timeout: runLimit });
    }).timeout(runLimit);
  });
}
