// The lineage of two thousand nodes in a real browser: until it is drawn, and its frames while it moves.

import type { Page } from 'playwright-core';
import { companyGraph } from '../lineage/sampleGraphs';
import { companyLineage } from '../lineage/sampleLineages';
import { LineageViewer } from '../webview/lineageViewer';
import { percentile, rounded, type Row } from './table';

const nodes = 2_000;
const frames = 300;

export async function measureLineageFrames(): Promise<readonly Row[]> {
  const viewer = await LineageViewer.start();
  try {
    const graph = companyLineage(companyGraph(nodes, 1));
    const began = performance.now();
    const { page } = await viewer.open(graph, { width: 1280, height: 800 });
    await page.locator('.card').first().waitFor({ state: 'attached' });
    const drawn = performance.now() - began;
    const whole = { rest: await frameTimes(page, 'rest'), move: await frameTimes(page, 'move') };
    await page.locator('.card').first().focus();
    await page.keyboard.press('1');
    const near = { rest: await frameTimes(page, 'rest'), move: await frameTimes(page, 'move'), zoom: await frameTimes(page, 'zoom') };
    return [
      { 'two thousand nodes': 'from opening the page until they are drawn', 'median, ms': Math.round(drawn), ...noFrames },
      figures('moved, all in view', whole.move, whole.rest),
      figures('moved, at their size', near.move, near.rest),
      figures('zoomed out and in', near.zoom, near.rest),
    ];
  } finally {
    await viewer.stop();
  }
}

const noFrames = { 'p95, ms': '', 'longest, ms': '', 'peer: p95 of frames at rest, ms': '' };

/** Milliseconds from each frame to the next, ascending. */
async function frameTimes(page: Page, motion: 'rest' | 'move' | 'zoom'): Promise<readonly number[]> {
  const times = await page.evaluate(
    ({ how, count }) =>
      new Promise<number[]>((resolve) => {
        const target = document.querySelector('.card')?.parentElement;
        if (!target) throw new Error('there is no drawing');
        const found: number[] = [];
        let last: number | undefined;
        const step = (now: number): void => {
          if (last !== undefined) found.push(now - last);
          last = now;
          if (found.length === count) {
            resolve(found);
            return;
          }
          // There and back again.
          const sign = found.length < count / 2 ? 1 : -1;
          const at = { bubbles: true, cancelable: true, clientX: 640, clientY: 400 };
          if (how === 'move') target.dispatchEvent(new WheelEvent('wheel', { ...at, deltaX: sign * 30, deltaY: sign * 40 }));
          else if (how === 'zoom') target.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: sign * 8, ctrlKey: true }));
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    { how: motion, count: frames },
  );
  return times.toSorted((a, b) => a - b);
}

function figures(what: string, times: readonly number[], rest: readonly number[]): Row {
  return {
    'two thousand nodes': what,
    'median, ms': rounded(percentile(times, 0.5)),
    'p95, ms': rounded(percentile(times, 0.95)),
    'longest, ms': rounded(times.at(-1) ?? Number.NaN),
    'peer: p95 of frames at rest, ms': rounded(percentile(rest, 0.95)),
  };
}
