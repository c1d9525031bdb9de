// A top-level block that does not parse: what is wrong with it is said where a person would point, and the block is
// repaired step by step until the grammar accepts it, so that its statements are read as they were meant.

import type { Comment, Expression, PythonProblem, Statement } from './ast';
import { areLinesSound, readLines } from './lines';
import type { LogicalLine } from './lines';
import { firstOfTooMany, isPromising } from './misplacedTokens';
import type { Span } from '../text/span';
import { relocate } from './relocate';
import { repairBrackets, repairStrings } from './repairBrackets';
import { isHeader, isIndentationSound, repairIndentation } from './repairIndentation';
import { RepairedText } from './repairedText';
import type { TextEdit } from './repairedText';
import { repairTokens } from './repairTokens';
import { readTokens } from './tokens';
import type { SyntaxNode, SyntaxTree } from './syntaxTree';

export interface ParsedBlock {
  readonly statements: readonly Statement[];
  readonly comments: readonly Comment[];
  readonly problems: readonly PythonProblem[];
}

/** What repairing needs of the grammar: a concrete tree, which may be asked for only if it has no error, and our statements from one. */
export interface BlockReader {
  read(text: string): SyntaxTree;
  readSound(text: string): SyntaxTree | undefined;
  statements(tree: SyntaxTree, text: string): readonly Statement[];
}

/** From this length on, what is hopelessly broken is told before the grammar is asked: recovering costs it the square. */
export const LARGE_BLOCK = 4_000;
/**
 * A large block in which more is wrong than anybody reads: it is left out as a whole, with what was found. Undefined for
 * every other block.
 */
export function readHopelessBlock(text: string, base: number): ParsedBlock | undefined {
  if (text.length < LARGE_BLOCK) return undefined;
  const repaired = new RepairedText(text, base);
  for (const repair of [repairNulls, repairStrings, repairBrackets, repairIndentation, repairTokens])
    repair(repaired, readLines(repaired.text));
  if (!repaired.isFull) return undefined;
  const lost: Statement = { kind: 'invalidStatement', span: { start: base, end: base + text.length }, expressions: [], statements: [] };
  return { statements: [lost], comments: [], problems: inOrder(repaired.problems) };
}

/** Parses a broken block that stands at `base` in its document. */
export function parseBrokenBlock(text: string, base: number, reader: BlockReader): ParsedBlock {
  const joined = joinInsideBrackets(text);
  if (joined !== undefined) {
    const tree = text.length < LARGE_BLOCK || isPromising(joined, readLines(joined)) ? reader.readSound(joined) : undefined;
    if (tree !== undefined)
      return relocate(
        { statements: reader.statements(tree, joined), comments: reader.read(text).comments, problems: [] },
        (at) => at + base,
      );
  }
  const repaired = new RepairedText(text, base);
  repairNulls(repaired);
  repairStrings(repaired, readLines(repaired.text));
  repairBrackets(repaired, readLines(repaired.text));
  repairIndentation(repaired, readLines(repaired.text));
  const lines = readLines(repaired.text);
  let sound = text.length < LARGE_BLOCK || isPromising(repaired.text, lines) ? reader.readSound(repaired.text) : undefined;
  if (sound === undefined || lines.some((line) => line.isIncomplete)) {
    repairTokens(repaired, lines);
    sound = reader.readSound(repaired.text);
  }
  const lost = sound === undefined ? replaceBrokenLines(repaired, reader) : [];
  if (lost.length > 0) sound = reader.readSound(repaired.text);
  const tree = sound ?? reader.read(repaired.text);
  if (repaired.problems.length === 0) reportRest(repaired, tree);
  const move = (offset: number): number => repaired.originalOffset(offset);
  const statements = relocate(reader.statements(tree, repaired.text), move);
  return {
    statements: withLost(statements, lost),
    comments: relocate(tree.comments, move),
    problems: inOrder(repaired.problems),
  };
}

function repairNulls(repaired: RepairedText): void {
  const edits: TextEdit[] = [];
  for (let at = repaired.text.indexOf('\0'); at >= 0; at = repaired.text.indexOf('\0', at + 1)) {
    const edit = { span: { start: at, end: at + 1 }, newText: ' ' };
    repaired.report(edit.span, 'a NUL character: Python takes no file with one');
    edits.push(edit);
  }
  repaired.apply(edits);
}

