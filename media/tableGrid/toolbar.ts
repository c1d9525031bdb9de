// The bar above the grid (what the table is, search, go to row, columns, profile, more) and the one below it (what
// happened, what reading has cost).

import { formatBytes } from '../../shared/formatAmounts';
import type { TableCost, TableView } from '../../shared/protocol/tableView';
import type { RunChoice } from '../../shared/table/folderTable';
import { button, element } from '../shared/element';
import { keyText } from './gridKeys';
import { icon, type IconName } from '../shared/icon';
import { runPicker } from './runPicker';

export interface ToolbarOptions {
  readonly view: TableView;
  /** Which of its dated runs it shows. */
  readonly run: RunChoice;
  readonly onRun: (run: RunChoice) => void;
  readonly onSearch: (text: string) => void;
  /** @returns why there is no such row, to be said aloud */
  readonly onGoTo: (text: string) => void;
  readonly onColumns: (anchor: HTMLElement) => void;
  readonly onProfile: () => void;
  readonly onMore: (anchor: HTMLElement) => void;
  readonly onLeave: () => void;
}

export class Toolbar {
  readonly root: HTMLElement;
  readonly columnsButton: HTMLButtonElement;
  private readonly rows = element('span');
  private readonly columns = element('span');
  private readonly search: HTMLInputElement;
  private readonly row: HTMLInputElement;
  private readonly profile: HTMLButtonElement;

  constructor(private readonly options: ToolbarOptions) {
    const { view, onLeave } = options;
    this.search = element('input', {
      type: 'search',
      'aria-label': 'Search all columns',
      placeholder: 'Search all columns',
      title: `Search all columns (${keyText('search')}); Enter searches`,
      spellcheck: 'false',
    });
    this.row = element('input', {
      type: 'text',
      inputmode: 'numeric',
      'aria-label': 'Go to row',
      placeholder: 'Go to row',
      title: `Go to row (${keyText('goToRow')})`,
      size: '9',
    });
    const searchForm = element('form', { role: 'search', class: 'search' }, icon('search'), this.search);
    searchForm.addEventListener('submit', (event) => {
      event.preventDefault();
      options.onSearch(this.search.value);
      onLeave();
    });
    // The browser's own cross empties the field.
    this.search.addEventListener('search', () => {
      if (this.search.value === '') options.onSearch('');
    });
    const rowForm = element('form', {}, this.row);
    rowForm.addEventListener('submit', (event) => {
      event.preventDefault();
      options.onGoTo(this.row.value);
    });
    for (const field of [this.search, this.row]) {
      field.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onLeave();
      });
    }
    const tool = (name: IconName, label: string, key: string | undefined, onClick: (anchor: HTMLElement) => void): HTMLButtonElement => {
      const made = button(icon(name), {
        class: 'quiet icon-button',
        'aria-label': label,
        title: key === undefined ? label : `${label} (${key})`,
      });
      made.addEventListener('click', () => {
        onClick(made);
      });
      return made;
    };
    this.columnsButton = tool('columns', 'Columns', keyText('columns'), options.onColumns);
    this.columnsButton.setAttribute('aria-haspopup', 'dialog');
    this.profile = tool('profile', 'Profile of the column', keyText('profile'), options.onProfile);
    const more = tool('more', 'More', undefined, options.onMore);
    more.setAttribute('aria-haspopup', 'menu');
    searchForm.hidden = rowForm.hidden = this.profile.hidden = view.rowCount === 0;
    const picker = runPicker(view, options.run, options.onRun);
    const details = view.facts.map((fact) => element('span', { class: 'fact' }, fact));
    this.root = element(
      'div',
      { class: 'toolbar' },
      element('h1', { class: 'hidden-heading' }, view.name),
      element('div', { class: 'facts' }, this.rows, this.columns, ...details),
      ...(picker ? [picker] : []),
      element('div', { class: 'tools' }, searchForm, rowForm, this.columnsButton, this.profile, more),
    );
    this.showRows(view.rowCount);
    this.showColumns(view.columns.length);
  }

  showRows(count: number, isFiltered = false): void {
    showCount(this.rows, count, this.options.view.rowCount, 'row', isFiltered);
  }

  showColumns(count: number): void {
    const all = this.options.view.columns.length;
    showCount(this.columns, count, all, 'column', count !== all);
  }

  showSearch(text: string): void {
    this.search.value = text;
  }

  showProfile(isOpen: boolean): void {
    this.profile.setAttribute('aria-pressed', String(isOpen));
  }

  focus(field: 'search' | 'row'): void {
    const input = field === 'search' ? this.search : this.row;
    input.focus();
    input.select();
  }
}

/** `12 rows`, or `3 of 12 rows`. */
function showCount(root: HTMLElement, count: number, all: number, word: string, isPart: boolean): void {
  const total = element('strong', {}, all.toLocaleString('en'));
  const noun = ` ${word}${all === 1 ? '' : 's'}`;
  root.replaceChildren(...(isPart ? [element('strong', {}, count.toLocaleString('en')), ' of ', all.toLocaleString('en')] : [total]), noun);
}

export class StatusBar {
  /** Says aloud what happened without moving the focus. */
  private readonly news = element('p', { class: 'news', role: 'status' });
  private readonly cost = element('p', {
    class: 'cost',
    title: 'What reading this table has cost so far, and how long the last answer took',
  });
  readonly root = element('footer', { class: 'status-bar' }, this.news, this.cost);

  announce(text: string): void {
    this.news.textContent = text;
  }

  showCost({ requests, bytes, milliseconds }: TableCost): void {
    const reads = `${requests.toLocaleString('en')} ${requests === 1 ? 'read' : 'reads'}`;
    const time = milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
    this.cost.textContent = `${reads}, ${formatBytes(bytes)} · ${time}`;
  }
}
