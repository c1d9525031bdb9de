// The page: the table once it is open, and what stands in its place while there is nothing to show.

import type { TableView, TableViewState } from '../../shared/protocol/tableView';
import type { OpenProgress, RunChoice } from '../../shared/table/folderTable';
import { button, element } from '../shared/element';
import { OpeningNotice } from './openingNotice';
import { allRows } from './rowChoice';
import { choiceText } from './runPicker';
import { ShownTable } from './shownTable';
import type { TableHost } from './tableHost';

export interface TablePageOptions {
  readonly host: TableHost;
  readonly root: HTMLElement;
  readonly state: Partial<TableViewState> | undefined;
  readonly saveState: (state: TableViewState) => void;
}

const firstState: TableViewState = {
  run: 'newest',
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
  private opening: AbortController | undefined;

  constructor(private readonly options: TablePageOptions) {
    this.state = { ...firstState, ...options.state };
    options.host.on('changed', () => {
      void this.open('changed');
    });
    options.host.on('cost', (cost) => {
      this.shown?.statusBar.showCost(cost);
    });
  }

  /** Opens the table in the place of what is shown; an earlier opening that is still under way is given up. */
  async open(reason: 'first' | 'changed' | 'another run' = 'first'): Promise<void> {
    this.opening?.abort();
    const opening = new AbortController();
    this.opening = opening;
    const { shown } = this;
    const hadFocus = shown === undefined || shown.grid.root === document.activeElement;
    const notice = new OpeningNotice(() => {
      opening.abort();
      this.showProblem('This table is not open', 'Reading it was cancelled.');
    });
    // What is shown stays, with the news below it, while only its files have changed.
    const stays = shown !== undefined && reason === 'changed';
    if (shown === undefined) this.replace(notice.root);
    try {
      const onProgress = (progress: OpenProgress): void => {
        notice.show(progress);
        if (stays) shown.statusBar.announce('The file has changed and is read again…');
        else if (!notice.root.isConnected) this.replace(notice.root);
      };
      const view = await this.options.host.ask('open', { run: this.state.run }, { signal: opening.signal, onProgress });
      this.show(view);
      if (hadFocus || reason === 'another run') this.shown?.focus();
      if (reason === 'another run') this.shown?.statusBar.announce(`Shown: ${choiceText(view.runs, this.state.run)}.`);
      else if (stays) this.shown?.statusBar.announce('The file has changed and was read again.');
    } catch (error) {
      if (!opening.signal.aborted) this.showProblem('This table cannot be shown', error instanceof Error ? error.message : String(error));
    }
  }

  /** Shows another of the dated runs, from its first row, with the same columns and filters. */
  private async showRun(run: RunChoice): Promise<void> {
    this.state = { ...this.state, run, topRow: 0, active: { ...this.state.active, row: 0 } };
    this.options.saveState(this.state);
    await this.open('another run');
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
      onRun: (run) => {
        void this.showRun(run);
      },
    });
    this.replace(...this.shown.parts);
    this.shown.start();
  }

  private showProblem(title: string, reason: string): void {
    this.close();
    const retry = button('Try Again', {}, () => {
      void this.open();
    });
    const newest = button('Show the Newest Run', {}, () => {
      void this.showRun('newest');
    });
    if (this.state.run !== 'newest') retry.classList.add('secondary');
    const ways = this.state.run === 'newest' ? [retry] : [newest, retry];
    const buttons = element('div', { class: 'buttons' }, ...ways);
    this.replace(element('div', { class: 'notice', role: 'alert' }, element('h1', {}, title), element('p', {}, reason), buttons));
  }

  private close(): void {
    this.shown?.dispose();
    this.shown = undefined;
  }

  private replace(...children: readonly HTMLElement[]): void {
    this.options.root.replaceChildren(...children);
  }
}
