// The grid itself: a scrolled element whose cells are recycled, so that a hundred million rows cost as much as fifty.
// Focus stays on the grid; the active cell is told to assistive technology by `aria-activedescendant`. Columns are known
// here by their place among those that are shown, rows by their place among those that are kept.

import type { CellRange } from '../../shared/protocol/tableView';
import { ColumnLayout } from './columnLayout';
import { element } from '../shared/element';
import type { ColumnMark, GridColumn } from './gridColumns';
import { GridHeader, headerHeight } from './gridHeader';
import { gridCommand, type GridCommand } from './gridKeys';
import { GridRows } from './gridRows';
import { extendTo, isSelected, moveSelection, selectCell, selectedRange, type CellPosition, type GridSelection } from './gridSelection';
import { Patience } from './patience';
import { followPointer } from '../shared/pointer';
import { RowScroll, rowHeight } from './rowScroll';
import type { RowStore } from './rowStore';
import { headerWidth, textWidth } from './textWidth';

export interface TableGridEvents {
  readonly onSelect: (active: CellPosition) => void;
  /** Scrolled or resized by the user. */
  readonly onArrange: () => void;
  readonly onCommand: (command: GridCommand) => void;
  readonly onSort: (column: number, add: boolean) => void;
  readonly onMove: (from: number, to: number) => void;
  readonly onColumnMenu: (column: number, anchor: HTMLElement) => void;
  readonly onContextMenu: (place: { readonly x: number; readonly y: number }) => void;
}

export interface TableGridOptions {
  readonly label: string;
  /** Of the whole table: the room that row numbers need. */
  readonly rowCount: number;
  /** Widths that the user chose earlier, by column name. */
  readonly widths: ReadonlyMap<string, number>;
  /** Widths that were taken from contents earlier, by column name. */
  readonly fitted: ReadonlyMap<string, number>;
  readonly events: TableGridEvents;
}

export interface GridRowsSource {
  readonly count: number;
  readonly store: RowStore;
}

export class TableGrid {
  readonly root: HTMLElement;
  /** Widths that the user chose, by column name. */
  readonly widths: Map<string, number>;
  /** Widths that were taken from contents, by column name. */
  readonly fitted: Map<string, number>;
  private readonly extent = element('div', { class: 'extent', role: 'presentation' });
  private readonly stage = element('div', { class: 'stage', role: 'presentation' });
  private readonly header: GridHeader;
  private readonly rows = new GridRows();
  private readonly gutter: number;
  private readonly observer: ResizeObserver;
  private columns: readonly GridColumn[] = [];
  private marks: ReadonlyMap<number, ColumnMark> = new Map();
  private layout = new ColumnLayout([]);
  private scroll = new RowScroll(0);
  /** Known, so that nobody has to ask an element for it whose contents have just changed. */
  private scrolledLeft = 0;
  private nextFrame: number | undefined;
  private readonly patience = new Patience(() => {
    this.draw();
  });
  private source: GridRowsSource | undefined;
  private selection: GridSelection = selectCell({ row: 0, column: 0 });

  constructor(private readonly options: TableGridOptions) {
    this.widths = new Map(options.widths);
    this.fitted = new Map(options.fitted);
    this.gutter = Math.max(48, textWidth(options.rowCount.toLocaleString('en'), 'number') + 24);
    this.root = element('div', {
      class: 'grid',
      role: 'grid',
      tabindex: '0',
      'aria-label': options.label,
      'aria-multiselectable': 'true',
      'aria-readonly': 'true',
    });
    const { events } = options;
    this.header = new GridHeader({
      onResize: (column, width) => {
        this.resizeColumn(column, width);
      },
      onFit: (column) => {
        this.fitColumn(column);
      },
      onSelectColumn: (column, extend) => {
        const from = extend ? this.selection.anchor.column : column;
        this.select({ anchor: { row: Math.max(0, this.rowCount - 1), column: from }, active: { row: 0, column } }, false);
      },
      onSelectAll: () => {
        this.press({ key: 'a', control: true, shift: false });
      },
      onFocus: () => {
        this.root.focus({ preventScroll: true });
      },
      onSort: events.onSort,
      onMove: events.onMove,
      onMenu: events.onColumnMenu,
    });
    this.stage.append(this.header.root, this.rows.root);
    this.extent.append(this.stage);
    this.root.append(this.extent);
    this.listen();
    this.observer = new ResizeObserver(() => {
      this.resize();
    });
    this.observer.observe(this.root);
  }

  get rowCount(): number {
    return this.source?.count ?? 0;
  }

  get topRow(): number {
    return this.scroll.visibleRows.start;
  }

  get left(): number {
    return this.scrolledLeft;
  }

  get active(): CellPosition {
    return this.selection.active;
  }

  get range(): CellRange {
    return selectedRange(this.selection);
  }

