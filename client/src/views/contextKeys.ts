// The context keys that menus and welcome texts ask for: what the active editor holds, whether something runs, how the server does.

import { commands, window, type Disposable } from 'vscode';
import type { LanguageServer } from '../languageClient';
import type { LocalRuns } from '../runs/localRuns';
import type { ResourcesStore } from './resourcesStore';
import { disposeAll, type Owned } from '../owned';

export class ContextKeys implements Disposable {
  readonly #owned: Owned[];
  readonly #values = new Map<string, unknown>();

  constructor(
    private readonly server: LanguageServer,
    private readonly resources: ResourcesStore,
    private readonly runs: LocalRuns,
  ) {
    const update = (): void => {
      this.#update();
    };
    this.#owned = [
      server.onDidChangeState(update),
      resources.onDidChange(update),
      runs.onDidChange(update),
      window.onDidChangeActiveTextEditor(update),
    ];
    update();
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  #update(): void {
    const document = window.activeTextEditor?.document;
    const here = document === undefined ? [] : this.resources.inDocument(document.uri);
    this.#set('sparkform.definitionFile', here.length > 0);
    this.#set(
      'sparkform.runnableFile',
      here.some(({ runnable }) => runnable),
    );
    this.#set('sparkform.runActive', this.runs.hasActive);
    // "running" only once the first answer is there, so that no view says "nothing found" while the server still reads.
    const { kind } = this.server.state;
    this.#set('sparkform.serverState', kind === 'running' && !this.resources.loaded ? 'starting' : kind);
  }

  #set(key: string, value: unknown): void {
    if (this.#values.get(key) === value) return;
    this.#values.set(key, value);
    void commands.executeCommand('setContext', key, value);
  }
}
