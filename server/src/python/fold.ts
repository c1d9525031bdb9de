// Constant folding: the value of an expression as far as it is known without running Python. What is not known is a
// symbol, named by the normalised expression, so that equal expressions have equal values.

import type { Argument, Attribute, Call, Comprehension, Expression, FormattedString, StringLiteral } from './ast';
import { MappedText } from '../text/mappedText';
import type { Location, Span } from '../text/span';
import { interpolate, stringValue } from './formatting';
import { callKnownFunction, callKnownMethod } from './knownCalls';
import type { GivenArguments } from './knownCalls';
import { calculate, integer, readNumber } from './numbers';
import { applyBinary, compare, isTooLong, itemOf, MAX_ITEMS, merge, sliceOf, truthOf } from './operators';
import { normalised } from './normalise';
import { decodeText, formOf } from './strings';
import type { DictValue, SequenceValue, SymbolValue, Value } from './values';
import { bounded, valueKey } from './valueKey';

/** Where an expression is folded: its document, the names in reach, and what the asker knows beyond Python itself. */
export interface FoldContext {
  readonly uri: string;
  readonly text: string;
  /** The value of a name at this place, or undefined for a name that nothing binds (builtins are known to folding). */
  lookup(name: string): Value | undefined;
  /** Called for every call before folding tries its own knowledge (`str.format`, `textwrap.dedent`, `dict`, …). */
  call?(call: Call, callee: Value, context: FoldContext): Value | undefined;
  /** Called for every attribute of an `object`, `class` or `symbol` value, and of a module path. */
  attribute?(node: Attribute, object: Value, context: FoldContext): Value | undefined;
  /** Called for every subscript of an `object` or `symbol` value. */
  subscript?(node: Expression, object: Value, context: FoldContext): Value | undefined;
}

export function fold(expression: Expression, context: FoldContext): Value {
  return new Folder(context).fold(expression);
}

class Folder {
  constructor(private readonly context: FoldContext) {}

  fold(node: Expression): Value {
    const at = this.at(node.span);
    switch (node.kind) {
      case 'name':
        return this.context.lookup(node.name) ?? this.symbol(node, node.name);
      case 'number':
        return readNumber(node.text, at) ?? this.symbol(node, node.text);
      case 'constant':
        if (node.value === null) return { kind: 'none', at };
        return node.value === 'ellipsis' ? this.symbol(node, '...') : { kind: 'boolean', value: node.value, at };
      case 'string':
      case 'formattedString':
        return this.strings(node, [node]);
      case 'concatenatedString':
        return this.strings(node, node.parts);
      case 'parenthesized':
        return this.fold(node.expression);
      case 'named':
        return this.fold(node.value);
      case 'attribute':
        return this.attribute(node, this.fold(node.object));
      case 'call':
        return this.call(node);
      case 'subscript':
        return this.subscript(node, node.object, node.index);
      case 'tuple':
      case 'list':
      case 'set':
        return this.sequence(node.kind, node.items, at);
      case 'dict':
        return this.dict(node.entries, at);
      case 'unary':
        return this.unary(node, node.operator, this.fold(node.operand));
      case 'binary':
        return this.binary(node);
      case 'comparison':
        return this.comparison(
          node,
          node.operands.map((operand) => this.fold(operand)),
          node.operators,
        );
      case 'conditional': {
        const test = this.fold(node.test);
        const known = truthOf(test);
        if (known !== undefined) return this.fold(known ? node.then : node.otherwise);
        const [then, otherwise] = [this.fold(node.then), this.fold(node.otherwise)];
        if (valueKey(then) === valueKey(otherwise)) return then;
        return this.symbol(node, `(${valueKey(then)} if ${valueKey(test)} else ${valueKey(otherwise)})`);
      }
      case 'comprehension':
        return this.comprehension(node) ?? this.opaque(node);
      case 'starred':
        return this.symbol(node, `*${valueKey(this.fold(node.value))}`);
      case 'await':
        return this.symbol(node, `await ${valueKey(this.fold(node.value))}`);
      case 'slice':
        return this.symbol(node, node.parts.map((part) => valueKey(this.fold(part))).join(':'));
      case 'lambda':
      case 'yield':
      case 'invalid':
        return this.opaque(node);
    }
  }

