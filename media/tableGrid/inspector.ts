// One value at leisure: the whole text of the active cell beside the grid.

import type { TableColumnView } from '../../shared/protocol/tableView';
import { element } from './element';
import type { CellPosition } from './gridSelection';

export interface InspectorOptions {
  readonly columns: readonly TableColumnView[];
  readonly fetch: (position: CellPosition) => Promise<string>;
  readonly onCopy: (position: CellPosition) => void;
  readonly onClose: () => void;
}

export class Inspector {
  readonly root = element('aside', { class: 'inspector', 'aria-label': 'Value' });
  private readonly title = element('h2');
  private readonly subtitle = element('p', { class: 'type' });
  private readonly value = element('pre', { tabindex: '0', 'aria-label': 'Value of the cell' });
  private position: CellPosition | undefined;

  constructor(private readonly options: InspectorOptions) {
    const copy = element('button', { type: 'button', class: 'quiet' }, 'Copy');
    const close = element('button', { type: 'button', class: 'quiet', 'aria-label': 'Close the value', title: 'Close (Escape)' }, '✕');
    copy.addEventListener('click', () => {
      if (this.position) options.onCopy(this.position);
    });
    close.addEventListener('click', options.onClose);
    this.root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') options.onClose();
    });
    const heading = element('div', { class: 'heading' }, this.title, this.subtitle);
    this.root.append(element('header', {}, heading, copy, close), this.value);
    this.root.hidden = true;
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  open(position: CellPosition): void {
    this.root.hidden = false;
    void this.show(position);
  }

  close(): void {
    this.root.hidden = true;
  }

  /** Another cell became active. */
  follow(position: CellPosition): void {
    if (this.isOpen) void this.show(position);
  }

  private async show(position: CellPosition): Promise<void> {
    const column = this.options.columns[position.column];
    if (!column) return;
    this.position = position;
    this.title.textContent = column.name;
    this.subtitle.textContent = `${column.type} · row ${(position.row + 1).toLocaleString('en')}`;
    this.value.classList.add('pending');
    let text: string;
    try {
      text = await this.options.fetch(position);
    } catch (error) {
      text = error instanceof Error ? error.message : String(error);
    }
    // Another cell may have been asked for in the meantime.
    if (this.position !== position) return;
    this.value.classList.remove('pending');
    this.value.textContent = text;
  }
}
