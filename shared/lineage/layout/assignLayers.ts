// Which layer each node stands in, so that every edge leads at least one layer on and all edges together are as short as
// they can be: the network simplex of Gansner, Koutsofios, North and Vo, "A Technique for Drawing Directed Graphs", 1993.

import type { Digraph } from './breakCycles';

/** Steps over nodes and edges; beyond them the layers are right, though some edge may be longer than it need be. */
const budget = 4_000_000;
/** So many edges that should be longer are compared before one is taken. */
const compared = 40;

/**
 * The layer of each node, from zero.
 * @param graph connected and without cycles; parallel edges pull the harder.
 */
export function assignLayers(graph: Digraph): Int32Array {
  const simplex = new NetworkSimplex(graph);
  simplex.solve();
  return simplex.layers;
}

interface Side {
  readonly nodes: readonly number[];
  /** Whether the edge between the sides begins in this one. */
  readonly hasFrom: boolean;
  readonly has: (node: number) => boolean;
}

class NetworkSimplex {
  readonly layers: Int32Array;
  private readonly size: number;
  private readonly from: Int32Array;
  private readonly to: Int32Array;
  /** Edges at each node, in and out. */
  private readonly edgesAt: readonly (readonly number[])[];
  private readonly isTree: Uint8Array;
  private readonly treeEdgesAt: number[][];
  private readonly cut: Int32Array;
  /** Numbers of a walk over the tree: a node's subtree has those from its `low` to its `high`. */
  private readonly low: Int32Array;
  private readonly high: Int32Array;
  private readonly parent: Int32Array;
  private readonly parentEdge: Int32Array;
  private searchFrom = 0;
  private steps = 0;

  constructor({ size, edges }: Digraph) {
    this.size = size;
    this.from = Int32Array.from(edges, ({ from }) => from);
    this.to = Int32Array.from(edges, ({ to }) => to);
    const edgesAt: number[][] = Array.from({ length: size }, () => []);
    for (const [index, { from, to }] of edges.entries()) {
      edgesAt[from]?.push(index);
      edgesAt[to]?.push(index);
    }
    this.edgesAt = edgesAt;
    this.isTree = new Uint8Array(edges.length);
    this.treeEdgesAt = Array.from({ length: size }, () => []);
    this.cut = new Int32Array(edges.length);
    this.low = new Int32Array(size);
    this.high = new Int32Array(size);
    this.parent = new Int32Array(size).fill(-1);
    this.parentEdge = new Int32Array(size).fill(-1);
    this.layers = this.longestPaths();
  }

  solve(): void {
    if (this.size > 1) {
      this.shorten();
      this.growTightTree();
      this.numberSubtree(0, -1, -1, 1);
      this.computeCuts();
      while (this.steps < budget) {
        const leaving = this.leavingEdge();
        if (leaving === undefined) break;
        const side = this.smallerSide(leaving);
        const entering = this.enteringEdge(leaving, side);
        if (entering === undefined) break;
        this.exchange(leaving, entering, side);
      }
    }
    this.settle();
  }

  private end(edge: number, isTo: boolean): number {
    return (isTo ? this.to[edge] : this.from[edge]) ?? 0;
  }

  private slack(edge: number): number {
    return (this.layers[this.end(edge, true)] ?? 0) - (this.layers[this.end(edge, false)] ?? 0) - 1;
  }

  private other(edge: number, node: number): number {
    return this.from[edge] === node ? this.end(edge, true) : this.end(edge, false);
  }

  /** Each node right behind the last one that feeds it. */
  private longestPaths(): Int32Array {
    const layers = new Int32Array(this.size);
    for (const node of this.topologicalOrder()) {
      for (const edge of this.edgesAt[node] ?? []) {
        if (this.from[edge] !== node) continue;
        const to = this.end(edge, true);
        layers[to] = Math.max(layers[to] ?? 0, (layers[node] ?? 0) + 1);
      }
    }
    return layers;
  }

  /** Moves single nodes to where more of their edges get shorter: a good beginning for the simplex. */
  private shorten(): void {
    const order = this.topologicalOrder();
    for (let round = 0, moved = true; moved && round < 20; round++) {
      moved = false;
      for (const node of round % 2 === 0 ? order.toReversed() : order) {
        const { earliest, latest, balance } = this.room(node);
        const goal = balance > 0 ? earliest : balance < 0 ? latest : Number.NaN;
        if (!Number.isFinite(goal) || goal === this.layers[node]) continue;
        this.layers[node] = goal;
        moved = true;
      }
    }
  }

