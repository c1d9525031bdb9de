// Names, variants and the keys that compare them.

import { valueKeyWith } from '../python/valueKey';
import type { ObjectValue, StringValue, Value } from '../python/values';
import { encloses, type Location, type Span } from '../text/span';
import { objectOf } from './objects';
import type { BoundArgument, Reference, ResourceType, WrittenName, WrittenVariant } from './resources';

/** A text that is equal for two values exactly when they are sure to be equal; Featureform's objects by what they are. */
export function valueKey(value: Value): string {
  return valueKeyWith(value, objectKey);
}

function objectKey(value: ObjectValue): string {
  const object = objectOf(value);
  switch (object?.kind) {
    case 'identified':
      return `${object.type}:${object.name.key}.${variantKey(object.variant)}`;
    case 'instance':
      return `${object.className}(${object.name?.key ?? object.registration?.arguments.map((a) => `${a.name}=${valueKey(a.value)}`).join(', ') ?? ''})`;
    case 'columns':
      return `${valueKey(object.source)}[${object.columns.map(valueKey).join(', ')}]`;
    case 'feature':
      return `${object.className}(${object.registration.arguments.map((a) => `${a.name}=${valueKey(a.value)}`).join(', ')})`;
    default:
      return `object@${value.at.uri}#${value.at.span.start}`;
  }
}

function variantKey(variant: WrittenVariant): string {
  return variant.kind === 'written' ? variant.name.key : `\${run ${variant.run ?? ''}}`;
}

/**
 * The name that a string value writes. Its span is where the literal stands, if that is within `place` (the argument), so
 * that a diagnostic never lands on a constant far away; otherwise the place itself.
 */
export function nameOf(value: Value, uri: string, place: Span): WrittenName {
  if (value.kind !== 'string') return { key: `\${${valueKey(value)}}`, text: undefined, span: place, implied: false };
  return nameOfText(value, { start: 0, end: value.text.value.length }, uri, place);
}

/** The name that a part of a string value writes. */
export function nameOfText(value: StringValue, part: Span, uri: string, place: Span): WrittenName {
  const mapped = value.text.slice(part.start, part.end);
  const written = value.text.sourceLocation(part);
  const span = written?.uri === uri && encloses(place, written.span) ? written.span : place;
  return { key: mapped.key, text: mapped.isConstant ? mapped.value : undefined, span, implied: false, mapped };
}

/** The name of a function, class or attribute. */
export function impliedName(name: string, span: Span): WrittenName {
  return { key: name, text: name, span, implied: true };
}

/** A variant argument: nothing, an empty string and `None` leave it to the run. */
export function variantOf(value: Value | undefined, uri: string, place: Span, run: string | undefined): WrittenVariant {
  if (value === undefined || value.kind === 'none') return { kind: 'omitted', run };
  if (value.kind === 'string' && value.text.value === '') return { kind: 'omitted', run };
  return { kind: 'written', name: nameOf(value, uri, place) };
}

/** The reference that an object or a `(name, variant)` tuple, a string or a dict makes, as Featureform understands it. */
export function referenceOf(value: Value, type: ResourceType, uri: string, place: Span, run: string | undefined): Reference | undefined {
  const object = objectOf(value);
  if (object?.kind === 'identified') {
    return object.type === type
      ? { type, name: { ...object.name, span: place }, variant: respan(object.variant, place), span: place, form: 'object' }
      : undefined;
  }
  if (object?.kind === 'feature') {
    const { identity } = object;
    if (identity?.type !== type) return undefined;
    return { type, name: { ...identity.name, span: place }, variant: respan(identity.variant, place), span: place, form: 'object' };
  }
  if (value.kind === 'string') {
    return { type, name: nameOf(value, uri, place), variant: { kind: 'omitted', run }, span: place, form: 'string' };
  }
  if (value.kind === 'tuple') {
    const [name, variant] = value.items;
    if (!value.complete || value.items.length !== 2 || name === undefined || variant === undefined) return undefined;
    if (!couldBeText(name) || !couldBeText(variant)) return undefined;
    return {
      type,
      name: nameOf(name, uri, spanWithin(name.at, uri, place)),
      variant: variantOf(variant, uri, spanWithin(variant.at, uri, place), run),
      span: place,
      form: 'tuple',
    };
  }
  return undefined;
}

/** A string, or what may turn out to be one. */
function couldBeText(value: Value): boolean {
  return value.kind === 'string' || value.kind === 'symbol' || value.kind === 'module';
}

/** The span of a value, if it stands in this document inside `place`; otherwise `place`. */
export function spanWithin(at: Location, uri: string, place: Span): Span {
  return at.uri === uri && encloses(place, at.span) ? at.span : place;
}

/** Where the element of a list argument stands, as exactly as it is known. */
export function elementSpan(argument: BoundArgument, index: number, element: Value, uri: string): Span {
  return argument.elementSpans?.[index] ?? spanWithin(element.at, uri, argument.valueSpan);
}

function respan(variant: WrittenVariant, span: Span): WrittenVariant {
  return variant.kind === 'written' ? { kind: 'written', name: { ...variant.name, span } } : variant;
}
