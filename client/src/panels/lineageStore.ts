// The graph of the lineage as every view of it has it: made of the resources that the server has told and of the runs, anew
// whenever these change and somebody looks.

import { Disposable, Uri, workspace } from 'vscode';
import { diffGraphs, isEmptyChange, type LastRun, type LineageChange, type LineageGraph } from '../../../shared/lineage/lineageGraph';
import { ResourceLineage } from '../../../shared/lineage/resourceLineage';
import type { LineageVersion } from '../../../shared/protocol/lineageView';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { disposeAll, type Owned } from '../owned';
import type { LocalRuns } from '../runs/localRuns';
import type { ResourcesStore } from '../views/resourcesStore';
import { folderNameOf, folderPathOf } from '../workspaceFolders';
import { lastRunsOf, runKey } from './lastRuns';

/** The graph of revision `since` became that of `revision`. */
export interface LineageStep {
  readonly since: number;
  readonly revision: number;
  readonly change: LineageChange;
}

export class LineageStore implements Disposable {
  readonly #listeners = new Set<(step: LineageStep) => void>();
  readonly #owned: Owned[];
  #lineage = new ResourceLineage(folderOf);
  #runs: ReadonlyMap<string, LastRun> = new Map();
  #graph: LineageGraph = { nodes: [], edges: [] };
  #revision = 0;
  #isStale = true;
  #ids: ReadonlySet<string> | undefined;

  constructor(
    private readonly resources: ResourcesStore,
    private readonly localRuns: LocalRuns,
  ) {
    const update = (): void => {
      this.#isStale = true;
      if (this.#listeners.size > 0) this.#update();
    };
    this.#owned = [
      resources.onDidChange(update),
      localRuns.onDidChange(update),
      workspace.onDidChangeWorkspaceFolders(() => {
        // The names of the folders are part of what it remembers.
        this.#lineage = new ResourceLineage(folderOf);
        update();
      }),
    ];
  }

  /** The present graph. */
  get version(): LineageVersion {
    this.#update();
    return { revision: this.#revision, graph: this.#graph };
  }

  /** Whether an id is one of the present graph. */
  has(id: string): boolean {
    this.#update();
    this.#ids ??= new Set(this.#graph.nodes.map((node) => node.id));
    return this.#ids.has(id);
  }

  /** Tells of every change from now on; while nobody listens, nothing is made. */
  onDidChange(listener: (step: LineageStep) => void): Disposable {
    this.#update();
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  #update(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.#runs = lastRunsOf(this.localRuns.all, this.#runs);
    const idsThatRan = new Set([...this.#runs.keys()].map((key) => key.slice(key.indexOf('\n') + 1)));
    const lastRunOf = (resource: ResourceNode): LastRun | undefined =>
      resource.runnable && idsThatRan.has(resource.id) ? this.#runs.get(runKey(folderPathOf(resource) ?? '', resource.id)) : undefined;
    const graph = this.#lineage.graphOf(this.resources.resources, lastRunOf);
    const change = diffGraphs(this.#graph, graph);
    if (isEmptyChange(change)) return;
    this.#graph = graph;
    this.#ids = undefined;
    const since = this.#revision++;
    for (const listener of this.#listeners) listener({ since, revision: this.#revision, change });
  }
}

function folderOf({ uri }: ResourceNode): string | undefined {
  return folderNameOf(Uri.parse(uri));
}
