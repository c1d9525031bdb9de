// What VS Code gives a page: who answers its questions, and a place for its state.

import { HostClient, type MethodMap } from '../../shared/protocol/webviewRpc';

interface VsCodeApi {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}
declare const acquireVsCodeApi: () => VsCodeApi;

export interface EditorHost<Methods extends MethodMap<Methods>, Events, State> {
  readonly host: HostClient<Methods, Events>;
  /** What this page alone has written, in an earlier life. */
  readonly state: State | undefined;
  readonly saveState: (state: State) => void;
}

/** To be called once: VS Code gives it away a single time. */
export function connectToEditor<Methods extends MethodMap<Methods>, Events, State>(): EditorHost<Methods, Events, State> {
  const vscode = acquireVsCodeApi();
  const host = new HostClient<Methods, Events>((message) => {
    vscode.postMessage(message);
  });
  window.addEventListener('message', ({ data }) => {
    host.receive(data);
  });
  return {
    host,
    state: vscode.getState() as State | undefined,
    saveState: (state) => {
      vscode.setState(state);
    },
  };
}

/** The element that the page is built in. */
export function rootElement(id: string): HTMLElement {
  const root = document.getElementById(id);
  if (!root) throw new Error(`the page has no element "${id}"`);
  return root;
}
