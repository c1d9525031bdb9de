// Providers and entities as registrations name them: by object or by string.

import type { Value } from '../python/values';
import type { Span } from '../text/span';
import { argumentOf } from './arguments';
import { nameOf, referenceOf } from './names';
import { classOf, objectOf } from './objects';
import type { Reading } from './reading';
import type { ProviderUse, Reference, Registration } from './resources';

/** The provider that a method was called on, or that `provider=` names. */
export function providerOf(reading: Reading, registration: Registration): ProviderUse | undefined {
  const argument = argumentOf(registration, 'provider');
  if (argument !== undefined) return providerUse(reading, argument.value, argument.valueSpan);
  const { receiver, nameSpan, calleeSpan } = registration;
  if (receiver === undefined) return undefined;
  const span: Span = { start: calleeSpan.start, end: Math.max(calleeSpan.start, nameSpan.start - 1) };
  return providerUse(reading, receiver, span);
}

export function providerUse(reading: Reading, value: Value, span: Span): ProviderUse {
  const object = objectOf(value);
  if (object?.kind === 'instance') return { class: object.className, name: object.name, span };
  if (value.kind === 'string') return { class: undefined, name: nameOf(value, reading.uri, span), span };
  return { class: classOf(value), name: undefined, span };
}

/** The reference that a provider argument makes: a string names it, an object holds it. */
export function providerReference(reading: Reading, value: Value, span: Span): Reference | undefined {
  const { name } = providerUse(reading, value, span);
  if (name === undefined) return undefined;
  return {
    type: 'provider',
    name: { ...name, span: value.kind === 'string' ? name.span : span },
    variant: reading.omitted(),
    span,
    form: value.kind === 'string' ? 'string' : 'object',
  };
}

export function entityReference(reading: Reading, value: Value, span: Span): Reference | undefined {
  const object = objectOf(value);
  if (object?.kind === 'instance' && object.name !== undefined) {
    return { type: 'entity', name: { ...object.name, span }, variant: reading.omitted(), span, form: 'object' };
  }
  return value.kind === 'string' ? referenceOf(value, 'entity', reading.uri, span, undefined) : undefined;
}
