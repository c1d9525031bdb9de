// A graph to walk about in.

import type { LineageEdge, LineageGraph, LineageNode } from './lineageGraph';

/** What connects two shown nodes; `indirect` when all that is between them is hidden. */
export interface ShownEdge extends LineageEdge {
  readonly indirect?: true;
}

export interface ShownGraph extends LineageGraph {
  readonly edges: readonly ShownEdge[];
}

const none: readonly string[] = [];

export class LineageIndex {
  readonly nodes: ReadonlyMap<string, LineageNode>;
  private readonly inputsOf = new Map<string, string[]>();
  private readonly outputsOf = new Map<string, string[]>();

  constructor(readonly graph: ShownGraph) {
    this.nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    for (const { from, to } of graph.edges) {
      add(this.inputsOf, to, from);
      add(this.outputsOf, from, to);
    }
  }

  /** Ids of what feeds a node directly, in the order of the graph's edges. */
  inputs(id: string): readonly string[] {
    return this.inputsOf.get(id) ?? none;
  }

  outputs(id: string): readonly string[] {
    return this.outputsOf.get(id) ?? none;
  }

  /** All that feeds a node, without itself. */
  upstream(id: string): ReadonlySet<string> {
    return this.reach(id, (one) => this.inputs(one));
  }

  downstream(id: string): ReadonlySet<string> {
    return this.reach(id, (one) => this.outputs(one));
  }

  private reach(id: string, step: (id: string) => readonly string[]): ReadonlySet<string> {
    const found = new Set<string>();
    const stack = [id];
    for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
      for (const next of step(one)) {
        if (next === id || found.has(next)) continue;
        found.add(next);
        stack.push(next);
      }
    }
    return found;
  }
}

function add(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
