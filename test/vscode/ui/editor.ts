import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Workbench } from './workbench';

export function editorSuite(workbench: Workbench): void {
  describe('in the editor', () => {
    it('the SQL of a definition is coloured and its templates stand out', async () => {
      const colourOf = (line: string, token: string): Promise<string> =>
        workbench
          .line(line)
          .getByText(token, { exact: true })
          .first()
          .evaluate((element) => getComputedStyle(element).color);
      const colours = {
        keyword: await colourOf('FROM {{orders.v1}}', 'FROM'),
        name: await colourOf('FROM {{orders.v1}}', 'orders'),
        variant: await colourOf('FROM {{orders.v1}}', 'v1'),
        string: await colourOf('file_path=', '"s3://shop/orders.csv"'),
      };
      assert.equal(new Set(Object.values(colours)).size, 4, JSON.stringify(colours));
      await workbench.screenshot('definitions');
    });

    it('lenses stand above a definition', async () => {
      await workbench.lens('Run').first().waitFor();
      await workbench.lens('4 downstream').waitFor();
    });

    it('hovering a template tells what its source is', async () => {
      await workbench.hoverAt(36, 18);
      await workbench.hover.getByText('One row for each order.').waitFor();
      await workbench.screenshot('hover');
      await workbench.page.keyboard.press('Escape');
    });

    it('names that are wrong are underlined, with the cause on hover', async () => {
      await workbench.openFile('problems.py');
      await workbench.editor.locator('.squiggly-error').nth(1).waitFor();
      await workbench.hoverAt(8, 36);
      await workbench.hover.getByText('"ordres.v1" is not defined in the workspace').waitFor();
      await workbench.screenshot('problems');
      await workbench.page.keyboard.press('Escape');
    });

    it('two braces offer the sources', async () => {
      await workbench.line('{{ordres.v1}}').click();
      await workbench.page.keyboard.press('End');
      await workbench.page.keyboard.press('Enter');
      await workbench.page.keyboard.type('return "SELECT * FROM {{');
      await workbench.suggestions.filter({ hasText: 'orders.v1' }).first().waitFor();
      await workbench.screenshot('completion');
      await workbench.page.keyboard.type('daily');
      await workbench.page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'daily_orders.v1' }).waitFor();
      await workbench.page.keyboard.press('Enter');
      await workbench.line('SELECT * FROM {{daily_orders.v1}}').waitFor();
      await workbench.runCommand('File: Revert File');
    });
  });
}
