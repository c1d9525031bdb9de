// How documents are built, over the wire: what clients say they can do, nothing for documents of others, and cells of notebooks.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FoldingRange, SelectionRange, SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver/node';
import { TestClient } from './testClient';

const text = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)

@spark.sql_transformation(variant="v1")
def average():
    return """
        SELECT round(a, 1)
        FROM {{src.v1}} JOIN (
            SELECT 1
        )
    """
`;

let server: TestClient;
beforeAll(async () => {
  server = await TestClient.start({
    files: { 'definitions.py': text, 'plain.py': 'def f():\n    return 1\n' },
    capabilities: {
      textDocument: {
        foldingRange: { lineFoldingOnly: true, rangeLimit: 3 },
        semanticTokens: { requests: { full: { delta: true }, range: true }, tokenTypes: [], tokenModifiers: [], formats: ['relative'] },
      },
    },
  });
  await server.open('definitions.py', text);
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

const document = (path: string): { textDocument: { uri: string } } => ({ textDocument: { uri: server.uri(path) } });

describe('folding ranges', () => {
  test('are whole lines for a client that folds nothing else, and no more than it wants', async () => {
    expect(server.initialized.capabilities.foldingRangeProvider).toBe(true);
    expect(await server.request<FoldingRange[]>('textDocument/foldingRange', document('definitions.py'))).toEqual([
      { startLine: 4, endLine: 10 },
      { startLine: 5, endLine: 9 },
      { startLine: 7, endLine: 8 },
    ]);
  });

  test('are none, not an empty list, for Python without queries', async () => {
    expect(await server.request('textDocument/foldingRange', document('plain.py'))).toBeNull();
  });
});

test('selection ranges answer every position, in their order', async () => {
  expect(server.initialized.capabilities.selectionRangeProvider).toBe(true);
  const positions = [
    { line: 6, character: 22 },
    { line: 7, character: 17 },
  ];
  const found = await server.request<SelectionRange[]>('textDocument/selectionRange', { ...document('definitions.py'), positions });
  expect(found.map(({ range, parent }) => [range, parent?.range])).toEqual([
    [
      { start: { line: 6, character: 21 }, end: { line: 6, character: 22 } },
      { start: { line: 6, character: 21 }, end: { line: 6, character: 25 } },
    ],
    [
      { start: { line: 7, character: 15 }, end: { line: 7, character: 18 } },
      { start: { line: 7, character: 15 }, end: { line: 7, character: 21 } },
    ],
  ]);
  expect(await server.request('textDocument/selectionRange', { ...document('nowhere.py'), positions })).toBeNull();
});

describe('semantic tokens', () => {
  test('are offered where nobody knows better, to clients that take them', async () => {
    expect(server.initialized.capabilities.semanticTokensProvider).toMatchObject({
      full: { delta: true },
      range: true,
      documentSelector: [{ language: '*' }],
    });
    const other = await TestClient.start({ files: {} });
    expect(other.initialized.capabilities.semanticTokensProvider).toBeUndefined();
    expect(await other.stop()).toBe(0);
  });

  test('of all, of a part, and of what has changed since', async () => {
    const path = 'definitions.py';
    const full = await server.request<SemanticTokens>('textDocument/semanticTokens/full', document(path));
    expect(full.data.slice(0, 10)).toEqual([6, 8, 6, 0, 4, 0, 7, 5, 1, 2]);
    const range = { start: { line: 8, character: 0 }, end: { line: 9, character: 0 } };
    expect(await server.request('textDocument/semanticTokens/range', { ...document(path), range })).toEqual({
      data: [8, 12, 6, 0, 4, 0, 7, 1, 12, 0],
    });
    await server.change(path, { range: { start: { line: 6, character: 15 }, end: { line: 6, character: 20 } }, text: 'sum' });
    const delta = await server.request<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', {
      ...document(path),
      previousResultId: full.resultId,
    });
    expect(delta.edits).toEqual([{ start: 5, deleteCount: 10, data: [0, 7, 3, 1, 2, 0, 4, 1, 4, 0] }]);
    await server.change(path, { text });
    expect(await server.request('textDocument/semanticTokens/full', document('nowhere.md'))).toEqual({ data: [] });
  });
});

describe('semantic tokens that other files decide', () => {
  const constants = 'TABLE = "{{src.v1}}"\n';
  const definitions = `import featureform as ff
from constants import TABLE
spark = ff.get_spark("emr")
@spark.sql_transformation(variant="v1")
def average():
    return "SELECT t.a FROM " + TABLE
