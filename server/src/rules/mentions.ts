// The mentions of resources in one file, and where and how a problem with one of them is shown.

import type { DefinitionFile, Reference, Resource, ResourceType, WrittenName } from '../definitions/resources';
import type { Location, Span } from '../text/span';
import { isQueryFile } from '../workspace/fileUris';
import type { Problem, RuleContext, TextEdit } from './rule';

/** Where a problem is shown. */
export type Place = Pick<Problem, 'span' | 'related' | 'uri' | 'usedAt'>;

export interface FileMention {
  readonly reference: Reference;
  /** The resource it stands in; undefined outside any. */
  readonly from: Resource | undefined;
}

/** Several rules ask for the same mentions of a file. */
const known = new WeakMap<DefinitionFile, Map<ResourceType, readonly FileMention[]>>();

/** Every mention of a resource of the type in the file, inside definitions first. */
export function mentionsOf(context: RuleContext, type: ResourceType): readonly FileMention[] {
  const { definitions } = context.file;
  const ofFile = known.get(definitions) ?? new Map<ResourceType, readonly FileMention[]>();
  known.set(definitions, ofFile);
  let mentions = ofFile.get(type);
  if (mentions === undefined) {
    mentions = findMentions(definitions, type);
    ofFile.set(type, mentions);
  }
  return mentions;
}

function findMentions({ resources, references }: DefinitionFile, type: ResourceType): readonly FileMention[] {
  const found: FileMention[] = [];
  for (const from of resources) {
    for (const reference of from.references) if (reference.type === type) found.push({ reference, from });
  }
  for (const reference of references) if (reference.type === type) found.push({ reference, from: undefined });
  return found;
}

/**
 * Where to show a problem at a location. Text that was written in another document (a constant imported from there) is shown
 * at `fallback`, the place that uses it, with the other place as related information. Text of a file of SQL is shown there.
 */
export function placed(context: RuleContext, location: Location | undefined, fallback: Span): Place {
  if (location === undefined) return { span: fallback };
  if (location.uri === context.file.uri) return { span: location.span };
  if (isQueryFile(location.uri)) return { ...location, usedAt: fallback };
  return { span: fallback, related: [{ ...location, message: 'written here' }] };
}

/** Where to show a problem with a name or variant of a mention. */
export function placedName({ reference, from }: FileMention, name: WrittenName, context: RuleContext): Place {
  const uri = reference.uri ?? from?.uri ?? context.file.uri;
  return placed(context, { uri, span: name.span }, from?.sql?.span ?? from?.selection ?? reference.span);
}

/** Writes another name in place of one, where the text stands in the file as it is; otherwise nothing can be edited safely. */
export function replaceName(
  { reference, from }: FileMention,
  name: WrittenName,
  newText: string,
  context: RuleContext,
): TextEdit | undefined {
  const uri = reference.uri ?? from?.uri ?? context.file.uri;
  const written = context.snapshot.files.get(uri)?.text.slice(name.span.start, name.span.end);
  return written === name.text ? { uri, span: name.span, newText } : undefined;
}
