// The lineage as a view of the workbench, which stands in the panel until the user moves it.

import { window, type Disposable, type WebviewView, type WebviewViewProvider } from 'vscode';
import type { LineageViews } from './lineageViews';

export class LineageSideView implements WebviewViewProvider, Disposable {
  readonly #registration: Disposable;

  constructor(private readonly views: LineageViews) {
    this.#registration = window.registerWebviewViewProvider('sparkform.lineage', this);
  }

  resolveWebviewView(side: WebviewView): void {
    const view = this.views.connect({ webview: side.webview, place: 'side', column: () => undefined });
    side.onDidChangeVisibility(() => {
      if (!side.visible) view.hidden();
    });
    side.onDidDispose(() => {
      view.dispose();
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
