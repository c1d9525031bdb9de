// The failure of a run as a diagnostic on the text that caused it. It stays with that text while the user edits around it,
// and goes when the definition is changed or runs again.

import {
  CodeAction,
  CodeActionKind,
  Diagnostic,
  Range,
  Uri,
  WorkspaceEdit,
  languages,
  workspace,
  type Disposable,
  type TextDocument,
  type TextDocumentChangeEvent,
} from 'vscode';
import type { PlacedFailure, RunFailure } from '../../../shared/run/manifest';
import type { PlanRange } from '../../../shared/run/plan';
import { followChanges, type TextChange } from './trackedRanges';
import { disposeAll, type Owned } from '../owned';

/** The definition that a failure belongs to. */
export interface FailedDefinition {
  /** `name.variant` */
  readonly id: string;
  /** The workspace folder that it ran in: a path. */
  readonly root: string;
  readonly uri: string;
  /** The whole definition, as it stood when the run was planned. */
  readonly range: PlanRange;
}

/** Remembers what is typed while a run is under way, since its failure speaks of the text it was planned from. */
export interface EditRecord extends Owned {
  changesOf(uri: string): readonly TextChange[];
}

interface Entry {
  readonly definition: FailedDefinition;
  readonly range: PlanRange;
  readonly message: string;
  readonly code: string;
  readonly suggestions: readonly string[];
}

export class RunDiagnostics implements Disposable {
  readonly #collection = languages.createDiagnosticCollection('Sparkform run');
  readonly #recordings = new Set<Map<string, TextChange[]>>();
  readonly #owned: Owned[];
  #entries: readonly Entry[] = [];

  constructor() {
    this.#owned = [
      this.#collection,
      workspace.onDidChangeTextDocument((event) => {
        this.#changed(event);
      }),
      languages.registerCodeActionsProvider(
        { language: 'python' },
        { provideCodeActions: (document, range) => this.#replacements(document, range) },
        { providedCodeActionKinds: [CodeActionKind.QuickFix] },
      ),
    ];
  }

  record(): EditRecord {
    const changes = new Map<string, TextChange[]>();
    this.#recordings.add(changes);
    return { changesOf: (uri) => changes.get(spelled(uri)) ?? [], dispose: () => this.#recordings.delete(changes) };
  }

  /** Nothing is shown when the definition was changed since the record began. Answers where the failure stands now. */
  show(failure: RunFailure, placed: PlacedFailure, definition: FailedDefinition, record: EditRecord): PlacedFailure | undefined {
    const changes = record.changesOf(placed.uri);
    const range = followChanges(definition.range, record.changesOf(definition.uri)) && followChanges(placed.range, changes);
    if (range === undefined) return undefined;
    const definitionNow = followChanges(definition.range, record.changesOf(definition.uri)) ?? definition.range;
    const entry: Entry = {
      definition: {
        ...definition,
        uri: spelled(placed.uri),
        range: spelled(definition.uri) === spelled(placed.uri) ? definitionNow : range,
      },
      range,
      message: placed.message,
      code: failure.condition ?? failure.errorClass,
      suggestions: placed.suggestions,
    };
    const others = this.#entries.filter(({ definition: { id, root } }) => id !== definition.id || root !== definition.root);
    this.#replace([...others, entry]);
    return { ...placed, range };
  }

  /** Forgets what earlier runs said of these definitions. */
  clear(root: string, ids: ReadonlySet<string>): void {
    this.#replace(this.#entries.filter(({ definition }) => definition.root !== root || !ids.has(definition.id)));
  }

  /** Forgets what was said of documents that are gone. */
  retain(exists: (uri: Uri) => boolean): void {
    const left = this.#entries.filter(({ definition }) => exists(Uri.parse(definition.uri)));
    if (left.length < this.#entries.length) this.#replace(left);
  }

  dispose(): void {
    disposeAll(this.#owned);
  }

  #changed({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const uri = document.uri.toString();
    // Each change counts in the text before the event: from the last to the first none moves another.
    const changes: readonly TextChange[] = contentChanges.toSorted((a, b) => b.rangeOffset - a.rangeOffset);
    for (const recording of this.#recordings) recording.set(uri, [...(recording.get(uri) ?? []), ...changes]);
    if (this.#entries.some(({ definition }) => definition.uri === uri)) {
      this.#replace(this.#entries.flatMap((entry) => (entry.definition.uri === uri ? follow(entry, changes) : [entry])));
    }
  }

  #replace(entries: readonly Entry[]): void {
    const documents = new Set([...this.#entries, ...entries].map(({ definition }) => definition.uri));
    this.#entries = entries;
    for (const uri of documents) {
      const diagnostics = entries.filter(({ definition }) => definition.uri === uri).map(diagnosticOf);
      this.#collection.set(Uri.parse(uri), diagnostics);
    }
  }

  #replacements(document: TextDocument, at: Range): CodeAction[] {
    const uri = document.uri.toString();
    const touched = this.#entries.filter(
      ({ definition, range }) => definition.uri === uri && at.intersection(rangeOf(range)) !== undefined,
    );
    return touched.flatMap((entry) =>
      entry.suggestions.map((suggestion, index) => {
        const action = new CodeAction(`Replace with “${suggestion}”`, CodeActionKind.QuickFix);
        action.edit = new WorkspaceEdit();
        action.edit.replace(document.uri, rangeOf(entry.range), suggestion);
        action.diagnostics = [diagnosticOf(entry)];
        action.isPreferred = index === 0 && entry.suggestions.length === 1;
        return action;
      }),
    );
  }
}

function follow(entry: Entry, changes: readonly TextChange[]): readonly Entry[] {
  const definition = followChanges(entry.definition.range, changes);
  const range = followChanges(entry.range, changes);
  return definition === undefined || range === undefined
    ? []
    : [{ ...entry, definition: { ...entry.definition, range: definition }, range }];
}

function diagnosticOf({ range, message, code }: Entry): Diagnostic {
  const diagnostic = new Diagnostic(rangeOf(range), message);
  diagnostic.source = 'Sparkform run';
  diagnostic.code = code;
  return diagnostic;
}

function rangeOf({ start, end }: PlanRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** The editor's spelling of a URI that another process wrote. */
function spelled(uri: string): string {
  return Uri.parse(uri).toString();
}
