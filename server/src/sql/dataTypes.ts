// The types of CAST and of columns. Spark refuses an unknown type while it parses, so an unknown name is an error here, too.

import type { Cursor } from './cursor';
import { isNameToken } from './keywords';
import type { DataType } from './expressionTree';
import type { Name } from './syntaxTree';

/** Types without elements, and how many parameters each takes: none, at most, at least (visitPrimitiveDataType of Spark 3.5). */
const SIMPLE: Readonly<Record<string, readonly [least: number, most: number]>> = {
  boolean: [0, 0],
  tinyint: [0, 0],
  byte: [0, 0],
  smallint: [0, 0],
  short: [0, 0],
  int: [0, 0],
  integer: [0, 0],
  bigint: [0, 0],
  long: [0, 0],
  float: [0, 0],
  real: [0, 0],
  double: [0, 0],
  date: [0, 0],
  timestamp: [0, 0],
  timestamp_ntz: [0, 0],
  timestamp_ltz: [0, 0],
  string: [0, 0],
  char: [1, 1],
  character: [1, 1],
  varchar: [1, 1],
  binary: [0, 0],
  decimal: [0, 2],
  dec: [0, 2],
  numeric: [0, 2],
  void: [0, 0],
  interval: [0, 0],
};
const NEWER: Readonly<Record<string, string>> = { variant: '4.0', time: '4.1', geometry: '4.1', geography: '4.1' };
/** The units of an interval type, the longest first. */
const INTERVAL_UNITS = [
  ['YEAR', 'MONTH'],
  ['DAY', 'HOUR', 'MINUTE', 'SECOND'],
];

export function parseDataType(p: Cursor): DataType {
  return p.nested(
    () => parseType(p),
    () => unknownType(p),
  );
}

function unknownType(p: Cursor): DataType {
  return { kind: 'dataType', name: '', parameters: [], elements: [], fields: [], span: p.missing().span };
}

function parseType(p: Cursor): DataType {
  const { start, key } = p;
  if (!isNameToken(p.token)) {
    p.fail('a type');
    return unknownType(p);
  }
  const { text, quoted } = p.name();
  const name = text.toLowerCase();
  const whole = { kind: 'dataType' as const, name, parameters: [], elements: [], fields: [] };
  if (!quoted && key === 'ARRAY' && p.take('<')) {
    const element = parseDataType(p);
    closeAngle(p);
    return { ...whole, elements: [element], span: p.span(start) };
  }
  if (!quoted && key === 'MAP' && p.take('<')) {
    const elements = [parseDataType(p)];
    if (p.expect(',')) elements.push(parseDataType(p));
    closeAngle(p);
    return { ...whole, elements, span: p.span(start) };
  }
  if (!quoted && key === 'STRUCT' && (p.is('<') || p.is('<>'))) return parseStruct(p, start);
  if (!quoted && key === 'INTERVAL') return parseIntervalType(p, start);
  if (!quoted && (key === 'TIMESTAMP' || key === 'TIME') && (p.is('WITH') || p.is('WITHOUT')) && p.peek(2) === 'ZONE') {
    p.needs('4.1', p.token.span, `"${key} ${p.key} TIME ZONE"`);
    p.at += 3;
    return { ...whole, span: p.span(start) };
  }
  const parameters = parseParameters(p);
  const span = p.span(start);
  checkType(p, name, parameters, span);
  if ((name === 'string' || name === 'char' || name === 'varchar') && p.is('COLLATE') && isNameToken(p.peekToken())) {
    p.needs('4.0', p.advance().span, '"COLLATE"');
    p.name();
    while (p.is('.') && isNameToken(p.peekToken())) p.at += 2;
  }
  return { ...whole, parameters, span: p.span(start) };
}

function parseParameters(p: Cursor): readonly number[] {
  if (!p.is('(')) return [];
  const open = p.at;
  p.advance();
  const parameters = p.list(() => {
    if (p.token.kind === 'number' && /^\d+$/.test(p.textOf(p.token.span))) return Number(p.textOf(p.advance().span));
    p.fail('a whole number');
    return 0;
  });
  p.close(open);
  return parameters;
}

