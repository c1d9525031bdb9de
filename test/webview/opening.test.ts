// What the page shows while a table is opened.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { OpenProgress } from '../../shared/table/folderTable';
import type { TableView } from '../../shared/protocol/tableView';
import { openTables, pictures } from './openTables';
import { cellsLoaded, soon } from './tablePageProbe';
import { accessibilityProblems, type OpenOptions } from './tableViewer';

const parts = join(import.meta.dirname, '..', 'tables', 'parts.parquet');
const open = openTables();

interface HeldOpening {
  readonly options: OpenOptions;
  /** Of the openings, in their order. */
  readonly asked: { readonly tell: (progress: OpenProgress) => void; readonly signal: AbortSignal; readonly goOn: () => void }[];
}

/** Opens nothing before it is told to. */
function heldOpening(): HeldOpening {
  const asked: HeldOpening['asked'] = [];
  return {
    asked,
    options: {
      override: ({ open: own }) => ({
        open: (params, { signal, onProgress }) =>
          new Promise<TableView>((resolve, reject) => {
            asked.push({
              tell: onProgress,
              signal,
              goOn: () => {
                own(params, { signal, onProgress }).then(resolve, reject);
              },
            });
            signal.addEventListener('abort', () => {
              reject(new Error('given up'));
            });
          }),
      }),
    },
  };
}

function notice(page: Page): Promise<readonly string[]> {
  return page.locator('.notice > *').allTextContents();
}

describe('while a table is opened', () => {
  it('how far that is, in files or in bytes', async () => {
    const { options, asked } = heldOpening();
    const { page } = await open(parts, options);
    await soon(() => notice(page), ['Reading the table…', '', '', 'Cancel']);
    asked[0]?.tell({ partsOpened: 120, parts: 1000 });
    await soon(() => notice(page), ['Reading the table…', '', '120 of 1,000 files opened', 'Cancel']);
    asked[0]?.tell({ partsOpened: 120, parts: 1000, estimatedRows: 12_345_678 });
    await soon(() => notice(page), ['Reading the table…', '', '120 of 1,000 files opened, about 12,300,000 rows in all', 'Cancel']);
    expect(await page.locator('progress').evaluate((bar: HTMLProgressElement) => [bar.value, bar.max])).toEqual([120, 1000]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).focus();
    asked[0]?.tell({ partsOpened: 0, parts: 1, bytes: { read: 1_234_567_890, all: 2_400_000_000 } });
    await soon(() => notice(page), ['Reading the table…', '', '1.23 GB of 2.40 GB read', 'Cancel']);
    // Whoever is about to press the button still is.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
    await page.screenshot({ path: join(pictures, 'opening-dark.png') });
    asked[0]?.goOn();
    await cellsLoaded(page);
  });

  it('it can be cancelled, and opened again', async () => {
    const { options, asked } = heldOpening();
    const { page } = await open(parts, options);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'This table is not open' }).waitFor();
    expect(await page.locator('.notice p').textContent()).toBe('Reading it was cancelled.');
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Try Again' }).click();
    await soon(() => Promise.resolve(asked.length), 2);
    asked[1]?.goOn();
    await cellsLoaded(page);
  });

  it('a table that changed again is opened once more, and the first opening given up', async () => {
    const { options, asked } = heldOpening();
    const { page, tell } = await open(parts, options);
    await soon(() => Promise.resolve(asked.length), 1);
    asked[0]?.goOn();
    await cellsLoaded(page);
    await tell({ kind: 'event', name: 'changed', value: null });
    await soon(() => Promise.resolve(asked.length), 2);
    asked[1]?.tell({ partsOpened: 1, parts: 3 });
    await page.getByText('The file has changed and is read again…').waitFor();
    // The rows from before stay meanwhile.
    expect(await page.locator('.row:not([hidden])').count()).toBe(10);
    await tell({ kind: 'event', name: 'changed', value: null });
    await soon(() => Promise.resolve(asked.map(({ signal }) => signal.aborted)), [false, true, false]);
    asked[2]?.goOn();
    await page.getByText('The file has changed and was read again.').waitFor();
  });
});
