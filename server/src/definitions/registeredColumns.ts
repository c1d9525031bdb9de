// `source.register_resources(entity=…, features=[{…}], labels=[{…}])`: columns of a source as features and labels.

import type { DictValue, Value } from '../python/values';
import type { Span } from '../text/span';
import { argumentOf, constantText, entryOf } from './arguments';
import { scalarTypes } from './catalogue';
import { elementSpan, nameOf, spanWithin, variantOf } from './names';
import { objectOf, objectValue } from './objects';
import { entityReference, providerOf, providerReference } from './references';
import type { Reading } from './reading';
import { unknown } from './unknown';
import type { ColumnMention, Reference, Registration, Resource, ResourceType, ValueType } from './resources';

export function readRegisteredColumns(reading: Reading, registration: Registration): Value {
  const shared = sharedParts(reading, registration);
  const features = readList(reading, registration, 'features', 'feature', shared);
  const labels = readList(reading, registration, 'labels', 'label', shared);
  for (const reference of shared.references) reading.addReference(reference);
  return objectValue({ kind: 'resources', features, labels }, reading.at(registration.span));
}

interface SharedParts {
  readonly references: readonly Reference[];
  readonly columns: readonly ColumnMention[];
}

/** What every feature and label of the call has in common: the source, the entity and the columns of the keys. */
function sharedParts(reading: Reading, registration: Registration): SharedParts {
  const references: Reference[] = [];
  const columns: ColumnMention[] = [];
  const source = objectOf(registration.receiver);
  if (source?.kind === 'identified') {
    const { calleeSpan, nameSpan } = registration;
    const span: Span = { start: calleeSpan.start, end: Math.max(calleeSpan.start, nameSpan.start - 1) };
    references.push({ type: source.type, name: { ...source.name, span }, variant: source.variant, span, form: 'object' });
  }
  const entity = argumentOf(registration, 'entity');
  if (entity !== undefined) {
    const reference = entityReference(reading, entity.value, entity.valueSpan);
    if (reference !== undefined) references.push(reference);
  }
  const store = argumentOf(registration, 'inference_store');
  if (store !== undefined) {
    const reference = providerReference(reading, store.value, store.valueSpan);
    if (reference !== undefined) references.push(reference);
  }
  for (const [argumentName, role] of [
    ['entity_column', 'entity'],
    ['timestamp_column', 'timestamp'],
  ] as const) {
    const argument = argumentOf(registration, argumentName);
    if (argument?.value.kind === 'string' && argument.value.text.value !== '') {
      columns.push({ role, name: nameOf(argument.value, reading.uri, argument.valueSpan) });
    }
  }
  return { references, columns };
}

function readList(
  reading: Reading,
  registration: Registration,
  argumentName: string,
  type: ResourceType,
  shared: SharedParts,
): Reference[] {
  const argument = argumentOf(registration, argumentName);
  if (argument === undefined || argument.value.kind === 'none') return [];
  const { value } = argument;
  if (value.kind !== 'list' && value.kind !== 'tuple') {
    reading.openType(type);
    return [];
  }
  if (!value.complete) reading.openType(type);
  const made: Reference[] = [];
  for (const [index, item] of value.items.entries()) {
    if (item.kind !== 'dict') {
      if (item.kind === 'symbol') reading.openType(type);
      continue;
    }
    const reference = readColumn(reading, registration, item, elementSpan(argument, index, item, reading.uri), type, shared);
    if (reference !== undefined) made.push(reference);
  }
  return made;
}

function readColumn(
  reading: Reading,
  registration: Registration,
  dict: DictValue,
  span: Span,
  type: ResourceType,
  shared: SharedParts,
): Reference | undefined {
  const name = entryOf(dict, 'name');
  if (name === undefined) {
    if (!dict.complete) reading.openType(type);
    return undefined;
  }
  const { uri } = reading;
  const written = nameOf(name, uri, spanWithin(name.at, uri, span));
  const variantValue = entryOf(dict, 'variant') ?? (dict.complete ? undefined : unknown(reading, span, 'variant'));
  const variant = variantOf(variantValue, uri, variantValue === undefined ? span : spanWithin(variantValue.at, uri, span), reading.run);
  const column = entryOf(dict, 'column');
  const valueType = entryOf(dict, 'type');
  const resource: Omit<Resource, 'uri' | 'order'> = {
    type,
    kind: type === 'label' ? 'label' : 'feature',
    name: written,
    variant,
    span,
    selection: written.span,
    registration,
    provider: providerOf(reading, registration),
    description: constantText(entryOf(dict, 'description')),
    references: shared.references,
    columns: [
      ...shared.columns,
      ...(column?.kind === 'string' ? [{ role: 'value' as const, name: nameOf(column, uri, spanWithin(column.at, uri, span)) }] : []),
    ],
    ...(valueType === undefined ? {} : { valueType: valueTypeOf(valueType, spanWithin(valueType.at, uri, span)) }),
  };
  reading.addResource(resource);
  return { type, name: { ...written, span }, variant, span, form: 'dict' };
}

const pythonTypes = new Set(['int', 'float', 'str', 'bool', 'bytes', 'complex']);

/** A ScalarType: its text (`float32`) for a constant string, `ff.Float32` or `ff.ScalarType.FLOAT32`; undefined when unknown. */
export function valueTypeOf(value: Value, span: Span): ValueType {
  if (value.kind === 'string') return { text: constantText(value), span };
  if (value.kind === 'module') {
    const last = value.path.slice(value.path.lastIndexOf('.') + 1);
    if (/^featureform\.ScalarType\.[A-Z0-9]+$/.test(value.path)) return { text: last.toLowerCase(), span };
    if (/^featureform\.\w+$/.test(value.path)) {
      const text = scalarTypes.get(last);
      return { text, span, ...(text === undefined ? { mistaken: { kind: 'featureform', name: last } } : {}) };
    }
  }
  // A name that nothing binds is Python's own.
  if (value.kind === 'symbol' && value.expression?.kind === 'name' && value.key === value.expression.name && pythonTypes.has(value.key)) {
    return { text: undefined, span, mistaken: { kind: 'python', name: value.key } };
  }
  return { text: undefined, span };
}
