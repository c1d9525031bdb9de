// In which order the nodes of each layer stand, so that few segments cross: sweeps over the layers that sort each by the middle
// of its neighbours, and exchanges of neighbours (Sugiyama, Tagawa and Toda, 1981; Gansner et al., 1993). A drawing that is
// there already is kept where that costs little: people find their way in a picture by where things were.

import { countCrossings, NeighbourPlaces, type LayerOrder } from './crossings';
import type { LayeredGraph } from './layeredGraph';

export interface OrderOptions {
  /** Sweeps without a gain before it is given up. */
  readonly patience: number;
  /** How many orders are begun with. */
  readonly starts: number;
  /** Sweeps after which only the best of them is gone on with; infinity follows each to its end. */
  readonly trial: number;
}

export interface OrderedLayers {
  readonly order: LayerOrder;
  readonly crossings: number;
}

/** Where nodes were across the layers in an earlier drawing: of those that were not there, a guess. */
export interface EarlierPlaces {
  readonly place: Float64Array;
  /** Nodes that should keep their order among each other. */
  readonly isKept: Uint8Array;
}

/** So many crossings more than in the best order are a fair price for a picture that stays as it was. */
const keptShare = 1.15;
const keptMore = 4;
/** Times that the neighbours of a layer are compared before others are looked at. */
const passes = 5;
/** A round that leaves more than this share of the crossings is no gain. */
const worthwhile = 0.98;
/** So far a node is moved at once. */
const reach = 48;

export function orderLayers(graph: LayeredGraph, options: OrderOptions, earlier?: EarlierPlaces): OrderedLayers {
  if (earlier) {
    const kept = arrange(graph, sortedBy(graph, earlier.place), options, earlier.isKept);
    if (kept.crossings === 0) return kept;
    const moved = arrange(graph, kept.order, options);
    const fresh = bestOf(graph, freshStarts(graph, options), options);
    const least = Math.min(moved.crossings, fresh.crossings);
    if (kept.crossings <= least * keptShare + keptMore) return kept;
    return moved.crossings <= least * keptShare + keptMore ? moved : fresh;
  }
  return bestOf(graph, freshStarts(graph, options), options);
}

function bestOf(graph: LayeredGraph, starts: readonly LayerOrder[], options: OrderOptions): OrderedLayers {
  const isTrial = Number.isFinite(options.trial) && starts.length > 1;
  let best: OrderedLayers | undefined;
  for (const start of starts) {
    const found = isTrial ? sweep(graph, start, options.trial, options.patience) : arrange(graph, start, options);
    if (best === undefined || found.crossings < best.crossings) best = found;
    if (best.crossings === 0) return best;
  }
  if (best === undefined) return { order: [], crossings: 0 };
  return isTrial ? arrange(graph, best.order, options) : best;
}

/** Depth first along the edges, then against them; small graphs also in the order of made-up numbers. */
function freshStarts(graph: LayeredGraph, { starts }: OrderOptions): readonly LayerOrder[] {
  const orders = [depthFirst(graph, true), depthFirst(graph, false)];
  for (let seed = 1; orders.length < starts; seed++) orders.push(shuffled(graph, seed));
  return orders.slice(0, Math.max(1, starts));
}

function depthFirst({ size, layerOf, layerCount, up, down }: LayeredGraph, forward: boolean): LayerOrder {
  const order: number[][] = Array.from({ length: layerCount }, () => []);
  const seen = new Uint8Array(size);
  const isStart = (node: number): boolean => (forward ? up : down)[node]?.length === 0;
  const visit = (start: number): void => {
    const stack = [start];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (seen[node] === 1) continue;
      seen[node] = 1;
      order[layerOf[node] ?? 0]?.push(node);
      const ahead = forward ? (down[node] ?? []).map(({ to }) => to) : (up[node] ?? []).map(({ from }) => from);
      stack.push(...ahead.reverse());
    }
  };
  for (let node = 0; node < size; node++) if (isStart(node)) visit(node);
  return order;
}

function shuffled(graph: LayeredGraph, seed: number): LayerOrder {
  const places = new Float64Array(graph.size);
  let state = seed * 0x9e3779b1;
  for (let node = 0; node < graph.size; node++) {
    state = (Math.imul(state ^ (state >>> 15), 0x85ebca6b) + 0x6d2b79f5) | 0;
    places[node] = (state ^ (state >>> 13)) >>> 0;
  }
  return sortedBy(graph, places);
}

function sortedBy({ size, layerOf, layerCount }: LayeredGraph, place: Float64Array): LayerOrder {
  const order: number[][] = Array.from({ length: layerCount }, () => []);
  for (let node = 0; node < size; node++) order[layerOf[node] ?? 0]?.push(node);
  for (const layer of order) layer.sort((a, b) => (place[a] ?? 0) - (place[b] ?? 0) || a - b);
  return order;
}

