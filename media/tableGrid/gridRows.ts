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
}

interface Row {
  readonly root: HTMLElement;
  readonly number: HTMLElement;
  readonly cells: HTMLElement[];
}

const activeCellId = 'active-cell';

export class GridRows {
  readonly root = element('div', { class: 'body', role: 'rowgroup' });
  /** The active cell, when it is in view. */
  activeElement: HTMLElement | undefined;
  private readonly rows: Row[] = [];
  private readonly positions = new WeakMap<Element, CellPosition>();

  draw(frame: RowsFrame): void {
    this.activeElement = undefined;
    while (this.rows.length < frame.end - frame.start) this.addRow();
    for (const [index, row] of this.rows.entries()) {
      const position = frame.start + index;
      row.root.hidden = position >= frame.end;
      if (!row.root.hidden) this.drawRow(row, position, frame);
    }
  }

  /** The cell of an element inside the rows; the row's number has the column -1. */
  positionOf(target: EventTarget | null): CellPosition | undefined {
    const cell = target instanceof Element ? target.closest('[role="gridcell"], [role="rowheader"]') : null;
    return cell ? this.positions.get(cell) : undefined;
  }

  private addRow(): void {
    const number = element('div', { class: 'row-number', role: 'rowheader', 'aria-colindex': '1' });
    const root = element('div', { class: 'row', role: 'row' }, number);
    this.rows.push({ root, number, cells: [] });
    this.root.append(root);
  }

  private drawRow(row: Row, position: number, frame: RowsFrame): void {
    const { shown, selection, store } = frame;
    const range = selectedRange(selection);
    row.root.style.transform = `translateY(${position * rowHeight - frame.top}px)`;
    row.root.setAttribute('aria-rowindex', String(position + 2));
    row.root.classList.toggle('odd', position % 2 === 1);
    const number = store.number(position);
    setText(row.number, number === undefined ? '' : (number + 1).toLocaleString('en'));
    row.number.style.width = `${frame.gutter}px`;
    this.positions.set(row.number, { row: position, column: -1 });
    row.number.classList.toggle('marked', position >= range.startRow && position < range.endRow);
    while (row.cells.length < shown.length) {
      const cell = element('div', { role: 'gridcell' });
      row.cells.push(cell);
      row.root.append(cell);
    }
    for (const [index, cell] of row.cells.entries()) {
      const column = shown[index];
      cell.hidden = column === undefined;
      if (column === undefined) {
        cell.removeAttribute('id');
        continue;
      }
      const isActive = position === selection.active.row && column === selection.active.column;
      this.drawCell(cell, position, column, frame);
      const selected = isSelected(range, position, column);
      cell.setAttribute('aria-selected', String(selected));
      cell.classList.toggle('selected', selected);
      cell.classList.toggle('active', isActive);
      if (isActive) {
        cell.id = activeCellId;
        this.activeElement = cell;
      } else {
        cell.removeAttribute('id');
      }
    }
  }

  private drawCell(cell: HTMLElement, row: number, column: number, { columns, layout, gutter, store, left }: RowsFrame): void {
    const { source, view } = columns[column] ?? {};
    const value = source === undefined ? undefined : store.cell(row, source);
    const state = value === undefined ? ' pending' : value === null ? ' null' : typeof value === 'object' ? ' cut' : '';
    const place = column >= layout.fixed ? '' : column === layout.fixed - 1 ? ' fixed edge' : ' fixed';
    const name = `cell ${view?.family ?? 'text'}${state}${place}`;
    if (cell.className !== name) cell.className = name;
    setText(
      cell,
      value === undefined ? '' : value === null ? 'null' : typeof value === 'string' ? onOneLine(value) : `${onOneLine(value.text)}…`,
    );
    cell.style.left = `${gutter + layout.position(column, left)}px`;
    cell.style.width = `${layout.width(column)}px`;
    cell.setAttribute('aria-colindex', String(column + 2));
    this.positions.set(cell, { row, column });
  }
}

/** Line ends would end the visible text: they are shown as the sign for them. */
function onOneLine(text: string): string {
  return /[\r\n\t]/.test(text) ? text.replace(/\r\n|\r|\n/g, '⏎').replaceAll('\t', '⇥') : text;
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