  private at(span: Span): Location {
    return { uri: this.context.uri, span };
  }

  private symbol(node: Expression, key: string): SymbolValue {
    return { kind: 'symbol', key: bounded(key), expression: node, at: this.at(node.span) };
  }

  /** An expression that binds names of its own: named by its text, and by the values of the names it takes from outside. */
  private opaque(node: Expression): SymbolValue {
    const { text, names } = normalised(node, this.context.text);
    const known = names.flatMap((name) => {
      const value = this.context.lookup(name);
      return value === undefined ? [] : [`${name}=${valueKey(value)}`];
    });
    return this.symbol(node, known.length === 0 ? text : `${text} where ${known.join(',')}`);
  }

  private strings(node: Expression, parts: readonly (StringLiteral | FormattedString)[]): Value {
    // Bytes and template strings are no text.
    if (parts.some(({ prefix }) => prefix !== '' && /[bt]/u.test(prefix))) return this.opaque(node);
    const [only] = parts;
    const text = parts.length === 1 && only !== undefined ? this.token(only) : MappedText.concat(parts.map((part) => this.token(part)));
    return isTooLong(text) ? this.opaque(node) : stringValue(text, this.at(node.span));
  }

  private token(node: StringLiteral | FormattedString): MappedText {
    const { uri, text } = this.context;
    const form = formOf(node.prefix);
    if (node.kind === 'string') return decodeText(node.content, form, uri, text);
    const parts = node.parts.map((part) => {
      if (part.kind === 'text') return decodeText(part.span, form, uri, text);
      const shown = part.debug === true ? this.debugText(part.span.start + 1, part.expression.span.end) : MappedText.empty;
      const bare = part.conversion === undefined && part.format === undefined;
      const conversion = part.debug === true && bare ? 'r' : part.conversion;
      const spec = part.format && this.formatSpec(part.format);
      return MappedText.concat([shown, interpolate(this.fold(part.expression), { conversion, spec }, this.at(part.span))]);
    });
    return MappedText.concat(parts);
  }

  /** `{x = }` writes the expression as it stands, with the white space around the equals sign. */
  private debugText(start: number, end: number): MappedText {
    const written = /^\s*=\s*/u.exec(this.context.text.slice(end))?.[0] ?? '';
    return decodeText({ start, end: end + written.length }, formOf('r'), this.context.uri, this.context.text);
  }

  /** A format with fields of its own is named by its text, which no value is formatted by. */
  private formatSpec(span: Span): string {
    return this.context.text.slice(span.start, span.end);
  }

  private attribute(node: Attribute, object: Value): Value {
    if (object.kind === 'object' || object.kind === 'class' || object.kind === 'symbol' || object.kind === 'module') {
      const known = this.context.attribute?.(node, object, this.context);
      if (known !== undefined) return known;
      if (object.kind === 'module') return { kind: 'module', path: `${object.path}.${node.name}`, at: this.at(node.span) };
    }
    return this.symbol(node, `${valueKey(object)}.${node.name}`);
  }

  private call(node: Call): Value {
    const target = node.callee.kind === 'attribute' ? node.callee : undefined;
    // The object is evaluated once: evaluating it again for the method would double the work at each link of a chain.
    const object = target && this.fold(target.object);
    const callee = object === undefined || target === undefined ? this.fold(node.callee) : this.attribute(target, object);
    const known = this.context.call?.(node, callee, this.context);
    if (known !== undefined) return known;
    const at = this.at(node.span);
    const given = this.given(node.arguments);
    const path = callee.kind === 'module' ? callee.path : this.builtin(node.callee);
    let value: Value | undefined;
    if (path !== undefined) value = callKnownFunction(path, given, at);
    else if (object !== undefined && target !== undefined) {
      value = callKnownMethod(object, target.name, given, at, (of, name) => this.formatAttribute(of, name, at));
    }
    return value ?? this.symbol(node, `${valueKey(callee)}(${argumentKey(given)})`);
  }

  /** The name of a builtin function that nothing in reach hides. */
  private builtin(callee: Expression): string | undefined {
    return callee.kind === 'name' && this.context.lookup(callee.name) === undefined ? callee.name : undefined;
  }

