// Formatting over the wire: an action in Python, where others format documents, and a formatter for files of SQL.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver/node';
import { TestClient } from './testClient';

const definitions = `import featureform as ff
spark = ff.get_spark("emr")

@spark.sql_transformation(variant="v1")
def rides():
    return "select a from {{trips.v1}}"
`;

let server: TestClient;
beforeAll(async () => {
  server = await TestClient.start({
    files: { 'team/rides.py': definitions },
    folders: ['team'],
    capabilities: { textDocument: { formatting: { dynamicRegistration: true } } },
    initializationOptions: { settings: { format: { keywordCase: 'lower', lineWidth: 40 } } },
  });
  await server.open('team/rides.py', definitions);
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

test('the formatter of documents is for files of SQL alone', async () => {
  await server.request('workspace/symbol', { query: '' });
  const registered = server.serverRequests.get('client/registerCapability') as {
    registrations: { method: string; registerOptions: unknown }[];
  }[];
  expect(server.initialized.capabilities.documentFormattingProvider).toBeUndefined();
  expect(registered.flatMap(({ registrations }) => registrations).map(({ method, registerOptions }) => [method, registerOptions])).toEqual([
    ['textDocument/formatting', { documentSelector: [{ scheme: 'file', pattern: '**/*.sql' }] }],
  ]);
});

test('a file of SQL is formatted by the settings of its folder', async () => {
  await server.open('team/query.sql', 'SELECT a, b FROM t WHERE c > 1 AND d < 2\n');
  const edits = await server.request<TextEdit[]>('textDocument/formatting', {
    textDocument: { uri: server.uri('team/query.sql') },
    options: { tabSize: 4, insertSpaces: true },
  });
  expect(edits).toEqual([
    {
      range: { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
      newText: 'select a, b\nfrom t\nwhere c > 1 and d < 2\n',
    },
  ]);
});

test('an editor that formats SQL on save asks for the action', async () => {
  const start = { line: 0, character: 0 };
  const actions = await server.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: server.uri('team/rides.py') },
    range: { start, end: start },
    context: { diagnostics: [], only: ['source.formatSql'] },
  });
  // Keywords are in lower case already.
  expect(actions).toEqual([]);
  await server.change('team/rides.py', { text: definitions.replace('select', 'SELECT ') });
  const [action] = await server.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: server.uri('team/rides.py') },
    range: { start, end: start },
    context: { diagnostics: [], only: ['source.formatSql'] },
  });
  expect(action).toEqual({
    title: 'Format SQL',
    kind: 'source.formatSql',
    edit: {
      changes: {
        [server.uri('team/rides.py')]: [
          { range: { start: { line: 5, character: 12 }, end: { line: 5, character: 39 } }, newText: 'select a from {{trips.v1}}' },
        ],
      },
    },
  });
});
