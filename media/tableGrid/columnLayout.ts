// Where the columns stand: widths, offsets, and which of them a viewport shows.

const minWidth = 48;
const maxAutomaticWidth = 420;
/** Space around a text in its cell, the line beside it, and some air. */
const padding = 28;

export class ColumnLayout {
  private readonly widths: number[];
  private offsets: readonly number[] = [];

  constructor(widths: readonly number[]) {
    this.widths = [...widths];
    this.place();
  }

  get count(): number {
    return this.widths.length;
  }

  get total(): number {
    return this.offsets[this.widths.length] ?? 0;
  }

  width(column: number): number {
    return this.widths[column] ?? 0;
  }

  offset(column: number): number {
    return this.offsets[column] ?? 0;
  }

  resize(column: number, width: number): void {
    this.widths[column] = Math.max(minWidth, Math.round(width));
    this.place();
  }

  /** A width for a text of so many pixels: not so wide that one long text fills the window. */
  static automatic(text: number): number {
    return Math.max(minWidth, Math.min(Math.ceil(text) + padding, maxAutomaticWidth));
  }

  /** The columns that are at least partly between `left` and `left + width`; `end` is exclusive. */
  visible(left: number, width: number): { readonly start: number; readonly end: number } {
    const start = this.at(left);
    let end = start;
    while (end < this.count && this.offset(end) < left + width) end++;
    return { start, end };
  }

  /** The column that covers a position, the last one beyond the end. */
  private at(position: number): number {
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.offset(middle) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private place(): void {
    const offsets = [0];
    for (const width of this.widths) offsets.push((offsets.at(-1) ?? 0) + width);
    this.offsets = offsets;
  }
}
