// Indentation: what Python's tokenizer refuses and a grammar with error recovery lets pass.

import type { LogicalLine } from './lines';
import type { RepairedText, TextEdit } from './repairedText';
import { readTokens } from './tokens';

/** Whether the lines of one top-level block are indented as Python demands. */
export function isIndentationSound(lines: readonly LogicalLine[]): boolean {
  const columns = [0];
  const narrow = [0];
  let expectsBlock = false;
  for (const line of lines) {
    const { column } = line;
    const top = columns.at(-1) ?? 0;
    if (column > top) {
      if (!expectsBlock || line.narrowColumn <= (narrow.at(-1) ?? 0)) return false;
      columns.push(column);
      narrow.push(line.narrowColumn);
    } else {
      if (expectsBlock) return false;
      while ((columns.at(-1) ?? 0) > column) {
        columns.pop();
        narrow.pop();
      }
      if (columns.at(-1) !== column || narrow.at(-1) !== line.narrowColumn) return false;
    }
    expectsBlock = line.opensBlock;
  }
  return !expectsBlock;
}

const HEADER = /(?:def|class|if|elif|else|for|while|with|try|except|finally|async|match|case)\b/y;

/** Whether the line begins as a compound statement does. */
export function isHeader(text: string, line: LogicalLine): boolean {
  HEADER.lastIndex = line.start;
  return HEADER.test(text);
}

/** A line that continues the expression above it, as in other languages: `.agg(…)`. */
export function isContinuation(text: string, line: LogicalLine): boolean {
  return text[line.start] === '.' && /[\p{L}_]/u.test(text[line.start + 1] ?? '');
}

export function repairIndentation(repaired: RepairedText, lines: readonly LogicalLine[]): boolean {
  return new IndentationRepair(repaired, lines).run();
}

interface Level {
  readonly column: number;
  readonly narrowColumn: number;
  /** The white space itself. */
  readonly indent: string;
}

/** Lines of one run that stands at the wrong indentation, from `column` on; they are moved to `indent`. */
interface MovedRun {
  readonly column: number;
  readonly indent: string;
}

class IndentationRepair {
  private readonly edits: TextEdit[] = [];
  private readonly levels: Level[] = [{ column: 0, narrowColumn: 0, indent: '' }];
  private moved: MovedRun | undefined;

  constructor(
    private readonly repaired: RepairedText,
    private readonly lines: readonly LogicalLine[],
  ) {}

  run(): boolean {
    const { lines } = this;
    const { text } = this.repaired;
    let header: LogicalLine | undefined;
    for (const [index, line] of lines.entries()) {
      const above = lines[index - 1];
      if (above !== undefined && isContinuation(text, line)) {
        this.join(index);
        continue;
      }
      if (this.moved !== undefined && line.column < this.moved.column) this.moved = undefined;
      if (header !== undefined) this.enterBlock(header, line);
      else this.place(line, index);
      header = this.opensBlock(index) ? line : undefined;
    }
    if (header !== undefined) this.addBlock(header, { start: header.end - 1, end: header.end });
    this.repaired.apply(this.edits);
    return this.edits.length > 0;
  }

  private opensBlock(index: number): boolean {
    const { text } = this.repaired;
    const line = this.lines[index];
    const next = this.lines[index + 1];
    if (line === undefined) return false;
    const deeper = next !== undefined && next.column > line.column && !isContinuation(text, next);
    if (line.opensBlock) return isHeader(text, line) || deeper;
    return deeper && isHeader(text, line) && !hasColon(text, line);
  }

  private enterBlock(header: LogicalLine, line: LogicalLine): void {
    const { text } = this.repaired;
    const top = this.top();
    if (line.column > top.column && this.moved === undefined) {
      if (line.narrowColumn <= top.narrowColumn) this.reportTabs(line);
      this.levels.push({ column: line.column, narrowColumn: line.narrowColumn, indent: text.slice(line.lineStart, line.start) });
    } else if (this.moved !== undefined && line.column > this.moved.column) {
      const indent = `${this.moved.indent}${' '.repeat(line.column - this.moved.column)}`;
      this.levels.push({ column: line.column, narrowColumn: line.narrowColumn, indent });
      this.move(line, indent);
    } else {
      this.addBlock(header, firstToken(text, line));
      this.place(line, -1);
    }
  }

  /** Puts a line at the level it belongs to; `index` is -1 where no indentation is reported any more. */
  private place(line: LogicalLine, index: number): void {
    const { text } = this.repaired;
    const top = this.top();
    if (this.moved !== undefined && line.column === this.moved.column) {
      while (this.top().column > this.moved.column) this.levels.pop();
      this.move(line, this.moved.indent);
      return;
    }
    if (line.column > top.column) {
      this.overIndented(line, index, top);
      return;
    }
    let left: Level | undefined;
    while (this.top().column > line.column) left = this.levels.pop();
    const level = this.top();
    if (level.column === line.column) {
      if (level.narrowColumn !== line.narrowColumn) this.reportTabs(line);
      if (this.moved !== undefined) this.move(line, level.indent);
      return;
    }
    this.repaired.report(firstToken(text, line), 'this indentation matches no line above');
    const nearest = left !== undefined && left.column - line.column <= line.column - level.column ? left : level;
    if (nearest === left) this.levels.push(left);
    this.moved = { column: line.column, indent: nearest.indent };
    this.move(line, nearest.indent);
  }

