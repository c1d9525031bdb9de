// One status bar item that is there only while there is something to say: a run, the set-up of the local Spark, or a
// language server that does not run.

import { StatusBarAlignment, ThemeColor, window, type Disposable, type StatusBarItem } from 'vscode';
import { notRunning, type LanguageServer } from '../languageClient';
import type { LocalRuns } from '../runs/localRuns';
import { isActive } from '../runs/runView';
import { formatRunState } from './formatRun';
import { disposeAll, type Owned } from '../owned';

export class StatusBar implements Disposable {
  readonly #item: StatusBarItem = window.createStatusBarItem('sparkform.status', StatusBarAlignment.Left, 10);
  readonly #owned: Owned[];

  constructor(
    private readonly server: LanguageServer,
    private readonly runs: LocalRuns,
  ) {
    this.#item.name = 'Sparkform';
    const update = (): void => {
      this.#update();
    };
    this.#owned = [this.#item, server.onDidChangeState(update), runs.onDidChange(update)];
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  #update(): void {
    const active = this.runs.all.filter(isActive);
    const [first] = active;
    if (first !== undefined) {
      const more = active.length > 1 ? ` (+${active.length - 1})` : '';
      this.#show(
        `$(loading~spin) ${first.target}: ${formatRunState(first)}${more}`,
        'Sparkform: show the log of the run',
        'sparkform.showOutput',
      );
    } else if (this.server.state.kind === 'stopped' && this.server.state.reason !== undefined) {
      this.#show('$(error) Sparkform', notRunning(this.server.state.reason), 'sparkform.restartServer');
      this.#item.backgroundColor = new ThemeColor('statusBarItem.errorBackground');
    } else this.#item.hide();
  }

  #show(text: string, tooltip: string, command: string): void {
    this.#item.text = text;
    this.#item.tooltip = tooltip;
    this.#item.command = command;
    this.#item.backgroundColor = undefined;
    this.#item.show();
  }
}
