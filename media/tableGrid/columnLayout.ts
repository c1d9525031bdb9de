// Where the columns stand: widths, offsets, which of them a viewport shows, and which of them do not scroll.

const minWidth = 48;
const maxAutomaticWidth = 420;
/** Space around a text in its cell, the line beside it, and some air. */
const padding = 28;
/** The part of the viewport that pinned columns may take, so that there is room to scroll the others. */
const pinnedShare = 0.7;

export class ColumnLayout {
  private readonly widths: number[];
  private offsets: readonly number[] = [];
  private viewport = 0;
  /** The columns that stay at the left while the others scroll. */
  fixed = 0;

  constructor(
    widths: readonly number[],
    private readonly pinned = 0,
  ) {
    this.widths = [...widths];
    this.place();
  }

  get count(): number {
    return this.widths.length;
  }

  get total(): number {
    return this.offsets[this.widths.length] ?? 0;
  }

  get fixedWidth(): number {
    return this.offset(this.fixed);
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

  /** The viewport became so wide. */
  fit(viewport: number): void {
    this.viewport = viewport;
    this.place();
  }

  /** A width for a text of so many pixels: not so wide that one long text fills the window. */
  static automatic(text: number): number {
    return Math.max(minWidth, Math.min(Math.ceil(text) + padding, maxAutomaticWidth));
  }

  /** Where a column begins in a viewport that is scrolled by `left`. */
  position(column: number, left: number): number {
    return column < this.fixed ? this.offset(column) : this.offset(column) - left;
  }

  /** The columns that a viewport shows at least in part: the fixed ones, then the others. */
  shown(left: number): readonly number[] {
    const { start, end } = this.visible(left + this.fixedWidth, this.viewport - this.fixedWidth);
    const first = Math.max(start, this.fixed);
    return Array.from({ length: this.fixed + Math.max(0, end - first) }, (_, index) =>
      index < this.fixed ? index : first + index - this.fixed,
    );
  }

  /** The scrolling that shows a column whole, or as much of it as there is room for. */
  reveal(column: number, left: number): number {
    if (column < this.fixed) return left;
    const [start, end] = [this.offset(column), this.offset(column + 1)];
    if (start < left + this.fixedWidth) return start - this.fixedWidth;
    return end > left + this.viewport ? Math.min(start - this.fixedWidth, end - this.viewport) : left;
  }

  /** The columns that are at least partly between `left` and `left + width`; `end` is exclusive. */
  visible(left: number, width: number): { readonly start: number; readonly end: number } {
    const start = this.at(left);
    let end = start;
    while (end < this.count && this.offset(end) < left + width) end++;
    return { start, end };
  }

  /** The column that covers a position, the last one beyond the end. */
  at(position: number): number {
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
    this.fixed = 0;
    while (this.fixed < this.pinned && this.offset(this.fixed + 1) <= this.viewport * pinnedShare) this.fixed++;
  }
}
