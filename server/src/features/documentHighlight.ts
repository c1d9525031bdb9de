import { type DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver-types';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { occurrences } from './references';
import { targetAt } from './resourceAt';
import { placesOf, sqlNameAt } from './sqlNames';

/** The resource under the cursor wherever the same file defines (written) or mentions it (read). */
export function documentHighlight(snapshot: Snapshot, uri: string, offset: number): readonly DocumentHighlight[] {
  const file = snapshot.files.get(uri);
  const target = file === undefined ? undefined : targetAt(snapshot, file, offset);
  if (file !== undefined && target === undefined) return nameHighlights(file, offset);
  if (file === undefined || (target?.kind !== 'definition' && target?.kind !== 'reference')) return [];
  return occurrences(snapshot, target.key)
    .filter((occurrence) => occurrence.uri === uri)
    .map(({ span, declaration }) => ({
      range: rangeOf(file.lines, span),
      kind: declaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}

/** A name that a query gives itself. */
function nameHighlights(file: FileSnapshot, offset: number): readonly DocumentHighlight[] {
  const target = sqlNameAt(file, offset);
  const places = target === undefined ? [] : placesOf(target).filter(({ uri }) => uri === file.uri);
  return places.map(({ span, declaration }) => ({
    range: rangeOf(file.lines, span),
    kind: declaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
