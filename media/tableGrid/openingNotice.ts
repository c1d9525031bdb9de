// What stands in the place of a table while it is opened: how far that is, and the button that ends it.

import { formatBytes, formatEstimate } from '../../shared/formatAmounts';
import type { OpenProgress } from '../../shared/table/folderTable';
import { button, element } from '../shared/element';

export class OpeningNotice {
  readonly root: HTMLElement;
  private readonly bar = element('progress', { 'aria-label': 'Reading the table' });
  /** Not said aloud: it changes many times a second. */
  private readonly details = element('p', { class: 'details' });

  constructor(onCancel: () => void) {
    const title = element('div', { role: 'status' }, element('h1', {}, 'Reading the table…'));
    this.root = element(
      'div',
      { class: 'notice opening' },
      title,
      this.bar,
      this.details,
      button('Cancel', { class: 'secondary' }, onCancel),
    );
  }

  show(progress: OpenProgress): void {
    const { done, all } = amounts(progress);
    this.bar.max = Math.max(1, all);
    this.bar.value = done;
    this.details.textContent = openingText(progress);
  }
}

/** `120 of 1,000 files opened, about 2,400,000 rows in all`, or `1.23 GB of 2.40 GB read`. */
function openingText({ partsOpened, parts, bytes, estimatedRows }: OpenProgress): string {
  if (bytes) return `${formatBytes(bytes.read)} of ${formatBytes(bytes.all)} read`;
  const opened = `${partsOpened.toLocaleString('en')} of ${parts.toLocaleString('en')} ${parts === 1 ? 'file' : 'files'} opened`;
  return estimatedRows === undefined ? opened : `${opened}, about ${formatEstimate(estimatedRows)} rows in all`;
}

function amounts({ partsOpened, parts, bytes }: OpenProgress): { readonly done: number; readonly all: number } {
  return bytes ? { done: bytes.read, all: bytes.all } : { done: partsOpened, all: parts };
}