function checkType(p: Cursor, name: string, parameters: readonly number[], span: DataType['span']): void {
  const since = Object.hasOwn(NEWER, name) ? NEWER[name] : undefined;
  if (since !== undefined) {
    p.needs(since, span, `the type "${name}"`);
    return;
  }
  const counts = Object.hasOwn(SIMPLE, name) ? SIMPLE[name] : undefined;
  if (counts === undefined) {
    const known = ['array', 'map', 'struct'].includes(name);
    const message = known ? `the type "${name}" needs the types of its elements: "${name}<…>"` : `Spark has no type "${p.textOf(span)}"`;
    const replacement = Object.hasOwn(FOREIGN, name) ? FOREIGN[name] : undefined;
    p.note('value', span, replacement === undefined ? message : `${message}: "${replacement}" is its type`, replacement);
    return;
  }
  const [precision = 10, scale = 0] = parameters;
  const decimal = name === 'decimal' || name === 'dec' || name === 'numeric';
  if (decimal && precision > 38) p.note('value', span, `a decimal has at most 38 digits, not ${precision}`);
  else if (decimal && scale > precision) p.note('value', span, `a decimal of ${precision} digits cannot have ${scale} behind the point`);
  const [least, most] = counts;
  // Elsewhere a varchar without a length holds texts of any.
  const unbounded = name === 'varchar' ? 'string' : undefined;
  if (parameters.length < least) p.note('value', span, `the type "${name}" needs a length: "${name}(n)"`, unbounded);
  else if (parameters.length > most) p.note('value', span, `the type "${name}" takes ${most === 0 ? 'no parameters' : `at most ${most}`}`);
}

/** Types of other systems, and what Spark calls them. */
const FOREIGN: Readonly<Record<string, string>> = {
  text: 'string',
  varchar2: 'string',
  nvarchar: 'string',
  number: 'decimal',
  int64: 'bigint',
  int32: 'int',
  int8: 'bigint',
  int4: 'int',
  int2: 'smallint',
  float64: 'double',
  float32: 'float',
  float8: 'double',
  float4: 'float',
  bool: 'boolean',
  bytes: 'binary',
  bytea: 'binary',
  blob: 'binary',
  datetime: 'timestamp',
  timestamptz: 'timestamp',
};

function parseStruct(p: Cursor, start: number): DataType {
  const fields: Name[] = [];
  const elements: DataType[] = [];
  // `STRUCT<>` holds the sign for "not equal".
  if (!p.take('<>')) {
    p.advance();
    if (!p.is('>')) {
      p.list(() => {
        const field = p.expectName('the name of a field');
        if (field === undefined) return;
        p.take(':');
        fields.push(field);
        elements.push(parseDataType(p));
        if (!p.isLost() && p.is('NOT') && p.peek() === 'NULL') p.at += 2;
        if (!p.isLost() && p.is('COMMENT') && p.peekToken()?.kind === 'string') p.at += 2;
      }, '>');
    }
    closeAngle(p);
  }
  return { kind: 'dataType', name: 'struct', parameters: [], elements, fields, span: p.span(start) };
}

function closeAngle(p: Cursor): void {
  if (!p.isLost()) p.expect('>', ' to close the "<" of the type');
}

function parseIntervalType(p: Cursor, start: number): DataType {
  const units = INTERVAL_UNITS.find((group) => group.includes(p.key));
  const from = p.key;
  let name = 'interval';
  if (units !== undefined) {
    p.advance();
    name = `interval ${from.toLowerCase()}`;
    if (p.is('TO') && units.indexOf(p.peek()) > units.indexOf(from)) {
      name += ` to ${p.peek().toLowerCase()}`;
      p.at += 2;
    }
  }
  return { kind: 'dataType', name, parameters: [], elements: [], fields: [], span: p.span(start) };
}
