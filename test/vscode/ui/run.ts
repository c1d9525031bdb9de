import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

/** The first run starts a Spark. */
const timeLimit = 180_000;

export function runSuite(workbench: Workbench): void {
  describe('running on a local Spark', () => {
    it('a lens runs a definition and its result opens', async () => {
      await workbench.closeEditors();
      await workbench.openFile('definitions.py');
      await workbench.lens('Run').first().click();
      await workbench.webview.getByText('revenue', { exact: true }).first().waitFor({ timeout: timeLimit });
      await workbench.screenshot('run');
    }).timeout(timeLimit);
  });
}
