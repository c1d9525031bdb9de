// The grid itself: a scrolled element whose cells are recycled, so that a hundred million rows cost as much as fifty.
// Focus stays on the grid; the active cell is told to assistive technology by `aria-activedescendant`.

import type { CellRange, TableView } from '../../shared/protocol/tableView';
import { ColumnLayout } from './columnLayout';
import { element } from './element';
import { GridHeader, headerHeight } from './gridHeader';
import { GridRows } from './gridRows';
import { extendTo, moveSelection, selectCell, selectedRange, type CellPosition, type GridSelection, type GridSize } from './gridSelection';
import { RowScroll, rowHeight } from './rowScroll';
import type { RowStore } from './rowStore';
import { headerWidth, textWidth } from './textWidth';

export interface TableGridOptions {
  readonly view: TableView;
  readonly store: RowStore;
  /** Widths that the user chose earlier, by column name. */
  readonly widths: ReadonlyMap<string, number>;
  readonly onSelect: (selection: GridSelection) => void;
  readonly onInspect: () => void;
  readonly onCopy: (range: CellRange) => void;
  /** Scrolled or resized by the user. */
  readonly onArrange: () => void;
}

export class TableGrid {
  readonly root: HTMLElement;
  /** Widths that the user chose, by column name. */
  readonly widths: Map<string, number>;
  private readonly extent = element('div', { class: 'extent', role: 'presentation' });
  private readonly stage = element('div', { class: 'stage', role: 'presentation' });
  private readonly header: GridHeader;
  private readonly rows: GridRows;
  private readonly scroll: RowScroll;
  private readonly layout: ColumnLayout;
  private readonly gutter: number;
  private selection: GridSelection = selectCell({ row: 0, column: 0 });
  /** Columns whose width was already taken from their contents. */
  private measured = false;
  private readonly observer: ResizeObserver;

  constructor(private readonly options: TableGridOptions) {
    const { view } = options;
    this.widths = new Map(options.widths);
    this.scroll = new RowScroll(view.rowCount);
    this.gutter = Math.max(48, textWidth(view.rowCount.toLocaleString('en'), 'number') + 24);
    this.layout = new ColumnLayout(
      view.columns.map((column) => this.widths.get(column.name) ?? ColumnLayout.automatic(Math.max(headerWidth(column), 68))),
    );
    this.root = element('div', {
      class: 'grid',
      role: 'grid',
      tabindex: '0',
      'aria-label': view.name,
      'aria-rowcount': String(view.rowCount + 1),
      'aria-colcount': String(view.columns.length + 1),
      'aria-multiselectable': 'true',
      'aria-readonly': 'true',
    });
    this.header = new GridHeader(view.columns, this.layout, this.gutter, {
      onResize: (column, width) => {
        this.resizeColumn(column, width);
      },
      onFit: (column) => {
        this.fitColumn(column);
      },
      onSelectColumn: (column, extend) => {
        const top = { row: 0, column: extend ? this.selection.anchor.column : column };
        this.select({ anchor: { row: view.rowCount - 1, column: top.column }, active: { row: 0, column } }, false);
      },
      onSelectAll: () => {
        this.press({ key: 'a', control: true, shift: false });
      },
    });
    this.rows = new GridRows(view.columns, this.layout, this.gutter);
    this.stage.append(this.header.root, this.rows.root);
    this.extent.append(this.stage);
    this.root.append(this.extent);
    this.listen();
    this.observer = new ResizeObserver(() => {
      this.resize();
    });
    this.observer.observe(this.root);
  }

  get topRow(): number {
    return this.scroll.visibleRows.start;
  }

  get left(): number {
    return this.root.scrollLeft;
  }

  get active(): CellPosition {
    return this.selection.active;
  }

  /** Shows a place that was shown earlier. */
  restore(topRow: number, left: number, active: CellPosition): void {
    const { rowCount, columns } = this.options.view;
    const position = {
      row: Math.max(0, Math.min(active.row, rowCount - 1)),
      column: Math.max(0, Math.min(active.column, columns.length - 1)),
    };
    this.selection = selectCell(position);
    this.resize();
    this.root.scrollTop = this.scroll.moveTo(topRow * rowHeight);
    this.root.scrollLeft = left;
    this.draw();
  }

  goToRow(row: number): void {
    this.select(selectCell({ row: Math.max(0, Math.min(row, this.options.view.rowCount - 1)), column: this.active.column }), true);
  }

  /** Draws what the viewport shows; to be called when cells have come. */
  draw(): void {
    const { view, store } = this.options;
    const { start, end } = this.scroll.visibleRows;
    const left = this.root.scrollLeft;
    const columns = this.layout.visible(left, this.root.clientWidth - this.gutter);
    store.want({ startRow: start, endRow: end, startColumn: columns.start, endColumn: columns.end });
    this.measureOnce(start, end, columns);
    this.header.draw(columns, left, view.rowCount > 0 ? selectedRange(this.selection) : undefined);
    this.rows.draw({ store, start, end, columns, left, top: this.scroll.top, selection: this.selection });
    const active = this.rows.activeId;
    if (view.rowCount > 0 && active !== undefined) this.root.setAttribute('aria-activedescendant', active);
    else this.root.removeAttribute('aria-activedescendant');
  }

  dispose(): void {
    this.observer.disconnect();
    this.root.remove();
  }

