// `inputs=[…]` of the two transformation decorators.

import type { Value } from '../python/values';
import type { Span } from '../text/span';
import { argumentOf } from './arguments';
import { objectOf } from './objects';
import { referenceOf, spanWithin } from './names';
import type { Reading } from './reading';
import type { InputElement, InputList, Registration } from './resources';

export function readInputs(reading: Reading, registration: Registration): InputList | undefined {
  const argument = argumentOf(registration, 'inputs');
  if (argument === undefined || argument.value.kind === 'none') return undefined;
  const { value, valueSpan } = argument;
  if (value.kind !== 'list' || !value.complete) return { span: valueSpan, elements: undefined, value };
  return {
    span: valueSpan,
    value,
    elements: value.items.map((item, index) => readElement(reading, item, argument.elementSpans?.[index] ?? valueSpan)),
  };
}

function readElement(reading: Reading, value: Value, place: Span): InputElement {
  const span = spanWithin(value.at, reading.uri, place);
  const reference = referenceOf(value, 'source', reading.uri, span, reading.run);
  return { span, value, form: formOf(value), ...(reference === undefined ? {} : { reference }) };
}

function formOf(value: Value): InputElement['form'] {
  switch (value.kind) {
    case 'tuple':
      return 'tuple';
    case 'string':
      return 'string';
    case 'symbol':
    case 'module':
      return 'symbol';
    case 'object':
      return objectOf(value) === undefined ? 'symbol' : 'object';
    default:
      return 'other';
  }
}
