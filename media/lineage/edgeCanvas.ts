// Draws the edges, and the nodes themselves where they are too small to be cards.

import { edgeKey, type LineageNode } from '../../shared/lineage/lineageGraph';
import type { GraphLayout, PlacedNode } from '../../shared/lineage/graphLayout';
import { idText } from '../../shared/lineage/searchNodes';
import { element } from '../shared/element';
import { edgesPath, edgeTiles, type EdgeTile } from './edgePaths';
import type { Highlight } from './highlight';
import type { ThemeColours } from './themeColours';
import { intersects, visibleBox, type Size, type View } from './viewport';

export interface CanvasFrame {
  readonly layout: GraphLayout;
  /** Keys of edges over what is hidden. */
  readonly indirect: ReadonlySet<string>;
  readonly nodes: ReadonlyMap<string, LineageNode>;
  readonly view: View;
  readonly window: Size;
  readonly colours: ThemeColours;
  readonly highlight: Highlight | undefined;
  /** Nodes are drawn here, as there are no cards. */
  readonly withBoxes: boolean;
  readonly marked: { readonly focus: string | undefined; readonly active: string | undefined };
  readonly fontFamily: string;
}

/** From this size on, in pixels of the window, boxes have a name. */
const namedWidth = 56;
const headScale = 0.3;

export class EdgeCanvas {
  readonly root = element('canvas', { class: 'edges', 'aria-hidden': 'true' });
  private tiles: { readonly layout: GraphLayout; readonly tiles: readonly EdgeTile[] } | undefined;
  private marked:
    { readonly layout: GraphLayout; readonly highlight: Highlight; readonly lines: Path2D; readonly heads: Path2D } | undefined;

  draw(frame: CanvasFrame): void {
    const context = this.prepare(frame);
    if (!context) return;
    const { layout, colours, highlight, view } = frame;
    const width = Math.max(1.25, view.scale < 0.25 ? 0.75 : 1) / view.scale;
    const seen = visibleBox(view, frame.window);
    context.lineWidth = Math.min(width, 12);
    for (const { style, lines, heads, box } of this.tilesOf(frame)) {
      if (!intersects(box, seen)) continue;
      const colour = highlight ? colours.edgeDimmed : style === 'back' ? colours.back : colours.edge;
      context.setLineDash(style === 'plain' ? [] : [5, 4]);
      context.strokeStyle = colour;
      context.stroke(lines);
      if (view.scale < headScale) continue;
      context.fillStyle = colour;
      context.fill(heads);
    }
    context.setLineDash([]);
    if (highlight) this.drawHighlight(context, layout, highlight, colours, view);
    if (frame.withBoxes) drawBoxes(context, frame);
  }

  private prepare({ window: { width, height }, view }: CanvasFrame): CanvasRenderingContext2D | null {
    const ratio = window.devicePixelRatio;
    const { root } = this;
    const [columns, rows] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (root.width !== columns || root.height !== rows) {
      root.width = columns;
      root.height = rows;
    }
    const context = root.getContext('2d');
    context?.setTransform(1, 0, 0, 1, 0, 0);
    context?.clearRect(0, 0, columns, rows);
    context?.setTransform(view.scale * ratio, 0, 0, view.scale * ratio, view.x * ratio, view.y * ratio);
    return context;
  }

  private tilesOf({ layout, indirect }: CanvasFrame): readonly EdgeTile[] {
    if (this.tiles?.layout !== layout) this.tiles = { layout, tiles: edgeTiles(layout, indirect) };
    return this.tiles.tiles;
  }

  private drawHighlight(
    context: CanvasRenderingContext2D,
    layout: GraphLayout,
    highlight: Highlight,
    colours: ThemeColours,
    { scale }: View,
  ): void {
    if (this.marked?.layout !== layout || this.marked.highlight !== highlight) {
      const edges = layout.edges.filter((edge) => highlight.edges.has(edgeKey(edge)));
      this.marked = { layout, highlight, ...edgesPath(edges, layout) };
    }
    context.lineWidth = Math.min(1.75 / Math.min(1, scale), 14);
    context.strokeStyle = context.fillStyle = colours.highlight;
    context.stroke(this.marked.lines);
    if (scale >= headScale) context.fill(this.marked.heads);
  }
}

function drawBoxes(context: CanvasRenderingContext2D, frame: CanvasFrame): void {
  const { layout, nodes, view, window, colours, highlight, marked, fontFamily } = frame;
  const seen = visibleBox(view, window);
  const isNamed = (layout.nodes[0]?.width ?? 0) * view.scale >= namedWidth;
  context.textBaseline = 'middle';
  context.font = `${11 / view.scale}px ${fontFamily}`;
  for (const place of layout.nodes) {
    const node = nodes.get(place.id);
    if (!node || !intersects(place, seen)) continue;
    const isDimmed = highlight?.ids.has(place.id) === false;
    drawBox(context, node, place, frame, isDimmed);
    if (isNamed && !isDimmed) drawName(context, node, place, frame);
    const ring = place.id === marked.active ? 3 : place.id === marked.focus ? 2 : 0;
    if (ring === 0) continue;
    context.strokeStyle = colours.highlight;
    context.lineWidth = ring / view.scale;
    context.strokeRect(place.x, place.y, place.width, place.height);
  }
}

function drawBox(
  context: CanvasRenderingContext2D,
  node: LineageNode,
  { x, y, width, height }: PlacedNode,
  { colours, view }: CanvasFrame,
  isDimmed: boolean,
): void {
  context.fillStyle = colours.card;
  context.fillRect(x, y, width, height);
  context.strokeStyle = isDimmed ? colours.dimmedLine : colours.line;
  context.lineWidth = Math.min(1 / view.scale, 6);
  context.strokeRect(x, y, width, height);
  const stripe = Math.max(5, Math.min(width / 3, 4 / view.scale));
  context.fillStyle = isDimmed ? colours.dimmedLine : colours.kinds[node.kind];
  context.fillRect(x, y, stripe, height);
  const problem = node.errors > 0 ? colours.error : node.warnings > 0 ? colours.warning : undefined;
  if (problem === undefined || isDimmed) return;
  const side = Math.min(height, Math.max(8, 5 / view.scale));
  context.fillStyle = problem;
  context.fillRect(x + width - side, y, side, side);
}

/** Larger than the drawing itself would have it, and cut rather than small. */
function drawName(
  context: CanvasRenderingContext2D,
  node: LineageNode,
  { x, y, width, height }: PlacedNode,
  { colours, view }: CanvasFrame,
): void {
  const inset = 8 / view.scale;
  const room = width - 1.6 * inset;
  const name = idText(node);
  const most = Math.max(3, Math.floor((room * view.scale) / 6));
  context.fillStyle = colours.ink;
  context.fillText(name.length > most ? `${name.slice(0, most - 1)}…` : name, x + inset, y + height / 2, room);
}
