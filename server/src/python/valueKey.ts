// Keys that are equal for two values exactly when the values are sure to be equal.

import type { ObjectValue, Value } from './values';

/** Longer keys are cut to a digest: an expression that doubles from line to line must not fill the memory. */
const MAX_KEY = 2_000;

/** Objects, which only the asker of folding understands, are each equal to themselves only. */
export function valueKey(value: Value): string {
  return valueKeyWith(value, ownKey);
}

type ObjectKey = (value: ObjectValue) => string;

/**
 * Values are shared, and a list may hold another twice: while one is spelled out, each of its parts is spelled out once. To keep
 * that for longer, a weak map would have to hold every value until the next full collection of garbage.
 */
let spelling: { readonly objectKey: ObjectKey; readonly keys: Map<Value, string> } | undefined;

/** The same, where `objectKey` knows when two objects are equal; it must answer the same for the same object. */
export function valueKeyWith(value: Value, objectKey: ObjectKey): string {
  if (!hasParts(value)) return spelledOut(value, objectKey);
  const around = spelling;
  const { keys } = (spelling = around?.objectKey === objectKey ? around : { objectKey, keys: new Map<Value, string>() });
  try {
    let key = keys.get(value);
    if (key === undefined) {
      key = spelledOut(value, objectKey);
      keys.set(value, key);
    }
    return key;
  } finally {
    spelling = around;
  }
}

function hasParts({ kind }: Value): boolean {
  return kind === 'object' || kind === 'list' || kind === 'tuple' || kind === 'set' || kind === 'dict';
}

function spelledOut(value: Value, objectKey: ObjectKey): string {
  const keyOf = (item: Value): string => valueKeyWith(item, objectKey);
  switch (value.kind) {
    case 'string':
      return bounded(value.text.isConstant ? JSON.stringify(value.text.value) : `f${JSON.stringify(value.text.key)}`);
    case 'number':
      return value.text;
    case 'boolean':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    case 'list':
    case 'tuple':
    case 'set': {
      const items = value.items.map(keyOf);
      if (!value.complete) items.push('*');
      return bounded(`${value.kind}(${items.join(',')})`);
    }
    case 'dict': {
      const entries = value.entries.map((entry) => `${keyOf(entry.key)}:${keyOf(entry.value)}`);
      if (!value.complete) entries.push('**');
      return bounded(`{${entries.join(',')}}`);
    }
    case 'function':
    case 'class':
      return `${value.definition.name}@${value.at.uri}#${value.at.span.start}`;
    case 'module':
      return value.path;
    case 'object':
      return objectKey(value);
    case 'symbol':
      return value.key;
  }
}

function ownKey(value: ObjectValue): string {
  return `object@${value.at.uri}#${value.at.span.start}`;
}

export function bounded(key: string): string {
  return key.length <= MAX_KEY ? key : `${key.slice(0, 100)}…${digest(key)}`;
}

/** 53 bits of a multiplicative hash, enough to tell the symbols of one workspace apart. */
function digest(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
