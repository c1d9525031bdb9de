// Which part of a lineage is shown, and finding a node in it.

import { describe, expect, it } from 'vitest';
import { applyChange, diffGraphs, isEmptyChange, type LineageGraph, type LineageKind } from '../../shared/lineage/lineageGraph';
import { neighbourhood, type NeighbourhoodOptions } from '../../shared/lineage/neighbourhood';
import { spokenNode } from '../../shared/lineage/nodeText';
import { searchNodes } from '../../shared/lineage/searchNodes';
import { nodeOf, paymentsLineage } from './sampleLineages';

const options: NeighbourhoodOptions = {
  focus: 'customer_totals.v1',
  upstream: 1,
  downstream: 1,
  hiddenKinds: new Set(),
  expandedUpstream: new Set(),
  expandedDownstream: new Set(),
};

/** The ids, and each edge as `from > to`, with a question mark where it is indirect. */
function outline(graph: LineageGraph, change: Partial<NeighbourhoodOptions> = {}) {
  const { graph: shown, moreInputs, moreOutputs } = neighbourhood(graph, { ...options, ...change });
  return {
    nodes: shown.nodes.map(({ id }) => id),
    edges: shown.edges.map(({ from, to, indirect }) => `${from} ${indirect ? '?' : ''}> ${to}`),
    more: [...[...moreInputs].map(([id, count]) => `${count} > ${id}`), ...[...moreOutputs].map(([id, count]) => `${id} > ${count}`)],
  };
}

describe('the neighbourhood of a node', () => {
  it('reaches as many steps as asked for, and counts what is left out', () => {
    expect(outline(paymentsLineage())).toEqual({
      nodes: ['customers.raw', 'payments_in_euros.v2', 'customer_totals.v1', 'average_payment.v1'],
      edges: ['payments_in_euros.v2 > customer_totals.v1', 'customers.raw > customer_totals.v1', 'customer_totals.v1 > average_payment.v1'],
      more: [
        '2 > payments_in_euros.v2',
        '1 > customers.raw',
        '1 > average_payment.v1',
        'payments_in_euros.v2 > 1',
        'customers.raw > 1',
        'average_payment.v1 > 1',
      ],
    });
  });

  it('may be one-sided, or have no end', () => {
    expect(outline(paymentsLineage(), { upstream: 0, downstream: 'all' }).nodes).toEqual([
      'customer_totals.v1',
      'average_payment.v1',
      'churn.v1',
      'churn_model',
    ]);
    expect(outline(paymentsLineage(), { upstream: 0, downstream: 0 }).nodes).toEqual(['customer_totals.v1']);
  });

  it('shows more of one node when it is opened', () => {
    const opened = outline(paymentsLineage(), { expandedUpstream: new Set(['payments_in_euros.v2']) });
    expect(opened.nodes).toContain('exchange_rates.daily');
    expect(opened.more).not.toContain('2 > payments_in_euros.v2');
    // What is opened further out shows once it is there itself.
    expect(outline(paymentsLineage(), { expandedUpstream: new Set(['payments.raw']) }).nodes).not.toContain('spark');
  });

  it('goes round a cycle once', () => {
    const cycle: LineageGraph = {
      nodes: ['a', 'b', 'c'].map((id) => nodeOf('sql-transformation', id)),
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
        { from: 'c', to: 'a' },
        { from: 'a', to: 'a' },
      ],
    };
    expect(outline(cycle, { focus: 'a', upstream: 'all', downstream: 'all' })).toEqual({
      nodes: ['a', 'b', 'c'],
      edges: ['a > b', 'b > c', 'c > a', 'a > a'],
      more: [],
    });
  });

  it('of what is not there is empty', () => {
    expect(outline(paymentsLineage(), { focus: 'gone' })).toEqual({ nodes: [], edges: [], more: [] });
  });

  it('is the whole graph without a focus', () => {
    const graph = paymentsLineage();
    expect(neighbourhood(graph, { ...options, focus: undefined }).graph).toBe(graph);
  });
});

