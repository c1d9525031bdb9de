// Formatting over the wire: an action in Python, where others format documents, and a formatter for files of SQL.

import { describe, expect, test } from 'vitest';
import type { CodeAction, Range, RegistrationParams, TextEdit, UnregistrationParams } from 'vscode-languageserver/node';
import { startForEachTest, type ClientOptions, type TestClient } from './testClient';

const start = startForEachTest();

const header = `import featureform as ff
spark = ff.get_spark("emr")
`;
const rides = `
@spark.sql_transformation(variant="v1")
def rides():
    return "select a from {{trips.v1}}"
`;
const reader = `
@spark.sql_transformation(variant="v1")
def read():
    return open("query.sql").read()
`;
const definitions = header + rides;
const query = 'select a, b from t\nwhere c > 1 and d < 2\n';

const capabilities = {
  textDocument: { formatting: { dynamicRegistration: true }, rangeFormatting: { dynamicRegistration: true, rangesSupport: true } },
};

async function opened(files: Readonly<Record<string, string>>, options: Partial<ClientOptions> = {}): Promise<TestClient> {
  const server = await start({ files, capabilities, ...options });
  await server.request('workspace/symbol', { query: '' });
  return server;
}

/** The messages by which formatters come and go, as they come. */
function registrations(server: TestClient): () => Promise<readonly (readonly [method: string, options: unknown])[]> {
  return async () => {
    const { registrations: made } = await server.next<RegistrationParams>('client/registerCapability');
    return made.map(({ method, registerOptions }) => [method, registerOptions]);
  };
}

function range(line: number, character: number, endLine: number, endCharacter: number): Range {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

const options = { tabSize: 4, insertSpaces: true };

describe('the formatter of documents', () => {
  test('is for files of SQL that definitions read, as long as they do', async () => {
    const server = await opened({ 'rides.py': definitions, 'query.sql': query, 'other.sql': query });
    const registered = registrations(server);
    expect(server.initialized.capabilities).not.toHaveProperty('documentFormattingProvider');
    expect(server.initialized.capabilities).not.toHaveProperty('documentRangeFormattingProvider');
    await server.open('rides.py', definitions);
    await server.open('other.sql', query);
    await server.open('query.sql', query);
    const first = registered();
    await server.change('rides.py', { text: definitions + reader });
    const documentSelector = [{ scheme: 'file', pattern: `${server.root}/query.sql` }];
    expect(await first).toEqual([
      ['textDocument/formatting', { documentSelector }],
      ['textDocument/rangeFormatting', { documentSelector, rangesSupport: true }],
    ]);
    const gone = server.next<UnregistrationParams>('client/unregisterCapability');
    await server.change('rides.py', { text: definitions });
    expect((await gone).unregisterations.map(({ method }) => method)).toEqual(['textDocument/formatting', 'textDocument/rangeFormatting']);
    const again = registered();
    await server.change('rides.py', { text: definitions + reader.replace('query.sql', 'other.sql') });
    expect((await again)[0]).toEqual([
      'textDocument/formatting',
      { documentSelector: [{ scheme: 'file', pattern: `${server.root}/other.sql` }] },
    ]);
    const closed = server.next<UnregistrationParams>('client/unregisterCapability');
    await server.close('other.sql');
    await closed;
  });

  test('names a file whatever its name is', async () => {
    const server = await opened({ 'rides.py': header + reader.replace('query', 'qu[er]y*'), 'qu[er]y*.sql': query });
    const registered = registrations(server)();
    await server.open('qu[er]y*.sql', query);
    expect((await registered)[0]).toEqual([
      'textDocument/formatting',
      { documentSelector: [{ scheme: 'file', pattern: `${server.root}/qu?er?y?.sql` }] },
    ]);
  });

  test('formats by the settings of the folder', async () => {
    const server = await opened(
      { 'team/rides.py': header + reader, 'team/query.sql': '' },
      { folders: ['team'], initializationOptions: { settings: { format: { keywordCase: 'lower', lineWidth: 40 } } } },
    );
    await server.open('team/query.sql', query.toUpperCase());
    const textDocument = { uri: server.uri('team/query.sql') };
    expect(await server.request<TextEdit[]>('textDocument/formatting', { textDocument, options })).toEqual([
      { range: range(0, 0, 2, 0), newText: 'select A, B\nfrom T\nwhere C > 1 and D < 2\n' },
    ]);
  });

  test('formats a selection, and several', async () => {
    const server = await opened({ 'rides.py': header + reader, 'query.sql': query });
    await server.open('query.sql', query);
    const textDocument = { uri: server.uri('query.sql') };
    const ranges = [range(0, 12, 0, 16), range(1, 12, 1, 15)];
    const request = (method: string, rest: object): Promise<TextEdit[]> =>
      server.request<TextEdit[]>(`textDocument/${method}`, { textDocument, options, ...rest });
    const from = [
      { range: range(0, 11, 0, 12), newText: '\n' },
      { range: range(0, 12, 0, 16), newText: 'FROM' },
    ];
    expect(await request('rangeFormatting', { range: ranges[0] })).toEqual(from);
    expect(await request('rangesFormatting', { ranges })).toEqual([...from, { range: range(1, 12, 1, 15), newText: 'AND' }]);
    expect(await request('rangeFormatting', { range: range(1, 6, 1, 11) })).toEqual([]);
  });

  test('is not offered to editors that would take it for Python, too', async () => {
    const server = await opened({ 'rides.py': header + reader, 'query.sql': query }, { capabilities: {} });
    await server.open('query.sql', query);
    expect(await server.request('textDocument/formatting', { textDocument: { uri: server.uri('query.sql') }, options })).toHaveLength(1);
    expect(server.serverRequests.get('client/registerCapability')).toBeUndefined();
  });
});

test('an editor that formats SQL on save asks for the action', async () => {
  const server = await opened({ 'rides.py': definitions });
  await server.open('rides.py', definitions.replace('select a from', 'SELECT a FROM'));
  const actions = (): Promise<CodeAction[]> =>
    server.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: server.uri('rides.py') },
      range: range(0, 0, 0, 0),
      context: { diagnostics: [], only: ['source.formatSql'] },
    });
  expect(await actions()).toEqual([]);
  await server.change('rides.py', { text: definitions });
  expect(await actions()).toEqual([
    {
      title: 'Format SQL',
      kind: 'source.formatSql',
      edit: { changes: { [server.uri('rides.py')]: [{ range: range(5, 12, 5, 38), newText: 'SELECT a FROM {{trips.v1}}' }] } },
    },
  ]);
});

