import { type CompletionItem, CompletionItemKind, type CompletionList, type Range } from 'vscode-languageserver-types';
import { scalarTypes } from '../definitions/catalogue';
import type { Resource, ResourceType } from '../definitions/resources';
import type { FileSnapshot, ResourceKey, Snapshot } from '../workspace/snapshot';
import { completionContext, type CompletionContext } from './completionContext';
import { fuzzyScore } from './fuzzyMatch';
import { rangeOf } from './ranges';
import { enclosingResource } from './resourceAt';
import { idOf, isConstantId, kindWords, variantOf } from './resourceIds';

/** An editor asks again when a list is incomplete, so that a workspace of ten thousand names costs no more than this. */
const MOST = 200;

/** Names of resources for the slot under the cursor: what the text before it begins, what is defined nearest first. */
export function completion(snapshot: Snapshot, uri: string, offset: number): CompletionList {
  const file = snapshot.files.get(uri);
  const context = file === undefined ? undefined : completionContext(file.text, offset, snapshot.era);
  if (file === undefined || context === undefined) return { isIncomplete: false, items: [] };
  return toList(file, context, candidatesFor(snapshot, file, context, offset));
}

interface Candidate {
  readonly label: string;
  readonly insert: string;
  readonly kind: CompletionItemKind;
  readonly detail: string;
  readonly description: string | undefined;
  /** Small numbers come first; equal ones in the order of their labels. */
  readonly rank: number;
  readonly resource?: Resource;
}

function candidatesFor(snapshot: Snapshot, file: FileSnapshot, context: CompletionContext, offset: number): readonly Candidate[] {
  if (context.kind === 'valueType') return valueTypes();
  const around = enclosingResource(file, offset);
  const type = context.kind === 'template' ? 'source' : context.type;
  const excluded = around === undefined || around.type !== type ? new Set<ResourceKey>() : wouldCycle(snapshot, around);
  const usable = (resource: Resource): boolean => isConstantId(resource) && !excluded.has(snapshot.keyOf(resource));
  const candidate = resourceCandidate(file, offset);
  const behindName = context.kind === 'variant' || (context.kind === 'template' && context.name !== undefined);
  if (behindName) {
    const name = context.name ?? '';
    const variants = snapshot.index.variants(type, name).filter((resource) => usable(resource));
    return variants.flatMap((resource) => {
      const variant = variantOf(snapshot, resource);
      return variant === undefined ? [] : [candidate(resource, variant)];
    });
  }
  const resources = candidatesOfType(snapshot, type, context.typed).filter((resource) => usable(resource));
  if (context.kind === 'name') return uniqueNames(snapshot, resources, candidate);
  return [...aliases(snapshot, around), ...resources.map((resource) => candidate(resource, idOf(snapshot, resource)))];
}

/** Every definition of the type whose name could go on from what is typed; names are compared before anything is built. */
function candidatesOfType(snapshot: Snapshot, type: ResourceType, typed: string): readonly Resource[] {
  return snapshot.index
    .names(type)
    .filter((name) => typed === '' || fuzzyScore(typed.split('.')[0] ?? '', name) !== undefined)
    .flatMap((name) => snapshot.index.variants(type, name));
}

/** A string holds the name alone: one candidate for all its variants, with the nearest definition's documentation. */
function uniqueNames(
  snapshot: Snapshot,
  resources: readonly Resource[],
  candidate: (resource: Resource, label: string) => Candidate,
): readonly Candidate[] {
  const byName = new Map<string, Candidate>();
  for (const resource of resources) {
    const name = resource.name.text ?? '';
    const next = candidate(resource, name);
    const known = byName.get(name);
    if (known === undefined || next.rank < known.rank) byName.set(name, next);
  }
  return [...byName.values()].map((one) => {
    const variants = one.resource === undefined ? [] : snapshot.index.variants(one.resource.type, one.label);
    const written = [...new Set(variants.flatMap((resource) => variantOf(snapshot, resource) ?? []))];
    return written.length === 0 ? one : { ...one, description: written.join(', ') };
  });
}

