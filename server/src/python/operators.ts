// Operators on values: each yields undefined where the result is not known without running the program.

import { MappedText } from '../text/mappedText';
import type { Location } from '../text/span';
import { percentFormat, stringValue } from './formatting';
import { calculate, isInteger } from './numbers';
import type { DictValue, SequenceValue, SymbolValue, Value } from './values';
import { valueKey } from './valueKey';

/** Longer results are left to the run time: `"x" * 10**9` must cost nothing here. */
const MAX_TEXT = 1_000_000;
const MAX_SEGMENTS = 50_000;
export const MAX_ITEMS = 20_000;

export function isTooLong(text: MappedText): boolean {
  return text.value.length > MAX_TEXT || text.segments.length > MAX_SEGMENTS;
}

/** Whether a value counts as true. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'boolean':
      return value.value;
    case 'none':
      return false;
    case 'number':
      return value.value !== 0;
    case 'string':
      if (value.text.value === '') return false;
      // A symbolic part may be empty; any constant character makes the whole true.
      return value.text.segments.some((segment) => segment.symbol === undefined) ? true : undefined;
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.length > 0 ? true : value.complete ? false : undefined;
    case 'dict':
      return value.entries.length > 0 ? true : value.complete ? false : undefined;
    case 'function':
    case 'class':
    case 'module':
      return value.kind === 'module' ? undefined : true;
    case 'object':
    case 'symbol':
      return undefined;
  }
}

export function applyBinary(operator: string, left: Value, right: Value, at: Location): Value | undefined {
  switch (operator) {
    case '+':
      return add(left, right, at);
    case '*':
      return multiply(left, right, at);
    case '%':
      if (left.kind === 'string') {
        const text = percentFormat(left.text, right, at);
        return text === undefined || isTooLong(text) ? undefined : stringValue(text, at);
      }
      break;
    case '|':
      if (left.kind === 'dict' && right.kind === 'dict') return merge([left, right], at);
      if (left.kind === 'dict' && right.kind === 'symbol') return { ...left, complete: false, at };
      if (left.kind === 'symbol' && right.kind === 'dict') return { ...right, complete: false, at };
      break;
  }
  return left.kind === 'number' && right.kind === 'number' ? calculate(operator, left, right, at) : undefined;
}

/** Later entries replace earlier ones of the same key, at the place of the first, as Python does. */
export function merge(dicts: readonly DictValue[], at: Location): DictValue {
  const entries = new Map<string, { readonly key: Value; readonly value: Value }>();
  for (const dict of dicts) {
    for (const entry of dict.entries) entries.set(valueKey(entry.key), entry);
  }
  return { kind: 'dict', entries: [...entries.values()], complete: dicts.every((dict) => dict.complete), at };
}

/** Equality of two values, where it is sure. */
export function equal(a: Value, b: Value, depth = 0): boolean | undefined {
  if (a.kind === 'symbol' || b.kind === 'symbol' || a.kind === 'object' || b.kind === 'object') {
    return a.kind === b.kind && valueKey(a) === valueKey(b) ? true : undefined;
  }
  if (a.kind === 'string' && b.kind === 'string') {
    if (a.text.key === b.text.key && a.text.isConstant === b.text.isConstant) return true;
    return a.text.isConstant && b.text.isConstant ? false : undefined;
  }
  if (isNumeric(a) && isNumeric(b)) {
    if (a.kind === 'number' && b.kind === 'number' && isInteger(a) && isInteger(b)) return a.text === b.text;
    return Number(a.value) === Number(b.value);
  }
  if (a.kind !== b.kind) return false;
  if (isSequence(a) && isSequence(b)) return equalSequences(a, b, depth);
  return a.kind === 'none' ? true : valueKey(a) === valueKey(b) ? true : undefined;
}

export function compare(operator: string, left: Value, right: Value): boolean | undefined {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
    case '<>':
      return negated(equal(left, right));
    case 'is':
      return isSingleton(left) || isSingleton(right)
        ? left.kind === right.kind
          ? equal(left, right)
          : knownKinds(left, right)
        : undefined;
    case 'is not':
      return negated(compare('is', left, right));
    case 'in':
      return contains(right, left);
    case 'not in':
      return negated(contains(right, left));
    default:
      return order(operator, left, right);
  }
}

