// Scrolling through more rows than a browser has pixels for. The scrolled element is at most `maxExtent` high; where the
// rows need more, small steps (wheel, keys, touch) still move by pixels and long ones (the scroll bar) in proportion. At both
// ends the element is as high as its rows, so that a step between them never meets the end of the element.

export const rowHeight = 24;
/** Browsers clamp elements somewhere above 16 million pixels. */
const maxExtent = 8_000_000;
/** At each end, pixels of the element that are pixels of rows. */
const exactExtent = 100_000;
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
    this.position = this.clamp(isStep ? this.position + delta : this.positionOf(scrollTop));
  }

  /** Where the scroll bar belongs; steps let it drift. */
  settle(): number {
    return this.moveTo(this.position);
  }

  moveTo(position: number): number {
    this.position = this.clamp(position);
    this.lastScrollTop = Math.round(this.scrollTopOf(this.position));
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

  /** How far rows and element can be scrolled. */
  private get rooms(): { readonly rows: number; readonly element: number } {
    return { rows: Math.max(0, this.total - this.viewport), element: Math.max(0, this.extent - this.viewport) };
  }

  private positionOf(scrollTop: number): number {
    const { rows, element } = this.rooms;
    return stretch(scrollTop, element, rows);
  }

  private scrollTopOf(position: number): number {
    const { rows, element } = this.rooms;
    return stretch(position, rows, element);
  }

  private clamp(position: number): number {
    return Math.max(0, Math.min(position, this.total - this.viewport));
  }
}

/** From 0 to `room` onto 0 to `other`: as it is near both ends, in proportion between them. */
function stretch(value: number, room: number, other: number): number {
  const exact = Math.min(exactExtent, room / 4, other / 4);
  if (room === other || value <= exact) return value;
  if (value >= room - exact) return other - (room - value);
  return exact + ((value - exact) * (other - 2 * exact)) / (room - 2 * exact);
}
