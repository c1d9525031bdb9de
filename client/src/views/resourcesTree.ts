// The Resources view: the tree of everything the workspace defines, its filter, and the badge with the number of problems.

import { EventEmitter, commands, window, type Disposable, type Event, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { LocalRuns } from '../runs/localRuns';
import { resourceItem, problemText } from './resourceItems';
import { buildResourceTree, type GroupNode, type TreeNode } from './resourceTreeModel';
import type { ResourcesStore } from './resourcesStore';
import { disposeAll, type Owned } from '../owned';

export class ResourcesTree implements TreeDataProvider<TreeNode>, Disposable {
  readonly #changed = new EventEmitter<TreeNode | undefined>();
  readonly #parents = new Map<TreeNode, TreeNode>();
  readonly #owned: Owned[];
  readonly #view: TreeView<TreeNode>;
  #groups: readonly GroupNode[] = [];
  #filter = '';

  readonly onDidChangeTreeData: Event<TreeNode | undefined> = this.#changed.event;

  constructor(
    private readonly store: ResourcesStore,
    private readonly runs: LocalRuns,
  ) {
    this.#view = window.createTreeView('sparkform.resources', { treeDataProvider: this, showCollapseAll: true });
    this.#owned = [
      this.#changed,
      this.#view,
      store.onDidChange(() => {
        this.#rebuild();
      }),
      runs.onDidChange(() => {
        this.#changed.fire(undefined);
      }),
    ];
  }

  /** What the view shows, for those who look at the tree without the screen. */
  get groups(): readonly GroupNode[] {
    return this.#groups;
  }

  get filter(): string {
    return this.#filter;
  }

  set filter(filter: string) {
    this.#filter = filter.trim();
    void commands.executeCommand('setContext', 'sparkform.resourcesFiltered', this.#filter !== '');
    this.#rebuild();
  }

  getChildren(node?: TreeNode): TreeNode[] {
    if (node === undefined) return [...this.#groups];
    return node.kind === 'resource' ? [] : [...node.children];
  }

  getTreeItem(node: TreeNode): TreeItem {
    return resourceItem(node, (id) => this.runs.lastRunOf(id), this.#filter !== '');
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#parents.get(node);
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  #rebuild(): void {
    const { resources } = this.store;
    this.#groups = buildResourceTree(resources, this.#filter);
    this.#parents.clear();
    for (const group of this.#groups) this.#adopt(group);
    const errors = resources.reduce((sum, resource) => sum + resource.errors, 0);
    const warnings = resources.reduce((sum, resource) => sum + resource.warnings, 0);
    const text = problemText(errors, warnings);
    this.#view.badge = text === undefined ? undefined : { value: errors + warnings, tooltip: `${text} in definitions` };
    this.#view.description = this.#filter === '' ? '' : `“${this.#filter}”`;
    this.#view.message = this.#groups.length === 0 && resources.length > 0 ? `Nothing matches “${this.#filter}”.` : '';
    this.#changed.fire(undefined);
  }

  #adopt(node: TreeNode): void {
    for (const child of node.kind === 'resource' ? [] : node.children) {
      this.#parents.set(child, node);
      this.#adopt(child);
    }
  }
}
