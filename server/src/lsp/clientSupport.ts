// What the client said it can do, reduced to the questions the server asks, and what the server answers that it can do.

import {
  type ClientCapabilities,
  CodeActionKind,
  PositionEncodingKind,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { diagnosticSource, fixAllKind, formatSqlKind, onTypeCharacters, semanticTokensLegend } from '../languageService';
import { notebookSync } from './openNotebooks';

export interface ClientSupport {
  /**
   * It asks for diagnostics, and can be told to ask again when those of one document change with another. Otherwise they are sent to it:
   * what it asked for would grow old.
   */
  readonly pullsDiagnostics: boolean;
  readonly refreshesCodeLenses: boolean;
  readonly refreshesInlayHints: boolean;
  readonly refreshesTokens: boolean;
  readonly answersConfiguration: boolean;
  readonly watchesFiles: boolean;
  readonly configurationEvents: boolean;
  readonly showsProgress: boolean;
  readonly linksDefinitions: boolean;
  readonly linksTypeDefinitions: boolean;
  readonly linksImplementations: boolean;
  /** It lets the user fill in the places that a completion leaves open. */
  readonly takesSnippets: boolean;
  readonly namesDocumentVersions: boolean;
  /** It shows what a change is for before it is made. */
  readonly annotatesChanges: boolean;
  /** It takes a formatter for some documents only, or for parts of them. */
  readonly registersFormatting: boolean;
  readonly registersRangeFormatting: boolean;
  /** It shows actions that are not possible, with the reason. */
  readonly showsDisabledActions: boolean;
  readonly preparesRename: boolean;
  readonly takesTokens: boolean;
  /** It asks for what is to be written for the user who types: where it is told at the start, or later. */
  readonly formatsOnType: 'never' | 'static' | 'dynamic';
  readonly foldsWholeLines: boolean;
  /** The most folding ranges that it wants of a document. */
  readonly foldingLimit: number;
}

/**
 * For what VS Code takes from one provider alone: colours, and edits while somebody types. The widest selector is its last choice, so
 * that who knows all of Python goes first.
 */
export const anyDocument = [{ language: '*' }];

export function supportOf(capabilities: ClientCapabilities): ClientSupport {
  const { textDocument, window, workspace } = capabilities;
  const onType = textDocument?.onTypeFormatting;
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    refreshesCodeLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesTokens: workspace?.semanticTokens?.refreshSupport === true,
    answersConfiguration: workspace?.configuration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    configurationEvents: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    showsProgress: window?.workDoneProgress === true,
    takesSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    linksDefinitions: textDocument?.definition?.linkSupport === true,
    linksTypeDefinitions: textDocument?.typeDefinition?.linkSupport === true,
    linksImplementations: textDocument?.implementation?.linkSupport === true,
    namesDocumentVersions: textDocument?.publishDiagnostics?.versionSupport === true,
    annotatesChanges: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.changeAnnotationSupport !== undefined,
    registersFormatting: textDocument?.formatting?.dynamicRegistration === true,
    registersRangeFormatting: textDocument?.rangeFormatting?.dynamicRegistration === true,
    showsDisabledActions: textDocument?.codeAction?.disabledSupport === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    takesTokens: textDocument?.semanticTokens !== undefined,
    formatsOnType: onType === undefined ? 'never' : onType.dynamicRegistration === true ? 'dynamic' : 'static',
    foldsWholeLines: textDocument?.foldingRange?.lineFoldingOnly === true,
    foldingLimit: textDocument?.foldingRange?.rangeLimit ?? Number.POSITIVE_INFINITY,
  };
}

export function serverCapabilities(support: ClientSupport): ServerCapabilities {
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    notebookDocumentSync: notebookSync,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    completionProvider: {
      triggerCharacters: ['{', '<', '.', '"', "'"],
      resolveProvider: true,
      completionItem: { labelDetailsSupport: true },
    },
    signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')', '=', ' '] },
    definitionProvider: true,
    typeDefinitionProvider: true,
    implementationProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    linkedEditingRangeProvider: true,
    renameProvider: support.preparesRename ? { prepareProvider: true } : true,
    callHierarchyProvider: true,
    documentLinkProvider: {},
    inlayHintProvider: true,
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    ...(support.formatsOnType === 'static' && { documentOnTypeFormattingProvider: onTypeCharacters }),
    ...(support.takesTokens && {
      semanticTokensProvider: {
        legend: semanticTokensLegend,
        full: { delta: true },
        range: true,
        documentSelector: anyDocument,
      },
    }),
    workspaceSymbolProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, fixAllKind, formatSqlKind] },
    codeLensProvider: { resolveProvider: true },
    ...(support.pullsDiagnostics && {
      diagnosticProvider: { identifier: diagnosticSource, interFileDependencies: true, workspaceDiagnostics: true },
    }),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: { willDelete: { filters: [{ scheme: 'file', pattern: { glob: '**' } }] } },
    },
  };
}
