// The drawing in its window: what is in view, what the keyboard is at, and how one drawing becomes the next.

import type { GraphLayout, PlacedNode } from '../../shared/lineage/graphLayout';
import { edgeKey } from '../../shared/lineage/lineageGraph';
import type { LineageIndex } from '../../shared/lineage/lineageIndex';
import { countOf } from '../../shared/lineage/nodeText';
import { element } from '../shared/element';
import { EdgeCanvas } from './edgeCanvas';
import { nextNode, type Arrow } from './graphKeys';
import { highlightOf, type Highlight } from './highlight';
import { Minimap } from './minimap';
import { ease, layoutOnItsWay, movementBetween, prefersStillness, type Movement } from './movement';
import { nodeAt } from './nodeAt';
import type { CardFacts } from './nodeCard';
import { NodeCards } from './nodeCards';
import { PointerControl } from './pointerControl';
import { onThemeChange, readThemeColours, type ThemeColours } from './themeColours';
import { placeDrawing } from './viewPlacement';
import { centreOn, fitView, keepInReach, keepMiddle, revealBox, zoomAt, type Point, type Size, type View } from './viewport';
import { zoomButtons, zoomStep, type ZoomButtons } from './zoomButtons';

export interface GraphDrawing {
  readonly layout: GraphLayout;
  /** Of what is shown. */
  readonly index: LineageIndex;
  readonly moreInputs: ReadonlyMap<string, number>;
  readonly moreOutputs: ReadonlyMap<string, number>;
  readonly focus: string | undefined;
  readonly withColumns: boolean;
}

export interface GraphViewOptions {
  /** The keyboard, or the pointer, went to a node; undefined for none. */
  readonly onActive: (id: string | undefined) => void;
  /** @param keepFocus the keyboard stays here */
  readonly onOpen: (id: string, how: { readonly beside: boolean; readonly keepFocus: boolean }) => void;
  readonly onMore: (id: string, side: 'inputs' | 'outputs') => void;
  readonly onMenu: (id: string, place: HTMLElement | Point, returnFocus: HTMLElement) => void;
  readonly onView: (view: View) => void;
  /** @returns whether the key meant something. */
  readonly onKey: (event: KeyboardEvent, active: string | undefined) => boolean;
}

/** Below this size cards cannot be read. */
const cardScale = 0.42;
/** How long a drawing takes to become the next, in milliseconds. */
const travelTime = 220;
/** More than so many nodes are not worth the work of moving them. */
const mostTravellers = 700;

export class GraphView {
  readonly root: HTMLElement;
  view: View = { x: 0, y: 0, scale: 1 };
  colours: ThemeColours;
  private readonly area: HTMLElement;
  private readonly canvas = new EdgeCanvas();
  private readonly cards = new NodeCards();
  private readonly minimap: Minimap;
  private readonly zoomButtons: ZoomButtons;
  private drawing: GraphDrawing | undefined;
  private indirect: ReadonlySet<string> = new Set();
  private travel: { readonly movement: Movement; readonly began: number } | undefined;
  private active: string | undefined;
  /** Whether somebody has pointed the active node out: it was not just the first one. */
  private isMeant = false;
  private hovered: string | undefined;
  private highlight: { readonly id: string; readonly index: LineageIndex; readonly value: Highlight } | undefined;
  private frame = 0;
  /** Set until the window has a size. */
  private placeLater: (() => void) | undefined;

  constructor(private readonly options: GraphViewOptions) {
    this.colours = readThemeColours();
    this.minimap = new Minimap((middle) => {
      this.setView(centreOn({ ...middle, width: 0, height: 0 }, this.window, this.view.scale));
    });
    this.area = element(
      'div',
      { class: 'graph', role: 'application', 'aria-roledescription': 'graph', 'aria-label': 'Lineage' },
      this.canvas.root,
      this.cards.root,
    );
    this.zoomButtons = zoomButtons({
      onZoom: (factor) => {
        this.zoom(factor);
      },
      onFit: () => {
        this.fit();
      },
      onReset: () => {
        this.resetZoom();
      },
    });
    this.root = element('div', { class: 'graph-place' }, this.area, this.zoomButtons.root, this.minimap.root);
    new PointerControl(this.area, {
      view: () => this.view,
      onView: (view) => {
        this.setView(view);
      },
      onClick: (event) => {
        this.onClick(event);
      },
      onDrag: (isDragging) => {
        this.area.classList.toggle('dragging', isDragging);
      },
    });
    this.listen();
  }

  get window(): Size {
    return { width: this.area.clientWidth, height: this.area.clientHeight };
  }

  get activeId(): string | undefined {
    return this.active;
  }

