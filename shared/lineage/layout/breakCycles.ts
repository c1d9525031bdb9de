// Which edges lead back. A layered drawing needs a graph without cycles: edges that close one are turned round for the
// time of the layout.

/** Nodes are numbers from zero up to `size`. */
export interface Digraph {
  readonly size: number;
  readonly edges: readonly DigraphEdge[];
}

export interface DigraphEdge {
  readonly from: number;
  readonly to: number;
}

/**
 * The indexes of edges without which the graph has no cycle: those that lead to a node on the path of a depth-first search,
 * which begins at what nothing feeds. Loops at one node are among them.
 */
export function findBackEdges({ size, edges }: Digraph): ReadonlySet<number> {
  const outgoing: number[][] = Array.from({ length: size }, () => []);
  const isFed = new Uint8Array(size);
  for (const [index, { from, to }] of edges.entries()) {
    outgoing[from]?.push(index);
    if (from !== to) isFed[to] = 1;
  }
  const back = new Set<number>();
  const state = new Uint8Array(size);
  const [onPath, finished] = [1, 2];
  const next = new Int32Array(size);
  const search = (start: number): void => {
    if (state[start] !== 0) return;
    const path = [start];
    state[start] = onPath;
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const step = next[node] ?? 0;
      next[node] = step + 1;
      const index = outgoing[node]?.[step];
      const edge = index === undefined ? undefined : edges[index];
      if (index === undefined || edge === undefined) {
        state[node] = finished;
        path.pop();
      } else if (state[edge.to] === onPath) back.add(index);
      else if (state[edge.to] === 0) {
        state[edge.to] = onPath;
        path.push(edge.to);
      }
    }
  };
  for (let node = 0; node < size; node++) if (isFed[node] === 0) search(node);
  for (let node = 0; node < size; node++) search(node);
  return back;
}
