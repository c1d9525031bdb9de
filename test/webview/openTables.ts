// One browser for the tests of a file, and a page for each table that a test opens.

import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { TableViewer, type OpenOptions, type OpenTablePage } from './tableViewer';

/** Pictures of each state in several themes, to be looked at after a change of the style. */
export const pictures = join(tmpdir(), 'sparkform-table-pictures');

/** What opens tables in a real browser. To be called once, at the top of a file of tests. */
export function openTables(): (location: string, options?: OpenOptions) => Promise<OpenTablePage> {
  // A browser on a busy machine takes its time; nothing here waits for time to pass.
  vi.setConfig({ testTimeout: 60_000 });
  let viewer: TableViewer;
  let opened: OpenTablePage[] = [];
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    viewer = await TableViewer.start();
  });
  afterEach(async () => {
    // Nothing may ever be refused by the content security policy or fail in the page.
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([]);
    for (const { page } of opened) await page.close();
    opened = [];
  });
  afterAll(async () => {
    await viewer.stop();
  });
  return async (location, options) => {
    const table = await viewer.open(location, options);
    opened.push(table);
    return table;
  };
}
