// The list form: the same graph as a tree that is read line by line.

import { kindIconPaths } from '../../shared/lineage/kindIcons';
import type { LineageIndex } from '../../shared/lineage/lineageIndex';
import { element } from '../shared/element';
import { icon, iconOf } from '../shared/icon';
import type { Point } from './viewport';
import { treeRows, treeTitle, type TreeRow } from './lineageTree';

export interface ListViewOptions {
  readonly onActive: (id: string | undefined) => void;
  readonly onOpen: (id: string, how: { readonly beside: boolean; readonly keepFocus: boolean }) => void;
  readonly onMenu: (id: string, place: HTMLElement | Point, returnFocus: HTMLElement) => void;
  readonly onKey: (event: KeyboardEvent, active: string | undefined) => boolean;
}

export class ListView {
  readonly root = element('div', { class: 'tree', role: 'tree' });
  private readonly toggled = new Set<string>();
  private question: { readonly index: LineageIndex; readonly focus: string | undefined } | undefined;
  private rows: readonly TreeRow[] = [];
  private elements: readonly HTMLElement[] = [];
  private activeKey: string | undefined;

  constructor(private readonly options: ListViewOptions) {
    this.root.addEventListener('keydown', (event) => {
      if (this.onKey(event)) event.preventDefault();
    });
    this.root.addEventListener('click', (event) => {
      this.onClick(event);
    });
    this.root.addEventListener('contextmenu', (event) => {
      const at = this.rowAt(event);
      const [row, target] = [this.rows[at], this.elements[at]];
      event.preventDefault();
      if (!row?.node || !target) return;
      this.activate(at);
      this.options.onMenu(row.node.id, event.button === 2 ? { x: event.clientX, y: event.clientY } : target, target);
    });
  }

  /** @param index of the whole graph, without what is filtered out */
  show(index: LineageIndex, focus: string | undefined): void {
    if (this.question?.focus !== focus) this.activeKey = undefined;
    this.question = { index, focus };
    this.root.setAttribute('aria-label', treeTitle(index, focus));
    this.draw();
  }

  focus(): void {
    this.elements[this.activeAt()]?.focus();
  }

  private draw(): void {
    if (!this.question) return;
    const hadFocus = this.root.contains(document.activeElement);
    this.rows = treeRows({ ...this.question, toggled: this.toggled });
    const active = this.activeAt();
    this.elements = this.rows.map((row, at) => this.rowElement(row, at === active));
    this.root.replaceChildren(...this.elements);
    if (hadFocus) this.focus();
  }

  private rowElement({ key, level, node, text, detail, isOpen, position, size }: TreeRow, isActive: boolean): HTMLElement {
    const root = element(
      'div',
      {
        class: node ? `tree-item kind-${node.kind}` : 'tree-item tree-side',
        role: 'treeitem',
        tabindex: isActive ? '0' : '-1',
        'aria-level': String(level),
        'aria-posinset': String(position),
        'aria-setsize': String(size),
        ...(isOpen !== undefined && { 'aria-expanded': String(isOpen) }),
        ...(node && node.id === this.question?.focus && level === 1 && { 'aria-current': 'true' }),
        'data-key': key,
      },
      element('span', { class: `twist${isOpen === undefined ? ' none' : ''}` }, icon('menu')),
      ...(node ? [iconOf(kindIconPaths[node.kind], 'kind-icon')] : []),
      element('span', { class: 'tree-name' }, text),
      // Between the two when they are read aloud.
      ' ',
      element('span', { class: 'tree-detail' }, detail),
    );
    root.style.setProperty('--level', String(level));
    if (node && node.errors > 0) root.classList.add('has-errors');
    else if (node && node.warnings > 0) root.classList.add('has-warnings');
    return root;
  }

  private activeAt(): number {
    return Math.max(
      0,
      this.rows.findIndex(({ key }) => key === this.activeKey),
    );
  }

  private activate(at: number): void {
    const [row, target] = [this.rows[at], this.elements[at]];
    if (!row || !target) return;
    this.elements[this.activeAt()]?.setAttribute('tabindex', '-1');
    this.activeKey = row.key;
    target.tabIndex = 0;
    target.focus();
    this.options.onActive(row.node?.id);
  }

  private toggle(at: number, isOpen: boolean): void {
    const row = this.rows[at];
    if (row?.isOpen === undefined || row.isOpen === isOpen) return;
    if (this.toggled.has(row.key)) this.toggled.delete(row.key);
    else this.toggled.add(row.key);
    this.draw();
  }

  private rowAt(event: Event): number {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('.tree-item') : null;
    return target ? this.elements.indexOf(target) : -1;
  }

  private onClick(event: MouseEvent): void {
    const at = this.rowAt(event);
    const row = this.rows[at];
    if (!row) return;
    this.activate(at);
    const onTwist = event.target instanceof Element && event.target.closest('.twist') !== null;
    if (onTwist || !row.node) this.toggle(at, row.isOpen !== true);
    else this.options.onOpen(row.node.id, { beside: event.ctrlKey || event.metaKey, keepFocus: event.detail < 2 });
  }

  private onKey(event: KeyboardEvent): boolean {
    const at = this.activeAt();
    const row = this.rows[at];
    if (!row) return false;
    switch (event.key) {
      case 'ArrowDown':
        this.activate(Math.min(at + 1, this.rows.length - 1));
        return true;
      case 'ArrowUp':
        this.activate(Math.max(0, at - 1));
        return true;
      case 'Home':
        this.activate(0);
        return true;
      case 'End':
        this.activate(this.rows.length - 1);
        return true;
      case 'ArrowRight':
        if (row.isOpen === false) this.toggle(at, true);
        else if (row.isOpen === true) this.activate(at + 1);
        return true;
      case 'ArrowLeft':
        if (row.isOpen === true) this.toggle(at, false);
        else this.activate(this.rows.findLastIndex(({ level }, index) => index < at && level < row.level));
        return true;
      default:
        return this.options.onKey(event, row.node?.id);
    }
  }
}
