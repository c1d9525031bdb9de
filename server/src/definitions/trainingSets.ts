// `register_training_set` and `create_training_set`, with every form in which they take features and labels.

import type { DictValue, Value } from '../python/values';
import type { Span } from '../text/span';
import { argumentOf, entryOf, textArgument, writtenName, writtenVariant } from './arguments';
import { elementSpan, nameOf, referenceOf, spanWithin, variantOf } from './names';
import { objectOf, objectValue } from './objects';
import { providerOf, providerReference } from './references';
import type { Reading } from './reading';
import type { BoundArgument, Reference, Registration, ResourceType } from './resources';
import { unknown } from './unknown';

export function readTrainingSet(reading: Reading, registration: Registration): Value {
  const at = reading.at(registration.span);
  const { uri } = reading;
  const name = writtenName(registration, uri);
  if (name === undefined) return unknown(reading, registration.span, 'training-set');
  const variant = writtenVariant(registration, uri, reading.run);

  const references: Reference[] = [];
  const features = argumentOf(registration, 'features');
  if (features !== undefined) references.push(...readFeatures(reading, features));
  const label = argumentOf(registration, 'label');
  if (label !== undefined) references.push(...readMembers(reading, label.value, label.valueSpan, 'label'));
  const own = objectOf(registration.receiver);
  if (own?.kind === 'resources') {
    const span = registration.calleeSpan;
    if (features === undefined) references.push(...own.features.map((feature) => ({ ...feature, span, form: 'object' as const })));
    if (label === undefined) references.push(...own.labels.map((one) => ({ ...one, span, form: 'object' as const })));
  }
  const resources = argumentOf(registration, 'resources');
  if (resources?.value.kind === 'list' || resources?.value.kind === 'tuple') {
    for (const [index, item] of resources.value.items.entries()) {
      const object = objectOf(item);
      if (object?.kind !== 'resources') continue;
      const span = elementSpan(resources, index, item, uri);
      references.push(...[...object.features, ...object.labels].map((one) => ({ ...one, span, form: 'object' as const })));
    }
  }
  const provider = argumentOf(registration, 'provider');
  if (provider !== undefined) {
    const reference = providerReference(reading, provider.value, provider.valueSpan);
    if (reference !== undefined) references.push(reference);
  }
  reading.addResource({
    type: 'training-set',
    kind: 'training-set',
    name,
    variant,
    span: registration.span,
    selection: name.span,
    registration,
    provider: providerOf(reading, registration),
    description: textArgument(registration, 'description'),
    references,
  });
  return objectValue({ kind: 'identified', className: 'TrainingSetVariant', type: 'training-set', name, variant }, at);
}

function readFeatures(reading: Reading, features: BoundArgument): Reference[] {
  const { value } = features;
  if (value.kind !== 'list') return readMembers(reading, value, features.valueSpan, 'feature');
  return value.items.flatMap((item, index) => readMembers(reading, item, elementSpan(features, index, item, reading.uri), 'feature'));
}

function readMembers(reading: Reading, value: Value, place: Span, type: ResourceType): Reference[] {
  if (value.kind === 'list') {
    return value.items.flatMap((item) => readMembers(reading, item, spanWithin(item.at, reading.uri, place), type));
  }
  if (value.kind === 'dict') {
    const reference = readDictMember(reading, value, place, type);
    return reference === undefined ? [] : [reference];
  }
  if (value.kind === 'string' && value.text.value === '') return [];
  const empty = value.kind === 'tuple' && value.items.every((item) => item.kind === 'string' && item.text.value === '');
  const reference = empty ? undefined : referenceOf(value, type, reading.uri, place, reading.run);
  return reference === undefined ? [] : [reference];
}

/** `{"name": …, "variant": …}`, or a lag: `{"feature": …, "variant": …, "lag": …}`. */
function readDictMember(reading: Reading, dict: DictValue, place: Span, type: ResourceType): Reference | undefined {
  const name = entryOf(dict, 'feature') ?? entryOf(dict, 'name');
  if (name?.kind !== 'string') return undefined;
  const variant = entryOf(dict, 'variant');
  // Without a variant a lag is refused before it names anything; any other feature gets the run.
  if (variant === undefined && dict.complete && entryOf(dict, 'lag') !== undefined) return undefined;
  const { uri } = reading;
  return {
    type,
    name: nameOf(name, uri, spanWithin(name.at, uri, place)),
    variant: variantOf(variant, uri, variant === undefined ? place : spanWithin(variant.at, uri, place), reading.run),
    span: place,
    form: 'dict',
  };
}
