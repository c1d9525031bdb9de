// What all lineage views of the window have in common: the graph, the cursor, the user's choices, and how one of them is
// connected to its webview.

import { randomBytes } from 'node:crypto';
import { Disposable, Uri, type ViewColumn, type Webview } from 'vscode';
import type { LineageSettings, LineageViewEvents, LineageViewMethods, LineageViewStart } from '../../../shared/protocol/lineageView';
import { rpcEvent, serveRequest, type Handlers, type RunningRequests } from '../../../shared/protocol/webviewRpc';
import { notRunning, type LanguageServer } from '../languageClient';
import { lineageViewHtml } from '../lineage/lineageViewHtml';
import { disposeAll, type Owned } from '../owned';
import type { ResourcesStore } from '../views/resourcesStore';
import type { CursorResource } from './cursorResource';
import { lineageActions } from './lineageActions';
import type { LineagePlace, LineageSettingsStore } from './lineageSettings';
import type { LineageStep, LineageStore } from './lineageStore';

export interface LineageServices {
  /** The folder of the bundles. */
  readonly assets: Uri;
  readonly server: LanguageServer;
  readonly resources: ResourcesStore;
  readonly store: LineageStore;
  readonly cursor: CursorResource;
  readonly settings: LineageSettingsStore;
}

/** Where a view of the lineage stands. */
export interface LineageHome {
  readonly webview: Webview;
  readonly place: LineagePlace;
  /** The column of editors that it covers; undefined for one at the side. */
  readonly column: () => ViewColumn | undefined;
}

export class LineageViews {
  readonly #views = new Set<LineageView>();

  constructor(readonly services: LineageServices) {}

  /** @param focus the id to begin with, in place of what the cursor is on. */
  connect(home: LineageHome, focus?: string): LineageView {
    const view = new LineageView(home, this.services, focus, {
      onSettings: () => {
        for (const other of this.#views) if (other !== view) other.takeSettings();
      },
      onDispose: () => this.#views.delete(view),
    });
    this.#views.add(view);
    return view;
  }
}

interface Siblings {
  readonly onSettings: () => void;
  readonly onDispose: () => void;
}

export class LineageView implements Disposable {
  readonly #running: RunningRequests = new Map();
  readonly #owned: Owned[];
  /** From the moment the page is ready until it is hidden, which ends it. */
  #shown: Disposable | undefined;
  /** What a command has asked for, which the page has not been told yet. */
  #asked: string | undefined;
  /** What the page was told that the cursor is on. */
  #told: string | undefined;
  /** Changes are told in their order. */
  #telling: Promise<void> = Promise.resolve();
  #untold = 0;

  constructor(
    private readonly home: LineageHome,
    private readonly services: LineageServices,
    asked: string | undefined,
    private readonly siblings: Siblings,
  ) {
    this.#asked = asked;
    const { webview } = home;
    const handlers: Handlers<LineageViewMethods> = {
      open: () => this.#open(),
      setSettings: (settings) => this.#choose(settings),
      ...lineageActions(home, services),
    };
    this.#owned = [
      webview.onDidReceiveMessage((message: unknown) => {
        void serveRequest<LineageViewMethods>(handlers, message, (answer) => void webview.postMessage(answer), this.#running);
      }),
      services.server.onDidChangeState((state) => {
        if (state.kind === 'stopped' && state.reason !== undefined) this.#tell('lost', { reason: notRunning(state.reason) });
      }),
    ];
    webview.options = { enableScripts: true, localResourceRoots: [services.assets] };
    const assetOf = (file: string): string => webview.asWebviewUri(Uri.joinPath(services.assets, file)).toString();
    webview.html = lineageViewHtml({
      script: assetOf('lineage.js'),
      style: assetOf('lineage.css'),
      worker: assetOf('lineageLayout.js'),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      title: 'Lineage',
    });
  }

  /** Looks at a resource that the user has asked for. */
  show(id: string): void {
    if (this.#shown === undefined) this.#asked = id;
    else this.#tell('focus', { id, asked: true });
  }

  /** The user has chosen otherwise in another view. */
  takeSettings(): void {
    this.#tell('settings', this.#settings);
  }

  /** Its page has ended; when it is shown again, it begins anew. */
  hidden(): void {
    this.#shown?.dispose();
    this.#shown = undefined;
    for (const controller of this.#running.values()) controller.abort();
  }

  dispose(): void {
    this.hidden();
    this.siblings.onDispose();
    disposeAll(this.#owned);
  }

  get #settings(): LineageSettings {
    return this.services.settings.of(this.home.place);
  }

  async #open(): Promise<LineageViewStart> {
    const { resources, store, cursor } = this.services;
    await resources.whenLoaded();
    this.hidden();
    let isOpen = false;
    this.#untold = 0;
    this.#telling = Promise.resolve();
    this.#shown = Disposable.from(
      store.onDidChange((step) => {
        if (!isOpen) return;
        this.#untold++;
        this.#telling = this.#telling.then(() => this.#tellStep(step));
      }),
      cursor.onDidChange((id) => {
        // What was just typed is told with the change that brings it.
        if (!isOpen || this.#untold > 0 || !store.has(id)) return;
        this.#told = id;
        this.#tell('focus', { id, asked: false });
      }),
    );
    await cursor.settled;
    isOpen = true;
    const asked = this.#asked;
    this.#asked = undefined;
    this.#told = cursor.key;
    return { ...store.version, focus: asked ?? cursor.key, asked: asked !== undefined, settings: this.#settings };
  }

  async #tellStep(step: LineageStep): Promise<void> {
    const { store, cursor } = this.services;
    const shown = this.#shown;
    // What is renamed while it is looked at goes on being looked at.
    if (cursor.key !== undefined && step.change.removedNodes.includes(cursor.key)) await cursor.settled;
    if (shown !== this.#shown) return;
    this.#untold--;
    const focus = cursor.key !== undefined && cursor.key !== this.#told && store.has(cursor.key) ? cursor.key : undefined;
    this.#told = focus ?? this.#told;
    this.#tell('changed', { ...step, ...(focus !== undefined && { focus }) });
  }

  async #choose(settings: LineageSettings): Promise<null> {
    await this.services.settings.keep(this.home.place, settings);
    this.siblings.onSettings();
    return null;
  }

  #tell<Name extends keyof LineageViewEvents>(name: Name, value: LineageViewEvents[Name]): void {
    if (this.#shown !== undefined) void this.home.webview.postMessage(rpcEvent<LineageViewEvents, Name>(name, value));
  }
}
