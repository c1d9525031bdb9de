import type { Range } from 'vscode-languageserver-types';
import type { Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { renamePlaceAt } from './renameTarget';
import { prepareSqlRename } from './sqlRename';

export type PrepareRenameAnswer =
  { readonly kind: 'place'; readonly range: Range; readonly placeholder: string } | { readonly kind: 'refused'; readonly reason: string };

/** The text that a rename at the cursor would replace; undefined where nothing of ours can be renamed. */
export function prepareRename(
  snapshot: Snapshot,
  uri: string,
  offset: number,
  { roots }: { readonly roots: readonly string[] },
): PrepareRenameAnswer | undefined {
  const file = snapshot.files.get(uri);
  const found = file === undefined ? undefined : renamePlaceAt(snapshot, roots, uri, offset);
  if (file === undefined) return undefined;
  if (found === undefined) return prepareSqlRename(file, offset);
  if (found.kind === 'refused') return found;
  return { kind: 'place', range: rangeOf(file.lines, found.span), placeholder: found.placeholder };
}
