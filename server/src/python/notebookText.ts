// The cells of a notebook as one text of Python. What IPython adds to Python is blanked out, character for character, so that
// a place in a cell is the same place in the text, moved. Each cell is a program of its own for the parser, as it is for IPython.

import type { Span } from '../text/span';
import type { Module } from './ast';
import { readLines } from './lines';
import type { PythonParser } from './parser';
import { relocate } from './relocate';

/** Between two cells stands a line of its own that Python takes for blank and that nobody writes. */
const SEPARATOR = '\n\f\n';

/** The text of a notebook, and where each of its cells stands in it. */
export interface NotebookText {
  readonly text: string;
  readonly cells: readonly Span[];
}

export function joinCells(texts: readonly string[]): NotebookText {
  const cells: Span[] = [];
  let text = '';
  for (const [index, cell] of texts.entries()) {
    if (index > 0) text += SEPARATOR;
    const start = text.length;
    text += blankMagics(cell);
    cells.push({ start, end: text.length });
  }
  return { text, cells };
}

/** Parses notebooks cell by cell, and everything else as before. */
export function withNotebooks(python: PythonParser, isNotebook: (uri: string) => boolean): PythonParser {
  return {
    parse: (uri, text, previous, known) =>
      isNotebook(uri) ? parseCells(python, uri, text, previous) : python.parse(uri, text, previous, known),
  };
}

interface Cell {
  readonly start: number;
  /** As it was parsed, and the same at its place in the notebook. */
  readonly own: Module;
  readonly placed: Pick<Module, 'body' | 'problems' | 'comments'>;
}

/** A notebook that remembers its cells. */
class NotebookModule implements Module {
  readonly body: Module['body'];
  readonly problems: Module['problems'];
  readonly comments: Module['comments'];

  constructor(
    readonly uri: string,
    readonly text: string,
    readonly cells: readonly Cell[],
  ) {
    this.body = cells.flatMap(({ placed }) => placed.body);
    this.problems = cells.flatMap(({ placed }) => placed.problems);
    this.comments = cells.flatMap(({ placed }) => placed.comments);
  }
}

function parseCells(python: PythonParser, uri: string, text: string, previous: Module | undefined): Module {
  const before = previous instanceof NotebookModule ? previous.cells : [];
  const known = new Map(before.map((cell) => [cell.own.text, cell]));
  const cells: Cell[] = [];
  let start = 0;
  for (const [index, source] of text.split(SEPARATOR).entries()) {
    const same = known.get(source);
    if (same?.start === start) cells.push(same);
    else {
      const own = same?.own ?? python.parse(uri, source, before[index]?.own);
      cells.push({ start, own, placed: placedAt(start, own) });
    }
    start += source.length + SEPARATOR.length;
  }
  return new NotebookModule(uri, text, cells);
}

function placedAt(start: number, { body, problems, comments }: Module): Cell['placed'] {
  if (start === 0) return { body, problems, comments };
  const move = (offset: number): number => offset + start;
  return { body: relocate(body, move), problems: relocate(problems, move), comments: relocate(comments, move) };
}

/** Magics of a whole cell whose other lines are Python. */
const pythonMagics = /^%%(?:time|timeit|capture|prun|python3?|pypy)\b/;

/** A cell with every line that only IPython understands replaced by as many characters of Python that do nothing. */
function blankMagics(cell: string): string {
  if (!/[%!?]/.test(cell)) return cell;
  const first = /\S/.exec(cell)?.index ?? 0;
  const isCellMagic = cell.startsWith('%%', first);
  if (isCellMagic && !pythonMagics.test(cell.slice(first))) return cell.replace(/[^\r\n]+/g, (line) => comment(line));
  const text = isCellMagic ? cell.slice(0, first) + cell.slice(first).replace(/^[^\r\n]*/, (line) => comment(line)) : cell;
  let blanked = text;
  // A line is judged where a statement begins: inside brackets and strings everything is Python's.
  for (const { start } of readLines(text)) blanked = blankLine(blanked, start);
  return blanked;
}

/** One line that begins a statement. What is blanked keeps its length, so that the other offsets hold. */
function blankLine(text: string, start: number): string {
  const end = lineEnd(text, start);
  const line = text.slice(start, end);
  const isMagic = /^(?:[!?]|%{1,2}[\w!])/.test(line) || /^[\w.%*]+\?{1,2}\s*$/.test(line);
  // `files = !ls` and `took = %timeit …`: what is assigned is known when it runs.
  const assigned = isMagic ? undefined : /^[\w\s,.]+=[ \t]*(?=!|%{1,2}[a-zA-Z])/.exec(line)?.[0].length;
  if (!isMagic && assigned === undefined) return text;
  const from = start + (assigned ?? 0);
  const until = continuedEnd(text, end);
  const word = isMagic ? '0' : '_';
  const lines = text.slice(from, until).split(/(\r\n|\r|\n)/);
  const blank = lines.map((part, index) => (index % 2 === 1 ? part : index === 0 ? word + comment(part.slice(1)) : comment(part)));
  return text.slice(0, from) + blank.join('') + text.slice(until);
}

/** A comment of the same length. */
function comment(line: string): string {
  return line === '' ? '' : `#${line.slice(1)}`;
}

function lineEnd(text: string, from: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = from;
  return found.exec(text)?.index ?? text.length;
}

/** A backslash at the end of a magic continues it on the next line. */
function continuedEnd(text: string, end: number): number {
  if (end >= text.length || text[end - 1] !== '\\') return end;
  return continuedEnd(text, lineEnd(text, text.startsWith('\r\n', end) ? end + 2 : end + 1));
}
