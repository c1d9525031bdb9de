// The layout of a connected graph, in terms of "along" the direction of its edges and "across" it.

import type { GraphLayout, LayoutDirection, LayoutOptions, LayoutPoint } from '../graphLayout';
import { assignLayers } from './assignLayers';
import { findBackEdges } from './breakCycles';
import { buildLayeredGraph, type LayerableEdge, type LayeredGraph } from './layeredGraph';
import { orderLayers, type EarlierPlaces, type OrderOptions } from './orderLayers';
import { placeAcross } from './placeAcross';

export interface ComponentNode {
  readonly id: string;
  readonly along: number;
  readonly across: number;
}

export interface ComponentEdge {
  /** Numbers of nodes of the component. */
  readonly from: number;
  readonly to: number;
  /** From the middle of the node's side. */
  readonly fromOffset: number;
  readonly toOffset: number;
}

export interface FlatPoint {
  readonly along: number;
  readonly across: number;
}

export interface ComponentLayout {
  /** The middle of the side at which edges arrive, of each node. */
  readonly nodes: readonly (FlatPoint & { readonly layer: number })[];
  readonly edges: readonly { readonly points: readonly FlatPoint[]; readonly back: boolean }[];
  readonly along: number;
  readonly across: number;
  readonly crossings: number;
}

/** The middles of nodes across the layers in an earlier drawing, by id. */
export type EarlierMiddles = ReadonlyMap<string, number>;

/** So much wider than asked for is the way between two layers for each pixel that its steepest edge climbs. */
const widening = 0.1;
/** And at most so many times as wide. */
const widest = 6;

export function layoutComponent(
  nodes: readonly ComponentNode[],
  edges: readonly ComponentEdge[],
  options: LayoutOptions,
  earlier: EarlierMiddles | undefined,
): ComponentLayout {
  const proper = edges.flatMap((edge, index) => (edge.from === edge.to ? [] : [{ ...edge, index }]));
  const backEdges = findBackEdges({ size: nodes.length, edges: proper });
  const forward = proper.map((edge, at): LayerableEdge & { readonly back: boolean } => {
    const { from, to, fromOffset, toOffset, index } = edge;
    if (!backEdges.has(at)) return { from, to, fromOffset, toOffset, trunk: `${from} ${fromOffset}`, back: false };
    return { from: to, to: from, fromOffset: toOffset, toOffset: fromOffset, trunk: `back ${index}`, back: true };
  });
  const graph = buildLayeredGraph(assignLayers({ size: nodes.length, edges: forward }), forward);
  const { order, crossings } = orderLayers(graph, effort(graph.size), earlier && placesOf(nodes, graph, earlier));
  const middles = placeAcross(graph, order, {
    sizeOf: (node) => nodes[node]?.across ?? 0,
    nodeGap: options.nodeGap,
    edgeGap: options.edgeGap,
  });
  const first = nodes.reduce((least, { across }, node) => Math.min(least, (middles[node] ?? 0) - across / 2), Number.POSITIVE_INFINITY);
  const last = middles.reduce((most, middle, node) => Math.max(most, middle + (nodes[node]?.across ?? 0) / 2), Number.NEGATIVE_INFINITY);
  const top = middles.reduce((least, middle) => Math.min(least, middle), first);
  // Whole pixels, so that lines and letters are sharp.
  for (const [node, middle] of middles.entries()) middles[node] = Math.round(middle - top);
  const bands = placeLayers(graph, middles, nodes, options);
  const routes = new Map(
    graph.paths.map((path, at) => [
      proper[at]?.index ?? 0,
      { points: route(graph, path, forward[at], middles, bands, nodes), back: forward[at]?.back === true },
    ]),
  );
  return {
    nodes: nodes.map((_, node) => {
      const layer = graph.layerOf[node] ?? 0;
      return { layer, along: bands[layer]?.start ?? 0, across: middles[node] ?? 0 };
    }),
    edges: edges.map(({ from, fromOffset, toOffset }, index) => {
      const known = routes.get(index);
      if (known) return { points: known.back ? known.points.toReversed() : known.points, back: known.back };
      return { points: loop(nodes[from], bands[graph.layerOf[from] ?? 0], middles[from] ?? 0, fromOffset, toOffset), back: true };
    }),
    along: bands.at(-1)?.end ?? 0,
    across: Math.ceil(last - top),
    crossings,
  };
}

/** Small graphs are worth many tries, large ones have to be ready in time. */
function effort(size: number): OrderOptions {
  if (size <= 60) return { starts: 16, trial: Number.POSITIVE_INFINITY, patience: 8 };
  if (size <= 500) return { starts: 4, trial: Number.POSITIVE_INFINITY, patience: 6 };
  return { starts: 2, trial: 2, patience: 3 };
}

