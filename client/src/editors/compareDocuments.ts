// Comparisons as read-only documents, shown rendered by VS Code's own preview of Markdown.

import {
  EventEmitter,
  Uri,
  commands,
  extensions,
  window,
  workspace,
  type Disposable,
  type Memento,
  type TextDocumentContentProvider,
} from 'vscode';

const scheme = 'sparkform-comparison';
/** Closed documents may be opened again from the history of the window. */
const keptDocuments = 20;
/** So many characters of them outlive the window: its tabs come back with it. */
const mostKeptCharacters = 200_000;
const memory = 'sparkform.comparisons';

const forgotten = 'This comparison is no longer kept. Compare the tables again to see how they differ now.\n';

export class CompareDocuments implements TextDocumentContentProvider, Disposable {
  readonly #changed = new EventEmitter<Uri>();
  readonly #registration = workspace.registerTextDocumentContentProvider(scheme, this);
  /** By path, the newest at the end. */
  readonly #texts: Map<string, string>;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly state: Memento) {
    this.#texts = new Map(state.get<readonly (readonly [string, string])[]>(memory, []));
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.path) ?? forgotten;
  }

  /** @param name of what was compared; a comparison of the same name takes the place of an earlier one. */
  async show(name: string, markdown: string): Promise<void> {
    const uri = Uri.from({ scheme, path: `/Comparison of ${name.replace(/[\\/:*?"<>|#%]+/g, '-')}.md` });
    this.#texts.delete(uri.path);
    this.#texts.set(uri.path, markdown);
    for (const path of [...this.#texts.keys()].slice(0, -keptDocuments)) this.#texts.delete(path);
    this.#changed.fire(uri);
    await this.state.update(memory, this.#newest());
    // Whoever switched the preview off reads the text.
    if (extensions.getExtension('vscode.markdown-language-features') === undefined) await window.showTextDocument(uri);
    else await commands.executeCommand('markdown.showPreview', uri);
  }

  #newest(): readonly (readonly [string, string])[] {
    let left = mostKeptCharacters;
    const kept = [...this.#texts].toReversed().filter(([, { length }]) => {
      if (length > left) return false;
      left -= length;
      return true;
    });
    return kept.toReversed();
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
