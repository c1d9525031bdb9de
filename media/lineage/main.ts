// The lineage's webview (`dist/lineage.js` and `.css`).

import type { LineageViewEvents, LineageViewMethods, LineageViewState } from '../../shared/protocol/lineageView';
import { HostClient } from '../../shared/protocol/webviewRpc';
import { LineagePage } from './lineagePage';

interface VsCodeApi {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}
declare const acquireVsCodeApi: () => VsCodeApi;

const vscode = acquireVsCodeApi();
const host = new HostClient<LineageViewMethods, LineageViewEvents>((message) => {
  vscode.postMessage(message);
});
window.addEventListener('message', ({ data }) => {
  host.receive(data);
});

const root = document.getElementById('lineage');
if (!root) throw new Error('the page has no element "lineage"');
const page = new LineagePage({
  host,
  root,
  worker: root.dataset['worker'] ?? '',
  // Written by this page alone, in an earlier life.
  state: vscode.getState() as LineageViewState | undefined,
  saveState: (state) => {
    vscode.setState(state);
  },
});
void page.start();
