// The type of a call's result, computed from those of its arguments by the rules that functionTypes.ts reads.

import { commonType, decimalSize, splitTypes, typeArguments } from './commonType';
import type { ResultRule } from './functionTypes';

/** The types of a call's arguments; undefined where one is not known, or is a literal that no type depends on. */
export type ArgumentTypes = readonly (string | undefined)[];

/** The type that a call has; undefined where it follows from more than types, or is not known. */
export function resultType(result: ResultRule, types: ArgumentTypes): string | undefined {
  if (result.written) return undefined;
  const exception = exceptionOf(result, types);
  if (exception === undefined) return evaluate(result.rule, types);
  // What was seen of one size of decimals tells nothing of others, unless it is a formula.
  if (/^decimal\([ps]/.test(exception)) return sized(exception, types[result.deciding[0] ?? 0]);
  return exception === '?' ? undefined : exception;
}

const letters: Readonly<Record<string, string>> = {
  boolean: 'b',
  tinyint: 't',
  smallint: 's',
  int: 'i',
  bigint: 'l',
  float: 'f',
  double: 'd',
  'decimal(10,2)': 'm',
  string: 'S',
  binary: 'B',
  date: 'D',
  timestamp: 'T',
  timestamp_ntz: 'N',
  'interval year to month': 'Y',
  'interval day to second': 'Z',
  interval: 'I',
  'array<int>': 'A',
  'array<string>': 'a',
  'array<array<int>>': 'O',
  'array<struct<k:string,v:int>>': 'E',
  'array<struct<x:double,y:date>>': 'e',
  'map<string,int>': 'M',
  'map<int,double>': 'P',
  'struct<k:string,v:int>': 'R',
  void: 'V',
};

/** The letter that stands for a type in the observations; the type itself where there is none. */
export function typeLetter(type: string): string {
  return letters[type] ?? type;
}

/** The type that a letter of the observations stands for; nothing for what is no letter. */
export function typeOfLetter(letter: string): string | undefined {
  return Object.entries(letters).find(([, one]) => one === letter)?.[0];
}

function exceptionOf({ deciding, exceptions }: ResultRule, types: ArgumentTypes): string | undefined {
  if (exceptions.size === 0) return undefined;
  const names = deciding.map((at) => types[at]);
  if (names.includes(undefined)) return '?';
  const known = names.flatMap((name) => name ?? []);
  const exact = exceptions.get(known.map(typeLetter).join('+'));
  const isDecimal = known.some((name) => decimalSize(name) !== undefined);
  if (known.length === 1 && isDecimal) return exceptions.get('m');
  // Arithmetic on several decimals depends on all of their sizes.
  return exact ?? (isDecimal ? '?' : undefined);
}

function evaluate(rule: string, types: ArgumentTypes): string | undefined {
  for (const alternative of rule.split(' || ')) {
    const found = evaluateOne(alternative, types);
    if (found !== undefined) return found;
  }
  return undefined;
}

function evaluateOne(rule: string, types: ArgumentTypes): string | undefined {
  if (!rule.includes('$')) return rule;
  if (rule.startsWith('w(')) return widest(operands(rule, types));
  if (rule.startsWith('c(')) return joined(operands(rule, types));
  if (rule.startsWith('$')) {
    const [number = '', ...steps] = rule.slice(1).split('.');
    return steps.reduce<string | undefined>(partOf, types[Number(number) - 1]);
  }
  const open = rule.indexOf('<');
  const inner = splitTypes(rule.slice(open + 1, -1)).map((part) => {
    const colon = rule.startsWith('struct<') ? part.indexOf(':') + 1 : 0;
    const type = evaluateOne(part.slice(colon), types);
    return type === undefined ? undefined : `${part.slice(0, colon)}${type}`;
  });
  return inner.includes(undefined) ? undefined : `${rule.slice(0, open)}<${inner.join(',')}>`;
}

function operands(rule: string, types: ArgumentTypes): ArgumentTypes {
  return splitTypes(rule.slice(2, -1)).map((part) => evaluateOne(part, types));
}

function widest(types: ArgumentTypes): string | undefined {
  return types.reduce((found, type) => (found === undefined || type === undefined ? undefined : commonType(found, type)));
}

/** Arrays make an array, bytes alone make bytes, and all else makes text. */
function joined(types: ArgumentTypes): string | undefined {
  if (types.includes(undefined)) return undefined;
  if (types.some((type) => type?.startsWith('array<') === true)) return widest(types);
  return types.every((type) => type === 'binary') ? 'binary' : 'string';
}

function partOf(type: string | undefined, step: string): string | undefined {
  if (type === undefined) return undefined;
  switch (step) {
    case 'e':
      return typeArguments(type, 'array')?.[0];
    case 'k':
      return typeArguments(type, 'map')?.[0];
    case 'v':
      return typeArguments(type, 'map')?.[1];
    default: {
      const field = typeArguments(type, 'struct')?.[Number(step) - 1];
      return field?.slice(field.indexOf(':') + 1);
    }
  }
}

/** `decimal(p+4,s+4)` counts from the size of the argument. */
function sized(formula: string, type: string | undefined): string | undefined {
  const size = type === undefined ? undefined : decimalSize(type);
  if (size === undefined) return undefined;
  const values: Readonly<Record<string, number>> = { p: size.precision, s: size.scale, 'p-s': size.precision - size.scale };
  const computed = splitTypes(formula.slice('decimal('.length, -1)).map((part) => {
    const [base = '', more = '0'] = part.split('+');
    return Math.min((values[base] ?? Number(base)) + Number(more), 38);
  });
  return `decimal(${computed.join(',')})`;
}
