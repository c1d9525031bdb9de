// The resources of the workspace as the server last told them: one copy for the tree, the commands and the context keys.

import { EventEmitter, Uri, workspace, type Disposable, type Event, type Position } from 'vscode';
import { resourcesRequest, type ResourceNode, type ResourcesResult } from '../../../shared/protocol/requests';
import { compareResources } from '../../../shared/protocol/resourceOrder';
import { notRunning, type LanguageServer } from '../languageClient';
import { groupBy } from './resourceTreeModel';
import { disposeAll, type Owned } from '../owned';
import { Refresher } from '../refresher';

export class ResourcesStore implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #owned: Owned[];
  #resources: readonly ResourceNode[] = [];
  #byKey: ReadonlyMap<string, ResourceNode> = new Map();
  /** Under the editor's own spelling of each URI, which need not be the server's. */
  #byDocument: ReadonlyMap<string, readonly ResourceNode[]> = new Map();
  #era: 'legacy' | 'current' = 'current';
  #keepRuns = 20;
  /** Names the last answer of the server, whichever of its processes gave it. */
  #list: string | undefined;
  #loaded = false;
  readonly #refresher = new Refresher(() => this.#load());

  /** After every answer of the server, also one that equals the last. */
  readonly onDidChange: Event<void> = this.#changed.event;
  constructor(private readonly server: LanguageServer) {
    this.#owned = [this.#changed, server.onDidChangeResources(() => void this.refresh())];
  }

  /** Resolves when the server has answered once; rejects while it is down for good. */
  async whenLoaded(): Promise<void> {
    const listeners: Owned[] = [];
    try {
      await new Promise<void>((resolve, reject) => {
        const look = (): void => {
          const { state } = this.server;
          if (this.#loaded) resolve();
          else if (state.kind === 'stopped' && state.reason !== undefined) reject(new Error(notRunning(state.reason)));
        };
        listeners.push(this.onDidChange(look), this.server.onDidChangeState(look));
        look();
      });
    } finally {
      disposeAll(listeners);
    }
  }

  get resources(): readonly ResourceNode[] {
    return this.#resources;
  }

  get era(): 'legacy' | 'current' {
    return this.#era;
  }

  /** How many local runs the project keeps. */
  get keepRuns(): number {
    return this.#keepRuns;
  }

  /** False until the server has answered once. */
  get loaded(): boolean {
    return this.#loaded;
  }

  /** Asks the server again. Calls during a request are answered by one more request behind it. */
  refresh(): Promise<void> {
    return this.#refresher.refresh();
  }

  withKey(key: string): ResourceNode | undefined {
    return this.#byKey.get(key);
  }

  /**
   * By key, by `type:id`, or by the id alone, which means a source where several types have it. Where several folders define
   * it, the folder of `near` goes first.
   */
  withId(text: string, near?: Uri): ResourceNode | undefined {
    const keyed = this.#byKey.get(text);
    if (keyed !== undefined) return keyed;
    const all = this.#resources.filter(({ id, type }) => text === id || text === `${type}:${id}`);
    const folder = near && workspace.getWorkspaceFolder(near);
    const nearby = folder === undefined ? [] : all.filter(({ uri }) => workspace.getWorkspaceFolder(Uri.parse(uri)) === folder);
    const named = nearby.length > 0 ? nearby : all;
    return named.find(({ type }) => type === 'source') ?? named[0];
  }

  inDocument(uri: Uri): readonly ResourceNode[] {
    return this.#byDocument.get(uri.toString()) ?? [];
  }

  /** The innermost definition around a position. */
  at(uri: Uri, position: Position): ResourceNode | undefined {
    return this.inDocument(uri)
      .filter(({ range }) => contains(range, position))
      .reduce<ResourceNode | undefined>((best, one) => (best === undefined || linesOf(one) <= linesOf(best) ? one : best), undefined);
  }

  /** Everything that depends on the resource, directly or through others: the nearest first. */
  downstreamOf(key: string): readonly ResourceNode[] {
    const found = new Map<string, ResourceNode>();
    let frontier: readonly string[] = [key];
    while (frontier.length > 0) {
      const reached = new Set(frontier);
      const next = this.#resources.filter(
        (one) => one.key !== key && !found.has(one.key) && one.inputKeys.some((input) => reached.has(input)),
      );
      for (const one of next) found.set(one.key, one);
      frontier = next.map((one) => one.key);
    }
    return [...found.values()];
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  async #load(): Promise<void> {
    if (this.server.state.kind !== 'running') return;
    try {
      const answer = await this.server.request(resourcesRequest, this.#list === undefined ? {} : { since: this.#list });
      this.#list = answer.list;
      this.#resources = merged(this.#resources, answer);
      this.#byKey = new Map(this.#resources.map((resource) => [resource.key, resource]));
      this.#byDocument = byDocument(this.#resources);
      this.#era = answer.era;
      this.#keepRuns = answer.keepRuns;
      this.#loaded = true;
    } catch {
      // The connection went down under the request; the server's next start announces the resources again.
      return;
    }
    this.#changed.fire();
  }
}

/** What the server told before, with what differs now. */
function merged(known: readonly ResourceNode[], { files, resources }: ResourcesResult): readonly ResourceNode[] {
  if (files === undefined) return resources;
  const changed = new Set(files);
  return [...known.filter(({ uri, notebook }) => !changed.has(notebook ?? uri)), ...resources].sort(compareResources);
}

function byDocument(resources: readonly ResourceNode[]): ReadonlyMap<string, readonly ResourceNode[]> {
  const spelled = new Map<string, string>();
  return groupBy(resources, ({ uri }) => {
    const known = spelled.get(uri) ?? Uri.parse(uri).toString();
    spelled.set(uri, known);
    return known;
  });
}

function contains(range: ResourceNode['range'], { line, character }: Position): boolean {
  const { start, end } = range;
  return (
    (start.line < line || (start.line === line && start.character <= character)) &&
    (line < end.line || (line === end.line && character <= end.character))
  );
}

function linesOf({ range }: ResourceNode): number {
  return range.end.line - range.start.line;
}
