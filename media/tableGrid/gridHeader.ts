// The header of the grid: a name and a type for each column, and a handle to resize it.

import type { CellRange, TableColumnView } from '../../shared/protocol/tableView';
import type { ColumnLayout } from './columnLayout';
import { element } from './element';

export const headerHeight = 44;

export interface GridHeaderActions {
  readonly onResize: (column: number, width: number) => void;
  readonly onFit: (column: number) => void;
  readonly onSelectColumn: (column: number, extend: boolean) => void;
  readonly onSelectAll: () => void;
}

interface HeaderCell {
  readonly root: HTMLElement;
  readonly name: HTMLElement;
  readonly type: HTMLElement;
}

export class GridHeader {
  readonly root = element('div', { class: 'head', role: 'rowgroup' });
  private readonly row = element('div', { class: 'head-row', role: 'row', 'aria-rowindex': '1' });
  private readonly cells: HeaderCell[] = [];
  /** The column that the first cell shows. */
  private first = 0;

  constructor(
    private readonly columns: readonly TableColumnView[],
    private readonly layout: ColumnLayout,
    private readonly gutter: number,
    private readonly actions: GridHeaderActions,
  ) {
    const corner = element('div', { class: 'corner', role: 'columnheader', 'aria-colindex': '1', 'aria-label': 'Row number' }, '#');
    corner.style.width = `${gutter}px`;
    corner.addEventListener('click', actions.onSelectAll);
    this.row.append(corner);
    this.root.append(this.row);
    this.root.style.height = `${headerHeight}px`;
    this.root.addEventListener('pointerdown', (event) => {
      this.onPointerDown(event);
    });
    this.root.addEventListener('dblclick', (event) => {
      const column = this.columnOf(event.target);
      if (column !== undefined && isHandle(event.target)) actions.onFit(column);
    });
  }

  draw(visible: { readonly start: number; readonly end: number }, left: number, selected: CellRange | undefined): void {
    this.first = visible.start;
    while (this.cells.length < visible.end - visible.start) this.addCell();
    for (const [index, cell] of this.cells.entries()) {
      const column = visible.start + index;
      const view = column < visible.end ? this.columns[column] : undefined;
      cell.root.hidden = view === undefined;
      if (!view) continue;
      cell.root.style.left = `${this.gutter + this.layout.offset(column) - left}px`;
      cell.root.style.width = `${this.layout.width(column)}px`;
      cell.root.setAttribute('aria-colindex', String(column + 2));
      const marked = selected !== undefined && column >= selected.startColumn && column < selected.endColumn;
      cell.root.classList.toggle('marked', marked);
      cell.root.classList.toggle('end', view.family === 'number');
      cell.root.classList.toggle('partition', view.partition);
      cell.root.title = `${view.name}: ${view.type}${view.nullable ? '' : ', never null'}${view.partition ? ', from the folder name' : ''}`;
      setText(cell.name, view.name);
      setText(cell.type, view.type);
    }
  }

  private addCell(): void {
    const name = element('span', { class: 'name' });
    const type = element('span', { class: 'type' });
    const handle = element('span', { class: 'handle', 'aria-hidden': 'true' });
    const root = element('div', { class: 'column', role: 'columnheader' }, name, type, handle);
    this.cells.push({ root, name, type });
    this.row.append(root);
  }

  private columnOf(target: EventTarget | null): number | undefined {
    const index = this.cells.findIndex(({ root }) => target instanceof Node && root.contains(target));
    return index < 0 ? undefined : this.first + index;
  }

  private onPointerDown(event: PointerEvent): void {
    const column = this.columnOf(event.target);
    if (column === undefined || event.button !== 0) return;
    if (!isHandle(event.target)) {
      this.actions.onSelectColumn(column, event.shiftKey);
      return;
    }
    event.preventDefault();
    const start = this.layout.width(column) - event.clientX;
    const move = (moved: PointerEvent): void => {
      this.actions.onResize(column, start + moved.clientX);
    };
    document.addEventListener('pointermove', move);
    const end = (): void => {
      document.removeEventListener('pointermove', move);
    };
    document.addEventListener('pointerup', end, { once: true });
    document.addEventListener('pointercancel', end, { once: true });
  }
}

function isHandle(target: EventTarget | null): boolean {
  return target instanceof Element && target.classList.contains('handle');
}

function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}
