// Columns and literals of an expression over one table: which column, and the value as a cell of it is written.

import { describeValues, parseLiteral } from '../../../shared/table/query/literal';
import { typeName, type Column } from '../../../shared/table/table';
import type { Expression, Literal } from '../sql/expressionTree';
import type { Name } from '../sql/syntaxTree';
import type { Span } from '../text/span';

export interface ExpressionText {
  /** In which the spans of the expression count. */
  readonly text: string;
  readonly columns: readonly Column[];
}

/** An expression that is not understood, or does not fit the table. */
export class RefusedExpression extends Error {
  constructor(
    readonly span: Span,
    message: string,
  ) {
    super(message);
  }
}

/** Without the parentheses around it. */
export function unwrapped(expression: Expression): Expression {
  let inner = expression;
  while (inner.kind === 'parenthesized') inner = inner.expression;
  return inner;
}

/** The index of the column that an expression is. `hint` follows the columns that there are. */
export function readColumn({ columns }: ExpressionText, expression: Expression, hint = ''): number {
  const inner = unwrapped(expression);
  if (inner.kind !== 'column') throw new RefusedExpression(inner.span, 'the name of a column is expected here');
  const [name, ...fields] = inner.parts;
  if (!name) throw new RefusedExpression(inner.span, 'the name of a column is expected here');
  const found = indexOfColumn(columns, name, hint);
  if (fields.length > 0) {
    const [field] = fields;
    throw new RefusedExpression(field?.span ?? inner.span, `parts of a column cannot be asked for; "${name.text}" is a column`);
  }
  return found;
}

/** As in Spark, letters may be in whatever case. */
function indexOfColumn(columns: readonly Column[], { text: name, span }: Name, hint: string): number {
  const exact = columns.findIndex((column) => column.name === name);
  if (exact >= 0) return exact;
  const key = name.toLowerCase();
  const indexes = [...columns.keys()].filter((index) => columns[index]?.name.toLowerCase() === key);
  const [found] = indexes;
  if (found === undefined) {
    throw new RefusedExpression(
      span,
      `there is no column "${name}"; there is ${columns.map((column) => `"${column.name}"`).join(', ')}${hint}`,
    );
  }
  if (indexes.length === 1) return found;
  const names = indexes.map((index) => `"${columns[index]?.name ?? ''}"`).join(', ');
  throw new RefusedExpression(span, `"${name}" may be each of ${names}: write it as one of them`);
}

/** A literal as a value that the column may have. */
export function readValue({ text, columns }: ExpressionText, expression: Expression, columnIndex: number): string {
  const column = columns[columnIndex];
  if (!column) throw new RefusedExpression(expression.span, `there is no column ${columnIndex}`);
  const value = literalOf(text, expression);
  if (!value) {
    throw new RefusedExpression(
      expression.span,
      `a value is expected here: a number, a text in quotation marks, TRUE, FALSE, DATE'…', TIMESTAMP'…', X'…' or INTERVAL '…' …`,
    );
  }
  if (value.fits !== undefined && !value.fits.test(typeName(column.type))) {
    const { type, name } = column;
    const written = type.kind === 'scalar' && type.family === 'text' ? '; texts stand in quotation marks' : '';
    throw new RefusedExpression(expression.span, `column "${name}" is ${typeName(type)}, this is ${value.what}${written}`);
  }
  if (!parseLiteral(column.type, value.text)) {
    const why =
      column.type.kind === 'scalar'
        ? `"${value.text}" is no ${typeName(column.type)}; column "${column.name}" holds ${describeValues(column.type)}`
        : `column "${column.name}" is ${typeName(column.type)}, which cannot be compared with a value`;
    throw new RefusedExpression(expression.span, why);
  }
  return value.text;
}

/** The text that a text in quotation marks stands for. */
export function readText({ text }: ExpressionText, expression: Expression): string {
  const inner = unwrapped(expression);
  if (inner.kind !== 'literal' || inner.type !== 'string')
    throw new RefusedExpression(inner.span, 'a text in quotation marks is expected here');
  return stringValue(text.slice(inner.span.start, inner.span.end), inner.span);
}

