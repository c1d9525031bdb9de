import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { describe, it } from 'mocha';
import type { FrameLocator, Locator } from 'playwright-core';
import type { Workbench } from './workbench';

export function lineageSuite(workbench: Workbench): void {
  const panel = workbench.lineage();

  describe('the lineage', () => {
    it('opens beside the definitions, around the one at the cursor', async () => {
      await workbench.openFile('definitions.py');
      await workbench.goTo(35, 10);
      await workbench.runCommand('Sparkform: Show Lineage', focused(panel, 'source:daily_orders.v1'));
      await card(panel, 'source:busy_days.v1').waitFor();
      await card(panel, 'source:orders.v1').waitFor();
      assert.equal(await card(panel, 'source:misspelt.v1').count(), 0);
      await workbench.screenshot('lineage');
    });

    it('follows the cursor', async () => {
      await workbench.goTo(43, 8);
      await focused(panel, 'source:busy_days.v1').waitFor();
    });

    it('leads to definitions, without looking elsewhere itself', async () => {
      const open = async (): Promise<void> => {
        await card(panel, 'source:daily_orders.v1').click();
        await workbench.page.keyboard.press('Enter');
      };
      await workbench.until(open, workbench.cursorAt(32, 17));
      await focused(panel, 'source:busy_days.v1').waitFor();
      await workbench.goTo(24, 11);
      await focused(panel, 'source:orders.v1').waitFor();
    });

    it('shows what is typed, before it is saved', async () => {
      await workbench.goTo(36, 22);
      await focused(panel, 'source:daily_orders.v1').waitFor();
      await workbench.page.keyboard.type('x');
      await panel.getByLabel('ordersx.v1, source, not defined, 1 error').waitFor();
      await panel.getByLabel(/^daily_orders\.v1, SQL transformation, 1 error/).waitFor();
      await workbench.screenshot('lineage-not-defined');
      await workbench.page.keyboard.press('Control+Z');
      await card(panel, 'source:ordersx.v1').waitFor({ state: 'detached' });
      await card(panel, 'source:orders.v1').waitFor();
    });

    it('goes on looking at a definition while it is renamed', async () => {
      await workbench.goTo(31, 33);
      await workbench.page.keyboard.type('new_');
      await focused(panel, 'source:new_daily_orders.v1').waitFor();
      for (let left = 'new_'.length; left > 0; left--) await workbench.page.keyboard.press('Backspace');
      await focused(panel, 'source:daily_orders.v1').waitFor();
      await workbench.runCommand('File: Revert File', workbench.page.locator('.tab.active:not(.dirty)', { hasText: 'definitions.py' }));
    });

    it('is in a view of its own, too, which follows the cursor by its own choice', async () => {
      const side = workbench.lineage({ atSide: true });
      await workbench.runCommand('Focus on Lineage View', focused(side, 'source:daily_orders.v1'));
      await workbench.screenshot('lineage-view');
      const follow = side.getByRole('button', { name: 'Follow the Cursor' });
      assert.equal(await follow.getAttribute('aria-pressed'), 'true');
      await follow.click();
      await workbench.goTo(43, 8);
      await focused(panel, 'source:busy_days.v1').waitFor();
      await focused(side, 'source:daily_orders.v1').waitFor();
      assert.equal(await panel.getByRole('button', { name: 'Follow the Cursor' }).getAttribute('aria-pressed'), 'true');
    });

    it('is written to a file as it is drawn', async () => {
      const svg = (await exported('SVG…', 'drawn.svg')).toString();
      assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      assert.match(svg, /<title id="title">Lineage of busy_days\.v1<\/title>/);
      assert.match(svg, /<\/svg>\s*$/);
      const png = await exported('PNG…', 'drawn.png');
      assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      // Its header tells width and height, which are those of the drawing at twice its size.
      const [, width = 0, height = 0] = (/ width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? []).map(Number);
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2 * Math.round(width), 2 * Math.round(height)]);
      const mermaid = (await exported('Mermaid…', 'drawn.mmd')).toString();
      assert.match(mermaid, /^flowchart LR\n/);
      assert.match(mermaid, /busy_days\.v1/);
      assert.deepEqual(
        readdirSync(workbench.pathOf('.')).filter((name) => name.endsWith('.tmp')),
        [],
      );
    });

    async function exported(item: string, name: string): Promise<Buffer> {
      const { inputBox } = workbench;
      const choose = async (): Promise<void> => {
        await panel.getByRole('button', { name: 'Export' }).click();
        await panel.getByRole('menuitem', { name: item }).click();
      };
      await workbench.until(choose, inputBox);
      // Filled in when the folder was listed.
      await workbench.soon(async () => ((await inputBox.inputValue()).endsWith(extname(name)) ? true : undefined));
      await inputBox.fill(workbench.pathOf(name));
      await workbench.until(() => inputBox.press('Enter'), workbench.notification.getByText(`The lineage was written to “${name}”.`));
      await workbench.clearNotifications();
      return readFileSync(workbench.pathOf(name));
    }

    it('is there again when the window was opened anew', async () => {
      await workbench.reopen();
      await focused(workbench.lineage({ atSide: true }), 'source:daily_orders.v1').waitFor();
      // Where the editor puts the cursor is its own business; the panel follows it again.
      await workbench.goTo(43, 8);
      await focused(panel, 'source:busy_days.v1').waitFor();
      await focused(workbench.lineage({ atSide: true }), 'source:daily_orders.v1').waitFor();
      await workbench.screenshot('lineage-restored');
      await workbench.page.locator('.part.panel .action-label[aria-label^="Hide Panel"]').click();
      await workbench.page.locator('.part.panel').waitFor({ state: 'hidden' });
      await workbench.closeEditors();
    });
  });
}

/** The node of an id in the drawing. */
function card(view: FrameLocator, id: string): Locator {
  return view.locator(`[data-id="${id}"]`);
}

/** The same while it is looked at. */
function focused(view: FrameLocator, id: string): Locator {
  return view.locator(`[data-id="${id}"][aria-current="true"]`);
}
