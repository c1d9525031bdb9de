// How many segments cross, by order alone.

import type { LayeredGraph, Segment } from './layeredGraph';

/** The nodes of each layer in order. */
export type LayerOrder = readonly (readonly number[])[];

/**
 * How many pairs of segments cross between all layers, by an accumulator tree: Barth, Juenger and Mutzel, "Simple and
 * Efficient Bilayer Cross Counting", 2002.
 */
export function countCrossings(graph: LayeredGraph, order: LayerOrder): number {
  let crossings = 0;
  for (let layer = 0; layer + 1 < order.length; layer++) {
    crossings += countBetween(graph, order[layer] ?? [], order[layer + 1] ?? []);
  }
  return crossings;
}

function countBetween({ down, upPlaces }: LayeredGraph, upper: readonly number[], lower: readonly number[]): number {
  const first = new Map<number, number>();
  let places = 0;
  for (const node of lower) {
    first.set(node, places);
    places += upPlaces[node] ?? 0;
  }
  const ends: number[] = [];
  const ranked: { readonly rank: number; readonly end: number }[] = [];
  for (const node of upper) {
    const segments = down[node] ?? [];
    ranked.length = 0;
    for (const { fromRank, to, toRank } of segments) ranked.push({ rank: fromRank, end: (first.get(to) ?? 0) + toRank });
    ranked.sort((a, b) => a.rank - b.rank || a.end - b.end);
    for (const { end } of ranked) ends.push(end);
  }
  // A tree of sums: how many of the ends so far lie behind one.
  let leaves = 1;
  while (leaves < places) leaves *= 2;
  const sums = new Int32Array(2 * leaves);
  let crossings = 0;
  for (const end of ends) {
    let at = end + leaves;
    sums[at] = (sums[at] ?? 0) + 1;
    while (at > 1) {
      if (at % 2 === 0) crossings += sums[at + 1] ?? 0;
      at >>= 1;
      sums[at] = (sums[at] ?? 0) + 1;
    }
  }
  return crossings;
}

/** Where segments end in the neighbouring layers, of each node of one layer, in order. */
export interface NeighbourPlaces {
  readonly up: readonly number[];
  readonly down: readonly number[];
}

/**
 * @param upStart the number of the first place of each node of the layer above, by node; `downStart` of the one below
 */
export function neighbourPlaces(graph: LayeredGraph, node: number, upStart: Int32Array, downStart: Int32Array): NeighbourPlaces {
  const places = (segments: readonly Segment[], placeOf: (segment: Segment) => number): readonly number[] =>
    segments.length === 1 && segments[0] ? [placeOf(segments[0])] : segments.map(placeOf).sort((a, b) => a - b);
  return {
    up: places(graph.up[node] ?? [], ({ from, fromRank }) => (upStart[from] ?? 0) + fromRank),
    down: places(graph.down[node] ?? [], ({ to, toRank }) => (downStart[to] ?? 0) + toRank),
  };
}

/** How many crossings more there are with `a` before `b` than with `b` before `a`. */
export function crossingDifference(a: NeighbourPlaces, b: NeighbourPlaces): number {
  return difference(a.up, b.up) + difference(a.down, b.down);
}

/** Pairs with the place of `a` behind that of `b`, less those the other way round; both in order. */
function difference(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  let [smaller, notGreater] = [0, 0];
  for (const place of a) {
    while (smaller < b.length && (b[smaller] ?? 0) < place) smaller++;
    while (notGreater < b.length && (b[notGreater] ?? 0) <= place) notGreater++;
    sum += smaller - (b.length - notGreater);
  }
  return sum;
}
