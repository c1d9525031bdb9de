// Columns, profiles, copies and exports of the grid in a real browser over the real reader.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openTables, pictures } from './openTables';
import { activeCell, cellsLoaded, chips, menuEntries, news, soon, visibleColumns } from './tablePageProbe';
import { accessibilityProblems, type OpenOptions, type OpenTablePage } from './tableViewer';

const tables = join(import.meta.dirname, '..', 'tables');

const openTable = openTables();

async function open(name: string, options?: OpenOptions): Promise<OpenTablePage> {
  const table = await openTable(join(tables, `${name}.parquet`), options);
  await cellsLoaded(table.page);
  return table;
}

const said = (page: Page, text: string): Promise<void> => soon(() => news(page), text);

describe('columns', () => {
  it('have a menu by a key, with the keys of what it offers', async () => {
    const { page } = await open('pages');
    await page.keyboard.press('Alt+ArrowDown');
    expect(await menuEntries(page)).toEqual([
      'Sort Ascending',
      'Sort Descending',
      'Do Not Sort (off)',
      'Filter…',
      'Remove Filters (off)',
      'Profile | Alt+Enter',
      'Pin to the Left',
      'Move Left | Alt+Shift+← (off)',
      'Move Right | Alt+Shift+→',
      'Fit to the Contents',
      'Hide',
      'Columns… | Alt+C',
    ]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await said(page, 'Column id hidden.');
    expect(await visibleColumns(page)).toEqual(['hundred', 'label', 'half', 'list']);
    expect(await page.locator('.facts').innerText()).toMatch(/4 of 5 columns/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    // A letter goes to the entry that begins with it, Escape changes nothing.
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('p');
    expect(await page.locator(':focus').textContent()).toBe('ProfileAlt+Enter');
    await page.keyboard.press('p');
    expect(await page.locator(':focus').textContent()).toBe('Pin to the Left');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('menu').count()).toBe(0);
  });

  it('are moved and pinned by keys and by the pointer, and stay so', async () => {
    const table = await open('pages');
    const { page } = table;
    await page.keyboard.press('Alt+Shift+ArrowRight');
    await said(page, 'Column id is now number 2 of 5.');
    expect(await visibleColumns(page)).toEqual(['hundred', 'id', 'label', 'half', 'list']);
    expect(await activeCell(page)).toMatchObject({ column: '3' });
    const box = async (column: number): Promise<{ readonly x: number; readonly y: number }> => {
      const found = await page.locator('.column').nth(column).boundingBox();
      if (!found) throw new Error('no such column');
      return { x: found.x + found.width / 2, y: found.y + 12 };
    };
    const [from, to] = [await box(3), await box(0)];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    expect(await page.locator('.drop').isVisible()).toBe(true);
    await page.mouse.up();
    await soon(() => visibleColumns(page), ['half', 'hundred', 'id', 'label', 'list']);
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('menuitem', { name: 'Pin to the Left' }).click();
    await said(page, 'Column half pinned to the left.');
    const state = await table.state();
    expect(state.columns).toEqual({ order: ['half', 'hundred', 'id', 'label', 'list'], hidden: [], pinned: ['half'] });
    const again = await open('pages', { state, width: 420 });
    await again.page.keyboard.press('End');
    await cellsLoaded(again.page);
    expect((await visibleColumns(again.page))[0]).toBe('half');
    expect((await visibleColumns(again.page)).at(-1)).toBe('list');
    expect((await again.page.locator('.column.fixed').boundingBox())?.x).toBe((await again.page.locator('.corner').boundingBox())?.width);
    expect(await accessibilityProblems(again.page)).toEqual([]);
  });

  it('are shown, hidden and found in a list', async () => {
    const table = await open('scalars-snappy');
    const { page } = table;
    await page.keyboard.press('Alt+c');
    const dialog = page.getByRole('dialog', { name: 'Columns' });
    await page.keyboard.type('decimal');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    expect(await dialog.getByRole('status').textContent()).toBe('16 of 17 columns shown');
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Hide All' }).click();
    expect(await dialog.getByRole('status').textContent()).toBe('14 of 17 columns shown');
    await dialog.getByRole('searchbox').fill('');
    await dialog.getByRole('button', { name: 'Hide All' }).click();
    expect(await dialog.getByRole('status').textContent()).toBe('1 of 17 columns shown');
    expect(await visibleColumns(page)).toEqual(['a_boolean']);
    await dialog.getByRole('button', { name: 'Show All' }).click();
    await dialog.getByRole('button', { name: 'Go to a_date' }).click();
    await soon(async () => (await activeCell(page))?.text, '2024-02-28');
    expect((await table.state()).columns).toEqual({ order: [], hidden: [], pinned: [] });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });
});

describe('the profile of a column', () => {
  it('is there at once, reads all values on demand, and filters by them', async () => {
    const { page, state } = await open('pages');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Alt+Enter');
    const panel = page.getByRole('complementary', { name: 'Profile' });
    await panel.getByText('From the statistics of the files, for all 3,000 rows; no values were read.').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Read All Values' }).click();
    await panel.getByText('Read from the values of all 3,000 rows.').waitFor();
    const facts = await panel.locator('.profile-facts > div').evaluateAll((parts) => parts.map((part) => part.textContent));
    expect(facts).toEqual(['Null0 (0 %)', 'Distinct7', 'Smallestrow 0', 'Greatestrow 6']);
    const frequent = await panel.locator('.frequent tr').evaluateAll((rows) => rows.map((row) => row.textContent));
    expect(frequent.slice(0, 2)).toEqual(['row 042914 %', 'row 142914 %']);
    expect(await accessibilityProblems(page)).toEqual([]);
    await panel.getByRole('button', { name: 'row 5' }).click();
    await soon(() => chips(page), ['label = “row 5”']);
    await panel.getByRole('button', { name: 'Read the Values of These Rows' }).click();
    await panel.getByText('Read from the values of the 428 rows shown.').waitFor();
    expect((await state()).panel).toBe('profile');
    await panel.getByRole('button', { name: 'Close the profile' }).click();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });

  it('draws numbers as a histogram, which is a table to those who do not see it', async () => {
    const { page } = await open('pages', { state: { panel: 'profile', active: { row: 0, column: 3 } } });
    await page.getByRole('button', { name: 'Read All Values' }).click();
    const bars = page.getByRole('table', { name: 'Histogram' }).getByRole('row');
    await bars.first().waitFor();
    expect(await page.locator('.histogram rect:not(.area)').count()).toBe(await bars.count());
    const counts = await bars.getByRole('cell').allTextContents();
    expect(counts.reduce((sum, count) => sum + Number(count.replaceAll(',', '')), 0)).toBe(2000);
    expect(await page.locator('.profile-facts > div').first().textContent()).toBe('Null1,000 (33 %)');
  });

  it('is read with progress, and no further when that is cancelled', async () => {
    const { page } = await open('pages', {
      state: { panel: 'profile' },
      override: () => ({
        profile: (_, { signal, onProgress }) =>
          new Promise((_resolve, reject) => {
            onProgress({ rowsScanned: 1500, rowsToScan: 3000, rowsFound: 0 });
            signal.addEventListener('abort', () => {
              reject(new Error('cancelled'));
            });
          }),
      }),
    });
    const panel = page.getByRole('complementary', { name: 'Profile' });
    await panel.getByRole('button', { name: 'Read All Values' }).click();
    await panel.getByText('1,500 of 3,000 rows read').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await panel.getByRole('button', { name: 'Read All Values' }).waitFor();
  });
});

describe('what is taken away', () => {
  it('is copied as JSON, Markdown and SQL, in the order and of the columns that are shown', async () => {
    const { page, clipboard } = await open('parts', {
      state: {
        columns: { order: ['amount', 'id'], hidden: [], pinned: [] },
        rows: { filters: [{ column: 'id', operator: '>=', values: ['8'] }], search: '', sort: [{ column: 'id', descending: true }] },
      },
    });
    await said(page, '2 of 10 rows, sorted.');
    const copied = async (entry: string): Promise<string> => {
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Control+Shift+c');
      await page.getByRole('menuitem', { name: entry }).click();
      await said(page, '4 cells copied.');
      return clipboard();
    };
    expect(await copied('Copy as Markdown')).toBe('| amount | id |\n| ---: | ---: |\n| 13.5 | 9 |\n| 12.0 | 8 |');
    await soon(
      async () => JSON.parse(await copied('Copy as JSON')) as unknown,
      [
        { amount: '13.5', id: 9 },
        { amount: '12.0', id: 8 },
      ],
    );
    await soon(
      () => copied('Copy as SQL Values'),
      'VALUES\n  (CAST(13.5 AS decimal(23,1)), 9L),\n  (CAST(12.0 AS decimal(23,1)), 8L)\nAS t(amount, id)',
    );
  });

  it('is exported as it is shown', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sparkform-export-'));
    try {
      const { page } = await open('parts', {
        exportTo: (format) => join(folder, `rows.${format}`),
        state: {
          columns: { order: [], hidden: ['amount'], pinned: [] },
          rows: { filters: [], search: '', sort: [{ column: 'id', descending: true }] },
        },
      });
      await page.getByRole('button', { name: 'More' }).click();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByRole('menuitem', { name: 'Export Rows as CSV…' }).click();
      await said(page, '10 rows written to rows.csv.');
      expect(readFileSync(join(folder, 'rows.csv'), 'utf8')).toBe('id\n9\n8\n7\n6\n5\n4\n3\n2\n1\n0\n');
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Export Rows as Parquet…' }).click();
      await said(page, '10 rows written to rows.parquet.');
      const again = await openTable(join(folder, 'rows.parquet'));
      await cellsLoaded(again.page);
      expect(await again.page.locator('.column').allInnerTexts()).toEqual(['id\nbigint']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('is not, when the user chooses no file', async () => {
    const { page } = await open('parts');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Export Rows as JSON Lines…' }).click();
    await page.keyboard.press('Control+c');
    await said(page, '1 cell copied.');
  });
});

it('what reading has cost stands below the rows', async () => {
  const { page } = await open('parts');
  await soon(async () => /^\d+ reads, [\d.]+ kB · \d+ ms$/.test(await page.locator('.cost').innerText()), true);
});

it.each(['dark', 'light', 'highContrast'] as const)('all parts are accessible together, %s', async (theme) => {
  const { page } = await open('pages', {
    theme,
    state: {
      columns: { order: [], hidden: [], pinned: ['label'] },
      rows: {
        filters: [{ column: 'half', operator: '>=', values: ['600'] }],
        search: '7',
        sort: [
          { column: 'hundred', descending: false },
          { column: 'id', descending: true },
        ],
      },
      panel: 'profile',
    },
  });
  await said(page, '697 of 3,000 rows, sorted.');
  await cellsLoaded(page);
  await page.getByRole('button', { name: 'Read the Values of These Rows' }).click();
  await page.locator('.frequent').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.screenshot({ path: join(pictures, `parts-${theme}.png`) });
});
