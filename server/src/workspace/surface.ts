// The part of a definition that other files can see. While it stays the same, an edit concerns one file only.

import { valueKey } from '../definitions/names';
import type { Resource } from '../definitions/resources';
import type { Value } from '../python/values';
import type { Era } from './snapshot';
import { keyOf } from './resourceIndex';

/** A text that changes with the kind, the arguments, the inputs, the columns and the query of a definition. */
export function surfaceOf(resource: Resource, era: Era): string {
  const { registration, sql, provider } = resource;
  return [
    resource.kind,
    registration?.callable ?? '',
    ...(registration?.arguments ?? []).map((argument) => `${argument.name}=${valueKey(argument.value)}`),
    ...resource.references.map((reference) => keyOf(reference, era)),
    ...(resource.columns ?? []).map((column) => `${column.role}:${column.name.key}`),
    resource.valueType?.text ?? '',
    provider?.name?.key ?? provider?.class ?? '',
    sql?.text.key ?? '',
    resource.function?.parameters.map((parameter) => parameter.name).join(',') ?? '',
    resource.location?.text.key ?? '',
  ].join('\u0001');
}

/** The same for what other files import: names and the values they hold. */
export function exportsKey(exports: ReadonlyMap<string, Value>): string {
  return [...exports].map(([name, value]) => `${name}=${exportKey(value)}`).join('\u0001');
}

/** Functions and classes are told apart by name: a move in the file changes nothing for an importer. */
function exportKey(value: Value): string {
  return value.kind === 'function' || value.kind === 'class' ? `${value.kind} ${value.definition.name}` : valueKey(value);
}
