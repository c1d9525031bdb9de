// How long the frames of a page take while something moves in it.

import type { JSHandle, Page } from 'playwright-core';
import { percentile, rounded, type Row } from './table';

const frames = 300;

/** In the page: moves what is to be moved, given which share of all frames has passed. */
export type Motion = JSHandle<(share: number) => void>;

/** Milliseconds from each frame to the next, ascending; without a motion, those of a page at rest. */
export async function frameTimes(page: Page, motion?: Motion): Promise<readonly number[]> {
  const times = await page.evaluate(
    ({ move, count }) =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        let last: number | undefined;
        const step = (now: number): void => {
          if (last !== undefined) found.push(now - last);
          last = now;
          if (found.length === count) {
            resolve(found);
            return;
          }
          move?.(found.length / count);
          requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    { move: motion, count: frames },
  );
  return times.toSorted((a, b) => a - b);
}

/** @param subject what the table is about; its rows tell `what` happens */
export function timesRow(subject: string, what: string, ascending: readonly number[], rest: readonly number[]): Row {
  return {
    [subject]: what,
    'median, ms': rounded(percentile(ascending, 0.5)),
    'p95, ms': rounded(percentile(ascending, 0.95)),
    'longest, ms': rounded(ascending.at(-1) ?? Number.NaN),
    'peer: p95 of frames at rest, ms': rounded(percentile(rest, 0.95)),
  };
}
