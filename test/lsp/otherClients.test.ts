// Clients that say less, or other things, than VS Code does: Neovim 0.11 as it presents itself, and the poorest client there can be.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type {
  ClientCapabilities,
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  Location,
  LocationLink,
  Range,
  RegistrationParams,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TestClient } from './testClient';

const sources = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")
`;
const average = `from sources import spark

@spark.sql_transformation(variant="v1")
def average():
    """😀"""; return "SELECT round(a, 1) FROM {{src.v2}}"

@spark.sql_transformation(variant="v1")
def daily():
    return open("daily.sql").read()
`;
const weekly = `from sources import spark

@spark.sql_transformation(variant="v1")
def weekly():
    return "SELECT * FROM {{average.v1}}"
`;
const files = { 'sources.py': sources, 'average.py': average, 'weekly.py': weekly, 'daily.sql': 'Select a From {{src.v1}}\n' };

/** What `vim.lsp.protocol.make_client_capabilities()` gives on Linux, but for the lists of known kinds. */
const neovim: ClientCapabilities = {
  general: { positionEncodings: ['utf-8', 'utf-16', 'utf-32'] },
  textDocument: {
    diagnostic: { dynamicRegistration: false },
    inlayHint: { dynamicRegistration: true, resolveSupport: { properties: ['textEdits', 'tooltip', 'location', 'command'] } },
    semanticTokens: {
      dynamicRegistration: false,
      tokenTypes: ['class', 'enumMember', 'function', 'interface', 'keyword', 'number', 'property', 'string'],
      tokenModifiers: ['declaration', 'defaultLibrary'],
      formats: ['relative'],
      requests: { range: false, full: { delta: true } },
      overlappingTokenSupport: true,
      multilineTokenSupport: false,
      serverCancelSupport: false,
      augmentsSyntaxTokens: true,
    },
    synchronization: { dynamicRegistration: false, willSave: true, willSaveWaitUntil: true, didSave: true },
    codeAction: {
      dynamicRegistration: true,
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
    codeLens: { dynamicRegistration: false },
    formatting: { dynamicRegistration: true },
    rangeFormatting: { dynamicRegistration: true, rangesSupport: true },
    completion: {
      dynamicRegistration: false,
      completionItem: {
        snippetSupport: true,
        commitCharactersSupport: false,
        preselectSupport: false,
        deprecatedSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        resolveSupport: { properties: ['additionalTextEdits'] },
      },
      completionList: { itemDefaults: ['editRange', 'insertTextFormat', 'insertTextMode', 'data'] },
      contextSupport: false,
    },
    declaration: { linkSupport: true },
    definition: { linkSupport: true, dynamicRegistration: true },
    implementation: { linkSupport: true },
    typeDefinition: { linkSupport: true },
    hover: { dynamicRegistration: true, contentFormat: ['markdown', 'plaintext'] },
    signatureHelp: { dynamicRegistration: false },
    references: { dynamicRegistration: false },
    documentHighlight: { dynamicRegistration: false },
    documentSymbol: { dynamicRegistration: false, hierarchicalDocumentSymbolSupport: true },
    rename: { dynamicRegistration: true, prepareSupport: true },
    publishDiagnostics: { relatedInformation: true, dataSupport: true },
    callHierarchy: { dynamicRegistration: false },
  },
  workspace: {
    symbol: { dynamicRegistration: false },
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: false },
    workspaceFolders: true,
    applyEdit: true,
    workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] },
    semanticTokens: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: false, relativePatternSupport: true },
    inlayHint: { refreshSupport: true },
  },
  window: {
    workDoneProgress: true,
    showMessage: { messageActionItem: { additionalPropertiesSupport: true } },
    showDocument: { support: true },
  },
};

const span = (line: number, from: number, to: number): Range => ({
  start: { line, character: from },
  end: { line, character: to },
});
/** Characters are counted in UTF-16, whatever else the client knows: the emoji counts two. */
const [round, wrongVariant] = [span(4, 29, 34), span(4, 52, 54)];

describe.each([
  ['Neovim 0.11', neovim],
  ['a client that says nothing of itself', {}],
])('%s', (_name, capabilities) => {
  let server: TestClient;
  const isNeovim = capabilities === neovim;
  const at = (path: string, { start: position }: Range): object => ({ textDocument: { uri: server.uri(path) }, position });
  beforeAll(async () => {
    server = await TestClient.start({
      files,
      capabilities,
      configuration: { sparkform: { format: { keywordCase: 'lower' } } },
      initializationOptions: { format: { keywordCase: 'preserve' } },
    });
    await server.open('average.py', average);
    await server.open('daily.sql', files['daily.sql']);
  });
  afterAll(async () => {
    expect(await server.stop()).toBe(0);
  });

  test('is offered what it can use', () => {
    const { positionEncoding, semanticTokensProvider, diagnosticProvider, renameProvider } = server.initialized.capabilities;
    expect(positionEncoding).toBe('utf-16');
    expect(renameProvider).toEqual(isNeovim ? { prepareProvider: true } : true);
    expect(semanticTokensProvider !== undefined).toBe(isNeovim);
    // It cannot be told to ask again when another file changes: it is sent every change instead.
    expect(diagnosticProvider).toBeUndefined();
  });

  test('is sent the problems of its documents and of others, also those that another file brings about', async () => {
    const found = await server.pushed('average.py', (diagnostics: readonly Diagnostic[]) => diagnostics.length > 0);
    expect(found.map(({ range, code, message }) => [range, code, message])).toEqual([
      [wrongVariant, 'unknown-variant', '"src" has no variant "v2", it is registered as "v1"'],
    ]);
    await server.open('sources.py', sources.replace('v1', 'v2'));
    expect(await server.pushed('average.py', (diagnostics) => diagnostics.length === 0)).toEqual([]);
    const others = await server.pushed('daily.sql', (diagnostics) => diagnostics.length > 0);
    expect(others.map(({ range, code }) => [range, code])).toEqual([[span(0, 20, 22), 'unknown-variant']]);
    await server.change('sources.py', { text: sources });
    await server.pushed('average.py', (diagnostics) => diagnostics.length > 0);
  });

  test('may ask for them as well', async () => {
    const report = await server.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: server.uri('average.py') },
    });
    expect(report).toMatchObject({ kind: 'full', items: [{ range: wrongVariant, code: 'unknown-variant' }] });
  });

  test('completes a function, and tells of it what it does when it asks', async () => {
    const list = await server.request<CompletionList>(
      'textDocument/completion',
      at('average.py', { start: { line: 4, character: 31 }, end: round.end }),
    );
    const item = list.items.find(({ label }) => label === 'row_number');
    expect(item).toEqual({
      label: 'row_number',
      kind: 3,
      detail: 'row_number() → int',
      filterText: 'row_number',
      sortText: '50row_number',
      textEdit: { range: round, newText: 'row_number' },
      data: { sqlFunction: 'row_number' },
    });
    const resolved = await server.request<CompletionItem>('completionItem/resolve', item);
    expect(resolved.documentation).toMatchObject({
      kind: 'markdown',
      value: expect.stringContaining('The number of the row in its partition, from 1, in the order of the window.') as string,
    });
  });

  test('hovers', async () => {
    const hover = await server.request<Hover>('textDocument/hover', at('average.py', round));
    expect(hover.range).toEqual(round);
    expect(hover.contents).toMatchObject({
      kind: 'markdown',
      value: expect.stringContaining('```sql\nround(expr: numeric, [d: int])\n```\n\nRounded to d decimal places') as string,
    });
  });

  test('goes to a definition, by a link where it takes one', async () => {
    const [target] = await server.request<(Location & LocationLink)[]>('textDocument/definition', at('daily.sql', span(0, 16, 19)));
    expect(isNeovim ? target?.targetSelectionRange : target?.range).toEqual(span(2, 26, 29));
    expect(isNeovim ? target?.targetUri : target?.uri).toBe(server.uri('sources.py'));
  });

  test('renames in every file, by plain changes', async () => {
    const edit = await server.request<WorkspaceEdit>('textDocument/rename', { ...at('weekly.py', span(4, 28, 35)), newName: 'mean' });
    expect(edit).toEqual({
      changes: {
        [server.uri('average.py')]: [{ range: span(3, 4, 11), newText: 'mean' }],
        [server.uri('weekly.py')]: [{ range: span(4, 28, 35), newText: 'mean' }],
      },
    });
  });

  test('colours a query behind an emoji', async () => {
    const { data } = await server.request<SemanticTokens>('textDocument/semanticTokens/full', {
      textDocument: { uri: server.uri('average.py') },
    });
    expect(data).toEqual([4, 22, 6, 0, 4, 0, 7, 5, 1, 2, 0, 6, 1, 4, 0, 0, 3, 1, 12, 0, 0, 3, 4, 0, 4, 0, 7, 3, 8, 0, 0, 4, 2, 9, 0]);
  });

  test('formats a file of SQL with the settings that it has, asked for or sent', async () => {
    const options = { tabSize: 4, insertSpaces: true };
    const edits = await server.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri: server.uri('daily.sql') }, options });
    const newText = isNeovim ? 'select a\nfrom {{src.v1}}\n' : 'Select a\nFrom {{src.v1}}\n';
    expect(edits).toEqual([{ range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } }, newText }]);
  });

  test('is asked for nothing that it does not know', () => {
    // Of what it has no registration for, such as watched files, it is told nothing; its formatter is for files of SQL alone.
    const registered = (server.serverRequests.get('client/registerCapability') ?? []) as readonly RegistrationParams[];
    const methods = registered.flatMap(({ registrations }) => registrations.map(({ method }) => method));
    expect(methods.toSorted()).toEqual(isNeovim ? ['textDocument/formatting', 'textDocument/rangeFormatting'] : []);
    const others = [...server.serverRequests.keys()].filter((method) => method !== 'client/registerCapability');
    expect(others).toEqual(isNeovim ? ['workspace/configuration'] : []);
  });
});