`;
  const refresh = 'workspace/semanticTokens/refresh';
  const tokenSupport = { requests: { full: true }, tokenTypes: [], tokenModifiers: [], formats: ['relative' as const] };
  const capabilities = {
    textDocument: { semanticTokens: tokenSupport },
    workspace: { semanticTokens: { refreshSupport: true }, codeLens: { refreshSupport: true } },
  };
  const tokensOf = async (client: TestClient, path: string): Promise<readonly number[]> => {
    const { data } = await client.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri: client.uri(path) } });
    return data;
  };

  test('are asked for again when the constant of another file changes, and not when their own document does', async () => {
    const client = await TestClient.start({ files: { 'constants.py': constants, 'definitions.py': definitions }, capabilities });
    await client.open('definitions.py', definitions);
    const select = [5, 12, 6, 0, 4];
    // Nothing is called "t": the word in front of the point is a column, a struct.
    expect(await tokensOf(client, 'definitions.py')).toEqual([...select, 0, 7, 1, 4, 0, 0, 2, 1, 4, 0, 0, 2, 4, 0, 4]);

    const lenses = client.next('workspace/codeLens/refresh');
    client.serverRequests.clear();
    await client.change('definitions.py', { text: definitions.replace('t.a FROM', 't.b FROM') });
    await lenses;
    expect(client.serverRequests.get(refresh)).toBeUndefined();

    const refreshed = client.next(refresh);
    await client.open('constants.py', constants);
    await client.change('constants.py', { text: constants.replace('}}', '}} AS t') });
    await refreshed;
    expect(client.serverRequests.get(refresh)).toHaveLength(1);
    expect(await tokensOf(client, 'definitions.py')).toEqual([...select, 0, 7, 1, 3, 0, 0, 2, 1, 4, 0, 0, 2, 4, 0, 4]);
    expect(await client.stop()).toBe(0);
  });

  test('are asked for again when a definition comes to read the file of SQL', async () => {
    const query = 'SELECT 1';
    const client = await TestClient.start({ files: { 'definitions.py': definitions, 'daily.sql': query }, capabilities });
    await client.open('daily.sql', query);
    expect(await tokensOf(client, 'daily.sql')).toEqual([]);
    const refreshed = client.next(refresh);
    client.write('definitions.py', definitions.replace('"SELECT t.a FROM " + TABLE', 'open("daily.sql").read()'));
    await client.watched(['definitions.py', 2]);
    await refreshed;
    expect(await tokensOf(client, 'daily.sql')).toEqual([0, 0, 6, 0, 4, 0, 7, 1, 12, 0]);
    expect(await client.stop()).toBe(0);
  });
});

describe('the rest of what closes a template', () => {
  const path = 'definitions.py';
  const typed = text.replace('{{src.v1}}', '{{src.v1}');
  const asked = { position: { line: 7, character: 22 }, ch: '}', options: { tabSize: 4, insertSpaces: true } };

  test('is written for clients that ask while somebody types', async () => {
    const client = await TestClient.start({ files: { [path]: typed }, capabilities: { textDocument: { onTypeFormatting: {} } } });
    expect(client.initialized.capabilities.documentOnTypeFormattingProvider).toEqual({
      firstTriggerCharacter: '}',
      moreTriggerCharacter: ['>'],
    });
    await client.open(path, typed);
    const edits = await client.request('textDocument/onTypeFormatting', { textDocument: { uri: client.uri(path) }, ...asked });
    expect(edits).toEqual([{ range: { start: asked.position, end: asked.position }, newText: '}' }]);
    expect(await client.stop()).toBe(0);
  });

  test('is offered behind others where clients let servers register', async () => {
    expect(server.initialized.capabilities.documentOnTypeFormattingProvider).toBeUndefined();
    const onTypeFormatting = { dynamicRegistration: true };
    const client = await TestClient.start({ files: {}, capabilities: { textDocument: { onTypeFormatting } } });
    expect(client.initialized.capabilities.documentOnTypeFormattingProvider).toBeUndefined();
    await client.request('textDocument/documentSymbol', { textDocument: { uri: client.uri(path) } });
    await client.request('textDocument/documentSymbol', { textDocument: { uri: client.uri(path) } });
    const registered = client.serverRequests.get('client/registerCapability') as
      { readonly registrations: readonly { readonly method: string; readonly registerOptions: unknown }[] }[] | undefined;
    expect(registered?.flatMap(({ registrations }) => registrations)).toEqual([
      expect.objectContaining({
        method: 'textDocument/onTypeFormatting',
        registerOptions: { firstTriggerCharacter: '}', moreTriggerCharacter: ['>'], documentSelector: [{ language: '*' }] },
      }),
    ]);
    expect(await client.stop()).toBe(0);
  });
});

test('in a notebook every cell is told of itself', async () => {
  const notebook = server.uri('work.ipynb');
  const texts = text.split(/\n\n(?=@)/);
  const cells = texts.map((_, index) => `${notebook.replace('file:', 'vscode-notebook-cell:')}#${index}`);
  await server.notify('notebookDocument/didOpen', {
    notebookDocument: {
      uri: notebook,
      notebookType: 'jupyter-notebook',
      version: 1,
      cells: cells.map((uri) => ({ kind: 2, document: uri })),
    },
    cellTextDocuments: cells.map((uri, index) => ({ uri, languageId: 'python', version: 1, text: texts[index] })),
  });
  const cell = { textDocument: { uri: cells[1] } };
  expect(await server.request('textDocument/foldingRange', cell)).toEqual([
    { startLine: 1, endLine: 7 },
    { startLine: 2, endLine: 6 },
    { startLine: 4, endLine: 5 },
  ]);
  expect(await server.request('textDocument/foldingRange', { textDocument: { uri: cells[0] } })).toEqual([]);
  const tokens = await server.request<SemanticTokens>('textDocument/semanticTokens/full', cell);
  expect([tokens.resultId, tokens.data.slice(0, 5)]).toEqual([undefined, [3, 8, 6, 0, 4]]);
  const [found] = await server.request<SelectionRange[]>('textDocument/selectionRange', {
    ...cell,
    positions: [{ line: 3, character: 22 }],
  });
  expect(found?.range).toEqual({ start: { line: 3, character: 21 }, end: { line: 3, character: 22 } });
  let outermost = found;
  while (outermost?.parent !== undefined) outermost = outermost.parent;
  expect(outermost?.range.start).toEqual({ line: 0, character: 0 });
});