  private formatAttribute(object: Value, name: string, at: Location): Value {
    const step = name.startsWith('[') ? name : `.${name}`;
    return { kind: 'symbol', key: bounded(`${valueKey(object)}${step}`), at };
  }

  private given(list: readonly Argument[]): GivenArguments {
    const positional: Value[] = [];
    const named = new Map<string, Value>();
    let complete = true;
    for (const argument of list) {
      const value = this.fold(argument.value);
      if (argument.kind === 'keyword') named.set(argument.name ?? '', value);
      else if (argument.kind === 'positional') positional.push(value);
      else if (argument.kind === 'star') {
        if (value.kind === 'list' || value.kind === 'tuple') positional.push(...value.items);
        complete &&= (value.kind === 'list' || value.kind === 'tuple') && value.complete;
      } else if (value.kind === 'dict') {
        for (const entry of value.entries) {
          if (entry.key.kind === 'string' && entry.key.text.isConstant) named.set(entry.key.text.value, entry.value);
          else complete = false;
        }
        complete &&= value.complete;
      } else {
        named.set(`**${valueKey(value)}`, value);
        complete = false;
      }
    }
    return { positional, named, complete };
  }

  private subscript(node: Expression, objectNode: Expression, index: readonly Expression[]): Value {
    const object = this.fold(objectNode);
    if (object.kind === 'object' || object.kind === 'symbol') {
      const known = this.context.subscript?.(node, object, this.context);
      if (known !== undefined) return known;
    }
    const at = this.at(node.span);
    const [only] = index;
    if (only?.kind === 'slice' && index.length === 1) {
      const bounds = only.parts.map((part) => this.fold(part));
      return sliceOf(object, bounds, at) ?? this.symbol(node, `${valueKey(object)}[${bounds.map(valueKey).join(':')}]`);
    }
    const keys = index.map((part) => this.fold(part));
    const first = keys[0];
    const key: Value | undefined = keys.length === 1 ? first : { kind: 'tuple', items: keys, complete: true, at };
    const item = key && itemOf(object, key, at);
    return item ?? this.symbol(node, `${valueKey(object)}[${keys.map(valueKey).join(',')}]`);
  }

  private sequence(kind: SequenceValue['kind'], nodes: readonly Expression[], at: Location): Value {
    const items: Value[] = [];
    let complete = true;
    for (const node of nodes) {
      if (node.kind !== 'starred') {
        items.push(this.fold(node));
        continue;
      }
      const value = this.fold(node.value);
      if (value.kind === 'list' || value.kind === 'tuple') {
        items.push(...value.items);
        complete &&= value.complete;
      } else complete = false;
    }
    return { kind, items, complete, at };
  }

  private dict(entries: readonly { readonly key?: Expression; readonly value: Expression }[], at: Location): Value {
    const dicts = entries.map(({ key, value }): DictValue => {
      const folded = this.fold(value);
      if (key !== undefined) return { kind: 'dict', entries: [{ key: this.fold(key), value: folded }], complete: true, at };
      return folded.kind === 'dict' ? folded : { kind: 'dict', entries: [], complete: false, at };
    });
    return merge(dicts, at);
  }

  private unary(node: Expression, operator: string, operand: Value): Value {
    const at = this.at(node.span);
    if (operator === 'not') {
      const truth = truthOf(operand);
      if (truth !== undefined) return { kind: 'boolean', value: !truth, at };
    } else if (operand.kind === 'number' && operator !== '~') {
      const zero = integer(0n, at);
      const result = zero && (operator === '-' ? calculate('-', zero, operand, at) : operand);
      if (result !== undefined) return result;
    }
    return this.symbol(node, `(${operator} ${valueKey(operand)})`);
  }

  private binary(node: Expression & { readonly kind: 'binary' }): Value {
    const { operator } = node;
    const left = this.fold(node.left);
    if (operator === 'and' || operator === 'or') {
      const truth = truthOf(left);
      if (truth !== undefined) return truth === (operator === 'or') ? left : this.fold(node.right);
    }
    const right = this.fold(node.right);
    const value = applyBinary(operator, left, right, this.at(node.span));
    return value ?? this.symbol(node, `(${valueKey(left)} ${operator} ${valueKey(right)})`);
  }