  private listen(): void {
    this.root.addEventListener('scroll', () => {
      this.scroll.scrolled(this.root.scrollTop);
      this.draw();
      this.options.onArrange();
    });
    this.root.addEventListener('scrollend', () => {
      this.root.scrollTop = this.scroll.settle();
    });
    this.root.addEventListener('keydown', (event) => {
      if (event.target === this.root && this.handleKey(event)) event.preventDefault();
    });
    this.rows.root.addEventListener('pointerdown', (event) => {
      const position = this.rows.positionOf(event.target);
      if (!position || event.button !== 0) return;
      this.root.focus({ preventScroll: true });
      this.pickUp(event, position);
    });
    this.rows.root.addEventListener('dblclick', (event) => {
      if (this.rows.positionOf(event.target)) this.options.onInspect();
    });
  }

  /** Starts a selection with the pointer: a cell, or a whole row by its number; moving on extends it. */
  private pickUp(event: PointerEvent, position: CellPosition): void {
    const last = this.options.view.columns.length - 1;
    const wholeRow = position.column < 0;
    const target = { row: position.row, column: wholeRow ? 0 : position.column };
    if (event.shiftKey) this.select(extendTo(this.selection, target), false);
    else this.select(wholeRow ? { anchor: { row: position.row, column: last }, active: target } : selectCell(target), false);
    const move = (moved: PointerEvent): void => {
      const over = this.rows.positionOf(document.elementFromPoint(moved.clientX, moved.clientY));
      if (over) this.select(extendTo(this.selection, { row: over.row, column: wholeRow ? 0 : Math.max(0, over.column) }), true);
    };
    const end = (): void => {
      document.removeEventListener('pointermove', move);
    };
    document.addEventListener('pointermove', move);
    document.addEventListener('pointerup', end, { once: true });
    document.addEventListener('pointercancel', end, { once: true });
  }

  private handleKey(event: KeyboardEvent): boolean {
    const control = event.ctrlKey || event.metaKey;
    if (event.altKey) {
      const step = event.key === 'ArrowRight' ? 16 : event.key === 'ArrowLeft' ? -16 : 0;
      if (step !== 0) this.resizeColumn(this.active.column, this.layout.width(this.active.column) + step);
      return step !== 0;
    }
    if (control && event.key.toLowerCase() === 'c') {
      this.options.onCopy(selectedRange(this.selection));
      return true;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      this.options.onInspect();
      return true;
    }
    return this.press({ key: event.key, control, shift: event.shiftKey });
  }

  private press(press: { readonly key: string; readonly control: boolean; readonly shift: boolean }): boolean {
    const { rowCount, columns } = this.options.view;
    if (rowCount === 0 || columns.length === 0) return false;
    const size: GridSize = { rows: rowCount, columns: columns.length, page: this.scroll.pageRows };
    const moved = moveSelection(this.selection, press, size);
    if (!moved) return false;
    // Selecting everything leaves the view where it is.
    this.select(moved, !(press.control && press.key.toLowerCase() === 'a'));
    return true;
  }

  private select(selection: GridSelection, reveal: boolean): void {
    this.selection = selection;
    if (reveal) this.reveal(selection.active);
    this.draw();
    this.options.onSelect(selection);
  }

  private reveal({ row, column }: CellPosition): void {
    this.root.scrollTop = this.scroll.reveal(row);
    const [start, end] = [this.layout.offset(column), this.layout.offset(column + 1)];
    const width = this.root.clientWidth - this.gutter;
    const left = this.root.scrollLeft;
    if (start < left) this.root.scrollLeft = start;
    else if (end > left + width) this.root.scrollLeft = Math.min(start, end - width);
  }

  private resizeColumn(column: number, width: number): void {
    const name = this.options.view.columns[column]?.name;
    if (name === undefined) return;
    this.layout.resize(column, width);
    this.widths.set(name, this.layout.width(column));
    this.resize();
    this.options.onArrange();
  }

  /** As wide as its header and the cells in view need. */
  private fitColumn(column: number): void {
    const { start, end } = this.scroll.visibleRows;
    this.resizeColumn(column, this.naturalWidth(column, start, end));
  }

  private naturalWidth(column: number, start: number, end: number): number {
    const view = this.options.view.columns[column];
    if (!view) return 0;
    let width = headerWidth(view);
    for (let row = start; row < end; row++) {
      const cell = this.options.store.cell(row, column);
      if (cell !== undefined && cell !== null) width = Math.max(width, textWidth(typeof cell === 'string' ? cell : cell.text, view.family));
    }
    return ColumnLayout.automatic(width);
  }

  /** The first rows that come decide the widths that the user has not chosen; later ones move nothing. */
  private measureOnce(start: number, end: number, columns: { readonly start: number; readonly end: number }): void {
    if (this.measured || end <= start || this.options.store.cell(start, columns.start) === undefined) return;
    this.measured = true;
    for (const [column, { name }] of this.options.view.columns.entries()) {
      if (!this.widths.has(name)) this.layout.resize(column, this.naturalWidth(column, start, end));
    }
    this.resize();
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.root;
    this.stage.style.width = `${clientWidth}px`;
    this.stage.style.height = `${clientHeight}px`;
    this.extent.style.width = `${this.gutter + this.layout.total}px`;
    this.extent.style.height = `${headerHeight + this.scroll.extent}px`;
    this.root.scrollTop = this.scroll.resize(clientHeight - headerHeight);
    this.draw();
  }
}
