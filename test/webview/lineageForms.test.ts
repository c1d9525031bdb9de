// What the lineage view keeps and hears, its list form, its empty states and its files; and its looks in every theme.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LineageGraph } from '../../shared/lineage/lineageGraph';
import type { LineageExport } from '../../shared/protocol/lineageView';
import { companyGraph } from '../lineage/sampleGraphs';
import { companyLineage, exampleLineage, nodeOf, paymentsLineage } from '../lineage/sampleLineages';
import { card, cards, focused, lineagePictures, middleOf, openLineages, zoomText } from './openLineages';
import { accessibilityProblems } from './tableViewer';
import { soon } from './tablePageProbe';

const open = openLineages();
const focus = 'customer_totals.v1';

function without(graph: LineageGraph, id: string): LineageGraph {
  return { nodes: graph.nodes.filter((node) => node.id !== id), edges: graph.edges.filter(({ from, to }) => from !== id && to !== id) };
}

describe('while definitions change', () => {
  it('cards change in their place, and what is looked at stays where it is', async () => {
    const graph = paymentsLineage();
    const { page, change } = await open(graph, { focus, settings: { upstream: 1, downstream: 1 } });
    await card(page, focus).focus();
    const before = await middleOf(page, focus);
    const nodes = graph.nodes.map((node) => (node.id === focus ? { ...node, errors: 3 } : node));
    await change({
      nodes: [...nodes, nodeOf('feature', 'new_feature.v1')],
      edges: [...graph.edges, { from: focus, to: 'new_feature.v1' }],
    });
    await soon(async () => (await cards(page)).includes('new_feature.v1'), true);
    expect(await card(page, focus).locator('.badge.errors').textContent()).toBe('3');
    expect(await middleOf(page, focus)).toEqual(before);
    expect(await focused(page)).toBe(focus);
  });

  it('nodes travel to their new places, and arrive', async () => {
    const graph = paymentsLineage();
    const { page, change } = await open(without(graph, 'customers.raw'), { focus, reducedMotion: false });
    await change(graph);
    await soon(async () => (await cards(page)).includes('customers.raw'), true);
    const { page: still } = await open(graph, { focus });
    await page.keyboard.press('Tab');
    await card(page, focus).focus();
    await page.keyboard.press('0');
    const offsets = async (from: typeof page): Promise<readonly (readonly [string, number])[]> => {
      const middle = await middleOf(from, focus);
      return Promise.all((await cards(from)).map(async (id) => [id, (await middleOf(from, id)).x - middle.x] as const));
    };
    const expected = (await offsets(still)).toSorted();
    await soon(async () => (await offsets(page)).toSorted(), expected);
  });

  it('a focus that goes is told, and comes back when it does', async () => {
    const graph = paymentsLineage();
    const { page, change } = await open(graph, { focus });
    await change(without(graph, focus));
    await page.getByRole('heading', { name: `"${focus}" is not in the workspace` }).waitFor();
    await change(graph);
    await card(page, focus).waitFor();
  });

  it('a change of another graph makes the view ask again', async () => {
    const { page, tell } = await open(paymentsLineage(), { focus });
    await tell('changed', {
      since: 7,
      revision: 8,
      change: { nodes: [nodeOf('source', 'alien')], removedNodes: [], edges: [], removedEdges: [] },
    });
    await card(page, focus).waitFor();
    expect(await page.locator('.facts .fact').textContent()).toBe('8 of 13');
  });
});

describe('the cursor of the editor', () => {
  it('is followed, unless the user does not want it', async () => {
    const { page, tell, asked } = await open(paymentsLineage(), { focus });
    await tell('focus', { id: 'churn.v1', asked: false });
    await soon(() => page.locator('.focus-name').textContent(), 'churn.v1');
    await page.getByRole('button', { name: 'Follow the Cursor' }).click();
    await soon(() => Promise.resolve(asked.map(([name]) => name)), ['setSettings']);
    await tell('focus', { id: focus, asked: false });
    await tell('focus', { id: 'left_us.v1', asked: true });
    await soon(() => page.locator('.focus-name').textContent(), 'left_us.v1');
  });

  it('that comes to what was opened from here moves nothing', async () => {
    const { page, tell } = await open(paymentsLineage(), { focus });
    await card(page, 'average_payment.v1').click();
    await tell('focus', { id: 'average_payment.v1', asked: false });
    await tell('focus', { id: 'churn.v1', asked: false });
    await soon(() => page.locator('.focus-name').textContent(), 'churn.v1');
  });
});

