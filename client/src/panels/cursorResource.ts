// The definition at the cursor of the active editor, told whenever it may be another one.

import { CancellationTokenSource, Disposable, languages, window } from 'vscode';
import { resourceAtRequest } from '../../../shared/protocol/requests';
import { definitionDocuments, type LanguageServer } from '../languageClient';
import { disposeAll, type Owned } from '../owned';
import type { ResourcesStore } from '../views/resourcesStore';

/** Keys that are held down move the cursor thirty times a second. */
const SETTLED_MILLISECONDS = 120;

export class CursorResource implements Disposable {
  readonly #listeners = new Set<(key: string) => void>();
  readonly #owned: Owned[];
  #timer: NodeJS.Timeout | undefined;
  #asking: CancellationTokenSource | undefined;
  #key: string | undefined;
  #settled: Promise<void> = Promise.resolve();

  constructor(
    private readonly server: LanguageServer,
    resources: ResourcesStore,
  ) {
    const soon = (): void => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#look();
      }, SETTLED_MILLISECONDS);
    };
    this.#owned = [
      window.onDidChangeActiveTextEditor(soon),
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (textEditor === window.activeTextEditor) soon();
      }),
      // What is at the cursor may have another name now.
      resources.onDidChange(() => {
        this.#look();
      }),
    ];
  }

  /** The last key that was found. */
  get key(): string | undefined {
    return this.#key;
  }

  /** Resolves when what is being asked has been answered. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /**
   * Tells the key of the definition around the cursor or, outside of definitions, of what is mentioned there; nothing where
   * there is neither, and nothing twice. While nobody listens, nothing is asked.
   */
  onDidChange(listener: (key: string) => void): Disposable {
    this.#listeners.add(listener);
    this.#look();
    return new Disposable(() => this.#listeners.delete(listener));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#asking?.cancel();
    disposeAll(this.#owned);
  }

  #look(): void {
    this.#settled = this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking?.cancel();
    const editor = window.activeTextEditor;
    if (this.#listeners.size === 0 || editor === undefined) return;
    if (this.server.state.kind !== 'running' || languages.match(definitionDocuments, editor.document) === 0) return;
    const asking = new CancellationTokenSource();
    this.#asking = asking;
    const { line, character } = editor.selection.active;
    const place = { textDocument: { uri: editor.document.uri.toString() }, position: { line, character } };
    try {
      const found = await this.server.request(resourceAtRequest, place, asking.token);
      const key = found?.definition ?? found?.reference;
      if (asking.token.isCancellationRequested || key === undefined || key === this.#key) return;
      this.#key = key;
      for (const listener of this.#listeners) listener(key);
    } catch {
      // It was given up for a later question, or the server went down under it: whoever shows the graph is told of that.
    } finally {
      asking.dispose();
    }
  }
}
