// A table on the page: the bars around the grid, the grid, and what stands beside it, and what each of them does to the
// others.

import type { ColumnFilter, CopyFormat, QueryView, TableView, TableViewState } from '../../shared/protocol/tableView';
import type { RunChoice } from '../../shared/table/folderTable';
import { ArrangedColumns } from './arrangedColumns';
import { element } from '../shared/element';
import { showFilterDialog } from './filterDialog';
import { columnMarks, type GridColumn } from './gridColumns';
import type { GridCommand } from './gridKeys';
import { gridActions } from './gridActions';
import { cellMenu, columnMenu, copyMenu, exportMenu, type MenuActions } from './gridMenus';
import { showMenu } from '../shared/menu';
import type { Place } from '../shared/placement';
import { QueryBar } from './queryBar';
import { QueryRunner } from './queryRunner';
import { nextSort, rowsText } from './rowChoice';
import { RowStore } from './rowStore';
import { SidePanels, type ActiveCell } from './sidePanels';
import { storeProblem } from './storeProblem';
import { TableGrid } from './tableGrid';
import { copyCells } from './takeAway';
import type { TableHost } from './tableHost';
import { StatusBar, Toolbar } from './toolbar';

export interface ShownTableOptions {
  readonly host: TableHost;
  readonly view: TableView;
  readonly state: TableViewState;
  readonly saveState: (state: TableViewState) => void;
  readonly onRun: (run: RunChoice) => void;
}

export class ShownTable {
  readonly parts: readonly HTMLElement[];
  readonly grid: TableGrid;
  readonly statusBar = new StatusBar();
  private readonly names: readonly string[];
  private readonly toolbar: Toolbar;
  private readonly queryBar: QueryBar;
  private readonly runner: QueryRunner;
  private readonly side: SidePanels;
  private readonly problem = element('div', { class: 'problem', role: 'alert' });
  private readonly empty = element('p', { class: 'empty', role: 'status' });
  private readonly columns: ArrangedColumns;
  private readonly actions: MenuActions;
  private store: RowStore | undefined;
  private answer: QueryView | undefined;
  /** The place to come back to once the rows of an earlier life are there. */
  private waitingPlace: TableViewState | undefined;

  constructor(private readonly options: ShownTableOptions) {
    const { host, view, state } = options;
    this.names = view.columns.map(({ name }) => name);
    this.columns = new ArrangedColumns({
      all: view.columns,
      choice: state.columns,
      onChange: () => {
        this.arrange();
        this.save();
      },
      onGoTo: (place) => {
        this.grid.goToColumn(place);
        this.focus();
      },
    });
    this.waitingPlace = state;
    this.toolbar = new Toolbar({
      view,
      run: state.run,
      onRun: options.onRun,
      onSearch: (text) => {
        this.runner.change({ search: text });
      },
      onGoTo: (text) => {
        this.goToRow(text);
      },
      onColumns: (anchor) => {
        this.columns.openDialog(anchor, anchor);
      },
      onProfile: () => {
        this.side.toggle('profile');
      },
      onMore: (anchor) => {
        showMenu('More', [...copyMenu(this.actions), 'separator', ...exportMenu(this.actions)], anchor, anchor);
      },
      onLeave: () => {
        this.focus();
      },
    });
    this.queryBar = new QueryBar({
      columns: view.columns,
      onChange: (choice) => {
        this.runner.change(choice);
      },
      onEdit: (filter, anchor) => {
        this.editFilter(filter, anchor);
      },
      onCancel: () => {
        this.runner.cancel();
      },
      onFocusLost: () => {
        this.focus();
      },
    });
    this.runner = this.makeRunner();
    this.grid = this.makeGrid();
    this.side = new SidePanels({
      host,
      active: () => this.activeCell(),
      query: () => this.runner.query,
      onCopy: () => {
        const cell = this.activeCell();
        if (cell) void this.copyCells('tsv', cell.row, cell.row + 1, [cell.column]);
      },
      onFilter: (source, text) => {
        const column = view.columns[source]?.name;
        if (column !== undefined) this.runner.addFilter({ column, operator: '=', values: [text] });
      },
      onToggle: () => {
        this.toolbar.showProfile(this.side.open === 'profile');
        if (this.side.open === undefined) this.focus();
        this.save();
      },
    });
    this.actions = gridActions({
      host,
      grid: this.grid,
      columns: this.columns,
      runner: this.runner,
      side: this.side,
      announce: (text) => {
        this.statusBar.announce(text);
      },
      copy: (format) => {
        this.copy(format);
      },
      showColumns: () => {
        this.columns.openDialog(this.toolbar.columnsButton, this.grid.root);
      },
    });
    this.problem.hidden = true;
    const warnings = view.warnings.map((warning) => element('p', { class: 'warning', role: 'note' }, warning));
    const place = element('div', { class: 'place' }, this.grid.root, this.empty);
    const split = element('div', { class: 'split' }, place, ...this.side.roots);
    this.parts = [this.toolbar.root, ...warnings, this.queryBar.root, this.queryBar.problem, this.problem, split, this.statusBar.root];
  }

