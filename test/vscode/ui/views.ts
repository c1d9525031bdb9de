import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function viewsSuite(workbench: Workbench): void {
  describe('in the Sparkform views', () => {
    it('the resources of the workspace are listed, with their problems', async () => {
      await workbench.openView('Sparkform');
      await workbench.row('orders.v1').first().waitFor();
      await workbench.row(/misspelt\.v1.*1 error/).waitFor();
      await workbench.screenshot('resources');
    });

    it('a click goes to the definition', async () => {
      await workbench.openFile('problems.py');
      await workbench.row('busy_days.v1').click();
      await workbench.line('name="busy_days"').waitFor();
    });
  });
}
