// Python's logical lines, found without parsing: where each begins and ends, how far it is indented, and what was left
// open in it. Broken code must not swallow the file, so an open bracket or string ends where a new statement must begin.

import { stringEnd } from './stringScan';
import type { Span } from '../text/span';

export interface LogicalLine extends Span {
  /** `start` is the first token; the line's indentation lies between `lineStart` and it. */
  readonly lineStart: number;
  /** Width of the indentation with tabs to every eighth column, and with tabs of one column: both must agree in order. */
  readonly column: number;
  readonly narrowColumn: number;
  /** The last token is a colon outside brackets, as before an indented block. */
  readonly opensBlock: boolean;
  /** The last token needs another one behind it: an operator, a period, a keyword such as `and`. */
  readonly isIncomplete: boolean;
  /** Offsets of brackets that nothing closes, outermost first. */
  readonly unclosed: readonly number[];
  /** Offsets of closing brackets that close nothing, or the wrong one. */
  readonly mismatched: readonly number[];
  /** Strings without an end. */
  readonly unterminated: readonly Span[];
}

const NOTHING: readonly never[] = [];

/** All logical lines of a text. */
export function readLines(text: string): readonly LogicalLine[] {
  const lines = new LineReader(text, false).read();
  // A docstring that is never closed turns strings and code around for the rest of the file. Only then is a string
  // taken to end where a statement stands at the beginning of a line.
  const last = lines.at(-1)?.unterminated.at(-1);
  if (last === undefined || !isTriple(text, last.start)) return lines;
  return new LineReader(text, true).read();
}