/** The definition itself and everything that depends on it: reading one of those would be a cycle. */
function wouldCycle(snapshot: Snapshot, resource: Resource): ReadonlySet<ResourceKey> {
  const key = snapshot.keyOf(resource);
  return new Set([key, ...snapshot.graph.downstream(key)]);
}

function aliases(snapshot: Snapshot, around: Resource | undefined): readonly Candidate[] {
  const elements = around?.inputs?.elements;
  if (elements === undefined || around?.kind !== 'sql-transformation') return [];
  return (around.function?.parameters ?? []).map((parameter, index) => {
    const reference = elements[index]?.reference;
    return {
      label: parameter.name,
      insert: parameter.name,
      kind: CompletionItemKind.Variable,
      detail: reference === undefined ? `input ${index + 1}` : `input ${index + 1}: ${idOf(snapshot, reference)}`,
      description: undefined,
      rank: 0,
    };
  });
}

function valueTypes(): readonly Candidate[] {
  return [...scalarTypes].flatMap(([member, text], index) =>
    text === ''
      ? []
      : [{ label: text, insert: text, kind: CompletionItemKind.EnumMember, detail: `ff.${member}`, description: undefined, rank: index }],
  );
}

function resourceCandidate(file: FileSnapshot, offset: number): (resource: Resource, label: string) => Candidate {
  return (resource, label) => ({
    label,
    insert: label,
    kind: itemKinds[resource.type],
    detail: kindWords[resource.kind],
    description: resource.uri === file.uri ? undefined : fileName(resource.uri),
    rank: distance(file, offset, resource),
    resource,
  });
}

/** Nearest first: lines away in the same file, then files of the same folder, then the rest by how much path they share. */
function distance(file: FileSnapshot, offset: number, resource: Resource): number {
  if (resource.uri === file.uri) {
    const lines = Math.abs(file.lines.positionAt(resource.span.start).line - file.lines.positionAt(offset).line);
    return 1 + Math.min(lines, 99_999);
  }
  const [here, there] = [file.uri.split('/'), resource.uri.split('/')];
  let shared = 0;
  while (shared < here.length - 1 && here[shared] === there[shared]) shared++;
  return 100_000 + Math.max(here.length, there.length) - 1 - shared;
}

function toList(file: FileSnapshot, context: CompletionContext, candidates: readonly Candidate[]): CompletionList {
  const matching = candidates
    .filter((candidate) => context.typed === '' || fuzzyScore(context.typed, candidate.label) !== undefined)
    .sort((a, b) => a.rank - b.rank || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
  const range = rangeOf(file.lines, context.replace);
  const closing = context.kind === 'template' ? context.closing : '';
  const items = matching.slice(0, MOST).map((candidate, index) => itemOf(candidate, index, range, closing));
  return { isIncomplete: matching.length > MOST, items };
}

function itemOf(candidate: Candidate, index: number, range: Range, closing: string): CompletionItem {
  const { resource } = candidate;
  return {
    label: candidate.label,
    kind: candidate.kind,
    detail: candidate.detail,
    ...(candidate.description !== undefined && { labelDetails: { description: candidate.description } }),
    sortText: String(index).padStart(4, '0'),
    filterText: candidate.label,
    textEdit: { range, newText: candidate.insert + closing },
    ...(resource !== undefined && { data: { uri: resource.uri, order: resource.order } satisfies CompletionData }),
  };
}

/** What `completionResolve` needs to find the resource of an item again. */
export interface CompletionData {
  readonly uri: string;
  readonly order: number;
}

const itemKinds: Readonly<Record<ResourceType, CompletionItemKind>> = {
  provider: CompletionItemKind.Module,
  source: CompletionItemKind.Reference,
  entity: CompletionItemKind.Class,
  feature: CompletionItemKind.Field,
  label: CompletionItemKind.Property,
  'training-set': CompletionItemKind.Struct,
  model: CompletionItemKind.Value,
  user: CompletionItemKind.Value,
};

function fileName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
