// The lineage of two thousand nodes in a real browser: until it is drawn, and its frames while it moves.

import type { Page } from 'playwright-core';
import { companyGraph } from '../lineage/sampleGraphs';
import { companyLineage } from '../lineage/sampleLineages';
import { LineageViewer } from '../webview/lineageViewer';
import { frameTimes, timesRow } from './frames';
import type { Row } from './table';

const nodes = 2_000;

export async function measureLineageFrames(): Promise<readonly Row[]> {
  const viewer = await LineageViewer.start();
  try {
    const graph = companyLineage(companyGraph(nodes, 1));
    const began = performance.now();
    const { page } = await viewer.open(graph, { width: 1280, height: 800 });
    await page.locator('.card').first().waitFor({ state: 'attached' });
    const drawn = performance.now() - began;
    const subject = 'two thousand nodes';
    const whole = await frameTimes(page);
    const rows = [timesRow(subject, 'moved, all in view', await moveTimes(page, 'move'), whole)];
    await page.locator('.card').first().focus();
    await page.keyboard.press('1');
    const near = await frameTimes(page);
    rows.push(
      timesRow(subject, 'moved, at their size', await moveTimes(page, 'move'), near),
      timesRow(subject, 'zoomed out and in', await moveTimes(page, 'zoom'), near),
    );
    const opened = { 'p95, ms': '', 'longest, ms': '', 'peer: p95 of frames at rest, ms': '' };
    return [...rows, { [subject]: 'from opening the page until they are drawn', 'median, ms': Math.round(drawn), ...opened }];
  } finally {
    await viewer.stop();
  }
}

/** There and back again. */
async function moveTimes(page: Page, how: 'move' | 'zoom'): Promise<readonly number[]> {
  const motion = await page.evaluateHandle((kind) => {
    const target = document.querySelector('.card')?.parentElement;
    if (!target) throw new Error('there is no drawing');
    return (share: number): void => {
      const sign = share < 0.5 ? 1 : -1;
      const by = kind === 'move' ? { deltaX: sign * 30, deltaY: sign * 40 } : { deltaY: sign * 8, ctrlKey: true };
      target.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, clientX: 640, clientY: 400, ...by }));
    };
  }, how);
  return frameTimes(page, motion);
}
