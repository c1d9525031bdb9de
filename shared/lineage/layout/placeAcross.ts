// Where nodes stand across the layers: Brandes and Koepf, "Fast and Simple Horizontal Coordinate Assignment", 2001. Nodes are
// aligned with a median neighbour into blocks, from each of four sides, and the four drawings are averaged; long edges stay
// straight, since their segments go first. Sizes and ports as in Rueegg, Schulze, Carstens and von Hanxleden, "Size- and
// Port-Aware Horizontal Node Coordinate Assignment", 2015: within a block the ends of edges are aligned, not the middles.

import type { LayerOrder } from './crossings';
import type { LayeredGraph } from './layeredGraph';

export interface AcrossOptions {
  /** Of each node across the layers; none of virtual ones. */
  readonly sizeOf: (node: number) => number;
  readonly nodeGap: number;
  readonly edgeGap: number;
}

/** The middle of each node. */
export function placeAcross(graph: LayeredGraph, order: LayerOrder, options: AcrossOptions): Float64Array {
  const conflicts = findConflicts(graph, order);
  const drawings: Drawing[] = [];
  for (const fromAbove of [true, false]) {
    for (const fromFirst of [true, false]) {
      const blocks = alignNodes(graph, order, conflicts, fromAbove, fromFirst);
      drawings.push(measure(compact(order, blocks, options, fromFirst), options));
    }
  }
  return average(drawings, graph.size);
}

/** Segments by their ends. */
type SegmentSet = ReadonlySet<number>;

function segmentKey({ size }: LayeredGraph, from: number, to: number): number {
  return from * size + to;
}

/** Segments that cross one between two virtual nodes, or leave its trunk: they give way to it. */
function findConflicts(graph: LayeredGraph, order: LayerOrder): SegmentSet {
  const { realCount, size, up, down } = graph;
  const position = positions(graph, order);
  const conflicts = new Set<number>();
  for (let node = realCount; node < size; node++) {
    const segments = down[node] ?? [];
    if (!segments.some(({ to }) => to >= realCount)) continue;
    for (const { to } of segments) if (to < realCount) conflicts.add(segmentKey(graph, node, to));
  }
  for (let layer = 1; layer < order.length; layer++) {
    const nodes = order[layer] ?? [];
    const above = order[layer - 1]?.length ?? 0;
    let [first, scanned] = [0, 0];
    for (const [at, node] of nodes.entries()) {
      const trunk = node >= realCount ? up[node]?.find(({ from }) => from >= realCount) : undefined;
      if (trunk === undefined && at < nodes.length - 1) continue;
      const last = trunk === undefined ? above - 1 : (position[trunk.from] ?? 0);
      for (; scanned <= at; scanned++) {
        const to = nodes[scanned] ?? 0;
        for (const { from } of up[to] ?? []) {
          const place = position[from] ?? 0;
          const isInner = from >= realCount && to >= realCount;
          if (!isInner && (place < first || place > last)) conflicts.add(segmentKey(graph, from, to));
        }
      }
      first = last;
    }
  }
  return conflicts;
}

function positions(graph: LayeredGraph, order: LayerOrder): Int32Array {
  const position = new Int32Array(graph.size);
  for (const layer of order) for (const [at, node] of layer.entries()) position[node] = at;
  return position;
}

interface Blocks {
  /** The first node of each node's block. */
  readonly root: Int32Array;
  /** Where the middle of a node is in its block, from that of its root. */
  readonly shift: Float64Array;
}

/** Aligns each node with the median of its neighbours in the layer before it, where no alignment crosses another one. */
function alignNodes(graph: LayeredGraph, order: LayerOrder, conflicts: SegmentSet, fromAbove: boolean, fromFirst: boolean): Blocks {
  const position = positions(graph, order);
  const root = Int32Array.from({ length: graph.size }, (_, node) => node);
  const shift = new Float64Array(graph.size);
  const layers = fromAbove ? order : order.toReversed();
  for (const nodes of layers.slice(1)) {
    let reached = fromFirst ? -1 : Number.POSITIVE_INFINITY;
    for (const node of fromFirst ? nodes : nodes.toReversed()) {
      const all = neighboursOf(graph, node, fromAbove);
      const trunk = node >= graph.realCount ? all.filter((one) => one.node >= graph.realCount) : [];
      const neighbours = (trunk.length > 0 ? trunk : all).sort(
        (a, b) => (position[a.node] ?? 0) - (position[b.node] ?? 0) || a.offset - b.offset,
      );
      for (const { node: other, offset, own } of medians(neighbours, fromFirst)) {
        const place = position[other] ?? 0;
        const isFree = fromFirst ? place > reached : place < reached;
        const key = fromAbove ? segmentKey(graph, other, node) : segmentKey(graph, node, other);
        if (!isFree || conflicts.has(key)) continue;
        root[node] = root[other] ?? other;
        shift[node] = (shift[other] ?? 0) + offset - own;
        reached = place;
        break;
      }
    }
  }
  return { root, shift };
}

interface Neighbour {
  readonly node: number;
  /** Where the segment ends, from the middle of the neighbour and of the node itself. */
  readonly offset: number;
  readonly own: number;
}

