// What is written for the user who types: the rest of what closes a template. Nothing is written where a template is opened, since
// editors leave the cursor behind what is written for them, and most close the braces there by themselves.

import type { TextEdit } from 'vscode-languageserver-types';
import { isQueryFile } from '../workspace/fileUris';
import type { FileSnapshot } from '../workspace/snapshot';
import { lexicalContext, type OpenString } from './lexicalContext';
import { rangeOf } from './ranges';
import { isSqlKeyword } from './sqlTokens';
import { sqlTextAt } from './sqlTextAt';

/** The characters that are asked about, the first one and the others. */
export const onTypeCharacters = { firstTriggerCharacter: '}', moreTriggerCharacter: ['>'] };

const BRACES = /(?<!\{)(\{\{|\{\{\{\{)([^{}<>"'\n]+)(\}+)$/;
const CHEVRONS = /(?<!<)(<<)(\s*[\p{L}_][\p{L}\p{N}_.:-]*\s*)(>+)$/u;

/** `offset` is behind the character that was typed. */
export function onTypeFormatting(file: FileSnapshot, offset: number, typed: string): readonly TextEdit[] {
  const string = queryAround(file, offset);
  const pattern = typed === '}' ? BRACES : typed === '>' ? CHEVRONS : undefined;
  if (string === undefined || pattern === undefined) return [];
  const before = file.text.slice(string.contentStart, offset);
  const match = pattern.exec(before);
  if (match === null) return [];
  const [, open = '', inner = '', close = ''] = match;
  if (inner.trim() === '' || (open !== '<<' && open.length !== (isDoubled(file, string) ? 4 : 2))) return [];
  if (open === '<<' && isOperand(before.slice(0, match.index))) return [];
  const following = file.text.slice(offset, string.contentEnd);
  const missing = open.length - close.length - leading(following, typed);
  if (missing > 0 && close.length === 1)
    return [{ range: rangeOf(file.lines, { start: offset, end: offset }), newText: typed.repeat(missing) }];
  // Whoever types all of it has the last character twice.
  if (close.length === open.length + 1) return [{ range: rangeOf(file.lines, { start: offset - 1, end: offset }), newText: '' }];
  return [];
}

/** The literal of a query around the cursor, or all of a file of SQL. */
function queryAround(file: FileSnapshot, offset: number): OpenString | undefined {
  if (isQueryFile(file.uri)) return { prefix: '', quote: '', contentStart: 0, contentEnd: file.text.length, closed: true };
  const { string } = lexicalContext(file.text, offset);
  if (string === undefined || string.prefix.includes('b')) return undefined;
  // While a template is not closed yet, a literal that is formatted cannot be read.
  const isWithin = file.definitions.resources.some(
    ({ kind, span }) => kind === 'sql-transformation' && span.start < string.contentStart && offset <= span.end,
  );
  const isQuery = sqlTextAt(file, offset) !== undefined || (isWithin && isDoubled(file, string));
  return isQuery ? string : undefined;
}

/** In formatted literals, and in those that are formatted later, every brace of the text is written twice. */
function isDoubled({ text }: FileSnapshot, { prefix, quote, contentEnd }: OpenString): boolean {
  return prefix.includes('f') || /^[\s)]*\.format\b/.test(text.slice(contentEnd + quote.length, contentEnd + quote.length + 100));
}

/** True where a value ends, so that chevrons behind it shift its bits. */
function isOperand(before: string): boolean {
  const [last = ''] = /(?:[\p{L}\p{N}_]+|.)$/u.exec(before.trimEnd()) ?? [];
  if (/^[\p{L}\p{N}_]/u.test(last)) return !isSqlKeyword(last) || /^(?:end|null|true|false)$/i.test(last);
  return /[)\]'"`}>]/.test(last);
}

function leading(text: string, char: string): number {
  let count = 0;
  while (text[count] === char) count++;
  return count;
}
