// The rows in view. Elements are made once and get new contents as the table moves under them.

import type { ColumnLayout } from './columnLayout';
import { element } from '../shared/element';
import type { GridColumn } from './gridColumns';
import { isSelected, selectedRange, type CellPosition, type GridSelection } from './gridSelection';
import { rowHeight } from './rowScroll';
import type { RowStore } from './rowStore';

export interface RowsFrame {
  readonly columns: readonly GridColumn[];
  readonly layout: ColumnLayout;
  readonly gutter: number;
  readonly store: RowStore;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** Places of the columns that are in view. */
  readonly shown: readonly number[];
  readonly left: number;
  readonly top: number;
  readonly selection: GridSelection;
  /** Whether cells that are missing say so. */
  readonly marksPending: boolean;
}

/** An element and what was drawn into it last: only what differs is written, as each write costs the browser. */
interface Cell {
  readonly root: HTMLElement;
  readonly text: Text;
  row: number;
  /** The place among the columns; -1 for the number of the row. */
  column: number;
  name: string;
  left: number;
  width: number;
  isSelected: boolean | undefined;
}

interface Row {
  readonly root: HTMLElement;
  readonly number: Cell;
  readonly cells: Cell[];
  position: number;
  top: number;
}

const activeCellId = 'active-cell';

export class GridRows {
  readonly root = element('div', { class: 'body', role: 'rowgroup' });
  /** The active cell, when it is in view. */
  activeElement: HTMLElement | undefined;
  private isComplete = true;
  /** From the top. */
  private readonly rows: Row[] = [];
  private start = 0;
  private readonly cells = new WeakMap<Element, Cell>();

  /** @returns whether every cell in view was there */
  draw(frame: RowsFrame): boolean {
    const { start, end } = frame;
    const activeBefore = this.activeElement;
    this.activeElement = undefined;
    this.isComplete = true;
    while (this.rows.length < end - start) this.addRow();
    this.follow(start);
    for (const [index, row] of this.rows.entries()) {
      const position = start + index;
      const isHidden = position >= end;
      if (row.root.hidden !== isHidden) row.root.hidden = isHidden;
      if (!isHidden) this.drawRow(row, position, frame);
    }
    this.moveActiveId(activeBefore);
    return this.isComplete;
  }

  private moveActiveId(before: HTMLElement | undefined): void {
    if (this.activeElement === before) return;
    before?.removeAttribute('id');
    if (this.activeElement) this.activeElement.id = activeCellId;
  }

  /** A row keeps its element while it is in view: those that went out at one end come in at the other, in the order of the rows. */
  private follow(start: number): void {
    const step = start - this.start;
    this.start = start;
    if (step === 0 || Math.abs(step) >= this.rows.length) return;
    const gone = step > 0 ? this.rows.splice(0, step) : this.rows.splice(step);
    const elements = gone.map(({ root }) => root);
    if (step > 0) {
      this.rows.push(...gone);
      this.root.append(...elements);
    } else {
      this.rows.unshift(...gone);
      this.root.prepend(...elements);
    }
  }

  /** The cell of an element inside the rows; the row's number has the column -1. */
  positionOf(target: EventTarget | null): CellPosition | undefined {
    const found = target instanceof Element ? target.closest('[role="gridcell"], [role="rowheader"]') : null;
    const cell = found ? this.cells.get(found) : undefined;
    return cell && { row: cell.row, column: cell.column };
  }

  private addRow(): void {
    const number = this.newCell(element('div', { class: 'row-number', role: 'rowheader', 'aria-colindex': '1' }));
    const root = element('div', { class: 'row', role: 'row' }, number.root);
    this.rows.push({ root, number, cells: [], position: -1, top: Number.NaN });
    this.root.append(root);
  }

  private newCell(root: HTMLElement): Cell {
    const text = document.createTextNode('');
    root.append(text);
    const cell: Cell = { root, text, row: -1, column: -1, name: '', left: -1, width: -1, isSelected: undefined };
    this.cells.set(root, cell);
    return cell;
  }

  private drawRow(row: Row, position: number, frame: RowsFrame): void {
    const { shown, selection, store, gutter } = frame;
    const range = selectedRange(selection);
    const top = position * rowHeight - frame.top;
    if (row.top !== top) {
      row.top = top;
      row.root.style.transform = `translateY(${top}px)`;
    }
    if (row.position !== position) {
      row.position = position;
      row.root.setAttribute('aria-rowindex', String(position + 2));
      row.root.classList.toggle('odd', position % 2 === 1);
    }
    const number = store.number(position);
    setText(row.number, number === undefined ? '' : (number + 1).toLocaleString('en'));
    setWidth(row.number, gutter);
    row.number.row = position;
    setName(row.number, position >= range.startRow && position < range.endRow ? 'row-number marked' : 'row-number');
    while (row.cells.length < shown.length) {
      const cell = this.newCell(element('div', { role: 'gridcell' }));
      row.cells.push(cell);
      row.root.append(cell.root);
    }
    for (const [index, cell] of row.cells.entries()) {
      const column = shown[index];
      const isHidden = column === undefined;
      if (cell.root.hidden !== isHidden) cell.root.hidden = isHidden;
      if (isHidden) continue;
      const isActive = position === selection.active.row && column === selection.active.column;
      if (isActive) this.activeElement = cell.root;
      this.drawCell(cell, { row: position, column }, isSelected(range, position, column), isActive, frame);
    }
  }

  private drawCell(cell: Cell, { row, column }: CellPosition, selected: boolean, isActive: boolean, frame: RowsFrame): void {
    const { columns, layout, gutter, store, left } = frame;
    const { source, view } = columns[column] ?? {};
    const value = source === undefined ? undefined : store.cell(row, source);
    this.isComplete &&= value !== undefined;
    const state =
      value === undefined ? (frame.marksPending ? ' pending' : '') : value === null ? ' null' : typeof value === 'object' ? ' cut' : '';
    const place = column >= layout.fixed ? '' : column === layout.fixed - 1 ? ' fixed edge' : ' fixed';
    setName(cell, `cell ${view?.family ?? 'text'}${state}${place}${selected ? ' selected' : ''}${isActive ? ' active' : ''}`);
    setText(
      cell,
      value === undefined ? '' : value === null ? 'null' : typeof value === 'string' ? onOneLine(value) : `${onOneLine(value.text)}…`,
    );
    const x = gutter + layout.position(column, left);
    if (cell.left !== x) {
      cell.left = x;
      cell.root.style.left = `${x}px`;
    }
    setWidth(cell, layout.width(column));
    if (cell.isSelected !== selected) {
      cell.isSelected = selected;
      cell.root.setAttribute('aria-selected', String(selected));
    }
    if (cell.column !== column) cell.root.setAttribute('aria-colindex', String(column + 2));
    cell.row = row;
    cell.column = column;
  }
}

/** Line ends would end the visible text: they are shown as the sign for them. */
function onOneLine(text: string): string {
  return /[\r\n\t]/.test(text) ? text.replace(/\r\n|\r|\n/g, '⏎').replaceAll('\t', '⇥') : text;
}

function setText({ text }: Cell, value: string): void {
  if (text.data !== value) text.data = value;
}

function setName(cell: Cell, name: string): void {
  if (cell.name === name) return;
  cell.name = name;
  cell.root.className = name;
}

function setWidth(cell: Cell, width: number): void {
  if (cell.width === width) return;
  cell.width = width;
  cell.root.style.width = `${width}px`;
}
