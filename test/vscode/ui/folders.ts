import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function foldersSuite(workbench: Workbench): void {
  describe('in a workspace of several folders', () => {
    it('each folder has its own resources, of the same names', async () => {
      await workbench.openView('Sparkform');
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
  });
}
