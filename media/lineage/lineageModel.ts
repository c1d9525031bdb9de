// What the view knows and what the user has chosen: the whole graph, and which part of it is looked at.

import { applyChange, type LineageChange, type LineageGraph, type LineageKind } from '../../shared/lineage/lineageGraph';
import { LineageIndex } from '../../shared/lineage/lineageIndex';
import { neighbourhood, withoutKinds, type Neighbourhood } from '../../shared/lineage/neighbourhood';
import { idText } from '../../shared/lineage/searchNodes';
import { lineageKinds } from '../../shared/lineage/lineageGraph';
import type { LineageSettings, LineageViewStart, LineageViewState } from '../../shared/protocol/lineageView';

export class LineageModel {
  graph: LineageGraph;
  revision: number;
  focus: string | undefined;
  settings: LineageSettings;
  hiddenKinds: ReadonlySet<LineageKind>;
  columns: boolean;
  form: 'graph' | 'list';
  private expandedUpstream: ReadonlySet<string>;
  private expandedDownstream: ReadonlySet<string>;
  private indexed: LineageIndex | undefined;

  constructor({ graph, revision, focus, asked, settings }: LineageViewStart, state: Partial<LineageViewState>) {
    this.graph = graph;
    this.revision = revision;
    this.settings = state.settings ?? settings;
    const follows = this.settings.followCursor && focus !== undefined;
    this.focus = asked === true || follows || !('focus' in state) ? focus : state.focus;
    this.hiddenKinds = new Set(state.hiddenKinds ?? []);
    this.columns = state.columns ?? false;
    this.form = state.form ?? 'graph';
    this.expandedUpstream = new Set(state.expandedUpstream ?? []);
    this.expandedDownstream = new Set(state.expandedDownstream ?? []);
  }

  get index(): LineageIndex {
    if (this.indexed?.graph !== this.graph) this.indexed = new LineageIndex(this.graph);
    return this.indexed;
  }

  /** @returns false when the change belongs to another graph. */
  apply(since: number, revision: number, change: LineageChange): boolean {
    if (since !== this.revision) return false;
    this.graph = applyChange(this.graph, change);
    this.revision = revision;
    return true;
  }

  setFocus(id: string | undefined): void {
    if (id === this.focus) return;
    this.focus = id;
    this.expandedUpstream = this.expandedDownstream = new Set();
  }

  expand(id: string, side: 'inputs' | 'outputs'): void {
    if (side === 'inputs') this.expandedUpstream = new Set([...this.expandedUpstream, id]);
    else this.expandedDownstream = new Set([...this.expandedDownstream, id]);
  }

  shown(): Neighbourhood {
    const { focus, hiddenKinds, expandedUpstream, expandedDownstream } = this;
    const { upstream, downstream } = this.settings;
    return neighbourhood(this.graph, { focus, upstream, downstream, hiddenKinds, expandedUpstream, expandedDownstream });
  }

  /** For the list, in which every item can be opened. */
  listed(): LineageIndex {
    return new LineageIndex(withoutKinds(this.graph, this.hiddenKinds, this.focus));
  }

  /** How many of each kind the graph has, in the order in which kinds are listed. */
  kinds(): ReadonlyMap<LineageKind, number> {
    const counts = new Map<LineageKind, number>();
    for (const { kind } of this.graph.nodes) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return new Map(lineageKinds.flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind) ?? 0] as const] : [])));
  }

  /** The name of what is looked at, even when it is not there any more. */
  get focusText(): string | undefined {
    const { focus } = this;
    if (focus === undefined) return undefined;
    const node = this.index.nodes.get(focus);
    return node ? idText(node) : focus.slice(focus.indexOf(':') + 1);
  }

  state(active: string | undefined, view: LineageViewState['view']): LineageViewState {
    return {
      focus: this.focus,
      active,
      settings: this.settings,
      hiddenKinds: [...this.hiddenKinds],
      expandedUpstream: [...this.expandedUpstream],
      expandedDownstream: [...this.expandedDownstream],
      columns: this.columns,
      form: this.form,
      view,
    };
  }
}
