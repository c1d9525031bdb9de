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

/** Where the segments of each node end in the neighbouring layers, in order, as far as `update` has been told. */
export class NeighbourPlaces {
  private readonly above: readonly Int32Array[];
  private readonly below: readonly Int32Array[];

  constructor(private readonly graph: LayeredGraph) {
    this.above = graph.up.map((segments) => new Int32Array(segments.length));
    this.below = graph.down.map((segments) => new Int32Array(segments.length));
  }

  /** @param upStart the number of the first place of each node where segments reach it; `downStart` where they leave it */
  update(node: number, upStart: Int32Array, downStart: Int32Array): void {
    const { up, down } = this.graph;
    const [above, below] = [this.above[node], this.below[node]];
    if (above) fill(above, up[node] ?? [], downStart, true);
    if (below) fill(below, down[node] ?? [], upStart, false);
  }

  /** How many crossings more there are with `a` before `b` than with `b` before `a`. */
  difference(a: number, b: number): number {
    return differenceOf(this.above[a] ?? none, this.above[b] ?? none) + differenceOf(this.below[a] ?? none, this.below[b] ?? none);
  }
}

const none = new Int32Array(0);

/** Nearly all nodes have few segments: inserting each at its place is quickest. */
function fill(places: Int32Array, segments: readonly Segment[], start: Int32Array, above: boolean): void {
  let count = 0;
  for (const segment of segments) {
    const place = above ? (start[segment.from] ?? 0) + segment.fromRank : (start[segment.to] ?? 0) + segment.toRank;
    if (segments.length > 32) {
      places[count++] = place;
      continue;
    }
    let at = count++;
    for (; at > 0 && (places[at - 1] ?? 0) > place; at--) places[at] = places[at - 1] ?? 0;
    places[at] = place;
  }
  if (segments.length > 32) places.sort();
}

/** Pairs with the place of `a` behind that of `b`, less those the other way round. */
function differenceOf(a: Int32Array, b: Int32Array): number {
  const [countA, countB] = [a.length, b.length];
  if (countA === 0 || countB === 0) return 0;
  // Nothing of the one among the other: all pairs are alike.
  if ((a[countA - 1] ?? 0) < (b[0] ?? 0)) return -countA * countB;
  if ((b[countB - 1] ?? 0) < (a[0] ?? 0)) return countA * countB;
  let sum = 0;
  let [smaller, notGreater] = [0, 0];
  for (let index = 0; index < countA; index++) {
    const place = a[index] ?? 0;
    while (smaller < countB && (b[smaller] ?? 0) < place) smaller++;
    while (notGreater < countB && (b[notGreater] ?? 0) <= place) notGreater++;
    sum += smaller - (countB - notGreater);
  }
  return sum;
}