function neighboursOf({ up, down }: LayeredGraph, node: number, above: boolean): Neighbour[] {
  return above
    ? (up[node] ?? []).map(({ from, fromOffset, toOffset }) => ({ node: from, offset: fromOffset, own: toOffset }))
    : (down[node] ?? []).map(({ to, fromOffset, toOffset }) => ({ node: to, offset: toOffset, own: fromOffset }));
}

/** The one in the middle, or the two, the one on the side that is aligned from first. */
function medians(neighbours: readonly Neighbour[], fromFirst: boolean): readonly Neighbour[] {
  const middle = (neighbours.length - 1) / 2;
  const both = neighbours.slice(Math.floor(middle), Math.ceil(middle) + 1);
  return fromFirst ? both : both.toReversed();
}

/**
 * Blocks as near to the first side as they can be, then, where there is room, next to what follows them, or the other way round.
 */
function compact(order: LayerOrder, { root, shift }: Blocks, options: AcrossOptions, fromFirst: boolean): Float64Array {
  const { sizeOf, nodeGap, edgeGap } = options;
  const after: Map<number, number>[] = Array.from({ length: root.length }, () => new Map<number, number>());
  const waiting = new Int32Array(root.length);
  for (const nodes of order) {
    for (let at = 0; at + 1 < nodes.length; at++) {
      const [a, b] = [nodes[at] ?? 0, nodes[at + 1] ?? 0];
      const [blockA, blockB] = [root[a] ?? a, root[b] ?? b];
      const [sizeA, sizeB] = [sizeOf(a), sizeOf(b)];
      const gap = sizeA > 0 && sizeB > 0 ? nodeGap : edgeGap;
      const distance = sizeA / 2 + gap + sizeB / 2 + (shift[a] ?? 0) - (shift[b] ?? 0);
      const known = after[blockA]?.get(blockB);
      if (known === undefined) waiting[blockB] = (waiting[blockB] ?? 0) + 1;
      if (known === undefined || known < distance) after[blockA]?.set(blockB, distance);
    }
  }
  const blocks: number[] = [];
  for (let node = 0; node < root.length; node++) if (root[node] === node && waiting[node] === 0) blocks.push(node);
  // The list grows while it is read.
  for (const block of blocks) {
    for (const next of after[block]?.keys() ?? []) {
      waiting[next] = (waiting[next] ?? 0) - 1;
      if (waiting[next] === 0) blocks.push(next);
    }
  }
  return fromFirst ? towardsFirst(blocks, after, root, shift) : towardsLast(blocks, after, root, shift);
}

type Distances = readonly ReadonlyMap<number, number>[];

function towardsFirst(blocks: readonly number[], after: Distances, root: Int32Array, shift: Float64Array): Float64Array {
  const place = new Float64Array(root.length);
  for (const block of blocks) {
    for (const [next, distance] of after[block] ?? []) place[next] = Math.max(place[next] ?? 0, (place[block] ?? 0) + distance);
  }
  for (const block of blocks.toReversed()) {
    const limits = [...(after[block] ?? [])].map(([next, distance]) => (place[next] ?? 0) - distance);
    if (limits.length > 0)
      place[block] = Math.max(
        place[block] ?? 0,
        limits.reduce((a, b) => Math.min(a, b)),
      );
  }
  return root.length === 0 ? place : Float64Array.from(root, (block, node) => (place[block] ?? 0) + (shift[node] ?? 0));
}

function towardsLast(blocks: readonly number[], after: Distances, root: Int32Array, shift: Float64Array): Float64Array {
  const place = new Float64Array(root.length);
  for (const block of blocks.toReversed()) {
    for (const [next, distance] of after[block] ?? []) place[block] = Math.min(place[block] ?? 0, (place[next] ?? 0) - distance);
  }
  const least = new Float64Array(root.length).fill(Number.NEGATIVE_INFINITY);
  for (const block of blocks) {
    const limit = least[block] ?? Number.NEGATIVE_INFINITY;
    if (Number.isFinite(limit)) place[block] = Math.min(place[block] ?? 0, limit);
    for (const [next, distance] of after[block] ?? []) {
      least[next] = Math.max(least[next] ?? Number.NEGATIVE_INFINITY, (place[block] ?? 0) + distance);
    }
  }
  return Float64Array.from(root, (block, node) => (place[block] ?? 0) + (shift[node] ?? 0));
}

interface Drawing {
  readonly place: Float64Array;
  readonly start: number;
  readonly end: number;
}

function measure(place: Float64Array, { sizeOf }: AcrossOptions): Drawing {
  let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [node, middle] of place.entries()) {
    start = Math.min(start, middle - sizeOf(node) / 2);
    end = Math.max(end, middle + sizeOf(node) / 2);
  }
  return { place, start, end };
}

/** The mean of the two middle ones of four, each moved to the side of the smallest drawing that it was packed towards. */
function average(drawings: readonly Drawing[], size: number): Float64Array {
  const smallest = drawings.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
  const moves = drawings.map(({ start, end }, index) => (index % 2 === 0 ? smallest.start - start : smallest.end - end));
  const middles = new Float64Array(size);
  const values = [0, 0, 0, 0];
  for (let node = 0; node < size; node++) {
    for (const [index, { place }] of drawings.entries()) values[index] = (place[node] ?? 0) + (moves[index] ?? 0);
    values.sort((a, b) => a - b);
    middles[node] = ((values[1] ?? 0) + (values[2] ?? 0)) / 2;
  }
  return middles;
}
