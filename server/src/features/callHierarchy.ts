// Resources as a call hierarchy: what reads a resource calls it, and what a resource reads is called by it.

import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Range } from 'vscode-languageserver-types';
import type { Reference, Resource } from '../definitions/resources';
import type { Span } from '../text/span';
import type { ResourceKey, Snapshot } from '../workspace/snapshot';
import { symbolKinds } from './documentSymbol';
import { rangeOf } from './ranges';
import { mentionSpan, targetAt } from './resourceAt';
import { idOf, kindWords } from './resourceIds';

/** The definitions of the resource that is defined or mentioned under the cursor. */
export function prepareCallHierarchy(snapshot: Snapshot, uri: string, offset: number): readonly CallHierarchyItem[] {
  const file = snapshot.files.get(uri);
  const target = file === undefined ? undefined : targetAt(snapshot, file, offset);
  if (target?.kind !== 'definition' && target?.kind !== 'reference') return [];
  return itemsOf(snapshot, target.key);
}

/** Who uses the resource, with the places in their files where they mention it. */
export function incomingCalls(snapshot: Snapshot, { data }: CallHierarchyItem): readonly CallHierarchyIncomingCall[] {
  const key = keyIn(data);
  if (key === undefined) return [];
  const users = new Map<Resource, Range[]>();
  for (const { reference, from } of snapshot.index.mentions(key)) {
    if (from === undefined) continue;
    const ranges = users.get(from) ?? [];
    users.set(from, ranges);
    addRange(ranges, rangeOfMention(snapshot, reference, from));
  }
  return [...users]
    .sort(([a], [b]) => inOrder(a, b))
    .flatMap(([user, fromRanges]) => itemOf(snapshot, user).map((from) => ({ from, fromRanges })));
}

/** What the resource uses, with the places in its file where it mentions that. */
export function outgoingCalls(snapshot: Snapshot, item: CallHierarchyItem): readonly CallHierarchyOutgoingCall[] {
  const key = keyIn(item.data);
  if (key === undefined) return [];
  const used = new Map<ResourceKey, Range[]>();
  for (const resource of snapshot.index.definitions(key)) {
    if (!isItemOf(snapshot, item, resource)) continue;
    for (const reference of resource.references) {
      const other = snapshot.keyOf(reference);
      const ranges = used.get(other) ?? [];
      used.set(other, ranges);
      addRange(ranges, rangeOfMention(snapshot, reference, resource));
    }
  }
  return [...used].flatMap(([other, fromRanges]) => itemsOf(snapshot, other).map((to) => ({ to, fromRanges })));
}

function itemsOf(snapshot: Snapshot, key: ResourceKey): readonly CallHierarchyItem[] {
  return snapshot.index.definitions(key).flatMap((resource) => itemOf(snapshot, resource));
}

function itemOf(snapshot: Snapshot, resource: Resource): readonly CallHierarchyItem[] {
  const file = snapshot.files.get(resource.uri);
  if (file === undefined) return [];
  const { span, selection } = resource;
  // The protocol demands that the selection lies within the range.
  const whole: Span = { start: Math.min(span.start, selection.start), end: Math.max(span.end, selection.end) };
  return [
    {
      name: idOf(snapshot, resource),
      kind: symbolKinds[resource.kind],
      detail: kindWords[resource.kind],
      uri: resource.uri,
      range: rangeOf(file.lines, whole),
      selectionRange: rangeOf(file.lines, selection),
      data: { key: snapshot.keyOf(resource) },
    },
  ];
}

/** Of an id that is defined twice, the definition that the item stands for; of one that was edited since, any. */
function isItemOf(snapshot: Snapshot, { uri, selectionRange }: CallHierarchyItem, resource: Resource): boolean {
  const all = snapshot.index.definitions(snapshot.keyOf(resource));
  const isSame = (one: Resource): boolean => {
    const file = snapshot.files.get(one.uri);
    return file !== undefined && one.uri === uri && file.lines.offsetAt(selectionRange.start) === one.selection.start;
  };
  return isSame(resource) || !all.some(isSame);
}

/** The place of a mention in the file of its definition: one that a constant of another file writes is where that is used. */
function rangeOfMention(snapshot: Snapshot, reference: Reference, { uri, sql, selection }: Resource): Range | undefined {
  const file = snapshot.files.get(uri);
  if (file === undefined) return undefined;
  const isHere = (reference.uri ?? uri) === uri;
  return rangeOf(file.lines, isHere ? mentionSpan(reference, file.text) : (sql?.span ?? selection));
}

function addRange(ranges: Range[], range: Range | undefined): void {
  if (range === undefined) return;
  const isKnown = ranges.some(
    ({ start, end }) =>
      start.line === range.start.line &&
      start.character === range.start.character &&
      end.line === range.end.line &&
      end.character === range.end.character,
  );
  if (!isKnown) ranges.push(range);
}

function inOrder(a: Resource, b: Resource): number {
  return a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : a.selection.start - b.selection.start;
}

/** What comes back from a client is not trusted. */
function keyIn(data: unknown): ResourceKey | undefined {
  return typeof data === 'object' && data !== null && 'key' in data && typeof data.key === 'string' ? data.key : undefined;
}
