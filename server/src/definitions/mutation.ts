// Lists and dictionaries that a statement changes in place. What a variable held before is no longer what it holds, under any
// of its names; where the change is not understood, only the run time knows.

import type { Call, Expression } from '../python/ast';
import type { Value } from '../python/values';
import { withoutParentheses } from '../python/walk';
import { inFeatureform } from './access';
import type { Reading } from './reading';
import type { Scope } from './scope';

const CHANGING = new Set(
  'add append appendleft clear difference_update discard extend insert intersection_update pop popitem remove reverse setdefault sort update'.split(
    ' ',
  ),
);

/** Reads a call that stands as a statement. True when it was one that changes its object, and has been read here. */
export function readChangingCall(reading: Reading, expression: Expression, scope: Scope): boolean {
  const call = withoutParentheses(expression);
  if (call.kind !== 'call') return false;
  const { callee } = call;
  if (callee.kind === 'attribute' && callee.object.kind === 'name' && CHANGING.has(callee.name)) {
    const held = scope.lookup(callee.object.name);
    if (held === undefined || !isChangeable(held)) return false;
    const given = call.arguments.map(({ value }) => reading.evaluate(value, scope));
    replace(scope, held, changed(held, callee.name, call, given));
    return true;
  }
  if (isUnknownCallee(call, scope)) {
    for (const { value } of call.arguments) {
      const held = value.kind === 'name' ? scope.lookup(value.name) : undefined;
      if (held !== undefined && isChangeable(held)) replace(scope, held, undefined);
    }
  }
  return false;
}

/** `held[key] = value`, `held[key] += value` and `del held[key]`. */
export function readChangedItem(reading: Reading, target: Expression, value: Value | undefined, scope: Scope): void {
  if (target.kind !== 'subscript' || target.object.kind !== 'name') return;
  const held = scope.lookup(target.object.name);
  if (held === undefined || !isChangeable(held)) return;
  const [index] = target.index;
  const key = target.index.length === 1 && index !== undefined ? reading.evaluate(index, scope) : undefined;
  if (value === undefined || held.kind !== 'dict' || key?.kind !== 'string' || !key.text.isConstant) {
    replace(scope, held, undefined);
    return;
  }
  const written = key.text.value;
  const others = held.entries.filter((entry) => entry.key.kind !== 'string' || entry.key.text.value !== written);
  replace(scope, held, { ...held, entries: [...others, { key, value }] });
}

function isChangeable({ kind }: Value): boolean {
  return kind === 'list' || kind === 'dict' || kind === 'set';
}

function changed(held: Value, method: string, call: Call, given: readonly Value[]): Value | undefined {
  const [only] = given;
  if (held.kind !== 'list' || only === undefined || given.length !== 1 || call.arguments[0]?.kind !== 'positional') return undefined;
  if (method === 'append') return { ...held, items: [...held.items, only] };
  if (method === 'extend' && (only.kind === 'list' || only.kind === 'tuple')) {
    return { ...held, items: [...held.items, ...only.items], complete: held.complete && only.complete };
  }
  return undefined;
}

/** A function of the workspace, or one that nothing is known of, may change what it is given; builtins and Featureform do not. */
function isUnknownCallee({ callee }: Call, scope: Scope): boolean {
  if (callee.kind !== 'name') return false;
  const value = scope.lookup(callee.name);
  if (value?.kind === 'module') return !inFeatureform(value.path);
  return value?.kind === 'symbol' || value?.kind === 'function';
}

/**
 * Binds the new value under every name that held the old one. In the scopes around a function nothing more is known of it:
 * whether and how often the function is called is another question.
 */
function replace(scope: Scope, held: Value, value: Value | undefined): void {
  const forget = (): Value => ({ kind: 'symbol', key: `changed@${held.at.uri}#${held.at.span.start}`, at: held.at });
  let isOwn = true;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    for (const [name, bound] of at.bindings) {
      if (bound === held) at.bind(name, isOwn ? (value ?? forget()) : forget());
    }
    isOwn = false;
  }
}
