// Scrolling through more rows than a browser has pixels for. The scrolled element is at most `maxExtent` high; where the
// rows need more, small steps (wheel, keys, touch) still move by pixels and long ones (the scroll bar) in proportion.

export const rowHeight = 24;
/** Browsers clamp elements somewhere above 16 million pixels. */
const maxExtent = 8_000_000;
/** A step of up to so many viewports is a step, beyond it is a jump. */
const stepViewports = 3;

export class RowScroll {
  /** Pixels of rows above the viewport, as if all rows were laid out. */
  private position = 0;
  private lastScrollTop = 0;
  private viewport = 0;

  constructor(readonly rowCount: number) {}

  /** The height of the rows' part of the scrolled element. */
  get extent(): number {
    return Math.min(this.total, maxExtent);
  }

  get top(): number {
    return this.position;
  }

  /** The first row that is at least partly visible, and the one after the last. */
  get visibleRows(): { readonly start: number; readonly end: number } {
    const start = Math.floor(this.position / rowHeight);
    return { start, end: Math.min(this.rowCount, Math.ceil((this.position + this.viewport) / rowHeight)) };
  }

  /** Whole rows that fit. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.viewport / rowHeight));
  }

  /** @returns the position that the element should be scrolled to. */
  resize(viewport: number): number {
    this.viewport = viewport;
    return this.moveTo(this.position);
  }

  /** The element was scrolled by the user (or by what these methods returned, which changes nothing). */
  scrolled(scrollTop: number): void {
    const delta = scrollTop - this.lastScrollTop;
    this.lastScrollTop = scrollTop;
    if (Math.abs(delta) < 1) return;
    const isStep = Math.abs(delta) <= stepViewports * this.viewport && scrollTop > 0 && scrollTop < this.extent - this.viewport;
    this.position = this.clamp(isStep ? this.position + delta : scrollTop * this.scale);
  }

  /** Where the scroll bar belongs; steps let it drift. */
  settle(): number {
    return this.moveTo(this.position);
  }

  moveTo(position: number): number {
    this.position = this.clamp(position);
    this.lastScrollTop = Math.round(this.position / this.scale);
    return this.lastScrollTop;
  }

  /** Scrolls as little as needed to show a row whole. */
  reveal(row: number): number {
    const [start, end] = [row * rowHeight, (row + 1) * rowHeight];
    if (start < this.position) return this.moveTo(start);
    return end > this.position + this.viewport ? this.moveTo(end - this.viewport) : this.lastScrollTop;
  }

  private get total(): number {
    return this.rowCount * rowHeight;
  }

  /** Pixels of rows for one pixel of the element. */
  private get scale(): number {
    const room = this.extent - this.viewport;
    return room > 0 ? Math.max(1, (this.total - this.viewport) / room) : 1;
  }

  private clamp(position: number): number {
    return Math.max(0, Math.min(position, this.total - this.viewport));
  }
}
