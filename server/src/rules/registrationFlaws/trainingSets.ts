// What a training set is made of: one label, at least one feature, each in a form that the client understands.

import { argumentOf, constantText, entryOf } from '../../definitions/arguments';
import { elementSpan, spanWithin } from '../../definitions/names';
import { objectOf, type ResourcesObject } from '../../definitions/objects';
import type { BoundArgument, Registration } from '../../definitions/resources';
import type { DictValue, Value } from '../../python/values';
import type { Span } from '../../text/span';
import { isAbsent, isMisspelt, shortName, spanIn } from '../registrations';
import type { Problem, RuleContext } from '../rule';

export function* trainingSetFlaws(registration: Registration, context: RuleContext): Iterable<Problem> {
  const name = shortName(registration.callable);
  if (name !== 'register_training_set' && name !== 'create_training_set') return;
  const features = argumentOf(registration, 'features');
  const label = argumentOf(registration, 'label');
  if (features !== undefined) yield* checkFeatures(features, context);
  if (label !== undefined) yield* checkLabel(label);
  yield* checkPresence(registration, features, label);
  const type = argumentOf(registration, 'type');
  if (type !== undefined && (type.value.kind === 'string' || type.value.kind === 'number' || type.value.kind === 'boolean')) {
    yield { span: type.valueSpan, message: `"type" is a ${type.value.kind}; expected TrainingSetType.DYNAMIC, STATIC or VIEW` };
  }
}

/** What the objects in `resources` bring along, or undefined when one of them is not known. */
function resourcesOf(registration: Registration): readonly ResourcesObject[] | undefined {
  const value = argumentOf(registration, 'resources')?.value;
  if (value === undefined || value.kind === 'none') return [];
  if ((value.kind !== 'list' && value.kind !== 'tuple') || !value.complete) return undefined;
  const objects = value.items.map(objectOf);
  return objects.every((object) => object?.kind === 'resources') ? objects : undefined;
}

function* checkPresence(
  registration: Registration,
  features: BoundArgument | undefined,
  label: BoundArgument | undefined,
): Iterable<Problem> {
  const resources = resourcesOf(registration);
  if (registration.open || resources === undefined) return;
  const span = registration.nameSpan;
  const name = shortName(registration.callable);
  // What register_resources could not read may hold further labels and features, so only what it did read counts.
  const brought = resources.flatMap((object) => object.labels);
  if (name === 'create_training_set') return;
  if (label !== undefined && brought.length > 0 && !isAbsentLabel(label.value)) {
    yield { span: label.span, message: 'a second label is given; the resources bring one along, and a training set takes one' };
  } else if (resources.length === 0) {
    if (isAbsentLabel(label?.value) && !isMisspelt('label', registration))
      yield { span: label?.span ?? span, message: `"${name}" needs a label` };
    if (isAbsent(features?.value) && !isMisspelt('features', registration)) {
      yield { span: features?.span ?? span, message: `"${name}" needs at least one feature` };
    }
  }
}

/** Left out, None, or the default `("", "")`. */
function isAbsentLabel(value: Value | undefined): boolean {
  if (isAbsent(value)) return true;
  if (value?.kind === 'string') return constantText(value) === '';
  return value?.kind === 'tuple' && value.complete && value.items.every((item) => constantText(item) === '');
}

function* checkFeatures(argument: BoundArgument, context: RuleContext): Iterable<Problem> {
  const { value } = argument;
  const object = objectOf(value);
  if (object?.kind === 'feature' && object.className !== 'MultiFeature') {
    yield {
      span: argument.valueSpan,
      message: `"features" is an ff.${object.className} object; expected a list of (name, variant) tuples or ff.Feature objects`,
    };
  } else if (
    value.kind === 'tuple' ||
    value.kind === 'string' ||
    value.kind === 'dict' ||
    value.kind === 'number' ||
    value.kind === 'set'
  ) {
    yield {
      span: argument.valueSpan,
      message: `"features" is a ${wordFor(value)}; expected a list of (name, variant) tuples or ff.Feature objects`,
    };
  } else if (value.kind === 'list') {
    for (const [index, item] of value.items.entries()) {
      yield* checkItem(item, elementSpan(argument, index, item, context.file.uri), argument, context);
    }
  }
}

function* checkItem(item: Value, span: Span, argument: BoundArgument, context: RuleContext): Iterable<Problem> {
  if (item.kind === 'list') {
    for (const inner of item.items) yield* checkItem(inner, spanWithin(inner.at, context.file.uri, span), argument, context);
  } else if (item.kind === 'tuple' && item.complete && item.items.length < 2) {
    yield {
      span,
      message: `a tuple of ${item.items.length === 1 ? 'one element' : 'no elements'} names no feature; expected (name, variant)`,
    };
  } else if (item.kind === 'dict' && item.complete) yield* checkDict(item, span, argument, context);
  else if (item.kind === 'number' || item.kind === 'boolean' || item.kind === 'none') {
    yield { span, message: `a feature is a ${wordFor(item)}; expected (name, variant) or an ff.Feature object` };
  }
}

function* checkDict(dict: DictValue, span: Span, argument: BoundArgument, context: RuleContext): Iterable<Problem> {
  if (dict.entries.some(({ key }) => constantText(key) === undefined)) return;
  const lag = entryOf(dict, 'lag');
  if (lag === undefined || lag.kind === 'none') {
    if (entryOf(dict, 'name') === undefined)
      yield { span, message: 'a feature is given without "name"; expected {"name": …, "variant": …}' };
    return;
  }
  if (entryOf(dict, 'feature') === undefined) {
    yield { span, message: 'a lagged feature is given without "feature"; expected {"feature": …, "variant": …, "lag": timedelta(…)}' };
  } else if (entryOf(dict, 'variant') === undefined) {
    yield { span, message: 'a lagged feature is given without "variant"; expected {"feature": …, "variant": …, "lag": timedelta(…)}' };
  }
  if (lag.kind === 'number' || lag.kind === 'string' || lag.kind === 'boolean') {
    yield { span: spanIn(argument, lag, context.file.uri), message: `"lag" is a ${wordFor(lag)}; expected a timedelta` };
  }
}

function* checkLabel(argument: BoundArgument): Iterable<Problem> {
  const { value } = argument;
  const expected = 'expected one (name, variant) tuple or ff.Label object';
  if (value.kind === 'list' || value.kind === 'dict' || value.kind === 'number' || value.kind === 'set') {
    yield { span: argument.valueSpan, message: `"label" is a ${wordFor(value)}; ${expected}` };
  } else if (value.kind === 'tuple' && value.complete && value.items.length === 1) {
    yield { span: argument.valueSpan, message: 'a tuple of one element names no label; expected (name, variant)' };
  } else {
    const object = objectOf(value);
    if (object?.kind === 'feature' && object.className !== 'Label' && object.className !== 'LabelStream') {
      yield { span: argument.valueSpan, message: `"label" is an ff.${object.className} object; ${expected}` };
    }
  }
}

function wordFor(value: Value): string {
  switch (value.kind) {
    case 'dict':
      return 'dictionary';
    case 'boolean':
      return 'truth value';
    case 'none':
      return 'None';
    default:
      return value.kind;
  }
}
