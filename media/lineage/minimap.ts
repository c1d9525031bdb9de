// The whole drawing in a corner, with the part that the window shows: to be dragged, or clicked elsewhere.

import type { GraphLayout } from '../../shared/lineage/graphLayout';
import type { LineageNode } from '../../shared/lineage/lineageGraph';
import { element } from '../shared/element';
import { followPointer } from '../shared/pointer';
import type { ThemeColours } from './themeColours';
import { visibleBox, type Point, type Size, type View } from './viewport';

export interface MinimapFrame {
  readonly layout: GraphLayout;
  readonly nodes: ReadonlyMap<string, LineageNode>;
  readonly view: View;
  readonly window: Size;
  readonly colours: ThemeColours;
  readonly focus: string | undefined;
}

const most: Size = { width: 176, height: 120 };
const padding = 6;

export class Minimap {
  private readonly canvas = element('canvas');
  private readonly part = element('div', { class: 'minimap-part' });
  /** For the pointer alone: keys move among the nodes themselves. */
  readonly root = element('div', { class: 'minimap', 'aria-hidden': 'true', title: 'Drag to move' }, this.canvas, this.part);
  private drawn: { readonly layout: GraphLayout; readonly colours: ThemeColours; readonly focus: string | undefined } | undefined;
  private scale = 1;

  /** @param onMove the point of the drawing that is to be in the middle of the window. */
  constructor(onMove: (middle: Point) => void) {
    this.root.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      event.stopPropagation();
      const move = ({ clientX, clientY }: PointerEvent): void => {
        const { left, top } = this.root.getBoundingClientRect();
        onMove({ x: (clientX - left - padding) / this.scale, y: (clientY - top - padding) / this.scale });
      };
      move(event);
      followPointer(move);
    });
  }

  draw(frame: MinimapFrame): void {
    const { layout, view, window } = frame;
    const seen = visibleBox(view, window);
    const isWhole = seen.x <= 0 && seen.y <= 0 && seen.x + seen.width >= layout.width && seen.y + seen.height >= layout.height;
    this.root.hidden = isWhole || layout.nodes.length === 0 || window.width < 360 || window.height < 240;
    if (this.root.hidden) return;
    this.scale = Math.min((most.width - 2 * padding) / Math.max(1, layout.width), (most.height - 2 * padding) / Math.max(1, layout.height));
    if (this.drawn?.layout !== layout || this.drawn.colours !== frame.colours || this.drawn.focus !== frame.focus) this.drawNodes(frame);
    const [left, top] = [Math.max(0, seen.x), Math.max(0, seen.y)];
    const [right, bottom] = [Math.min(layout.width, seen.x + seen.width), Math.min(layout.height, seen.y + seen.height)];
    this.part.style.left = `${padding + left * this.scale}px`;
    this.part.style.top = `${padding + top * this.scale}px`;
    this.part.style.width = `${Math.max(4, (right - left) * this.scale)}px`;
    this.part.style.height = `${Math.max(4, (bottom - top) * this.scale)}px`;
  }

  private drawNodes({ layout, nodes, colours, focus }: MinimapFrame): void {
    this.drawn = { layout, colours, focus };
    const { canvas, scale } = this;
    const ratio = window.devicePixelRatio;
    const [width, height] = [layout.width * scale + 2 * padding, layout.height * scale + 2 * padding];
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.scale(ratio, ratio);
    for (const { id, x, y, width: nodeWidth, height: nodeHeight } of layout.nodes) {
      const node = nodes.get(id);
      if (!node) continue;
      const isFocus = id === focus;
      context.fillStyle = node.errors > 0 ? colours.error : isFocus ? colours.highlight : colours.kinds[node.kind];
      context.fillRect(
        padding + x * scale,
        padding + y * scale,
        Math.max(isFocus ? 4 : 1.5, nodeWidth * scale),
        Math.max(isFocus ? 4 : 1, nodeHeight * scale),
      );
    }
  }
}
