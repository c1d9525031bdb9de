// Frames of the grid over a hundred million rows of fifty columns, in a real browser. The rows are made up in the page, so that
// nothing is measured but the grid: what it draws, and how long it takes until the cells of a place are there.

import { readFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { builtFile } from '../support/builtFile';
import { chromiumArguments, ensureChromium } from '../vscode/chromium.mjs';
import { themes } from '../webview/themes';
import { frameTimes, timesRow } from './frames';
import type { Row } from './table';

const rowCount = 100_000_000;
const columnCount = 50;
const jumps = 60;

export async function measureGrid(): Promise<readonly Row[]> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await openGrid(page);
    const rest = await frameTimes(page);
    const row = (what: string, times: readonly number[]): Row => timesRow('a hundred million rows', what, times, rest);
    return [
      row('scrolled by the wheel, 120 pixels a frame', await scrollTimes(page, 'wheel')),
      row('the scroll bar dragged from end to end', await scrollTimes(page, 'bar')),
      row('scrolled through the columns', await scrollTimes(page, 'columns')),
      row('a jump to any row, until its cells are there', await jumpTimes(page)),
    ];
  } finally {
    await browser.close();
  }
}

async function openGrid(page: Page): Promise<void> {
  await page.addInitScript(memoryHost, { rowCount, columnCount });
  await page.goto('about:blank');
  await page.setContent('<!DOCTYPE html><html lang="en"><head><title>Table</title></head><body><main id="table"></main></body></html>');
  await page.addStyleTag({ content: readFileSync(builtFile('tableGrid.css'), 'utf8') });
  await page.evaluate((variables) => {
    for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
  }, themes.dark);
  await page.addScriptTag({ content: readFileSync(builtFile('tableGrid.js'), 'utf8') });
  await page.locator('.cell', { hasText: 'row 0, column 0' }).waitFor();
  await page.keyboard.press('Control+End');
  await page.locator('.row-number', { hasText: rowCount.toLocaleString('en') }).waitFor();
  await page.keyboard.press('Control+Home');
  await page.locator('.cell', { hasText: 'row 0, column 0' }).waitFor();
}

/** In the page: answers as the extension would, at once and from nothing. */
function memoryHost({ rowCount: all, columnCount: columns }: { readonly rowCount: number; readonly columnCount: number }): void {
  interface Asked {
    readonly kind: string;
    readonly id: number;
    readonly method: string;
    readonly params: { readonly start: number; readonly end: number; readonly columns: readonly number[] };
  }
  const names = Array.from({ length: columns }, (_, index) => `column_${index}`);
  const view = {
    name: 'memory',
    columns: names.map((name) => ({ name, type: 'string', family: 'text', nullable: true, partition: false })),
    rowCount: all,
    facts: [],
    warnings: [],
    runs: [],
  };
  const answer = ({ method, params }: Asked): unknown => {
    if (method === 'open') return view;
    const { start, end, columns: wanted } = params;
    const rows = Array.from({ length: end - start }, (_, row) => wanted.map((column) => `row ${start + row}, column ${column}`));
    return { start, rows };
  };
  let state: unknown;
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (asked: Asked) => {
        if (asked.kind === 'request') window.postMessage({ kind: 'answer', id: asked.id, result: answer(asked) });
      },
      getState: () => state,
      setState: (next: unknown) => (state = next),
    }),
  });
}

/** From the first row and column on. */
async function scrollTimes(page: Page, how: 'wheel' | 'bar' | 'columns'): Promise<readonly number[]> {
  const motion = await page.evaluateHandle((kind) => {
    const grid = document.querySelector('.grid');
    if (!grid) throw new Error('there is no grid');
    grid.scrollTo(0, 0);
    return (share: number): void => {
      if (kind === 'wheel') grid.scrollBy(0, 120);
      else if (kind === 'bar') grid.scrollTo(0, share * (grid.scrollHeight - grid.clientHeight));
      else grid.scrollTo(share * (grid.scrollWidth - grid.clientWidth), 0);
    };
  }, how);
  return frameTimes(page, motion);
}

/** To places all over the table: until the last cell in view is there. */
async function jumpTimes(page: Page): Promise<readonly number[]> {
  const times = await page.evaluate(async (count) => {
    const grid = document.querySelector('.grid');
    if (!grid) throw new Error('there is no grid');
    // When all that belongs to the frame was done.
    const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const found: number[] = [];
    const topRow = (): string | undefined => document.querySelector('.row:not([hidden]) .row-number')?.textContent;
    for (let jump = 1; jump <= count; jump++) {
      // A place that no other jump is near to.
      const share = (jump * 0.618_033_988_75) % 1;
      const before = topRow();
      const start = performance.now();
      grid.scrollTo(0, share * (grid.scrollHeight - grid.clientHeight));
      do await nextFrame();
      while (topRow() === before || grid.ariaBusy === 'true');
      found.push(performance.now() - start);
    }
    return found;
  }, jumps);
  return times.toSorted((a, b) => a - b);
}
