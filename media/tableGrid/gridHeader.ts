// The header of the grid: a name and a type for each column, what it is sorted and filtered by, a button for each, a
// handle to resize it, and dragging to move it.

import type { CellRange } from '../../shared/protocol/tableView';
import type { ColumnLayout } from './columnLayout';
import { element } from '../shared/element';
import { noMark, type ColumnMark, type GridColumn } from './gridColumns';
import { icon } from '../shared/icon';
import { followPointer } from '../shared/pointer';

export const headerHeight = 44;
/** The pointer has to move so far before a press becomes a drag. */
const dragThreshold = 5;

export interface GridHeaderActions {
  readonly onResize: (column: number, width: number) => void;
  readonly onFit: (column: number) => void;
  readonly onSelectColumn: (column: number, extend: boolean) => void;
  readonly onSelectAll: () => void;
  readonly onFocus: () => void;
  readonly onSort: (column: number, add: boolean) => void;
  readonly onMenu: (column: number, anchor: HTMLElement) => void;
  /** From and to are places among the shown columns. */
  readonly onMove: (from: number, to: number) => void;
}

export interface HeaderFrame {
  readonly columns: readonly GridColumn[];
  readonly layout: ColumnLayout;
  readonly gutter: number;
  /** Places of the columns that are in view. */
  readonly shown: readonly number[];
  readonly left: number;
  readonly selected: CellRange | undefined;
  readonly active: number;
  /** By index into the columns of the table. */
  readonly marks: ReadonlyMap<number, ColumnMark>;
}

interface HeaderCell {
  readonly root: HTMLElement;
  readonly name: HTMLElement;
  readonly type: HTMLElement;
  readonly sort: HTMLButtonElement;
  readonly sortMark: HTMLElement;
  readonly menu: HTMLButtonElement;
}

export class GridHeader {
  readonly root = element('div', { class: 'head', role: 'rowgroup' });
  private readonly row = element('div', { class: 'head-row', role: 'row', 'aria-rowindex': '1' });
  private readonly corner = element(
    'div',
    { class: 'corner', role: 'columnheader', 'aria-colindex': '1', 'aria-label': 'Row number' },
    '#',
  );
  private readonly drop = element('div', { class: 'drop', role: 'presentation' });
  private readonly cells: HeaderCell[] = [];
  private frame: HeaderFrame | undefined;

  constructor(private readonly actions: GridHeaderActions) {
    this.corner.addEventListener('click', actions.onSelectAll);
    this.drop.hidden = true;
    this.row.append(this.corner);
    this.root.append(this.row, this.drop);
    this.root.style.height = `${headerHeight}px`;
    this.root.addEventListener('pointerdown', (event) => {
      this.onPointerDown(event);
    });
    this.root.addEventListener('dblclick', (event) => {
      const column = this.columnOf(event.target);
      if (column !== undefined && isHandle(event.target)) actions.onFit(column);
    });
  }

  draw(frame: HeaderFrame): void {
    this.frame = frame;
    const { columns, shown, gutter } = frame;
    this.corner.style.width = `${gutter}px`;
    while (this.cells.length < shown.length) this.addCell();
    for (const [index, cell] of this.cells.entries()) {
      const place = shown[index];
      const column = place === undefined ? undefined : columns[place];
      cell.root.hidden = column === undefined;
      if (place !== undefined && column) drawCell(cell, place, column, frame);
    }
  }

  /** The button that opens the column's menu, for what opens there by a key. */
  menuAnchor(place: number): HTMLElement {
    return this.cells[this.frame?.shown.indexOf(place) ?? -1]?.root ?? this.root;
  }

  /** The place of the column that an element belongs to. */
  columnOf(target: EventTarget | null): number | undefined {
    const index = this.cells.findIndex(({ root }) => target instanceof Node && root.contains(target));
    return index < 0 ? undefined : this.frame?.shown[index];
  }

  private addCell(): void {
    const name = element('span', { class: 'name' });
    const type = element('span', { class: 'type' });
    const sortMark = element('span', { class: 'place', 'aria-hidden': 'true' });
    const sort = element(
      'button',
      { type: 'button', class: 'tool sort', tabindex: '-1' },
      icon('sort'),
      icon('ascending'),
      icon('descending'),
      sortMark,
    );
    const menu = element(
      'button',
      { type: 'button', class: 'tool menu-button', tabindex: '-1', 'aria-haspopup': 'menu' },
      icon('menu'),
      icon('filter'),
    );
    const handle = element('span', { class: 'handle', 'aria-hidden': 'true' });
    const root = element('div', { class: 'column', role: 'columnheader' }, line(name, sort), line(type, menu), handle);
    sort.addEventListener('click', (event) => {
      const column = this.columnOf(root);
      if (column !== undefined) this.actions.onSort(column, event.shiftKey);
    });
    menu.addEventListener('click', () => {
      const column = this.columnOf(root);
      if (column !== undefined) this.actions.onMenu(column, menu);
    });
    this.cells.push({ root, name, type, sort, sortMark, menu });
    this.row.append(root);
  }

