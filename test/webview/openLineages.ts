// One browser for the tests of a file, and a page for each lineage that a test opens.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { LineageGraph } from '../../shared/lineage/lineageGraph';
import { LineageViewer, type OpenLineageOptions, type OpenLineagePage } from './lineageViewer';
import { openPages } from './openPages';

/** Pictures of each state in several themes, to be looked at after a change of the style. */
export const lineagePictures = join(tmpdir(), 'sparkform-lineage-pictures');

/** What opens lineages in a real browser. To be called once, at the top of a file of tests. */
export function openLineages(): (graph: LineageGraph, options?: OpenLineageOptions) => Promise<OpenLineagePage> {
  const open = openPages(lineagePictures, () => LineageViewer.start());
  return async (graph, options) => {
    const lineage = await open(graph, options);
    // Whatever there is to show, it is there now.
    await lineage.page.locator('.card, .tree-item, .content .notice, .notice[role=alert]').first().waitFor({ state: 'attached' });
    return lineage;
  };
}

/** The ids of the nodes that have cards, from the left and from the top. */
export function cards(page: Page): Promise<readonly string[]> {
  return page.$$eval('.card', (found) =>
    found
      .map((card) => ({ id: (card as HTMLElement).dataset['id'] ?? '', box: card.getBoundingClientRect() }))
      .sort((a, b) => Math.round(a.box.x - b.box.x) || a.box.y - b.box.y)
      .map(({ id }) => id),
  );
}

export function card(page: Page, id: string) {
  return page.locator(`.card[data-id="${id}"]`);
}

/** The id of the node that the keyboard is at. */
export function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['id']);
}

/** What is not of the highlighted node. */
export function dimmed(page: Page): Promise<readonly string[]> {
  return page.$$eval('.card.dimmed', (found) => found.map((one) => (one as HTMLElement).dataset['id'] ?? '').sort());
}

/** The middle of a card in the window. */
export async function middleOf(page: Page, id: string): Promise<{ readonly x: number; readonly y: number }> {
  const box = await card(page, id).boundingBox();
  if (!box) throw new Error(`${id} has no card`);
  // Fractions of a pixel are not the drawing's.
  return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
}

/** How large the drawing is, as the page says it. */
export function zoomText(page: Page): Promise<string | null> {
  return page.locator('.zoom-text').textContent();
}
