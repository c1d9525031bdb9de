// How far a scan is, and the button that ends it.

import type { ScanProgress } from '../../shared/table/query/tableQuery';
import { button, element } from '../shared/element';

export class ScanStatus {
  readonly root: HTMLElement;
  private readonly bar: HTMLProgressElement;
  private readonly text: HTMLElement;

  /** @param label what is done, as in "Reading values" */
  constructor(
    private readonly label: string,
    onCancel: () => void,
  ) {
    this.bar = element('progress', { 'aria-label': label });
    this.text = element('span', { class: 'progress-text' }, `${label}…`);
    this.root = element('div', { class: 'scan' }, this.bar, this.text, button('Cancel', { class: 'secondary' }, onCancel));
  }

  show({ rowsScanned, rowsToScan, rowsFound }: ScanProgress): void {
    this.bar.max = Math.max(1, rowsToScan);
    this.bar.value = rowsScanned;
    const [scanned, all, found] = [rowsScanned, rowsToScan, rowsFound].map((count) => count.toLocaleString('en'));
    const result = rowsFound > 0 || this.label !== 'Reading values' ? `, ${found ?? ''} found` : '';
    this.text.textContent = `${scanned ?? ''} of ${all ?? ''} rows read${result}`;
  }
}
