// What tests of the grid's page ask it.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export async function cellsLoaded(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isBusy = document.querySelector('[role="grid"]')?.ariaBusy;
    return isBusy === 'false' && document.querySelector('.row:not([hidden]) .cell:not([hidden])') !== null;
  });
}

/** Waits until the page shows it: what scrolls is drawn with the next frame, and cells come when they are read. */
export async function soon(ask: () => Promise<unknown>, expected: unknown): Promise<void> {
  await expect.poll(ask, { timeout: 45_000 }).toEqual(expected);
}

/** The texts of the rows in view with their numbers, as someone reads them. */
export function visibleRows(page: Page): Promise<readonly (readonly string[])[]> {
  return page.$$eval('.row:not([hidden])', (rows) =>
    rows.map((row) => [...row.children].filter((cell) => !(cell as HTMLElement).hidden).map((cell) => cell.textContent)),
  );
}

/** The names of the columns in view, from the left. */
export function visibleColumns(page: Page): Promise<readonly string[]> {
  return page.$$eval('.column:not([hidden]) .name', (names) => names.map((name) => name.textContent));
}

export function activeCell(
  page: Page,
): Promise<{ readonly row: string | null; readonly column: string | null; readonly text: string } | undefined> {
  return page.evaluate(() => {
    const id = document.querySelector('[role=grid]')?.getAttribute('aria-activedescendant');
    const cell = id ? document.getElementById(id) : null;
    if (!cell) return undefined;
    const row = cell.parentElement?.getAttribute('aria-rowindex') ?? null;
    return { row, column: cell.getAttribute('aria-colindex'), text: cell.textContent };
  });
}

/** What the page has said last. */
export function news(page: Page): Promise<string | null> {
  return page.locator('.news').textContent();
}

/** What the rows are chosen by. */
export function chips(page: Page): Promise<readonly string[]> {
  return page.locator('.chip .chip-text').allTextContents();
}

/** The entries of the open menu; keys behind a bar. */
export function menuEntries(page: Page): Promise<readonly string[]> {
  return page.$$eval('[role=menu] .item', (items) =>
    items.map((item) => [...item.children].map((part) => part.textContent).join(' | ') + (item.ariaDisabled === 'true' ? ' (off)' : '')),
  );
}