  /**
   * @param place `keep`: what was in the middle stays where it is; `focus`: the focus is brought into view; a view: exactly that.
   */
  show(drawing: GraphDrawing, place: 'keep' | 'focus' | View): void {
    const before = this.drawing;
    this.drawing = drawing;
    const { layout, index } = drawing;
    this.indirect = new Set(index.graph.edges.filter((edge) => edge.indirect).map(edgeKey));
    if (this.active === undefined || !index.nodes.has(this.active)) {
      this.active = drawing.focus ?? layout.nodes[0]?.id;
      this.isMeant = drawing.focus !== undefined;
    }
    if (this.hovered !== undefined && !index.nodes.has(this.hovered)) this.hovered = undefined;
    const count = countOf(index.nodes.size, 'resource');
    this.area.setAttribute('aria-label', `Lineage, ${count}`);
    this.placeLater = () => {
      this.place(before, place);
    };
    if (this.window.width > 0) this.settlePlace();
    this.schedule();
  }

  /** @param reveal brings the node into view, and the keyboard to it when it is here. */
  setActive(id: string | undefined, reveal: boolean): void {
    this.active = id;
    this.isMeant = id !== undefined;
    const node = id === undefined ? undefined : this.placeOf(id);
    const hadFocus = this.area.contains(document.activeElement);
    if (reveal && node) this.setView(revealBox(this.view, node, this.window));
    this.draw();
    if (hadFocus) this.focus();
  }

  focus(): void {
    if (this.frame !== 0) this.draw();
    (this.active === undefined ? undefined : this.cards.element(this.active))?.focus({ preventScroll: true });
  }

  zoom(factor: number): void {
    const { width, height } = this.window;
    const node = this.active === undefined ? undefined : this.placeOf(this.active);
    const { x, y, scale } = this.view;
    const middle = node ? { x: x + (node.x + node.width / 2) * scale, y: y + (node.y + node.height / 2) * scale } : undefined;
    const isSeen = middle && middle.x >= 0 && middle.y >= 0 && middle.x <= width && middle.y <= height;
    this.setView(zoomAt(this.view, isSeen ? middle : { x: width / 2, y: height / 2 }, factor));
  }

  fit(): void {
    if (this.drawing) this.setView(fitView(this.drawing.layout, this.window));
  }

  /** At the size of its letters, around the active node. */
  resetZoom(): void {
    const node = this.active === undefined ? undefined : this.placeOf(this.active);
    if (node) this.setView(centreOn(node, this.window, 1));
    else this.setView(zoomAt(this.view, { x: this.window.width / 2, y: this.window.height / 2 }, 1 / this.view.scale));
  }

  private placeOf(id: string): PlacedNode | undefined {
    return this.drawing?.layout.nodes.find((node) => node.id === id);
  }

  private setView(view: View): void {
    this.view = this.drawing ? keepInReach(view, this.drawing.layout, this.window) : view;
    this.options.onView(this.view);
    this.schedule();
  }

  private settlePlace(): void {
    this.placeLater?.();
    this.placeLater = undefined;
  }

  private place(before: GraphDrawing | undefined, place: 'keep' | 'focus' | View): void {
    const { drawing } = this;
    if (!drawing) return;
    const { layout, focus } = drawing;
    if (typeof place === 'object') {
      this.setView(place);
      return;
    }
    const was = this.view;
    const anchors = [this.active, focus, before?.focus];
    const seekFocus = place === 'focus';
    const view = placeDrawing({ before: before?.layout, after: layout, view: was, window: this.window, focus, anchors, seekFocus });
    this.setView(view);
    if (!before || layout.nodes.length > mostTravellers || was.scale !== this.view.scale || prefersStillness()) return;
    const shift = { x: (was.x - this.view.x) / was.scale, y: (was.y - this.view.y) / was.scale };
    const movement = movementBetween(before.layout, layout, shift);
    this.travel = movement && { movement, began: performance.now() };
  }

