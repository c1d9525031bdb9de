// The table grid's webview (`dist/tableGrid.js` and `.css`).

import type { TableViewEvents, TableViewMethods, TableViewState } from '../../shared/protocol/tableView';
import { HostClient } from '../../shared/protocol/webviewRpc';
import { TablePage } from './tablePage';

interface VsCodeApi {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}
declare const acquireVsCodeApi: () => VsCodeApi;

const vscode = acquireVsCodeApi();
const host = new HostClient<TableViewMethods, TableViewEvents>((message) => {
  vscode.postMessage(message);
});
window.addEventListener('message', ({ data }) => {
  host.receive(data);
});

const root = document.getElementById('table');
if (!root) throw new Error('the page has no element "table"');
const page = new TablePage({
  host,
  root,
  // Written by this page alone, in an earlier life.
  state: vscode.getState() as TableViewState | undefined,
  saveState: (state) => {
    vscode.setState(state);
  },
});
void page.open();
