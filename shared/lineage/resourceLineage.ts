// The graph of the resources that the language server lists: the one place that says what feeds what, for every view of it.

import type { ResourceNode, UndefinedInput } from '../protocol/requests';
import type { LastRun, LineageEdge, LineageGraph, LineageKind, LineageNode } from './lineageGraph';

/** What one resource adds to the graph. */
interface Part {
  readonly run: LastRun | undefined;
  readonly node: LineageNode;
  readonly edges: readonly LineageEdge[];
}

/** Keeps what it made of a resource, so that a list of which little differs costs little, and gives the same objects for the rest. */
export class ResourceLineage {
  private readonly parts = new WeakMap<ResourceNode, Part>();

  /** @param folderOf the workspace folder of a resource, where there are several. */
  constructor(private readonly folderOf: (resource: ResourceNode) => string | undefined = () => undefined) {}

  /**
   * A resource that is defined several times is one node, at its first definition. What nothing defines is a node without a
   * definition.
   * @param lastRunOf equal objects for equal runs.
   */
  graphOf(resources: readonly ResourceNode[], lastRunOf: (resource: ResourceNode) => LastRun | undefined = () => undefined): LineageGraph {
    const nodes = new Map<string, LineageNode>();
    const edges: LineageEdge[] = [];
    /** What feeds each id, where that is told more than once. */
    const told = new Map<string, Set<string>>();
    for (const resource of resources) {
      const { node, edges: own } = this.partOf(resource, lastRunOf(resource));
      const first = nodes.get(node.id);
      nodes.set(node.id, first === undefined ? node : merged(first, node));
      if (first === undefined) edges.push(...own);
      else {
        const known = told.get(node.id) ?? new Set(edges.filter(({ to }) => to === node.id).map(({ from }) => from));
        edges.push(...own.filter(({ from }) => !known.has(from)));
        for (const { from } of own) known.add(from);
        told.set(node.id, known);
      }
    }
    const missing = new Map<string, LineageNode>();
    for (const resource of resources) {
      const { undefinedInputs } = resource;
      if (undefinedInputs === undefined) continue;
      const feeds = feedsOf(resource);
      for (const input of undefinedInputs) {
        if (!feeds.includes(input.key)) continue;
        const first = missing.get(input.key);
        const node = nodeOfUndefined(input, this.folderOf(resource));
        missing.set(node.id, first === undefined ? node : merged(first, node));
      }
    }
    for (const [id, node] of missing) if (!nodes.has(id)) nodes.set(id, node);
    // While the server reads on, one file may already mention what the list of another does not have yet.
    return { nodes: [...nodes.values()], edges: edges.filter(({ from }) => nodes.has(from)) };
  }

  private partOf(resource: ResourceNode, run: LastRun | undefined): Part {
    const known = this.parts.get(resource);
    if (known !== undefined && known.run === run) return known;
    const part = { run, node: nodeOf(resource, run, this.folderOf(resource)), edges: known?.edges ?? edgesOf(resource) };
    this.parts.set(resource, part);
    return part;
  }
}

/**
 * Keys of what feeds a resource: its inputs; the entity, the provider or the user that it refers to; and for primary data the
 * provider that keeps it. The provider that a transformation runs on feeds nothing into it: it is told by the node alone.
 */
export function feedsOf(resource: ResourceNode): readonly string[] {
  const { inputKeys, otherKeys = [], providerKey } = resource;
  const kept = providerKey !== undefined && isPrimary(resource) ? [providerKey] : [];
  return [...new Set([...inputKeys, ...otherKeys, ...kept])];
}

function isPrimary({ type, kind }: ResourceNode): boolean {
  return type === 'source' && !kind.endsWith('-transformation');
}

function edgesOf(resource: ResourceNode): readonly LineageEdge[] {
  return feedsOf(resource).map((from) => ({ from, to: resource.key }));
}

function nodeOf(resource: ResourceNode, lastRun: LastRun | undefined, folder: string | undefined): LineageNode {
  const { key, name, variant, provider, description, errors, warnings, uri, selection, runnable, localPath } = resource;
  return {
    id: key,
    kind: kindOf(resource),
    name,
    ...(variant !== undefined && { variant }),
    ...(provider !== undefined && { provider }),
    ...(description !== undefined && { description }),
    errors,
    warnings,
    ...(lastRun !== undefined && { lastRun }),
    definition: { uri, range: selection },
    runnable,
    ...(localPath !== undefined && { previewable: true }),
    ...(folder !== undefined && { folder }),
  };
}

function nodeOfUndefined({ key, type, name, variant, errors, warnings }: UndefinedInput, folder: string | undefined): LineageNode {
  return {
    id: key,
    kind: kindOf({ type, kind: type }),
    name,
    ...(variant !== undefined && { variant }),
    errors,
    warnings,
    runnable: false,
    ...(folder !== undefined && { folder }),
  };
}

/** Of several definitions, or several mentions, of one id. */
function merged(first: LineageNode, other: LineageNode): LineageNode {
  return { ...first, errors: first.errors + other.errors, warnings: first.warnings + other.warnings };
}

const kinds: ReadonlyMap<string, LineageKind> = new Map<string, LineageKind>([
  ['sql-transformation', 'sql-transformation'],
  ['dataframe-transformation', 'dataframe-transformation'],
  ['user', 'user'],
  ['provider', 'provider'],
  ['entity', 'entity'],
  ['feature', 'feature'],
  ['label', 'label'],
  ['training-set', 'training-set'],
  ['model', 'model'],
]);

/** What the server tells apart more finely is one kind in a drawing: files and tables, embeddings and features. */
function kindOf({ type, kind }: Pick<ResourceNode, 'type' | 'kind'>): LineageKind {
  return kinds.get(kind) ?? kinds.get(type) ?? 'source';
}
