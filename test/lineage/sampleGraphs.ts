// Graphs to lay out: made of pairs, at random from a seed, and as a company's lineage is.

import type { LayoutGraph, LayoutSize } from '../../shared/lineage/graphLayout';

/** `graphOf('a>b', 'b>c', 'd')`: edges, and nodes by themselves; nodes in the order in which they are named. */
export function graphOf(...parts: readonly string[]): LayoutGraph {
  const edges = parts.flatMap((part) => {
    const [from, to] = part.split('>');
    return from !== undefined && to !== undefined ? [{ from, to }] : [];
  });
  const ids = new Set(parts.flatMap((part) => part.split('>')));
  return { nodes: [...ids].map((id) => ({ id })), edges };
}

export function sizesOf({ nodes }: LayoutGraph, size: LayoutSize = { width: 180, height: 48 }): ReadonlyMap<string, LayoutSize> {
  return new Map(nodes.map(({ id }) => [id, size]));
}

/** Sizes that differ from node to node. */
export function unevenSizes({ nodes }: LayoutGraph): ReadonlyMap<string, LayoutSize> {
  return new Map(nodes.map(({ id }, index) => [id, { width: 80 + ((index * 37) % 120), height: 24 + ((index * 53) % 90) }]));
}

/** Numbers from zero up to one; the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Any edges, cycles, loops and several parts among them. */
export function randomGraph(nodes: number, edges: number, seed: number): LayoutGraph {
  const random = randomNumbers(seed);
  const pick = (): string => `n${Math.floor(random() * nodes)}`;
  const found = new Map<string, { readonly from: string; readonly to: string }>();
  for (let index = 0; index < edges; index++) {
    const edge = { from: pick(), to: pick() };
    found.set(`${edge.from} ${edge.to}`, edge);
  }
  return { nodes: Array.from({ length: nodes }, (_, index) => ({ id: `n${index}` })), edges: [...found.values()] };
}

/** The share of a company's definitions in each step from its sources to its training sets. */
const stepShares = [0.14, 0.2, 0.18, 0.13, 0.1, 0.09, 0.08, 0.05, 0.03];

/**
 * As definitions of a company: steps from sources to training sets, about two inputs each, most of them from the same subject
 * and the step before, some from far away.
 */
export function companyGraph(count: number, seed: number): LayoutGraph {
  const random = randomNumbers(seed);
  const steps: string[][] = [];
  const edges = new Map<string, { readonly from: string; readonly to: string }>();
  for (const [step, share] of stepShares.entries()) {
    const size = Math.max(1, Math.round(count * share));
    const nodes = Array.from({ length: size }, (_, index) => `s${step}_${index}`);
    for (const [index, to] of step === 0 ? [] : nodes.entries()) {
      const inputs = 1 + Math.floor(random() * random() * 8);
      for (let input = 0; input < inputs; input++) {
        const row = steps[input === 0 || random() < 0.6 ? step - 1 : Math.floor(random() * step)] ?? [];
        const near = (index / size) * row.length + (random() - 0.5) * (random() < 0.95 ? 6 : row.length);
        const from = row[Math.max(0, Math.min(row.length - 1, Math.floor(near)))];
        if (from !== undefined) edges.set(`${from} ${to}`, { from, to });
      }
    }
    steps.push(nodes);
  }
  return { nodes: steps.flat().map((id) => ({ id })), edges: [...edges.values()] };
}

/** Rooted trees can be drawn without a crossing. */
export function randomTree(count: number, seed: number): LayoutGraph {
  const random = randomNumbers(seed);
  const edges = Array.from({ length: count - 1 }, (_, index) => ({ from: `n${Math.floor(random() * (index + 1))}`, to: `n${index + 1}` }));
  return { nodes: Array.from({ length: count }, (_, index) => ({ id: `n${index}` })), edges };
}
