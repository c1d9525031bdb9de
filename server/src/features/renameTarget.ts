// What a cursor means for renaming: the name of a resource in all its variants, or one variant of it, wherever a part of it is
// written. Python's own variables are not renamed here, but for the functions, classes and attributes that give a name.

import type { ResourceType } from '../definitions/resources';
import type { MappedText } from '../text/mappedText';
import { touches, type Span } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { aliasAt, type Alias } from './aliasRename';
import { namePartsOf, type NamePart } from './nameParts';
import { pythonBinding } from './pythonBinding';
import { typeWords } from './resourceIds';

export interface RenameTarget {
  readonly type: ResourceType;
  readonly part: 'name' | 'variant';
  /** The key of the name. */
  readonly name: string;
  /** The key of the variant, where that is what is renamed. */
  readonly variant: string;
}

export type RenamePlace =
  | {
      readonly kind: 'found';
      readonly target: RenameTarget;
      readonly span: Span;
      /** What is renamed, as it is written here. */
      readonly placeholder: string;
    }
  | { readonly kind: 'alias'; readonly alias: Alias; readonly span: Span; readonly placeholder: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** Undefined where nothing stands that is ours to rename. */
export function renamePlaceAt(snapshot: Snapshot, roots: readonly string[], uri: string, offset: number): RenamePlace | undefined {
  const here: { readonly part: NamePart; readonly span: Span }[] = [];
  const isHere = (text: MappedText | undefined): boolean =>
    text?.segments.some((segment) => segment.uri === uri && touches(segment.source, offset)) === true;
  for (const file of snapshot.files.values()) {
    const parts = namePartsOf(
      snapshot,
      file,
      (_, name, variant) => isHere(name.mapped) || (variant?.kind === 'written' && isHere(variant.name.mapped)),
    );
    for (const part of parts) {
      const span = part.text === undefined || !isHere(part.text) ? undefined : spanAt(part.text, uri, offset);
      if (span !== undefined) here.push({ part, span });
    }
  }
  const [first] = here;
  if (first === undefined) return aliasPlaceAt(snapshot, uri, offset) ?? impliedPlaceAt(snapshot, roots, uri, offset);
  const symbolic = here.find(({ part }) => part.text?.isConstant === false);
  if (symbolic !== undefined) return { kind: 'refused', reason: symbolicReason(symbolic.part) };
  const targets = distinct(here.map(({ part }) => targetOf(part)));
  const [target, other] = targets;
  if (target === undefined) return undefined;
  if (other !== undefined) {
    return { kind: 'refused', reason: `this text is part of ${describeTarget(target)} and of ${describeTarget(other)}` };
  }
  return { kind: 'found', target, span: first.span, placeholder: first.part.text?.value ?? '' };
}

export function targetOf({ type, part, name, variant }: NamePart): RenameTarget {
  return { type, part, name, variant: part === 'variant' ? variant : '' };
}

export function isPartOf({ type, part, name, variant }: NamePart, target: RenameTarget): boolean {
  return type === target.type && part === target.part && name === target.name && (part === 'name' || variant === target.variant);
}

/** `the source "transactions"`, `the variant "v1" of the source "transactions"` */
export function describeTarget({ type, part, name, variant }: RenameTarget): string {
  const resource = `the ${typeWords[type]} "${name}"`;
  return part === 'name' ? resource : `the variant "${variant}" of ${resource}`;
}

function symbolicReason({ text, part }: NamePart): string {
  const key = text?.key.replace(/\$\{/g, '{') ?? '';
  return `the ${part} "${key}" is known only when the program runs`;
}

/** The range of the document that wrote the part of the text under the cursor. */
function spanAt(text: MappedText, uri: string, offset: number): Span | undefined {
  return text.sourceRanges({ start: 0, end: text.value.length }).find((range) => range.uri === uri && touches(range.span, offset))?.span;
}

function aliasPlaceAt(snapshot: Snapshot, uri: string, offset: number): RenamePlace | undefined {
  const file = snapshot.files.get(uri);
  const found = file && aliasAt(file, offset);
  return found && { kind: 'alias', alias: found.alias, span: found.span, placeholder: found.alias.name };
}

/** The function, the class or the attribute that gives a resource its name, or a place where Python names it. */
function impliedPlaceAt(snapshot: Snapshot, roots: readonly string[], uri: string, offset: number): RenamePlace | undefined {
  const file = snapshot.files.get(uri);
  const span = file && wordAt(file.text, offset);
  if (file === undefined || span === undefined) return undefined;
  const word = file.text.slice(span.start, span.end);
  for (const { resource, home } of impliedNames(snapshot, word)) {
    const binding = pythonBinding(snapshot, roots, home.uri, resource.name.span, word);
    if (binding?.places.some((place) => place.uri === uri && place.span.start === span.start) !== true) continue;
    const target = { type: resource.type, part: 'name', name: resource.name.key, variant: '' } as const;
    return { kind: 'found', target, span, placeholder: word };
  }
  return undefined;
}

function* impliedNames(
  snapshot: Snapshot,
  word: string,
): Iterable<{ readonly resource: Snapshot['index']['all'][number]; readonly home: FileSnapshot }> {
  for (const home of snapshot.files.values()) {
    for (const resource of home.definitions.resources) {
      const { implied, span } = resource.name;
      if (implied && home.text.slice(span.start, span.end) === word) yield { resource, home };
    }
  }
}

function wordAt(text: string, offset: number): Span | undefined {
  const before = /[\p{L}\p{N}_]*$/u.exec(text.slice(Math.max(0, offset - 200), offset))?.[0].length ?? 0;
  const after = /^[\p{L}\p{N}_]*/u.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return before + after === 0 ? undefined : { start: offset - before, end: offset + after };
}

function distinct(targets: readonly RenameTarget[]): readonly RenameTarget[] {
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
}
