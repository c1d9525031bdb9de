// The drawing of the lineage in a real browser, by keyboard and by pointer, laid out by the real worker.

import { describe, expect, it } from 'vitest';
import { companyGraph } from '../lineage/sampleGraphs';
import { companyLineage, nodeOf, paymentsLineage } from '../lineage/sampleLineages';
import { card, cards, dimmed, focused, middleOf, openLineages, zoomText } from './openLineages';
import { soon } from './tablePageProbe';

const open = openLineages();
const focus = 'customer_totals.v1';

describe('the drawing', () => {
  it('shows what is around the focus, with what is left out counted', async () => {
    const { page } = await open(paymentsLineage(), { focus, settings: { upstream: 1, downstream: 1 } });
    expect(await cards(page)).toEqual(['customers.raw', 'payments_in_euros.v2', 'customer_totals.v1', 'average_payment.v1']);
    expect(await page.locator('.facts').innerText()).toMatch(/^customer_totals\.v1\s+4 of 13$/);
    expect(await card(page, 'payments_in_euros.v2').locator('.more').allTextContents()).toEqual(['+2', '+1']);
    expect(await card(page, 'payments_in_euros.v2').getAttribute('aria-label')).toBe(
      'payments_in_euros.v2, SQL transformation, 1 warning, last run failed, fed by 2, feeds 2',
    );
    expect(await card(page, focus).getAttribute('aria-current')).toBe('true');
    expect(await page.getByRole('application').getAttribute('aria-label')).toBe('Lineage, 4 resources');
  });

  it('is whole without a focus, and shows what nothing defines as such', async () => {
    const { page } = await open(paymentsLineage());
    expect(await page.locator('.facts').innerText()).toMatch(/^Whole graph\s+13$/);
    expect((await cards(page)).length).toBe(13);
    expect(await card(page, 'exchange_rates.daily').innerText()).toMatch(/exchange_rates\s+1\s+daily · source, not defined/);
    expect(await zoomText(page)).toBe('53 %');
  });

  it('draws each edge from node to node', async () => {
    const { page } = await open(
      { nodes: [nodeOf('source', 'a'), nodeOf('feature', 'b')], edges: [{ from: 'a', to: 'b' }] },
      { focus: 'a' },
    );
    const [a, b] = [await card(page, 'a').boundingBox(), await card(page, 'b').boundingBox()];
    const between = { x: ((a?.x ?? 0) + (a?.width ?? 0) + (b?.x ?? 0)) / 2, y: (a?.y ?? 0) + (a?.height ?? 0) / 2 };
    // How opaque the canvas is there, and a little above: read at once, as a canvas that is read often is drawn otherwise.
    const opacity = await page.evaluate(
      ([left, top]) => {
        const canvas = document.querySelector<HTMLCanvasElement>('canvas.edges');
        const box = canvas?.getBoundingClientRect();
        const data = canvas?.getContext('2d')?.getImageData(left - (box?.x ?? 0), top - (box?.y ?? 0) - 14, 1, 16).data ?? [];
        const alpha = [...data].filter((_, index) => index % 4 === 3);
        return { line: Math.max(...alpha.slice(12)), above: Math.max(...alpha.slice(0, 8)) };
      },
      [between.x, between.y] as const,
    );
    expect(opacity.line).toBeGreaterThan(100);
    expect(opacity.above).toBe(0);
  });

  it('keeps what is in the middle there when the window becomes another size', async () => {
    const { page } = await open(paymentsLineage(), { focus, settings: { upstream: 1, downstream: 1 } });
    const offset = async (): Promise<readonly [number, number]> => {
      const [node, window] = [await middleOf(page, focus), await page.getByRole('application').boundingBox()];
      if (!window) throw new Error('the drawing is not there');
      return [Math.round(node.x - window.x - window.width / 2), Math.round(node.y - window.y - window.height / 2)];
    };
    const before = await offset();
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    await page.setViewportSize({ width, height: height - 200 });
    await soon(offset, before);
    await page.setViewportSize({ width: width + 100, height });
    await soon(offset, before);
  });

  it('shows columns, with edges from column to column', async () => {
    const columns = [{ name: 'id', type: 'bigint' }, { name: 'amount' }];
    const graph = {
      nodes: [nodeOf('source', 'a', { columns }), nodeOf('feature', 'b', { columns: columns.slice(1) })],
      edges: [{ from: 'a', to: 'b', columns: [{ from: 'amount', to: 'amount' }] }],
    };
    const { page } = await open(graph, { focus: 'a' });
    await page.getByRole('button', { name: 'Columns' }).click();
    await soon(() => card(page, 'a').locator('.card-column').allInnerTexts(), ['id\nbigint', 'amount']);
    // The columns that belong together are level.
    const level = async (id: string): Promise<number> => (await card(page, id).getByText('amount').boundingBox())?.y ?? -1;
    expect(await level('a')).toBe(await level('b'));
  });
});

