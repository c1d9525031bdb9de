// Properties are strings by strings; anything else raises when the definition is applied.

import { argumentOf, constantText, entryOf } from '../../definitions/arguments';
import type { BoundArgument, Registration } from '../../definitions/resources';
import type { Value } from '../../python/values';
import { spanIn } from '../registrations';
import type { Problem, RuleContext } from '../rule';

export function* propertyFlaws(registration: Registration, context: RuleContext): Iterable<Problem> {
  const own = argumentOf(registration, 'properties');
  if (own !== undefined) yield* checkProperties(own.value, own, context);
  for (const name of ['features', 'labels']) {
    const argument = argumentOf(registration, name);
    if (argument?.value.kind !== 'list') continue;
    for (const item of argument.value.items) {
      const properties = item.kind === 'dict' ? entryOf(item, 'properties') : undefined;
      if (properties !== undefined) yield* checkProperties(properties, argument, context);
    }
  }
}

const words: Partial<Record<Value['kind'], string>> = {
  number: 'a number',
  boolean: 'a truth value',
  none: 'None',
  list: 'a list',
  tuple: 'a tuple',
  set: 'a set',
  dict: 'a dictionary',
};

function* checkProperties(value: Value, argument: BoundArgument, context: RuleContext): Iterable<Problem> {
  if (value.kind !== 'dict') return;
  for (const { key, value: item } of value.entries) {
    const word = words[item.kind];
    if (word === undefined) continue;
    const name = constantText(key);
    const span = spanIn(argument, item, context.file.uri);
    const written = context.file.text.slice(span.start, span.end);
    const simple = (item.kind === 'number' || item.kind === 'boolean') && /^[\w.]+$/.test(written);
    yield {
      span,
      message: `${name === undefined ? 'a property' : `the property "${name}"`} is ${word}; expected a string`,
      ...(simple && {
        fixes: [{ title: 'Write it as a string', edits: [{ uri: context.file.uri, span, newText: `"${written}"` }], preferred: true }],
      }),
    };
  }
}
