// How many segments cross, by order alone.

import type { LayeredGraph } from './layeredGraph';

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

/**
 * Where the segments of each node end in one of the neighbouring layers, in order, as far as `update` has been told. All of them
 * lie in one array, those of a node together: they are looked at millions of times.
 */
export class NeighbourPlaces {
  /** Where the segments of each node begin. */
  private readonly first: Int32Array;
  private readonly other: Int32Array;
  private readonly rank: Int32Array;
  private readonly places: Int32Array;

  /** @param side the segments that reach each node, or those that leave it */
  constructor(graph: LayeredGraph, side: 'up' | 'down') {
    const segments = graph[side];
    this.first = new Int32Array(graph.size + 1);
    for (const [node, own] of segments.entries()) this.first[node + 1] = (this.first[node] ?? 0) + own.length;
    const all = segments.flat();
    this.other = Int32Array.from(all, ({ from, to }) => (side === 'up' ? from : to));
    this.rank = Int32Array.from(all, ({ fromRank, toRank }) => (side === 'up' ? fromRank : toRank));
    this.places = new Int32Array(all.length);
  }

  /** @param start the number of the first place of each node of the neighbouring layer, on the side of this one */
  update(nodes: readonly number[], start: Int32Array): void {
    const { first, other, rank, places } = this;
    for (const node of nodes) {
      const [from, end] = [first[node] ?? 0, first[node + 1] ?? 0];
      const isLong = end - from > longest;
      for (let index = from; index < end; index++) {
        const place = (start[other[index] ?? 0] ?? 0) + (rank[index] ?? 0);
        let at = index;
        if (!isLong) for (; at > from && (places[at - 1] ?? 0) > place; at--) places[at] = places[at - 1] ?? 0;
        places[at] = place;
      }
      if (isLong) places.subarray(from, end).sort();
    }
  }

  /** How many crossings more there are with `a` before `b` than with `b` before `a`. */
  difference(a: number, b: number): number {
    const { first, places } = this;
    const [fromA, endA, fromB, endB] = [first[a] ?? 0, first[a + 1] ?? 0, first[b] ?? 0, first[b + 1] ?? 0];
    const [countA, countB] = [endA - fromA, endB - fromB];
    if (countA === 0 || countB === 0) return 0;
    // Nothing of the one among the other: all pairs are alike.
    if ((places[endA - 1] ?? 0) < (places[fromB] ?? 0)) return -countA * countB;
    if ((places[endB - 1] ?? 0) < (places[fromA] ?? 0)) return countA * countB;
    let sum = 0;
    let [smaller, notGreater] = [fromB, fromB];
    for (let index = fromA; index < endA; index++) {
      const place = places[index] ?? 0;
      while (smaller < endB && (places[smaller] ?? 0) < place) smaller++;
      while (notGreater < endB && (places[notGreater] ?? 0) <= place) notGreater++;
      sum += smaller - fromB - (endB - notGreater);
    }
    return sum;
  }
}

/** Of so many segments, as nearly all nodes have fewer, inserting each at its place is quickest. */
const longest = 32;