describe('what the user has chosen', () => {
  it('is told to the host, and stays over a reload', async () => {
    const first = await open(paymentsLineage(), { focus, settings: { followCursor: false } });
    await first.page.getByLabel('Steps upstream').selectOption('all');
    await first.page.getByLabel('Steps downstream').selectOption('0');
    await first.page.getByRole('button', { name: 'Kinds of Resources' }).click();
    await first.page.getByRole('checkbox', { name: 'provider' }).uncheck();
    await first.page.keyboard.press('Escape');
    await first.page.getByRole('button', { name: 'Layers Downwards' }).click();
    const shown = ['customer_totals.v1', 'customers.raw', 'exchange_rates.daily', 'payments.raw', 'payments_in_euros.v2'];
    await soon(async () => (await cards(first.page)).toSorted(), shown);
    await card(first.page, 'payments.raw').focus();
    const zoomBefore = await zoomText(first.page);
    await first.page.keyboard.press('+');
    await soon(async () => (await zoomText(first.page)) !== zoomBefore, true);
    const zoom = await zoomText(first.page);
    const settings = { upstream: 'all', downstream: 0, direction: 'down', followCursor: false };
    await soon(() => Promise.resolve(first.asked.at(-1)), ['setSettings', settings]);
    await soon(async () => (await first.state()).settings, settings);
    await soon(async () => (await first.state()).active, 'payments.raw');
    const place = await middleOf(first.page, 'payments.raw');
    await soon(async () => Math.round(((await first.state()).view?.scale ?? 0) * 100), Number.parseInt(zoom ?? '', 10));

    const again = await open(paymentsLineage(), { focus: 'churn.v1', state: await first.state() });
    await soon(async () => (await cards(again.page)).toSorted(), shown);
    expect(await zoomText(again.page)).toBe(zoom);
    expect(await middleOf(again.page, 'payments.raw')).toEqual(place);
    expect(await again.page.locator('.card[tabindex="0"]').getAttribute('data-id')).toBe('payments.raw');
    expect(await again.page.getByRole('button', { name: 'Kinds of Resources, 1 hidden' }).count()).toBe(1);
  });

  it('in another view is taken over', async () => {
    const { page, tell } = await open(paymentsLineage(), { focus });
    await tell('settings', { upstream: 0, downstream: 0, direction: 'right', followCursor: false });
    await soon(() => cards(page), [focus]);
  });
});

describe('the list', () => {
  it('is a tree that says what each resource is, by arrows', async () => {
    const { page, asked } = await open(paymentsLineage(), { focus, state: { form: 'list' } });
    const tree = page.getByRole('tree', { name: `Lineage of ${focus}` });
    const lines = (): Promise<readonly string[]> =>
      tree.getByRole('treeitem').evaluateAll((items) => items.map((item) => `${item.ariaLevel ?? ''} ${item.textContent}`));
    expect(await lines()).toEqual([
      '1 customer_totals.v1 SQL transformation, last run succeeded, fed by 2, feeds 1',
      '2 Upstream 2',
      '3 payments_in_euros.v2 SQL transformation, 1 warning, last run failed, fed by 2, feeds 2',
      '3 customers.raw source, fed by 1, feeds 2',
      '2 Downstream 1',
      '3 average_payment.v1 feature, 2 errors, 1 warning, fed by 2, feeds 1',
    ]);
    await tree.getByRole('treeitem').first().focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    const label = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.textContent);
    expect(await label()).toBe('exchange_rates.daily source, not defined, 1 error, feeds 1');
    await page.keyboard.press('Enter');
    await soon(() => Promise.resolve(asked), [['openDefinition', { id: 'exchange_rates.daily', beside: false, keepFocus: false }]]);
    await page.keyboard.press('ArrowLeft');
    expect(await label()).toContain('payments_in_euros.v2');
    await page.keyboard.press('ArrowLeft');
    expect((await lines()).length).toBe(6);
    await page.keyboard.press('End');
    await page.keyboard.press('f');
    await page.getByRole('tree', { name: 'Lineage of average_payment.v1' }).waitFor();
    await soon(label, 'average_payment.v1 feature, 2 errors, 1 warning, fed by 2, feeds 1');
  });

  it('of definitions that feed each other ends', async () => {
    const graph = {
      nodes: [nodeOf('sql-transformation', 'a'), nodeOf('sql-transformation', 'b')],
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ],
    };
    const { page } = await open(graph, { focus: 'a', state: { form: 'list' } });
    await page.getByRole('treeitem', { name: /^b / }).first().click();
    await page.keyboard.press('ArrowRight');
    const last = page.getByRole('treeitem', { name: /shown above/ });
    expect(await last.textContent()).toBe('a SQL transformation, fed by 1, feeds 1, shown above: they feed each other');
    expect(await last.getAttribute('aria-expanded')).toBeNull();
  });
});

