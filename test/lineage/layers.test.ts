// The steps of a layout against what trying everything finds, on graphs that are small enough for it.

import { describe, expect, it } from 'vitest';
import { assignLayers } from '../../shared/lineage/layout/assignLayers';
import { findBackEdges, type Digraph } from '../../shared/lineage/layout/breakCycles';
import { countCrossings } from '../../shared/lineage/layout/crossings';
import { buildLayeredGraph, type LayeredGraph } from '../../shared/lineage/layout/layeredGraph';
import { orderLayers } from '../../shared/lineage/layout/orderLayers';
import { randomNumbers } from './sampleGraphs';

const thorough = { starts: 16, trial: Number.POSITIVE_INFINITY, patience: 8 };

/** Connected, without cycles. */
function randomDag(size: number, more: number, seed: number): Digraph {
  const random = randomNumbers(seed);
  const edges = Array.from({ length: size - 1 }, (_, index) => ({ from: Math.floor(random() * (index + 1)), to: index + 1 }));
  for (let index = 0; index < more; index++) {
    const [a, b] = [Math.floor(random() * size), Math.floor(random() * size)];
    if (a !== b) edges.push({ from: Math.min(a, b), to: Math.max(a, b) });
  }
  return { size, edges };
}

describe('cycles', () => {
  it('are broken where a search comes back to its own path', () => {
    const edges = ['01', '12', '20', '23', '33'].map(([from, to]) => ({ from: Number(from), to: Number(to) }));
    expect([...findBackEdges({ size: 4, edges })].sort()).toEqual([2, 4]);
  });

  it('are all broken, in any graph', () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = randomNumbers(seed);
      const edges = Array.from({ length: 30 }, () => ({ from: Math.floor(random() * 12), to: Math.floor(random() * 12) }));
      const back = findBackEdges({ size: 12, edges });
      const left = edges.filter((_, index) => !back.has(index));
      expect(findBackEdges({ size: 12, edges: left }).size).toBe(0);
    }
  });

  it('of a thousand definitions are no deeper than the stack', () => {
    const edges = Array.from({ length: 20_000 }, (_, index) => ({ from: index, to: (index + 1) % 20_000 }));
    expect([...findBackEdges({ size: 20_000, edges })]).toEqual([19_999]);
  });
});

describe('layers', () => {
  const lengthOf = ({ edges }: Digraph, layers: ArrayLike<number>): number =>
    edges.reduce((sum, { from, to }) => sum + (layers[to] ?? 0) - (layers[from] ?? 0), 0);

  /** The least sum of lengths of all assignments within so many layers. */
  function shortest(graph: Digraph, depth: number): number {
    const layers = new Array<number>(graph.size).fill(0);
    let best = Number.POSITIVE_INFINITY;
    const assign = (node: number): void => {
      if (node === graph.size) {
        best = Math.min(best, lengthOf(graph, layers));
        return;
      }
      for (let layer = 0; layer < depth; layer++) {
        layers[node] = layer;
        if (graph.edges.every(({ from, to }) => to !== node || (layers[from] ?? 0) < layer)) assign(node + 1);
      }
    };
    assign(0);
    return best;
  }

  it('make all edges together as short as they can be', () => {
    for (let seed = 0; seed < 60; seed++) {
      const graph = randomDag(7, seed % 8, seed);
      const layers = assignLayers(graph);
      expect(graph.edges.filter(({ from, to }) => (layers[to] ?? 0) <= (layers[from] ?? 0))).toEqual([]);
      expect([seed, lengthOf(graph, layers)]).toEqual([seed, shortest(graph, 7)]);
      expect(Math.min(...layers)).toBe(0);
    }
  });

  it('put a source before what it feeds, not before everything', () => {
    const edges = ['01', '12', '23', '43'].map(([from, to]) => ({ from: Number(from), to: Number(to) }));
    expect([...assignLayers({ size: 5, edges })]).toEqual([0, 1, 2, 3, 2]);
  });
});

describe('crossings', () => {
  /** Three layers with edges between neighbours. */
  function randomLayers(seed: number): LayeredGraph {
    const random = randomNumbers(seed);
    const sizes = [4, 4, 4];
    const layers = Int32Array.from(sizes.flatMap((size, layer) => Array.from({ length: size }, () => layer)));
    const edges = Array.from({ length: 14 }, () => {
      const layer = Math.floor(random() * 2);
      return { from: layer * 4 + Math.floor(random() * 4), to: (layer + 1) * 4 + Math.floor(random() * 4) };
    });
    const different = [...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values()];
    return buildLayeredGraph(
      layers,
      different.map((edge) => ({ ...edge, fromOffset: 0, toOffset: 0, trunk: String(edge.from) })),
    );
  }

  function countByPairs(graph: LayeredGraph, order: readonly (readonly number[])[]): number {
    const place = new Map(order.flatMap((layer) => layer.map((node, at) => [node, at] as const)));
    const lines = graph.down.flat().map(({ from, to }) => ({ layer: graph.layerOf[from], a: place.get(from) ?? 0, b: place.get(to) ?? 0 }));
    return lines.reduce(
      (sum, one, index) =>
        sum + lines.slice(index + 1).filter((other) => one.layer === other.layer && (one.a - other.a) * (one.b - other.b) < 0).length,
      0,
    );
  }

  function permutations(items: readonly number[]): readonly (readonly number[])[] {
    if (items.length < 2) return [items];
    return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
  }

  it('are counted as comparing all pairs does', () => {
    for (let seed = 0; seed < 40; seed++) {
      const graph = randomLayers(seed);
      const order = [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9, 10, 11],
      ];
      expect(countCrossings(graph, order)).toBe(countByPairs(graph, order));
    }
  });

  it('are as few as in the best of all orders', () => {
    const first = permutations([0, 1, 2, 3]);
    const second = permutations([4, 5, 6, 7]);
    const third = permutations([8, 9, 10, 11]);
    for (let seed = 0; seed < 12; seed++) {
      const graph = randomLayers(seed);
      let least = Number.POSITIVE_INFINITY;
      for (const middle of second) {
        // The outer layers do not meet: each is best by itself.
        const upper = Math.min(...first.map((one) => countCrossings(graph, [one, middle])));
        const lower = Math.min(...third.map((one) => countCrossings(graph, [[], middle, one])));
        least = Math.min(least, upper + lower);
      }
      expect([seed, orderLayers(graph, thorough).crossings]).toEqual([seed, least]);
    }
  });

  it('of the columns of nodes are those of their places', () => {
    const edges = [
      { from: 0, to: 1, fromOffset: -10, toOffset: 10, trunk: 'a' },
      { from: 0, to: 1, fromOffset: 10, toOffset: -10, trunk: 'b' },
    ];
    expect(countCrossings(buildLayeredGraph(Int32Array.of(0, 1), edges), [[0], [1]])).toBe(1);
  });
});
