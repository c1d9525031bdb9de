// Binds the arguments of a call to the parameters of a catalogued callable, as Python would, but without giving up on a
// call that Python would refuse: what does not fit is reported in the result.

import type { Argument, Call } from '../python/ast';
import type { DictValue, Value } from '../python/values';
import type { Span } from '../text/span';
import type { CallableFact } from './catalogue';
import { spanWithin } from './names';
import type { BoundArgument } from './resources';

export interface Binding {
  readonly arguments: readonly BoundArgument[];
  readonly unknown: readonly BoundArgument[];
  readonly surplus: readonly Span[];
  readonly open: boolean;
}

/** `evaluate` is called once for each argument, in order. */
export function bindArguments(call: Call, fact: CallableFact, uri: string, evaluate: (argument: Argument) => Value): Binding {
  const bound: BoundArgument[] = [];
  const unknown: BoundArgument[] = [];
  const surplus: Span[] = [];
  let open = fact.openKeywords === true;
  const positional = fact.parameters.filter((parameter) => parameter.keywordOnly !== true);
  const known = new Set(fact.parameters.map((parameter) => parameter.name));
  let next = 0;

  const takePositional = (value: Value, span: Span, valueSpan: Span): void => {
    const parameter = positional[next++];
    if (parameter === undefined) {
      if (!open) surplus.push(span);
    } else bound.push({ name: parameter.name, value, span, valueSpan, form: 'positional' });
  };
  const takeKeyword = (argument: BoundArgument): void => {
    (known.has(argument.name) ? bound : unknown).push(argument);
  };

  for (const argument of call.arguments) {
    const value = evaluate(argument);
    const valueSpan = argument.value.span;
    switch (argument.kind) {
      case 'positional':
        takePositional(value, argument.span, valueSpan);
        break;
      case 'keyword':
        takeKeyword({
          name: argument.name ?? '',
          value,
          span: argument.span,
          ...(argument.nameSpan === undefined ? {} : { nameSpan: argument.nameSpan }),
          valueSpan,
          form: 'keyword',
        });
        break;
      case 'star':
        if ((value.kind === 'list' || value.kind === 'tuple') && value.complete) {
          for (const item of value.items) takePositional(item, argument.span, spanWithin(item.at, uri, argument.span));
        } else open = true;
        break;
      case 'doubleStar':
        if (value.kind === 'dict') {
          if (!value.complete) open = true;
          for (const entry of unpack(value, uri, argument.span)) takeKeyword(entry);
        } else open = true;
    }
  }
  return { arguments: bound, unknown, surplus, open };
}

/** The entries of a dictionary that was passed with `**`, each at its own place where that is in this document. */
function unpack(dict: DictValue, uri: string, argument: Span): BoundArgument[] {
  const entries: BoundArgument[] = [];
  for (const { key, value } of dict.entries) {
    if (key.kind !== 'string' || !key.text.isConstant) continue;
    const here = key.at.uri === uri && value.at.uri === uri && key.at.span.end <= value.at.span.start;
    entries.push({
      name: key.text.value,
      value,
      span: here ? { start: key.at.span.start, end: value.at.span.end } : argument,
      ...(here ? { nameSpan: key.at.span } : {}),
      valueSpan: here ? value.at.span : argument,
      form: 'unpacked',
    });
  }
  return entries;
}
