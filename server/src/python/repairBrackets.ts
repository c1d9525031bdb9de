// What is left open: strings without an end, brackets that nothing closes or that close nothing.

import type { LogicalLine } from './lines';
import { isHeader } from './repairIndentation';
import type { RepairedText, TextEdit } from './repairedText';
import { closerOf, endsOperand, readTokens } from './tokens';
import type { Token } from './tokens';

/** CPython's own limit. */
const MAX_DEPTH = 200;

export function repairStrings(repaired: RepairedText, lines: readonly LogicalLine[]): boolean {
  const edits: TextEdit[] = [];
  for (const line of lines) {
    for (const { start, end } of line.unterminated) {
      const { text } = repaired;
      const quote = text[start] ?? '"';
      const triple = text.startsWith(quote.repeat(3), start);
      // What commonly follows a string at the end of its line stays outside of it.
      const inside = triple ? end : start + text.slice(start, end).replace(/[\s,)\]}:]+$/u, '').length;
      const place = { start: Math.max(inside, start + 1), end: Math.max(inside, start + 1) };
      repaired.report(
        { start, end: triple ? start + 3 : end },
        triple ? `this ${quote.repeat(3)} string is never closed` : 'this string is not closed',
      );
      edits.push({ span: place, newText: triple ? quote.repeat(3) : quote });
    }
  }
  repaired.apply(edits);
  return edits.length > 0;
}

export function repairBrackets(repaired: RepairedText, lines: readonly LogicalLine[]): boolean {
  const edits: TextEdit[] = [];
  for (const line of lines) {
    if (line.unclosed.length > 0 || line.mismatched.length > 0) edits.push(...repairLine(repaired, line));
  }
  repaired.apply(edits);
  return edits.length > 0;
}

function repairLine(repaired: RepairedText, line: LogicalLine): readonly TextEdit[] {
  const { text } = repaired;
  const edits: TextEdit[] = [];
  const open: Token[] = [];
  const tokens = readTokens(text, line);
  let previous: Token | undefined;
  const closeFrom = (index: number, at: number): void => {
    const closers = open.splice(index).reverse();
    if (closers.length === 0) return;
    const newText = closers.map((bracket) => closerOf(bracket.text)).join('');
    const edit = { span: { start: at, end: at }, newText };
    edits.push(edit);
    const last = closers.length - 1;
    closers.forEach((bracket, nth) => {
      const fix = { title: `Add the missing '${newText}'`, edits: [edit] };
      if (nth < MAX_DEPTH) repaired.report(bracket, `'${bracket.text}' was never closed`, nth === last ? fix : undefined);
    });
  };
  for (const token of tokens) {
    if (previous !== undefined && open.length > 0 && beginsStatement(text, line, token, previous)) closeFrom(0, previous.end);
    if (token.kind === 'open') open.push(token);
    else if (token.kind === 'close') {
      const match = open.findLastIndex((bracket) => closerOf(bracket.text) === token.text);
      const top = open.at(-1);
      if (match >= 0) {
        if (match < open.length - 1) closeFrom(match + 1, previous?.end ?? token.start);
        open.pop();
      } else if (top !== undefined) {
        const newText = closerOf(top.text);
        const edit = { span: { start: token.start, end: token.end }, newText };
        edits.push(edit);
        repaired.report(token, `'${token.text}' does not match '${top.text}'`, { title: `Change to '${newText}'`, edits: [edit] });
        open.pop();
      } else {
        edits.push({ span: { start: token.start, end: token.end }, newText: '' });
        repaired.report(token, `'${token.text}' closes nothing`);
      }
    }
    previous = token;
  }
  // The colon that ends the head of a compound statement stays outside.
  const head = isHeader(text, line) && tokens.at(-1)?.text === ':' && open.at(-1)?.text === '(';
  closeFrom(0, head ? (tokens.at(-2)?.end ?? line.end) : line.end);
  return edits;
}

/** A name at the indentation of the statement itself, inside a bracket whose content stood further in or was complete. */
function beginsStatement(text: string, line: LogicalLine, token: Token, previous: Token): boolean {
  if (token.kind !== 'name' && token.kind !== 'keyword' && token.text !== '@') return false;
  let lineStart = token.start;
  while (lineStart > line.start && /[^\S\n\r]/u.test(text[lineStart - 1] ?? '')) lineStart--;
  if (lineStart <= line.start || !/[\n\r]/u.test(text[lineStart - 1] ?? '')) return false;
  if (token.start - lineStart > line.start - line.lineStart) return false;
  if (endsOperand(previous)) return true;
  const above = text.slice(0, lineStart).trimEnd();
  const aboveStart = Math.max(above.lastIndexOf('\n'), above.lastIndexOf('\r')) + 1;
  return aboveStart > line.start && /^[ \t]/u.test(above.slice(aboveStart)) && previous.text === ',';
}