/** @param isKept nodes that keep the order which they have in `start`; all may move when it is not given. */
function arrange(graph: LayeredGraph, start: LayerOrder, { patience }: OrderOptions, isKept?: Uint8Array): OrderedLayers {
  const swept = sweep(graph, start, Number.POSITIVE_INFINITY, patience, isKept);
  if (swept.crossings === 0) return swept;
  // A sweep looks at one side of a layer, which may cost on the other: at last each node is put where both are best.
  const sifter = new Sweeper(graph, swept.order, isKept);
  for (let round = 0, gained = true; gained && round < patience; round++) {
    gained = sifter.sift();
    sifter.exchange();
  }
  const crossings = countCrossings(graph, sifter.order);
  return crossings < swept.crossings ? { order: sifter.copy(), crossings } : swept;
}

function sweep(graph: LayeredGraph, start: LayerOrder, rounds: number, patience: number, isKept?: Uint8Array): OrderedLayers {
  const sweeper = new Sweeper(graph, start, isKept);
  let best: OrderedLayers = { order: sweeper.copy(), crossings: countCrossings(graph, sweeper.order) };
  for (let round = 0, idle = 0; round < rounds && idle < patience && best.crossings > 0; round++) {
    sweeper.sweep(round % 2 === 0, round % 4 >= 2);
    sweeper.exchange();
    const crossings = countCrossings(graph, sweeper.order);
    idle = crossings < best.crossings * worthwhile ? 0 : idle + 1;
    if (crossings < best.crossings) best = { order: sweeper.copy(), crossings };
  }
  return best;
}

class Sweeper {
  readonly order: number[][];
  /** The number of the first place of each node where segments reach it, and leave it, within its layer. */
  private readonly upStart: Int32Array;
  private readonly downStart: Int32Array;
  private readonly key: Float64Array;
  private readonly rank: Int32Array;
  private readonly above: NeighbourPlaces;
  private readonly below: NeighbourPlaces;
  /** Layers of which the one before, or the one behind, was numbered anew. */
  private readonly isAboveOld: boolean[];
  private readonly isBelowOld: boolean[];

  constructor(
    private readonly graph: LayeredGraph,
    start: LayerOrder,
    private readonly isKept: Uint8Array | undefined,
  ) {
    this.order = start.map((layer) => [...layer]);
    this.upStart = new Int32Array(graph.size);
    this.downStart = new Int32Array(graph.size);
    this.key = new Float64Array(graph.size);
    this.rank = new Int32Array(graph.size);
    this.above = new NeighbourPlaces(graph, 'up');
    this.below = new NeighbourPlaces(graph, 'down');
    this.isAboveOld = this.order.map(() => true);
    this.isBelowOld = this.order.map(() => true);
    for (const index of this.order.keys()) this.number(index);
  }

  copy(): LayerOrder {
    return this.order.map((layer) => [...layer]);
  }

  /** Sorts each layer by the middle of its neighbours in the one before it: along the edges, or against them. */
  sweep(forward: boolean, reverseTies: boolean): void {
    const count = this.order.length;
    for (let step = 1; step < count; step++) {
      const index = forward ? step : count - 1 - step;
      this.sort(this.order[index] ?? [], forward, reverseTies);
      this.number(index);
    }
  }

  /** Exchanges neighbours as long as that makes crossings fewer. */
  exchange(): void {
    // A layer is worth another look only when one beside it has changed.
    const isDue = this.order.map(() => true);
    for (let round = 0; round < 8 && isDue.includes(true); round++) {
      for (const index of this.order.keys()) {
        if (isDue[index] !== true) continue;
        isDue[index] = false;
        if (!this.exchangeIn(index)) continue;
        if (index > 0) isDue[index - 1] = true;
        if (index + 1 < isDue.length) isDue[index + 1] = true;
      }
    }
  }

  private exchangeIn(index: number): boolean {
    const { isKept } = this;
    const layer = this.order[index] ?? [];
    this.renew(index);
    let gained = false;
    for (let again = true, round = 0; again && round < passes; round++) {
      again = false;
      for (let at = 0; at + 1 < layer.length; at++) {
        const [a, b] = [layer[at] ?? 0, layer[at + 1] ?? 0];
        if ((isKept?.[a] === 1 && isKept[b] === 1) || this.difference(a, b) <= 0) continue;
        layer[at] = b;
        layer[at + 1] = a;
        again = gained = true;
      }
    }
    if (gained) this.number(index);
    return gained;
  }

  /** Moves each node to the place of its layer where it crosses least. @returns whether any was moved. */
  sift(): boolean {
    let gained = false;
    for (const index of this.order.keys()) if (this.siftIn(index)) gained = true;
    return gained;
  }

