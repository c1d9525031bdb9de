// The cards that are in view, each one element as long as its node is the same.

import type { PlacedNode } from '../../shared/lineage/graphLayout';
import type { LineageNode } from '../../shared/lineage/lineageGraph';
import { element } from '../shared/element';
import type { Highlight } from './highlight';
import { cardElement, type CardFacts } from './nodeCard';
import { intersects, visibleBox, type Size, type View } from './viewport';

export interface CardsFrame {
  readonly places: readonly PlacedNode[];
  readonly nodes: ReadonlyMap<string, LineageNode>;
  readonly factsOf: (id: string) => CardFacts;
  readonly view: View;
  readonly window: Size;
  readonly highlight: Highlight | undefined;
  readonly focus: string | undefined;
  readonly active: string | undefined;
  /** Only the active node has a card: the others are drawn elsewhere. */
  readonly alone: boolean;
}

interface Card {
  readonly node: LineageNode;
  readonly facts: string;
  readonly root: HTMLElement;
}

/** Cards stay a little beyond the window, so that slow scrolling changes nothing. */
const margin = 120;

export class NodeCards {
  readonly root = element('div', { class: 'world' });
  private readonly cards = new Map<string, Card>();

  draw(frame: CardsFrame): void {
    const { view, window } = frame;
    this.root.style.transform = `translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    this.root.classList.toggle('alone', frame.alone);
    const around = margin / view.scale;
    const seen = visibleBox(view, window);
    const box = { x: seen.x - around, y: seen.y - around, width: seen.width + 2 * around, height: seen.height + 2 * around };
    const wanted = new Set<string>();
    for (const place of frame.places) {
      // What the keyboard is at must be there even where it is out of view.
      const isActive = place.id === frame.active;
      if (!isActive && (frame.alone || !intersects(place, box))) continue;
      wanted.add(place.id);
      this.drawCard(place, frame);
    }
    for (const [id, { root }] of this.cards) {
      if (wanted.has(id)) continue;
      root.remove();
      this.cards.delete(id);
    }
  }

  element(id: string): HTMLElement | undefined {
    return this.cards.get(id)?.root;
  }

  private drawCard(place: PlacedNode, frame: CardsFrame): void {
    const { id, x, y, width, height } = place;
    const node = frame.nodes.get(id);
    if (!node) return;
    const { root } = this.cardOf(node, frame.factsOf(id));
    root.style.transform = `translate(${x}px, ${y}px)`;
    root.style.width = `${width}px`;
    root.style.height = `${height}px`;
    const isActive = id === frame.active;
    root.classList.toggle('active', isActive);
    root.classList.toggle('focus', id === frame.focus);
    root.classList.toggle('dimmed', frame.highlight?.ids.has(id) === false);
    root.tabIndex = isActive ? 0 : -1;
    if (id === frame.focus) root.setAttribute('aria-current', 'true');
    else root.removeAttribute('aria-current');
  }

  private cardOf(node: LineageNode, facts: CardFacts): Card {
    const known = this.cards.get(node.id);
    const text = JSON.stringify(facts);
    if (known?.node === node && known.facts === text) return known;
    const root = cardElement(node, facts);
    const hadFocus = known?.root === document.activeElement;
    if (known) known.root.replaceWith(root);
    else this.root.append(root);
    const card = { node, facts: text, root };
    this.cards.set(node.id, card);
    if (hadFocus) root.focus({ preventScroll: true });
    return card;
  }
}