  /** Shows other columns, or the same in another order; the active one stays active while it is there. */
  showColumns(columns: readonly GridColumn[], pinned: number): void {
    const activeSource = this.columns[this.active.column]?.source;
    this.columns = columns;
    const widthOf = ({ view }: GridColumn): number =>
      this.widths.get(view.name) ?? this.fitted.get(view.name) ?? ColumnLayout.automatic(Math.max(headerWidth(view), 68));
    this.layout = new ColumnLayout(columns.map(widthOf), pinned);
    const column = columns.findIndex(({ source }) => source === activeSource);
    this.selection = selectCell({
      row: this.active.row,
      column: column >= 0 ? column : Math.max(0, Math.min(this.active.column, columns.length - 1)),
    });
    this.root.setAttribute('aria-colcount', String(columns.length + 1));
    this.resize();
  }

  /** Shows other rows, from the first one. */
  showRows(source: GridRowsSource): void {
    this.source = source;
    this.scroll = new RowScroll(source.count);
    this.selection = selectCell({ row: 0, column: this.active.column });
    this.root.setAttribute('aria-rowcount', String(source.count + 1));
    this.resize();
  }

  showMarks(marks: ReadonlyMap<number, ColumnMark>): void {
    this.marks = marks;
    this.draw();
  }

  /** Shows a place that was shown earlier. */
  restore(topRow: number, left: number, active: CellPosition): void {
    const position = {
      row: Math.max(0, Math.min(active.row, this.rowCount - 1)),
      column: Math.max(0, Math.min(active.column, this.columns.length - 1)),
    };
    this.selection = selectCell(position);
    this.resize();
    this.root.scrollTop = this.scroll.moveTo(topRow * rowHeight);
    this.moveLeft(left);
    this.draw();
  }

  goToRow(row: number): void {
    this.select(selectCell({ row: Math.max(0, Math.min(row, this.rowCount - 1)), column: this.active.column }), true);
  }

  /** Makes a column active, the row staying as it is. */
  goToColumn(column: number): void {
    this.select(selectCell({ row: this.active.row, column }), true);
  }

  fitColumn(column: number): void {
    const { start, end } = this.scroll.visibleRows;
    this.resizeColumn(column, this.naturalWidth(column, start, end));
  }

  widen(by: number): void {
    this.resizeColumn(this.active.column, this.layout.width(this.active.column) + by);
  }

  /** What something about the active cell, or its column, belongs beside. */
  anchor(part: 'cell' | 'header'): HTMLElement {
    return part === 'header' ? this.header.menuAnchor(this.active.column) : (this.rows.activeElement ?? this.root);
  }

  /**
   * Draws cells that have come, with the next frame. At once it would often be in vain: by then the user has scrolled on.
   */
  drawSoon(): void {
    this.nextFrame ??= requestAnimationFrame(() => {
      this.draw();
    });
  }

  /** Draws what the viewport shows. */
  draw(): void {
    if (this.nextFrame !== undefined) cancelAnimationFrame(this.nextFrame);
    this.nextFrame = undefined;
    const { source } = this;
    if (!source) return;
    const { columns, gutter, selection } = this;
    const { start, end } = this.scroll.visibleRows;
    let left = this.scrolledLeft;
    let shown = this.layout.shown(left);
    const want = (): void => {
      source.store.want({ startRow: start, endRow: end, columns: shown.flatMap((place) => columns[place]?.source ?? []) });
    };
    want();
    if (this.measureNew(start, end, shown)) {
      // Columns that took more room do not push the active one out of sight.
      if (shown.includes(selection.active.column)) this.moveLeft(this.layout.reveal(selection.active.column, left));
      left = this.scrolledLeft;
      shown = this.layout.shown(left);
      want();
    }
    const { layout, marks } = this;
    const frame = { columns, layout, gutter, shown, left };
    const selected = source.count > 0 ? selectedRange(selection) : undefined;
    this.header.draw({ ...frame, selected, active: selection.active.column, marks });
    const rows = { store: source.store, start, end, top: this.scroll.top, selection, marksPending: this.patience.isOver };
    const isComplete = this.rows.draw({ ...frame, ...rows });
    // What could not be read is not waited for.
    this.root.ariaBusy = String(!isComplete && source.store.problem === undefined);
    this.patience.drawn(isComplete);
    const active = this.rows.activeElement?.id;
    if (source.count > 0 && active !== undefined) this.root.setAttribute('aria-activedescendant', active);
    else this.root.removeAttribute('aria-activedescendant');
  }

  dispose(): void {
    if (this.nextFrame !== undefined) cancelAnimationFrame(this.nextFrame);
    this.patience.end();
    this.observer.disconnect();
    this.root.remove();
  }