describe('with nothing to show', () => {
  it('the page says why, and what to do about it', async () => {
    const { page: empty } = await open({ nodes: [], edges: [] });
    await empty.getByRole('heading', { name: 'No resources' }).waitFor();
    const { page: gone } = await open(paymentsLineage(), { focus: 'source:gone.v1' });
    await gone.getByRole('heading', { name: '"gone.v1" is not in the workspace' }).waitFor();
    await gone.getByRole('button', { name: 'Show the Whole Graph' }).click();
    await soon(async () => (await cards(gone)).length, 13);
    const { page: hidden } = await open({ nodes: [nodeOf('feature', 'f.v1')], edges: [] }, { state: { hiddenKinds: ['feature'] } });
    await hidden.getByText('The filter hides all 1 resource.').waitFor();
    await hidden.getByRole('button', { name: 'Show All Kinds' }).click();
    await card(hidden, 'f.v1').waitFor();
  });

  it('because the host has nothing, it offers to try again', async () => {
    let refused = 0;
    const { page, tell } = await open(paymentsLineage(), {
      override: {
        open: () => {
          refused++;
          if (refused === 1) return Promise.reject(new Error('The language server is not running.'));
          return Promise.resolve({
            revision: 1,
            graph: paymentsLineage(),
            focus,
            settings: { upstream: 0, downstream: 0, direction: 'right', followCursor: true },
          });
        },
      },
    });
    expect(await page.getByRole('alert').innerText()).toContain('The language server is not running.');
    await page.getByRole('button', { name: 'Try Again' }).click();
    await soon(() => cards(page), [focus]);
    await tell('lost', { reason: 'The language server has stopped.' });
    await page.getByText('The language server has stopped.').waitFor();
  });

  it('says what went wrong when the host cannot do something', async () => {
    const { page } = await open(paymentsLineage(), {
      focus,
      override: { run: () => Promise.reject(new Error('This workspace is not trusted.')) },
    });
    await card(page, focus).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Run' }).click();
    await soon(() => page.locator('.news').textContent(), 'This workspace is not trusted.');
  });
});

describe('the drawing as a file', () => {
  it('is SVG, PNG or text for Mermaid', async () => {
    const { page, asked } = await open(paymentsLineage(), { focus });
    for (const name of ['SVG…', 'PNG…', 'Mermaid…']) {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name, exact: true }).click();
      await soon(() => page.locator('.news').textContent(), 'Exported to drawing.');
      await page.locator('.news').evaluate((news) => (news.textContent = ''));
    }
    const files = asked.map(([, params]) => params as LineageExport);
    expect(files.map(({ format, name }) => `${format} ${name}`)).toEqual([`svg ${focus}`, `png ${focus}`, `mermaid ${focus}`]);
    const [svg = '', png = '', mermaid = ''] = files.map(({ content }) => content);
    expect(svg).toContain('<title id="title">Lineage of customer_totals.v1</title>');
    expect(svg).toContain('fill="#1f1f1f"');
    // Chromium itself reads the file, as a picture and as XML.
    const size = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return [parsed.querySelector('parsererror')?.textContent, parsed.documentElement.getAttribute('width')];
    }, svg);
    const bytes = Buffer.from(png, 'base64');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect([size[0], bytes.readUInt32BE(16)]).toEqual([undefined, 2 * Number(size[1])]);
    expect(mermaid).toMatch(/^flowchart LR\n {2}n0\[\("spark"\)\]\n/);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Copy as Mermaid' }).click();
    await soon(() => Promise.resolve(asked.at(-1)), ['copyText', { text: mermaid }]);
  });
});

describe('in every theme', () => {
  it.each(['dark', 'light', 'highContrast'] as const)('axe finds nothing in any state: %s', async (theme) => {
    const columns = [
      { name: 'id', type: 'bigint' },
      { name: 'amount', type: 'decimal(10,2)' },
    ];
    const graph = paymentsLineage();
    const withColumns = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, columns })) };
    const states = [
      ['small', graph, { focus }],
      ['columns', withColumns, { focus, state: { columns: true } }],
      ['down', graph, { settings: { direction: 'down' } }],
      ['list', graph, { focus, state: { form: 'list' } }],
      ['lost', graph, { focus: 'gone.v1' }],
      ['flights', await exampleLineage('flights'), {}],
      ['company', companyLineage(companyGraph(200, 1)), {}],
      ['narrow', graph, { focus, width: 300, height: 520 }],
    ] as const;
    for (const [name, shown, options] of states) {
      const { page } = await open(shown, { theme, ...options });
      expect([name, await accessibilityProblems(page)]).toEqual([name, []]);
      await page.screenshot({ path: join(lineagePictures, `${name}-${theme}.png`) });
    }
    const { page } = await open(graph, { theme, focus });
    await card(page, 'customers.raw').hover();
    await page.keyboard.press('Tab');
    await page.getByRole('combobox', { name: 'Find a resource' }).fill('pay');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.screenshot({ path: join(lineagePictures, `search-${theme}.png`) });
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Kinds of Resources' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.screenshot({ path: join(lineagePictures, `kinds-${theme}.png`) });
    await page.keyboard.press('Escape');
    await card(page, focus).click({ button: 'right' });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.screenshot({ path: join(lineagePictures, `menu-${theme}.png`) });
  });
});
