// The list of all columns, to show and hide them, and to go to one.

import type { TableColumnView } from '../../shared/protocol/tableView';
import { button, element } from './element';
import type { Place } from './placement';
import { showPopover } from './popover';

export interface ColumnsDialogOptions {
  /** In the order in which they stand, hidden ones among them; `source` is the index into the columns of the table. */
  readonly columns: readonly { readonly view: TableColumnView; readonly source: number; readonly hidden: boolean }[];
  readonly place: Place;
  readonly returnFocus: HTMLElement;
  /** @returns which of the columns are hidden now: the last one that is shown stays. */
  readonly onChange: (sources: readonly number[], shown: boolean) => ReadonlySet<number>;
  readonly onGoTo: (source: number) => void;
}

export function showColumnsDialog({ columns, place, returnFocus, onChange, onGoTo }: ColumnsDialogOptions): void {
  const search = element('input', {
    type: 'search',
    'aria-label': 'Find a column',
    placeholder: 'Find a column',
    'data-first': '',
    spellcheck: 'false',
  });
  const count = element('p', { class: 'count', role: 'status' });
  const rows = columns.map((column) => {
    const box = element('input', { type: 'checkbox' });
    const label = element(
      'label',
      {},
      box,
      element('span', { class: 'name' }, column.view.name),
      element('span', { class: 'type' }, column.view.type),
    );
    const goTo = button('Go to', { class: 'quiet', 'aria-label': `Go to ${column.view.name}` }, () => {
      popover.close();
      onGoTo(column.source);
    });
    box.addEventListener('change', () => {
      update(onChange([column.source], box.checked));
    });
    return { column, box, goTo, root: element('li', {}, label, goTo) };
  });
  const update = (hidden: ReadonlySet<number>): void => {
    for (const { column, box, goTo } of rows) {
      box.checked = !hidden.has(column.source);
      goTo.hidden = !box.checked;
    }
    const shown = columns.length - hidden.size;
    count.textContent = `${shown.toLocaleString('en')} of ${columns.length.toLocaleString('en')} columns shown`;
  };
  const found = (): typeof rows => rows.filter(({ root }) => !root.hidden);
  const all = (shown: boolean): void => {
    update(
      onChange(
        found().map(({ column }) => column.source),
        shown,
      ),
    );
  };
  search.addEventListener('input', () => {
    const text = search.value.trim().toLowerCase();
    for (const { root, column } of rows) root.hidden = !`${column.view.name} ${column.view.type}`.toLowerCase().includes(text);
  });
  const list = element('ul', { class: 'columns-list' }, ...rows.map(({ root }) => root));
  list.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) moveBy(step, event);
  });
  search.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') moveBy(1, event);
  });
  const moveBy = (step: number, event: KeyboardEvent): void => {
    event.preventDefault();
    const stops = found();
    const at = stops.findIndex(({ root }) => root.contains(document.activeElement));
    (at + step < 0 ? search : stops[at + step]?.box)?.focus();
  };
  const buttons = element(
    'div',
    { class: 'buttons' },
    button('Show All', { class: 'secondary' }, () => {
      all(true);
    }),
    button('Hide All', { class: 'secondary' }, () => {
      all(false);
    }),
  );
  update(new Set(columns.filter(({ hidden }) => hidden).map(({ source }) => source)));
  const popover = showPopover('Columns', [search, buttons, list, count], place, returnFocus);
}
