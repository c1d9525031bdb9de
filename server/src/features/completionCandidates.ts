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
  const { typed } = context;
  const all = candidatesFor(snapshot, file, context, offset);
  const matching = typed === '' ? all : all.filter(({ label }) => fuzzyScore(typed, label) !== undefined);
  const best = matching.length <= most ? matching : lowestRanks(matching, most);
  return {
    candidates: [...best].sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0)),
    more: matching.length > most,
  };
}

function candidatesFor(snapshot: Snapshot, file: FileSnapshot, context: CompletionContext, offset: number): readonly Candidate[] {
  if (context.kind === 'valueType') return valueTypes();
  const around = enclosingResource(file, offset);
  const type = context.kind === 'template' ? 'source' : context.type;
  const excluded = around === undefined || around.type !== type ? undefined : wouldCycle(snapshot, around);
  const isUsable = (resource: Resource): boolean =>
    resource.type === type && isConstantId(resource) && excluded?.has(snapshot.keyOf(resource)) !== true;
  const rankOf = distanceFrom(file, offset);
  const candidate = (resource: Resource, label: string): Candidate => ({
    label,
    rank: rankOf(resource),
    meaning: { kind: 'resource', resource },
  });
  if (context.kind === 'variant' || (context.kind === 'template' && context.name !== undefined)) {
    const variants = snapshot.index.variants(type, context.name ?? '').filter(isUsable);
    return variants.flatMap((resource) => {
      const variant = variantOf(snapshot, resource);
      return variant === undefined ? [] : [candidate(resource, variant)];
    });
  }
  const resources = snapshot.index.all.filter(isUsable);
  if (context.kind === 'name') return uniqueNames(resources.map((resource) => candidate(resource, resource.name.text ?? '')));
  return [...aliases(snapshot, around), ...resources.map((resource) => candidate(resource, idOf(snapshot, resource)))];
}

/** A string holds the name alone: one candidate for all its variants, that of the nearest. */
function uniqueNames(candidates: readonly Candidate[]): readonly Candidate[] {
  const byName = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const known = byName.get(candidate.label);
    if (known === undefined || candidate.rank < known.rank) byName.set(candidate.label, candidate);
  }
  return [...byName.values()];
}

/** Dependents are followed this far: to offer one that closes a longer cycle is no harm, since the rules report it. */
const MOST_DEPENDENTS = 300;

/** The definition itself and what depends on it: reading one of those would be a cycle. */
function wouldCycle(snapshot: Snapshot, resource: Resource): ReadonlySet<ResourceKey> {
  const found = new Set([snapshot.keyOf(resource)]);
  for (const key of found) {
    for (const dependent of snapshot.graph.dependents(key)) found.add(dependent);
    if (found.size >= MOST_DEPENDENTS) break;
  }
  return found;
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

/** The `most` candidates of lowest rank, without sorting the others; of one rank those that are defined first. */
function lowestRanks(candidates: readonly Candidate[], most: number): readonly Candidate[] {
  const byRank = new Map<number, Candidate[]>();
  for (const candidate of candidates) {
    const same = byRank.get(candidate.rank);
    if (same === undefined) byRank.set(candidate.rank, [candidate]);
    else same.push(candidate);
  }
  const best: Candidate[] = [];
  for (const rank of [...byRank.keys()].sort((a, b) => a - b)) {
    if (best.length >= most) break;
    best.push(...(byRank.get(rank) ?? []).slice(0, most - best.length));
  }
  return best;
}
