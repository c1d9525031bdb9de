// Arguments and dictionary entries by name, the texts of constants, and the id that a registration gives.

import type { DictValue, Value } from '../python/values';
import type { Span } from '../text/span';
import { nameOf, variantOf } from './names';
import type { BoundArgument, Registration, WrittenName, WrittenVariant } from './resources';

/** The argument of that name, if the call passes it. */
export function argumentOf(registration: Registration, name: string): BoundArgument | undefined {
  return registration.arguments.find((argument) => argument.name === name);
}

/** The text of a value that is a constant string. */
export function constantText(value: Value | undefined): string | undefined {
  return value?.kind === 'string' && value.text.isConstant ? value.text.value : undefined;
}

/** The text of a constant string argument that is not empty. */
export function textArgument(registration: Registration, name: string): string | undefined {
  const text = constantText(argumentOf(registration, name)?.value);
  return text === '' ? undefined : text;
}

/** The value of a string key of a dictionary. */
export function entryOf(dict: DictValue, key: string): Value | undefined {
  return dict.entries.find((entry) => constantText(entry.key) === key)?.value;
}

/** The name that the `name` argument writes; undefined without one. */
export function writtenName(registration: Registration, uri: string): WrittenName | undefined {
  const argument = argumentOf(registration, 'name');
  return argument === undefined ? undefined : nameOf(argument.value, uri, argument.valueSpan);
}

/** The variant that the `variant` argument writes, or the run; `place` is where one would stand that nothing writes. */
export function writtenVariant(
  registration: Registration,
  uri: string,
  run: string | undefined,
  place: Span = registration.nameSpan,
): WrittenVariant {
  const argument = argumentOf(registration, 'variant');
  return variantOf(argument?.value, uri, argument?.valueSpan ?? place, run);
}