  private siftIn(index: number): boolean {
    const layer = this.order[index] ?? [];
    this.renew(index);
    let gained = false;
    for (const node of [...layer]) {
      const at = layer.indexOf(node);
      const to = this.bestPlace(layer, node, at);
      if (to === at) continue;
      layer.splice(to, 0, ...layer.splice(at, 1));
      gained = true;
    }
    if (gained) this.number(index);
    return gained;
  }

  private bestPlace(layer: readonly number[], node: number, at: number): number {
    const { isKept } = this;
    const isFixed = isKept?.[node] === 1;
    let [best, bestGain] = [at, 0];
    for (const step of [-1, 1]) {
      for (let to = at + step, gain = 0; Math.abs(to - at) <= reach; to += step) {
        const passed = layer[to];
        if (passed === undefined || (isFixed && isKept[passed] === 1)) break;
        gain += step * this.difference(node, passed);
        if (gain <= bestGain) continue;
        [best, bestGain] = [to, gain];
      }
    }
    return best;
  }

  private sort(layer: number[], forward: boolean, reverseTies: boolean): void {
    const { up, down } = this.graph;
    const free: number[] = [];
    for (const node of layer) {
      const segments = (forward ? up : down)[node] ?? [];
      let sum = 0;
      for (const segment of segments) {
        sum += forward ? (this.downStart[segment.from] ?? 0) + segment.fromRank : (this.upStart[segment.to] ?? 0) + segment.toRank;
      }
      this.key[node] = segments.length === 0 ? Number.NaN : sum / segments.length;
      if (segments.length > 0) free.push(node);
    }
    if (this.isKept) this.keepOrder(free, this.isKept);
    const { rank } = this;
    for (const [at, node] of layer.entries()) rank[node] = at;
    const tie = reverseTies ? -1 : 1;
    free.sort((a, b) => {
      const kept = this.isKept?.[a] === 1 && this.isKept[b] === 1;
      return (this.key[a] ?? 0) - (this.key[b] ?? 0) || (kept ? 1 : tie) * ((rank[a] ?? 0) - (rank[b] ?? 0));
    });
    // Those without a neighbour there stay where they are, but kept ones must not change places over that.
    let next = 0;
    const sorted = layer.map((node) => (Number.isNaN(this.key[node]) ? node : (free[next++] ?? node)));
    const kept = this.isKept;
    if (kept) {
      const inOrder = layer.filter((node) => kept[node] === 1);
      let at = 0;
      for (const [index, node] of sorted.entries()) if (kept[node] === 1) sorted[index] = inOrder[at++] ?? node;
    }
    for (const [index, node] of sorted.entries()) layer[index] = node;
  }

  /** Gives those that keep their order the nearest keys that rise (isotonic regression, by pooling adjacent violators). */
  private keepOrder(nodes: readonly number[], isKept: Uint8Array): void {
    const pools: { sum: number; readonly nodes: number[] }[] = [];
    for (const node of nodes) {
      if (isKept[node] !== 1) continue;
      let pool = { sum: this.key[node] ?? 0, nodes: [node] };
      for (let last = pools.at(-1); last && last.sum / last.nodes.length > pool.sum / pool.nodes.length; last = pools.at(-1)) {
        pool = { sum: last.sum + pool.sum, nodes: [...last.nodes, ...pool.nodes] };
        pools.pop();
      }
      pools.push(pool);
    }
    for (const { sum, nodes: pooled } of pools) for (const node of pooled) this.key[node] = sum / pooled.length;
  }

  /** How many crossings more there are with `a` before `b` than with `b` before `a`. */
  private difference(a: number, b: number): number {
    return this.above.difference(a, b) + this.below.difference(a, b);
  }

  /** Learns what has changed beside a layer. */
  private renew(index: number): void {
    const layer = this.order[index] ?? [];
    if (this.isAboveOld[index] === true) this.above.update(layer, this.downStart);
    if (this.isBelowOld[index] === true) this.below.update(layer, this.upStart);
    this.isAboveOld[index] = this.isBelowOld[index] = false;
  }

  private number(index: number): void {
    const { upPlaces, downPlaces } = this.graph;
    if (index > 0) this.isBelowOld[index - 1] = true;
    if (index + 1 < this.order.length) this.isAboveOld[index + 1] = true;
    let [reached, left] = [0, 0];
    for (const node of this.order[index] ?? []) {
      this.upStart[node] = reached;
      this.downStart[node] = left;
      // A node without segments has a place of its own, so that its neighbours' middles are spread like themselves.
      reached += Math.max(1, upPlaces[node] ?? 0);
      left += Math.max(1, downPlaces[node] ?? 0);
    }
  }
}
