// Rows through a program: `SELECT TRANSFORM (…) USING '…'`, MAP and REDUCE.

import type { Cursor } from './cursor';
import { parseDataType } from './dataTypes';
import { isClauseAt, isNameToken } from './keywords';
import type { Expression } from './expressionTree';
import type { Name, Transform } from './syntaxTree';

/** Reads what follows MAP or REDUCE, or TRANSFORM at this token. */
export function parseTransform(p: Cursor): Transform {
  const { start } = p;
  let inputs: readonly Expression[];
  if (p.is('TRANSFORM')) {
    p.advance();
    const open = p.at;
    p.advance();
    takeQuantifier(p);
    inputs = p.list(() => p.grammar.expression(p));
    p.close(open);
  } else {
    takeQuantifier(p);
    inputs = p.list(() => p.grammar.expression(p), 'USING');
  }
  parseRowFormat(p);
  takeRecord(p, 'RECORDWRITER');
  if (p.expect('USING', ' and the program in quotation marks')) expectText(p);
  let columns: readonly Name[] = [];
  if (!p.isLost() && p.take('AS')) {
    const open = p.is('(') ? p.at : undefined;
    if (open !== undefined) p.advance();
    columns = p.list(() => parseOutput(p)).filter((name) => name !== undefined);
    if (open !== undefined) p.close(open);
  }
  parseRowFormat(p);
  takeRecord(p, 'RECORDREADER');
  return { kind: 'transform', inputs, columns, span: p.span(Math.min(start, inputs[0]?.span.start ?? start)) };
}

/** Only Hive's way of running programs knows them, which a session without Hive has not. */
function takeRecord(p: Cursor, word: string): void {
  const { span } = p.token;
  if (!p.take(word)) return;
  expectText(p);
  p.note('value', span, `"${word}" needs a Spark session with Hive`);
}

function takeQuantifier(p: Cursor): void {
  if ((p.is('DISTINCT') || p.is('ALL')) && isNameToken(p.peekToken())) {
    const { span } = p.advance();
    p.note('value', span, 'TRANSFORM takes neither DISTINCT nor ALL');
  }
}

function expectText(p: Cursor): void {
  if (p.token.kind === 'string') p.advance();
  else p.fail('a text in quotation marks');
}

function parseOutput(p: Cursor): Name | undefined {
  const name = p.expectName('the name of a column');
  if (
    name !== undefined &&
    p.token.kind === 'word' &&
    !isClauseAt(p.tokens, p.at) &&
    !p.is('ROW') &&
    !p.is('RECORDREADER') &&
    !p.is('FROM') &&
    !p.is('WHERE')
  )
    parseDataType(p);
  return name;
}

const DELIMITERS = [
  ['FIELDS', 'TERMINATED', 'BY'],
  ['ESCAPED', 'BY'],
  ['COLLECTION', 'ITEMS', 'TERMINATED', 'BY'],
  ['MAP', 'KEYS', 'TERMINATED', 'BY'],
  ['LINES', 'TERMINATED', 'BY'],
  ['NULL', 'DEFINED', 'AS'],
];

function parseRowFormat(p: Cursor): void {
  if (p.isLost() || !p.takeAll('ROW', 'FORMAT')) return;
  if (p.take('SERDE')) {
    expectText(p);
    if (!p.takeAll('WITH', 'SERDEPROPERTIES')) return;
    const open = p.at;
    if (!p.expect('(')) return;
    p.list(() => {
      expectText(p);
      if (!p.isLost() && p.take('=')) expectText(p);
    });
    p.close(open);
    return;
  }
  if (!p.expect('DELIMITED', ' or "SERDE"')) return;
  for (const words of DELIMITERS) {
    if (!p.takeAll(...words)) continue;
    const text = p.textOf(p.token.span).slice(1, -1);
    if (words[0] === 'LINES' && p.token.kind === 'string' && text !== '\\n' && text !== '\n') {
      p.note('value', p.token.span, 'lines end with "\\n" and nothing else');
    }
    expectText(p);
  }
}
