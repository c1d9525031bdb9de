// The bar above the drawing: what is shown, and how much of it.

import type { LineageGraph } from '../../shared/lineage/lineageGraph';
import type { LineageDepth, LineageSettings } from '../../shared/protocol/lineageView';
import { button, element } from '../shared/element';
import { icon, type IconName } from '../shared/icon';
import { SearchBox } from './searchBox';

export interface ToolbarOptions {
  readonly graph: () => LineageGraph;
  readonly onChoose: (id: string) => void;
  readonly onSettings: (change: Partial<LineageSettings>) => void;
  readonly onWhole: () => void;
  readonly onKinds: (anchor: HTMLElement) => void;
  readonly onColumns: () => void;
  readonly onExport: (anchor: HTMLElement) => void;
  readonly onForm: () => void;
  readonly onLeave: () => void;
  readonly announce: (text: string) => void;
}

export interface ToolbarState {
  readonly settings: LineageSettings;
  /** The id of the focus as people write it; undefined while the whole graph is shown. */
  readonly focus: string | undefined;
  readonly shown: number;
  readonly all: number;
  readonly hiddenKinds: number;
  readonly hasColumns: boolean;
  readonly columns: boolean;
  readonly form: 'graph' | 'list';
}

const depths: readonly LineageDepth[] = [0, 1, 2, 3, 'all'];

export class LineageToolbar {
  readonly root: HTMLElement;
  readonly search: SearchBox;
  private readonly title = element('strong', { class: 'focus-name' });
  private readonly count = element('span', { class: 'fact' });
  private readonly upstream: HTMLSelectElement;
  private readonly downstream: HTMLSelectElement;
  private readonly whole: HTMLButtonElement;
  private readonly follow: HTMLButtonElement;
  private readonly direction: HTMLButtonElement;
  private readonly kinds: HTMLButtonElement;
  private readonly columns: HTMLButtonElement;
  private readonly form: HTMLButtonElement;
  private readonly depth: HTMLElement;
  private state: ToolbarState | undefined;

  constructor(options: ToolbarOptions) {
    const { onSettings } = options;
    this.search = new SearchBox(options);
    this.upstream = depthSelect('Upstream', (upstream) => {
      onSettings({ upstream });
    });
    this.downstream = depthSelect('Downstream', (downstream) => {
      onSettings({ downstream });
    });
    this.depth = element(
      'span',
      { class: 'depths' },
      element('label', {}, 'Upstream', this.upstream),
      element('label', {}, 'Downstream', this.downstream),
    );
    this.whole = tool('whole', 'Whole Graph', options.onWhole);
    this.follow = tool('follow', 'Follow the Cursor', () => {
      onSettings({ followCursor: this.state?.settings.followCursor !== true });
    });
    this.direction = tool('down', 'Layers Downwards', () => {
      onSettings({ direction: this.state?.settings.direction === 'down' ? 'right' : 'down' });
    });
    this.kinds = tool('filter', 'Kinds of Resources', () => {
      options.onKinds(this.kinds);
    });
    this.kinds.setAttribute('aria-haspopup', 'dialog');
    this.columns = tool('columns', 'Columns', options.onColumns);
    this.form = tool('list', 'List', options.onForm);
    const save = tool('export', 'Export', () => {
      options.onExport(save);
    });
    save.setAttribute('aria-haspopup', 'menu');
    this.root = element(
      'header',
      { class: 'toolbar' },
      element('h1', { class: 'facts' }, this.title, this.count),
      element(
        'div',
        { class: 'tools' },
        this.search.root,
        this.depth,
        this.whole,
        this.follow,
        this.kinds,
        this.columns,
        this.direction,
        this.form,
        save,
      ),
    );
  }

  show(state: ToolbarState): void {
    this.state = state;
    const { settings, focus, shown, all } = state;
    this.title.textContent = focus ?? 'Whole graph';
    this.count.textContent = shown === all ? shown.toLocaleString('en') : `${shown.toLocaleString('en')} of ${all.toLocaleString('en')}`;
    this.count.title = `${this.count.textContent} resources are shown`;
    showDepth(this.upstream, settings.upstream);
    showDepth(this.downstream, settings.downstream);
    this.upstream.disabled = this.downstream.disabled = focus === undefined;
    press(this.whole, focus === undefined);
    press(this.follow, settings.followCursor);
    press(this.direction, settings.direction === 'down');
    press(this.form, state.form === 'list');
    press(this.columns, state.columns);
    this.columns.hidden = !state.hasColumns || state.form === 'list';
    this.direction.hidden = state.form === 'list';
    this.kinds.classList.toggle('in-use', state.hiddenKinds > 0);
    const hidden = state.hiddenKinds === 0 ? '' : `, ${state.hiddenKinds} hidden`;
    this.kinds.setAttribute('aria-label', `Kinds of Resources${hidden}`);
  }
}

function tool(name: IconName, label: string, run: () => void): HTMLButtonElement {
  return button(icon(name), { class: 'quiet icon-button', 'aria-label': label, title: label }, run);
}

function press(target: HTMLElement, isPressed: boolean): void {
  target.setAttribute('aria-pressed', String(isPressed));
}

function depthSelect(label: string, onChange: (depth: LineageDepth) => void): HTMLSelectElement {
  const options = depths.map((depth) => element('option', { value: String(depth) }, depthText(depth)));
  const root = element('select', { 'aria-label': `Steps ${label.toLowerCase()}`, title: `Steps ${label.toLowerCase()}` }, ...options);
  root.addEventListener('change', () => {
    onChange(root.value === 'all' ? 'all' : Number(root.value));
  });
  return root;
}

/** Other depths than those of the list may come from the settings. */
function showDepth(root: HTMLSelectElement, depth: LineageDepth): void {
  const value = String(depth);
  if (![...root.options].some((option) => option.value === value)) root.append(element('option', { value }, depthText(depth)));
  root.value = value;
}

function depthText(depth: LineageDepth): string {
  return depth === 'all' ? 'All' : String(depth);
}
