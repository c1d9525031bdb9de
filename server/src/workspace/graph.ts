// Which resource feeds which, read from the index on demand: an edit costs nothing here until somebody asks.

import type { Graph, ResourceKey } from './snapshot';

export class SnapshotGraph implements Graph {
  /** `components` may be shared with the graph of an earlier revision whose edges were the same. */
  constructor(
    private readonly edges: Pick<Graph, 'inputs' | 'dependents'>,
    private readonly components: StrongComponents = new StrongComponents(),
  ) {}

  inputs(key: ResourceKey): readonly ResourceKey[] {
    return this.edges.inputs(key);
  }

  dependents(key: ResourceKey): readonly ResourceKey[] {
    return this.edges.dependents(key);
  }

  upstream(key: ResourceKey): readonly ResourceKey[] {
    return this.closure(key, (next) => this.inputs(next));
  }

  downstream(key: ResourceKey): readonly ResourceKey[] {
    return this.closure(key, (next) => this.dependents(next));
  }

  cycleThrough(key: ResourceKey): readonly ResourceKey[] | undefined {
    const inputs = (one: ResourceKey): readonly ResourceKey[] => this.inputs(one);
    return this.components.isCyclic(key, inputs) ? this.findCycle(key) : undefined;
  }

  private closure(key: ResourceKey, step: (key: ResourceKey) => readonly ResourceKey[]): readonly ResourceKey[] {
    const seen = new Set<ResourceKey>([key]);
    const order: ResourceKey[] = [];
    let frontier: readonly ResourceKey[] = [key];
    while (frontier.length > 0) {
      const next: ResourceKey[] = [];
      for (const one of frontier) {
        for (const found of step(one)) {
          if (seen.has(found)) continue;
          seen.add(found);
          next.push(found);
        }
      }
      order.push(...next);
      frontier = next;
    }
    return order;
  }

  /** The shortest way from the key back to itself, breadth first along the inputs. */
  private findCycle(key: ResourceKey): readonly ResourceKey[] | undefined {
    const cameFrom = new Map<ResourceKey, ResourceKey>();
    let frontier: readonly ResourceKey[] = [key];
    const seen = new Set<ResourceKey>();
    while (frontier.length > 0) {
      const next: ResourceKey[] = [];
      for (const one of frontier) {
        for (const input of this.inputs(one)) {
          if (input === key) return pathBack(cameFrom, key, one);
          if (seen.has(input)) continue;
          seen.add(input);
          cameFrom.set(input, one);
          next.push(input);
        }
      }
      frontier = next;
    }
    return undefined;
  }
}

function pathBack(cameFrom: ReadonlyMap<ResourceKey, ResourceKey>, key: ResourceKey, last: ResourceKey): readonly ResourceKey[] {
  const path = [key];
  for (let at: ResourceKey | undefined = last; at !== undefined && at !== key; at = cameFrom.get(at)) path.unshift(at);
  return [key, ...path];
}

/**
 * Which keys lie on a cycle, by Tarjan's algorithm, continued from key to key: asking for every key of a graph costs one
 * walk over it in all.
 */
export class StrongComponents {
  private readonly cyclic = new Map<ResourceKey, boolean>();

  isCyclic(start: ResourceKey, inputs: (key: ResourceKey) => readonly ResourceKey[]): boolean {
    if (!this.cyclic.has(start)) this.walk(start, inputs);
    return this.cyclic.get(start) ?? false;
  }

  /** Without recursion, since chains of thousands of definitions are legal. */
  private walk(start: ResourceKey, inputs: (key: ResourceKey) => readonly ResourceKey[]): void {
    const visits = new Map<ResourceKey, Visit>();
    const stack: Visit[] = [];
    const open = (key: ResourceKey): Visit => {
      const visit: Visit = { key, number: visits.size, low: visits.size, inputs: inputs(key), next: 0, onStack: true };
      visits.set(key, visit);
      stack.push(visit);
      return visit;
    };
    const path = [open(start)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const input = visit.inputs[visit.next++];
      if (input !== undefined) {
        if (this.cyclic.has(input)) continue;
        const known = visits.get(input);
        if (known === undefined) path.push(open(input));
        else if (known.onStack) visit.low = Math.min(visit.low, known.number);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) parent.low = Math.min(parent.low, visit.low);
      if (visit.low === visit.number) this.close(visit, stack);
    }
  }

  private close(root: Visit, stack: Visit[]): void {
    const members = stack.splice(stack.lastIndexOf(root));
    const cyclic = members.length > 1 || root.inputs.includes(root.key);
    for (const member of members) {
      member.onStack = false;
      this.cyclic.set(member.key, cyclic);
    }
  }
}

interface Visit {
  readonly key: ResourceKey;
  readonly number: number;
  low: number;
  readonly inputs: readonly ResourceKey[];
  next: number;
  onStack: boolean;
}
