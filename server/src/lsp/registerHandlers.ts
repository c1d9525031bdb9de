// One handler a request: convert in, one call of the language service, convert out.

import {
  type CancellationToken,
  type CodeActionParams,
  type Connection,
  DocumentDiagnosticReportKind,
  ErrorCodes,
  LSPErrorCodes,
  type Position,
  ResponseError,
} from 'vscode-languageserver/node';
import { resourcesRequest, runPlanRequest, type RunPlanParams } from '../../../shared/protocol/requests';
import type { ClientSupport } from './clientSupport';
import type { ClientUris } from './clientUris';
import { nextTurn, type Publisher } from './publisher';
import type { Session } from './session';

/** What requests are answered from, once the workspace is read. */
export interface Ready {
  readonly session: Session;
  readonly publisher: Publisher;
}

export interface HandlerOptions {
  readonly connection: Connection;
  readonly uris: ClientUris;
  readonly support: () => ClientSupport;
  readonly ready: () => Promise<Ready>;
}

export function registerHandlers({ connection, uris, support, ready }: HandlerOptions): void {
  /** Waits for the workspace; a request that was given up meanwhile is not worked on. */
  const when = async <T>(token: CancellationToken, answer: (ready: Ready) => T | Promise<T>): Promise<T> => {
    const state = await ready();
    if (token.isCancellationRequested) throw cancelled();
    return answer(state);
  };
  const at = (params: { readonly textDocument: { readonly uri: string }; readonly position: Position }): [string, Position] => [
    uris.toCore(params.textDocument.uri),
    params.position,
  ];

  connection.onHover((params, token) => when(token, ({ session }) => session.service.hover(...at(params)) ?? null));
  connection.onCompletion((params, token) => when(token, ({ session }) => session.service.completion(...at(params)) ?? null));
  connection.onCompletionResolve((item, token) => when(token, ({ session }) => session.service.completionResolve(item)));
  connection.onDefinition((params, token) =>
    when(token, ({ session }) => {
      const links = session.service.definition(...at(params)).map((link) => uris.locationLink(link));
      if (support().linksDefinitions) return links;
      return links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
    }),
  );
  connection.onReferences((params, token) =>
    when(token, ({ session }) => {
      const found = session.service.references(...at(params), { includeDeclaration: params.context.includeDeclaration });
      return found.map((location) => uris.location(location));
    }),
  );
  connection.onDocumentHighlight((params, token) => when(token, ({ session }) => [...session.service.documentHighlight(...at(params))]));
  connection.onDocumentSymbol((params, token) =>
    when(token, ({ session }) => [...session.service.documentSymbol(uris.toCore(params.textDocument.uri))]),
  );
  connection.onWorkspaceSymbol((params, token) =>
    when(token, ({ session }) =>
      session.service
        .workspaceSymbol(params.query)
        .map((symbol) => ({ ...symbol, location: { ...symbol.location, uri: uris.toClient(symbol.location.uri) } })),
    ),
  );
  connection.onCodeAction((params, token) => when(token, ({ session }) => codeActions(session, params)));
  connection.onCodeLens((params, token) =>
    when(token, ({ session }) => (session.settings.codeLens ? [...session.service.codeLens(uris.toCore(params.textDocument.uri))] : [])),
  );
  connection.onCodeLensResolve((lens, token) => when(token, ({ session }) => session.service.codeLensResolve(lens)));

  connection.languages.diagnostics.on((params, token) =>
    when(token, ({ publisher }) => {
      const uri = uris.toCore(params.textDocument.uri);
      if (params.previousResultId !== undefined && params.previousResultId === publisher.resultIdOf(uri)) {
        return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: params.previousResultId };
      }
      const items = publisher.diagnosticsOf(uri);
      return { kind: DocumentDiagnosticReportKind.Full, items, resultId: publisher.resultIdOf(uri) };
    }),
  );
  connection.languages.diagnostics.onWorkspace((params, token) =>
    when(token, async ({ publisher }) => {
      const previous = new Map(params.previousResultIds.map(({ uri, value }) => [uris.toCore(uri), value]));
      const items = await publisher.workspaceReport(
        previous,
        () => token.isCancellationRequested,
        (wake) => token.onCancellationRequested(wake),
      );
      if (token.isCancellationRequested) throw cancelled();
      return { items };
    }),
  );

  connection.onRequest(runPlanRequest.method, (params: unknown, token: CancellationToken) =>
    when(token, ({ session }) => session.service.runPlan(readRunPlanParams(params))),
  );
  connection.onRequest(resourcesRequest.method, (_params: unknown, token: CancellationToken) =>
    when(token, async ({ session }) => {
      await checkAll(session, token);
      const { resources, ...rest } = session.service.resources();
      return { ...rest, resources: resources.map((node) => ({ ...node, uri: uris.toClient(node.uri) })) };
    }),
  );

  function codeActions(session: Session, params: CodeActionParams): ReturnType<Session['service']['codeAction']>[number][] {
    const { only } = params.context;
    const actions = session.service.codeAction(uris.toCore(params.textDocument.uri), params.range, only === undefined ? {} : { only });
    return actions.map((action) => (action.edit === undefined ? action : { ...action, edit: uris.workspaceEdit(action.edit) }));
  }
}

const SLICE_MILLISECONDS = 10;

/** Checks what is not checked yet, letting other messages through in between. */
async function checkAll(session: Session, token: CancellationToken): Promise<void> {
  let sliceEnd = performance.now() + SLICE_MILLISECONDS;
  for (const uri of session.service.documents) {
    if (!session.service.isChecked(uri)) session.service.diagnoses(uri);
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    if (token.isCancellationRequested) throw cancelled();
    sliceEnd = performance.now() + SLICE_MILLISECONDS;
  }
}

function readRunPlanParams(params: unknown): RunPlanParams {
  const wrong = (what: string): ResponseError => new ResponseError(ErrorCodes.InvalidParams, `${runPlanRequest.method}: ${what}`);
  if (typeof params !== 'object' || params === null) throw wrong('parameters are missing');
  const { id, engine, upstream, limit } = params as Partial<Record<keyof RunPlanParams, unknown>>;
  if (typeof id !== 'string') throw wrong('"id" must be a string');
  if (engine !== 'local' && engine !== 'emr') throw wrong('"engine" must be "local" or "emr"');
  if (typeof upstream !== 'boolean') throw wrong('"upstream" must be true or false');
  if (limit === undefined || limit === null) return { id, engine, upstream };
  if (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 0) throw wrong('"limit" must be a whole number');
  return { id, engine, upstream, limit };
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
