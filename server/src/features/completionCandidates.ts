// What fits into a slot, in an order: cheap to list for ten thousand resources, since it is listed at every key.

import { scalarTypes } from '../definitions/catalogue';
import type { Resource } from '../definitions/resources';
import type { FileSnapshot, ResourceKey, Snapshot } from '../workspace/snapshot';
import type { CompletionContext } from './completionContext';
import { fuzzyScore } from './fuzzyMatch';
import { enclosingResource } from './resourceAt';
import { idOf, isConstantId, variantOf } from './resourceIds';

export interface Candidate {
  /** What is shown, matched and inserted. */
  readonly label: string;
  /** Small numbers come first; equal ones in the order of their labels. */
  readonly rank: number;
  readonly meaning:
    | { readonly kind: 'resource'; readonly resource: Resource }
    /** A parameter that stands for an input. */
    | { readonly kind: 'alias'; readonly detail: string }
    | { readonly kind: 'valueType'; readonly member: string };
}

/** The best candidates for a slot, at most `most`, and whether there were more. */
export function bestCandidates(
  snapshot: Snapshot,
  file: FileSnapshot,
  context: CompletionContext,
  offset: number,
  most: number,
): { readonly candidates: readonly Candidate[]; readonly more: boolean } {
  const matches = (label: string): boolean => context.typed === '' || fuzzyScore(context.typed, label) !== undefined;
  if (context.kind === 'valueType') return { candidates: valueTypes().filter(({ label }) => matches(label)), more: false };
  const type = context.kind === 'template' ? 'source' : context.type;
  const around = enclosingResource(file, offset);
  const excluded = around === undefined || around.type !== type ? undefined : wouldCycle(snapshot, around);
  const labelOf = labelsOf(snapshot, context);
  const fits = (resource: Resource): boolean => {
    if (resource.type !== type || excluded?.has(resource) === true || !isConstantId(resource)) return false;
    if (context.typed === '') return true;
    const label = labelOf(resource);
    return label !== undefined && matches(label);
  };
  const isBehindName = context.kind === 'variant' || (context.kind === 'template' && context.name !== undefined);
  const fitting = (isBehindName ? snapshot.index.variants(type, context.name ?? '') : snapshot.index.all).filter(fits);
  const nearest = lowestRanks(fitting, distanceFrom(file, offset), context.kind === 'name', most);
  const candidates = nearest.flatMap(({ resource, rank }): Candidate[] => {
    const label = labelOf(resource);
    return label === undefined ? [] : [{ label, rank, meaning: { kind: 'resource', resource } }];
  });
  const named = context.kind === 'template' && !isBehindName ? aliases(snapshot, around).filter(({ label }) => matches(label)) : [];
  return { candidates: [...named, ...candidates.sort(inOrder)], more: !isBehindName && fitting.length > most };
}

/** What a slot shows and takes of a resource; undefined where it has no variant to show. */
function labelsOf(snapshot: Snapshot, context: CompletionContext): (resource: Resource) => string | undefined {
  if (context.kind === 'name') return (resource) => resource.name.text;
  if (context.kind === 'variant' || (context.kind === 'template' && context.name !== undefined)) {
    return (resource) => variantOf(snapshot, resource);
  }
  return (resource) => idOf(snapshot, resource);
}

function inOrder(a: Candidate, b: Candidate): number {
  return a.rank - b.rank || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);
}

/** Dependents are followed this far: to offer one that closes a longer cycle is no harm, since the rules report it. */
const MOST_DEPENDENTS = 300;

/** The definition itself and what depends on it: reading one of those would be a cycle. */
function wouldCycle(snapshot: Snapshot, resource: Resource): ReadonlySet<Resource> {
  const found = new Set<ResourceKey>([snapshot.keyOf(resource)]);
  for (const key of found) {
    for (const dependent of snapshot.graph.dependents(key)) found.add(dependent);
    if (found.size >= MOST_DEPENDENTS) break;
  }
  return new Set([...found].flatMap((key) => snapshot.index.definitions(key)));
}

function aliases(snapshot: Snapshot, around: Resource | undefined): readonly Candidate[] {
  const elements = around?.inputs?.elements;
  if (elements === undefined || around?.kind !== 'sql-transformation') return [];
  return (around.function?.parameters ?? []).map((parameter, index) => {
    const reference = elements[index]?.reference;
    const detail = reference === undefined ? `input ${index + 1}` : `input ${index + 1}: ${idOf(snapshot, reference)}`;
    return { label: parameter.name, rank: 0, meaning: { kind: 'alias', detail } };
  });
}

function valueTypes(): readonly Candidate[] {
  return [...scalarTypes].flatMap(([member, text], index): Candidate[] =>
    text === '' ? [] : [{ label: text, rank: index, meaning: { kind: 'valueType', member } }],
  );
}

/** Nearest first: lines away in the same file, then files of the same folder, then the rest by how much path they share. */
function distanceFrom(file: FileSnapshot, offset: number): (resource: Resource) => number {
  const line = file.lines.positionAt(offset).line;
  const here = file.uri.split('/');
  const byFile = new Map<string, number>();
  return (resource) => {
    if (resource.uri === file.uri) return 1 + Math.min(Math.abs(file.lines.positionAt(resource.span.start).line - line), 99_999);
    let rank = byFile.get(resource.uri);
    if (rank === undefined) {
      const there = resource.uri.split('/');
      let shared = 0;
      while (shared < here.length - 1 && here[shared] === there[shared]) shared++;
      rank = 100_000 + Math.max(here.length, there.length) - 1 - shared;
      byFile.set(resource.uri, rank);
    }
    return rank;
  };
}

interface Ranked {
  readonly resource: Resource;
  readonly rank: number;
}

/** The `most` resources of lowest rank, without sorting the others; of one rank those that are defined first. */
function lowestRanks(
  resources: readonly Resource[],
  rankOf: (resource: Resource) => number,
  oneOfName: boolean,
  most: number,
): readonly Ranked[] {
  const byRank = new Map<number, Resource[]>();
  for (const resource of resources) {
    const rank = rankOf(resource);
    const same = byRank.get(rank);
    if (same === undefined) byRank.set(rank, [resource]);
    else same.push(resource);
  }
  const best: Ranked[] = [];
  const names = new Set<string>();
  for (const [rank, same] of [...byRank].sort(([a], [b]) => a - b)) {
    for (const resource of same) {
      if (best.length >= most) return best;
      // A slot for the name alone offers each name once, as the nearest of its variants.
      if (oneOfName && names.has(resource.name.key)) continue;
      names.add(resource.name.key);
      best.push({ resource, rank });
    }
  }
  return best;
}
