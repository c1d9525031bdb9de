// What is known of the values of the active column: at once from the statistics of the files, on demand from all values.

import type { ProfileView, TableColumnView } from '../../shared/protocol/tableView';
import type { ScanProgress } from '../../shared/table/query/tableQuery';
import { button, element } from '../shared/element';
import { profileContent } from './profileContent';
import { ScanStatus } from './scanStatus';
import { SidePanel } from './sidePanel';

export interface ProfiledColumn {
  readonly source: number;
  readonly view: TableColumnView;
}

export interface ProfilePanelOptions {
  readonly fromFooters: (column: number) => Promise<ProfileView>;
  readonly fromValues: (column: number, signal: AbortSignal, onProgress: (progress: ScanProgress) => void) => Promise<ProfileView>;
  readonly onFilter: (column: number, text: string) => void;
  readonly onClose: () => void;
}

export class ProfilePanel {
  readonly panel: SidePanel;
  private readonly body = element('div', { class: 'profile', tabindex: '0', role: 'region', 'aria-label': 'Profile of the column' });
  /** By column, until other rows are shown. */
  private readonly known = new Map<number, ProfileView>();
  private column: ProfiledColumn | undefined;
  private reading: { readonly column: number; readonly controller: AbortController; readonly status: ScanStatus } | undefined;
  private problem: string | undefined;
  /** Whether only some of the rows are shown: the statistics of the files are of all of them. */
  private filtered = false;

  constructor(private readonly options: ProfilePanelOptions) {
    this.panel = new SidePanel('Profile', 'Close the profile', [], this.body, options.onClose);
  }

  /** Other rows are shown: what was read of values is not of them. */
  reset(filtered: boolean): void {
    this.filtered = filtered;
    this.known.clear();
    this.stop();
    if (this.column && this.panel.isOpen) void this.show(this.column);
  }

  stop(): void {
    this.reading?.controller.abort();
    this.reading = undefined;
  }

  async show(column: ProfiledColumn): Promise<void> {
    const isOther = this.column?.source !== column.source;
    this.column = column;
    this.panel.setTitle(column.view.name, column.view.type);
    if (isOther) this.problem = undefined;
    if (!this.known.has(column.source)) {
      if (isOther) this.body.replaceChildren(element('p', { class: 'quiet-text' }, 'Reading statistics…'));
      try {
        const profile = await this.options.fromFooters(column.source);
        if (!this.known.has(column.source)) this.known.set(column.source, profile);
      } catch (error) {
        this.problem = error instanceof Error ? error.message : String(error);
      }
    }
    if (this.column === column) this.draw(column);
  }

  private draw(column: ProfiledColumn): void {
    const profile = this.known.get(column.source);
    const parts: HTMLElement[] = [];
    if (profile) parts.push(element('p', { class: 'basis' }, this.basis(profile)));
    if (this.reading?.column === column.source) parts.push(this.reading.status.root);
    else if (profile?.source !== 'values') {
      const text = this.filtered ? 'Read the Values of These Rows' : 'Read All Values';
      parts.push(
        button(text, { class: 'secondary' }, () => {
          void this.read(column);
        }),
      );
    }
    if (this.problem !== undefined)
      parts.push(element('p', { class: 'mistake', role: 'alert' }, `The values could not be read: ${this.problem}`));
    if (profile) {
      parts.push(
        ...profileContent(profile, column.view, (text) => {
          this.options.onFilter(column.source, text);
        }),
      );
    }
    this.body.replaceChildren(...parts);
  }

  private basis({ source, rows }: ProfileView): string {
    const count = `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;
    if (source === 'values') return this.filtered ? `Read from the values of the ${count} shown.` : `Read from the values of all ${count}.`;
    const ofAll = this.filtered ? `all ${count}, not only those shown` : `all ${count}`;
    return `From the statistics of the files, for ${ofAll}; no values were read.`;
  }

  private async read(column: ProfiledColumn): Promise<void> {
    this.stop();
    this.problem = undefined;
    const controller = new AbortController();
    const status = new ScanStatus('Reading values', () => {
      controller.abort();
    });
    const reading = (this.reading = { column: column.source, controller, status });
    this.draw(column);
    status.root.querySelector('button')?.focus();
    try {
      const profile = await this.options.fromValues(column.source, controller.signal, (progress) => {
        status.show(progress);
      });
      this.known.set(column.source, profile);
    } catch (error) {
      if (!controller.signal.aborted && this.column === column) this.problem = error instanceof Error ? error.message : String(error);
    }
    const hadFocus = status.root.contains(document.activeElement);
    if (this.reading === reading) this.reading = undefined;
    if (this.column?.source === column.source) this.draw(this.column);
    if (hadFocus) this.body.focus();
  }
}