  private listen(): void {
    const { events } = this.options;
    this.root.addEventListener('scroll', () => {
      this.scroll.scrolled(this.root.scrollTop);
      this.scrolledLeft = this.root.scrollLeft;
      this.draw();
      events.onArrange();
    });
    this.root.addEventListener('scrollend', () => {
      this.root.scrollTop = this.scroll.settle();
    });
    this.root.addEventListener('keydown', (event) => {
      if (event.target !== this.root || !this.handleKey(event)) return;
      event.preventDefault();
      // The window has keys of its own for some of these.
      event.stopPropagation();
    });
    this.rows.root.addEventListener('pointerdown', (event) => {
      const position = this.rows.positionOf(event.target);
      if (!position || event.button !== 0) return;
      this.root.focus({ preventScroll: true });
      this.pickUp(event, position);
    });
    this.rows.root.addEventListener('dblclick', (event) => {
      if (this.rows.positionOf(event.target)) events.onCommand('inspect');
    });
    this.root.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      this.onContextMenu(event);
    });
  }

  private onContextMenu({ target, clientX: x, clientY: y }: MouseEvent): void {
    const { events } = this.options;
    const column = this.header.columnOf(target);
    if (column !== undefined) {
      events.onColumnMenu(column, this.header.menuAnchor(column));
      return;
    }
    const position = this.rows.positionOf(target);
    if (!position) return;
    const cell = { row: position.row, column: Math.max(0, position.column) };
    if (!isSelected(this.range, cell.row, cell.column)) this.select(selectCell(cell), false);
    events.onContextMenu({ x, y });
  }

  /** Starts a selection with the pointer: a cell, or a whole row by its number; moving on extends it. */
  private pickUp(event: PointerEvent, position: CellPosition): void {
    const last = this.columns.length - 1;
    const wholeRow = position.column < 0;
    const target = { row: position.row, column: wholeRow ? 0 : position.column };
    if (event.shiftKey) this.select(extendTo(this.selection, target), false);
    else this.select(wholeRow ? { anchor: { row: position.row, column: last }, active: target } : selectCell(target), false);
    followPointer((moved) => {
      const over = this.rows.positionOf(document.elementFromPoint(moved.clientX, moved.clientY));
      if (over) this.select(extendTo(this.selection, { row: over.row, column: wholeRow ? 0 : Math.max(0, over.column) }), true);
    });
  }

  private handleKey(event: KeyboardEvent): boolean {
    const command = gridCommand(event);
    if (command !== undefined) {
      this.options.events.onCommand(command);
      return true;
    }
    if (event.altKey) return false;
    return this.press({ key: event.key, control: event.ctrlKey || event.metaKey, shift: event.shiftKey });
  }

  private press(press: { readonly key: string; readonly control: boolean; readonly shift: boolean }): boolean {
    if (this.rowCount === 0 || this.columns.length === 0) return false;
    const moved = moveSelection(this.selection, press, { rows: this.rowCount, columns: this.columns.length, page: this.scroll.pageRows });
    if (!moved) return false;
    // Selecting everything leaves the view where it is.
    this.select(moved, !(press.control && press.key.toLowerCase() === 'a'));
    return true;
  }

  private select(selection: GridSelection, reveal: boolean): void {
    this.selection = selection;
    if (reveal) {
      this.root.scrollTop = this.scroll.reveal(selection.active.row);
      this.moveLeft(this.layout.reveal(selection.active.column, this.scrolledLeft));
    }
    this.draw();
    this.options.events.onSelect(selection.active);
  }

  private resizeColumn(column: number, width: number): void {
    const name = this.columns[column]?.view.name;
    if (name === undefined) return;
    this.layout.resize(column, width);
    this.widths.set(name, this.layout.width(column));
    this.resize();
    this.options.events.onArrange();
  }

  /** As wide as its header and the cells in view need. */
  private naturalWidth(column: number, start: number, end: number): number {
    const { view, source } = this.columns[column] ?? {};
    if (!view || source === undefined) return 0;
    let width = headerWidth(view);
    for (let row = start; row < end; row++) {
      const cell = this.source?.store.cell(row, source);
      if (cell !== undefined && cell !== null) width = Math.max(width, textWidth(typeof cell === 'string' ? cell : cell.text, view.family));
    }
    return ColumnLayout.automatic(width);
  }

  /** The first cells of a column that come decide its width, when the user has not; later ones move nothing. */
  private measureNew(start: number, end: number, shown: readonly number[]): boolean {
    let changed = false;
    for (const place of shown) {
      const { view, source } = this.columns[place] ?? {};
      if (!view || source === undefined || this.fitted.has(view.name) || this.widths.has(view.name)) continue;
      if (end <= start || this.source?.store.cell(start, source) === undefined) continue;
      this.layout.resize(place, this.naturalWidth(place, start, end));
      this.fitted.set(view.name, this.layout.width(place));
      changed = true;
    }
    if (changed) this.setExtent();
    return changed;
  }

  /** As far as there is room. */
  private moveLeft(left: number): void {
    this.root.scrollLeft = left;
    this.scrolledLeft = this.root.scrollLeft;
  }

  private setExtent(): void {
    this.extent.style.width = `${this.gutter + this.layout.total}px`;
    this.extent.style.height = `${headerHeight + this.scroll.extent}px`;
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.root;
    this.stage.style.width = `${clientWidth}px`;
    this.stage.style.height = `${clientHeight}px`;
    this.layout.fit(clientWidth - this.gutter);
    this.setExtent();
    this.root.scrollTop = this.scroll.resize(clientHeight - headerHeight);
    this.draw();
  }
}