test('the action for a selection takes the definitions that it touches', async () => {
  const text = definitions + rides.replace('rides', 'more') + rides.replace('rides', 'most');
  const server = await opened({ 'rides.py': text });
  await server.open('rides.py', text);
  const [action, ...others] = await server.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: server.uri('rides.py') },
    range: range(5, 8, 7, 5),
    context: { diagnostics: [], only: ['refactor.rewrite.formatSql'] },
  });
  expect(others).toEqual([]);
  expect(action?.edit?.changes?.[server.uri('rides.py')]?.map((edit) => edit.range)).toEqual([range(5, 12, 5, 38), range(9, 12, 9, 38)]);
});

test('in a notebook a selection is one in its cell', async () => {
  const server = await opened({});
  const uri = server.uri('rides.ipynb');
  const cells = [header, rides, rides.replace('rides', 'more')].map((text, index) => ({
    uri: `${uri.replace('file:', 'vscode-notebook-cell:')}#${index}`,
    languageId: 'python',
    version: 1,
    text,
  }));
  await server.notify('notebookDocument/didOpen', {
    notebookDocument: { uri, notebookType: 'jupyter-notebook', version: 1, cells: cells.map((cell) => ({ kind: 2, document: cell.uri })) },
    cellTextDocuments: cells,
  });
  const textDocument = { uri: cells[2]?.uri };
  const edits = [{ range: range(3, 12, 3, 38), newText: 'SELECT a FROM {{trips.v1}}' }];
  expect(await server.request('textDocument/rangeFormatting', { textDocument, range: range(1, 0, 2, 0), options })).toEqual(edits);
  expect(await server.request('textDocument/rangeFormatting', { textDocument, range: range(0, 0, 1, 0), options })).toEqual([]);
  const [action] = await server.request<CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range: range(1, 0, 2, 0),
    context: { diagnostics: [], only: ['refactor.rewrite.formatSql'] },
  });
  expect(action?.edit?.changes).toEqual({ [cells[2]?.uri ?? '']: edits });
});
