// Tells the client what changed: diagnostics are sent to clients that do not ask for them, and clients that do are woken.
// The edited and the open documents come first; the rest follows in slices, so that typing never waits for it.

import {
  CodeLensRefreshRequest,
  type Connection,
  type Diagnostic,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { resourcesChangedNotification } from '../../../shared/protocol/requests';
import type { ServiceChange } from '../languageService';
import { isNotebook } from '../workspace/fileUris';
import type { ClientSupport } from './clientSupport';
import type { ClientUris } from './clientUris';
import type { Session } from './session';

export interface PublisherOptions {
  readonly connection: Connection;
  readonly session: Session;
  readonly support: ClientSupport;
  readonly uris: ClientUris;
  /** The version of an open document that the session has seen. */
  readonly versionOf: (uri: string) => number | undefined;
  /** The client did not take what it was told. */
  readonly onFailure: (cause: unknown) => void;
}

/** How long one slice of background work may hold up the messages that wait. */
const SLICE_MILLISECONDS = 6;
/** Positions and problem counts in the list of resources follow when typing pauses; its contents follow at once. */
const SETTLED_MILLISECONDS = 400;

export class Publisher {
  private readonly pending = new Set<string>();
  /** Documents that the client has been sent problems of. */
  private readonly shown = new Set<string>();
  private sliceScheduled = false;
  private resourcesScheduled = false;
  private settled: NodeJS.Timeout | undefined;
  private lensesSettled: NodeJS.Timeout | undefined;
  private coloursSettled: NodeJS.Timeout | undefined;
  /** The document whose edit is being taken. */
  private edited: string | undefined;
  /** Until the workspace is read every question waits: none has to be asked again. */
  private answering = false;
  private waiting: (() => void)[] = [];

  constructor(private readonly options: PublisherOptions) {}

  /** The workspace is read, and from now on questions are answered. */
  answers(): void {
    this.answering = true;
  }

  /** Takes an edit of the client's, who asks about the edited document by itself. */
  edit(uri: string, take: () => void): void {
    this.edited = uri;
    try {
      take();
    } finally {
      this.edited = undefined;
    }
  }

  changed({ changed, surfaceChanged }: ServiceChange): void {
    if (changed.length === 0 && !surfaceChanged) return;
    const unasked = this.changesUnasked(changed);
    if (this.options.support.pullsDiagnostics) this.wakePulls(unasked);
    else this.push(changed);
    if (unasked) this.refreshColoursWhenSettled();
    if (!surfaceChanged) {
      this.announceWhenSettled();
      return;
    }
    this.announceResources();
    // What counts dependents stands in any document.
    clearTimeout(this.lensesSettled);
    this.lensesSettled = setTimeout(() => {
      this.refreshLenses();
    }, SETTLED_MILLISECONDS);
  }

  /** Makes the client ask for the lenses and the hints of its documents again. */
  refreshLenses(): void {
    const { connection, support } = this.options;
    if (support.refreshesCodeLenses) this.told(connection.sendRequest(CodeLensRefreshRequest.type));
    if (support.refreshesInlayHints) this.told(connection.sendRequest(InlayHintRefreshRequest.type));
  }

  /** The problems of a document as the client is shown them. */
  diagnosticsOf(uri: string): Diagnostic[] {
    const { session, uris } = this.options;
    const { service, settings } = session.of(uri);
    return service.diagnostics(uri, settings).map((diagnostic) => uris.diagnostic(diagnostic));
  }

  /** What names the present problems of a document: equal names, equal problems. */
  resultIdOf(uri: string): string {
    const { serial, service, settings } = this.options.session.of(uri);
    return `${serial}/${service.diagnosticsVersion(uri)}/${settings.minSeverity}`;
  }

  /**
   * The documents whose problems are not those that the client names. Checks what is unchecked, in slices; waits for a
   * change where there is nothing to say. Answers with nothing as soon as it is cancelled.
   */
  async workspaceReport(
    previous: ReadonlyMap<string, string>,
    isCancelled: () => boolean,
    onCancel: (wake: () => void) => void,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    onCancel(() => {
      this.wake();
    });
    for (;;) {
      const change = new Promise<void>((resolve) => this.waiting.push(resolve));
      const report = await this.reportChanges(previous, isCancelled);
      if (report.length > 0 || isCancelled()) return report;
      await change;
      if (isCancelled()) return [];
    }
  }

  private async reportChanges(
    previous: ReadonlyMap<string, string>,
    isCancelled: () => boolean,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const { session, uris, versionOf } = this.options;
    const report: WorkspaceDocumentDiagnosticReport[] = [];
    let sliceEnd = performance.now() + SLICE_MILLISECONDS;
    for (const uri of session.documents) {
      if (performance.now() > sliceEnd) {
        await nextTurn();
        if (isCancelled()) return [];
        sliceEnd = performance.now() + SLICE_MILLISECONDS;
      }
      const known = previous.get(uri);
      if (known === undefined ? session.of(uri).service.diagnoses(uri).length === 0 : known === this.resultIdOf(uri)) continue;
      const items = this.diagnosticsOf(uri);
      report.push({ kind: 'full', uri: uris.toClient(uri), version: versionOf(uri) ?? null, resultId: this.resultIdOf(uri), items });
    }
    for (const uri of previous.keys()) {
      if (session.exists(uri)) continue;
      report.push({ kind: 'full', uri: uris.toClient(uri), version: null, items: [] });
    }
    return report;
  }

  dispose(): void {
    clearTimeout(this.settled);
    clearTimeout(this.lensesSettled);
    clearTimeout(this.coloursSettled);
    this.pending.clear();
    this.wake();
  }

  private push(changed: readonly string[]): void {
    const { session } = this.options;
    const [first] = changed;
    if (first !== undefined && session.isOpen(first)) this.publish(first);
    for (const uri of changed) if (uri !== first || !session.isOpen(uri)) this.pending.add(uri);
    this.scheduleSlice();
  }

  private scheduleSlice(): void {
    if (this.sliceScheduled || this.pending.size === 0) return;
    this.sliceScheduled = true;
    setImmediate(() => {
      this.sliceScheduled = false;
      const end = performance.now() + SLICE_MILLISECONDS;
      const { session } = this.options;
      const order = [...this.pending].filter((uri) => session.isOpen(uri));
      for (const uri of order.length > 0 ? order : this.pending) {
        this.pending.delete(uri);
        this.publish(uri);
        if (performance.now() > end) break;
      }
      this.scheduleSlice();
    });
  }

  private publish(uri: string): void {
    const { connection, session, support, uris, versionOf } = this.options;
    const diagnostics = session.exists(uri) ? this.diagnosticsOf(uri) : [];
    // A closed document without problems that never had any is not worth a message.
    if (diagnostics.length === 0 && !this.shown.has(uri) && !session.isOpen(uri)) return;
    if (diagnostics.length > 0) this.shown.add(uri);
    else this.shown.delete(uri);
    const version = support.namesDocumentVersions ? versionOf(uri) : undefined;
    this.told(connection.sendDiagnostics({ uri: uris.toClient(uri), diagnostics, ...(version !== undefined && { version }) }));
  }

  /** Whether there is an open document among them of which the client cannot know: none that it edits, or another cell of a notebook. */
  private changesUnasked(changed: readonly string[]): boolean {
    return this.answering && changed.some((uri) => (uri !== this.edited || isNotebook(uri)) && this.options.session.isOpen(uri));
  }

  private wakePulls(unasked: boolean): void {
    this.wake();
    const { connection } = this.options;
    if (unasked) this.told(connection.languages.diagnostics.refresh());
  }

  /** The words of a query may come from constants of other files, and a file of SQL counts while another reads it. */
  private refreshColoursWhenSettled(): void {
    const { connection, support } = this.options;
    if (!support.refreshesTokens) return;
    clearTimeout(this.coloursSettled);
    this.coloursSettled = setTimeout(() => {
      this.told(connection.sendRequest(SemanticTokensRefreshRequest.type));
    }, SETTLED_MILLISECONDS);
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }

  private announceResources(): void {
    if (this.resourcesScheduled) return;
    this.resourcesScheduled = true;
    clearTimeout(this.settled);
    setImmediate(() => {
      this.resourcesScheduled = false;
      const { connection, session } = this.options;
      this.told(connection.sendNotification(resourcesChangedNotification.method, { revision: session.revision }));
    });
  }

  /** Nobody waits for the client; a refusal of its must not go unhandled. */
  private told(message: Promise<unknown>): void {
    message.catch(this.options.onFailure);
  }

  private announceWhenSettled(): void {
    clearTimeout(this.settled);
    this.settled = setTimeout(() => {
      this.announceResources();
    }, SETTLED_MILLISECONDS);
  }
}

/** Lets the messages that wait be taken first. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
