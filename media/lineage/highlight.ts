// What stands out: one node, all that feeds it, and all that it feeds.

import { edgeKey } from '../../shared/lineage/lineageGraph';
import type { LineageIndex } from '../../shared/lineage/lineageIndex';

export interface Highlight {
  /** With the node itself. */
  readonly ids: ReadonlySet<string>;
  /** Edges on the ways to or from the node, by their keys. */
  readonly edges: ReadonlySet<string>;
}

export function highlightOf(index: LineageIndex, id: string): Highlight {
  const [upstream, downstream] = [index.upstream(id), index.downstream(id)];
  const isUp = (one: string): boolean => one === id || upstream.has(one);
  const isDown = (one: string): boolean => one === id || downstream.has(one);
  const edges = index.graph.edges.filter(({ from, to }) => (isUp(from) && isUp(to)) || (isDown(from) && isDown(to)));
  return { ids: new Set([id, ...upstream, ...downstream]), edges: new Set(edges.map(edgeKey)) };
}
