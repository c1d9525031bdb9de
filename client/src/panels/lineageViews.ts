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
import type { LineageSettingsStore } from './lineageSettings';
import type { LineageStore } from './lineageStore';

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
  /** The column of editors that it covers; undefined for one at the side. */
  readonly column: () => ViewColumn | undefined;
}

export class LineageViews {
  readonly #views = new Set<LineageView>();

  constructor(readonly services: LineageServices) {}

  /** @param focus the id to begin with, in place of what the cursor is on. */
  connect(home: LineageHome, focus?: string): LineageView {
    const view = new LineageView(home, this.services, focus, {
      onSettings: (settings) => {
        for (const other of this.#views) if (other !== view) other.take(settings);
      },
      onDispose: () => this.#views.delete(view),
    });
    this.#views.add(view);
    return view;
  }
}

interface Siblings {
  readonly onSettings: (settings: LineageSettings) => void;
  readonly onDispose: () => void;
}

export class LineageView implements Disposable {
  readonly #running: RunningRequests = new Map();
  readonly #owned: Owned[];
  /** From the moment the page is ready until it is hidden, which ends it. */
  #shown: Disposable | undefined;
  /** What it looks at, as far as that was the cursor's or a command's choice. */
  #focus: string | undefined;
  /** Where the cursor was when that was last heard of. */
  #seen: string | undefined;
  #follows: boolean;

  constructor(
    private readonly home: LineageHome,
    private readonly services: LineageServices,
    focus: string | undefined,
    private readonly siblings: Siblings,
  ) {
    this.#focus = focus;
    this.#seen = services.cursor.key;
    this.#follows = services.settings.settings.followCursor;
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
    this.#focus = id;
    this.#tell('focus', { id, asked: true });
  }

  /** The user has chosen otherwise in another view; which of them follow the cursor is chosen for each. */
  take(settings: LineageSettings): void {
    this.#tell('settings', { ...settings, followCursor: this.#follows });
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

  async #open(): Promise<LineageViewStart> {
    const { resources, store, cursor, settings } = this.services;
    await resources.whenLoaded();
    this.hidden();
    // It may have moved while the view was hidden.
    this.#cursorIsOn(cursor.key);
    this.#shown = Disposable.from(
      store.onDidChange((step) => {
        this.#tell('changed', step);
      }),
      cursor.onDidChange((id) => {
        this.#cursorIsOn(id);
        this.#tell('focus', { id, asked: false });
      }),
    );
    return {
      ...store.version,
      focus: this.#focus,
      settings: { ...settings.settings, followCursor: this.#follows },
    };
  }

  #cursorIsOn(id: string | undefined): void {
    if (id !== undefined && (this.#focus === undefined || (this.#follows && id !== this.#seen))) this.#focus = id;
    this.#seen = id;
  }

  async #choose(settings: LineageSettings): Promise<null> {
    this.#follows = settings.followCursor;
    await this.services.settings.keep(settings);
    this.siblings.onSettings(settings);
    return null;
  }

  #tell<Name extends keyof LineageViewEvents>(name: Name, value: LineageViewEvents[Name]): void {
    if (this.#shown !== undefined) void this.home.webview.postMessage(rpcEvent<LineageViewEvents, Name>(name, value));
  }
}
