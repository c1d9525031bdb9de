// The lineage as an editor: one in the window, beside the definitions.

import { ViewColumn, window, type Disposable, type WebviewPanel } from 'vscode';
import { disposeAll, type Owned } from '../owned';
import type { LineageView, LineageViews } from './lineageViews';

const viewType = 'sparkform.lineagePanel';

export class LineagePanel implements Disposable {
  readonly #owned: Owned[];
  #shown: { readonly panel: WebviewPanel; readonly view: LineageView } | undefined;

  constructor(
    private readonly views: LineageViews,
    private readonly icon: Exclude<WebviewPanel['iconPath'], undefined>,
  ) {
    this.#owned = [
      // After the window was reloaded, its page knows what it looked at.
      window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: (panel) => {
          this.#adopt(panel, undefined);
          return Promise.resolve();
        },
      }),
    ];
  }

  /**
   * Shows the panel beside the active editor, or where it is.
   * @param focus the id to look at; undefined for what the cursor is on.
   */
  show(focus: string | undefined): void {
    if (this.#shown === undefined) {
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: false };
      this.#adopt(window.createWebviewPanel(viewType, 'Lineage', column), focus);
      return;
    }
    const { panel, view } = this.#shown;
    if (focus !== undefined) view.show(focus);
    panel.reveal();
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  #adopt(panel: WebviewPanel, focus: string | undefined): void {
    panel.iconPath = this.icon;
    const view = this.views.connect({ webview: panel.webview, place: 'panel', column: () => panel.viewColumn }, focus);
    // Of two panels, that of the last window goes.
    this.#shown?.panel.dispose();
    this.#shown = { panel, view };
    panel.onDidChangeViewState(() => {
      if (!panel.visible) view.hidden();
    });
    panel.onDidDispose(() => {
      view.dispose();
      if (this.#shown?.panel === panel) this.#shown = undefined;
    });
  }
}