/**
 * The text with line ends and comments inside brackets blanked out, if its lines are otherwise sound: the grammar takes
 * some of those line ends for the end of a block. Offsets stay as they are.
 */
function joinInsideBrackets(text: string): string | undefined {
  const lines = readLines(text);
  if (!isIndentationSound(lines) || !areLinesSound(lines)) return undefined;
  let joined = '';
  let at = 0;
  for (const line of lines) {
    for (const token of readTokens(text, line)) {
      const between = text.slice(at, token.start);
      joined += (token.depth === 0 ? between : between.replace(/[^ ]/gu, ' ')) + text.slice(token.start, token.end);
      at = token.end;
    }
  }
  joined += text.slice(at);
  return joined === text ? undefined : joined;
}

/** A line that no repair made sense of, at its place in the document, with what could be read of it. */
interface LostLine extends Span {
  readonly expressions: readonly Expression[];
}

/** Finds the lines that do not parse by themselves and puts statements in their place that do. */
function replaceBrokenLines(repaired: RepairedText, reader: BlockReader): readonly LostLine[] {
  const { text } = repaired;
  const lines = readLines(text);
  const edits: TextEdit[] = [];
  const lost: LostLine[] = [];
  for (const line of lines) {
    const written = text.slice(line.start, line.end);
    const prefix = prefixFor(written);
    const suffix = suffixFor(written, line.opensBlock);
    const alone = `${prefix}${written}${suffix}`;
    if (reader.readSound(alone) !== undefined) continue;
    const hopeless = firstOfTooMany(alone, readLines(alone));
    const tree = hopeless === undefined ? reader.read(alone) : undefined;
    const shift = line.start - prefix.length;
    const at = hopeless ?? unexpectedToken(tree?.root, alone, prefix.length, prefix.length + written.length);
    const span = { start: at.start + shift, end: at.end + shift };
    if (!repaired.problems.some((problem) => problem.span.start === repaired.originalOffset(span.start))) {
      repaired.report(span, `unexpected ${shownAt(text, span)}`);
    }
    const place = (offset: number): number => repaired.originalOffset(Math.max(line.start, Math.min(line.end, offset + shift)));
    const expressions = tree === undefined ? [] : relocate(reader.statements(tree, alone), place).flatMap(expressionsIn);
    const decorator = written.startsWith('@');
    const head = line.opensBlock || (isHeader(text, line) && !written.includes(':'));
    edits.push({ span: { start: line.start, end: line.end }, newText: decorator ? '@_' : head ? 'if True:' : 'pass' });
    if (!decorator) lost.push({ start: place(0), end: place(line.end), expressions });
  }
  repaired.apply(edits);
  return lost;
}

/** What must stand before a line that is only a part of a statement. */
function prefixFor(line: string): string {
  if (/^(?:else|elif)\b/u.test(line)) return 'if _: pass\n';
  if (/^(?:except|finally)\b/u.test(line)) return 'try: pass\n';
  if (/^case\b/u.test(line)) return 'match _:\n ';
  return '';
}

/** What must follow a line that is only a part of a statement. */
function suffixFor(line: string, opensBlock: boolean): string {
  if (line.startsWith('@')) return '\ndef _(): pass';
  if (!opensBlock) return '';
  return /^try\b/u.test(line) ? ' pass\nfinally: pass' : ' pass';
}

/** The innermost error, narrowed to the last token before which everything was understood. */
function unexpectedToken(
  root: SyntaxNode | undefined,
  text: string,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } {
  let best: SyntaxNode | undefined;
  const pending: SyntaxNode[] = root === undefined ? [] : [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.missing || node.type === 'ERROR') {
      if (node.start >= from && node.start <= to && (best === undefined || node.end - node.start < best.end - best.start)) best = node;
    }
    pending.push(...node.children, ...node.errors);
  }
  if (best === undefined) return { start: from, end: to };
  const last = best.children.at(-1);
  const start = Math.min(last !== undefined && best.children.length > 1 ? last.start : best.start, to);
  const word = /^(?:\w+|\S)/u.exec(text.slice(start, to))?.[0] ?? '';
  return { start, end: Math.max(start + word.length, Math.min(start + 1, to)) };
}

