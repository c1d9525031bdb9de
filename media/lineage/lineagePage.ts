// The page: connects the host, the model, the worker and the two forms in which the lineage is shown, and says what there is to say
// when there is nothing to show.

import { cardSize } from '../../shared/lineage/cardSize';
import { defaultLayoutOptions, type GraphLayout } from '../../shared/lineage/graphLayout';
import { LineageIndex } from '../../shared/lineage/lineageIndex';
import type { Neighbourhood } from '../../shared/lineage/neighbourhood';
import type { LineageSettings, LineageViewMethods, LineageViewState } from '../../shared/protocol/lineageView';
import { element } from '../shared/element';
import { showExportMenu } from './exportMenu';
import { GraphView } from './graphView';
import { showKindsDialog } from './kindsDialog';
import { LayoutWorker } from './layoutWorker';
import type { LineageHost } from './lineageHost';
import { LineageModel } from './lineageModel';
import { LineageToolbar } from './lineageToolbar';
import { ListView } from './listView';
import { showNodeMenu, type NodeActions } from './nodeMenu';
import { allHiddenNotice, lostFocusNotice, noResourcesNotice, problemNotice, waitingNotice } from './notices';
import type { Point, View } from './viewport';

export interface LineagePageOptions {
  readonly host: LineageHost;
  readonly root: HTMLElement;
  /** The address of the worker's script. */
  readonly worker: string;
  readonly state: Partial<LineageViewState> | undefined;
  readonly saveState: (state: LineageViewState) => void;
}

/** How long a drawing has to rest before its place is kept, in milliseconds. */
const saveDelay = 150;

