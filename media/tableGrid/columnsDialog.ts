// The list of all columns: to show and hide them, to pin and to move them, and to go to one.

import type { TableColumnView } from '../../shared/protocol/tableView';
import { button, element } from '../shared/element';
import { icon } from '../shared/icon';
import type { Place } from '../shared/placement';
import { followPointer } from '../shared/pointer';
import { showPopover } from '../shared/popover';

/** `source` is the index into the columns of the table. */
export interface ListedColumn {
  readonly view: TableColumnView;
  readonly source: number;
  readonly hidden: boolean;
  readonly pinned: boolean;
}

export interface ColumnsDialogOptions {
  /** As they stand now: the pinned ones first, hidden ones among them. */
  readonly columns: () => readonly ListedColumn[];
  readonly place: Place;
  readonly returnFocus: HTMLElement;
  /** The last one that is shown stays. */
  readonly onShow: (sources: readonly number[], shown: boolean) => void;
  readonly onPin: (source: number, pinned: boolean) => void;
  /** From one place of the list to another. */
  readonly onMove: (from: number, to: number) => void;
  readonly onGoTo: (source: number) => void;
}

interface Row {
  readonly column: ListedColumn;
  readonly root: HTMLLIElement;
  readonly box: HTMLInputElement;
  readonly pin: HTMLButtonElement;
  readonly goTo: HTMLButtonElement;
}

export function showColumnsDialog({ columns, place, returnFocus, ...on }: ColumnsDialogOptions): void {
  const search = element('input', {
    type: 'search',
    'aria-label': 'Find a column',
    placeholder: 'Find a column',
    'data-first': '',
    spellcheck: 'false',
  });
  const count = element('p', { class: 'count', role: 'status' });
  const list = element('ul', { class: 'columns-list' });
  const rows = new Map<number, Row>(
    columns().map((column) => [
      column.source,
      columnRow(column, {
        onShow: (shown) => {
          on.onShow([column.source], shown);
          update();
        },
        onPin: () => {
          on.onPin(column.source, !isPinned(column.source));
          update();
          say(`${column.view.name} ${isPinned(column.source) ? 'pinned to the left' : 'unpinned'}`);
        },
        onGoTo: () => {
          popover.close();
          on.onGoTo(column.source);
        },
        onGrip: (event) => {
          drag(column.source, event);
        },
      }),
    ]),
  );
  const isPinned = (source: number): boolean => columns().some((column) => column.source === source && column.pinned);
  const placeOf = (source: number): number => columns().findIndex((column) => column.source === source);
  const say = (text: string): void => {
    count.textContent = text;
  };
  /** In the order in which they stand. */
  const update = (): void => {
    const all = columns();
    const focused = document.activeElement;
    const ordered = all.flatMap(({ source }) => rows.get(source) ?? []);
    if (ordered.some(({ root }, index) => list.children[index] !== root)) list.replaceChildren(...ordered.map(({ root }) => root));
    for (const [index, { source, hidden, pinned }] of all.entries()) {
      const row = rows.get(source);
      if (!row) continue;
      row.box.checked = !hidden;
      row.goTo.hidden = hidden;
      row.pin.setAttribute('aria-pressed', String(pinned));
      row.root.classList.toggle('last-pinned', pinned && all[index + 1]?.pinned === false);
    }
    // What was put elsewhere lost the focus on the way.
    if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
    const shown = all.filter(({ hidden }) => !hidden).length;
    say(`${shown.toLocaleString('en')} of ${all.length.toLocaleString('en')} columns shown`);
  };
  /** Those that were searched for, in their order. */
  const found = (): readonly Row[] =>
    columns().flatMap(({ source }) => {
      const row = rows.get(source);
      return row && !row.root.hidden ? [row] : [];
    });
  const move = (source: number, target: number): void => {
    on.onMove(placeOf(source), placeOf(target));
    update();
    const { root, column } = rows.get(source) ?? {};
    root?.scrollIntoView({ block: 'nearest' });
    say(`${column?.view.name ?? ''} is now number ${placeOf(source) + 1} of ${rows.size}${isPinned(source) ? ', pinned' : ''}`);
  };
  const drag = (source: number, event: PointerEvent): void => {
    event.preventDefault();
    const dragged = rows.get(source);
    let target: Row | undefined;
    const mark = (): void => {
      for (const { root } of rows.values()) root.classList.remove('drop-before', 'drop-after');
      if (target && target !== dragged)
        target.root.classList.add(placeOf(target.column.source) < placeOf(source) ? 'drop-before' : 'drop-after');
    };
    dragged?.root.classList.add('dragged');
    followPointer(
      ({ clientY }) => {
        const { top, bottom } = list.getBoundingClientRect();
        list.scrollBy(0, clientY < top + edge ? -edge : clientY > bottom - edge ? edge : 0);
        target = found().find(({ root }) => {
          const own = root.getBoundingClientRect();
          return own.top <= clientY && clientY < own.bottom;
        });
        mark();
      },
      (cancelled) => {
        const to = cancelled ? undefined : target?.column.source;
        target = undefined;
        mark();
        dragged?.root.classList.remove('dragged');
        if (to !== undefined && to !== source) move(source, to);
      },
    );
  };
  list.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const stops = found();
    const at = stops.findIndex(({ root }) => root.contains(document.activeElement));
    const [own, next] = [stops[at], stops[at + step]];
    event.preventDefault();
    if (!event.altKey) (at + step < 0 ? search : next?.box)?.focus();
    else if (own && next) move(own.column.source, next.column.source);
  });
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    found()[0]?.box.focus();
  });
  search.addEventListener('input', () => {
    const text = search.value.trim().toLowerCase();
    for (const { root, column } of rows.values()) root.hidden = !`${column.view.name} ${column.view.type}`.toLowerCase().includes(text);
  });
  const showFound = (shown: boolean) => (): void => {
    on.onShow(
      found().map(({ column }) => column.source),
      shown,
    );
    update();
  };
  const buttons = element(
    'div',
    { class: 'buttons' },
    button('Show All', { class: 'secondary' }, showFound(true)),
    button('Hide All', { class: 'secondary' }, showFound(false)),
  );
  const hint = element('p', { class: 'hint' }, 'Drag a column to move it, or press Alt+↑ and Alt+↓.');
  update();
  const popover = showPopover('Columns', [search, buttons, list, count, hint], place, returnFocus);
}

/** Pixels at the edges of the list in which it scrolls under what is dragged. */
const edge = 16;

function columnRow(
  column: ListedColumn,
  on: {
    readonly onShow: (shown: boolean) => void;
    readonly onPin: () => void;
    readonly onGoTo: () => void;
    readonly onGrip: (event: PointerEvent) => void;
  },
): Row {
  const { name, type } = column.view;
  const box = element('input', { type: 'checkbox', 'aria-keyshortcuts': 'Alt+ArrowUp Alt+ArrowDown' });
  box.addEventListener('change', () => {
    on.onShow(box.checked);
  });
  const grip = element('span', { class: 'grip', 'aria-hidden': 'true', title: 'Drag to move' }, icon('grip'));
  grip.addEventListener('pointerdown', on.onGrip);
  const label = element('label', {}, box, element('span', { class: 'name' }, name), element('span', { class: 'type' }, type));
  const pin = button(icon('pin'), { class: 'quiet icon-button', 'aria-label': `Pin ${name}`, title: 'Pin to the left' }, on.onPin);
  const goTo = button('Go to', { class: 'quiet', 'aria-label': `Go to ${name}` }, on.onGoTo);
  return { column, root: element('li', {}, grip, label, goTo, pin), box, pin, goTo };
}
