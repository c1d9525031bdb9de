// Functions and methods of Python itself whose result is known when their arguments are.

import { MappedText } from '../text/mappedText';
import type { Location } from '../text/span';
import { braceFormat, interpolate, reprOf, stringValue, strOf } from './formatting';
import { integer, isInteger, readNumber } from './numbers';
import { isTooLong, itemOf, lengthOf, MAX_ITEMS, merge, truthOf } from './operators';
import { callStringMethod, cleandoc, dedent } from './stringMethods';
import type { DictValue, Value } from './values';

export interface GivenArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** False when arguments of unknown number or name were unpacked into the call. */
  readonly complete: boolean;
}

/** A call of a builtin or of a function of the standard library, by its dotted path. */
export function callKnownFunction(path: string, given: GivenArguments, at: Location): Value | undefined {
  if (path === 'dict' || path === 'builtins.dict') return makeDict(given, at);
  if (!given.complete) return undefined;
  const [first, second] = given.positional;
  const only = given.positional.length === 1 && given.named.size === 0 ? first : undefined;
  switch (path.startsWith('builtins.') ? path.slice('builtins.'.length) : path) {
    case 'str':
      if (given.positional.length === 0) return stringValue(MappedText.empty, at);
      return only && string(strOf(only) ?? (only.kind === 'symbol' ? interpolate(only, {}, only.at) : undefined), at);
    case 'repr':
      return only && string(reprOf(only, at), at);
    case 'int':
      return only && toInteger(only, at);
    case 'bool':
      return only && boolean(truthOf(only), at);
    case 'len': {
      const length = only && lengthOf(only);
      return length === undefined ? undefined : integer(BigInt(length), at);
    }
    case 'list':
    case 'tuple':
      if (given.positional.length === 0) return { kind: path === 'list' ? 'list' : 'tuple', items: [], complete: true, at };
      return only && toSequence(only, path.endsWith('list') ? 'list' : 'tuple', at);
    case 'range':
      return range(given.positional, at);
    case 'enumerate':
      return enumerate(given.positional, at);
    case 'zip':
      return zip(given.positional, at);
    case 'format': {
      if (first === undefined || (second !== undefined && (second.kind !== 'string' || !second.text.isConstant))) return undefined;
      return stringValue(interpolate(first, { spec: second?.text.value }, at), at);
    }
    case 'textwrap.dedent':
      return only?.kind === 'string' ? stringValue(dedent(only.text), at) : undefined;
    case 'inspect.cleandoc':
      return only?.kind === 'string' ? string(cleandoc(only.text), at) : undefined;
    case 'os.path.join':
    case 'posixpath.join':
      return joinPaths(given.positional, at);
    default:
      return undefined;
  }
}

/** A call of a method of a known value. `attribute` evaluates the attributes that a format string names. */
export function callKnownMethod(
  object: Value,
  name: string,
  given: GivenArguments,
  at: Location,
  attribute: (object: Value, name: string) => Value,
): Value | undefined {
  if (object.kind === 'string') {
    if (name === 'format') {
      const item = (value: Value, key: string): Value => {
        const index = readNumber(key, at) ?? stringValue(MappedText.atomic(key, at.uri, at.span), at);
        return itemOf(value, index, at) ?? attribute(value, `[${key}]`);
      };
      const text = braceFormat(object.text, { ...given, attribute, item }, at);
      return text === undefined || isTooLong(text) ? undefined : stringValue(text, at);
    }
    if (!given.complete || given.named.size > 0) return undefined;
    const result = callStringMethod(object.text, name, given.positional, at);
    return result?.kind === 'string' && isTooLong(result.text) ? undefined : result;
  }
  if (object.kind === 'dict')
    return given.complete && given.named.size === 0 ? callDictMethod(object, name, given.positional, at) : undefined;
  if ((object.kind === 'list' || object.kind === 'set') && name === 'copy') return { ...object, at };
  return undefined;
}

function callDictMethod(dict: DictValue, name: string, given: readonly Value[], at: Location): Value | undefined {
  const [key, fallback] = given;
  const { complete } = dict;
  switch (name) {
    case 'get': {
      if (key === undefined || !complete) return undefined;
      const found = itemOf(dict, key, at);
      if (found !== undefined) return found;
      const absent = dict.entries.every((entry) => isConstant(entry.key)) && isConstant(key);
      return absent ? (fallback ?? { kind: 'none', at }) : undefined;
    }
    case 'keys':
      return { kind: 'list', items: dict.entries.map((entry) => entry.key), complete, at };
    case 'values':
      return { kind: 'list', items: dict.entries.map((entry) => entry.value), complete, at };
    case 'items':
      return {
        kind: 'list',
        items: dict.entries.map((entry) => ({ kind: 'tuple', items: [entry.key, entry.value], complete: true, at })),
        complete,
        at,
      };
    case 'copy':
      return { ...dict, at };
    default:
      return undefined;
  }
}

