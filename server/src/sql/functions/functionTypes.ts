// What Spark 3.5 answers about the types of its functions: which types a parameter takes and what the result is. The facts are in
// observedTypes; resultType.ts computes with them.

import { observedTypesA } from './observedTypesA';
import { observedTypesB } from './observedTypesB';
import type { SqlFunction } from './functionTable';

export type FunctionKind = 'scalar' | 'aggregate' | 'window' | 'generator' | 'table' | 'form';

export interface FunctionTypes {
  readonly kind: FunctionKind;
  /** Spark's own: string, datetime, agg, …; empty for a form of the grammar. */
  readonly group: string;
  /** The version of Spark that brought each of the names, in their order; empty where Spark does not tell. */
  readonly since: readonly string[];
  /** Of the signatures that are calls, in their order. */
  readonly signatures: readonly SignatureTypes[];
}

export interface SignatureTypes {
  /**
   * For each parameter the letters of the types it takes when only what is required is given; `*` any, `=` a literal, `~` what the
   * others ask for.
   */
  readonly accepts: readonly string[];
  /** The same when everything is given. */
  readonly fullAccepts: readonly string[];
  /** The result when only what is required is given. */
  readonly result: ResultRule;
  /** The result when everything is given. */
  readonly fullResult: ResultRule;
}

/** A type with places for those of the arguments, such as `array<$1>`, and what it does not explain. */
export interface ResultRule {
  readonly rule: string;
  /** The arguments that decide where the rule does not, from zero. */
  readonly deciding: readonly number[];
  /** The result by the letters of the types of these, joined by `+`. */
  readonly exceptions: ReadonlyMap<string, string>;
  /** True where the result follows from what is written, not from types: a schema, names of fields, a number of digits. */
  readonly written: boolean;
}

let lines: ReadonlyMap<string, string> | undefined;

const read = new Map<string, FunctionTypes | undefined>();

export function functionTypes({ names: [name = ''] }: Pick<SqlFunction, 'names'>): FunctionTypes | undefined {
  if (!read.has(name)) read.set(name, readTypes(name));
  return read.get(name);
}

function readTypes(name: string): FunctionTypes | undefined {
  lines ??= new Map(`${observedTypesA}${observedTypesB}`.split('\n').map((line) => [line.slice(0, line.indexOf('|')), line]));
  const line = lines.get(name);
  if (line === undefined) return undefined;
  // Rules may hold `||`.
  const [, kind = '', group = '', since = '', ...rest] = line.split('|');
  const signatures = rest.join('|');
  return {
    kind: kind as FunctionKind,
    group,
    since: since.split(','),
    signatures: signatures === '' ? [] : signatures.split(' && ').map(readSignature),
  };
}

function readSignature(text: string): SignatureTypes {
  const colon = text.indexOf(':');
  const accepted = text.slice(0, colon);
  const rules = text
    .slice(colon + 1)
    .split(' / ')
    .map(readRule);
  const [result = readRule('')] = rules;
  const accepts = accepted === '' ? [] : accepted.split(',').map((one) => one.split('/'));
  return {
    accepts: accepts.map(([least = '']) => least),
    fullAccepts: accepts.map((both) => both.at(-1) ?? ''),
    result,
    fullResult: rules.at(-1) ?? result,
  };
}

function readRule(text: string): ResultRule {
  const [first = '', deciding = '', ...others] = text.split(' ! ');
  const written = /^written\b/.test(first);
  const exceptions = others.flatMap((other): [string, string][] => {
    const equals = other.lastIndexOf('=');
    return keysOf(other.slice(0, equals)).map((key) => [key, other.slice(equals + 1)]);
  });
  return {
    rule: written ? first.slice('written '.length) : first,
    deciding:
      deciding === ''
        ? []
        : deciding
            .slice(1)
            .split('+')
            .map((number) => Number(number) - 1),
    exceptions: new Map(exceptions),
    written,
  };
}

/** Keys are separated by commas, of which types may hold more. */
function keysOf(text: string): readonly string[] {
  return text.split(/,(?![^<(]*[>)])/);
}