interface LiteralValue {
  readonly text: string;
  readonly what: string;
  /** The names of the types that it may be compared with; a text with all of them. */
  readonly fits: RegExp | undefined;
}

const numbers = /^(?:tinyint|smallint|int|bigint|float|double|decimal\b.*)$/;
const moments = /^timestamp(?:_ntz)?$/;

function literalOf(text: string, expression: Expression): LiteralValue | undefined {
  const inner = unwrapped(expression);
  const written = text.slice(inner.span.start, inner.span.end);
  if (inner.kind === 'unary' && (inner.operator === '-' || inner.operator === '+')) {
    const operand = literalOf(text, inner.operand);
    if (operand?.what !== 'a number' || inner.operator === '+') return operand?.what === 'a number' ? operand : undefined;
    return { ...operand, text: operand.text.startsWith('-') ? operand.text.slice(1) : `-${operand.text}` };
  }
  if (inner.kind === 'interval') return { text: written, what: 'an interval', fits: /^interval\b/ };
  if (inner.kind !== 'literal') return undefined;
  switch (inner.type) {
    case 'string':
      return { text: stringValue(written, inner.span), what: 'a text', fits: undefined };
    case 'number':
      // The suffix tells a type, and changes no value.
      return { text: written.replace(/(?:BD|[YSLFD])$/i, ''), what: 'a number', fits: numbers };
    case 'boolean':
      return { text: written.toLowerCase(), what: 'true or false', fits: /^boolean$/ };
    case 'typed':
      return typedLiteral(inner, written);
    case 'null':
      throw new RefusedExpression(inner.span, 'a comparison with NULL is never true; use IS NULL, IS NOT NULL or <=>');
  }
}

function typedLiteral({ typeName: type, span }: Literal, written: string): LiteralValue | undefined {
  const quoted = /['"]/.exec(written);
  const value = stringValue(written.slice(quoted?.index ?? written.length), span).trim();
  switch (type) {
    case 'DATE':
      return { text: paddedDate(value), what: 'a date', fits: /^(?:date|timestamp(?:_ntz)?)$/ };
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
    case 'TIMESTAMP_NTZ':
      return { text: paddedDate(value), what: 'a timestamp', fits: moments };
    case 'X':
      return { text: value.length % 2 === 0 ? value : `0${value}`, what: 'bytes', fits: /^binary$/ };
    default:
      return undefined;
  }
}

/** Spark takes `2024-1-5`, `2024-1` and `2024` for days as well. */
function paddedDate(text: string): string {
  const [date, year = '', month = '1', day = '1'] = /^([+-]?\d{4,6})(?:-(\d{1,2})(?:-(\d{1,2})(?!\d))?)?/.exec(text) ?? [];
  if (date === undefined) return text;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${text.slice(date.length)}`;
}

/** What quoted texts that stand side by side stand for together (unescapeSQLString of Spark). */
function stringValue(written: string, span: Span): string {
  let value = '';
  for (const [, raw, double, single] of written.matchAll(/([rR]?)(?:"((?:[^"\\]|\\[^]|"")*)"|'((?:[^'\\]|\\[^]|'')*)')/g)) {
    const quoted = double ?? single ?? '';
    if (quoted.includes(double === undefined ? "''" : '""')) {
      throw new RefusedExpression(span, `versions of Spark differ in what doubled quotation marks mean: write \\' or \\"`);
    }
    value += raw === '' ? unescaped(quoted) : quoted;
  }
  return value;
}

const escapes: Readonly<Record<string, string>> = { '0': '\0', b: '\b', n: '\n', r: '\r', t: '\t', Z: '\u001A', '%': '\\%', _: '\\_' };

function unescaped(text: string): string {
  const escape = /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-3][0-7]{2})|([^]))/g;
  return text.replace(escape, (_, short?: string, long?: string, octal?: string, other?: string) => {
    const code = short ?? long;
    if (code !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(code, 16), 0x10ffff));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return escapes[other ?? ''] ?? other ?? '';
  });
}