describe('by keyboard', () => {
  it('arrows go along the edges and among the nodes of a layer', async () => {
    const { page } = await open(paymentsLineage(), { focus });
    await card(page, focus).focus();
    const way: (string | undefined)[] = [];
    for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) {
      await page.keyboard.press(key);
      way.push(await focused(page));
    }
    expect(way).toEqual([
      'payments_in_euros.v2',
      'payments_in_euros.v2',
      'payments_in_euros.v2',
      'payments.raw',
      'payments_in_euros.v2',
      focus,
      'average_payment.v1',
      'churn.v1',
      'churn.v1',
    ]);
  });

  it('only one node is a stop of Tab', async () => {
    const { page } = await open(paymentsLineage(), { focus });
    expect(await page.locator('.card[tabindex="0"]').count()).toBe(1);
    await card(page, focus).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.$$eval('.card[tabindex="0"]', (found) => found.map((one) => (one as HTMLElement).dataset['id']))).toEqual([
      'payments_in_euros.v2',
    ]);
  });

  it('Enter and Space open the definition, F looks around a node, brackets show more', async () => {
    const { page, asked, state } = await open(paymentsLineage(), { focus, settings: { upstream: 1, downstream: 1 } });
    await card(page, focus).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Enter');
    await page.keyboard.press('Space');
    expect(asked).toEqual([
      ['openDefinition', { id: focus, beside: false, keepFocus: false }],
      ['openDefinition', { id: focus, beside: true, keepFocus: false }],
      ['openDefinition', { id: focus, beside: false, keepFocus: true }],
    ]);
    await card(page, 'payments_in_euros.v2').focus();
    await page.keyboard.press('[');
    await soon(
      async () => (await cards(page)).toSorted(),
      ['average_payment.v1', focus, 'customers.raw', 'exchange_rates.daily', 'payments.raw', 'payments_in_euros.v2'],
    );
    await page.keyboard.press('f');
    await soon(async () => (await cards(page)).length, 5);
    expect(await page.locator('.focus-name').textContent()).toBe('payments_in_euros.v2');
    await soon(async () => (await state()).focus, 'payments_in_euros.v2');
    expect(await focused(page)).toBe('payments_in_euros.v2');
  });

  it('zooms around the node that it is at', async () => {
    const { page } = await open(paymentsLineage(), { focus });
    await card(page, focus).focus();
    const before = await middleOf(page, focus);
    await page.keyboard.press('+');
    await soon(() => zoomText(page), '78 %');
    const after = await middleOf(page, focus);
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(2);
    await page.keyboard.press('-');
    await soon(() => zoomText(page), '63 %');
    await page.keyboard.press('1');
    await soon(() => zoomText(page), '100 %');
    await page.keyboard.press('0');
    await soon(() => zoomText(page), '63 %');
  });

  it('finds a resource of the whole workspace', async () => {
    const { page } = await open(paymentsLineage(), { focus, settings: { upstream: 0, downstream: 0 } });
    await card(page, focus).focus();
    await page.keyboard.press('/');
    const field = page.getByRole('combobox', { name: 'Find a resource' });
    await field.fill('payments');
    const options = page.getByRole('listbox').getByRole('option');
    expect(await options.allInnerTexts()).toEqual([
      'payments.raw\nsource',
      'payments_in_euros.v2\nSQL transformation',
      'payments_per_day.v1\nfeature',
      'daily_payments.v1\nDataFrame transformation',
    ]);
    await page.keyboard.press('ArrowDown');
    const marked = await field.getAttribute('aria-activedescendant');
    expect(await page.locator(`#${marked ?? ''}`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('Enter');
    await soon(() => cards(page), ['payments_in_euros.v2']);
    expect(await page.getByRole('listbox').isVisible()).toBe(false);
    await soon(() => focused(page), 'payments_in_euros.v2');
    await page.keyboard.press('/');
    await field.fill('no such thing');
    expect(await options.allInnerTexts()).toEqual(['Nothing found']);
    await page.keyboard.press('Escape');
    await soon(() => focused(page), 'payments_in_euros.v2');
  });
});