export class LineagePage {
  private model: LineageModel | undefined;
  private worker: LayoutWorker | undefined;
  private shown: { readonly neighbourhood: Neighbourhood; readonly layout: GraphLayout } | undefined;
  private readonly toolbar: LineageToolbar;
  private readonly graphView: GraphView;
  private readonly listView: ListView;
  private readonly news = element('p', { class: 'news', role: 'status' });
  private readonly spoken = element('p', { class: 'hidden-heading', role: 'status' });
  private readonly content = element('div', { class: 'content' });
  /** What was opened from here: the cursor will come to it, which is no reason to look elsewhere. */
  private openedHere: string | undefined;
  private savedView: View | undefined;
  /** The keyboard is to go to what is being laid out. */
  private wantsFocus = false;
  private saving: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: LineagePageOptions) {
    this.savedView = options.state?.view;
    const shared = {
      onActive: () => {
        this.save();
      },
      onOpen: (id: string, how: { readonly beside: boolean; readonly keepFocus: boolean }) => {
        this.open(id, how);
      },
      onMenu: (id: string, place: HTMLElement | Point, returnFocus: HTMLElement) => {
        this.showMenu(id, place, returnFocus);
      },
      onKey: (event: KeyboardEvent, active: string | undefined) => this.onKey(event, active),
    };
    this.graphView = new GraphView({
      ...shared,
      onMore: (id, side) => {
        this.actions.more(id, side);
      },
      onView: () => {
        this.save();
      },
    });
    this.listView = new ListView(shared);
    this.toolbar = new LineageToolbar({
      graph: () => this.model?.graph ?? { nodes: [], edges: [] },
      onChoose: (id) => {
        this.wantsFocus = true;
        this.setFocus(id);
      },
      onSettings: (change) => {
        this.changeSettings(change);
      },
      onWhole: () => {
        this.setFocus(this.model?.focus === undefined ? this.graphView.activeId : undefined);
      },
      onKinds: (anchor) => {
        this.chooseKinds(anchor);
      },
      onColumns: () => {
        this.change((model) => {
          model.columns = !model.columns;
        });
      },
      onExport: (anchor) => {
        this.chooseExport(anchor);
      },
      onForm: () => {
        this.change((model) => {
          model.form = model.form === 'graph' ? 'list' : 'graph';
        });
      },
      onLeave: () => {
        this.focusContent();
      },
      announce: (text) => {
        this.spoken.textContent = text;
      },
    });
    this.hear();
    window.addEventListener('pagehide', () => {
      this.saveNow();
    });
  }

  /** Asks the host for the graph and shows it. */
  async start(): Promise<void> {
    const { host, root, worker, state } = this.options;
    root.replaceChildren(waitingNotice());
    try {
      const [start, started] = await Promise.all([host.ask('open', null), this.worker ?? LayoutWorker.start(worker)]);
      this.worker = started;
      const earlier = this.model?.state(this.graphView.activeId, undefined) ?? state ?? {};
      this.model = new LineageModel(start, earlier);
      root.replaceChildren(this.toolbar.root, this.content, this.news, this.spoken);
      if (earlier.active !== undefined) this.graphView.setActive(earlier.active, false);
      await this.update('focus');
    } catch (error) {
      this.showProblem(messageOf(error));
    }
  }

  private hear(): void {
    const { host } = this.options;
    host.on('graph', ({ graph, revision }) => {
      this.change((model) => {
        model.graph = graph;
        model.revision = revision;
      });
    });
    host.on('changed', ({ since, revision, change, focus }) => {
      if (this.model?.apply(since, revision, change) !== true) void this.start();
      else if (focus !== undefined && this.model.settings.followCursor) this.setFocus(focus);
      else void this.update('keep');
    });
    host.on('focus', ({ id, asked }) => {
      const wasOpenedHere = id === this.openedHere;
      this.openedHere = undefined;
      const isShown = this.shown?.neighbourhood.graph.nodes.some((node) => node.id === id) === true;
      const isWanted = this.model?.settings.followCursor === true && !(wasOpenedHere && isShown);
      if (asked || isWanted) this.setFocus(id);
    });
    host.on('settings', (settings) => {
      this.change((model) => {
        model.settings = settings;
      });
    });
    host.on('lost', ({ reason }) => {
      this.showProblem(reason);
    });
  }

  private change(edit: (model: LineageModel) => void): void {
    if (!this.model) return;
    edit(this.model);
    void this.update('keep');
  }

  private setFocus(id: string | undefined): void {
    if (!this.model) return;
    this.model.setFocus(id);
    if (id !== undefined) this.graphView.setActive(id, false);
    void this.update('focus');
  }

  private changeSettings(change: Partial<LineageSettings>): void {
    const { model } = this;
    if (!model) return;
    model.settings = { ...model.settings, ...change };
    void this.tell('setSettings', model.settings);
    void this.update('keep');
  }

  /** Shows what the model says: at once in the list, and as soon as it is laid out in the drawing. */
  private async update(place: 'keep' | 'focus'): Promise<void> {
    const { model, worker } = this;
    if (!model || !worker) return;
    const neighbourhood = model.shown();
    this.showToolbar(model, neighbourhood);
    this.save();
    const problem = this.emptyNotice(model, neighbourhood);
    if (problem) {
      this.shown = undefined;
      this.setContent(problem);
      return;
    }
    if (model.form === 'list') {
      this.listView.show(model.listed(), model.focus);
      this.setContent(this.listView.root);
    }
    const { graph } = neighbourhood;
    const { columns: withColumns, focus, settings } = model;
    const sizes = new Map(graph.nodes.map((node) => [node.id, cardSize(node, withColumns)]));
    let layout: GraphLayout | undefined;
    try {
      const options = { ...defaultLayoutOptions, direction: settings.direction };
      // The worker needs ids and columns alone.
      const edges = graph.edges.map(({ from, to, columns }) => ({ from, to, ...(withColumns && columns && { columns }) }));
      layout = await worker.ask({ graph: { nodes: graph.nodes.map(({ id }) => ({ id })), edges }, sizes, options, fresh: !this.shown });
    } catch (error) {
      this.showProblem(`The layout has failed: ${messageOf(error)}.`);
      return;
    }
    // Something newer is on its way, or was shown in the meantime.
    if (!layout) return;
    const view = this.shown ? undefined : this.savedView;
    this.savedView = undefined;
    this.shown = { neighbourhood, layout };
    const { moreInputs, moreOutputs } = neighbourhood;
    this.graphView.show({ layout, index: new LineageIndex(graph), moreInputs, moreOutputs, focus, withColumns }, view ?? place);
    if (model.form === 'graph') this.setContent(this.graphView.root);
    if (this.wantsFocus) this.focusContent();
  }

  private showToolbar(model: LineageModel, { graph }: Neighbourhood): void {
    this.toolbar.show({
      settings: model.settings,
      focus: model.focusText,
      shown: graph.nodes.length,
      all: model.graph.nodes.length,
      hiddenKinds: model.hiddenKinds.size,
      hasColumns: model.graph.nodes.some(({ columns = [] }) => columns.length > 0),
      columns: model.columns,
      form: model.form,
    });
  }

  private emptyNotice(model: LineageModel, { graph }: Neighbourhood): HTMLElement | undefined {
    if (model.graph.nodes.length === 0) return noResourcesNotice();
    if (model.focus !== undefined && !model.index.nodes.has(model.focus)) {
      return lostFocusNotice(model.focusText ?? '', () => {
        this.setFocus(undefined);
      });
    }
    if (graph.nodes.length > 0) return undefined;
    return allHiddenNotice(model.graph.nodes.length, () => {
      this.change((changed) => {
        changed.hiddenKinds = new Set();
      });
    });
  }

  private setContent(content: HTMLElement): void {
    if (this.content.firstChild === content) return;
    const hadFocus = this.content.contains(document.activeElement);
    this.content.replaceChildren(content);
    if (hadFocus) this.focusContent();
  }

  private focusContent(): void {
    this.wantsFocus = false;
    if (this.model?.form === 'list') this.listView.focus();
    else this.graphView.focus();
  }

  private showProblem(reason: string): void {
    this.shown = undefined;
    const retry = (): void => {
      void this.start();
    };
    this.options.root.replaceChildren(problemNotice(reason, retry));
  }

  private readonly actions: NodeActions = {
    open: (id, beside) => {
      this.open(id, { beside, keepFocus: false });
    },
    focus: (id) => {
      this.setFocus(id);
    },
    run: (id) => {
      void this.tell('run', { id });
    },
    preview: (id) => {
      void this.tell('preview', { id });
    },
    showProblems: (id) => {
      void this.tell('showProblems', { id });
    },
    more: (id, side) => {
      this.change((model) => {
        model.expand(id, side);
      });
    },
    copy: (text) => {
      void this.tell('copyText', { text }, `Copied ${text}.`);
    },
  };

  private open(id: string, how: { readonly beside: boolean; readonly keepFocus: boolean }): void {
    this.openedHere = id;
    void this.tell('openDefinition', { id, ...how });
  }

  /** Asks the host to do something, and says what became of it. */
  private async tell<Name extends keyof LineageViewMethods>(
    method: Name,
    params: LineageViewMethods[Name]['params'],
    done = '',
  ): Promise<LineageViewMethods[Name]['result'] | undefined> {
    try {
      const result = await this.options.host.ask(method, params);
      this.news.textContent = done;
      return result;
    } catch (error) {
      this.news.textContent = messageOf(error);
      return undefined;
    }
  }

  private onKey(event: KeyboardEvent, active: string | undefined): boolean {
    if (event.key === '/' && !event.ctrlKey && !event.metaKey) {
      this.toolbar.search.focus();
      return true;
    }
    if (active === undefined) return false;
    const beside = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter') this.open(active, { beside, keepFocus: false });
    else if (beside || event.altKey) return false;
    else if (event.key === ' ') this.open(active, { beside: false, keepFocus: true });
    else if (event.key.toLowerCase() === 'f') this.setFocus(active);
    else if (event.key === '[') this.actions.more(active, 'inputs');
    else if (event.key === ']') this.actions.more(active, 'outputs');
    else return false;
    return true;
  }

  private showMenu(id: string, place: HTMLElement | Point, returnFocus: HTMLElement): void {
    const node = this.model?.index.nodes.get(id);
    if (!node) return;
    const { moreInputs, moreOutputs } = this.shown?.neighbourhood ?? {};
    const isList = this.model?.form === 'list';
    showNodeMenu({
      node,
      moreInputs: isList ? 0 : (moreInputs?.get(id) ?? 0),
      moreOutputs: isList ? 0 : (moreOutputs?.get(id) ?? 0),
      place,
      returnFocus,
      actions: this.actions,
    });
  }

  private chooseKinds(anchor: HTMLElement): void {
    const { model } = this;
    if (!model) return;
    showKindsDialog({
      kinds: model.kinds(),
      hidden: model.hiddenKinds,
      anchor,
      onChange: (hidden) => {
        this.change((changed) => {
          changed.hiddenKinds = hidden;
        });
      },
    });
  }

  private chooseExport(anchor: HTMLElement): void {
    const { shown, model } = this;
    const focus = model?.focusText;
    const title = focus === undefined ? 'Lineage' : `Lineage of ${focus}`;
    showExportMenu({
      anchor,
      drawing: shown && { graph: shown.neighbourhood.graph, layout: shown.layout, colours: this.graphView.colours, title },
      name: focus ?? 'lineage',
      save: (file) => this.options.host.ask('export', file),
      copy: (text) => void this.tell('copyText', { text }, 'Copied as Mermaid.'),
      announce: (text) => {
        this.news.textContent = text;
      },
    });
  }

  private save(): void {
    this.saving ??= setTimeout(() => {
      this.saveNow();
    }, saveDelay);
  }

  private saveNow(): void {
    clearTimeout(this.saving);
    this.saving = undefined;
    const { model } = this;
    if (model) this.options.saveState(model.state(this.graphView.activeId, this.shown ? this.graphView.view : this.savedView));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
