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
      // The grammars come when they are loaded.
      await workbench.soon(async () => {
        const colours = [
          await colourOf('FROM {{orders.v1}}', 'FROM'),
          await colourOf('FROM {{orders.v1}}', 'orders'),
          await colourOf('FROM {{orders.v1}}', 'v1'),
          // No link: that would part the string.
          await colourOf('description=', '"One row for each order."'),
        ];
        return new Set(colours).size === colours.length ? colours : undefined;
      });
      await workbench.screenshot('definitions');
    });

    it('lenses stand above a definition', async () => {
      await workbench.lens('Run').first().waitFor();
      await workbench.lens('4 downstream').waitFor();
    });

    it('the count of dependents shows where they are', async () => {
      await workbench.click(workbench.lens('4 downstream'), workbench.peek.locator('.ref-tree .monaco-list-row'));
      await workbench.peek.locator('.head').getByText('Locations (4)').waitFor();
      for (const file of ['definitions.py', 'failing.py']) await workbench.peek.locator('.ref-tree').getByText(file).waitFor();
      await workbench.screenshot('dependents');
      await workbench.until(() => workbench.page.keyboard.press('Escape'), workbench.editor.locator('.view-lines'));
      await workbench.peek.waitFor({ state: 'detached' });
    });

    it('hovering a template tells what its source is', async () => {
      await workbench.hoverAt(36, 18, 'One row for each order.');
      await workbench.screenshot('hover');
      await workbench.page.keyboard.press('Escape');
    });

    it('names that are wrong are underlined, with the cause on hover', async () => {
      await workbench.openFile('problems.py');
      await workbench.editor.locator('.squiggly-error').nth(1).waitFor();
      await workbench.hoverAt(8, 36, '"ordres.v1" is not defined in the workspace');
      await workbench.screenshot('problems');
      await workbench.page.keyboard.press('Escape');
    });

    it('two braces offer the sources', async () => {
      await workbench.line('{{ordres.v1}}').click();
      await workbench.page.keyboard.press('End');
      await workbench.page.keyboard.press('Enter');
      await workbench.page.keyboard.type('return "SELECT * FROM {{');
      await workbench.until(
        async () => {
          if (!(await workbench.suggestions.first().isVisible())) await workbench.page.keyboard.press('Control+Space');
        },
        workbench.suggestions.filter({ hasText: 'orders.v1' }),
      );
      await workbench.screenshot('completion');
      await workbench.page.keyboard.type('daily');
      await workbench.page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'daily_orders.v1' }).waitFor();
      await workbench.page.keyboard.press('Enter');
      await workbench.line('SELECT * FROM {{daily_orders.v1}}').waitFor();
      await workbench.runCommand('File: Revert File', workbench.page.locator('.tab.active:not(.dirty)', { hasText: 'problems.py' }));
    });
  });
}