/** What is left are statements in the wrong place, such as an `else` without its `if`. */
function reportRest(repaired: RepairedText, tree: SyntaxTree): void {
  const { text } = repaired;
  const all = readLines(text);
  const unfinished = all.find((line) => line.isIncomplete);
  if (unfinished !== undefined) {
    const at = { start: unfinished.end - 1, end: unfinished.end };
    repaired.report(at, `unexpected ${shownAt(text, at)}`);
    return;
  }
  if (!tree.hasError) return;
  const lonely = all.find((line, index) => /^try\s*:/u.test(text.slice(line.start, line.end)) && !isHandled(text, all, index));
  if (lonely !== undefined) {
    repaired.report({ start: lonely.start, end: lonely.start + 3 }, "expected 'except' or 'finally' after this 'try'");
    return;
  }
  const [first] = all;
  const word = first && /^(?:else|elif|except|finally|@)/u.exec(text.slice(first.start, first.end))?.[0];
  if (
    first !== undefined &&
    word === '@' &&
    tree.root.children.every((child) => child.type !== 'decorated_definition') &&
    all.every((line) => text[line.start] === '@')
  ) {
    repaired.report({ start: first.start, end: first.end }, 'expected a function or a class after this decorator');
    return;
  }
  const at =
    first && word !== undefined ? { start: first.start, end: first.start + word.length } : unexpectedToken(tree.root, text, 0, text.length);
  repaired.report(at, `unexpected ${shownAt(text, at)}`);
}

/** Whether the next line at the indentation of a `try` handles what it raises. */
function isHandled(text: string, lines: readonly LogicalLine[], index: number): boolean {
  const column = lines[index]?.column ?? 0;
  const next = lines.find((line, at) => at > index && line.column <= column);
  return next?.column === column && /^(?:except|finally)\b/u.test(text.slice(next.start, next.start + 8));
}

function shownAt(text: string, span: { readonly start: number; readonly end: number }): string {
  const written = text.slice(span.start, span.end).trim();
  return written === '' ? 'end of the line' : `'${written.length > 30 ? `${written.slice(0, 27)}…` : written}'`;
}

/** Puts the remains of lost lines back where `pass` or `if True:` stands for them. */
function withLost(statements: readonly Statement[], lost: readonly LostLine[]): readonly Statement[] {
  if (lost.length === 0) return statements;
  return statements.flatMap((statement) => replaceLost(statement, lost));
}

function replaceLost(statement: Statement, lost: readonly LostLine[]): readonly Statement[] {
  const found = lost.find((line) => line.start === statement.span.start);
  if (found !== undefined && (statement.kind === 'pass' || statement.kind === 'if')) {
    const body = statement.kind === 'if' ? withLost(statement.body, lost) : [];
    const span = { start: found.start, end: Math.max(found.end, statement.span.end) };
    return [{ kind: 'invalidStatement', span, expressions: found.expressions, statements: body }];
  }
  switch (statement.kind) {
    case 'function':
    case 'class':
    case 'with':
      return [{ ...statement, body: withLost(statement.body, lost) }];
    case 'if':
    case 'for':
    case 'while':
      return [{ ...statement, body: withLost(statement.body, lost), otherwise: withLost(statement.otherwise, lost) }];
    case 'try':
      return [
        {
          ...statement,
          body: withLost(statement.body, lost),
          handlers: statement.handlers.map((handler) => ({ ...handler, body: withLost(handler.body, lost) })),
          otherwise: withLost(statement.otherwise, lost),
          finally: withLost(statement.finally, lost),
        },
      ];
    case 'match':
      return [{ ...statement, cases: statement.cases.map((one) => ({ ...one, body: withLost(one.body, lost) })) }];
    default:
      return [statement];
  }
}

function expressionsIn(statement: Statement): readonly Expression[] {
  if (statement.kind === 'invalidStatement') return statement.expressions;
  return statement.kind === 'expression' ? [statement.expression] : [];
}

function inOrder(problems: readonly PythonProblem[]): readonly PythonProblem[] {
  return [...problems].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}
