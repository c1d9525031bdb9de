// Which part of a drawing a window shows, and how large. Pure: a view goes in, a view comes out.

export interface View {
  /** Where the origin of the drawing stands in the window. */
  readonly x: number;
  readonly y: number;
  /** Pixels of the window for one of the drawing. */
  readonly scale: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Point, Size {}

const minScale = 0.005;
const maxScale = 2.5;
const padding = 32;

/** Larger or smaller around a point of the window, which stays where it is. */
export function zoomAt(view: View, point: Point, factor: number): View {
  const scale = Math.max(minScale, Math.min(view.scale * factor, maxScale));
  const ratio = scale / view.scale;
  return { x: point.x - (point.x - view.x) * ratio, y: point.y - (point.y - view.y) * ratio, scale };
}

/** The whole drawing in the middle of the window, no larger than it is. */
export function fitView(drawing: Size, window: Size): View {
  const [width, height] = [Math.max(1, window.width - 2 * padding), Math.max(1, window.height - 2 * padding)];
  const scale = Math.max(minScale, Math.min(1, width / Math.max(1, drawing.width), height / Math.max(1, drawing.height)));
  return { x: (window.width - drawing.width * scale) / 2, y: (window.height - drawing.height * scale) / 2, scale };
}

/** A box of the drawing in the middle of the window. */
export function centreOn(box: Box, window: Size, scale: number): View {
  return {
    x: window.width / 2 - (box.x + box.width / 2) * scale,
    y: window.height / 2 - (box.y + box.height / 2) * scale,
    scale,
  };
}

/** Moves no more than is needed to show a box whole. */
export function revealBox(view: View, box: Box, window: Size): View {
  const along = (start: number, length: number, room: number): number => {
    const [first, last] = [padding, room - padding];
    if (length > last - first || start < first) return first - start;
    return start + length > last ? last - start - length : 0;
  };
  return {
    x: view.x + along(view.x + box.x * view.scale, box.width * view.scale, window.width),
    y: view.y + along(view.y + box.y * view.scale, box.height * view.scale, window.height),
    scale: view.scale,
  };
}

/** What was in the middle of the window stays there when the window becomes another size. */
export function keepMiddle({ x, y, scale }: View, before: Size, after: Size): View {
  return { x: x + (after.width - before.width) / 2, y: y + (after.height - before.height) / 2, scale };
}

/** The part of the drawing that is in the window. */
export function visibleBox({ x, y, scale }: View, { width, height }: Size): Box {
  return { x: -x / scale, y: -y / scale, width: width / scale, height: height / scale };
}

export function intersects(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Keeps some of the drawing in the window. */
export function keepInReach(view: View, drawing: Size, window: Size): View {
  const limit = (start: number, length: number, room: number): number =>
    Math.max(Math.min(80, room / 4) - length * view.scale, Math.min(start, room - Math.min(80, room / 4)));
  return { x: limit(view.x, drawing.width, window.width), y: limit(view.y, drawing.height, window.height), scale: view.scale };
}
