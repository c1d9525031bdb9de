// Folders of dated runs in the grid: which of them is shown, and how the user chooses.

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTables, pictures } from './openTables';
import { cellsLoaded, menuEntries, news, soon, visibleRows } from './tablePageProbe';
import { accessibilityProblems } from './tableViewer';

const parts = join(import.meta.dirname, '..', 'tables', 'parts.parquet');
const [oldest, older, newest] = ['2024-05-04-08-00-00-000001', '2024-05-05-10-00-00-000001', '2024-05-06-17-00-00-000001'] as const;

let folder: string;
beforeAll(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'sparkform-dated-')), 'v1');
  cpSync(join(parts, 'part-00000.parquet'), join(folder, oldest, 'part-00000.parquet'));
  cpSync(join(parts, '_SUCCESS'), join(folder, oldest, '_SUCCESS'));
  cpSync(join(parts, 'part-00001.parquet'), join(folder, older, 'part-00000.parquet'));
  cpSync(join(parts, 'part-00002.parquet'), join(folder, newest, 'part-00000.parquet'));
  cpSync(join(parts, 'part-00000.parquet'), join(folder, newest, 'part-00001.parquet'));
});
afterAll(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

const open = openTables();

function ids(page: Page): Promise<readonly (string | undefined)[]> {
  return visibleRows(page).then((rows) => rows.map(([, id]) => id));
}

const together = 'Whatever reads this definition in Featureform reads the rows of all of them together.';

describe('a folder of dated runs', () => {
  it('shows the newest one, and lists the others with their times and files', async () => {
    const { page } = await open(folder, { width: 1200 });
    await cellsLoaded(page);
    const picker = page.locator('.run-picker');
    expect(await picker.textContent()).toBe('Run of 2024-05-06 17:00:00, the newest');
    expect(await page.locator('.warning').allTextContents()).toEqual([
      'There is no _SUCCESS marker: the job that wrote this folder may not have finished.',
      `This is the newest of 3 runs (${newest}). ${together}`,
    ]);
    await picker.click();
    expect(await menuEntries(page)).toEqual([
      'Newest Run | 2024-05-06 17:00:00',
      'All Runs Together | what consumers read',
      '2024-05-06 17:00:00 | 2 files',
      '2024-05-05 10:00:00 | 1 file',
      '2024-05-04 08:00:00 | 1 file',
    ]);
    expect(await page.locator('[role=menuitemradio][aria-checked=true]').allTextContents()).toEqual(['Newest Run2024-05-06 17:00:00']);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'dated-runs-dark.png') });
  });

  it('shows another one by keys, from its first row, and all of them as one table', async () => {
    const { page, state } = await open(folder);
    await cellsLoaded(page);
    await page.keyboard.press('ArrowDown');
    await page.locator('.run-picker').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await soon(() => ids(page), ['0', '1', '2']);
    expect(await page.locator('.run-picker').textContent()).toBe('Run of 2024-05-04 08:00:00');
    expect(await page.locator('.warning').allTextContents()).toEqual([`This is one of 3 runs (${oldest}). ${together}`]);
    expect(await news(page)).toBe('Shown: Run of 2024-05-04 08:00:00.');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    expect(await state()).toMatchObject({ run: { name: oldest }, active: { row: 0, column: 0 } });
    await page.locator('.run-picker').click();
    await page.getByRole('menuitemradio', { name: 'All Runs Together' }).click();
    await soon(
      () =>
        page
          .locator('.facts')
          .first()
          .textContent()
          .then((text) => text?.slice(0, 7)),
      '13 rows',
    );
    expect(await page.locator('.run-picker').textContent()).toBe('All 3 runs');
    expect(await state()).toMatchObject({ run: 'all' });
  });

  it('comes back as it was, also when the run is gone', async () => {
    const kept = await open(folder, { state: { run: { name: older } } });
    await cellsLoaded(kept.page);
    expect(await ids(kept.page)).toEqual(['3', '4', '5']);
    const { page } = await open(folder, { state: { run: { name: '2023-01-01-00-00-00-000000' } } });
    await page.getByText('v1 holds no run "2023-01-01-00-00-00-000000"').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'dated-run-gone-dark.png') });
    await page.getByRole('button', { name: 'Show the Newest Run' }).click();
    await cellsLoaded(page);
    expect(await page.locator('.run-picker').textContent()).toBe('Run of 2024-05-06 17:00:00, the newest');
  });

  it('has no picker where there is one run, or none', async () => {
    const one = await open(join(folder, oldest));
    await cellsLoaded(one.page);
    expect(await one.page.locator('.run-picker').count()).toBe(0);
  });
});