function makeDict(given: GivenArguments, at: Location): Value | undefined {
  const [first, second] = given.positional;
  if (second !== undefined) return undefined;
  const named: DictValue = {
    kind: 'dict',
    entries: [...given.named].map(([name, value]) => ({
      key: stringValue(MappedText.atomic(name, value.at.uri, value.at.span), value.at),
      value,
    })),
    complete: given.complete,
    at,
  };
  if (first === undefined) return named;
  if (first.kind === 'dict') return merge([first, named], at);
  if (first.kind === 'symbol') return { ...named, complete: false };
  if (first.kind !== 'list' && first.kind !== 'tuple') return undefined;
  const pairs = first.items.map((item) => (item.kind === 'tuple' && item.items.length === 2 ? item.items : undefined));
  const entries = pairs.flatMap((pair) => {
    const [key, value] = pair ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value }];
  });
  return merge([{ kind: 'dict', entries, complete: first.complete && !pairs.includes(undefined), at }, named], at);
}

function joinPaths(parts: readonly Value[], at: Location): Value | undefined {
  const pieces: MappedText[] = [];
  for (const part of parts) {
    const text =
      part.kind === 'string' ? part.text : part.kind === 'symbol' ? MappedText.symbol(part.key, part.at.uri, part.at.span) : undefined;
    if (text === undefined) return undefined;
    // An unknown part may be absolute and then drops all before it, or end in a separator.
    if (!text.isConstant && pieces.length > 0 && text.segments[0]?.symbol !== undefined) return undefined;
    if (text.value.startsWith('/')) pieces.length = 0;
    const before = pieces.at(-1);
    if (before !== undefined && before.value !== '' && !before.value.endsWith('/')) {
      if (before.segments.at(-1)?.symbol !== undefined) return undefined;
      pieces.push(MappedText.atomic('/', at.uri, at.span));
    }
    pieces.push(text);
  }
  return parts.length === 0 ? undefined : stringValue(MappedText.concat(pieces), at);
}

function range(given: readonly Value[], at: Location): Value | undefined {
  const bounds = given.map((value) => (value.kind === 'number' && isInteger(value) ? value.value : undefined));
  const [a, b, step = 1] = bounds;
  if (a === undefined || bounds.includes(undefined) || bounds.length > 3 || step === 0) return undefined;
  const [start, stop] = b === undefined ? [0, a] : [a, b];
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (count > MAX_ITEMS || !Number.isSafeInteger(start) || !Number.isSafeInteger(step)) return undefined;
  const items: Value[] = [];
  for (let i = 0; i < count; i++) {
    const item = integer(BigInt(start) + BigInt(i) * BigInt(step), at);
    if (item !== undefined) items.push(item);
  }
  return { kind: 'list', items, complete: true, at };
}

function enumerate([items, start]: readonly Value[], at: Location): Value | undefined {
  const from = start === undefined ? 0 : start.kind === 'number' && isInteger(start) ? start.value : undefined;
  const listed = items && toSequence(items, 'list', at);
  if (from === undefined || listed?.kind !== 'list') return undefined;
  const numbers = listed.items.flatMap((_, i) => integer(BigInt(from) + BigInt(i), at) ?? []);
  return zip([{ kind: 'list', items: numbers, complete: listed.complete, at }, listed], at);
}

/** Pairs, as long as every list has an item left. */
function zip(given: readonly Value[], at: Location): Value | undefined {
  const lists = given.map((value) => toSequence(value, 'list', at));
  const items: Value[] = [];
  const shortest = Math.min(...lists.map((list) => (list?.kind === 'list' && list.complete ? list.items.length : 0)));
  if (lists.length === 0 || lists.some((list) => list?.kind !== 'list' || !list.complete)) return undefined;
  for (let i = 0; i < shortest; i++) {
    const parts = lists.flatMap((list) => (list?.kind === 'list' ? (list.items[i] ?? []) : []));
    items.push({ kind: 'tuple', items: parts, complete: true, at });
  }
  return { kind: 'list', items, complete: true, at };
}

function toSequence(value: Value, kind: 'list' | 'tuple', at: Location): Value | undefined {
  if (value.kind === 'list' || value.kind === 'tuple') return { ...value, kind, at };
  if (value.kind === 'dict') return { kind, items: value.entries.map((entry) => entry.key), complete: value.complete, at };
  return undefined;
}

function toInteger(value: Value, at: Location): Value | undefined {
  if (value.kind === 'boolean') return integer(value.value ? 1n : 0n, at);
  if (value.kind === 'number')
    return Number.isFinite(value.value) ? integer(isInteger(value) ? BigInt(value.text) : BigInt(Math.trunc(value.value)), at) : undefined;
  if (value.kind !== 'string' || !value.text.isConstant) return undefined;
  const text = value.text.value.trim();
  return /^[+-]?[0-9]{1,300}$/u.test(text) ? integer(BigInt(text.replace('+', '')), at) : undefined;
}

function isConstant(value: Value): boolean {
  return value.kind === 'string' ? value.text.isConstant : value.kind === 'number' || value.kind === 'boolean' || value.kind === 'none';
}

function string(text: MappedText | undefined, at: Location): Value | undefined {
  return text && stringValue(text, at);
}

function boolean(value: boolean | undefined, at: Location): Value | undefined {
  return value === undefined ? undefined : { kind: 'boolean', value, at };
}
