import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function restrictedSuite(workbench: Workbench): void {
  describe('in restricted mode', () => {
    it('definitions are checked', async () => {
      await workbench.lens('Run').first().waitFor();
      await workbench.openFile('problems.py');
      await workbench.editor.locator('.squiggly-error').nth(1).waitFor();
    });

    it('nothing is executed', async () => {
      await workbench.lens('Run').first().click();
      await workbench.notification
        .getByText('Sparkform does not run definitions in a workspace that is not trusted, since that executes its code. Checking works.')
        .waitFor();
      await workbench.screenshot('restricted');
    });
  });
}
