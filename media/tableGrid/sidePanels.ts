// What stands beside the grid, one at a time: the value of the active cell, or the profile of its column.

import type { TableViewState } from '../../shared/protocol/tableView';
import type { TableQuery } from '../../shared/table/query/tableQuery';
import type { GridColumn } from './gridColumns';
import { Inspector } from './inspector';
import { ProfilePanel } from './profilePanel';
import type { TableHost } from './tableHost';

type PanelName = NonNullable<TableViewState['panel']>;

export interface ActiveCell {
  readonly column: GridColumn;
  /** Among the rows that are shown. */
  readonly row: number;
  /** Of the table, from zero; undefined while it is not known. */
  readonly number: number | undefined;
  /** The answer that the row is of. */
  readonly query: number | undefined;
}

export interface SidePanelsOptions {
  readonly host: TableHost;
  readonly active: () => ActiveCell | undefined;
  /** What the rows that are shown were chosen by. */
  readonly query: () => TableQuery | undefined;
  /** Copies the value that is shown. */
  readonly onCopy: () => void;
  readonly onFilter: (source: number, text: string) => void;
  /** One was opened or closed. */
  readonly onToggle: () => void;
}

export class SidePanels {
  readonly roots: readonly HTMLElement[];
  private readonly inspector: Inspector;
  private readonly profile: ProfilePanel;

  constructor(private readonly options: SidePanelsOptions) {
    const { host, onCopy, onFilter, query } = options;
    const onClose = (): void => {
      this.close();
    };
    this.inspector = new Inspector({ onCopy, onClose });
    this.profile = new ProfilePanel({
      fromFooters: (column) => host.ask('footerProfile', { column }),
      fromValues: (column, signal, onProgress) => host.ask('profile', { column, query: query() }, { signal, onProgress }),
      onFilter,
      onClose,
    });
    this.roots = [this.inspector.panel.root, this.profile.panel.root];
  }

  get open(): PanelName | undefined {
    if (this.inspector.panel.isOpen) return 'value';
    return this.profile.panel.isOpen ? 'profile' : undefined;
  }

  toggle(name: PanelName): void {
    if (this.open === name) this.close();
    else this.show(name);
  }

  show(name: PanelName): void {
    if (!this.options.active()) return;
    const [shown, other] = name === 'value' ? [this.inspector, this.profile] : [this.profile, this.inspector];
    other.panel.close();
    shown.panel.open();
    this.follow();
    this.options.onToggle();
  }

  close(): void {
    if (this.open === undefined) return;
    this.stop();
    this.inspector.panel.close();
    this.profile.panel.close();
    this.options.onToggle();
  }

  /** Another cell became active. */
  follow(): void {
    const active = this.options.active();
    if (!active) return;
    const { column, row, number, query } = active;
    if (this.open === 'profile') void this.profile.show(column);
    if (this.open !== 'value') return;
    const { host } = this.options;
    void this.inspector.show({
      column: column.view,
      number,
      fetch: (signal) => host.ask('document', { query, row, column: column.source }, { signal }),
    });
  }

  /** Other rows are shown. */
  reset(filtered: boolean): void {
    this.profile.reset(filtered);
    this.follow();
  }

  /** What is read of values is of no interest any more. */
  stop(): void {
    this.profile.stop();
  }
}
