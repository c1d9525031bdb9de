// The Resources view: the tree of everything the workspace defines, its filter, and the badge with the number of problems.

import {
  EventEmitter,
  Uri,
  commands,
  window,
  type Disposable,
  type Event,
  type TreeDataProvider,
  type TreeItem,
  type TreeView,
} from 'vscode';
import type { LanguageServer } from '../languageClient';
import type { LocalRuns } from '../runs/localRuns';
import { resourceItem, problemText } from './resourceItems';
import { buildFolderTree, buildResourceTree, groupBy, type FolderNode, type GroupNode, type TreeNode } from './resourceTreeModel';
import type { ResourcesStore } from './resourcesStore';
import { folderNameOf, hasSeveralFolders } from '../workspaceFolders';
import { disposeAll, type Owned } from '../owned';

export class ResourcesTree implements TreeDataProvider<TreeNode>, Disposable {
  readonly #changed = new EventEmitter<TreeNode | undefined>();
  readonly #parents = new Map<TreeNode, TreeNode>();
  readonly #owned: Owned[];
  readonly #view: TreeView<TreeNode>;
  #roots: readonly (FolderNode | GroupNode)[] = [];
  /** The rows of each id, which show its last run. */
  #rows: ReadonlyMap<string, readonly TreeNode[]> = new Map();
  #filter = '';

  readonly onDidChangeTreeData: Event<TreeNode | undefined> = this.#changed.event;

  constructor(
    private readonly store: ResourcesStore,
    private readonly runs: LocalRuns,
    private readonly server: LanguageServer,
  ) {
    this.#view = window.createTreeView('sparkform.resources', { treeDataProvider: this, showCollapseAll: true });
    this.#owned = [
      this.#changed,
      this.#view,
      store.onDidChange(() => {
        this.#rebuild();
      }),
      server.onDidChangeState(() => {
        this.#tell();
      }),
      runs.onDidChange((runId) => {
        this.#redraw(runId);
      }),
    ];
  }

  /** What the view shows, for those who look at the tree without the screen. */
  get groups(): readonly GroupNode[] {
    return this.#roots.flatMap((node) => (node.kind === 'folder' ? node.children : [node]));
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
    if (node === undefined) return [...this.#roots];
    return node.kind === 'resource' ? [] : [...node.children];
  }

  getTreeItem(node: TreeNode): TreeItem {
    return resourceItem(node, (resource) => this.runs.lastRunOf(resource), this.#filter !== '');
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.#parents.get(node);
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  #rebuild(): void {
    const { resources } = this.store;
    this.#roots = hasSeveralFolders()
      ? buildFolderTree(resources, this.#filter, ({ uri }) => folderNameOf(Uri.parse(uri)) ?? 'Outside the Workspace')
      : buildResourceTree(resources, this.#filter);
    this.#parents.clear();
    for (const root of this.#roots) this.#adopt(root);
    const rows = [...this.#parents.keys()].filter((node) => node.kind === 'resource');
    this.#rows = groupBy(rows, ({ resource }) => resource.id);
    const errors = resources.reduce((sum, resource) => sum + resource.errors, 0);
    const warnings = resources.reduce((sum, resource) => sum + resource.warnings, 0);
    const text = problemText(errors, warnings);
    this.#view.badge = text === undefined ? undefined : { value: errors + warnings, tooltip: `${text} in definitions` };
    this.#view.description = this.#filter === '' ? '' : `“${this.#filter}”`;
    this.#tell();
    this.#changed.fire(undefined);
  }

  /** The line above the tree, when what it shows needs an explanation. */
  #tell(): void {
    const { state } = this.server;
    const { length } = this.store.resources;
    const isOutdated = state.kind === 'stopped' && state.reason !== undefined && length > 0;
    const isEmpty = this.#roots.length === 0 && length > 0;
    this.#view.message = isOutdated
      ? 'Not up to date: the language server is not running.'
      : isEmpty
        ? `Nothing matches “${this.#filter}”.`
        : '';
  }

  /** The rows of one run, or all of them. */
  #redraw(runId: string | undefined): void {
    const run = runId === undefined ? undefined : this.runs.withId(runId);
    if (run === undefined) this.#changed.fire(undefined);
    else for (const node of this.#rows.get(run.target) ?? []) this.#changed.fire(node);
  }

  #adopt(node: TreeNode): void {
    for (const child of node.kind === 'resource' ? [] : node.children) {
      this.#parents.set(child, node);
      this.#adopt(child);
    }
  }
}
