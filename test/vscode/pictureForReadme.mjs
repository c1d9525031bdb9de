// `npm run docs:picture`: takes the picture of the README, docs/images/editor.png: the example in a real editor, one of its
// definitions with a wrong variant, the resources of the workspace, and the result of a run on the local Spark.

import { chromium } from 'playwright-core';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromiumArguments, ensureChromium } from './chromium.mjs';
import { remoteUri, startCodeServer, workbenchUrl } from './codeServer.mjs';
import { packageExtension } from './package.mjs';
import { copyWorkspace } from './workspaceCopy.mjs';

const repository = resolve(import.meta.dirname, '../..');
const picture = join(repository, 'docs/images/editor.png');
const settings = {
  'workbench.colorTheme': 'Default Dark Modern',
  'editor.minimap.enabled': false,
  'editor.fontSize': 13,
  'editor.autoClosingBrackets': 'never',
  'editor.autoSurround': 'never',
  'editor.stickyScroll.enabled': false,
  // Below the problem, so that the definition above it can be read.
  'editor.hover.above': false,
  'breadcrumbs.enabled': false,
  'workbench.layoutControl.enabled': false,
};

const vsix = await packageExtension(join(repository, 'build/sparkform.vsix'));
const workspace = copyWorkspace('examples/flights');
const project = join(workspace.folder, 'sparkform.json');
const data = join(repository, 'node_modules/vega-datasets/data/');
writeFileSync(project, readFileSync(project, 'utf8').replace(/"\.\.\/\.\.\/node_modules\/vega-datasets\/data\/"/, JSON.stringify(data)));
const server = await startCodeServer({ vsix, settings });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: chromiumArguments });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  page.setDefaultTimeout(90_000);
  const openFile = ['openFile', remoteUri(server, join(workspace.folder, 'delays.py'))];
  await page.goto(workbenchUrl(server, workspace.folder, [openFile]), { waitUntil: 'domcontentloaded' });
  const command = async (title) => {
    const widget = page.locator('.quick-input-widget');
    await page.keyboard.press('F1');
    await widget.locator('input[type="text"]').fill(`>${title}`);
    await widget.locator('.monaco-list-row.focused', { hasText: title }).waitFor();
    await page.keyboard.press('Enter');
    await widget.waitFor({ state: 'hidden' });
  };
  await page.locator('.activitybar .action-item:has(.action-label[aria-label^="Sparkform"])').click();
  await page.locator('.codelens-decoration a', { hasText: 'Run' }).first().waitFor();
  await page.locator('.monaco-list-row', { hasText: 'airport_ranking' }).first().waitFor();

  // Run the last definition; its table opens below the code.
  const row = page.locator('.monaco-list-row', { hasText: 'airport_ranking' }).first();
  await row.hover();
  await row.locator('.action-label[aria-label*="Run"]').first().click();
  const table = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  await table.locator('[role="gridcell"]').first().waitFor();
  await command('View: Move Editor into Group Below');
  await table.locator('[role="gridcell"]').first().waitFor();
  await command('Notifications: Clear All Notifications');

  // A wrong variant in the template of the definition above.
  await command('View: Focus First Editor Group');
  const first = page.locator('.editor-group-container').first();
  await first.locator('.view-line', { hasText: 'departure_delays' }).first().click();
  await page.keyboard.press('Control+F');
  await page.keyboard.type('iata}}');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.type('icao}}');
  // The hover tells of what stands at the cursor: back into the variant.
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft');
  await first.locator('.squiggly-error').first().waitFor();
  await page.locator('.monaco-list-row', { hasText: '1 error' }).first().waitFor();
  // The decorator to the top, so that all of the definition is in view.
  const decorator = first.locator('.view-line', { hasText: 'name="departure_delays"' }).first();
  const distance = async () =>
    ((await decorator.boundingBox())?.y ?? 0) - ((await first.locator('.editor-container').boundingBox())?.y ?? 0);
  for (let lines = 0; lines < 30 && (await distance()) > 24; lines++) await page.keyboard.press('Control+ArrowDown');
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'has no variant' }).first();
  for (let tries = 0; !(await hover.isVisible()); tries++) {
    if (tries === 10) throw new Error('the hover does not show');
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    await hover.waitFor({ timeout: 10_000 }).catch(() => undefined);
  }
  // What fades in has come to rest when it is drawn the same twice.
  let drawn = '';
  for (let before = undefined; before !== drawn;) {
    before = drawn;
    drawn = (await page.screenshot()).toString('base64');
  }
  mkdirSync(join(repository, 'docs/images'), { recursive: true });
  await page.screenshot({ path: picture });
  console.log(picture);
} catch (error) {
  await browser
    .contexts()[0]
    ?.pages()[0]
    ?.screenshot({ path: join(repository, 'build/picture-failed.png') });
  throw error;
} finally {
  await browser.close();
  await server.stop();
  workspace.remove();
}
