import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

/** A run may have to prepare an environment and to start a Spark. */
const runLimit = 600_000;

export function foldersSuite(workbench: Workbench): void {
  describe('in a workspace of several folders', () => {
    it('each folder has its own resources, of the same names', async () => {
      await workbench.openView('Sparkform');
      // Rows that have no room are not drawn.
      await workbench.page.setViewportSize({ width: 1280, height: 1700 });
      await workbench.soon(async () => ((await workbench.row('daily_orders.v1').count()) === 2 ? true : undefined));
      for (const folder of ['north', 'south']) await workbench.row(new RegExp(`^${folder}$`)).waitFor();
      await workbench.screenshot('folders');
    });

    it('nothing is wrong with a name that both define, and what is wrong is wrong in both', async () => {
      await workbench.soon(async () => ((await workbench.row(/misspelt\.v1.*1 error/).count()) === 2 ? true : undefined));
      await workbench
        .row(/^orders\.v1$/)
        .first()
        .waitFor();
    });

    it('a lens counts and shows the dependents of its own folder', async () => {
      await workbench.click(workbench.lens('4 downstream'), workbench.peek.locator('.ref-tree .monaco-list-row'));
      await workbench.peek.locator('.head').getByText('Locations (4)').waitFor();
      await workbench.page.keyboard.press('Escape');
    });

    it('a lens runs the definition of its own folder', async () => {
      await workbench.editorAction('Run Definition').waitFor();
      await workbench.click(workbench.lens('Run').first(), workbench.notification.filter({ hasText: 'Running daily_orders.v1' }));
      await workbench.webview.getByRole('row').filter({ hasText: 'cid' }).waitFor({ timeout: runLimit });
      await workbench.row(/daily_orders\.v1.* · north$/).waitFor();
      await workbench.soon(async () => ((await workbench.row(/^daily_orders\.v1.*4 rows/).count()) === 2 ? true : undefined));
      await workbench.screenshot('folders-run');
    }).timeout(runLimit);

    it('the lineage keeps the folders apart, and knows the last run of each', async () => {
      await workbench.closeEditors();
      const rows = workbench.row(/^daily_orders\.v1/);
      const lineage = workbench.lineage();
      for (const [row, facts] of [
        [rows.nth(0), 'in north, last run succeeded'],
        [rows.nth(1), 'in south, fed by 1'],
      ] as const) {
        const named = new RegExp(`^daily_orders\\.v1, SQL transformation, ${facts}`);
        await workbench.chooseFor(row, 'Show Lineage', lineage.getByLabel(named));
      }
      await lineage.getByLabel(/^orders\.v1, source, in south/).waitFor();
      await workbench.screenshot('folders-lineage');
    });
  });
}
