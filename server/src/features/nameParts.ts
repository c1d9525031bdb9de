// Every name and every variant that a workspace writes, one by one: of definitions, of mentions, and of what neither is but
// means a resource all the same, such as the templates of a second `return`. What renaming looks through.

import { argumentOf, constantText } from '../definitions/arguments';
import type { Reference, Registration, Resource, ResourceType, WrittenName, WrittenVariant } from '../definitions/resources';
import { scanTemplates } from '../sql/templates';
import type { MappedText } from '../text/mappedText';
import type { Location, Span } from '../text/span';
import type { FileSnapshot, Snapshot } from '../workspace/snapshot';
import { servedMentions } from './servedMentions';

export interface NamePart {
  readonly type: ResourceType;
  readonly part: 'name' | 'variant';
  /** The key of the name, also of that which a variant belongs to. */
  readonly name: string;
  /** The key of the variant, resolved as the run would; empty for types without variants. */
  readonly variant: string;
  /** The text that writes it; undefined for a variant that is left out, and for what an identifier gives. */
  readonly text: MappedText | undefined;
  /** True when the name of a function, a class or an attribute gives it. */
  readonly implied: boolean;
  /** Where to point at it. */
  readonly place: Location;
  /** The definition whose own part it is. */
  readonly resource?: Resource;
}

/** Tells whether parts of a resource of that name are asked for: most are not, and to describe a part costs more than this. */
export type PartFilter = (type: ResourceType, name: WrittenName, variant: WrittenVariant | undefined) => boolean;

/** The parts of the names that `matters` lets through, and perhaps a few others. */
export function* namePartsOf(snapshot: Snapshot, file: FileSnapshot, matters: PartFilter): Iterable<NamePart> {
  const { resources, references, externals, registrations } = file.definitions;
  for (const resource of resources) {
    if (matters(resource.type, resource.name, resource.variant)) yield* partsOf(snapshot, resource, resource.uri, resource);
    yield* repeatedVariant(snapshot, resource);
    for (const reference of resource.references) {
      if (matters(reference.type, reference.name, reference.variant)) yield* partsOf(snapshot, reference, reference.uri ?? file.uri);
    }
    yield* otherReturns(snapshot, resource);
  }
  for (const reference of [...references, ...externals]) {
    if (matters(reference.type, reference.name, reference.variant)) yield* partsOf(snapshot, reference, reference.uri ?? file.uri);
  }
  for (const registration of registrations) yield* ownerPart(registration, file.uri);
  for (const served of servedMentions(file)) yield* partsOf(snapshot, served, file.uri);
}

function* partsOf(snapshot: Snapshot, item: Resource | Reference, uri: string, resource?: Resource): Iterable<NamePart> {
  const { type, name, variant } = item;
  const key = snapshot.keyOf(item);
  const base = { type, name: name.key, variant: variantIn(key, type, name), ...(resource !== undefined && { resource }) };
  yield { ...base, part: 'name', text: name.mapped, implied: name.implied, place: { uri, span: name.span } };
  if (base.variant === '' || variant === undefined) return;
  if (variant.kind === 'written') {
    yield { ...base, part: 'variant', text: variant.name.mapped, implied: false, place: { uri, span: variant.name.span } };
  } else {
    yield { ...base, part: 'variant', text: undefined, implied: false, place: { uri, span: name.span } };
  }
}

function variantIn(key: string, type: ResourceType, name: WrittenName): string {
  return key.slice(type.length + 1 + name.key.length + 1);
}

/** A feature among `ff.Variants({"v1": …})` may write its variant a second time. */
function* repeatedVariant(snapshot: Snapshot, resource: Resource): Iterable<NamePart> {
  const { registration, variant, type, name } = resource;
  const argument = registration === undefined ? undefined : argumentOf(registration, 'variant');
  if (argument?.value.kind !== 'string' || variant?.kind !== 'written' || variant.name.mapped === argument.value.text) return;
  if (constantText(argument.value) !== variant.name.text) return;
  const own = variantIn(snapshot.keyOf(resource), type, name);
  yield {
    type,
    part: 'variant',
    name: name.key,
    variant: own,
    text: argument.value.text,
    implied: false,
    place: { uri: resource.uri, span: argument.valueSpan },
  };
}

/** The templates of what a function returns elsewhere than in the query that was read. */
function* otherReturns(snapshot: Snapshot, { returned, sql, references, uri }: Resource): Iterable<NamePart> {
  for (const { value, span } of returned ?? []) {
    if (value?.kind !== 'string' || span.start === sql?.span.start) continue;
    for (const { parts } of scanTemplates(value.text.value).templates) {
      const [name, variant] = parts;
      const mapped = name && value.text.slice(name.span.start, name.span.end);
      if (name === undefined || mapped === undefined || name.text === '' || parts.length > 2) continue;
      const written = variant && value.text.slice(variant.span.start, variant.span.end);
      // What stands for an input is no name.
      const known = references.some((one) => one.template?.inner === name.text);
      if (known && variant === undefined) continue;
      const reference: Reference = {
        type: 'source',
        name: writtenAs(mapped, span),
        variant:
          written === undefined || written.value === ''
            ? { kind: 'omitted', run: undefined }
            : { kind: 'written', name: writtenAs(written, span) },
        span,
        form: 'template',
      };
      yield* partsOf(snapshot, reference, uri);
    }
  }
}

function writtenAs(mapped: MappedText, span: Span): WrittenName {
  return { key: mapped.key, text: mapped.isConstant ? mapped.value : undefined, span, implied: false, mapped };
}

/** `owner="data"` means the user of that name. */
function* ownerPart(registration: Registration, uri: string): Iterable<NamePart> {
  const owner = argumentOf(registration, 'owner');
  if (owner?.value.kind !== 'string') return;
  const { text } = owner.value;
  yield { type: 'user', part: 'name', name: text.key, variant: '', text, implied: false, place: { uri, span: owner.valueSpan } };
}
