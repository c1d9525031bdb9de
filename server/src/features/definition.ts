import type { LocationLink } from 'vscode-languageserver-types';
import type { Resource } from '../definitions/resources';
import type { Span } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { targetAt } from './resourceAt';

/** Where the resource under the cursor is defined: more than one place where it is defined more than once. */
export function definition(snapshot: Snapshot, uri: string, offset: number): readonly LocationLink[] {
  const file = snapshot.files.get(uri);
  const target = file === undefined ? undefined : targetAt(snapshot, file, offset);
  if (file === undefined || target === undefined) return [];
  if (target.kind !== 'definition' && target.kind !== 'reference') return [];
  return snapshot.index.definitions(target.key).flatMap((resource) => linkTo(snapshot, file, target.span, resource));
}

/** The link from a place in a document to a definition. */
export function linkTo(snapshot: Snapshot, from: FileSnapshot, origin: Span, resource: Resource): readonly LocationLink[] {
  const home = snapshot.files.get(resource.uri);
  if (home === undefined) return [];
  const whole = {
    start: Math.min(resource.span.start, resource.selection.start),
    end: Math.max(resource.span.end, resource.selection.end),
  };
  return [
    {
      originSelectionRange: rangeOf(from.lines, origin),
      targetUri: resource.uri,
      targetRange: rangeOf(home.lines, whole),
      targetSelectionRange: rangeOf(home.lines, resource.selection),
    },
  ];
}
