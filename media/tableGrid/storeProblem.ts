// The bar that tells why rows are missing.

import { button, element } from '../shared/element';
import type { RowStore } from './rowStore';

export function storeProblem(bar: HTMLElement, store: RowStore): void {
  const { problem } = store;
  bar.hidden = problem === undefined;
  if (problem === undefined) return;
  const retry = button('Try Again', { class: 'quiet' }, () => {
    bar.hidden = true;
    store.retry();
  });
  bar.replaceChildren(element('span', {}, `Rows could not be read: ${problem}`), retry);
}
