// The curves of edges, for whoever draws them.

import type { LayoutDirection, LayoutPoint, RoutedEdge } from './graphLayout';

/** What a path can be told to do; the browser's `Path2D` and canvas are such. */
export interface CurveTarget {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
}

/** From each point to the next: straight on where they are level, else in one cubic that leaves and arrives along the direction. */
export function drawEdge(
  { from, to, points }: Pick<RoutedEdge, 'from' | 'to' | 'points'>,
  direction: LayoutDirection,
  target: CurveTarget,
): void {
  const [first, ...rest] = points;
  if (!first) return;
  target.moveTo(first.x, first.y);
  if (from === to) {
    drawLoop(first, rest.at(-1) ?? first, direction, target);
    return;
  }
  let before = first;
  for (const point of rest) {
    drawStep(before, point, direction, target);
    before = point;
  }
}

/** From where the target is to the next point. */
export function drawStep(a: LayoutPoint, b: LayoutPoint, direction: LayoutDirection, target: CurveTarget): void {
  if (direction === 'right') {
    if (a.y === b.y) target.lineTo(b.x, b.y);
    else target.bezierCurveTo((a.x + b.x) / 2, a.y, (a.x + b.x) / 2, b.y, b.x, b.y);
  } else if (a.x === b.x) target.lineTo(b.x, b.y);
  else target.bezierCurveTo(a.x, (a.y + b.y) / 2, b.x, (a.y + b.y) / 2, b.x, b.y);
}

/** How far a loop reaches from its node. */
const loopReach = 36;

function drawLoop(a: LayoutPoint, b: LayoutPoint, direction: LayoutDirection, target: CurveTarget): void {
  if (direction === 'right') target.bezierCurveTo(a.x + loopReach, a.y - 12, b.x + loopReach, b.y + 12, b.x, b.y);
  else target.bezierCurveTo(a.x - 12, a.y + loopReach, b.x + 12, b.y + loopReach, b.x, b.y);
}

/** The data of an SVG path. */
export function edgePathData(edge: Pick<RoutedEdge, 'from' | 'to' | 'points'>, direction: LayoutDirection): string {
  const parts: string[] = [];
  drawEdge(edge, direction, {
    moveTo: (x, y) => parts.push(`M${x} ${y}`),
    lineTo: (x, y) => parts.push(`L${x} ${y}`),
    bezierCurveTo: (x1, y1, x2, y2, x, y) => parts.push(`C${x1} ${y1} ${x2} ${y2} ${x} ${y}`),
  });
  return parts.join('');
}