/** The item of a dictionary, list or string; undefined where it is not sure. */
export function itemOf(object: Value, index: Value, at: Location): Value | undefined {
  if (object.kind === 'dict') return lookUp(object, index);
  const position = index.kind === 'number' && isInteger(index) ? index.value : undefined;
  if (position === undefined) return undefined;
  if (object.kind === 'list' || object.kind === 'tuple') {
    if (!object.complete) return undefined;
    return object.items[position < 0 ? object.items.length + position : position];
  }
  // Python counts code points, and a symbolic part may have any length.
  if (object.kind !== 'string' || !object.text.isConstant || hasPairs(object.text.value)) return undefined;
  const start = position < 0 ? object.text.value.length + position : position;
  const part = start < 0 ? MappedText.empty : object.text.slice(start, start + 1);
  return part.value === '' ? undefined : stringValue(part, at);
}

/** `object[start:stop]`, bounds as slices have them; a step other than 1 is not evaluated on strings. */
export function sliceOf(object: Value, bounds: readonly Value[], at: Location): Value | undefined {
  const numbers = bounds.map((bound) =>
    bound.kind === 'none' ? null : bound.kind === 'number' && isInteger(bound) ? bound.value : undefined,
  );
  if (numbers.includes(undefined)) return undefined;
  const step = numbers[2] ?? 1;
  const length = lengthOf(object);
  if (length === undefined || step === 0) return undefined;
  const clamp = (value: number): number => Math.max(0, Math.min(length, value < 0 ? length + value : value));
  if (step === 1) {
    const start = clamp(numbers[0] ?? 0);
    const stop = Math.max(start, clamp(numbers[1] ?? length));
    if (object.kind === 'string') return stringValue(object.text.slice(start, stop), at);
    if (object.kind === 'list' || object.kind === 'tuple') return { ...object, items: object.items.slice(start, stop), at };
    return undefined;
  }
  if (step === -1 && numbers[0] == null && numbers[1] == null && (object.kind === 'list' || object.kind === 'tuple')) {
    return { ...object, items: object.items.toReversed(), at };
  }
  return undefined;
}

/** The number of items or characters, where it is known. */
export function lengthOf(value: Value): number | undefined {
  switch (value.kind) {
    case 'string':
      return value.text.isConstant && !hasPairs(value.text.value) ? value.text.value.length : undefined;
    case 'list':
    case 'tuple':
      return value.complete ? value.items.length : undefined;
    case 'dict':
      return value.complete ? value.entries.length : undefined;
    default:
      return undefined;
  }
}

function add(left: Value, right: Value, at: Location): Value | undefined {
  if (left.kind === 'number' && right.kind === 'number') return calculate('+', left, right, at);
  if (left.kind === 'string' || right.kind === 'string') {
    const a = textOperand(left);
    const b = textOperand(right);
    // Adding anything but a string to a string fails, so the unknown side is a string too.
    if (a === undefined || b === undefined) return undefined;
    const sum = MappedText.concat([a, b]);
    return isTooLong(sum) ? undefined : stringValue(sum, at);
  }
  const sequence = left.kind === 'list' || left.kind === 'tuple' ? left : right;
  if (sequence.kind !== 'list' && sequence.kind !== 'tuple') return undefined;
  const a = itemsOf(left, sequence.kind);
  const b = itemsOf(right, sequence.kind);
  if (a === undefined || b === undefined || a.items.length + b.items.length > MAX_ITEMS) return undefined;
  return { kind: sequence.kind, items: [...a.items, ...b.items], complete: a.complete && b.complete, at };
}

