// Literals: texts, numbers, typed literals such as DATE '2024-01-31', and intervals.

import type { Cursor } from './cursor';
import { checkInterval, checkNumber, checkTyped, type IntervalPart } from './literalValues';
import type { Expression, Interval, Literal } from './expressionTree';

/** Reads a text, a number, TRUE, FALSE or NULL; texts that stand side by side are one. */
export function parseLiteral(p: Cursor): Literal {
  const { start } = p;
  const token = p.advance();
  if (token.kind === 'number') {
    checkNumber(p, token.span);
    return { kind: 'literal', type: 'number', span: token.span };
  }
  if (token.kind === 'word') return { kind: 'literal', type: token.key === 'NULL' ? 'null' : 'boolean', span: token.span };
  unclosedText(p, token);
  while (p.token.kind === 'string') unclosedText(p, p.advance());
  return { kind: 'literal', type: 'string', span: p.span(start) };
}

function unclosedText(p: Cursor, { unclosed, span }: { unclosed?: true; span: Literal['span'] }): void {
  if (unclosed === true) p.note('syntax', span, 'the quotation that begins here is never closed');
}

/** `DATE '…'`: a word in front of a text. */
export function parseTypedLiteral(p: Cursor): Literal {
  const { start, key } = p;
  const type = p.advance().span;
  const text = p.advance();
  unclosedText(p, text);
  if (text.unclosed !== true) checkTyped(p, key, type, text.span);
  return { kind: 'literal', type: 'typed', typeName: key, span: p.span(start) };
}

/** Whether the word INTERVAL here begins an interval, and is not a name. */
export function isIntervalAt(p: Cursor): boolean {
  const signed = p.peek() === '-' || p.peek() === '+';
  const value = p.peekToken(signed ? 2 : 1);
  if (value?.kind === 'string') return true;
  if (value?.kind !== 'number') return false;
  const unit = p.peekToken(signed ? 3 : 2);
  return !signed || (unit?.kind === 'word' && UNITS.has(unit.key));
}

const UNITS: ReadonlySet<string> = new Set(
  'YEAR MONTH WEEK DAY HOUR MINUTE SECOND MILLISECOND MICROSECOND NANOSECOND'.split(' ').flatMap((unit) => [unit, `${unit}S`]),
);

/** `INTERVAL 1 DAY 2 HOURS`, `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL '1 day'` */
export function parseInterval(p: Cursor): Expression {
  const { start } = p;
  const signed = p.peek() === '-' || p.peek() === '+';
  const unit = p.peekToken(signed ? 3 : 2);
  if (!signed && p.peekToken()?.kind === 'string' && !(unit?.kind === 'word' && UNITS.has(unit.key))) return parseTypedLiteral(p);
  p.advance();
  const parts: IntervalPart[] = [];
  while (isValueWithUnit(p) || parts.length === 0) {
    const value = readValue(p);
    if (value === undefined) break;
    if (p.token.kind !== 'word' || !UNITS.has(p.key)) {
      p.fail('a unit such as "DAY" or "HOURS"');
      break;
    }
    parts.push({ ...value, unit: p.advance().key });
  }
  const interval: Interval = { kind: 'interval', span: p.span(start) };
  if (p.isLost()) return interval;
  if (parts.length === 1 && p.is('TO') && p.peekToken()?.kind === 'word' && UNITS.has(p.peek())) {
    p.advance();
    const to = p.advance().key;
    const span = p.span(start);
    checkInterval(p, span, parts, to);
    return { kind: 'interval', span };
  }
  checkInterval(p, interval.span, parts);
  return interval;
}

/** Another value of the same interval: a number or a text, with a sign or without, and a unit behind it. */
function isValueWithUnit(p: Cursor): boolean {
  const signed = p.is('-') || p.is('+');
  const value = p.peekToken(signed ? 1 : 0);
  const unit = p.peekToken(signed ? 2 : 1);
  return (value?.kind === 'number' || value?.kind === 'string') && unit?.kind === 'word' && UNITS.has(unit.key);
}

function readValue(p: Cursor): Omit<IntervalPart, 'unit'> | undefined {
  const { start } = p;
  const negative = p.is('-');
  if (negative || p.is('+')) p.advance();
  if (p.token.kind !== 'number' && p.token.kind !== 'string') {
    p.fail('the value of the interval');
    return undefined;
  }
  const token = p.advance();
  return { negative, quoted: token.kind === 'string', text: p.textOf(token.span), span: p.span(start) };
}