  /** Between which layers a node can stand; balance: how many edges more reach it than leave it. */
  private room(node: number): { readonly earliest: number; readonly latest: number; readonly balance: number } {
    let [earliest, latest, balance] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
    for (const edge of this.edgesAt[node] ?? []) {
      const other = this.layers[this.other(edge, node)] ?? 0;
      if (this.from[edge] === node) {
        balance--;
        latest = Math.min(latest, other - 1);
      } else {
        balance++;
        earliest = Math.max(earliest, other + 1);
      }
    }
    return { earliest, latest, balance };
  }

  private topologicalOrder(): readonly number[] {
    const waiting = new Int32Array(this.size);
    for (const to of this.to) waiting[to] = (waiting[to] ?? 0) + 1;
    const order: number[] = [];
    for (let node = 0; node < this.size; node++) if (waiting[node] === 0) order.push(node);
    // The list grows while it is read.
    for (const node of order) {
      for (const edge of this.edgesAt[node] ?? []) {
        if (this.from[edge] !== node) continue;
        const to = this.end(edge, true);
        waiting[to] = (waiting[to] ?? 0) - 1;
        if (waiting[to] === 0) order.push(to);
      }
    }
    return order;
  }

  /** A tree over all nodes of edges that are one layer long, made by moving what is in it towards the nearest other node. */
  private growTightTree(): void {
    const inTree = new Uint8Array(this.size);
    const members: number[] = [];
    const join = (start: number): void => {
      inTree[start] = 1;
      const stack = [start];
      for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        members.push(node);
        for (const edge of this.edgesAt[node] ?? []) {
          const other = this.other(edge, node);
          if (inTree[other] === 1 || this.slack(edge) !== 0) continue;
          this.addTreeEdge(edge);
          inTree[other] = 1;
          stack.push(other);
        }
      }
    };
    join(0);
    while (members.length < this.size) {
      let nearest = -1;
      for (let edge = 0; edge < this.from.length; edge++) {
        if (inTree[this.end(edge, true)] === inTree[this.end(edge, false)]) continue;
        if (nearest < 0 || this.slack(edge) < this.slack(nearest)) nearest = edge;
      }
      const step = inTree[this.end(nearest, true)] === 1 ? -this.slack(nearest) : this.slack(nearest);
      for (const node of members) this.layers[node] = (this.layers[node] ?? 0) + step;
      const outside = inTree[this.end(nearest, true)] === 1 ? this.end(nearest, false) : this.end(nearest, true);
      this.addTreeEdge(nearest);
      join(outside);
    }
  }

  private addTreeEdge(edge: number): void {
    this.isTree[edge] = 1;
    this.treeEdgesAt[this.end(edge, true)]?.push(edge);
    this.treeEdgesAt[this.end(edge, false)]?.push(edge);
  }

  private removeTreeEdge(edge: number): void {
    this.isTree[edge] = 0;
    for (const node of [this.end(edge, true), this.end(edge, false)]) {
      const edges = this.treeEdgesAt[node] ?? [];
      edges.splice(edges.indexOf(edge), 1);
    }
  }

  /** Numbers the subtree of a node in the order in which the nodes are left, from `first`. */
  private numberSubtree(root: number, parent: number, parentEdge: number, first: number): void {
    let number = first;
    const stack: { readonly node: number; next: number }[] = [];
    this.steps += (this.high[root] ?? 0) - (this.low[root] ?? 0);
    const open = (node: number, above: number, edge: number): void => {
      this.parent[node] = above;
      this.parentEdge[node] = edge;
      this.low[node] = number;
      stack.push({ node, next: 0 });
    };
    open(root, parent, parentEdge);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = this.treeEdgesAt[top.node]?.[top.next++];
      if (edge === undefined) {
        this.high[top.node] = number++;
        stack.pop();
      } else if (edge !== this.parentEdge[top.node]) open(this.other(edge, top.node), top.node, edge);
    }
  }

  private isBelow(node: number, root: number): boolean {
    const number = this.high[node] ?? 0;
    return (this.low[root] ?? 0) <= number && number <= (this.high[root] ?? 0);
  }

  /**
   * What a layer more of each tree edge costs: the edges in its direction between its two sides less those against it. Edges
   * within a side cancel out, so that it is what leaves the nodes of one side less what reaches them.
   */
  private computeCuts(): void {
    const leaves = new Int32Array(this.size);
    for (let edge = 0; edge < this.from.length; edge++) {
      const [from, to] = [this.end(edge, false), this.end(edge, true)];
      leaves[from] = (leaves[from] ?? 0) + 1;
      leaves[to] = (leaves[to] ?? 0) - 1;
    }
    const nodes = Array.from({ length: this.size }, (_, node) => node).sort((a, b) => (this.high[a] ?? 0) - (this.high[b] ?? 0));
    // Children come before their parents.
    for (const node of nodes) {
      const edge = this.parentEdge[node] ?? -1;
      if (edge < 0) continue;
      const below = leaves[node] ?? 0;
      this.cut[edge] = this.from[edge] === node ? below : -below;
      const parent = this.parent[node] ?? 0;
      leaves[parent] = (leaves[parent] ?? 0) + below;
    }
  }

  /** The tree edge that had best be longer, of some behind the last one. */
  private leavingEdge(): number | undefined {
    const count = this.from.length;
    let best: number | undefined;
    for (let step = 0, found = 0; step < count && found < compared; step++) {
      const edge = (this.searchFrom + step) % count;
      this.steps++;
      if (this.isTree[edge] !== 1 || (this.cut[edge] ?? 0) >= 0) continue;
      if (best === undefined || (this.cut[edge] ?? 0) < (this.cut[best] ?? 0)) best = edge;
      if (++found === compared) this.searchFrom = edge + 1;
    }
    return best;
  }

  /** The nodes on that side of a tree edge where there are fewer. */
  private smallerSide(edge: number): Side {
    const [from, to] = [this.end(edge, false), this.end(edge, true)];
    const child = this.parentEdge[from] === edge ? from : to;
    const below = (this.high[child] ?? 0) - (this.low[child] ?? 0) + 1;
    const start = below * 2 <= this.size ? child : this.other(edge, child);
    const nodes = [start];
    const way = [edge];
    // The list grows while it is read.
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at] ?? 0;
      for (const next of this.treeEdgesAt[node] ?? []) {
        if (next === way[at]) continue;
        nodes.push(this.other(next, node));
        way.push(next);
      }
    }
    this.steps += nodes.length;
    return { nodes, hasFrom: start === from, has: (node) => this.isBelow(node, child) === (start === child) };
  }

  /** The shortest edge that leads back over the cut. */
  private enteringEdge(leaving: number, { nodes, hasFrom, has }: Side): number | undefined {
    let best: number | undefined;
    for (const node of nodes) {
      for (const edge of this.edgesAt[node] ?? []) {
        this.steps++;
        // Where the leaving edge leaves the side, the entering one reaches it.
        const reaches = this.to[edge] === node;
        if (reaches !== hasFrom || edge === leaving || has(this.other(edge, node))) continue;
        if (best === undefined || this.slack(edge) < this.slack(best)) best = edge;
      }
    }
    return best;
  }

  private exchange(leaving: number, entering: number, { nodes, hasFrom }: Side): void {
    const step = hasFrom ? -this.slack(entering) : this.slack(entering);
    if (step !== 0) for (const node of nodes) this.layers[node] = (this.layers[node] ?? 0) + step;
    const cut = this.cut[leaving] ?? 0;
    const [from, to] = [this.end(entering, false), this.end(entering, true)];
    const top = this.shiftCuts(from, to, cut, true);
    this.shiftCuts(to, from, cut, false);
    this.cut[entering] = -cut;
    this.cut[leaving] = 0;
    this.removeTreeEdge(leaving);
    this.addTreeEdge(entering);
    this.numberSubtree(top, this.parent[top] ?? -1, this.parentEdge[top] ?? -1, this.low[top] ?? 1);
  }

  /** Changes the cuts from a node up to where its way to the other one turns. @returns that turning point. */
  private shiftCuts(start: number, goal: number, cut: number, leads: boolean): number {
    let node = start;
    while (!this.isBelow(goal, node)) {
      const edge = this.parentEdge[node] ?? 0;
      const isPlus = (this.from[edge] === node) === leads;
      this.cut[edge] = (this.cut[edge] ?? 0) + (isPlus ? cut : -cut);
      node = this.parent[node] ?? 0;
    }
    return node;
  }

  /** What could as well stand nearer to its inputs does, and the first layer is zero. */
  private settle(): void {
    for (const node of this.topologicalOrder()) {
      const { earliest, balance } = this.room(node);
      if (balance === 0 && Number.isFinite(earliest)) this.layers[node] = earliest;
    }
    const first = this.layers.reduce((least, layer) => Math.min(least, layer), Number.POSITIVE_INFINITY);
    for (let node = 0; node < this.size; node++) this.layers[node] = (this.layers[node] ?? 0) - first;
  }
}
