import type { Location } from 'vscode-languageserver-types';
import type { Span } from '../text/span';
import type { ResourceKey, Snapshot } from '../workspace/snapshot';
import { locationOf } from './ranges';
import { mentionSpan, targetAt } from './resourceAt';

/** Every mention of the resource under the cursor in the workspace, in file and text order. */
export function references(
  snapshot: Snapshot,
  uri: string,
  offset: number,
  options: { readonly includeDeclaration: boolean },
): readonly Location[] {
  const file = snapshot.files.get(uri);
  const target = file === undefined ? undefined : targetAt(snapshot, file, offset);
  if (target?.kind !== 'definition' && target?.kind !== 'reference') return [];
  return occurrences(snapshot, target.key)
    .filter((occurrence) => options.includeDeclaration || !occurrence.declaration)
    .flatMap((occurrence) => locationOf(snapshot, occurrence.uri, occurrence.span) ?? []);
}

export interface Occurrence {
  readonly uri: string;
  readonly span: Span;
  readonly declaration: boolean;
}

/** The definitions and mentions of a resource, each place once, in file and text order. */
export function occurrences(snapshot: Snapshot, key: ResourceKey): readonly Occurrence[] {
  const found: Occurrence[] = [
    ...snapshot.index.definitions(key).map((resource) => ({ uri: resource.uri, span: resource.selection, declaration: true })),
    ...snapshot.index.mentions(key).flatMap(({ uri, reference }) => {
      const home = snapshot.files.get(reference.uri ?? uri);
      return home === undefined ? [] : [{ uri: home.uri, span: mentionSpan(reference, home.text), declaration: false }];
    }),
  ];
  const seen = new Set<string>();
  return found
    .filter(({ uri, span }) => {
      const place = `${uri}#${span.start}-${span.end}`;
      const isNew = !seen.has(place);
      seen.add(place);
      return isNew;
    })
    .sort((a, b) => (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.span.start - b.span.start || a.span.end - b.span.end));
}
