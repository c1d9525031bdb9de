// The drift of outputs at their definitions: a lens above, with what changed in full on hover; both lead to the comparison.

import {
  CodeLens,
  EventEmitter,
  Hover,
  MarkdownString,
  Range,
  languages,
  workspace,
  type CodeLensProvider,
  type Command,
  type Disposable,
  type Event,
  type HoverProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { disposeAll, type Owned } from '../owned';
import type { DriftSource, OutputDrift } from '../drift/outputDrift';
import { driftMarkdown, driftTitle } from './driftText';
import { formatTime } from './formatRun';
import type { ResourcesStore } from './resourcesStore';

export class DriftLenses implements CodeLensProvider, HoverProvider, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #owned: Owned[];
  /** Whether definitions were there to be looked at, and whether any of them had a lens. */
  #looked = false;
  #shown = false;

  readonly onDidChangeCodeLenses: Event<void> = this.#changed.event;

  constructor(
    private readonly sources: readonly DriftSource[],
    private readonly resources: ResourcesStore,
  ) {
    const selector = { language: 'python' };
    this.#owned = [
      this.#changed,
      ...sources.map((source) =>
        source.onDidChange(() => {
          this.#changed.fire();
        }),
      ),
      workspace.onDidGrantWorkspaceTrust(() => {
        this.#changed.fire();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('sparkform.drift')) this.#changed.fire();
      }),
      // The editor asks again at each keystroke by itself, which may be before the server has told where definitions stand.
      resources.onDidChange(() => {
        if (this.#shown || !this.#looked) this.#changed.fire();
      }),
      languages.registerCodeLensProvider(selector, this),
      languages.registerHoverProvider(selector, this),
    ];
  }

  provideCodeLenses(document: TextDocument): CodeLens[] {
    const here = this.resources.inDocument(document.uri);
    this.#looked ||= here.length > 0;
    return here.flatMap((resource) => {
      const found = this.#driftsOf(resource);
      this.#shown ||= found.length > 0;
      return found.map((drift) => new CodeLens(rangeOf(resource.selection), commandOf(drift)));
    });
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    for (const resource of this.resources.inDocument(document.uri)) {
      const range = rangeOf(resource.selection);
      const found = range.contains(position) ? this.#driftsOf(resource) : [];
      if (found.length > 0)
        return new Hover(
          found.map((drift) => hoverText(resource, drift)),
          range,
        );
    }
    return undefined;
  }

  #driftsOf(resource: ResourceNode): readonly OutputDrift[] {
    return this.sources.flatMap((source) => source.of(resource) ?? []);
  }

  dispose(): void {
    disposeAll(this.#owned);
  }
}

function commandOf({ drift, place, before, compare }: OutputDrift): Command {
  return {
    title: driftTitle(drift, place),
    tooltip: `Since the run of ${timeOf(before)}. Compare the two results.`,
    command: compare.command,
    arguments: [...compare.arguments],
  };
}

function hoverText({ id }: ResourceNode, { drift, place, before, after, compare }: OutputDrift): MarkdownString {
  const link = `command:${compare.command}?${encodeURIComponent(JSON.stringify(compare.arguments))}`;
  const changes = driftMarkdown(id, { drift, place, before: timeOf(before), after: timeOf(after) });
  const text = new MarkdownString(`${changes}\n\n[Compare the two results](${link})`);
  text.isTrusted = { enabledCommands: [compare.command] };
  return text;
}

function timeOf(moment: Date | string): string {
  return typeof moment === 'string' ? moment : formatTime(moment, new Date());
}

function rangeOf({ start, end }: ResourceNode['range']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
