import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

const message =
  'The Sparkform language server is not running: definitions are not checked. It ended unexpectedly 5 times within three minutes.';
const problem = '"ordres.v1" is not defined in the workspace';

export function serverSuite(workbench: Workbench): void {
  describe('a language server that ends unexpectedly', () => {
    it('is started again without a word', async () => {
      await workbench.openFile('problems.py');
      const first = await workbench.killLanguageServer();
      await isBack(workbench, first);
      await workbench.editor.locator('.squiggly-error').nth(1).waitFor();
      assert.equal(await workbench.notification.count(), 0);
    });

    it('stays down after the fifth time, says so, and is started by one click', async () => {
      await workbench.openView('Sparkform');
      const stopped = workbench.notification.filter({ hasText: message });
      for (let crashes = 2; crashes < 5; crashes++) await isBack(workbench, await workbench.killLanguageServer());
      await workbench.killLanguageServer();
      await stopped.waitFor();
      assert.equal(await stopped.count(), 1);
      await workbench.statusBar.getByText('Sparkform', { exact: true }).waitFor();
      const outdated = workbench.page.getByText('Not up to date: the language server is not running.');
      await outdated.waitFor();
      await workbench.screenshot('stopped');
      await stopped.getByRole('button', { name: 'Restart' }).click();
      await stopped.waitFor({ state: 'hidden' });
      await workbench.hoverAt(8, 36, problem);
      await workbench.page.keyboard.press('Escape');
      await workbench.statusBar.getByText('Sparkform', { exact: true }).waitFor({ state: 'hidden' });
      await outdated.waitFor({ state: 'hidden' });
    });
  });
}

/** Waits for another process than that one, and for its answer. */
async function isBack(workbench: Workbench, former: number): Promise<void> {
  await workbench.soon(() => (workbench.languageServer === former ? undefined : workbench.languageServer));
  await workbench.hoverAt(8, 36, problem);
  await workbench.page.keyboard.press('Escape');
}
