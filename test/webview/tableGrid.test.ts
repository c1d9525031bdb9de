// The table grid in a real browser over the real reader.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openTables, pictures } from './openTables';
import { activeCell, cellsLoaded, news, soon, visibleRows } from './tablePageProbe';
import { accessibilityProblems, type OpenOptions, type OpenTablePage } from './tableViewer';

const tables = join(import.meta.dirname, '..', 'tables');
const flights = join(import.meta.dirname, '..', '..', 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet');

const open = openTables();

/** Opens a table of the corpus and waits for its cells. */
async function openCorpus(name: string, options?: OpenOptions): Promise<OpenTablePage> {
  const table = await open(join(tables, `${name}.parquet`), options);
  await cellsLoaded(table.page);
  return table;
}

describe('a table', () => {
  it('shows names, types, values and nulls', async () => {
    const { page } = await openCorpus('scalars-snappy', { width: 2900 });
    expect(await page.locator('.facts').innerText()).toMatch(/^5 rows\s*·?\s*17 columns\s*·?\s*4\.99 kB\s*·?\s*snappy$/);
    expect(await page.locator('.column .name').allTextContents()).toContain('a_wide_decimal');
    expect(await page.locator('.column .type').allTextContents()).toContain('decimal(38,8)');
    const rows = await visibleRows(page);
    expect(rows[1]?.slice(0, 12)).toEqual([
      '2',
      'true',
      '-1',
      '-300',
      '100000007',
      '9223372036854775806',
      '0.1',
      '0.1',
      '1.25',
      '75874.79',
      '-12345678901234567890123456788.01234568',
      'text 1 ä世😀',
    ]);
    expect(rows[4]?.slice(1)).toEqual(Array.from({ length: 17 }, () => 'null'));
    expect(await page.locator('.cell.null').count()).toBe(17);
    const alignment = await page.$$eval('.row:first-child .cell', (cells) =>
      cells.slice(4, 12).map((cell) => getComputedStyle(cell).textAlign),
    );
    expect(alignment).toEqual(['right', 'right', 'right', 'right', 'right', 'right', 'start', 'start']);
    // No value of these is cut: the columns took their width from the contents.
    const cut = await page.$$eval('.cell.number', (cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length);
    expect(cut).toBe(0);
  });

  it('tells assistive technology where everything is', async () => {
    const { page } = await openCorpus('nested', { width: 700 });
    const grid = page.getByRole('grid', { name: 'nested.parquet' });
    expect(await grid.getAttribute('aria-rowcount')).toBe('6');
    expect(await grid.getAttribute('aria-colcount')).toBe('9');
    expect(await page.locator('.row:not([hidden])').first().getAttribute('aria-rowindex')).toBe('2');
    expect(await activeCell(page)).toEqual({ row: '2', column: '2', text: '0' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await page.keyboard.press('End');
    await soon(() => activeCell(page), { row: '2', column: '9', text: '{in: {m: {"p" → {q: 0}}}}' });
    expect(await page.locator('.cell[aria-selected=true]').count()).toBe(1);
  });

  it.each(['dark', 'light'] as const)('has no accessibility problems in any state, %s', async (theme) => {
    const states: readonly (readonly [name: string, prepare: (page: Page) => Promise<void>])[] = [
      ['scalars-snappy', async (page) => page.keyboard.press('Shift+ArrowDown')],
      [
        'nested',
        async (page) => {
          await page.keyboard.press('ArrowRight');
          await page.keyboard.press('Enter');
          await page.getByRole('complementary', { name: 'Value' }).waitFor();
        },
      ],
      ['partitioned', async (page) => page.keyboard.press('Control+A')],
    ];
    for (const [name, prepare] of states) {
      const { page } = await openCorpus(name, { theme });
      await prepare(page);
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
    }
    for (const [name, text] of [
      ['empty-folder.parquet', 'This table has columns but no rows.'],
      ['write.py', 'This table cannot be shown'],
    ] as const) {
      const { page } = await open(join(tables, name), { theme });
      await page.getByText(text).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
    }
  });
});

describe('three million rows', () => {
  it('are scrolled to the last one, and back, with few elements', async () => {
    const { page } = await open(flights);
    await cellsLoaded(page);
    expect((await visibleRows(page))[0]).toEqual(['1', '2001-01-01T00:01:00', '33', '2176', 'LAS', 'PHL']);
    await page.keyboard.press('Control+End');
    await soon(async () => (await visibleRows(page)).at(-1), ['3,000,000', '2001-07-01T00:00:00', '33', '373', 'ATL', 'CVG']);
    expect(await activeCell(page)).toEqual({ row: '3000001', column: '6', text: 'CVG' });
    expect(await page.locator('.row').count()).toBeLessThan(40);
    await page.keyboard.press('Control+Home');
    await soon(async () => (await visibleRows(page))[0]?.[0], '1');
    await cellsLoaded(page);
    await page.screenshot({ path: join(pictures, 'flights-dark.png') });
  });

  it('move by pixels with the wheel and in proportion with the scroll bar', async () => {
    const { page } = await open(flights);
    await cellsLoaded(page);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 240);
    await page.waitForFunction(() => document.querySelector('.row-number')?.textContent === '11');
    // To the middle of the bar: the middle of the table.
    await page.locator('.grid').evaluate((grid) => {
      grid.scrollTop = (grid.scrollHeight - grid.clientHeight) / 2;
    });
    await page.waitForFunction(() => Number(document.querySelector('.row-number')?.textContent.replaceAll(',', '')) > 1_400_000);
    const middle = Number((await visibleRows(page))[0]?.[0]?.replaceAll(',', ''));
    expect(Math.abs(middle - 1_500_000)).toBeLessThan(30);
  });

  it('keep their elements while they are in view, and stand in the document in their order', async () => {
    const { page } = await open(flights);
    await cellsLoaded(page);
    const numbers = (): Promise<readonly number[]> =>
      page.$$eval('.row:not([hidden])', (rows) => rows.map((row) => Number(row.getAttribute('aria-rowindex')) - 1));
    const from = (first: number, rows: readonly number[]): readonly number[] => rows.map((_, index) => first + index);
    await page.locator('.row[aria-rowindex="12"]').evaluate((row) => (row.id = 'the-eleventh'));
    await page.mouse.move(300, 300);
    for (const [by, first] of [
      [240, 11],
      [-120, 6],
      [24 * 500, 506],
      [-24 * 495, 11],
    ] as const) {
      await page.mouse.wheel(0, by);
      await soon(async () => (await numbers())[0], first);
      expect(await numbers()).toEqual(from(first, await numbers()));
      await cellsLoaded(page);
      expect(await page.locator('#active-cell').count()).toBeLessThanOrEqual(1);
      expect((await visibleRows(page)).map(([number]) => number)).toEqual((await numbers()).map((number) => number.toLocaleString('en')));
      if (Math.abs(by) < 1000) expect(await page.locator('#the-eleventh').getAttribute('aria-rowindex')).toBe('12');
    }
  });

  it('go to a row by number, and say when there is none', async () => {
    const { page } = await open(flights);
    await cellsLoaded(page);
    const field = page.getByRole('textbox', { name: 'Go to row' });
    await field.fill('1,500,001');
    await field.press('Enter');
    await soon(() => activeCell(page), { row: '1500002', column: '2', text: '2001-04-02T10:53:00' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
    await field.fill('3000001');
    await field.press('Enter');
    expect(await news(page)).toBe('There is no row 3000001: rows go from 1 to 3,000,000.');
  });

  it('show placeholders until rows come, and fetch only what is in view', async () => {
    const asked: number[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { page } = await open(flights, {
      override: (handlers) => ({
        rows: async (params, by) => {
          asked.push(params.start);
          await held;
          return handlers.rows(params, by);
        },
      }),
    });
    await page.locator('.cell.pending').first().waitFor();
    await page.screenshot({ path: join(pictures, 'flights-pending.png') });
    // A jump over everything while the first answer is out asks for the end, not for what lies between.
    await page.keyboard.press('Control+End');
    release();
    await cellsLoaded(page);
    expect((await visibleRows(page)).at(-1)?.[0]).toBe('3,000,000');
    expect(asked.every((start) => start < 64 || start > 2_999_900)).toBe(true);
  });
});

describe('keys', () => {
  it('move, extend and scroll', async () => {
    const { page } = await openCorpus('pages');
    const after = async (key: string): Promise<string> => {
      await page.keyboard.press(key);
      await cellsLoaded(page);
      const active = await activeCell(page);
      return `${active?.row ?? ''}:${active?.column ?? ''}`;
    };
    expect(await after('ArrowDown')).toBe('3:2');
    expect(await after('ArrowRight')).toBe('3:3');
    expect(await after('End')).toBe('3:6');
    expect(await after('Home')).toBe('3:2');
    expect(await after('PageDown')).toMatch(/^2\d:2$/);
    expect(await after('PageUp')).toBe('3:2');
    expect(await after('Control+ArrowDown')).toBe('3001:2');
    expect(await after('Control+ArrowRight')).toBe('3001:6');
    expect(await after('ArrowDown')).toBe('3001:6');
    expect(await after('Control+Home')).toBe('2:2');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    expect(await page.locator('.cell.selected').count()).toBe(4);
  });

  it('copy exact values as tab-separated text', async () => {
    const table = await openCorpus('scalars-snappy');
    const copied = async (): Promise<string> => {
      await table.page.keyboard.press('Control+C');
      await table.page.waitForFunction(() => /copied/.test(document.querySelector('.news')?.textContent ?? ''));
      return table.clipboard();
    };
    for (let step = 0; step < 4; step++) await table.page.keyboard.press('ArrowRight');
    expect(await copied()).toBe('9223372036854775807');
    expect(await news(table.page)).toBe('1 cell copied.');
    await table.page.keyboard.press('Shift+ArrowRight');
    await table.page.keyboard.press('Shift+Control+ArrowDown');
    await table.page.keyboard.press('Control+C');
    await table.page.getByText('10 cells copied.').waitFor();
    expect(table.clipboard()).toBe(
      'a_bigint\ta_float\n9223372036854775807\t0\n9223372036854775806\t0.1\n9223372036854775805\t0.2\n9223372036854775804\t0.3\n\t',
    );
  });

  it('say when too much is selected to be copied', async () => {
    const { page } = await open(flights);
    await cellsLoaded(page);
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+C');
    await page.getByText('Not copied').waitFor();
    expect(await news(page)).toBe('Not copied: 15,000,000 cells are selected; at most 200,000 can be copied at a time.');
  });

  it('inspect a value whole, follow the active cell, and give the focus back', async () => {
    const { page } = await openCorpus('nested');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const value = page.locator('.inspector pre');
    await page.waitForFunction(() => document.querySelector('.inspector pre')?.textContent.includes('"b": 2'));
    expect(await value.textContent()).toBe('{\n  "__proto__": 0,\n  "b": 2\n}');
    expect(await page.locator('.inspector').innerText()).toContain('map<string,bigint> · row 1');
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.querySelector('.inspector pre')?.textContent === 'null');
    await page.getByRole('button', { name: 'Close the value' }).click();
    expect(await page.locator('.inspector').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
  });
});

describe('the pointer', () => {
  it('selects cells, rows and columns', async () => {
    const { page } = await openCorpus('scalars-snappy');
    const cell = (row: number, column: number): ReturnType<Page['locator']> => page.locator('.row').nth(row).locator('.cell').nth(column);
    await cell(1, 1).hover();
    await page.mouse.down();
    await cell(2, 3).hover();
    await page.mouse.up();
    expect(await page.locator('.cell.selected').count()).toBe(6);
    await page.locator('.row').nth(3).locator('.row-number').click();
    expect(await page.locator('.row').nth(3).locator('.cell.selected').count()).toBe(
      await page.locator('.row').nth(3).locator('.cell:visible').count(),
    );
    await page.locator('.column').nth(2).click();
    expect(await page.locator('.cell.selected').count()).toBe(5);
  });

  it('resizes a column, which the window remembers', async () => {
    const table = await openCorpus('scalars-snappy');
    const { page } = table;
    const handle = await page.locator('.column .handle').first().boundingBox();
    if (!handle) throw new Error('no handle');
    const before = (await page.locator('.column').first().boundingBox())?.width ?? 0;
    await page.mouse.move(handle.x + 4, handle.y + 10);
    await page.mouse.down();
    await page.mouse.move(handle.x + 64, handle.y + 10);
    await page.mouse.up();
    expect((await page.locator('.column').first().boundingBox())?.width).toBe(before + 60);
    await page.keyboard.press('Alt+ArrowLeft');
    expect((await table.state()).widths).toEqual({ a_boolean: before + 60 - 16 });
    const again = await openCorpus('scalars-snappy', { state: await table.state() });
    expect((await again.page.locator('.column').first().boundingBox())?.width).toBe(before + 44);
  });
});

describe('the page', () => {
  it('comes back where it was', async () => {
    const first = await open(flights, { width: 420 });
    await cellsLoaded(first.page);
    const field = first.page.getByRole('textbox', { name: 'Go to row' });
    await field.fill('2000000');
    await field.press('Enter');
    await first.page.keyboard.press('End');
    await first.page.keyboard.press('Enter');
    await cellsLoaded(first.page);
    const state = await first.state();
    expect(state).toMatchObject({ active: { row: 1_999_999, column: 4 }, panel: 'value' });
    const second = await open(flights, { width: 420, state });
    await cellsLoaded(second.page);
    expect(await second.state()).toEqual(state);
    expect(await activeCell(second.page)).toEqual(await activeCell(first.page));
    expect(await second.page.locator('.inspector').isVisible()).toBe(true);
  });

  it('reads the table again when the host says that it changed', async () => {
    let opens = 0;
    const { page, tell } = await openCorpus('parts', {
      override: ({ open: own }) => ({
        open: async (params, asked) => {
          opens += 1;
          return own(params, asked);
        },
      }),
    });
    await page.keyboard.press('ArrowDown');
    await tell({ kind: 'event', name: 'changed', value: null });
    await page.getByText('The file has changed and was read again.').waitFor();
    await cellsLoaded(page);
    expect(opens).toBe(2);
    expect(await activeCell(page)).toMatchObject({ row: '3' });
  });

  it('shows why rows could not be read, and tries again on request', async () => {
    let broken = true;
    const { page } = await open(join(tables, 'names.parquet'), {
      override: (handlers) => ({
        rows: (params, asked) =>
          broken ? Promise.reject(new Error('names.parquet is damaged: it ends too early')) : handlers.rows(params, asked),
      }),
    });
    const alert = page.getByRole('alert');
    await alert.getByText('Rows could not be read: names.parquet is damaged: it ends too early').waitFor();
    await soon(() => page.getByRole('grid').getAttribute('aria-busy'), 'false');
    broken = false;
    await alert.getByRole('button', { name: 'Try Again' }).click();
    await soon(async () => (await visibleRows(page))[0]?.slice(0, 4), ['1', '1', '2', '3']);
    await alert.waitFor({ state: 'hidden' });
  });

  it('shows why a table cannot be opened', async () => {
    const { page } = await open(join(tables, 'absent.parquet'));
    await page.getByRole('heading', { name: 'This table cannot be shown' }).waitFor();
    expect(await page.locator('.notice p').textContent()).toMatch(/absent\.parquet does not exist$/);
  });

  it('warns of a folder whose job did not finish', async () => {
    const { page } = await open(join(tables, 'partitioned.parquet', 'dt=2024-01-01'));
    await cellsLoaded(page);
    expect(await page.getByRole('note').textContent()).toBe(
      'There is no _SUCCESS marker: the job that wrote this folder may not have finished.',
    );
    expect(await page.locator('.column.partition .name').allTextContents()).toEqual(['label', 'n']);
  });
});
