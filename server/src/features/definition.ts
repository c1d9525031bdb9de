import type { LocationLink } from 'vscode-languageserver-types';
import type { Resource } from '../definitions/resources';
import { encloses, type Span } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { rangeOf } from './ranges';
import { targetAt } from './resourceAt';
import { sqlNameAt } from './sqlNames';

/** Where the resource under the cursor is defined: more than one place where it is defined more than once. */
export function definition(snapshot: Snapshot, uri: string, offset: number): readonly LocationLink[] {
  const file = snapshot.files.get(uri);
  const target = file === undefined ? undefined : targetAt(snapshot, file, offset);
  if (file === undefined) return [];
  if (target === undefined) return sqlNameLink(snapshot, file, offset);
  if (target.kind !== 'definition' && target.kind !== 'reference') return [];
  return snapshot.index.definitions(target.key).flatMap((resource) => linkTo(snapshot, file, target.span, resource));
}

/** From a name of a query to where the query gives it. */
function sqlNameLink(snapshot: Snapshot, file: FileSnapshot, offset: number): readonly LocationLink[] {
  const target = sqlNameAt(file, offset);
  const origin = target?.text.sourceLocation(target.name.span);
  const place = target?.text.sourceLocation(target.symbol.name.span);
  const home = place === undefined ? undefined : snapshot.files.get(place.uri);
  if (target === undefined || origin === undefined || place === undefined || home === undefined) return [];
  const whole = target.text.sourceLocation(target.symbol.node.span);
  const isAround = whole?.uri === place.uri && encloses(whole.span, place.span);
  return [
    {
      originSelectionRange: rangeOf(file.lines, origin.span),
      targetUri: place.uri,
      targetRange: rangeOf(home.lines, isAround ? whole.span : place.span),
      targetSelectionRange: rangeOf(home.lines, place.span),
    },
  ];
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