describe('by pointer', () => {
  it('a click opens the definition in passing and a second one goes there; with Control it opens beside', async () => {
    const { page, asked } = await open(paymentsLineage(), { focus });
    await card(page, 'customers.raw').click();
    expect(await focused(page)).toBe('customers.raw');
    await card(page, 'customers.raw').click({ modifiers: ['Control'] });
    await card(page, 'average_payment.v1').dblclick();
    expect(asked).toEqual([
      ['openDefinition', { id: 'customers.raw', beside: false, keepFocus: true }],
      ['openDefinition', { id: 'customers.raw', beside: true, keepFocus: true }],
      ['openDefinition', { id: 'average_payment.v1', beside: false, keepFocus: true }],
      ['openDefinition', { id: 'average_payment.v1', beside: false, keepFocus: false }],
    ]);
  });

  it('what has nothing to do with the node under it is dimmed', async () => {
    const { page } = await open(paymentsLineage());
    await card(page, 'left_us.v1').hover();
    await soon(
      () => dimmed(page),
      [
        'average_payment.v1',
        'customer_totals.v1',
        'daily_payments.v1',
        'exchange_rates.daily',
        'payments.raw',
        'payments_in_euros.v2',
        'payments_per_day.v1',
      ],
    );
    await page.mouse.move(4, 200);
    await soon(() => dimmed(page), []);
  });

  it('dragging moves the drawing and opens nothing, also when it begins on a node', async () => {
    const { page, asked } = await open(paymentsLineage(), { focus });
    const before = await middleOf(page, focus);
    await page.mouse.move(before.x, before.y);
    await page.mouse.down();
    await page.mouse.move(before.x + 40, before.y + 30, { steps: 4 });
    await page.mouse.up();
    await soon(() => middleOf(page, focus), { x: before.x + 40, y: before.y + 30 });
    expect(asked).toEqual([]);
  });

  it('the wheel moves, and with Control zooms around the pointer', async () => {
    const { page } = await open(paymentsLineage(), { focus });
    const before = await middleOf(page, focus);
    await page.mouse.move(before.x, before.y);
    await page.mouse.wheel(10, 20);
    await soon(() => middleOf(page, focus), { x: before.x - 10, y: before.y - 20 });
    await page.mouse.move(before.x - 10, before.y - 20);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await soon(() => zoomText(page), '98 %');
    const after = await middleOf(page, focus);
    expect(Math.hypot(after.x - before.x + 10, after.y - before.y + 20)).toBeLessThan(2);
  });

  it('the count of what is left out shows it', async () => {
    const { page, asked } = await open(paymentsLineage(), { focus, settings: { upstream: 0, downstream: 0 } });
    await card(page, focus).getByTitle('Show 2 more inputs').click();
    await soon(() => cards(page), ['customers.raw', 'payments_in_euros.v2', focus]);
    expect(asked).toEqual([]);
  });

  it('the menu of a node has what can be done with it', async () => {
    const { page, asked } = await open(paymentsLineage(), { focus });
    const entries = async (id: string): Promise<readonly string[]> => {
      await card(page, id).click({ button: 'right' });
      const labels = await page.locator('[role=menu] .label').allTextContents();
      await page.keyboard.press('Escape');
      return labels;
    };
    expect(await entries('payments_in_euros.v2')).toEqual([
      'Open Definition',
      'Open to the Side',
      'Focus',
      'Run',
      'Preview',
      'Show Problems',
      'Show 1 More Output',
      'Copy Id',
    ]);
    for (const name of ['Run', 'Preview', 'Show Problems', 'Copy Id']) {
      await card(page, 'payments_in_euros.v2').click({ button: 'right' });
      await page.getByRole('menuitem', { name }).click();
    }
    const id = 'payments_in_euros.v2';
    expect(asked).toEqual([
      ['run', { id }],
      ['preview', { id }],
      ['showProblems', { id }],
      ['copyText', { text: id }],
    ]);
    await soon(() => page.locator('.news').textContent(), `Copied ${id}.`);
    expect(await entries('exchange_rates.daily')).toEqual(['Open First Mention', 'Open to the Side', 'Focus', 'Show Problems', 'Copy Id']);
    expect(await focused(page)).toBe('exchange_rates.daily');
  });

  it('the map in the corner moves the window over the drawing', async () => {
    const { page, state } = await open(companyLineage(companyGraph(150, 2)), {
      focus: 's2_3.v1',
      settings: { upstream: 'all', downstream: 'all' },
    });
    const box = await page.locator('.minimap').boundingBox();
    await soon(async () => (await state()).view !== undefined, true);
    const before = (await state()).view;
    await page.mouse.click((box?.x ?? 0) + 8, (box?.y ?? 0) + 8);
    await soon(async () => ((await state()).view?.x ?? 0) > (before?.x ?? 0), true);
    // Its own corner is the drawing's.
    const part = await page.locator('.minimap-part').boundingBox();
    expect([Math.round((part?.x ?? 0) - (box?.x ?? 0)), Math.round((part?.y ?? 0) - (box?.y ?? 0))]).toEqual([7, 7]);
  });
});