  private onPointerDown(event: PointerEvent): void {
    const column = this.columnOf(event.target);
    if (column === undefined || event.button !== 0 || !this.frame) return;
    if (event.target instanceof Element && event.target.closest('button')) {
      // The focus stays on the grid, whose keys work on.
      event.preventDefault();
      this.actions.onFocus();
      return;
    }
    if (isHandle(event.target)) {
      event.preventDefault();
      const start = this.frame.layout.width(column) - event.clientX;
      followPointer((moved) => {
        this.actions.onResize(column, start + moved.clientX);
      });
      return;
    }
    this.actions.onSelectColumn(column, event.shiftKey);
    if (!event.shiftKey) this.pickUp(column, event.clientX);
  }

  /** Lets the pointer carry a column to another place. */
  private pickUp(column: number, startX: number): void {
    let target: number | undefined;
    followPointer(
      ({ clientX }) => {
        if (target === undefined && Math.abs(clientX - startX) < dragThreshold) return;
        target = this.placeAt(clientX);
        this.showDrop(column, target);
      },
      (cancelled) => {
        this.drop.hidden = true;
        if (target !== undefined && target !== column && !cancelled) this.actions.onMove(column, target);
      },
    );
  }

  private placeAt(clientX: number): number {
    const { layout, gutter, left } = this.frame ?? {};
    if (!layout || gutter === undefined || left === undefined) return 0;
    const x = Math.max(0, clientX - this.root.getBoundingClientRect().left - gutter);
    return layout.at(x < layout.fixedWidth ? x : x + left);
  }

  /** A line where the column will stand. */
  private showDrop(from: number, to: number): void {
    const { layout, gutter, left } = this.frame ?? {};
    if (!layout || gutter === undefined || left === undefined) return;
    this.drop.hidden = from === to;
    this.drop.style.left = `${gutter + layout.position(to, left) + (from < to ? layout.width(to) : 0) - 1}px`;
  }
}

function drawCell(cell: HeaderCell, place: number, { view, source }: GridColumn, frame: HeaderFrame): void {
  const { root } = cell;
  const { sorted, place: key, filtered } = frame.marks.get(source) ?? noMark;
  root.style.left = `${frame.gutter + frame.layout.position(place, frame.left)}px`;
  root.style.width = `${frame.layout.width(place)}px`;
  root.setAttribute('aria-colindex', String(place + 2));
  root.setAttribute('aria-sort', sorted ?? 'none');
  const { selected } = frame;
  root.classList.toggle('marked', selected !== undefined && place >= selected.startColumn && place < selected.endColumn);
  root.classList.toggle('active', place === frame.active);
  root.classList.toggle('end', view.family === 'number');
  root.classList.toggle('partition', view.partition);
  root.classList.toggle('fixed', place < frame.layout.fixed);
  root.classList.toggle('edge', place === frame.layout.fixed - 1);
  cell.sort.dataset['sorted'] = sorted ?? 'none';
  cell.menu.classList.toggle('filtered', filtered);
  const next = sorted === undefined ? 'Sort ascending' : sorted === 'ascending' ? 'Sort descending' : 'Do not sort';
  setAttribute(cell.sort, 'aria-label', `${next} by ${view.name}${key === undefined ? '' : `, key ${key}`}`);
  setAttribute(cell.sort, 'title', `${next} (with Shift: as a further key)`);
  setAttribute(cell.menu, 'aria-label', `${view.name}${filtered ? ', filtered' : ''}: menu`);
  const notes = [view.nullable ? '' : ', never null', view.partition ? ', from the folder name' : ''].join('');
  setAttribute(cell.name, 'title', `${view.name}: ${view.type}${notes}`);
  setAttribute(cell.type, 'title', view.type);
  setText(cell.name, view.name);
  setText(cell.type, view.type);
  setText(cell.sortMark, key === undefined ? '' : String(key));
}

function line(...children: readonly HTMLElement[]): HTMLElement {
  return element('div', { class: 'line' }, ...children);
}

function isHandle(target: EventTarget | null): boolean {
  return target instanceof Element && target.classList.contains('handle');
}

function setAttribute(target: HTMLElement, name: string, value: string): void {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
