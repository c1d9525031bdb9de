// Lineages as the view gets them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ResourceLineage } from '../../shared/lineage/resourceLineage';
import type { LastRun, LineageGraph, LineageKind, LineageNode } from '../../shared/lineage/lineageGraph';
import { generateWorkspace } from '../support/generatedWorkspace';
import { openFixture } from '../support/workspaceFixture';
import type { LayoutGraph } from '../../shared/lineage/graphLayout';

type NodeFacts = Partial<Omit<LineageNode, 'id' | 'kind' | 'name'>>;

/** A node that is defined somewhere: `nodeOf('feature', 'average.v1', { errors: 2 })`. */
export function nodeOf(kind: LineageKind, id: string, facts: NodeFacts = {}): LineageNode {
  const [name = '', variant] = id.split('.');
  const place = { uri: 'file:///workspace/definitions.py', range: { start: { line: 1, character: 0 }, end: { line: 1, character: 4 } } };
  const runnable = kind === 'sql-transformation' || kind === 'dataframe-transformation';
  return { id, kind, name, ...(variant !== undefined && { variant }), errors: 0, warnings: 0, definition: place, runnable, ...facts };
}

const succeeded: LastRun = { state: 'succeeded' };

/** Payments of customers, from their files to what a model learns from: every kind, problems, runs, and something undefined. */
export function paymentsLineage(): LineageGraph {
  const missing = nodeOf('source', 'exchange_rates.daily', { errors: 1 });
  const undefinedSource: LineageNode = {
    id: missing.id,
    kind: missing.kind,
    name: missing.name,
    variant: 'daily',
    errors: 1,
    warnings: 0,
    runnable: false,
  };
  return {
    nodes: [
      nodeOf('provider', 'spark'),
      nodeOf('source', 'payments.raw', { provider: 'spark', previewable: true, description: 'As delivered.' }),
      nodeOf('source', 'customers.raw', { provider: 'spark' }),
      undefinedSource,
      nodeOf('sql-transformation', 'payments_in_euros.v2', {
        provider: 'spark',
        warnings: 1,
        lastRun: { state: 'failed', message: 'no such column' },
      }),
      nodeOf('dataframe-transformation', 'daily_payments.v1', { provider: 'spark', lastRun: { state: 'running' } }),
      nodeOf('sql-transformation', 'customer_totals.v1', { provider: 'spark', lastRun: succeeded }),
      nodeOf('entity', 'customer'),
      nodeOf('feature', 'average_payment.v1', { errors: 2, warnings: 1 }),
      nodeOf('feature', 'payments_per_day.v1'),
      nodeOf('label', 'left_us.v1'),
      nodeOf('training-set', 'churn.v1'),
      nodeOf('model', 'churn_model'),
    ],
    edges: [
      ['spark', 'payments.raw'],
      ['spark', 'customers.raw'],
      ['payments.raw', 'payments_in_euros.v2'],
      ['exchange_rates.daily', 'payments_in_euros.v2'],
      ['payments_in_euros.v2', 'daily_payments.v1'],
      ['payments_in_euros.v2', 'customer_totals.v1'],
      ['customers.raw', 'customer_totals.v1'],
      ['customer_totals.v1', 'average_payment.v1'],
      ['daily_payments.v1', 'payments_per_day.v1'],
      ['customers.raw', 'left_us.v1'],
      ['customer', 'average_payment.v1'],
      ['customer', 'payments_per_day.v1'],
      ['customer', 'left_us.v1'],
      ['average_payment.v1', 'churn.v1'],
      ['payments_per_day.v1', 'churn.v1'],
      ['left_us.v1', 'churn.v1'],
      ['churn.v1', 'churn_model'],
    ].map(([from = '', to = '']) => ({ from, to })),
  };
}

/** What the core reads in a folder of `examples`. */
export async function exampleLineage(name: string): Promise<LineageGraph> {
  const folder = join(import.meta.dirname, '..', '..', 'examples', name);
  const files = readdirSync(folder).filter((file) => file.endsWith('.py') || file === 'sparkform.json');
  const texts = files.map((file) => `--- ${file}\n${readFileSync(join(folder, file), 'utf8')}`);
  const { service } = await openFixture(`\n${texts.join('\n')}`);
  return new ResourceLineage().graphOf(service.resources().resources);
}

const stepKinds: readonly LineageKind[] = [
  'source',
  'sql-transformation',
  'sql-transformation',
  'dataframe-transformation',
  'sql-transformation',
  'dataframe-transformation',
  'feature',
  'label',
  'training-set',
];

/** A graph of `companyGraph` with kinds, some problems and some runs. */
export function companyLineage({ nodes, edges }: LayoutGraph): LineageGraph {
  return {
    nodes: nodes.map(({ id }, index) =>
      nodeOf(stepKinds[Number(id.slice(1, 2))] ?? 'source', `${id}.v1`, {
        ...(index % 41 === 7 && { errors: 1 + (index % 3) }),
        ...(index % 29 === 3 && { warnings: 1 }),
        ...(index % 5 === 0 && { lastRun: succeeded }),
      }),
    ),
    edges: edges.map(({ from, to }) => ({ from: `${from}.v1`, to: `${to}.v1` })),
  };
}

/** The lineage of the workspace that `generateWorkspace` makes, as the core reads it. */
export async function generatedLineage(count: number): Promise<LineageGraph> {
  const files = generateWorkspace(count).map(({ name, text }) => `--- ${name}\n${text}`);
  const { service } = await openFixture(`\n${files.join('\n')}`);
  return new ResourceLineage().graphOf(service.resources().resources);
}
