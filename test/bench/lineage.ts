// The layout of lineages: time by size, and what the steps of the layout are worth. The base is the same layout in the order of a
// depth-first search, without any reduction of crossings.

import { defaultLayoutOptions, type LayoutGraph } from '../../shared/lineage/graphLayout';
import { assignLayers } from '../../shared/lineage/layout/assignLayers';
import { findBackEdges } from '../../shared/lineage/layout/breakCycles';
import { buildLayeredGraph } from '../../shared/lineage/layout/layeredGraph';
import { orderLayers } from '../../shared/lineage/layout/orderLayers';
import { layoutGraph } from '../../shared/lineage/layoutGraph';
import { companyGraph, sizesOf } from '../lineage/sampleGraphs';
import type { Row } from './table';

const rounds = 5;

/** Milliseconds are the best of several. */
export function measureLineage(sizes: readonly number[]): readonly Row[] {
  return sizes.map((size) => {
    const graph = companyGraph(size, 1);
    const layout = layoutGraph(graph, sizesOf(graph), defaultLayoutOptions);
    const before = layoutGraph(withoutOne(graph), sizesOf(graph), defaultLayoutOptions);
    return {
      nodes: graph.nodes.length,
      edges: graph.edges.length,
      'layout, ms': best(() => layoutGraph(graph, sizesOf(graph), defaultLayoutOptions)),
      'after an edit, ms': best(() => layoutGraph(graph, sizesOf(graph), defaultLayoutOptions, before)),
      crossings: layout.crossings,
      'without reduction': unreducedCrossings(graph),
    };
  });
}

function best(work: () => unknown): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    work();
    least = Math.min(least, performance.now() - began);
  }
  return Math.round(least);
}

function withoutOne({ nodes, edges }: LayoutGraph): LayoutGraph {
  const gone = nodes[Math.floor(nodes.length / 2)]?.id;
  return { nodes: nodes.filter(({ id }) => id !== gone), edges: edges.filter(({ from, to }) => from !== gone && to !== gone) };
}

/** In the order of the first search, all parts as one graph: what connects them costs no crossing. */
function unreducedCrossings({ nodes, edges }: LayoutGraph): number {
  const numbers = new Map(nodes.map(({ id }, index) => [id, index]));
  const numbered = edges.map(({ from, to }) => ({ from: numbers.get(from) ?? 0, to: numbers.get(to) ?? 0 }));
  const back = findBackEdges({ size: nodes.length, edges: numbered });
  const forward = numbered.filter((_, index) => !back.has(index));
  const parts = connectedParts(nodes.length, forward);
  return parts
    .map((part) => {
      const place = new Map(part.map((node, index) => [node, index]));
      const own = forward.flatMap(({ from, to }) => {
        const [a, b] = [place.get(from), place.get(to)];
        return a === undefined || b === undefined ? [] : [{ from: a, to: b, fromOffset: 0, toOffset: 0, trunk: String(a) }];
      });
      const graph = buildLayeredGraph(assignLayers({ size: part.length, edges: own }), own);
      return orderLayers(graph, { starts: 1, trial: 0, patience: 0 }).crossings;
    })
    .reduce((a, b) => a + b, 0);
}

function connectedParts(size: number, edges: readonly { readonly from: number; readonly to: number }[]): readonly (readonly number[])[] {
  const near: number[][] = Array.from({ length: size }, () => []);
  for (const { from, to } of edges) {
    near[from]?.push(to);
    near[to]?.push(from);
  }
  const seen = new Uint8Array(size);
  const parts: number[][] = [];
  for (let start = 0; start < size; start++) {
    if (seen[start] === 1) continue;
    const part = [start];
    seen[start] = 1;
    // The list grows while it is read.
    for (const node of part) {
      for (const next of near[node] ?? []) {
        if (seen[next] === 1) continue;
        seen[next] = 1;
        part.push(next);
      }
    }
    parts.push(part);
  }
  return parts;
}
