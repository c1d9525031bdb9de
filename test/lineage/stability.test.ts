// A drawing that changes little when its graph does.

import { describe, expect, it } from 'vitest';
import { defaultLayoutOptions, type GraphLayout, type LayoutGraph } from '../../shared/lineage/graphLayout';
import { layoutGraph } from '../../shared/lineage/layoutGraph';
import { companyGraph, graphOf, sizesOf } from './sampleGraphs';

function lay(graph: LayoutGraph, previous?: GraphLayout): GraphLayout {
  return layoutGraph(graph, sizesOf(graph), defaultLayoutOptions, previous);
}

/** The share of pairs that stand one above the other, in one layer of both drawings, in the same order. */
function keptOrder(before: GraphLayout, after: GraphLayout): number {
  const layers = new Map<number, { readonly was: number; readonly is: number }[]>();
  const known = new Map(before.nodes.map((node) => [node.id, node]));
  for (const { id, x, y } of after.nodes) {
    const was = known.get(id);
    if (was) layers.set(x, [...(layers.get(x) ?? []), { was: was.y, is: y }]);
  }
  let [kept, all] = [0, 0];
  for (const nodes of layers.values()) {
    for (const [index, a] of nodes.entries()) {
      for (const b of nodes.slice(index + 1)) {
        all++;
        if ((a.was - b.was) * (a.is - b.is) > 0) kept++;
      }
    }
  }
  return kept / all;
}

function without({ nodes, edges }: LayoutGraph, id: string): LayoutGraph {
  return { nodes: nodes.filter((node) => node.id !== id), edges: edges.filter(({ from, to }) => from !== id && to !== id) };
}

describe('an earlier drawing', () => {
  it('stays as it is when nothing has changed', () => {
    for (let seed = 0; seed < 5; seed++) {
      const graph = companyGraph(80, seed);
      const before = lay(graph);
      const after = lay(graph, before);
      expect(keptOrder(before, after)).toBe(1);
      expect(after.crossings).toBeLessThanOrEqual(before.crossings * 1.15 + 4);
    }
  });

  it('keeps the order of nearly all nodes when one is added', () => {
    const shares = Array.from({ length: 10 }, (_, seed) => {
      const graph = companyGraph(120, seed);
      const added = graph.nodes[(seed * 37) % graph.nodes.length]?.id ?? '';
      const before = lay(without(graph, added));
      const after = lay(graph, before);
      expect(after.crossings).toBeLessThanOrEqual(lay(graph).crossings * 1.15 + 4);
      return keptOrder(before, after);
    });
    expect(Math.min(...shares)).toBeGreaterThan(0.9);
    expect(shares.reduce((a, b) => a + b) / shares.length).toBeGreaterThan(0.98);
  });

  it('keeps the order of all nodes when one goes', () => {
    for (let seed = 0; seed < 5; seed++) {
      const graph = companyGraph(120, seed);
      const before = lay(graph);
      const after = lay(without(graph, graph.nodes[60]?.id ?? ''), before);
      expect(keptOrder(before, after)).toBeGreaterThan(0.98);
    }
  });

  it('is given up where it would cost too much', () => {
    // The order of the lower row is now the reverse of the upper one.
    const before = lay(
      graphOf(
        ...Array.from({ length: 12 }, (_, index) => `a${index}>b${index}`),
        ...Array.from({ length: 11 }, (_, index) => `a${index}>b${index + 1}`),
      ),
    );
    const turned = graphOf(
      ...Array.from({ length: 12 }, (_, index) => `a${index}>b${11 - index}`),
      ...Array.from({ length: 11 }, (_, index) => `a${index}>b${10 - index}`),
    );
    expect(lay(turned, before).crossings).toBe(0);
  });

  it('lets parts that nothing connects keep their places, new ones behind them', () => {
    const before = lay(graphOf('a>b', 'c>d'));
    const after = lay(graphOf('x>y', 'y>z', 'a>b', 'c>d'), before);
    const top = (layout: GraphLayout, id: string): number => layout.nodes.find((node) => node.id === id)?.y ?? -1;
    expect(['a', 'c'].map((id) => top(after, id))).toEqual(['a', 'c'].map((id) => top(before, id)));
    expect(top(after, 'x')).toBeGreaterThan(top(after, 'c'));
  });

  it('of another direction is of no use', () => {
    const graph = companyGraph(60, 3);
    const across = layoutGraph(graph, sizesOf(graph), { ...defaultLayoutOptions, direction: 'down' });
    expect(lay(graph, across)).toEqual(lay(graph));
  });
});
