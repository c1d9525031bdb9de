// The page: the table once it is open, and what stands in its place while there is nothing to show.

import type { TableView, TableViewState } from '../../shared/protocol/tableView';
import { button, element } from './element';
import { allRows } from './rowChoice';
import { ShownTable } from './shownTable';
import type { TableHost } from './tableHost';

export interface TablePageOptions {
  readonly host: TableHost;
  readonly root: HTMLElement;
  readonly state: Partial<TableViewState> | undefined;
  readonly saveState: (state: TableViewState) => void;
}

const firstState: TableViewState = {
  widths: {},
  fitted: {},
  columns: { order: [], hidden: [], pinned: [] },
  rows: allRows,
  topRow: 0,
  left: 0,
  active: { row: 0, column: 0 },
  panel: undefined,
};

export class TablePage {
  private state: TableViewState;
  private shown: ShownTable | undefined;

  constructor(private readonly options: TablePageOptions) {
    this.state = { ...firstState, ...options.state };
    options.host.on('changed', () => {
      void this.open();
    });
    options.host.on('cost', (cost) => {
      this.shown?.statusBar.showCost(cost);
    });
  }

  async open(): Promise<void> {
    const again = this.shown !== undefined;
    const hadFocus = this.shown?.grid.root === document.activeElement;
    if (!again) this.replace(element('div', { class: 'notice', role: 'status' }, element('p', {}, 'Reading the table…')));
    try {
      this.show(await this.options.host.ask('open', null));
      if (hadFocus || !again) this.shown?.focus();
      if (again) this.shown?.statusBar.announce('The file has changed and was read again.');
    } catch (error) {
      this.showProblem(error instanceof Error ? error.message : String(error));
    }
  }

  private show(view: TableView): void {
    this.close();
    const { host, saveState } = this.options;
    this.shown = new ShownTable({
      host,
      view,
      state: this.state,
      saveState: (state) => {
        this.state = state;
        saveState(state);
      },
    });
    this.replace(...this.shown.parts);
    this.shown.start();
  }

  private showProblem(reason: string): void {
    this.close();
    const retry = button('Try Again', {}, () => {
      void this.open();
    });
    const title = element('h1', {}, 'This table cannot be shown');
    this.replace(element('div', { class: 'notice', role: 'alert' }, title, element('p', {}, reason), retry));
  }

  private close(): void {
    this.shown?.dispose();
    this.shown = undefined;
  }

  private replace(...children: readonly HTMLElement[]): void {
    this.options.root.replaceChildren(...children);
  }
}
