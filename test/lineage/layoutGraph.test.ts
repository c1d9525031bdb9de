// The layout of graphs: what is true of every drawing, whatever the graph, and how good it is.

import { describe, expect, it } from 'vitest';
import { defaultLayoutOptions, type GraphLayout, type LayoutGraph } from '../../shared/lineage/graphLayout';
import { layoutGraph } from '../../shared/lineage/layoutGraph';
import { drawingFaults } from './drawingFaults';
import { companyGraph, graphOf, randomGraph, randomTree, sizesOf, unevenSizes } from './sampleGraphs';
import { generatedLineage } from './sampleLineages';

const down = { ...defaultLayoutOptions, direction: 'down' } as const;

function lay(graph: LayoutGraph, previous?: GraphLayout): GraphLayout {
  return layoutGraph(graph, sizesOf(graph), defaultLayoutOptions, previous);
}

function outline({ nodes }: GraphLayout): readonly string[] {
  return nodes.map(({ id, x, y, layer }) => `${id} ${x},${y} ${layer}`);
}

describe('a drawing', () => {
  it('of nothing is empty', () => {
    expect(lay(graphOf())).toEqual({ direction: 'right', nodes: [], edges: [], width: 0, height: 0, crossings: 0 });
  });

  it('of a chain is a straight line', () => {
    const layout = lay(graphOf('a>b', 'b>c'));
    expect(outline(layout)).toEqual(['a 0,0 0', 'b 252,0 1', 'c 504,0 2']);
    expect(layout.edges).toEqual([
      {
        from: 'a',
        to: 'b',
        points: [
          { x: 180, y: 24 },
          { x: 252, y: 24 },
        ],
        back: false,
      },
      {
        from: 'b',
        to: 'c',
        points: [
          { x: 432, y: 24 },
          { x: 504, y: 24 },
        ],
        back: false,
      },
    ]);
    expect([layout.width, layout.height]).toEqual([684, 48]);
  });

  it('goes down where that is asked for', () => {
    const graph = graphOf('a>b', 'b>c');
    const layout = layoutGraph(graph, sizesOf(graph), down);
    expect(outline(layout)).toEqual(['a 0,0 0', 'b 0,120 1', 'c 0,240 2']);
    expect(layout.edges[0]?.points).toEqual([
      { x: 90, y: 48 },
      { x: 90, y: 120 },
    ]);
  });

  it('puts what feeds two in the middle of them', () => {
    expect(outline(lay(graphOf('a>b', 'a>c')))).toEqual(['a 0,32 0', 'b 252,0 1', 'c 252,64 1']);
  });

  it('leads a long edge by what stands between its ends', () => {
    const layout = lay(graphOf('a>b', 'b>c', 'a>c'));
    expect(drawingFaults(graphOf('a>b', 'b>c', 'a>c'), layout)).toEqual([]);
    expect(layout.edges[2]?.points.length).toBe(4);
  });

  it('gives the long edges of one node one trunk', () => {
    const layout = lay(graphOf('a>b', 'b>c', 'c>d', 'd>e', 'a>d', 'a>e'));
    const [short, long] = [layout.edges[4]?.points ?? [], layout.edges[5]?.points ?? []];
    // Up to the layer in which the shorter one ends they are the same.
    expect(long.slice(0, 2)).toEqual(short.slice(0, 2));
  });

  it('shows definitions that refer to each other, and marks the edge that leads back', () => {
    const graph = graphOf('a>b', 'b>c', 'c>b', 'c>c');
    const layout = lay(graph);
    expect(drawingFaults(graph, layout)).toEqual([]);
    expect(layout.edges.filter(({ back }) => back).map(({ from, to }) => `${from}>${to}`)).toEqual(['c>b', 'c>c']);
  });

  it('ends the edges of columns at the columns', () => {
    const columns = [
      { from: 'id', to: 'key' },
      { from: 'amount', to: 'total' },
      { from: 'hidden', to: 'unknown' },
    ];
    const graph: LayoutGraph = { nodes: [{ id: 'a' }, { id: 'b' }], edges: [{ from: 'a', to: 'b', columns }] };
    const sizes = new Map([
      [
        'a',
        {
          width: 100,
          height: 80,
          ports: new Map([
            ['id', 30],
            ['amount', 50],
          ]),
        },
      ],
      [
        'b',
        {
          width: 100,
          height: 100,
          ports: new Map([
            ['key', 40],
            ['total', 60],
          ]),
        },
      ],
    ]);
    const { nodes, edges } = layoutGraph(graph, sizes, defaultLayoutOptions);
    const [a, b] = nodes;
    expect(edges.map(({ column }) => column)).toEqual(columns.slice(0, 2));
    expect(edges.map(({ points }) => points[0]?.y)).toEqual([(a?.y ?? 0) + 30, (a?.y ?? 0) + 50]);
    expect(edges.map(({ points }) => points.at(-1)?.y)).toEqual([(b?.y ?? 0) + 40, (b?.y ?? 0) + 60]);
    // The columns are level with each other, so that both edges are straight.
    expect(edges.map(({ points }) => points.length)).toEqual([2, 2]);
  });

  it('sets parts that nothing connects apart', () => {
    const graph = graphOf('a>b', 'c>d', 'e', 'f', 'g');
    const layout = lay(graph);
    expect(drawingFaults(graph, layout)).toEqual([]);
    expect(layout.nodes.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  });

  it('leaves out edges to what is not there', () => {
    expect(lay({ nodes: [{ id: 'a' }], edges: [{ from: 'a', to: 'b' }] }).edges).toEqual([]);
  });
});

describe('in any drawing', () => {
  const graphs: readonly (readonly [name: string, graph: LayoutGraph])[] = [
    ...Array.from({ length: 40 }, (_, seed) => [`random ${seed}`, randomGraph(4 + seed, 3 + ((seed * 7) % 60), seed)] as const),
    ...Array.from({ length: 6 }, (_, seed) => [`company ${seed}`, companyGraph(120, seed)] as const),
    ...Array.from({ length: 6 }, (_, seed) => [`tree ${seed}`, randomTree(60, seed)] as const),
  ];

  it.each(graphs)('nothing overlaps, and edges lead forward: %s', (_, graph) => {
    expect(drawingFaults(graph, layoutGraph(graph, sizesOf(graph), defaultLayoutOptions))).toEqual([]);
    expect(drawingFaults(graph, layoutGraph(graph, unevenSizes(graph), defaultLayoutOptions))).toEqual([]);
    expect(drawingFaults(graph, layoutGraph(graph, unevenSizes(graph), down))).toEqual([]);
  });

  it.each(graphs)('the same question gets the same answer: %s', (_, graph) => {
    expect(lay(graph)).toEqual(lay(structuredClone(graph)));
  });

  it.each(graphs.slice(0, 46))('so it is when it keeps to an earlier one: %s', (_, graph) => {
    const before = lay({ nodes: graph.nodes.slice(3), edges: graph.edges });
    expect(drawingFaults(graph, lay(graph, before))).toEqual([]);
  });

  it('trees have no crossings', () => {
    for (let seed = 0; seed < 30; seed++) expect(lay(randomTree(50, seed)).crossings).toBe(0);
  });
});

describe('two thousand nodes', () => {
  it('as a company has them', () => {
    const graph = companyGraph(2_000, 1);
    const layout = lay(graph);
    expect(graph.edges.length).toBeGreaterThan(3_000);
    expect(drawingFaults(graph, layout)).toEqual([]);
    expect(drawingFaults(graph, lay(graph, layout))).toEqual([]);
  });

  it('of a generated workspace', async () => {
    const graph = await generatedLineage(2_000);
    const layout = lay(graph);
    expect(layout.nodes.length).toBe(graph.nodes.length);
    expect(graph.nodes.length).toBeGreaterThan(1_900);
    expect(drawingFaults(graph, layout)).toEqual([]);
  });
});