describe('hidden kinds', () => {
  const hide = (...kinds: readonly LineageKind[]): Partial<NeighbourhoodOptions> => ({ hiddenKinds: new Set(kinds) });

  it('are left out, and what is between others becomes an indirect edge', () => {
    const shown = outline(paymentsLineage(), { ...hide('sql-transformation', 'dataframe-transformation'), focus: undefined });
    expect(shown.edges).toEqual(
      expect.arrayContaining([
        'payments.raw ?> average_payment.v1',
        'payments.raw ?> payments_per_day.v1',
        'customers.raw ?> average_payment.v1',
        'customers.raw > left_us.v1',
      ]),
    );
    expect(shown.nodes).not.toContain('customer_totals.v1');
  });

  it('take no step of the depth, and are not counted', () => {
    const shown = outline(paymentsLineage(), { ...hide('feature', 'provider'), downstream: 1 });
    expect(shown.nodes).toEqual(['customers.raw', 'payments_in_euros.v2', 'customer_totals.v1', 'churn.v1']);
    expect(shown.edges).toContain('customer_totals.v1 ?> churn.v1');
    expect(shown.more).not.toContain('1 > customers.raw');
  });

  it('leave the focus', () => {
    expect(outline(paymentsLineage(), hide('sql-transformation')).nodes).toContain('customer_totals.v1');
  });
});

describe('a change of the graph', () => {
  it('leads from one to the other, with the same objects for what stays', () => {
    const before = paymentsLineage();
    const renamed = nodeOf('feature', 'median_payment.v1', { warnings: 1 });
    const after: LineageGraph = {
      nodes: [...structuredClone(before.nodes).filter(({ id }) => id !== 'average_payment.v1'), renamed],
      edges: [
        ...before.edges.filter(({ from, to }) => from !== 'average_payment.v1' && to !== 'average_payment.v1'),
        { from: 'customer', to: renamed.id },
      ],
    };
    const change = diffGraphs(before, after);
    expect(change.nodes).toEqual([renamed]);
    expect(change.removedNodes).toEqual(['average_payment.v1']);
    expect(change.removedEdges.map(({ from, to }) => `${from} > ${to}`)).toEqual([
      'customer_totals.v1 > average_payment.v1',
      'customer > average_payment.v1',
      'average_payment.v1 > churn.v1',
    ]);
    const applied = applyChange(before, change);
    expect(applied).toEqual(after);
    expect(applied.nodes[0]).toBe(before.nodes[0]);
    expect(isEmptyChange(diffGraphs(applied, after))).toBe(true);
  });
});

describe('finding', () => {
  const found = (text: string, limit = 10): readonly string[] => searchNodes(paymentsLineage(), text, limit).map(({ id }) => id);

  it('puts the name itself first, then what begins like it', () => {
    expect(found('customer')).toEqual(['customer', 'customers.raw', 'customer_totals.v1']);
    expect(found('PAYMENTS')).toEqual(['payments.raw', 'payments_in_euros.v2', 'payments_per_day.v1', 'daily_payments.v1']);
  });

  it('wants all words, in names, variants and providers', () => {
    expect(found('pay v1')).toEqual(['daily_payments.v1', 'average_payment.v1', 'payments_per_day.v1']);
    expect(found('spark totals')).toEqual(['customer_totals.v1']);
    expect(found('  ')).toEqual([]);
    expect(found('a', 2)).toHaveLength(2);
  });
});

it('a node is said in one sentence', () => {
  const node = nodeOf('sql-transformation', 'a.v1', { errors: 2, warnings: 1, lastRun: { state: 'failed' } });
  expect(spokenNode(node, 0, 3)).toBe('a.v1, SQL transformation, 2 errors, 1 warning, last run failed, fed by nothing, feeds 3');
  const { definition, ...missing } = nodeOf('source', 'b');
  expect(definition).toBeDefined();
  expect(spokenNode(missing, 1, 0)).toBe('b, source, not defined, fed by 1, feeds nothing');
});
