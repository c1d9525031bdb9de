// The list of all columns, where they are pinned and moved as well.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openTables, pictures } from './openTables';
import { cellsLoaded, soon, visibleColumns } from './tablePageProbe';
import { accessibilityProblems, type OpenTablePage } from './tableViewer';

const tables = join(import.meta.dirname, '..', 'tables');
const open = openTables();

/** Of the table `pages`: id, hundred, label, half, list. */
async function openList(): Promise<OpenTablePage> {
  const table = await open(join(tables, 'pages.parquet'));
  await cellsLoaded(table.page);
  await table.page.keyboard.press('Alt+c');
  await table.page.getByRole('dialog', { name: 'Columns' }).waitFor();
  return table;
}

/** Names in the order of the list; `*` marks pinned ones, brackets those that are not shown. */
function listed(page: Page): Promise<readonly string[]> {
  return page.$$eval('.columns-list li:not([hidden])', (items) =>
    items.map((item) => {
      const name = item.querySelector('.name')?.textContent ?? '';
      const pinned = item.querySelector('[aria-pressed=true]') ? '*' : '';
      return item.querySelector('input')?.checked === true ? `${name}${pinned}` : `(${name}${pinned})`;
    }),
  );
}

function said(page: Page): Promise<string | null> {
  return page.getByRole('dialog', { name: 'Columns' }).getByRole('status').textContent();
}

function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.closest('li')?.querySelector('.name')?.textContent);
}

describe('the list of columns', () => {
  it('moves them by keys, hidden ones and the focus along', async () => {
    const { page, state } = await openList();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    expect(await listed(page)).toEqual(['id', 'label', 'hundred', 'half', 'list']);
    expect([await said(page), await focused(page)]).toEqual(['hundred is now number 3 of 5', 'hundred']);
    await page.keyboard.press('Space');
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    expect(await listed(page)).toEqual(['id', 'label', 'half', 'list', '(hundred)']);
    await page.keyboard.press('Alt+ArrowUp');
    expect(await said(page)).toBe('hundred is now number 4 of 5');
    expect(await visibleColumns(page)).toEqual(['id', 'label', 'half', 'list']);
    expect((await state()).columns).toEqual({ order: ['id', 'label', 'half', 'hundred', 'list'], hidden: ['hundred'], pinned: [] });
  });

  it('pins them, and moves them in and out of what is pinned', async () => {
    const { page, state } = await openList();
    const dialog = page.getByRole('dialog', { name: 'Columns' });
    await dialog.getByRole('button', { name: 'Pin half' }).click();
    expect(await listed(page)).toEqual(['half*', 'id', 'hundred', 'label', 'list']);
    expect([await said(page), await focused(page)]).toEqual(['half pinned to the left', 'half']);
    await page.keyboard.press('Alt+ArrowDown');
    // Across the border alone: it stays where it stands, and is no longer pinned.
    expect(await listed(page)).toEqual(['id', 'hundred', 'label', 'half', 'list']);
    await dialog.getByRole('button', { name: 'Pin label' }).press('Enter');
    await dialog.getByRole('button', { name: 'Pin list' }).press('Enter');
    expect(await listed(page)).toEqual(['label*', 'list*', 'id', 'hundred', 'half']);
    expect(await visibleColumns(page)).toEqual(['label', 'list', 'id', 'hundred', 'half']);
    expect((await state()).columns.pinned).toEqual(['label', 'list']);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.screenshot({ path: join(pictures, 'columns-list-dark.png') });
    await dialog.getByRole('button', { name: 'Pin list' }).press('Enter');
    expect(await said(page)).toBe('list unpinned');
  });

  it('moves them by dragging, and leaves them with Escape', async () => {
    const { page } = await openList();
    const grip = async (name: string) => {
      const box = await page.locator('.columns-list li', { hasText: name }).locator('.grip').boundingBox();
      if (!box) throw new Error(`no grip of ${name}`);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const [from, to] = [await grip('label'), await grip('id')];
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    expect(await page.locator('.drop-before .name').allTextContents()).toEqual(['id']);
    await page.screenshot({ path: join(pictures, 'columns-drag-dark.png') });
    await page.mouse.up();
    await soon(() => listed(page), ['label', 'id', 'hundred', 'half', 'list']);
    expect(await said(page)).toBe('label is now number 1 of 5');
    const [again, end] = [await grip('label'), await grip('list')];
    await page.mouse.move(again.x, again.y);
    await page.mouse.down();
    await page.mouse.move(end.x, end.y, { steps: 4 });
    expect(await page.locator('.drop-after .name').allTextContents()).toEqual(['list']);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await listed(page)).toEqual(['label', 'id', 'hundred', 'half', 'list']);
    expect(await page.getByRole('dialog', { name: 'Columns' }).count()).toBe(1);
  });

  it('moves among those that were found', async () => {
    const { page } = await openList();
    await page.keyboard.type('l');
    expect(await listed(page)).toEqual(['label', 'half', 'list']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    expect(await listed(page)).toEqual(['list', 'label', 'half']);
    expect(await visibleColumns(page)).toEqual(['id', 'hundred', 'list', 'label', 'half']);
  });
});
