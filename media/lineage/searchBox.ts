// The field that finds a resource of the whole workspace, with a list of what it found below it.

import type { LineageGraph, LineageNode } from '../../shared/lineage/lineageGraph';
import { countOf, kindWords } from '../../shared/lineage/nodeText';
import { kindIconPaths } from '../../shared/lineage/kindIcons';
import { idText, searchNodes } from '../../shared/lineage/searchNodes';
import { element } from '../shared/element';
import { icon, iconOf } from '../shared/icon';

export interface SearchBoxOptions {
  readonly graph: () => LineageGraph;
  readonly onChoose: (id: string) => void;
  readonly onLeave: () => void;
  readonly announce: (text: string) => void;
}

const most = 40;

export class SearchBox {
  private readonly input = element('input', {
    type: 'search',
    role: 'combobox',
    'aria-label': 'Find a resource',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': 'found',
    placeholder: 'Find a resource',
    title: 'Find a resource (/)',
    spellcheck: 'false',
    autocomplete: 'off',
  });
  private readonly list = element('div', { class: 'found', id: 'found', role: 'listbox', 'aria-label': 'Found resources' });
  readonly root = element('div', { class: 'search', role: 'search' }, icon('search'), this.input, this.list);
  private found: readonly LineageNode[] = [];
  private chosen = 0;

  constructor(private readonly options: SearchBoxOptions) {
    this.list.hidden = true;
    this.input.addEventListener('input', () => {
      this.find();
    });
    this.input.addEventListener('focus', () => {
      this.find();
    });
    this.input.addEventListener('blur', () => {
      this.close();
    });
    this.input.addEventListener('keydown', (event) => {
      this.onKey(event);
    });
    // The field must keep the focus until the click is through.
    this.list.addEventListener('pointerdown', (event) => {
      event.preventDefault();
    });
    this.list.addEventListener('click', (event) => {
      const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=option]') : null;
      if (option) this.choose(Number(option.dataset['index']));
    });
  }

  focus(): void {
    this.input.focus();
    this.input.select();
  }

  private find(): void {
    const text = this.input.value;
    this.found = searchNodes(this.options.graph(), text, most);
    this.chosen = 0;
    if (text.trim() === '') {
      this.close();
      return;
    }
    const options = this.found.map((node, index) =>
      element(
        'div',
        { class: `found-item kind-${node.kind}`, role: 'option', id: `found-${index}`, 'data-index': String(index) },
        iconOf(kindIconPaths[node.kind], 'kind-icon'),
        element('span', { class: 'found-name' }, idText(node)),
        element('span', { class: 'found-kind' }, kindWords[node.kind]),
      ),
    );
    const none = element('div', { class: 'found-none', role: 'option', 'aria-disabled': 'true' }, 'Nothing found');
    this.list.replaceChildren(...(options.length === 0 ? [none] : options));
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
    this.mark();
    this.options.announce(this.found.length === 0 ? 'Nothing found.' : `${countOf(this.found.length, 'resource')} found.`);
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  private mark(): void {
    for (const [index, option] of [...this.list.querySelectorAll<HTMLElement>('.found-item')].entries()) {
      option.setAttribute('aria-selected', String(index === this.chosen));
      if (index === this.chosen) option.scrollIntoView({ block: 'nearest' });
    }
    if (this.found.length > 0) this.input.setAttribute('aria-activedescendant', `found-${this.chosen}`);
    else this.input.removeAttribute('aria-activedescendant');
  }

  private onKey(event: KeyboardEvent): void {
    const count = this.found.length;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (count > 0) this.chosen = (this.chosen + (event.key === 'ArrowDown' ? 1 : count - 1)) % count;
        this.mark();
        break;
      case 'Enter':
        this.choose(this.chosen);
        break;
      case 'Escape':
        this.input.value = '';
        this.close();
        this.options.onLeave();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  private choose(index: number): void {
    const node = this.found[index];
    if (!node) return;
    this.input.value = '';
    this.close();
    this.options.onChoose(node.id);
  }
}
