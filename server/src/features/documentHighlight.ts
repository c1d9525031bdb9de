import { type DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver-types';
import type { Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { occurrences } from './references';
import { targetAt } from './resourceAt';

/** The resource under the cursor wherever the same file defines (written) or mentions it (read). */
export function documentHighlight(snapshot: Snapshot, uri: string, offset: number): readonly DocumentHighlight[] {
  const file = snapshot.files.get(uri);
  const target = file === undefined ? undefined : targetAt(snapshot, file, offset);
  if (file === undefined || (target?.kind !== 'definition' && target?.kind !== 'reference')) return [];
  return occurrences(snapshot, target.key)
    .filter((occurrence) => occurrence.uri === uri)
    .map(({ span, declaration }) => ({
      range: rangeOf(file.lines, span),
      kind: declaration ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    }));
}
