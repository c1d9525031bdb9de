// Which part of a graph is shown: what is some steps around one node, without the kinds that nobody wants to see.

import type { LineageDepth } from '../protocol/lineageView';
import type { LineageGraph, LineageKind } from './lineageGraph';
import { LineageIndex, type ShownEdge, type ShownGraph } from './lineageIndex';

export interface NeighbourhoodOptions {
  /** The whole graph is shown when it is undefined. */
  readonly focus: string | undefined;
  readonly upstream: LineageDepth;
  readonly downstream: LineageDepth;
  /** The focus is shown whatever its kind. */
  readonly hiddenKinds: ReadonlySet<LineageKind>;
  /** Nodes whose inputs, or outputs, are shown however far from the focus they are. */
  readonly expandedUpstream: ReadonlySet<string>;
  readonly expandedDownstream: ReadonlySet<string>;
}

export interface Neighbourhood {
  readonly graph: ShownGraph;
  /** How many of a node's inputs, and outputs, are not shown, where any are. */
  readonly moreInputs: ReadonlyMap<string, number>;
  readonly moreOutputs: ReadonlyMap<string, number>;
}

export function neighbourhood(graph: LineageGraph, options: NeighbourhoodOptions): Neighbourhood {
  const { focus, hiddenKinds } = options;
  const whole = new LineageIndex(withoutKinds(graph, hiddenKinds, focus));
  if (focus === undefined) return { graph: whole.graph, moreInputs: new Map(), moreOutputs: new Map() };
  const shown = new Set<string>();
  if (whole.nodes.has(focus)) {
    shown.add(focus);
    walk(focus, options.upstream, (id) => whole.inputs(id), shown);
    walk(focus, options.downstream, (id) => whole.outputs(id), shown);
  }
  // What was opened by hand may itself show more to open.
  for (let before = -1; before !== shown.size;) {
    before = shown.size;
    for (const id of [...shown]) {
      if (options.expandedUpstream.has(id)) for (const input of whole.inputs(id)) shown.add(input);
      if (options.expandedDownstream.has(id)) for (const output of whole.outputs(id)) shown.add(output);
    }
  }
  const missing = (neighbours: (id: string) => readonly string[]): ReadonlyMap<string, number> =>
    new Map(
      [...shown].flatMap((id) => {
        const count = neighbours(id).filter((one) => !shown.has(one)).length;
        return count === 0 ? [] : [[id, count] as const];
      }),
    );
  return {
    graph: {
      nodes: whole.graph.nodes.filter(({ id }) => shown.has(id)),
      edges: whole.graph.edges.filter(({ from, to }) => shown.has(from) && shown.has(to)),
    },
    moreInputs: missing((id) => whole.inputs(id)),
    moreOutputs: missing((id) => whole.outputs(id)),
  };
}

function walk(start: string, depth: LineageDepth, step: (id: string) => readonly string[], shown: Set<string>): void {
  const seen = new Set([start]);
  let frontier: readonly string[] = [start];
  for (let steps = 0; frontier.length > 0 && (depth === 'all' || steps < depth); steps++) {
    const next: string[] = [];
    for (const id of frontier) {
      for (const one of step(id)) {
        if (seen.has(one)) continue;
        seen.add(one);
        next.push(one);
      }
    }
    for (const id of next) shown.add(id);
    frontier = next;
  }
}

/** Without the nodes of some kinds: what fed what they feed feeds it indirectly then. */
export function withoutKinds(graph: LineageGraph, hidden: ReadonlySet<LineageKind>, keep: string | undefined): ShownGraph {
  const isShown = new Set(graph.nodes.filter(({ id, kind }) => id === keep || !hidden.has(kind)).map(({ id }) => id));
  if (isShown.size === graph.nodes.length) return graph;
  const outputs = new LineageIndex(graph);
  const edges: ShownEdge[] = [];
  for (const edge of graph.edges) if (isShown.has(edge.from) && isShown.has(edge.to)) edges.push(edge);
  for (const { id } of graph.nodes) {
    if (!isShown.has(id)) continue;
    const direct = new Set(outputs.outputs(id));
    for (const to of behindHidden(id, outputs, isShown)) if (!direct.has(to)) edges.push({ from: id, to, indirect: true });
  }
  return { nodes: graph.nodes.filter(({ id }) => isShown.has(id)), edges };
}

/** What is reached from a node over hidden nodes alone. */
function behindHidden(start: string, index: LineageIndex, isShown: ReadonlySet<string>): ReadonlySet<string> {
  const reached = new Set<string>();
  const seen = new Set<string>();
  const stack = index.outputs(start).filter((id) => !isShown.has(id));
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const next of index.outputs(id)) {
      if (!isShown.has(next)) stack.push(next);
      else if (next !== start) reached.add(next);
    }
  }
  return reached;
}
