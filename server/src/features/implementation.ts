import type { LocationLink } from 'vscode-languageserver-types';
import type { Resource } from '../definitions/resources';
import type { Snapshot } from '../workspace/snapshot';
import { linkTo } from './definition';
import { heldAt } from './heldRegistrations';
import { targetAt } from './resourceAt';

/** Every variant of the resource under the cursor, or of the one that the variable there holds. */
export function implementation(
  snapshot: Snapshot,
  uri: string,
  offset: number,
  { roots }: { readonly roots: readonly string[] },
): readonly LocationLink[] {
  const file = snapshot.files.get(uri);
  if (file === undefined) return [];
  const target = targetAt(snapshot, file, offset);
  if (target?.kind === 'definition' || target?.kind === 'reference') {
    const { type, name } = target.kind === 'definition' ? target.resource : target.reference;
    return snapshot.index.variants(type, name.key).flatMap((resource) => linkTo(snapshot, file, target.span, resource));
  }
  const variable = heldAt(snapshot, roots, uri, offset);
  if (variable === undefined) return [];
  const names = new Map(variable.held.flatMap(({ resource }) => (resource === undefined ? [] : [[nameKey(resource), resource] as const])));
  return [...names.values()].flatMap(({ type, name }) =>
    snapshot.index.variants(type, name.key).flatMap((resource) => linkTo(snapshot, file, variable.span, resource)),
  );
}

function nameKey({ type, name }: Resource): string {
  return `${type}:${name.key}`;
}
