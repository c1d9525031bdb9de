// A graph whose edges lead from each layer to the next one: edges that are longer go through virtual nodes, one in each layer
// that they cross. Long edges that leave a node at the same place share them: they are one trunk with branches, which is less to
// look at and less to lay out.

export interface LayerableEdge {
  readonly from: number;
  readonly to: number;
  /** How far behind the middle of the node's side the edge begins and ends. */
  readonly fromOffset: number;
  readonly toOffset: number;
  /** Shares its virtual nodes with others that have the same one here. */
  readonly trunk: string;
}

export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly fromOffset: number;
  readonly toOffset: number;
  /** Which of the places where edges leave, or reach, its node is the segment's, from the first one on. */
  readonly fromRank: number;
  readonly toRank: number;
}

export interface LayeredGraph {
  /** Nodes with smaller numbers are nodes of the graph, the others are virtual. */
  readonly realCount: number;
  readonly size: number;
  readonly layerOf: Int32Array;
  readonly layerCount: number;
  /** Segments that reach a node, and those that leave it. */
  readonly up: readonly (readonly Segment[])[];
  readonly down: readonly (readonly Segment[])[];
  /** How many places a node has where segments reach it, and where they leave it. */
  readonly upPlaces: Int32Array;
  readonly downPlaces: Int32Array;
  /** The nodes that each edge goes through, both ends among them. */
  readonly paths: readonly (readonly number[])[];
}

interface Draft {
  readonly from: number;
  readonly to: number;
  readonly fromOffset: number;
  readonly toOffset: number;
}

/** @param layers of each node; every edge leads to a later one. */
export function buildLayeredGraph(layers: Int32Array, edges: readonly LayerableEdge[]): LayeredGraph {
  const layerOf = Array.from(layers);
  const drafts: Draft[] = [];
  const trunks = new Map<string, number[]>();
  const paths = edges.map((edge) => {
    const first = layerOf[edge.from] ?? 0;
    const last = layerOf[edge.to] ?? 0;
    const trunk = trunks.get(edge.trunk) ?? [];
    trunks.set(edge.trunk, trunk);
    while (trunk.length < last - first - 1) {
      const before = trunk.at(-1);
      const node = layerOf.length;
      layerOf.push(first + trunk.length + 1);
      drafts.push({ from: before ?? edge.from, to: node, fromOffset: before === undefined ? edge.fromOffset : 0, toOffset: 0 });
      trunk.push(node);
    }
    const through = trunk.slice(0, last - first - 1);
    const before = through.at(-1);
    drafts.push({
      from: before ?? edge.from,
      to: edge.to,
      fromOffset: before === undefined ? edge.fromOffset : 0,
      toOffset: edge.toOffset,
    });
    return [edge.from, ...through, edge.to];
  });
  const leaving = placesOf(drafts, layerOf.length, ({ from }) => from, 'fromOffset');
  const reaching = placesOf(drafts, layerOf.length, ({ to }) => to, 'toOffset');
  const up: Segment[][] = layerOf.map(() => []);
  const down: Segment[][] = layerOf.map(() => []);
  for (const draft of drafts) {
    const fromRank = leaving[draft.from]?.indexOf(draft.fromOffset) ?? 0;
    const toRank = reaching[draft.to]?.indexOf(draft.toOffset) ?? 0;
    const segment: Segment = { ...draft, fromRank, toRank };
    down[draft.from]?.push(segment);
    up[draft.to]?.push(segment);
  }
  return {
    realCount: layers.length,
    size: layerOf.length,
    layerOf: Int32Array.from(layerOf),
    layerCount: layerOf.reduce((most, layer) => Math.max(most, layer + 1), 0),
    up,
    down,
    upPlaces: Int32Array.from(reaching, (places) => places.length),
    downPlaces: Int32Array.from(leaving, (places) => places.length),
    paths,
  };
}

/** The different offsets at which segments end at each node, in order. */
function placesOf(
  drafts: readonly Draft[],
  size: number,
  nodeOf: (draft: Draft) => number,
  offset: 'fromOffset' | 'toOffset',
): readonly (readonly number[])[] {
  const places: Set<number>[] = Array.from({ length: size }, () => new Set());
  for (const draft of drafts) places[nodeOf(draft)]?.add(draft[offset]);
  return places.map((one) => [...one].sort((a, b) => a - b));
}
