import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function driftSuite(workbench: Workbench): void {
  describe('a definition whose newest result is not like the one before', () => {
    it('says so above it, in full on hover, and leads to the comparison', async () => {
      await workbench.closeEditors();
      await workbench.openFile('definitions.py');
      const lens = workbench.lens('Output changed: +4 columns, −5 columns; rows 3,000,000 → 3');
      await lens.waitFor();
      await workbench.screenshot('drift');
      await workbench.hoverAt(42, 6, 'changed with its newest run');
      await workbench.screenshot('drift-hover');
      await workbench.page.keyboard.press('Escape');
      // The two have no column in common, so there is no key to ask for.
      await workbench.click(lens, workbench.webview.getByRole('heading', { name: 'Comparison of busy_days.v1' }));
    });
  });
}
