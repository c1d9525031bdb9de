// Filters, sorting and search in a real browser over the real reader.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { TableViewMethods } from '../../shared/protocol/tableView';
import type { Handlers } from '../../shared/protocol/webviewRpc';
import { openTables } from './openTables';
import { activeCell, cellsLoaded, chips, menuEntries, news, soon, visibleRows } from './tablePageProbe';
import { accessibilityProblems, type OpenOptions, type OpenTablePage } from './tableViewer';

/** 3,000 rows: `id`, `hundred` (the hundreds of it), `label` (`row` and the rest by seven), `half` (null for every third), `list`. */
const pages = join(import.meta.dirname, '..', 'tables', 'pages.parquet');

const openTable = openTables();

async function open(options?: OpenOptions): Promise<OpenTablePage> {
  const table = await openTable(pages, options);
  await cellsLoaded(table.page);
  return table;
}

const said = (page: Page, text: string): Promise<void> => soon(() => news(page), text);
const firstNumbers = async (page: Page): Promise<readonly (string | undefined)[]> =>
  (await visibleRows(page)).slice(0, 3).map(([number]) => number);

describe('a filter', () => {
  it('is asked for by keys, shown above the rows, and taken back', async () => {
    const { page } = await open();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('menuitem', { name: 'Filter…' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Filter hundred' });
    await dialog.getByLabel('Condition').selectOption({ label: 'is' });
    await dialog.getByRole('textbox', { name: 'Value' }).fill('twelve');
    await page.keyboard.press('Enter');
    expect(await dialog.getByRole('alert').textContent()).toBe('“twelve” is not a number.');
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('textbox', { name: 'Value' }).fill('12');
    await page.keyboard.press('Enter');
    await said(page, '100 of 3,000 rows.');
    await cellsLoaded(page);
    expect(await chips(page)).toEqual(['hundred = 12']);
    expect((await visibleRows(page))[0]).toEqual(['1,201', '1200', '12', 'row 3', 'null', '[1200]']);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('101');
    expect(await page.locator('.facts').innerText()).toMatch(/^100 of 3,000 rows/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await page.getByRole('button', { name: 'Remove the filter hundred = 12' }).click();
    await said(page, 'All 3,000 rows.');
    expect(await page.locator('.query-bar').isVisible()).toBe(false);
  });

  it('holds together with others, and is changed in its place', async () => {
    const { page } = await open({
      state: {
        rows: {
          filters: [
            { column: 'hundred', operator: 'in', values: ['12', '13'] },
            { column: 'half', operator: 'null', values: [] },
          ],
          search: '',
          sort: [],
        },
      },
    });
    await said(page, '67 of 3,000 rows.');
    expect(await chips(page)).toEqual(['hundred is one of 12, 13', 'half is null']);
    await page.getByRole('button', { name: 'hundred is one of 12, 13', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Filter hundred' });
    expect(await dialog.getByRole('textbox').inputValue()).toBe('12\n13');
    await dialog.getByRole('textbox').fill('12\n\n14');
    await page.keyboard.press('Control+Enter');
    await soon(() => chips(page), ['hundred is one of 12, 14', 'half is null']);
    await said(page, '67 of 3,000 rows.');
    await page.getByRole('button', { name: 'Clear All' }).click();
    await said(page, 'All 3,000 rows.');
  });

  it('comes from a cell by its menu', async () => {
    const { page } = await open();
    await page.locator('.row').nth(4).locator('.cell').nth(2).click({ button: 'right' });
    expect(await menuEntries(page)).toEqual([
      'Show Value | Enter',
      'Profile of the Column | Alt+Enter',
      'Copy as Tab-Separated | Ctrl+C',
      'Copy as JSON',
      'Copy as Markdown',
      'Copy as SQL Values',
      'Keep Rows with This Value',
      'Hide Rows with This Value',
      'Filter…',
      'Export Rows as CSV…',
      'Export Rows as JSON Lines…',
      'Export Rows as Parquet…',
    ]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Keep Rows with This Value' }).click();
    await soon(() => chips(page), ['label = “row 4”']);
    await said(page, '428 of 3,000 rows.');
  });

  it('that keeps nothing says so', async () => {
    const { page } = await open();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('no such text');
    await page.keyboard.press('Enter');
    await page.getByText('No row matches all filters.').waitFor();
    expect(await chips(page)).toEqual(['any column contains “no such text”']);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

describe('sorting', () => {
  it('turns around by the header, takes further keys with Shift, and goes away', async () => {
    const { page, state } = await open();
    const sort = (column: number): ReturnType<Page['locator']> => page.locator('.column').nth(column).locator('.sort');
    await sort(3).click();
    await said(page, 'All 3,000 rows, sorted.');
    await soon(() => firstNumbers(page), ['1', '4', '7']);
    expect(await page.getByRole('columnheader', { name: 'half' }).getAttribute('aria-sort')).toBe('ascending');
    await sort(3).click();
    await soon(() => firstNumbers(page), ['3,000', '2,999', '2,997']);
    await sort(2).click({ modifiers: ['Shift'] });
    await soon(() => chips(page), ['1. half ↓', '2. label ↑']);
    const keys = [
      { column: 'half', descending: true },
      { column: 'label', descending: false },
    ];
    await soon(async () => (await state()).rows.sort, keys);
    expect(await accessibilityProblems(page)).toEqual([]);
    await sort(3).click({ modifiers: ['Shift'] });
    await soon(() => chips(page), ['label ↑']);
  });

  it('keeps numbers, values and copies with their rows', async () => {
    const { page, clipboard } = await open({ state: { rows: { filters: [], search: '', sort: [{ column: 'id', descending: true }] } } });
    await soon(() => firstNumbers(page), ['3,000', '2,999', '2,998']);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.inspector pre')?.textContent === '2999');
    expect(await page.locator('.inspector .type').textContent()).toBe('bigint · row 3,000');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+c');
    await said(page, '2 cells copied.');
    expect(clipboard()).toBe('id\n2999\n2998');
    await page.keyboard.press('Control+End');
    await soon(async () => (await visibleRows(page)).at(-1)?.slice(0, 2), ['1', '0']);
    expect(await activeCell(page)).toMatchObject({ row: '3001' });
  });
});

describe('a scan', () => {
  type Query = Handlers<TableViewMethods>['query'];

  it('shows how far it is, leaves the rows in place, and is cancelled', async () => {
    let ended = '';
    const query: Query = (_, { signal, onProgress }) =>
      new Promise((_resolve, reject) => {
        onProgress({ rowsScanned: 1_000_000, rowsToScan: 4_000_000, rowsFound: 12 });
        signal.addEventListener('abort', () => {
          ended = 'cancelled';
          reject(new Error('cancelled'));
        });
      });
    const { page } = await open({ override: () => ({ query }) });
    await page.keyboard.press('Control+f');
    await page.keyboard.type('x');
    await page.keyboard.press('Enter');
    await page.getByText('1,000,000 of 4,000,000 rows read, 12 found').waitFor();
    expect(await page.getByRole('progressbar', { name: 'Reading rows' }).evaluate((bar) => (bar as HTMLProgressElement).position)).toBe(
      0.25,
    );
    expect(await firstNumbers(page)).toEqual(['1', '2', '3']);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await said(page, 'Cancelled: the rows are shown as before.');
    expect([ended, await page.getByRole('searchbox').inputValue(), await page.locator('.query-bar').isVisible()]).toEqual([
      'cancelled',
      '',
      false,
    ]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });

  it('that fails says why, and is tried again', async () => {
    let broken = true;
    const { page } = await open({
      override: (own) => ({
        query: (params, by) => (broken ? Promise.reject(new Error('the disk is gone')) : own.query(params, by)),
      }),
    });
    await page.locator('.column').first().locator('.sort').click();
    await page.getByText('The rows are shown as before, because this could not be done: the disk is gone').waitFor();
    expect(await chips(page)).toEqual([]);
    expect(await accessibilityProblems(page)).toEqual([]);
    broken = false;
    await page.getByRole('button', { name: 'Try Again' }).click();
    await said(page, 'All 3,000 rows, sorted.');
    expect(await page.locator('.problem:visible').count()).toBe(0);
  });

  it('of which nobody wants the rows any more is given up', async () => {
    const givenUp: number[] = [];
    let holding = false;
    const { page } = await open({
      override: (own) => ({
        rows: (params, by) => {
          if (!holding || params.start > 1000) return own.rows(params, by);
          return new Promise((_resolve, reject) => {
            by.signal.addEventListener('abort', () => {
              givenUp.push(params.start);
              reject(new Error('given up'));
            });
          });
        },
      }),
    });
    holding = true;
    for (let page64 = 0; page64 < 5; page64++) await page.keyboard.press('PageDown');
    await page.locator('.cell.pending').first().waitFor();
    await page.keyboard.press('Control+End');
    await cellsLoaded(page);
    expect((await visibleRows(page)).at(-1)?.[0]).toBe('3,000');
    expect(givenUp.length).toBeGreaterThan(0);
  });
});

it('what was chosen comes back after the window was loaded again', async () => {
  const first = await open();
  await first.page.keyboard.press('Control+f');
  await first.page.keyboard.type('row 3');
  await first.page.keyboard.press('Enter');
  await said(first.page, '429 of 3,000 rows.');
  await first.page.keyboard.press('Control+ArrowDown');
  await cellsLoaded(first.page);
  const state = await first.state();
  expect(state).toMatchObject({ rows: { search: 'row 3', filters: [], sort: [] }, active: { row: 428, column: 0 } });
  const second = await open({ state });
  await soon(() => activeCell(second.page), await activeCell(first.page));
  expect(await second.state()).toEqual(state);
  expect(await second.page.getByRole('searchbox').inputValue()).toBe('row 3');
});
