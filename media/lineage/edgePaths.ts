// The edges of a layout as paths for a canvas. Steps that several edges share are there once, and all are cut into tiles, so that
// only what is in view has to be drawn.

import { drawEdge, drawStep } from '../../shared/lineage/edgePath';
import type { GraphLayout, LayoutPoint, RoutedEdge } from '../../shared/lineage/graphLayout';
import { edgeKey } from '../../shared/lineage/lineageGraph';
import type { Box } from './viewport';

export type EdgeStyle = 'plain' | 'back' | 'indirect';

export interface EdgeTile {
  readonly style: EdgeStyle;
  readonly box: Box;
  readonly lines: Path2D;
  readonly heads: Path2D;
}

const tileSize = 800;

interface Tile {
  readonly style: EdgeStyle;
  readonly lines: Path2D;
  readonly heads: Path2D;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function edgeTiles(layout: GraphLayout, indirect: ReadonlySet<string>): readonly EdgeTile[] {
  const { direction } = layout;
  const tiles = new Map<string, Tile>();
  const drawn = new Set<string>();
  for (const edge of layout.edges) {
    const style = styleOf(edge, indirect);
    const tileOf = (a: LayoutPoint, b: LayoutPoint): Tile => {
      const key = `${style} ${Math.floor((a.x + b.x) / 2 / tileSize)} ${Math.floor((a.y + b.y) / 2 / tileSize)}`;
      const known = tiles.get(key);
      const tile = known ?? { style, lines: new Path2D(), heads: new Path2D(), left: a.x, top: a.y, right: a.x, bottom: a.y };
      if (!known) tiles.set(key, tile);
      // Loops reach further than their points.
      const reach = edge.from === edge.to ? 40 : 8;
      tile.left = Math.min(tile.left, a.x - reach, b.x - reach);
      tile.right = Math.max(tile.right, a.x + reach, b.x + reach);
      tile.top = Math.min(tile.top, a.y - reach, b.y - reach);
      tile.bottom = Math.max(tile.bottom, a.y + reach, b.y + reach);
      return tile;
    };
    const [first, last] = [edge.points[0], edge.points.at(-1)];
    if (!first || !last) continue;
    if (edge.from === edge.to) drawEdge(edge, direction, tileOf(first, last).lines);
    else {
      for (const [index, b] of edge.points.slice(1).entries()) {
        const a = edge.points[index] ?? b;
        const key = `${style} ${a.x} ${a.y} ${b.x} ${b.y}`;
        if (drawn.has(key)) continue;
        drawn.add(key);
        const { lines } = tileOf(a, b);
        lines.moveTo(a.x, a.y);
        drawStep(a, b, direction, lines);
      }
    }
    addHead(tileOf(last, last).heads, edge, layout);
  }
  return [...tiles.values()].map(({ style, lines, heads, left, top, right, bottom }) => ({
    style,
    lines,
    heads,
    box: { x: left, y: top, width: right - left, height: bottom - top },
  }));
}

/** Some edges as one path. */
export function edgesPath(edges: readonly RoutedEdge[], layout: GraphLayout): { readonly lines: Path2D; readonly heads: Path2D } {
  const [lines, heads] = [new Path2D(), new Path2D()];
  for (const edge of edges) {
    drawEdge(edge, layout.direction, lines);
    addHead(heads, edge, layout);
  }
  return { lines, heads };
}

function styleOf(edge: RoutedEdge, indirect: ReadonlySet<string>): EdgeStyle {
  if (edge.back) return 'back';
  return indirect.has(edgeKey(edge)) ? 'indirect' : 'plain';
}

function addHead(heads: Path2D, { points, back }: RoutedEdge, { direction }: GraphLayout): void {
  const end = points.at(-1);
  if (!end) return;
  const step = back ? 7 : -7;
  heads.moveTo(end.x, end.y);
  if (direction === 'right') {
    heads.lineTo(end.x + step, end.y - 3.5);
    heads.lineTo(end.x + step, end.y + 3.5);
  } else {
    heads.lineTo(end.x - 3.5, end.y + step);
    heads.lineTo(end.x + 3.5, end.y + step);
  }
  heads.closePath();
}
