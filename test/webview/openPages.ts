// One browser for the tests of a file, and a page for each view that a test opens.

import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';

interface OpenView {
  readonly page: Page;
  readonly complaints: readonly string[];
}

interface Viewer<Arguments extends readonly unknown[], View extends OpenView> {
  readonly open: (...args: Arguments) => Promise<View>;
  readonly stop: () => Promise<void>;
}

/**
 * What opens views in a real browser. To be called once, at the top of a file of tests.
 *
 * @param pictures a folder, which is made
 */
export function openPages<Arguments extends readonly unknown[], View extends OpenView>(
  pictures: string,
  start: () => Promise<Viewer<Arguments, View>>,
): (...args: Arguments) => Promise<View> {
  // A browser on a busy machine takes its time; nothing here waits for time to pass.
  vi.setConfig({ testTimeout: 60_000 });
  let viewer: Viewer<Arguments, View>;
  let opened: View[] = [];
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    viewer = await start();
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
  return async (...args) => {
    const view = await viewer.open(...args);
    opened.push(view);
    return view;
  };
}
