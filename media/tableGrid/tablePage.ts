// The page around the grid: facts above it, the inspector beside it, and what stands in its place when there is nothing
// to show.

import type { CellRange, TableView, TableViewEvents, TableViewMethods, TableViewState } from '../../shared/protocol/tableView';
import type { HostClient } from '../../shared/protocol/webviewRpc';
import { element } from './element';
import { Inspector } from './inspector';
import { RowStore } from './rowStore';
import { TableGrid } from './tableGrid';

export interface TablePageOptions {
  readonly host: HostClient<TableViewMethods, TableViewEvents>;
  readonly root: HTMLElement;
  readonly state: TableViewState | undefined;
  readonly saveState: (state: TableViewState) => void;
}

export class TablePage {
  private state: TableViewState;
  private shown: { readonly grid: TableGrid; readonly store: RowStore; readonly inspector: Inspector } | undefined;
  /** Says aloud what happened without moving the focus. */
  private readonly news = element('p', { class: 'news', role: 'status' });

  constructor(private readonly options: TablePageOptions) {
    this.state = options.state ?? { widths: {}, topRow: 0, left: 0, active: { row: 0, column: 0 }, inspecting: false };
    options.host.on('changed', () => {
      void this.open();
    });
  }

  async open(): Promise<void> {
    const { host } = this.options;
    const again = this.shown !== undefined;
    const hadFocus = this.shown?.grid.root === document.activeElement;
    if (!again) this.replace(element('div', { class: 'notice', role: 'status' }, element('p', {}, 'Reading the table…')));
    try {
      const view = await host.ask('open', null);
      this.show(view);
      if (hadFocus || !again) this.shown?.grid.root.focus({ preventScroll: true });
      if (again) this.announce('The file has changed and was read again.');
    } catch (error) {
      this.showProblem(error instanceof Error ? error.message : String(error));
    }
  }

  private show(view: TableView): void {
    const { host } = this.options;
    this.close();
    const problem = element('div', { class: 'problem', role: 'alert' });
    problem.hidden = true;
    const store = new RowStore({
      rowCount: view.rowCount,
      columnCount: view.columns.length,
      fetch: (params) => host.ask('rows', params),
      onChange: () => {
        showStoreProblem(problem, store);
        grid.draw();
      },
    });
    const inspector = new Inspector({
      columns: view.columns,
      fetch: (position) => host.ask('document', position),
      onCopy: ({ row, column }) => {
        void this.copy({ startRow: row, endRow: row + 1, startColumn: column, endColumn: column + 1 });
      },
      onClose: () => {
        inspector.close();
        grid.root.focus({ preventScroll: true });
        this.save();
      },
    });
    const grid = new TableGrid({
      view,
      store,
      widths: new Map(Object.entries(this.state.widths)),
      onSelect: ({ active }) => {
        inspector.follow(active);
        this.save();
      },
      onInspect: () => {
        if (view.rowCount === 0) return;
        if (inspector.isOpen) inspector.close();
        else inspector.open(grid.active);
        this.save();
      },
      onCopy: (range) => {
        void this.copy(range);
      },
      onArrange: () => {
        this.save();
      },
    });
    grid.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !inspector.isOpen) return;
      inspector.close();
      this.save();
    });
    const place = element('div', { class: 'place' }, grid.root);
    if (view.rowCount === 0) place.append(element('p', { class: 'empty', role: 'status' }, 'This table has columns but no rows.'));
    this.replace(this.toolbar(view, grid), ...warningBars(view), problem, element('div', { class: 'split' }, place, inspector.root));
    this.shown = { grid, store, inspector };
    const { topRow, left, active, inspecting } = this.state;
    grid.restore(topRow, left, active);
    if (inspecting && view.rowCount > 0) inspector.open(grid.active);
  }

  private toolbar({ name, rowCount, columns, facts }: TableView, grid: TableGrid): HTMLElement {
    const count = (number: number, word: string): HTMLElement =>
      element('span', {}, element('strong', {}, number.toLocaleString('en')), ` ${word}${number === 1 ? '' : 's'}`);
    const row = element('input', { type: 'text', inputmode: 'numeric', 'aria-label': 'Go to row', placeholder: 'Go to row', size: '10' });
    const form = element('form', { role: 'search', 'aria-label': 'Rows' }, row);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const wanted = Number(row.value.replace(/[\s,._]/g, ''));
      if (!Number.isInteger(wanted) || wanted < 1 || wanted > rowCount) {
        this.announce(`There is no row ${row.value}: rows go from 1 to ${rowCount.toLocaleString('en')}.`);
        return;
      }
      grid.goToRow(wanted - 1);
      grid.root.focus({ preventScroll: true });
    });
    form.hidden = rowCount === 0;
    const details = facts.map((fact) => element('span', { class: 'fact' }, fact));
    return element(
      'div',
      { class: 'toolbar' },
      element('h1', { class: 'hidden-heading' }, name),
      element('div', { class: 'facts' }, count(rowCount, 'row'), count(columns.length, 'column'), ...details),
      this.news,
      form,
    );
  }

  private async copy(range: CellRange): Promise<void> {
    try {
      const { cells } = await this.options.host.ask('copy', range);
      this.announce(cells === 1 ? '1 cell copied.' : `${cells.toLocaleString('en')} cells copied.`);
    } catch (error) {
      this.announce(`Not copied: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }

  private announce(text: string): void {
    this.news.textContent = text;
  }

  private showProblem(reason: string): void {
    this.close();
    const retry = element('button', { type: 'button' }, 'Try Again');
    retry.addEventListener('click', () => {
      void this.open();
    });
    const title = element('h1', {}, 'This table cannot be shown');
    this.replace(element('div', { class: 'notice', role: 'alert' }, title, element('p', {}, reason), retry));
  }

  private close(): void {
    this.shown?.store.close();
    this.shown?.grid.dispose();
    this.shown = undefined;
  }

  private replace(...children: readonly HTMLElement[]): void {
    this.options.root.replaceChildren(...children);
  }

  private save(): void {
    if (!this.shown) return;
    const { grid, inspector } = this.shown;
    this.state = {
      widths: Object.fromEntries(grid.widths),
      topRow: grid.topRow,
      left: grid.left,
      active: grid.active,
      inspecting: inspector.isOpen,
    };
    this.options.saveState(this.state);
  }
}

function warningBars({ warnings }: TableView): readonly HTMLElement[] {
  return warnings.map((warning) => element('p', { class: 'warning', role: 'note' }, warning));
}

function showStoreProblem(bar: HTMLElement, store: RowStore): void {
  const { problem } = store;
  bar.hidden = problem === undefined;
  if (problem === undefined) return;
  const retry = element('button', { type: 'button', class: 'quiet' }, 'Try Again');
  retry.addEventListener('click', () => {
    bar.hidden = true;
    store.retry();
  });
  bar.replaceChildren(element('span', {}, `Rows could not be read: ${problem}`), retry);
}
