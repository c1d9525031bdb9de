// The rows in view. Elements are made once and get new contents as the table moves under them.

import type { TableColumnView } from '../../shared/protocol/tableView';
import type { ColumnLayout } from './columnLayout';
import { element } from './element';
import { isSelected, selectedRange, type CellPosition, type GridSelection } from './gridSelection';
import { rowHeight } from './rowScroll';
import type { RowStore } from './rowStore';

export interface RowsFrame {
  readonly store: RowStore;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly columns: { readonly start: number; readonly end: number };
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
  /** The id of the active cell, when it is in view. */
  activeId: string | undefined;
  private readonly rows: Row[] = [];
  private readonly positions = new WeakMap<Element, CellPosition>();

  constructor(
    private readonly columns: readonly TableColumnView[],
    private readonly layout: ColumnLayout,
    private readonly gutter: number,
  ) {}

  draw(frame: RowsFrame): void {
    this.activeId = undefined;
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
    number.style.width = `${this.gutter}px`;
    const root = element('div', { class: 'row', role: 'row' }, number);
    this.rows.push({ root, number, cells: [] });
    this.root.append(root);
  }

  private drawRow(row: Row, position: number, frame: RowsFrame): void {
    const { columns, selection } = frame;
    const range = selectedRange(selection);
    row.root.style.transform = `translateY(${position * rowHeight - frame.top}px)`;
    row.root.setAttribute('aria-rowindex', String(position + 2));
    row.root.classList.toggle('odd', position % 2 === 1);
    setText(row.number, (position + 1).toLocaleString('en'));
    this.positions.set(row.number, { row: position, column: -1 });
    row.number.classList.toggle('marked', position >= range.startRow && position < range.endRow);
    while (row.cells.length < columns.end - columns.start) {
      const cell = element('div', { role: 'gridcell' });
      row.cells.push(cell);
      row.root.append(cell);
    }
    for (const [index, cell] of row.cells.entries()) {
      const column = columns.start + index;
      cell.hidden = column >= columns.end;
      if (cell.hidden) {
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
        this.activeId = activeCellId;
      } else {
        cell.removeAttribute('id');
      }
    }
  }

  private drawCell(cell: HTMLElement, row: number, column: number, { store, left }: RowsFrame): void {
    const value = store.cell(row, column);
    const family = this.columns[column]?.family ?? 'text';
    const state = value === undefined ? ' pending' : value === null ? ' null' : typeof value === 'object' ? ' cut' : '';
    const name = `cell ${family}${state}`;
    if (cell.className !== name) cell.className = name;
    setText(
      cell,
      value === undefined ? '' : value === null ? 'null' : typeof value === 'string' ? onOneLine(value) : `${onOneLine(value.text)}…`,
    );
    cell.style.left = `${this.gutter + this.layout.offset(column) - left}px`;
    cell.style.width = `${this.layout.width(column)}px`;
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