  private comparison(node: Expression, operands: readonly Value[], operators: readonly string[]): Value {
    let sure: boolean | undefined = true;
    for (const [index, operator] of operators.entries()) {
      const [left, right] = [operands[index], operands[index + 1]];
      const answer = left && right && compare(operator, left, right);
      if (answer === false) return { kind: 'boolean', value: false, at: this.at(node.span) };
      if (answer === undefined) sure = undefined;
    }
    if (sure !== undefined) return { kind: 'boolean', value: sure, at: this.at(node.span) };
    const rest = operators.map((operator, index) => ` ${operator} ${valueKey(operands[index + 1] as Value)}`);
    return this.symbol(node, `(${valueKey(operands[0] as Value)}${rest.join('')})`);
  }

  /** A comprehension over known items is unrolled; over anything else it is not known. */
  private comprehension(node: Comprehension): Value | undefined {
    const at = this.at(node.span);
    let rounds: readonly (readonly [string, Value][])[] = [[]];
    for (const clause of node.clauses) {
      const next: (readonly [string, Value][])[] = [];
      for (const bound of rounds) {
        const inner = this.within(bound);
        if (clause.kind === 'if') {
          const truth = truthOf(inner.fold(clause.test));
          if (truth === undefined) return undefined;
          if (truth) next.push(bound);
          continue;
        }
        const items = itemsToVisit(inner.fold(clause.iterable));
        if (items === undefined || clause.async) return undefined;
        for (const item of items) {
          const names = bind(clause.target, item);
          if (names === undefined || next.length >= MAX_ITEMS / 20) return undefined;
          next.push([...bound, ...names]);
        }
      }
      rounds = next;
    }
    const results = rounds.map((bound) => node.elements.map((element) => this.within(bound).fold(element)));
    if (node.form !== 'dict') {
      const items = results.flatMap(([item]) => (item === undefined ? [] : [item]));
      return { kind: node.form === 'set' ? 'set' : 'list', items, complete: true, at };
    }
    const entries = results.flatMap(([key, value]) => (key === undefined || value === undefined ? [] : [{ key, value }]));
    return merge([{ kind: 'dict', entries, complete: true, at }], at);
  }

  private within(bound: readonly (readonly [string, Value])[]): Folder {
    if (bound.length === 0) return this;
    const names = new Map(bound);
    const outer = this.context;
    return new Folder({
      uri: outer.uri,
      text: outer.text,
      lookup: (name) => names.get(name) ?? outer.lookup(name),
      call: (call, callee, context) => outer.call?.(call, callee, context),
      attribute: (node, object, context) => outer.attribute?.(node, object, context),
      subscript: (node, object, context) => outer.subscript?.(node, object, context),
    });
  }
}

function itemsToVisit(value: Value): readonly Value[] | undefined {
  if ((value.kind === 'list' || value.kind === 'tuple') && value.complete) return value.items;
  return value.kind === 'dict' && value.complete ? value.entries.map((entry) => entry.key) : undefined;
}

/** The names that a target binds to the parts of a value. */
function bind(target: Expression, value: Value): [string, Value][] | undefined {
  if (target.kind === 'name') return [[target.name, value]];
  if (target.kind === 'parenthesized') return bind(target.expression, value);
  if (target.kind !== 'tuple' && target.kind !== 'list') return undefined;
  if ((value.kind !== 'tuple' && value.kind !== 'list') || !value.complete || value.items.length !== target.items.length) return undefined;
  const names: [string, Value][] = [];
  for (const [index, item] of target.items.entries()) {
    const part = value.items[index];
    const bound = part && bind(item, part);
    if (bound === undefined) return undefined;
    names.push(...bound);
  }
  return names;
}

function argumentKey(given: GivenArguments): string {
  const named = [...given.named].map(([name, value]) => (name.startsWith('**') ? name : `${name}=${valueKey(value)}`));
  return [...given.positional.map(valueKey), ...named, ...(given.complete ? [] : ['*'])].join(',');
}
