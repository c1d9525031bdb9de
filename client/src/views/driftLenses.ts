// The drift of outputs at their definitions: a lens above, with what changed in full on hover; both lead to the comparison.

import {
  CodeLens,
  EventEmitter,
  Hover,
  MarkdownString,
  Range,
  languages,
  type CodeLensProvider,
  type Disposable,
  type Event,
  type HoverProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import type { ResourceNode } from '../../../shared/protocol/requests';
import { disposeAll, type Owned } from '../owned';
import type { OutputDrift, OutputDrifts } from '../runs/outputDrift';
import { driftMarkdown, driftTitle } from './driftText';
import { formatTime } from './formatRun';
import type { ResourcesStore } from './resourcesStore';
import type { RunNode } from './runsTree';

const compareCommand = 'sparkform.compareWithRunBefore';

export class DriftLenses implements CodeLensProvider, HoverProvider, Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #owned: Owned[];
  /** Whether definitions were there to be looked at, and whether any of them had a lens. */
  #looked = false;
  #shown = false;

  readonly onDidChangeCodeLenses: Event<void> = this.#changed.event;

  constructor(
    private readonly drifts: OutputDrifts,
    private readonly resources: ResourcesStore,
  ) {
    const selector = { language: 'python' };
    this.#owned = [
      this.#changed,
      drifts.onDidChange(() => {
        this.#changed.fire();
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
      const found = this.drifts.of(resource);
      if (found === undefined) return [];
      this.#shown = true;
      return new CodeLens(rangeOf(resource.selection), {
        title: driftTitle(found.drift),
        tooltip: `Since the run of ${formatTime(found.before.started, new Date())}. Compare the two results.`,
        command: compareCommand,
        arguments: [runOf(found)],
      });
    });
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    for (const resource of this.resources.inDocument(document.uri)) {
      const range = rangeOf(resource.selection);
      const found = range.contains(position) ? this.drifts.of(resource) : undefined;
      if (found !== undefined) return new Hover(hoverText(resource, found), range);
    }
    return undefined;
  }

  dispose(): void {
    disposeAll(this.#owned);
  }
}

function hoverText({ id }: ResourceNode, found: OutputDrift): MarkdownString {
  const now = new Date();
  const times = { before: formatTime(found.before.started, now), after: formatTime(found.after.started, now) };
  const link = `command:${compareCommand}?${encodeURIComponent(JSON.stringify([runOf(found)]))}`;
  const text = new MarkdownString(`${driftMarkdown(id, found.drift, times)}\n\n[Compare the two results](${link})`);
  text.isTrusted = { enabledCommands: [compareCommand] };
  return text;
}

/** The step of a run, as the Runs view would name it. */
function runOf({ after }: OutputDrift): RunNode {
  return { runId: after.runId, step: after.id };
}

function rangeOf({ start, end }: ResourceNode['range']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
