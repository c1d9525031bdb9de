// Frames of the grid over a hundred million rows of fifty columns, in a real browser. The rows are made up in the page, so that
// nothing is measured but the grid: what it draws, and how long it takes until the cells of a place are there.

import { readFileSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { builtFile } from '../support/builtFile';
import { chromiumArguments, ensureChromium } from '../vscode/chromium.mjs';
import { themes } from '../webview/themes';
import { percentile, rounded, type Row } from './table';

const rowCount = 100_000_000;
const columnCount = 50;
const frames = 300;
const jumps = 60;

export async function measureGrid(): Promise<readonly Row[]> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: [...chromiumArguments] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await openGrid(page);
    const rest = await frameTimes(page, 'rest');
    const rows = [
      frameRow('scrolled by the wheel, 120 pixels a frame', await frameTimes(page, 'wheel'), rest),
      frameRow('the scroll bar dragged from end to end', await frameTimes(page, 'bar'), rest),
      frameRow('scrolled through the columns', await frameTimes(page, 'columns'), rest),
    ];
    return [...rows, await jumpRow(page, rest)];
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

type Motion = 'rest' | 'wheel' | 'bar' | 'columns';

/** Milliseconds from each frame to the next, ascending. */
async function frameTimes(page: Page, motion: Motion): Promise<readonly number[]> {
  const times = await page.evaluate(
    ({ how, count }) =>
      new Promise<number[]>((resolve) => {
        const grid = document.querySelector('.grid');
        if (!grid) throw new Error('there is no grid');
        const found: number[] = [];
        let last: number | undefined;
        grid.scrollTo(0, 0);
        const step = (now: number): void => {
          if (last !== undefined) found.push(now - last);
          last = now;
          if (found.length === count) {
            resolve(found);
            return;
          }
          const share = found.length / count;
          if (how === 'wheel') grid.scrollBy(0, 120);
          else if (how === 'bar') grid.scrollTo(0, share * (grid.scrollHeight - grid.clientHeight));
          else if (how === 'columns') grid.scrollTo(share * (grid.scrollWidth - grid.clientWidth), 0);
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    { how: motion, count: frames },
  );
  return times.toSorted((a, b) => a - b);
}

function frameRow(what: string, times: readonly number[], rest: readonly number[]): Row {
  return figures(what, times, percentile(rest, 0.95));
}

/** To places all over the table: until the last cell in view is there. */
async function jumpRow(page: Page, rest: readonly number[]): Promise<Row> {
  const times = await page.evaluate(async (count) => {
    const grid = document.querySelector('.grid');
    if (!grid) throw new Error('there is no grid');
    // When all that belongs to the frame was done.
    const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const found: number[] = [];
    const topRow = (): number => {
      const tops = [...document.querySelectorAll<HTMLElement>('.row:not([hidden])')].map((row) => row.getBoundingClientRect().top);
      const rows = [...document.querySelectorAll('.row:not([hidden]) .row-number')].map(({ textContent }) => textContent);
      return Number((rows[tops.indexOf(Math.min(...tops))] ?? '').replaceAll(',', ''));
    };
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
  return figures(
    'a jump to any row, until its cells are there',
    times.toSorted((a, b) => a - b),
    percentile(rest, 0.95),
  );
}

function figures(what: string, times: readonly number[], peer: number): Row {
  return {
    'a hundred million rows': what,
    'median, ms': rounded(percentile(times, 0.5)),
    'p95, ms': rounded(percentile(times, 0.95)),
    'longest, ms': rounded(times.at(-1) ?? Number.NaN),
    'peer: p95 of frames at rest, ms': rounded(peer),
  };
}
