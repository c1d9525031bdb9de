import type { CodeLens } from 'vscode-languageserver-types';
import { commandIds } from '../../../shared/protocol/requests';
import type { Resource } from '../definitions/resources';
import type { Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { idOf, isConstantId, isTransformation } from './resourceIds';

/**
 * *Run*, *Preview* and *n downstream* above each definition that they mean something for. The last has no title yet: to
 * count is left to `codeLensResolve`, which an editor asks for the lenses it shows.
 */
export function codeLens(snapshot: Snapshot, uri: string): readonly CodeLens[] {
  const file = snapshot.files.get(uri);
  if (file === undefined) return [];
  return file.definitions.resources.flatMap((resource) => {
    if (!isConstantId(resource)) return [];
    const range = rangeOf(file.lines, resource.selection);
    const id = typedId(snapshot, resource);
    const lens = (title: string, command: string): CodeLens => ({ range, command: { title, command, arguments: [id] } });
    const lenses: CodeLens[] = [];
    if (isTransformation(resource)) lenses.push(lens('Run', commandIds.run));
    if (resource.type === 'source') lenses.push(lens('Preview', commandIds.preview));
    const key = snapshot.keyOf(resource);
    if (resource.type !== 'provider' && snapshot.graph.dependents(key).length > 0)
      lenses.push({ range, data: { key, id } satisfies LensData });
    return lenses;
  });
}

/** Counts what depends on the definition of a lens. Lenses that need no counting stay as they are. */
export function codeLensResolve(snapshot: Snapshot, lens: CodeLens): CodeLens {
  const data: unknown = lens.data;
  if (!isLensData(data)) return lens;
  const count = snapshot.graph.downstream(data.key).length;
  return { range: lens.range, command: { title: `${count} downstream`, command: commandIds.showDependents, arguments: [data.id] } };
}

interface LensData {
  readonly key: string;
  readonly id: string;
}

function isLensData(data: unknown): data is LensData {
  return typeof data === 'object' && data !== null && 'key' in data && typeof data.key === 'string' && 'id' in data;
}

/** A plain id means a source; other types go before theirs, since a feature and a source may share a name. */
function typedId(snapshot: Snapshot, resource: Resource): string {
  const id = idOf(snapshot, resource);
  return resource.type === 'source' ? id : `${resource.type}:${id}`;
}
