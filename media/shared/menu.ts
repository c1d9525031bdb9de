// A menu over the page, worked by the pointer or by keys: arrows, Home, End, the first letter, Enter, Escape.

import { element } from './element';
import { placeAt, type Place } from './placement';

export type MenuEntry = MenuItem | 'separator';

export interface MenuItem {
  readonly label: string;
  /** The key that does the same without the menu. */
  readonly key?: string;
  /** What else there is to know of it, to the right. */
  readonly detail?: string;
  /** Marks the one of several that holds. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
}

let openMenu: { readonly close: () => void } | undefined;

/** @param returnFocus gets the focus when the menu closes, before what was chosen is done. */
export function showMenu(label: string, entries: readonly MenuEntry[], place: Place, returnFocus: HTMLElement): void {
  openMenu?.close();
  const root = element('div', { class: 'menu', role: 'menu', 'aria-label': label, tabindex: '-1' });
  const items: HTMLElement[] = [];
  const close = (): void => {
    openMenu = undefined;
    root.remove();
    document.removeEventListener('pointerdown', onOutside, true);
    window.removeEventListener('blur', onBlur);
  };
  const leave = (): void => {
    close();
    returnFocus.focus({ preventScroll: true });
  };
  const onOutside = (event: PointerEvent): void => {
    if (!(event.target instanceof Node && root.contains(event.target))) close();
  };
  const onBlur = (): void => {
    close();
  };
  for (const entry of entries) {
    if (entry === 'separator') root.append(element('div', { class: 'separator', role: 'separator' }));
    else {
      const item = menuItem(entry, leave);
      items.push(item);
      root.append(item);
    }
  }
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' || event.key === 'Tab') leave();
    else if (!moveFocus(items, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  (document.querySelector('main') ?? document.body).append(root);
  placeAt(root, place);
  document.addEventListener('pointerdown', onOutside, true);
  window.addEventListener('blur', onBlur);
  openMenu = { close };
  items[0]?.focus({ preventScroll: true });
}

function menuItem({ label, key, detail, checked, disabled, run }: MenuItem, leave: () => void): HTMLElement {
  const role = checked === undefined ? 'menuitem' : 'menuitemradio';
  const root = element('div', { class: 'item', role, tabindex: '-1' }, element('span', { class: 'label' }, label));
  if (checked !== undefined) root.setAttribute('aria-checked', String(checked));
  if (detail !== undefined) root.append(element('span', { class: 'detail' }, detail));
  if (key !== undefined) {
    root.setAttribute('aria-keyshortcuts', key.replaceAll('Ctrl', 'Control').replaceAll('↓', 'ArrowDown'));
    root.append(element('span', { class: 'key', 'aria-hidden': 'true' }, key));
  }
  if (disabled === true) {
    root.setAttribute('aria-disabled', 'true');
    return root;
  }
  const choose = (): void => {
    leave();
    run();
  };
  root.addEventListener('click', choose);
  root.addEventListener('pointermove', () => {
    root.focus({ preventScroll: true });
  });
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    choose();
  });
  return root;
}

function moveFocus(items: readonly HTMLElement[], key: string): boolean {
  const at = items.findIndex((item) => item === document.activeElement);
  const target = ((): number | undefined => {
    switch (key) {
      case 'ArrowDown':
        return (at + 1) % items.length;
      case 'ArrowUp':
        return at <= 0 ? items.length - 1 : at - 1;
      case 'Home':
        return 0;
      case 'End':
        return items.length - 1;
      default: {
        if (key.length !== 1) return undefined;
        const later = [...items.keys()].map((step) => (at + 1 + step) % items.length);
        return later.find((index) => items[index]?.textContent.toLowerCase().startsWith(key.toLowerCase()) === true);
      }
    }
  })();
  if (target === undefined) return false;
  items[target]?.focus({ preventScroll: true });
  return true;
}
