import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function emptySuite(workbench: Workbench): void {
  describe('in a folder without definitions', () => {
    it('the view says what to do, and the example that it creates is right', async () => {
      await workbench.openView('Sparkform');
      await workbench.page.getByText('No Python file in this folder defines anything with Featureform yet.').waitFor();
      await workbench.screenshot('welcome');
      const create = workbench.page.getByRole('button', { name: 'Create an Example Definition' });
      await workbench.click(create, workbench.page.locator('.tab.active', { hasText: 'definitions.py' }));
      await workbench.row('Transformations').waitFor();
      await workbench.lens('Run').first().waitFor();
      await workbench.screenshot('example');
    });

    it('the settings can be found', async () => {
      const page = workbench.page.locator('.settings-editor .setting-item-contents', { hasText: 'Row Limit' });
      await workbench.runCommand('Preferences: Open Settings (UI)', workbench.page.locator('.settings-editor'));
      const search = async (): Promise<void> => {
        await workbench.page.locator('.settings-header .suggest-input-container').click();
        await workbench.page.keyboard.press('Control+A');
        await workbench.page.keyboard.type('@ext:sparkform.sparkform');
      };
      await workbench.until(search, page);
      await workbench.screenshot('settings');
    });
  });
}
