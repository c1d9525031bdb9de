import { isBelow } from '../workspace/fileUris';
import type { ResourceKey, Snapshot } from '../workspace/snapshot';
import { idOfKey } from './resourceIds';

/** What deleting files, or folders with all that is in them, would leave without a definition. */
export interface DeletionImpact {
  /** Ids that only these files define and that are used elsewhere, in file and text order. */
  readonly ids: readonly string[];
  /** How many definitions elsewhere depend on them, directly or not. */
  readonly dependents: number;
}

export function deletionImpact(snapshot: Snapshot, deleted: readonly string[]): DeletionImpact {
  const isDeleted = (uri: string): boolean => deleted.some((one) => isBelow(one, uri));
  const survives = (key: ResourceKey): boolean => snapshot.index.definitions(key).some(({ uri }) => !isDeleted(uri));
  const lost = new Map<ResourceKey, readonly ResourceKey[]>();
  for (const resource of snapshot.index.all) {
    const key = snapshot.keyOf(resource);
    if (!isDeleted(resource.uri) || survives(key) || lost.has(key)) continue;
    const left = snapshot.graph.downstream(key).filter(survives);
    if (left.length > 0) lost.set(key, left);
  }
  return { ids: [...lost.keys()].map(idOfKey), dependents: new Set([...lost.values()].flat()).size };
}

/** The warning of it, as a sentence; undefined where nobody depends on what is deleted. */
export function deletionWarning({ ids, dependents }: DeletionImpact): string | undefined {
  const [first, ...rest] = ids;
  if (first === undefined) return undefined;
  const others = rest.length === 0 ? '' : rest.length === 1 ? ` and on "${rest[0] ?? ''}"` : ` and on ${rest.length} more that are deleted`;
  return `${dependents === 1 ? '1 definition depends' : `${dependents} definitions depend`} on "${first}"${others}.`;
}
