// The columns of the table as they are arranged now, and the ways to change that.

import type { ColumnChoice, TableColumnView } from '../../shared/protocol/tableView';
import {
  columnChoice,
  hideColumns,
  listedColumns,
  moveColumn,
  moveListed,
  pinColumn,
  restoreArrangement,
  showColumns,
  shownColumns,
  type ColumnArrangement,
} from './columnArrangement';
import { showColumnsDialog, type ListedColumn } from './columnsDialog';
import type { GridColumn } from './gridColumns';
import type { ColumnState } from './gridMenus';

export interface ArrangedColumnsOptions {
  readonly all: readonly TableColumnView[];
  readonly choice: ColumnChoice;
  readonly onChange: () => void;
  /** The user wants to see a column. */
  readonly onGoTo: (place: number) => void;
}

export class ArrangedColumns {
  /** Those that are shown, in the order in which they stand. */
  shown: readonly GridColumn[] = [];
  pinned = 0;
  private readonly names: readonly string[];
  private arrangement: ColumnArrangement;

  constructor(private readonly options: ArrangedColumnsOptions) {
    this.names = options.all.map(({ name }) => name);
    this.arrangement = restoreArrangement(this.names, options.choice);
    this.take(this.arrangement);
  }

  get choice(): ColumnChoice {
    return columnChoice(this.names, this.arrangement);
  }

  hide(place: number): void {
    const column = this.shown[place];
    if (column) this.change(hideColumns(this.arrangement, [column.source]));
  }

  pin(place: number, pinned: boolean): void {
    const column = this.shown[place];
    if (column) this.change(pinColumn(this.arrangement, column.source, pinned));
  }

  move(from: number, to: number): void {
    this.change(moveColumn(this.arrangement, from, to));
  }

  /** What a menu has to know of a column. */
  state(place: number): ColumnState | undefined {
    const column = this.shown[place];
    return (
      column && {
        view: column.view,
        pinned: this.arrangement.pinned.has(column.source),
        isFirst: place === 0,
        isLast: place === this.shown.length - 1,
        isOnly: this.shown.length === 1,
      }
    );
  }

  openDialog(anchor: HTMLElement, returnFocus: HTMLElement): void {
    showColumnsDialog({
      columns: () => this.listed(),
      place: anchor,
      returnFocus,
      onShow: (sources, shown) => {
        this.change(shown ? showColumns(this.arrangement, sources) : this.without(sources));
      },
      onPin: (source, pinned) => {
        this.change(pinColumn(this.arrangement, source, pinned));
      },
      onMove: (from, to) => {
        this.change(moveListed(this.arrangement, from, to));
      },
      onGoTo: (source) => {
        this.options.onGoTo(this.shown.findIndex((column) => column.source === source));
      },
    });
  }

  private listed(): readonly ListedColumn[] {
    const { hidden, pinned } = this.arrangement;
    return listedColumns(this.arrangement).flatMap((source) => {
      const view = this.options.all[source];
      return view ? [{ view, source, hidden: hidden.has(source), pinned: pinned.has(source) }] : [];
    });
  }

  /** Hides columns; where all would go, the first one stays. */
  private without(sources: readonly number[]): ColumnArrangement {
    const isAll = this.shown.every(({ source }) => sources.includes(source));
    return hideColumns(this.arrangement, isAll ? sources.filter((source) => source !== this.shown[0]?.source) : sources);
  }

  private change(arrangement: ColumnArrangement): void {
    this.take(arrangement);
    this.options.onChange();
  }

  private take(arrangement: ColumnArrangement): void {
    this.arrangement = arrangement;
    const { columns, pinned } = shownColumns(arrangement);
    this.pinned = pinned;
    this.shown = columns.flatMap((source) => {
      const view = this.options.all[source];
      return view ? [{ view, source }] : [];
    });
  }
}
