// Dragging, scrolling and pinching a drawing.

import { zoomAt, type Point, type View } from './viewport';

export interface PointerControlOptions {
  readonly view: () => View;
  readonly onView: (view: View) => void;
  /** A press that went nowhere. */
  readonly onClick: (event: MouseEvent) => void;
  /** Whether the drawing is being moved by hand. */
  readonly onDrag: (isDragging: boolean) => void;
}

/** So far a hand may tremble in a click. */
const tremble = 4;
/** Pixels of a line and a page, for wheels that count so. */
const wheelUnits = [1, 16, 400];

export class PointerControl {
  private readonly down = new Map<number, Point>();
  private start: Point | undefined;
  private dragging = false;
  /** Whether the last press of the button became one. */
  private dragged = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly options: PointerControlOptions,
  ) {
    root.addEventListener('wheel', (event) => {
      this.onWheel(event);
    });
    root.addEventListener('pointerdown', (event) => {
      this.onDown(event);
    });
    root.addEventListener('pointermove', (event) => {
      this.onMove(event);
    });
    root.addEventListener('pointerup', (event) => {
      this.end(event);
    });
    root.addEventListener('click', (event) => {
      // A click also comes at the end of dragging.
      if (!this.dragged) options.onClick(event);
    });
    root.addEventListener('pointercancel', (event) => {
      this.end(event);
    });
  }

  private onWheel(event: WheelEvent): void {
    event.preventDefault();
    const { view, onView } = this.options;
    const unit = wheelUnits[event.deltaMode] ?? 1;
    // Pinching on a touch pad comes as a wheel with Control.
    if (event.ctrlKey || event.metaKey) {
      onView(zoomAt(view(), this.place(event), Math.exp(-Math.max(-120, Math.min(120, event.deltaY * unit)) * 0.0045)));
      return;
    }
    const [x, y] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    const now = view();
    onView({ ...now, x: now.x - x * unit, y: now.y - y * unit });
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.down.set(event.pointerId, this.place(event));
    this.start = this.down.size === 1 ? this.place(event) : undefined;
    this.dragged = false;
  }

  private onMove(event: PointerEvent): void {
    const before = this.down.get(event.pointerId);
    if (!before) return;
    const now = this.place(event);
    if (this.start && !this.dragging && Math.hypot(now.x - this.start.x, now.y - this.start.y) < tremble) return;
    if (!this.dragging) {
      this.dragging = this.dragged = true;
      // The pointer may leave the window; a click must not be taken for it before that.
      this.root.setPointerCapture(event.pointerId);
      this.options.onDrag(true);
    }
    this.down.set(event.pointerId, now);
    const { view, onView } = this.options;
    const other = [...this.down].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      onView(zoomAt(view(), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, factor));
      return;
    }
    const at = view();
    onView({ ...at, x: at.x + now.x - before.x, y: at.y + now.y - before.y });
  }

  private end(event: PointerEvent): void {
    this.down.delete(event.pointerId);
    if (this.down.size > 0 || !this.dragging) return;
    this.dragging = false;
    this.options.onDrag(false);
  }

  private place({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.root.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
}