  private schedule(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.draw();
    });
  }

  private draw(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { drawing, view } = this;
    if (!drawing || this.window.width === 0) return;
    const layout = this.layoutNow(drawing.layout);
    const { nodes } = drawing.index;
    const highlight = this.highlightNow(drawing.index);
    const alone = view.scale < cardScale;
    const common = { view, window: this.window, highlight };
    this.canvas.draw({
      ...common,
      layout,
      nodes,
      indirect: this.indirect,
      colours: this.colours,
      withBoxes: alone,
      marked: { focus: drawing.focus, active: this.isMeant ? this.active : undefined },
      fontFamily: getComputedStyle(this.area).fontFamily,
    });
    this.cards.draw({
      ...common,
      places: layout.nodes,
      nodes,
      factsOf: (id) => this.factsOf(id),
      focus: drawing.focus,
      active: this.active,
      alone,
    });
    this.minimap.draw({ ...common, layout: drawing.layout, nodes, colours: this.colours, focus: drawing.focus });
    this.zoomButtons.show(view.scale);
    if (this.travel) this.schedule();
  }

  private layoutNow(layout: GraphLayout): GraphLayout {
    if (!this.travel) return layout;
    const time = (performance.now() - this.travel.began) / travelTime;
    if (time >= 1) {
      this.travel = undefined;
      return layout;
    }
    return layoutOnItsWay(layout, this.travel.movement, 1 - ease(time));
  }

  /** What feeds the node under the pointer, or the active one while the keyboard is here, and what it feeds. */
  private highlightNow(index: LineageIndex): Highlight | undefined {
    const id = this.hovered ?? (this.isMeant ? this.active : undefined);
    if (id === undefined || !index.nodes.has(id) || index.nodes.size < 3) return undefined;
    if (this.highlight?.id === id && this.highlight.index === index) return this.highlight.value;
    const value = highlightOf(index, id);
    this.highlight = { id, index, value };
    return value;
  }

  private factsOf(id: string): CardFacts {
    const { drawing } = this;
    return {
      inputs: drawing?.index.inputs(id).length ?? 0,
      outputs: drawing?.index.outputs(id).length ?? 0,
      moreInputs: drawing?.moreInputs.get(id) ?? 0,
      moreOutputs: drawing?.moreOutputs.get(id) ?? 0,
      withColumns: drawing?.withColumns ?? false,
    };
  }

  private targetOf(event: MouseEvent): string | undefined {
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>('.card') : null;
    if (card) return card.dataset['id'];
    const { left, top } = this.area.getBoundingClientRect();
    return this.drawing && nodeAt(this.drawing.layout, this.view, { x: event.clientX - left, y: event.clientY - top });
  }

  private onClick(event: MouseEvent): void {
    const id = this.targetOf(event);
    if (id === undefined) return;
    const side = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-more]')?.dataset['more'] : undefined;
    if (side === 'inputs' || side === 'outputs') {
      this.options.onMore(id, side);
      return;
    }
    this.activate(id);
    this.options.onOpen(id, { beside: event.ctrlKey || event.metaKey, keepFocus: event.detail < 2 });
  }

  private activate(id: string): void {
    this.setActive(id, false);
    this.focus();
    this.options.onActive(id);
  }

  private listen(): void {
    const { area } = this;
    area.addEventListener('pointermove', (event) => {
      if (event.buttons === 0) this.hover(this.targetOf(event));
    });
    area.addEventListener('pointerleave', () => {
      this.hover(undefined);
    });
    area.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      const id = this.targetOf(event);
      if (id === undefined) return;
      this.activate(id);
      const card = this.cards.element(id) ?? area;
      // The key for menus has no place: the card is it.
      this.options.onMenu(id, event.button === 2 ? { x: event.clientX, y: event.clientY } : card, card);
    });
    area.addEventListener('keydown', (event) => {
      if (this.onKey(event)) event.preventDefault();
    });
    // Assistive technology goes to a card without keys.
    area.addEventListener('focusin', ({ target }) => {
      const id = target instanceof HTMLElement ? target.dataset['id'] : undefined;
      if (id === undefined || id === this.active) return;
      this.setActive(id, false);
      this.options.onActive(id);
    });
    let size: Size = this.window;
    new ResizeObserver(() => {
      const now = this.window;
      if (now.width > 0) {
        if (size.width > 0) this.setView(keepMiddle(this.view, size, now));
        size = now;
        this.settlePlace();
      }
      this.draw();
    }).observe(area);
    onThemeChange(() => {
      this.colours = readThemeColours();
      this.schedule();
    });
  }

  private hover(id: string | undefined): void {
    if (id === this.hovered) return;
    this.hovered = id;
    this.area.classList.toggle('over-node', id !== undefined);
    this.schedule();
  }

  private onKey(event: KeyboardEvent): boolean {
    const { drawing, active } = this;
    if (!drawing) return false;
    if (event.key.startsWith('Arrow') && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const next = nextNode(drawing.layout, drawing.index, active ?? '', event.key as Arrow);
      if (next !== undefined) this.moveTo(next);
      return true;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return this.options.onKey(event, active);
    switch (event.key) {
      case '+':
      case '=':
        this.zoom(zoomStep);
        return true;
      case '-':
        this.zoom(1 / zoomStep);
        return true;
      case '0':
        this.fit();
        return true;
      case '1':
        this.resetZoom();
        return true;
      case 'Escape':
        if (!this.isMeant) return false;
        this.isMeant = false;
        this.schedule();
        return true;
      case 'Home':
        if (drawing.focus !== undefined && drawing.index.nodes.has(drawing.focus)) this.moveTo(drawing.focus);
        return true;
      default:
        return this.options.onKey(event, active);
    }
  }

  private moveTo(id: string): void {
    this.hovered = undefined;
    this.setActive(id, true);
    this.focus();
    this.options.onActive(id);
  }
}