/** What only ever begins a statement, at the beginning of a line. */
const STATEMENT =
  /(?:@[\w.]+[ \t]*(?:\(|$)|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(|class[ \t]+\w+[ \t]*[(:]|from[ \t]+[\w.]+[ \t]+import\b|import[ \t]+[\w.]+)/my;
/** Keywords that no expression holds. */
const KEYWORD =
  /(?:@[\w.]+[ \t]*(?:\(|$)|(?:async[ \t]+)?def[ \t]+\w|class[ \t]+\w+[ \t]*[(:]|(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]|(?:return|raise|del|assert|global|nonlocal|while|with)[ \t]+[\w("'[{]|(?:try|finally)[ \t]*:|(?:pass|break|continue|return)[ \t]*(?:#|$))/my;

const OPERATOR_ENDS = new Set('= + - / % @ & | ^ < > ~ !'.split(' ').map((char) => char.charCodeAt(0)));
const DANGLING =
  /(?:^|[^\p{L}\p{Nd}_.])(?:and|or|not|in|is|if|as|lambda|await|del|assert|import|from|global|nonlocal|for|def|class|while|with|elif)$/u;
const BLOCK_KEYWORD = /(?:async|def|class|if|elif|for|while|with|except)\b/y;

const HAS_BLOCK = /(?:async|def|class|if|elif|else|for|while|with|try|except|finally|match|case)\b/y;

function hasBlock(text: string, at: number): boolean {
  HAS_BLOCK.lastIndex = at;
  return HAS_BLOCK.test(text);
}

function isBlockKeyword(text: string, at: number): boolean {
  BLOCK_KEYWORD.lastIndex = at;
  return BLOCK_KEYWORD.test(text);
}

/** Whether every line is complete and closes what it opens. */
export function areLinesSound(lines: readonly LogicalLine[]): boolean {
  return !lines.some((line) => line.isIncomplete || line.unclosed.length > 0 || line.mismatched.length > 0 || line.unterminated.length > 0);
}

class LineReader {
  private readonly lines: LogicalLine[] = [];
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly suspicious: boolean,
  ) {}

  read(): readonly LogicalLine[] {
    const { text } = this;
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
    while (this.at < text.length) this.readLine();
    return this.lines;
  }

  private readLine(): void {
    const { text } = this;
    const lineStart = this.at;
    let column = 0;
    let narrowColumn = 0;
    // Where the first backslash stands, if not in the first column: Python takes that for the indentation.
    let joined = 0;
    let at = lineStart;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      const next = code === 92 ? this.continued(at) : undefined;
      if (next !== undefined) {
        joined ||= column;
        at = next - 1;
        continue;
      }
      if (code === 32) column++;
      else if (code === 9) column = (column & ~7) + 8;
      else if (code === 12) column = 0;
      else break;
      narrowColumn = code === 12 ? 0 : narrowColumn + 1;
    }
    const code = text.charCodeAt(at);
    if (at >= text.length || code === 10 || code === 13 || code === 35) {
      // Blank lines and lines of comment are no logical lines.
      this.at = this.nextLine(at);
      return;
    }
    this.readTokens(lineStart, at, joined || column, joined || narrowColumn);
  }

  private readTokens(lineStart: number, start: number, column: number, narrowColumn: number): void {
    const { text } = this;
    const open: number[] = [];
    let mismatched: number[] | undefined;
    let unterminated: Span[] | undefined;
    let end = start;
    let colon = false;
    let lastColon = false;
    let at = start;
    scan: while (at < text.length) {
      const code = text.charCodeAt(at);
      switch (code) {
        case 32:
        case 9:
        case 12:
          at++;
          continue;
        case 13:
        case 10:
          at = this.nextLine(at);
          if (open.length === 0 || this.breaksOff(at, lastColon && text.charCodeAt(open.at(-1) ?? at) === 40 ? Infinity : column, start))
            break scan;
          continue;
        case 35:
          at = this.endOfLine(at);
          continue;
        case 92: {
          const next = this.continued(at);
          if (next === undefined) break;
          at = next;
          // A backslash before a blank line or the end of the file joins nothing.
          continue;
        }
        case 40:
        case 91:
        case 123:
          open.push(at);
          break;
        case 41:
        case 93:
        case 125: {
          let match = open.length - 1;
          while (match >= 0 && !closes(text.charCodeAt(open[match] ?? -1), code)) match--;
          if (match < open.length - 1 || match < 0) (mismatched ??= []).push(at);
          // The wrong bracket is a slip for the right one; a bracket further out is closed with all inside it.
          open.length = match >= 0 ? match : Math.max(0, open.length - 1);
          break;
        }
        case 34:
        case 39: {
          const { end: stop, closed } = this.string(at);
          if (!closed) (unterminated ??= []).push({ start: at, end: stop });
          at = stop;
          end = stop;
          colon = false;
          lastColon = false;
          continue;
        }
        default:
      }
      lastColon = code === 58;
      colon = lastColon && open.length === 0;
      at++;
      end = at;
    }
    this.lines.push({
      start,
      end,
      lineStart,
      column,
      narrowColumn,
      opensBlock: colon,
      isIncomplete: this.isIncomplete(start, end),
      unclosed: open.length === 0 ? NOTHING : open,
      mismatched: mismatched ?? NOTHING,
      unterminated: unterminated ?? NOTHING,
    });
    this.at = at;
  }

  /** Where the string whose quote is at `at` ends, and whether that is its own end. */
  private string(at: number): { readonly end: number; readonly closed: boolean } {
    const { text } = this;
    const end = stringEnd(text, at);
    const triple = isTriple(text, at);
    if (triple && (end === undefined || this.suspicious)) {
      const stop = this.statementAfter(at, end ?? text.length);
      if (stop !== undefined) return { end: stop, closed: false };
    }
    if (end !== undefined) return { end, closed: true };
    return { end: triple ? text.length : this.endOfLine(at), closed: false };
  }

  /** The end of the line before the first one inside a string at which a statement seems to begin. */
  private statementAfter(from: number, to: number): number | undefined {
    for (let line = this.nextLine(this.endOfLine(from)); line < to; line = this.nextLine(this.endOfLine(line))) {
      STATEMENT.lastIndex = line;
      if (STATEMENT.test(this.text)) return this.text.slice(from, line).trimEnd().length + from;
    }
    return undefined;
  }

  /** The grammar lets expressions run on to the next line; Python does not. */
  private isIncomplete(start: number, end: number): boolean {
    const { text } = this;
    const last = text.charCodeAt(end - 1);
    if (last >= 97 && last <= 122) {
      return DANGLING.test(text.slice(Math.max(start, end - 10), end));
    }
    // . and * are also the end of `1.`, `...` and `import *`.
    if (last === 46)
      return (
        /[\p{L}_\p{Nd}\])}"'][^\S\n]*\.$/u.test(text.slice(Math.max(start, end - 40), end)) &&
        !/(?<![\p{L}_\p{Nd}])[\d_]+\.$/u.test(text.slice(Math.max(start, end - 40), end))
      );
    if (last === 42) return !/\bimport\s*\*$/u.test(text.slice(Math.max(start, end - 40), end));
    if (last === 58) return !hasBlock(text, start);
    if (last === 44) return /^(?:from|import)\b/u.test(text.slice(start, start + 7));
    return OPERATOR_ENDS.has(last);
  }

  /** Whether the line at `at`, indented at most as far as `column`, begins a statement although brackets are open. */
  private breaksOff(at: number, column: number, start: number): boolean {
    const { text } = this;
    let first = at;
    while (text.charCodeAt(first) === 32 || text.charCodeAt(first) === 9) first++;
    if (first - at > column) return false;
    if (column === Infinity && !isBlockKeyword(text, start)) return false;
    KEYWORD.lastIndex = first;
    return KEYWORD.test(text);
  }

  /** The offset behind a backslash and the line end that it joins over. */
  private continued(at: number): number | undefined {
    const next = this.text.charCodeAt(at + 1);
    return next === 10 || next === 13 ? this.nextLine(at + 1) : undefined;
  }

  private endOfLine(at: number): number {
    const { text } = this;
    let end = at;
    while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
    return end;
  }

  private nextLine(at: number): number {
    const end = this.endOfLine(at);
    return this.text.charCodeAt(end) === 13 && this.text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
  }
}

function isTriple(text: string, at: number): boolean {
  const quote = text[at] ?? '';
  return text.startsWith(quote.repeat(3), at);
}

function closes(open: number, close: number): boolean {
  return (open === 40 && close === 41) || (open === 91 && close === 93) || (open === 123 && close === 125);
}
