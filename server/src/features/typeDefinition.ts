import type { LocationLink } from 'vscode-languageserver-types';
import type { Snapshot } from '../workspace/snapshot';
import { definition } from './definition';
import { heldAt } from './heldRegistrations';
import { rangeOf } from './ranges';

/** The registration of what the variable under the cursor holds; of a mention of a resource, its definition. */
export function typeDefinition(
  snapshot: Snapshot,
  uri: string,
  offset: number,
  { roots }: { readonly roots: readonly string[] },
): readonly LocationLink[] {
  const known = definition(snapshot, uri, offset);
  const file = snapshot.files.get(uri);
  const variable = known.length > 0 || file === undefined ? undefined : heldAt(snapshot, roots, uri, offset);
  if (file === undefined || variable === undefined) return known;
  const originSelectionRange = rangeOf(file.lines, variable.span);
  return variable.held.flatMap((held): LocationLink[] => {
    const home = snapshot.files.get(held.uri);
    if (home === undefined) return [];
    const whole = { start: Math.min(held.whole.start, held.span.start), end: Math.max(held.whole.end, held.span.end) };
    return [
      {
        originSelectionRange,
        targetUri: held.uri,
        targetRange: rangeOf(home.lines, whole),
        targetSelectionRange: rangeOf(home.lines, held.span),
      },
    ];
  });
}
