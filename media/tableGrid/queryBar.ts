// Above the grid: what the rows are chosen by, each to be changed or taken back, and how far a scan is.

import type { ColumnFilter, RowChoice, TableColumnView } from '../../shared/protocol/tableView';
import type { ScanProgress } from '../../shared/table/query/tableQuery';
import { button, element } from '../shared/element';
import { icon } from '../shared/icon';
import { allRows, filterText, isWholeTable } from './rowChoice';
import { ScanStatus } from './scanStatus';

export interface QueryBarOptions {
  readonly columns: readonly TableColumnView[];
  readonly onChange: (choice: RowChoice) => void;
  readonly onEdit: (filter: ColumnFilter, anchor: HTMLElement) => void;
  readonly onCancel: () => void;
  /** The focus was on something that is no more. */
  readonly onFocusLost: () => void;
}

export class QueryBar {
  readonly root = element('section', { class: 'query-bar', 'aria-label': 'Filters and sorting' });
  readonly problem = element('div', { class: 'problem', role: 'alert' });
  private readonly chips = element('ul', { class: 'chips' });
  private status: ScanStatus | undefined;
  private choice: RowChoice = allRows;

  constructor(private readonly options: QueryBarOptions) {
    this.problem.hidden = true;
    this.root.append(this.chips);
    this.draw();
  }

  show(choice: RowChoice): void {
    this.choice = choice;
    this.draw();
  }

  /** A scan began: with its choice shown, as it is what will be. */
  start(choice: RowChoice): void {
    this.problem.hidden = true;
    this.status?.root.remove();
    this.status = new ScanStatus('Reading rows', this.options.onCancel);
    this.root.append(this.status.root);
    this.show(choice);
  }

  progress(progress: ScanProgress): void {
    this.status?.show(progress);
  }

  end(choice: RowChoice): void {
    const hadFocus = this.status?.root.contains(document.activeElement) === true;
    this.status?.root.remove();
    this.status = undefined;
    this.show(choice);
    if (hadFocus) this.options.onFocusLost();
  }

  fail(reason: string, retry: () => void): void {
    const dismiss = button(icon('close'), { class: 'quiet icon-button', 'aria-label': 'Dismiss' }, () => {
      this.problem.hidden = true;
      this.options.onFocusLost();
    });
    const again = button('Try Again', { class: 'quiet' }, () => {
      this.problem.hidden = true;
      this.options.onFocusLost();
      retry();
    });
    const text = element('span', {}, `The rows are shown as before, because this could not be done: ${reason}`);
    this.problem.replaceChildren(text, element('span', { class: 'actions' }, again, dismiss));
    this.problem.hidden = false;
  }

  private draw(): void {
    const { filters, search, sort } = this.choice;
    const hadFocus = this.chips.contains(document.activeElement);
    const chips = filters.map((filter) => this.filterChip(filter));
    if (search !== '')
      chips.push(this.chip('search', `any column contains “${search}”`, 'Remove the search', { ...this.choice, search: '' }));
    for (const [index, key] of sort.entries()) {
      const arrow = key.descending ? '↓' : '↑';
      const label = `${sort.length > 1 ? `${index + 1}. ` : ''}${key.column} ${arrow}`;
      const without = { ...this.choice, sort: sort.filter((other) => other !== key) };
      chips.push(this.chip('sort', label, `Do not sort by ${key.column}`, without));
    }
    this.chips.replaceChildren(...chips);
    if (chips.length > 1) {
      const clear = button('Clear All', { class: 'quiet' }, () => {
        this.options.onChange(allRows);
      });
      this.chips.append(element('li', {}, clear));
    }
    this.root.hidden = isWholeTable(this.choice) && this.status === undefined;
    if (hadFocus) this.options.onFocusLost();
  }

  private filterChip(filter: ColumnFilter): HTMLElement {
    const family = this.options.columns.find(({ name }) => name === filter.column)?.family ?? 'text';
    const text = filterText(filter, family);
    const edit = button(text, { class: 'chip-text', title: `${text} (change)` });
    edit.addEventListener('click', () => {
      this.options.onEdit(filter, edit);
    });
    const without = { ...this.choice, filters: this.choice.filters.filter((other) => other !== filter) };
    return this.chip('filter', edit, `Remove the filter ${text}`, without);
  }

  private chip(kind: 'filter' | 'search' | 'sort', content: string | HTMLElement, removeLabel: string, without: RowChoice): HTMLElement {
    const text = typeof content === 'string' ? element('span', { class: 'chip-text' }, content) : content;
    const remove = button(icon('close'), { class: 'chip-remove', 'aria-label': removeLabel, title: removeLabel }, () => {
      this.options.onChange(without);
    });
    return element('li', { class: 'chip' }, icon(kind), text, remove);
  }
}
