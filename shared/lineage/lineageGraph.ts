// The graph of who feeds whom, as views show it: plain data that can be posted between processes, and what to do when a
// part of it changes. Where it comes from is the business of those who build it.

/** What a resource is, as far as people tell them apart in a drawing; in the order in which lists show them. */
export const lineageKinds = [
  'user',
  'provider',
  'source',
  'sql-transformation',
  'dataframe-transformation',
  'entity',
  'feature',
  'label',
  'training-set',
  'model',
] as const;

export type LineageKind = (typeof lineageKinds)[number];

/** Zero-based, UTF-16, as in the protocol of language servers. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** Where a resource is defined: what a click opens and selects. */
export interface DefinitionPlace {
  readonly uri: string;
  readonly range: { readonly start: TextPosition; readonly end: TextPosition };
}

export interface LastRun {
  readonly state: 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** When it started: milliseconds since 1970. */
  readonly started?: number;
  /** One sentence for people: why it failed, how many rows it wrote. */
  readonly message?: string;
}

export interface LineageColumn {
  readonly name: string;
  /** Spark's simple form. */
  readonly type?: string;
}

export interface LineageNode {
  /** Unique in the graph: `source:name.variant`. */
  readonly id: string;
  readonly kind: LineageKind;
  readonly name: string;
  /** None for unversioned kinds, and where it is left to the run. */
  readonly variant?: string;
  /** The provider's name. */
  readonly provider?: string;
  readonly description?: string;
  /** Of problems inside the definition. */
  readonly errors: number;
  readonly warnings: number;
  readonly lastRun?: LastRun;
  /** In order, where they are known. */
  readonly columns?: readonly LineageColumn[];
  /** None for what is referred to but defined nowhere in the workspace. */
  readonly definition?: DefinitionPlace;
  /** Whether running it and looking at its rows can be offered. */
  readonly runnable: boolean;
  /** Whether looking at its rows can be offered though there is nothing to run: data that is on this machine. */
  readonly previewable?: boolean;
  /** The workspace folder that it belongs to, where there are several: in each, the same id may be defined. */
  readonly folder?: string;
}

export interface LineageEdge {
  /** The id of what feeds. */
  readonly from: string;
  /** The id of what is fed. */
  readonly to: string;
  /** Which columns feed which, where that is known. */
  readonly columns?: readonly { readonly from: string; readonly to: string }[];
}

/** Ids are unique, and so is the pair of an edge's ends; both ends are nodes of the graph. Cycles may be there. */
export interface LineageGraph {
  readonly nodes: readonly LineageNode[];
  readonly edges: readonly LineageEdge[];
}

/** What makes one graph of another. */
export interface LineageChange {
  /** New ones, and those that differ; the order of the others stays, new ones stand at the end. */
  readonly nodes: readonly LineageNode[];
  readonly removedNodes: readonly string[];
  readonly edges: readonly LineageEdge[];
  readonly removedEdges: readonly { readonly from: string; readonly to: string }[];
}

/** One for each pair of ends. */
export function edgeKey({ from, to }: { readonly from: string; readonly to: string }): string {
  return JSON.stringify([from, to]);
}

/** What leads from one graph to another. */
export function diffGraphs(before: LineageGraph, after: LineageGraph): LineageChange {
  const nodes = diff(before.nodes, after.nodes, ({ id }) => id);
  const edges = diff(before.edges, after.edges, edgeKey);
  return {
    nodes: nodes.changed,
    removedNodes: nodes.removed.map(({ id }) => id),
    edges: edges.changed,
    removedEdges: edges.removed.map(({ from, to }) => ({ from, to })),
  };
}

export function isEmptyChange({ nodes, removedNodes, edges, removedEdges }: LineageChange): boolean {
  return nodes.length + removedNodes.length + edges.length + removedEdges.length === 0;
}

/** The graph after a change; nodes and edges that it does not name are the same objects as before. */
export function applyChange(graph: LineageGraph, { nodes, removedNodes, edges, removedEdges }: LineageChange): LineageGraph {
  return {
    nodes: applyTo(graph.nodes, nodes, new Set(removedNodes), ({ id }) => id),
    edges: applyTo(graph.edges, edges, new Set(removedEdges.map(edgeKey)), edgeKey),
  };
}

function diff<Item>(
  before: readonly Item[],
  after: readonly Item[],
  keyOf: (item: Item) => string,
): { readonly changed: readonly Item[]; readonly removed: readonly Item[] } {
  // Most are the same objects, for which no key has to be made.
  const [earlier, later] = [new Set(before), new Set(after)];
  const known = new Map(before.filter((item) => !later.has(item)).map((item) => [keyOf(item), item]));
  const changed: Item[] = [];
  for (const item of after) {
    if (earlier.has(item)) continue;
    const key = keyOf(item);
    const previous = known.get(key);
    // Both sides are written by the same code: equal ones have their members in the same order.
    if (previous === undefined || JSON.stringify(previous) !== JSON.stringify(item)) changed.push(item);
    known.delete(key);
  }
  return { changed, removed: [...known.values()] };
}

function applyTo<Item>(
  items: readonly Item[],
  changed: readonly Item[],
  removed: ReadonlySet<string>,
  keyOf: (item: Item) => string,
): readonly Item[] {
  const all = new Map(items.map((item) => [keyOf(item), item]));
  for (const key of removed) all.delete(key);
  for (const item of changed) all.set(keyOf(item), item);
  return [...all.values()];
}
