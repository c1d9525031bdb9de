// The only place that knows how offsets become lines: LSP counts lines and UTF-16 units from zero, and takes
// "\n", "\r\n" and "\r" as line ends.

export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

export class LineIndex {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
    }
    this.starts = starts;
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** The line and character of an offset; offsets outside the text are clamped to it. */
  positionAt(offset: number): LinePosition {
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (this.starts[low] ?? 0) };
  }

  /** The offset of a position; positions behind the end of a line or of the text are clamped, as LSP demands. */
  offsetAt(position: LinePosition): number {
    if (position.line < 0) return 0;
    const start = this.starts[position.line];
    if (start === undefined) return this.text.length;
    return Math.max(start, Math.min(start + position.character, this.lineEnd(position.line)));
  }

  /** The offset where a line begins, or the length of the text behind the last line. */
  lineStart(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** The offset behind the last character of a line, its line end not counted. */
  lineEnd(line: number): number {
    let end = this.starts[line + 1] ?? this.text.length;
    if (line + 1 < this.starts.length) {
      end--;
      if (end > 0 && this.text.charCodeAt(end) === 10 && this.text.charCodeAt(end - 1) === 13) end--;
    }
    return Math.max(end, this.starts[line] ?? 0);
  }
}
