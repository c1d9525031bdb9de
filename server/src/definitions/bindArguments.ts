// Binds the arguments of a call to the parameters of a catalogued callable, as Python would, but without giving up on a
// call that Python would refuse: what does not fit is reported in the result.

import type { Argument, Call } from '../python/ast';
import type { DictValue, Value } from '../python/values';
import { withoutParentheses } from '../python/walk';
import type { Span } from '../text/span';
import type { CallableFact, ParameterFact } from './catalogue';
import { spanWithin } from './names';
import type { BoundArgument } from './resources';

export interface Binding {
  readonly arguments: readonly BoundArgument[];
  readonly unknown: readonly BoundArgument[];
  readonly surplus: readonly Span[];
  readonly open: boolean;
  /** The `*` or `**` argument of which not everything is known, so that it may give any argument. */
  readonly unpacked: Argument | undefined;
}

/** `evaluate` is called once for each argument, in order. */
export function bindArguments(call: Call, fact: CallableFact, uri: string, evaluate: (argument: Argument) => Value): Binding {
  const bound: BoundArgument[] = [];
  const unknown: BoundArgument[] = [];
  const surplus: Span[] = [];
  let unpacked: Argument | undefined;
  const values = call.arguments.map(evaluate);
  const positional = positionalOrder(fact, call, values);
  let next = 0;

  const isOpen = (): boolean => fact.openKeywords === true || unpacked !== undefined;
  const takePositional = (value: Value, span: Span, valueSpan: Span, elements: ElementSpans = {}): void => {
    const parameter = positional[next++];
    if (parameter === undefined) {
      if (!isOpen()) surplus.push(span);
    } else bound.push({ name: parameter.name, value, span, valueSpan, ...elements, form: 'positional' });
  };
  const takeKeyword = (argument: BoundArgument): void => {
    (fact.parameters.some(({ name }) => name === argument.name) ? bound : unknown).push(argument);
  };

  for (const [index, argument] of call.arguments.entries()) {
    const value = values[index] ?? evaluate(argument);
    const valueSpan = argument.value.span;
    switch (argument.kind) {
      case 'positional':
        takePositional(value, argument.span, valueSpan, elementSpans(argument));
        break;
      case 'keyword':
        takeKeyword({
          name: argument.name ?? '',
          value,
          span: argument.span,
          ...(argument.nameSpan === undefined ? {} : { nameSpan: argument.nameSpan }),
          valueSpan,
          ...elementSpans(argument),
          form: 'keyword',
        });
        break;
      case 'star':
        if ((value.kind === 'list' || value.kind === 'tuple') && value.complete) {
          for (const item of value.items) takePositional(item, argument.span, spanWithin(item.at, uri, argument.span));
        } else unpacked = argument;
        break;
      case 'doubleStar':
        if (value.kind === 'dict') {
          if (!value.complete) unpacked = argument;
          for (const entry of unpack(value, uri, argument.span)) takeKeyword(entry);
        } else unpacked = argument;
    }
  }
  return { arguments: bound, unknown, surplus, open: isOpen(), unpacked };
}

type ElementSpans = Pick<BoundArgument, 'elementSpans'>;

function elementSpans(argument: Argument): ElementSpans {
  const node = withoutParentheses(argument.value);
  if ((node.kind !== 'list' && node.kind !== 'tuple') || node.items.some(({ kind }) => kind === 'starred')) return {};
  return { elementSpans: node.items.map(({ span }) => span) };
}

/**
 * The parameters that positional arguments go to. Where earlier versions had another order, the one that gives the parameter
 * for the location something that looks like one.
 */
function positionalOrder(fact: CallableFact, call: Call, values: readonly Value[]): readonly ParameterFact[] {
  const order = fact.parameters.filter((parameter) => parameter.keywordOnly !== true);
  const { earlierOrder } = fact;
  if (earlierOrder === undefined) return order;
  const earlier = earlierOrder.flatMap((name) => order.find((parameter) => parameter.name === name) ?? []);
  const findsLocation = (parameters: readonly ParameterFact[]): boolean => {
    const at = parameters.findIndex((parameter) => parameter.name === 'file_path');
    const value = values[at];
    return call.arguments[at]?.kind === 'positional' && value?.kind === 'string' && value.text.value.includes('/');
  };
  const isNamed = call.arguments.some((argument) => argument.kind === 'keyword' && argument.name === 'file_path');
  return (isNamed || findsLocation(earlier)) && !findsLocation(order) ? earlier : order;
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
