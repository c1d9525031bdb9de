// A small dialog over the page. Escape and a click outside close it without effect; Tab stays inside.

import { element } from './element';
import { placeAt, type Place } from './placement';

export interface Popover {
  /** Gives the focus back. */
  readonly close: () => void;
}

let current: { readonly close: () => void } | undefined;

export function showPopover(label: string, content: readonly HTMLElement[], place: Place, returnFocus: HTMLElement): Popover {
  current?.close();
  const root = element('div', { class: 'popover', role: 'dialog', 'aria-label': label, tabindex: '-1' }, ...content);
  const remove = (): void => {
    current = undefined;
    root.remove();
    document.removeEventListener('pointerdown', onOutside, true);
  };
  const close = (): void => {
    remove();
    returnFocus.focus({ preventScroll: true });
  };
  const onOutside = (event: PointerEvent): void => {
    if (!(event.target instanceof Node && root.contains(event.target))) remove();
  };
  root.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') keepInside(root, event);
  });
  (document.querySelector('main') ?? document.body).append(root);
  placeAt(root, place);
  document.addEventListener('pointerdown', onOutside, true);
  current = { close: remove };
  (root.querySelector<HTMLElement>('[data-first]') ?? root).focus({ preventScroll: true });
  return { close };
}

function keepInside(root: HTMLElement, event: KeyboardEvent): void {
  const stops = [...root.querySelectorAll<HTMLElement>('button, input, select, textarea')].filter((stop) => stop.offsetParent !== null);
  const [first, last] = [stops[0], stops.at(-1)];
  const edge = event.shiftKey ? first : last;
  if (document.activeElement !== edge && document.activeElement !== root) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