  private overIndented(line: LogicalLine, index: number, top: Level): void {
    this.moved = { column: line.column, indent: top.indent };
    this.move(line, top.indent);
    if (index < 0) return;
    const { text } = this.repaired;
    const edits: TextEdit[] = [];
    const end = this.lines.findIndex((other, at) => at > index && other.column < line.column);
    for (const [at, other] of this.lines.slice(index, end < 0 ? undefined : end).entries()) {
      const extra = other.column - line.column;
      edits.push({ span: { start: other.lineStart, end: other.start }, newText: `${top.indent}${' '.repeat(Math.max(0, extra))}` });
      if (at > 0 && isContinuation(text, other)) edits.push(...this.parentheses(index + at, edits));
    }
    this.repaired.report(firstToken(text, line), 'unexpected indent: this line is indented deeper than its block', {
      title: 'Indent like the block',
      edits: edits.filter((edit) => edit.newText !== text.slice(edit.span.start, edit.span.end)),
    });
  }

  private move(line: LogicalLine, indent: string): void {
    this.edits.push({ span: { start: line.lineStart, end: line.start }, newText: indent });
  }

  /** Makes a line that begins with a period part of the expression above. */
  private join(index: number): void {
    const { text } = this.repaired;
    const above = this.lines[index - 1];
    const line = this.lines[index];
    if (above === undefined || line === undefined) return;
    this.edits.push({ span: { start: above.end, end: line.start }, newText: '' });
    // One report for all lines of one expression, and none where the indentation has been reported for them.
    if (isContinuation(text, above) || this.moved !== undefined) return;
    this.repaired.report(
      { start: line.start, end: line.start + 1 },
      "unexpected '.' at the beginning of a line: only inside parentheses does it continue the line above",
      { title: 'Put the expression in parentheses', edits: this.parentheses(index, []) },
    );
  }

  /** The edits that put parentheses around the expression that the line at `index` continues; none if `already` there. */
  private parentheses(index: number, already: readonly TextEdit[]): readonly TextEdit[] {
    const { text } = this.repaired;
    let first = index;
    while (first > 0 && isContinuation(text, this.lines[first] as LogicalLine)) first--;
    let last = index;
    while (last + 1 < this.lines.length && isContinuation(text, this.lines[last + 1] as LogicalLine)) last++;
    const start = expressionStart(text, this.lines[first] as LogicalLine);
    const end = this.lines[last]?.end ?? start;
    if (already.some((edit) => edit.span.start === end && edit.newText === ')')) return [];
    return [
      { span: { start, end: start }, newText: '(' },
      { span: { start: end, end }, newText: ')' },
    ];
  }

  private addBlock(header: LogicalLine, at: { readonly start: number; readonly end: number }): void {
    const { text } = this.repaired;
    const keyword = /^\w+/u.exec(text.slice(header.start, header.start + 20))?.[0] ?? ':';
    this.repaired.report(at, `expected an indented block after '${keyword}'`);
    this.edits.push({ span: { start: header.end, end: header.end }, newText: ' pass' });
  }

  private reportTabs(line: LogicalLine): void {
    this.repaired.report({ start: line.lineStart, end: line.start }, 'tabs and spaces are mixed in this indentation');
  }

  private top(): Level {
    return this.levels.at(-1) ?? { column: 0, narrowColumn: 0, indent: '' };
  }
}

/** Whether a colon outside brackets ends the head of a compound statement; those of lambdas do not count. */
export function hasColon(text: string, line: LogicalLine): boolean {
  let lambdas = 0;
  for (const token of readTokens(text, line)) {
    if (token.depth > 0) continue;
    if (token.text === 'lambda') lambdas++;
    else if (token.text === ':') {
      if (lambdas === 0) return true;
      lambdas--;
    }
  }
  return false;
}

function firstToken(text: string, line: LogicalLine): { readonly start: number; readonly end: number } {
  const [first] = readTokens(text, { start: line.start, end: line.end });
  return { start: line.start, end: first?.end ?? line.start + 1 };
}

/** Where the last expression of a simple statement begins: behind `return`, `yield`, or the last assignment sign. */
function expressionStart(text: string, line: LogicalLine): number {
  const tokens = readTokens(text, line);
  const sign = tokens.findLastIndex((token) => token.depth === 0 && /^(?:=|\+=|return|yield|await)$/u.test(token.text));
  return tokens[sign + 1]?.start ?? line.start;
}