/** Nodes that are new stand at the mean of their neighbours, virtual ones on the line between the ends of their edge. */
function placesOf(nodes: readonly ComponentNode[], graph: LayeredGraph, earlier: EarlierMiddles): EarlierPlaces | undefined {
  const place = new Float64Array(graph.size).fill(Number.NaN);
  const isKept = new Uint8Array(graph.size);
  let known = 0;
  for (const [node, { id }] of nodes.entries()) {
    const middle = earlier.get(id);
    if (middle === undefined) continue;
    place[node] = middle;
    isKept[node] = 1;
    known++;
  }
  if (known === 0) return undefined;
  const ends: number[][] = nodes.map(() => []);
  for (const path of graph.paths) {
    const [first, last] = [path[0] ?? 0, path.at(-1) ?? 0];
    ends[first]?.push(last);
    ends[last]?.push(first);
  }
  for (let left = nodes.length - known, before = -1; left > 0 && left !== before;) {
    before = left;
    for (const [node, others] of ends.entries()) {
      const places = others.map((other) => place[other] ?? Number.NaN).filter((one) => !Number.isNaN(one));
      if (!Number.isNaN(place[node]) || places.length === 0) continue;
      place[node] = places.reduce((a, b) => a + b) / places.length;
      left--;
    }
  }
  for (const path of graph.paths) {
    const [start, end] = [place[path[0] ?? 0] ?? 0, place[path.at(-1) ?? 0] ?? 0];
    // Of a shared trunk the first edge decides.
    for (const [step, node] of path.entries()) {
      if (node >= graph.realCount && Number.isNaN(place[node])) place[node] = start + ((end - start) * step) / (path.length - 1);
    }
  }
  return { place, isKept };
}

interface Band {
  readonly start: number;
  readonly end: number;
}

/** Where each layer stands: steep edges need a longer way. */
function placeLayers(
  graph: LayeredGraph,
  middles: Float64Array,
  nodes: readonly ComponentNode[],
  { layerGap }: LayoutOptions,
): readonly Band[] {
  const thickness = new Float64Array(graph.layerCount);
  const climb = new Float64Array(graph.layerCount);
  for (let node = 0; node < graph.size; node++) {
    const layer = graph.layerOf[node] ?? 0;
    thickness[layer] = Math.max(thickness[layer] ?? 0, nodes[node]?.along ?? 0);
    for (const { to, fromOffset, toOffset } of graph.down[node] ?? []) {
      const height = Math.abs((middles[to] ?? 0) + toOffset - (middles[node] ?? 0) - fromOffset);
      climb[layer] = Math.max(climb[layer] ?? 0, height);
    }
  }
  const bands: Band[] = [];
  for (let layer = 0, start = 0; layer < graph.layerCount; layer++) {
    const end = start + (thickness[layer] ?? 0);
    bands.push({ start, end });
    start = Math.round(end + Math.min(layerGap * widest, Math.max(layerGap, layerGap / 2 + (climb[layer] ?? 0) * widening)));
  }
  return bands;
}

/** From the border of the first node to that of the last, straight over the layers between: nothing else stands there. */
function route(
  graph: LayeredGraph,
  path: readonly number[],
  edge: LayerableEdge | undefined,
  middles: Float64Array,
  bands: readonly Band[],
  nodes: readonly ComponentNode[],
): readonly FlatPoint[] {
  const points: FlatPoint[] = [];
  const add = (along: number, across: number): void => {
    // A straight line needs its ends alone.
    const [before, last] = [points.at(-2), points.at(-1)];
    if (last?.across === across && before?.across === across) points.pop();
    if (last?.across !== across || last.along !== along) points.push({ along, across });
  };
  for (const [step, node] of path.entries()) {
    const { start, end } = bands[graph.layerOf[node] ?? 0] ?? { start: 0, end: 0 };
    const middle = middles[node] ?? 0;
    if (step === 0) {
      const across = middle + (edge?.fromOffset ?? 0);
      add(start + (nodes[node]?.along ?? 0), across);
      add(end, across);
    } else if (step === path.length - 1) add(start, middle + (edge?.toOffset ?? 0));
    else {
      add(start, middle);
      add(end, middle);
    }
  }
  return points;
}

/** An edge of a node to itself: both ends are where edges leave. */
function loop(
  node: ComponentNode | undefined,
  band: Band | undefined,
  middle: number,
  fromOffset: number,
  toOffset: number,
): readonly FlatPoint[] {
  const along = (band?.start ?? 0) + (node?.along ?? 0);
  const apart = fromOffset === toOffset ? (node?.across ?? 0) / 5 : 0;
  return [
    { along, across: middle + fromOffset - apart },
    { along, across: middle + toOffset + apart },
  ];
}

/** What was where across the layers. */
export function earlierMiddles({ direction, nodes }: GraphLayout, now: LayoutDirection): EarlierMiddles | undefined {
  if (direction !== now) return undefined;
  return new Map(nodes.map(({ id, x, y, width, height }) => [id, now === 'right' ? y + height / 2 : x + width / 2]));
}

export function toPoint({ along, across }: FlatPoint, direction: LayoutDirection): LayoutPoint {
  return direction === 'right' ? { x: along, y: across } : { x: across, y: along };
}
