// One handler a request: convert in, one call of the language service, convert out.

import {
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  DocumentDiagnosticReportKind,
  DocumentOnTypeFormattingRequest,
  LSPErrorCodes,
  MessageType,
  type Position,
  type Range,
  ResponseError,
  ShowMessageNotification,
  type TextDocumentIdentifier,
  type TextEdit,
} from 'vscode-languageserver/node';
import {
  resourceAtRequest,
  resourcePlaceRequest,
  resourcesRequest,
  runPlanRequest,
  s3OutputRequest,
  s3StoresRequest,
} from '../../../shared/protocol/requests';
import { type LanguageService, onTypeCharacters } from '../languageService';
import { anyDocument, type ClientSupport } from './clientSupport';
import type { ClientUris } from './clientUris';
import { nextTurn, type Publisher } from './publisher';
import { readKey, readPlaceParams, readResourcesParams, readRunPlanParams, readS3OutputParams } from './requestParams';
import { SentResources } from './sentResources';
import type { Session } from './session';
import { codeLensOf, resolveCodeLens, resourceAtOf, resourcePlaceOf, runPlanOf, s3OutputOf, s3StoresOf } from './severalFolders';

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
  /** The version of an open document. */
  readonly versionOf: (uri: string) => number | undefined;
}

export function registerHandlers({ connection, uris, support, ready, versionOf }: HandlerOptions): void {
  /** Waits for the workspace; a request that was given up meanwhile is not worked on. */
  const when = async <T>(token: CancellationToken, answer: (ready: Ready) => T | Promise<T>): Promise<T> => {
    const state = await ready();
    if (token.isCancellationRequested) throw cancelled();
    return answer(state);
  };
  /** The same, about a place in a document: its project answers. */
  const whenAt = <T>(
    token: CancellationToken,
    { textDocument, position }: { readonly textDocument: { readonly uri: string }; readonly position: Position },
    answer: (service: LanguageService, at: [uri: string, position: Position]) => T,
  ): Promise<T> =>
    when(token, ({ session }) => {
      const uri = uris.toCore(textDocument.uri);
      return answer(session.of(uri).service, [uri, position]);
    });

  connection.onHover((params, token) => whenAt(token, params, (service, at) => service.hover(...at) ?? null));
  connection.onCompletion((params, token) =>
    whenAt(token, params, (service, at) => service.completion(...at, { snippets: support().takesSnippets }) ?? null),
  );
  connection.onCompletionResolve((item, token) =>
    // An item knows the document of what it stands for: only that one's project adds to it.
    when(token, ({ session }) => session.projects.reduce((resolved, { service }) => service.completionResolve(resolved), item)),
  );
  connection.onSignatureHelp((params, token) => whenAt(token, params, (service, at) => service.signatureHelp(...at) ?? null));
  connection.onDefinition((params, token) =>
    whenAt(token, params, (service, at) => uris.links(service.definition(...at), support().linksDefinitions)),
  );
  connection.onTypeDefinition((params, token) =>
    whenAt(token, params, (service, at) => uris.links(service.typeDefinition(...at), support().linksTypeDefinitions)),
  );
  connection.onImplementation((params, token) =>
    whenAt(token, params, (service, at) => uris.links(service.implementation(...at), support().linksImplementations)),
  );
  connection.onReferences((params, token) =>
    whenAt(token, params, (service, at) => {
      const found = service.references(...at, { includeDeclaration: params.context.includeDeclaration });
      return found.map((location) => uris.located(location));
    }),
  );
  connection.onDocumentHighlight((params, token) => whenAt(token, params, (service, at) => [...service.documentHighlight(...at)]));
  connection.languages.onLinkedEditingRange((params, token) =>
    whenAt(token, params, (service, at) => service.linkedEditingRanges(...at) ?? null),
  );
  connection.onDocumentLinks(({ textDocument }, token) =>
    when(token, async ({ session }) => {
      const uri = uris.toCore(textDocument.uri);
      const links = await session.of(uri).service.documentLink(uri);
      return links.map((link) => (link.target === undefined ? link : { ...link, target: uris.toClient(link.target) }));
    }),
  );
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    when(token, ({ session }) => {
      const uri = uris.toCore(textDocument.uri);
      const { service, settings } = session.of(uri);
      return [...service.inlayHint(uri, range, settings.inlayHints)];
    }),
  );
  connection.languages.callHierarchy.onPrepare((params, token) =>
    whenAt(token, params, (service, at) => service.prepareCallHierarchy(...at).map((item) => uris.located(item))),
  );
  connection.languages.callHierarchy.onIncomingCalls(({ item }, token) =>
    when(token, ({ session }) => {
      const asked = { ...item, uri: uris.toCore(item.uri) };
      const calls = session.of(asked.uri).service.incomingCalls(asked);
      return calls.map(({ from, fromRanges }) => ({ from: uris.located(from), fromRanges }));
    }),
  );
  connection.languages.callHierarchy.onOutgoingCalls(({ item }, token) =>
    when(token, ({ session }) => {
      const asked = { ...item, uri: uris.toCore(item.uri) };
      const calls = session.of(asked.uri).service.outgoingCalls(asked);
      return calls.map(({ to, fromRanges }) => ({ to: uris.located(to), fromRanges }));
    }),
  );
  connection.workspace.onWillDeleteFiles(({ files }, token) =>
    when(token, async ({ session }) => {
      const deleted = files.map(({ uri }) => uris.toCore(uri));
      // A folder that is deleted may hold projects, and each knows what it loses.
      for (const { service } of session.projects) {
        const warning = service.deletionWarning(deleted);
        if (warning === undefined) continue;
        await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: warning });
      }
      return null;
    }),
  );
  connection.onPrepareRename((params, token) =>
    whenAt(token, params, (service, at) => {
      const answer = service.prepareRename(...at);
      if (answer?.kind === 'refused') throw refused(answer.reason);
      return answer === undefined ? null : { range: answer.range, placeholder: answer.placeholder };
    }),
  );
  connection.onRenameRequest((params, token) =>
    whenAt(token, params, (service, at) => {
      const answer = service.rename(...at, params.newName, { annotated: support().annotatesChanges });
      if (answer?.kind === 'refused') throw refused(answer.reason);
      return answer === undefined ? null : uris.workspaceEdit(answer.edit, versionOf);
    }),
  );
  connection.onDocumentSymbol((params, token) =>
    when(token, ({ session }) => {
      const uri = uris.toCore(params.textDocument.uri);
      return [...session.of(uri).service.documentSymbol(uri)];
    }),
  );
  connection.onFoldingRanges(({ textDocument }, token) =>
    when(token, ({ session }) => {
      const uri = uris.toCore(textDocument.uri);
      const { foldsWholeLines, foldingLimit } = support();
      const ranges = session.of(uri).service.structure.foldingRange(uri, { wholeLines: foldsWholeLines, limit: foldingLimit });
      return ranges === undefined ? null : [...ranges];
    }),
  );
  connection.onSelectionRanges(({ textDocument, positions }, token) =>
    when(token, ({ session }) => {
      const uri = uris.toCore(textDocument.uri);
      const found = session.of(uri).service.structure.selectionRange(uri, positions);
      return found === undefined ? null : [...found];
    }),
  );
  connection.languages.semanticTokens.on(({ textDocument }, token) =>
    when(token, ({ session }) => {
      const uri = uris.toCore(textDocument.uri);
      return session.of(uri).service.structure.semanticTokens(uri) ?? NO_TOKENS;
    }),
  );
  connection.languages.semanticTokens.onDelta(({ textDocument, previousResultId }, token) =>
    when(token, ({ session }) => {
      const uri = uris.toCore(textDocument.uri);
      return session.of(uri).service.structure.semanticTokens(uri, previousResultId) ?? NO_TOKENS;
    }),
  );
  connection.languages.semanticTokens.onRange(({ textDocument, range }, token) =>
    when(token, ({ session }) => {
      const uri = uris.toCore(textDocument.uri);
      return session.of(uri).service.structure.semanticTokensIn(uri, range) ?? NO_TOKENS;
    }),
  );
  connection.onDocumentOnTypeFormatting(({ textDocument, position, ch }, token) =>
    when(token, ({ session }) => {
      const uri = uris.toCore(textDocument.uri);
      return [...(session.of(uri).service.structure.onTypeFormatting(uri, position, ch) ?? [])];
    }),
  );
  void ready().then(
    () => {
      if (support().formatsOnType !== 'dynamic') return;
      const options = { ...onTypeCharacters, documentSelector: anyDocument };
      // A client that refuses goes without.
      connection.client.register(DocumentOnTypeFormattingRequest.type, options).catch(() => undefined);
    },
    // Whoever started it tells why.
    () => undefined,
  );
  connection.onWorkspaceSymbol((params, token) =>
    when(token, ({ session }) =>
      session.projects
        .flatMap(({ service }) => service.workspaceSymbol(params.query))
        .map((symbol) => ({ ...symbol, location: { ...symbol.location, uri: uris.toClient(symbol.location.uri) } })),
    ),
  );
  connection.onCodeAction((params, token) => when(token, ({ session }) => codeActions(session, params)));
  const formatted = ({ session }: Ready, { uri: clientUri }: TextDocumentIdentifier, ranges?: readonly Range[]): TextEdit[] => {
    const uri = uris.toCore(clientUri);
    const { service, settings } = session.of(uri);
    return [...service.formatting(uri, settings.format, ranges)];
  };
  connection.onDocumentFormatting(({ textDocument }, token) => when(token, (state) => formatted(state, textDocument)));
  connection.onDocumentRangeFormatting(({ textDocument, range }, token) => when(token, (state) => formatted(state, textDocument, [range])));
  connection.onDocumentRangesFormatting(({ textDocument, ranges }, token) =>
    when(token, (state) => formatted(state, textDocument, ranges)),
  );
  connection.onCodeLens(({ textDocument: { uri } }, token) => when(token, ({ session }) => codeLensOf(session, uris.toCore(uri), uri)));
  connection.onCodeLensResolve((lens, token) => when(token, ({ session }) => resolveCodeLens(session, lens, (uri) => uris.toCore(uri))));

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
    when(token, ({ session }) => runPlanOf(session, readRunPlanParams(params))),
  );
  connection.onRequest(resourceAtRequest.method, (params: unknown, token: CancellationToken) => {
    const { textDocument, position } = readPlaceParams(params);
    return when(token, ({ session }) => resourceAtOf(session, uris.toCore(textDocument.uri), position) ?? null);
  });
  connection.onRequest(resourcePlaceRequest.method, (params: unknown, token: CancellationToken) => {
    const key = readKey(params);
    return when(token, ({ session }) => {
      const place = resourcePlaceOf(session, key);
      return place === undefined ? null : uris.located(place);
    });
  });
  const sentResources = new SentResources(uris);
  connection.onRequest(resourcesRequest.method, (params: unknown, token: CancellationToken) =>
    when(token, async ({ session }) => {
      await checkAll(session, token);
      return sentResources.answer(session, readResourcesParams(params));
    }),
  );
  connection.onRequest(s3StoresRequest.method, (_params: unknown, token: CancellationToken) =>
    when(token, ({ session }) => s3StoresOf(session).map((store) => ({ ...store, uri: uris.toClient(store.uri) }))),
  );
  connection.onRequest(s3OutputRequest.method, (params: unknown, token: CancellationToken) =>
    when(token, ({ session }) => s3OutputOf(session, readS3OutputParams(params))),
  );

  function codeActions(session: Session, params: CodeActionParams): CodeAction[] {
    const { only } = params.context;
    const uri = uris.toCore(params.textDocument.uri);
    const { service, settings } = session.of(uri);
    const actions = service.codeAction(uri, params.range, {
      format: settings.format,
      disabled: support().showsDisabledActions,
      ...(only !== undefined && { only }),
    });
    return actions.map((action) => (action.edit === undefined ? action : { ...action, edit: uris.workspaceEdit(action.edit) }));
  }
}

/** Of a document that is none of ours. */
const NO_TOKENS = { data: [] };

const SLICE_MILLISECONDS = 10;

/** Checks what is not checked yet, letting other messages through in between. */
async function checkAll(session: Session, token: CancellationToken): Promise<void> {
  let sliceEnd = performance.now() + SLICE_MILLISECONDS;
  for (const uri of session.documents) {
    const { service } = session.of(uri);
    if (!service.isChecked(uri)) service.diagnoses(uri);
    if (performance.now() < sliceEnd) continue;
    await nextTurn();
    if (token.isCancellationRequested) throw cancelled();
    sliceEnd = performance.now() + SLICE_MILLISECONDS;
  }
}

/** What the user asked for is not done, for a reason that the editor shows. */
function refused(reason: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, reason);
}

function cancelled(): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}