  /** To be called once its parts are on the page. */
  start(): void {
    const { state, view } = this.options;
    this.toolbar.showProfile(false);
    this.arrange();
    this.showStore(undefined, 0);
    this.runner.change(state.rows);
    if (state.panel !== undefined && view.rowCount > 0) this.side.toggle(state.panel);
  }

  focus(): void {
    this.grid.root.focus({ preventScroll: true });
  }

  dispose(): void {
    this.runner.stop();
    this.side.stop();
    this.store?.close();
    this.grid.dispose();
  }

  private makeRunner(): QueryRunner {
    return new QueryRunner({
      host: this.options.host,
      names: this.names,
      onStart: () => {
        this.queryBar.start(this.runner.choice);
        this.showChoice();
        this.statusBar.announce('Reading rows…');
      },
      onProgress: (progress) => {
        this.queryBar.progress(progress);
      },
      onDone: (answer) => {
        this.queryBar.end(this.runner.choice);
        this.showChoice();
        this.showAnswer(answer);
      },
      onCancel: () => {
        this.endUnchanged();
        this.statusBar.announce('Cancelled: the rows are shown as before.');
      },
      onFail: (reason, choice) => {
        this.endUnchanged();
        this.queryBar.fail(reason, () => {
          this.runner.change(choice);
        });
      },
    });
  }

  private makeGrid(): TableGrid {
    const { view, state } = this.options;
    return new TableGrid({
      label: view.name,
      rowCount: view.rowCount,
      widths: new Map(Object.entries(state.widths)),
      fitted: new Map(Object.entries(state.fitted)),
      events: {
        onSelect: () => {
          this.side.follow();
          this.save();
        },
        onArrange: () => {
          this.save();
        },
        onCommand: (command) => {
          this.perform(command);
        },
        onSort: (place, add) => {
          const column = this.columns.shown[place]?.view.name;
          if (column !== undefined) this.runner.change({ sort: nextSort(this.runner.choice.sort, column, add) });
        },
        onMove: (from, to) => {
          this.columns.move(from, to);
        },
        onColumnMenu: (place, anchor) => {
          this.grid.goToColumn(place);
          this.openColumnMenu(anchor);
        },
        onContextMenu: (at) => {
          this.openCellMenu(at);
        },
      },
    });
  }

  private perform(command: GridCommand): void {
    switch (command) {
      case 'inspect':
        this.side.toggle('value');
        return;
      case 'profile':
        this.side.toggle('profile');
        return;
      case 'copy':
        this.copy('tsv');
        return;
      case 'copyAs':
        showMenu('Copy', copyMenu(this.actions), this.grid.anchor('cell'), this.grid.root);
        return;
      case 'search':
      case 'goToRow':
        this.toolbar.focus(command === 'search' ? 'search' : 'row');
        return;
      case 'columns':
        this.columns.openDialog(this.toolbar.columnsButton, this.grid.root);
        return;
      case 'columnMenu':
        this.openColumnMenu(this.grid.anchor('header'));
        return;
      case 'contextMenu':
        this.openCellMenu(this.grid.anchor('cell'));
        return;
      case 'wider':
      case 'narrower':
        this.grid.widen(command === 'wider' ? 16 : -16);
        return;
      case 'moveLeft':
      case 'moveRight':
        this.actions.move(command === 'moveLeft' ? -1 : 1);
        return;
      case 'leave':
        if (this.runner.isRunning) this.runner.cancel();
        else this.side.close();
    }
  }

  private editFilter(filter: ColumnFilter, anchor: HTMLElement): void {
    const column = this.options.view.columns.find(({ name }) => name === filter.column);
    if (!column) return;
    const replace = (...by: readonly ColumnFilter[]): void => {
      const { choice } = this.runner;
      this.runner.change({ filters: choice.filters.flatMap((one) => (one === filter ? by : [one])) });
    };
    showFilterDialog({ column, filter, place: anchor, returnFocus: this.grid.root, onApply: replace, onRemove: replace });
  }

