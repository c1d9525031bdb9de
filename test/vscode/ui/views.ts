import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function viewsSuite(workbench: Workbench): void {
  describe('in the Sparkform views', () => {
    /** In the list of resources: its runs are listed under the same name. */
    const busyDays = workbench.page.getByRole('treeitem', { name: 'busy_days.v1, DataFrame transformation' });

    it('the resources of the workspace are listed, with their problems', async () => {
      await workbench.openView('Sparkform');
      await workbench.row('orders.v1').first().waitFor();
      await workbench.row(/misspelt\.v1.*1 error/).waitFor();
      await workbench.screenshot('resources');
    });

    it('a filter leaves what matches while it is typed, until it is cleared', async () => {
      const box = workbench.inputBox;
      const filter = async (): Promise<void> => {
        await workbench.row('Transformations').hover();
        await workbench.viewAction('Filter Resources').click();
      };
      await workbench.until(filter, box);
      await box.fill('dataframe busy');
      await workbench.row('misspelt.v1').waitFor({ state: 'hidden' });
      await busyDays.waitFor();
      await box.press('Enter');
      await workbench.click(workbench.viewAction('Clear Resource Filter'), workbench.row('misspelt.v1'));
    });

    it('a row offers what can be done with it', async () => {
      const row = workbench.row('daily_orders.v1');
      await workbench.until(() => row.hover(), row.locator('.action-label[aria-label^="Preview Output"]'));
      await workbench.until(() => row.hover(), row.locator('.action-label[aria-label^="Run Definition"]'));
      await workbench.row('shop-store').hover();
      await workbench.row('shop-store').locator('.action-label').first().waitFor({ state: 'detached' });
    });

    it('the example is not written over files that are there', async () => {
      const refusal = workbench.notification.filter({ hasText: '“definitions.py” exists already, so the example was not created.' });
      await workbench.runCommand('Sparkform: Create an Example Definition', refusal);
      await workbench.clearNotifications();
    });

    it('a click goes to the definition', async () => {
      await workbench.openFile('problems.py');
      await workbench.click(busyDays, workbench.line('name="busy_days"'));
    });
  });
}
