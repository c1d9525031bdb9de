// One value at leisure: the whole text of the active cell beside the grid.

import type { TableColumnView } from '../../shared/protocol/tableView';
import { element } from '../shared/element';
import { SidePanel } from './sidePanel';

/** A cell, as its reader and as its looker know it. */
export interface InspectedCell {
  readonly column: TableColumnView;
  /** Row of the table, from zero; undefined while it is not known. */
  readonly number: number | undefined;
  readonly fetch: (signal: AbortSignal) => Promise<string>;
}

export interface InspectorOptions {
  readonly onCopy: () => void;
  readonly onClose: () => void;
}

export class Inspector {
  readonly panel: SidePanel;
  private readonly value = element('pre', { tabindex: '0', 'aria-label': 'Value of the cell' });
  private controller = new AbortController();

  constructor({ onCopy, onClose }: InspectorOptions) {
    const copy = element('button', { type: 'button', class: 'quiet' }, 'Copy');
    copy.addEventListener('click', onCopy);
    this.panel = new SidePanel('Value', 'Close the value', [copy], this.value, onClose);
    this.panel.root.classList.add('inspector');
  }

  async show({ column, number, fetch }: InspectedCell): Promise<void> {
    this.controller.abort();
    const controller = (this.controller = new AbortController());
    const row = number === undefined ? '' : ` · row ${(number + 1).toLocaleString('en')}`;
    this.panel.setTitle(column.name, `${column.type}${row}`);
    this.value.classList.add('pending');
    let text: string;
    try {
      text = await fetch(controller.signal);
    } catch (error) {
      text = error instanceof Error ? error.message : String(error);
    }
    // Another cell may have been asked for in the meantime.
    if (controller.signal.aborted) return;
    this.value.classList.remove('pending');
    this.value.textContent = text;
  }
}
