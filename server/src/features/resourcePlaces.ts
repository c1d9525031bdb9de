// From a place in a document to the resource that stands there, and from a resource back to its place.

import type { Position } from 'vscode-languageserver-types';
import type { ResourceAtResult, ResourcePlace } from '../../../shared/protocol/requests';
import type { Resource } from '../definitions/resources';
import { isQueryFile } from '../workspace/fileUris';
import type { ResourceKey, Snapshot } from '../workspace/snapshot';
import { locationOf } from './ranges';
import { occurrences } from './references';
import { enclosingResource, targetAt } from './resourceAt';

export class ResourcePlaces {
  /** @param snapshot the present one, settled in a document or in all of them. */
  constructor(private readonly snapshot: (uri?: string) => Snapshot) {}

  /** The innermost definition around a position, and what is mentioned there; undefined where there is neither. */
  at(uri: string, position: Position): ResourceAtResult | undefined {
    const snapshot = this.snapshot(uri);
    const file = snapshot.files.get(uri);
    if (file === undefined) return undefined;
    const offset = file.lines.offsetAt(position);
    const target = targetAt(snapshot, file, offset);
    const around = enclosingResource(file, offset) ?? (isQueryFile(uri) ? readerOf(snapshot, uri) : undefined);
    const definition = target?.kind === 'definition' ? target.key : around && snapshot.keyOf(around);
    const reference = target?.kind === 'reference' ? target.key : undefined;
    if (definition === undefined && reference === undefined) return undefined;
    return { ...(definition !== undefined && { definition }), ...(reference !== undefined && { reference }) };
  }

  /** The name in the first definition of a key; otherwise the first mention of it. */
  of(key: ResourceKey): ResourcePlace | undefined {
    const snapshot = this.snapshot();
    const found = occurrences(snapshot, key);
    const first = found.find(({ declaration }) => declaration) ?? found[0];
    return first && locationOf(snapshot, first.uri, first.span);
  }
}

/** A query belongs to the definition that reads it, the first where several do. */
function readerOf({ index }: Snapshot, uri: string): Resource | undefined {
  return index.all.find(({ sql }) => sql?.text.segments.some((segment) => segment.uri === uri) === true);
}
