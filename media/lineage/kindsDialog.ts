// Which kinds of resources are shown.

import { kindIconPaths } from '../../shared/lineage/kindIcons';
import type { LineageKind } from '../../shared/lineage/lineageGraph';
import { kindWords } from '../../shared/lineage/nodeText';
import { button, element } from '../shared/element';
import { iconOf } from '../shared/icon';
import { showPopover } from '../shared/popover';

export interface KindsDialogOptions {
  /** Those that the graph has, with how many of each there are. */
  readonly kinds: ReadonlyMap<LineageKind, number>;
  readonly hidden: ReadonlySet<LineageKind>;
  readonly anchor: HTMLElement;
  readonly onChange: (hidden: ReadonlySet<LineageKind>) => void;
}

export function showKindsDialog({ kinds, hidden, anchor, onChange }: KindsDialogOptions): void {
  let current = hidden;
  const boxes = new Map<LineageKind, HTMLInputElement>();
  const change = (next: ReadonlySet<LineageKind>): void => {
    current = next;
    for (const [kind, box] of boxes) box.checked = !next.has(kind);
    onChange(next);
  };
  const rows = [...kinds].map(([kind, count]) => {
    const box = element('input', { type: 'checkbox', ...(boxes.size === 0 && { 'data-first': '' }) });
    box.checked = !hidden.has(kind);
    boxes.set(kind, box);
    box.addEventListener('change', () => {
      const next = new Set(current);
      if (box.checked) next.delete(kind);
      else next.add(kind);
      change(next);
    });
    return element(
      'label',
      { class: `kind-row kind-${kind}` },
      box,
      iconOf(kindIconPaths[kind], 'kind-icon'),
      element('span', { class: 'kind-name' }, kindWords[kind]),
      element('span', { class: 'kind-count' }, count.toLocaleString('en')),
    );
  });
  const buttons = element(
    'div',
    { class: 'buttons' },
    button('Show All', { class: 'secondary' }, () => {
      change(new Set());
    }),
  );
  showPopover('Kinds of resources', [element('div', { class: 'kinds' }, ...rows), buttons], anchor, anchor);
}
