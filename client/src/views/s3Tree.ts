// The S3 view: what the file stores of the workspace's providers hold, and the locations that the user opened.

import { EventEmitter, commands, window, type Disposable, type Event, type TreeDataProvider, type TreeItem, type TreeView } from 'vscode';
import type { S3Location } from '../../../shared/s3/s3Location';
import { disposeAll, type Owned } from '../owned';
import type { ListedRuns } from '../s3/listedRuns';
import type { OpenedLocations } from '../s3/openedLocations';
import type { S3Access } from '../s3/s3Access';
import type { S3Stores } from '../s3/s3Stores';
import { s3Item } from './s3Items';
import { S3TreeModel } from './s3TreeModel';
import { parentOf, type ParentNode, type S3Node } from './s3TreeNode';

interface S3TreeParts {
  readonly stores: S3Stores;
  readonly opened: OpenedLocations;
  readonly listed: ListedRuns;
  readonly access: S3Access;
}

export class S3Tree implements TreeDataProvider<S3Node>, Disposable {
  readonly #changed = new EventEmitter<S3Node | undefined>();
  readonly #view: TreeView<S3Node>;
  readonly #owned: Owned[];
  readonly #model: S3TreeModel;

  readonly onDidChangeTreeData: Event<S3Node | undefined> = this.#changed.event;

  constructor({ stores, opened, listed, access }: S3TreeParts) {
    this.#model = new S3TreeModel({
      store: () => access.store,
      onChange: (node) => {
        this.#changed.fire(node);
      },
      onRuns: (folder, runs) => {
        listed.add(folder, runs);
      },
    });
    const showStores = (): void => {
      void commands.executeCommand('setContext', 'sparkform.s3StoresLoaded', stores.loaded);
      this.#model.setStores(stores.all);
    };
    const showOpened = (): void => {
      this.#model.setOpened(opened.all);
    };
    showOpened();
    this.#view = window.createTreeView('sparkform.s3', { treeDataProvider: this, showCollapseAll: true, canSelectMany: true });
    this.#owned = [
      this.#changed,
      this.#view,
      this.#model,
      stores.onDidChange(showStores),
      opened.onDidChange(showOpened),
      access.onDidChange(() => {
        this.#model.refresh();
      }),
    ];
  }

  /** The rows below a row as they stand, for those who look at the tree without the screen. */
  getChildren(node?: S3Node): Promise<S3Node[]> | S3Node[] {
    return node === undefined ? [...this.#model.roots] : this.#model.children(node).then((rows) => [...rows]);
  }

  getTreeItem(node: S3Node): TreeItem {
    return s3Item(node, node.kind === 'folder' && node.role === 'run' ? this.#model.contentsOf(node) : undefined);
  }

  getParent(node: S3Node): S3Node | undefined {
    return parentOf(node);
  }

  /** Lists everything anew, or what is below a row. */
  refresh(node?: S3Node): void {
    this.#model.refresh(node);
  }

  /** Shows the next rows of a folder, and goes to the first of them. */
  async loadMore(parent: ParentNode): Promise<void> {
    const first = await this.#model.loadMore(parent);
    if (first !== undefined) await this.#view.reveal(first, { select: true, focus: true });
  }

  /** Goes to a location that the user opened. */
  async revealLocation(location: S3Location): Promise<void> {
    const row = this.#model.openedRow(location);
    if (row !== undefined) await this.#view.reveal(row, { select: true, focus: true, expand: true });
  }

  dispose(): void {
    disposeAll(this.#owned);
  }
}
