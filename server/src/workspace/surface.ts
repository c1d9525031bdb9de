// The part of a definition that other files can see. While it stays the same, an edit concerns one file only.

import { valueKey } from '../definitions/names';
import type { Resource } from '../definitions/resources';
import type { Value } from '../python/values';
import type { Era } from './snapshot';
import { keyOf, type FileIndex, type Surface } from './resourceIndex';

/**
 * Texts that change with the kind, the arguments, the inputs and the columns of a definition. Its query or its function concerns nobody else,
 * unless somebody defines the same.
 */
export function surfaceOf(resource: Resource, era: Era): Surface {
  const { registration, provider } = resource;
  const parts: string[] = [resource.kind, registration?.callable ?? ''];
  for (const { name, value } of registration?.arguments ?? []) {
    if (value.kind === 'string') parts.push(name, 'string', value.text.key);
    else parts.push(name, value.kind, placeless(valueKey(value)));
  }
  for (const reference of resource.references) parts.push('reference', keyOf(reference, era));
  for (const { role, name } of resource.columns ?? []) parts.push('column', role, name.key);
  for (const { name } of resource.function?.parameters ?? []) parts.push('parameter', name);
  parts.push('rest', resource.valueType?.text ?? '', provider?.name?.key ?? provider?.class ?? '');
  parts.push(resource.location?.text.key ?? '');
  return parts;
}

function sameSurface(one: Surface, other: Surface | undefined): boolean {
  return one.length === other?.length && one.every((part, i) => part === other[i]);
}

/** Keys whose definitions differ between two states of a file, in any way that others can see. */
export function changedKeys(before: FileIndex | undefined, after: FileIndex | undefined): Set<string> {
  const keys = new Set<string>();
  const note = (one: FileIndex | undefined, other: FileIndex | undefined): void => {
    for (const [numbered, surface] of one?.surface ?? []) {
      if (!sameSurface(surface, other?.surface.get(numbered))) keys.add(numbered.slice(0, numbered.lastIndexOf('#')));
    }
    for (const key of one?.mentions.keys() ?? []) if (other?.mentions.has(key) !== true) keys.add(key);
    for (const key of one?.assumed ?? []) if (other?.assumed.has(key) !== true) keys.add(key);
  };
  note(before, after);
  note(after, before);
  return keys;
}

/** True when every definition refers to what it referred to: the graph is as it was. */
export function sameInputs(before: FileIndex | undefined, after: FileIndex | undefined): boolean {
  if (before === undefined || after === undefined || before.inputs.size !== after.inputs.size) return before === after;
  return [...before.inputs].every(([key, inputs]) => {
    const now = after.inputs.get(key);
    return inputs.length === now?.length && inputs.every((input, i) => input === now[i]);
  });
}

/** Whether two definitions of a file are of one resource: what one of them says decides whether the other contradicts it. */
export function definesTwice({ definitions, surface }: FileIndex): boolean {
  return surface.size > definitions.size;
}

/** True when other files can import the same names with the same values. */
export function sameExports(one: ReadonlyMap<string, Value>, other: ReadonlyMap<string, Value>): boolean {
  if (one.size !== other.size) return false;
  const names = other.keys();
  for (const [name, value] of one) {
    // A star import takes the last of two names that mean the same: the order counts.
    if (names.next().value !== name) return false;
    const now = other.get(name);
    if (now === undefined || (value !== now && exportKey(value) !== exportKey(now))) return false;
  }
  return true;
}

/** Functions and classes are told apart by name: a move in the file changes nothing for an importer. */
function exportKey(value: Value): string {
  return value.kind === 'function' || value.kind === 'class' ? `${value.kind} ${value.definition.name}` : placeless(valueKey(value));
}

/** The key without the offsets by which functions and objects of one name are told apart: a move is no change. */
function placeless(key: string): string {
  return key.includes('#') ? key.replace(/@[^\s@#]*#\d+/g, '') : key;
}
