import type { Location } from 'vscode-languageserver-types';
import type { Span } from '../text/span';
import type { ResourceKey, Snapshot } from '../workspace/snapshot';
import { heldAt } from './heldRegistrations';
import { locationOf } from './ranges';
import { mentionSpan, targetAt } from './resourceAt';
import { placesOf, sqlNameAt } from './sqlNames';

export interface ReferencesOptions {
  readonly includeDeclaration: boolean;
  /** The folders of the workspace, in which imports are looked for. */
  readonly roots: readonly string[];
}

/** Every mention in the workspace of the resource under the cursor, of the name that a query gives itself, or of what the variable there holds, in file and text order. */
export function references(snapshot: Snapshot, uri: string, offset: number, options: ReferencesOptions): readonly Location[] {
  const file = snapshot.files.get(uri);
  const ofQuery = file === undefined || targetAt(snapshot, file, offset) !== undefined ? undefined : sqlNameAt(file, offset);
  if (ofQuery !== undefined) {
    return placesOf(ofQuery)
      .filter(({ declaration }) => options.includeDeclaration || !declaration)
      .sort((a, b) => a.span.start - b.span.start)
      .flatMap((place) => locationOf(snapshot, place.uri, place.span) ?? []);
  }
  return keysAt(snapshot, uri, offset, options.roots)
    .flatMap((key) => occurrences(snapshot, key))
    .filter((occurrence) => options.includeDeclaration || !occurrence.declaration)
    .flatMap((occurrence) => locationOf(snapshot, occurrence.uri, occurrence.span) ?? []);
}

function keysAt(snapshot: Snapshot, uri: string, offset: number, roots: readonly string[]): readonly ResourceKey[] {
  const file = snapshot.files.get(uri);
  const target = file === undefined ? undefined : targetAt(snapshot, file, offset);
  if (target?.kind === 'definition' || target?.kind === 'reference') return [target.key];
  const held = heldAt(snapshot, roots, uri, offset)?.held ?? [];
  return [...new Set(held.flatMap(({ resource }) => (resource === undefined ? [] : [snapshot.keyOf(resource)])))];
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