describe('two thousand nodes', () => {
  it('have few elements, whatever is in view', async () => {
    const { page } = await open(companyLineage(companyGraph(2_000, 1)));
    expect(await page.locator('.card').count()).toBe(1);
    await page.keyboard.press('Tab');
    const first = page.locator('.card').first();
    await first.focus();
    await page.keyboard.press('1');
    await soon(() => zoomText(page), '100 %');
    expect(await page.locator('.card').count()).toBeLessThan(80);
    // A node far out of view is reached by keys alone, and the keyboard stays at it.
    const start = await focused(page);
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowDown');
    expect(await focused(page)).not.toBe(start);
    await page.mouse.move(500, 400);
    await page.mouse.wheel(0, 20_000);
    const at = await focused(page);
    expect(at).toBeDefined();
    expect(await card(page, at ?? '').count()).toBe(1);
  });

  it('are opened by a click where they are only drawn', async () => {
    const { page, asked } = await open(companyLineage(companyGraph(300, 1)));
    const place = await page.evaluate(() => {
      const only = document.querySelector<HTMLElement>('.card');
      const box = only?.getBoundingClientRect();
      return { id: only?.dataset['id'] ?? '', x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
    });
    await page.mouse.click(place.x, place.y);
    await soon(() => Promise.resolve(asked), [['openDefinition', { id: place.id, beside: false, keepFocus: true }]]);
  });
});