  /** The scan ended without an answer: rows and choice are as before. */
  private endUnchanged(): void {
    this.queryBar.end(this.runner.choice);
    this.showChoice();
    // The first rows of a table that comes back were never shown.
    if (this.waitingPlace) this.showAnswer(undefined);
  }

  private showAnswer(answer: QueryView | undefined): void {
    const { view } = this.options;
    const count = answer?.rowCount ?? view.rowCount;
    const isFiltered = this.runner.query?.where !== undefined;
    this.answer = answer;
    this.showStore(answer, count);
    const place = this.waitingPlace;
    this.waitingPlace = undefined;
    if (place) this.grid.restore(place.topRow, place.left, place.active);
    this.toolbar.showRows(count, isFiltered);
    this.empty.hidden = count > 0;
    this.empty.textContent = view.rowCount === 0 ? 'This table has columns but no rows.' : 'No row matches all filters.';
    if (!place || answer) this.statusBar.announce(rowsText(count, view.rowCount, this.runner.query));
    this.side.reset(isFiltered);
    this.save();
  }

  private showStore(answer: QueryView | undefined, count: number): void {
    const { host } = this.options;
    this.store?.close();
    const store: RowStore = new RowStore({
      rowCount: count,
      numbered: answer !== undefined,
      fetch: (params, signal) => host.ask('rows', { query: answer?.id, ...params }, { signal }),
      onChange: () => {
        storeProblem(this.problem, store);
        this.grid.drawSoon();
      },
    });
    this.store = store;
    this.problem.hidden = true;
    this.empty.hidden = true;
    this.grid.showRows({ count, store });
  }

  /** In the header and in the search field. */
  private showChoice(): void {
    const { choice } = this.runner;
    this.grid.showMarks(columnMarks(this.names, choice));
    this.toolbar.showSearch(choice.search);
  }

  private arrange(): void {
    const { shown, pinned } = this.columns;
    this.grid.showColumns(shown, pinned);
    this.toolbar.showColumns(shown.length);
    this.side.follow();
  }

  private openColumnMenu(anchor: HTMLElement): void {
    const state = this.columns.state(this.grid.active.column);
    if (!state) return;
    showMenu(`Column ${state.view.name}`, columnMenu(state, this.runner.choice, this.actions), anchor, this.grid.root);
  }

  private openCellMenu(place: Place): void {
    const cell = this.activeCell();
    if (!cell || this.grid.rowCount === 0) return;
    const value = this.store?.cell(cell.row, cell.column.source);
    showMenu('Cell', cellMenu(cell.column.view, value, this.actions), place, this.grid.root);
  }

  private activeCell(): ActiveCell | undefined {
    const { row, column: place } = this.grid.active;
    const column = this.columns.shown[place];
    return column && { column, row, number: this.store?.number(row), query: this.answer?.id };
  }

  private goToRow(text: string): void {
    const wanted = Number(text.replace(/[\s,._]/g, ''));
    const { rowCount } = this.grid;
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > rowCount) {
      this.statusBar.announce(`There is no row ${text}: rows go from 1 to ${rowCount.toLocaleString('en')}.`);
      return;
    }
    this.grid.goToRow(wanted - 1);
    this.focus();
  }

  private copy(format: CopyFormat): void {
    const { startRow, endRow, startColumn, endColumn } = this.grid.range;
    void this.copyCells(format, startRow, endRow, this.columns.shown.slice(startColumn, endColumn));
  }

  private async copyCells(format: CopyFormat, start: number, end: number, columns: readonly GridColumn[]): Promise<void> {
    const cells = { query: this.answer?.id, start, end, columns: columns.map(({ source }) => source) };
    this.statusBar.announce(await copyCells(this.options.host, cells, format));
  }

  private save(): void {
    // What is not shown yet is not forgotten.
    if (this.waitingPlace) return;
    this.options.saveState({
      run: this.options.state.run,
      widths: Object.fromEntries(this.grid.widths),
      fitted: Object.fromEntries(this.grid.fitted),
      columns: this.columns.choice,
      rows: this.runner.applied,
      topRow: this.grid.topRow,
      left: this.grid.left,
      active: this.grid.active,
      panel: this.side.open,
    });
  }
}
