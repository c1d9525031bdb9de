// How messages are put: variable parts in double quotes, lists as a person would read them out.

import type { Value } from '../python/values';

/** `"a"`, `"a" and "b"`, `"a", "b" and "c"`; beyond `limit` the rest is counted. */
export function quotedList(items: readonly string[], conjunction: 'and' | 'or' = 'and', limit = 4): string {
  return plainList(
    items.map((item) => `"${item}"`),
    conjunction,
    limit,
  );
}

export function plainList(items: readonly string[], conjunction: 'and' | 'or' = 'and', limit = 4): string {
  const shown = items.length > limit ? [...items.slice(0, limit - 1), `${items.length - limit + 1} more`] : items;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** `1 input`, `2 inputs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A value that is neither text nor anything of Featureform's, in words; undefined for every other. */
export function describeValue(value: Value): string | undefined {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'a boolean';
    case 'list':
    case 'tuple':
    case 'set':
      return `a ${value.kind}`;
    case 'dict':
      return 'a dictionary';
    default:
      return undefined;
  }
}