function multiply(left: Value, right: Value, at: Location): Value | undefined {
  if (left.kind === 'number' && right.kind === 'number') return calculate('*', left, right, at);
  const [repeated, count] = left.kind === 'number' ? [right, left] : [left, right];
  if (count.kind !== 'number' || !isInteger(count)) return undefined;
  const times = Math.max(0, count.value);
  if (repeated.kind === 'string') {
    if (repeated.text.value.length * times > MAX_TEXT || repeated.text.segments.length * times > MAX_ITEMS) return undefined;
    return stringValue(MappedText.concat(Array.from({ length: repeated.text.value === '' ? 0 : times }, () => repeated.text)), at);
  }
  if (repeated.kind !== 'list' && repeated.kind !== 'tuple') return undefined;
  if (repeated.items.length * times > MAX_ITEMS) return undefined;
  const rounds = repeated.items.length === 0 ? 0 : times;
  return { ...repeated, items: Array.from({ length: rounds }, () => repeated.items).flat(), at };
}

function textOperand(value: Value): MappedText | undefined {
  if (value.kind === 'string') return value.text;
  return value.kind === 'symbol' ? symbolText(value) : undefined;
}

function symbolText(value: SymbolValue): MappedText {
  return MappedText.symbol(value.key, value.at.uri, value.at.span);
}

function itemsOf(value: Value, kind: 'list' | 'tuple'): Pick<SequenceValue, 'items' | 'complete'> | undefined {
  if (value.kind === kind) return value;
  return value.kind === 'symbol' ? { items: [], complete: false } : undefined;
}

function lookUp(dict: DictValue, index: Value): Value | undefined {
  if (!dict.complete) return undefined;
  let found: Value | undefined;
  for (const { key, value } of dict.entries) {
    const same = equal(key, index);
    // A key that may or may not be the one asked for hides all that came before it.
    if (same === undefined) found = undefined;
    else if (same) found = value;
  }
  return found;
}

function contains(container: Value, item: Value): boolean | undefined {
  if (container.kind === 'string') {
    if (item.kind !== 'string' || !item.text.isConstant) return undefined;
    const there = container.text.value.includes(item.text.value);
    return there || container.text.isConstant ? there : undefined;
  }
  const members =
    container.kind === 'dict'
      ? container.entries.map((entry) => entry.key)
      : container.kind === 'list' || container.kind === 'tuple' || container.kind === 'set'
        ? container.items
        : undefined;
  if (members === undefined) return undefined;
  const answers = members.map((member) => equal(member, item));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) || !('complete' in container && container.complete) ? undefined : false;
}

function order(operator: string, left: Value, right: Value): boolean | undefined {
  let difference: number;
  if (isNumeric(left) && isNumeric(right)) difference = Number(left.value) - Number(right.value);
  else if (left.kind === 'string' && right.kind === 'string' && left.text.isConstant && right.text.isConstant) {
    difference = left.text.value < right.text.value ? -1 : left.text.value === right.text.value ? 0 : 1;
  } else return undefined;
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    default:
      return undefined;
  }
}

function equalSequences(a: SequenceValue, b: SequenceValue, depth: number): boolean | undefined {
  // Lists that hold themselves twice, and again, and again, would take for ever.
  if (depth > 8 || !a.complete || !b.complete || a.kind === 'set') return undefined;
  if (a.items.length !== b.items.length) return false;
  let sure: boolean | undefined = true;
  for (const [index, item] of a.items.entries()) {
    const other = b.items[index];
    const same = other === undefined ? false : equal(item, other, depth + 1);
    if (same === false) return false;
    if (same === undefined) sure = undefined;
  }
  return sure;
}

function knownKinds(a: Value, b: Value): boolean | undefined {
  const unknown = (value: Value): boolean => value.kind === 'symbol' || value.kind === 'object' || value.kind === 'module';
  return unknown(a) || unknown(b) ? undefined : false;
}

function isSequence(value: Value): value is SequenceValue {
  return value.kind === 'list' || value.kind === 'tuple' || value.kind === 'set';
}

function isNumeric(value: Value): value is Value & { readonly kind: 'number' | 'boolean' } {
  return value.kind === 'number' || value.kind === 'boolean';
}

function isSingleton(value: Value): boolean {
  return value.kind === 'none' || value.kind === 'boolean';
}

function negated(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}

/** True for text in which Python and UTF-16 count characters differently. */
function hasPairs(text: string): boolean {
  return /[\ud800-\udfff]/u.test(text) || /[^\0-\uffff]/u.test(text);
}
