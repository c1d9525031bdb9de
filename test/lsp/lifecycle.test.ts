import { expect, test } from 'vitest';
import type { Hover, LogMessageParams } from 'vscode-languageserver/node';
import { startForEachTest, TestClient } from './testClient';

const start = startForEachTest();

const definitions = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v1}}"
`;
const template = { line: 6, character: 31 };

test.each(['stdio', 'ipc'] as const)('answers over %s and ends in order', async (transport) => {
  const server = await TestClient.start({ files: { 'definitions.py': definitions }, transport });
  const hover = await server.request<Hover>('textDocument/hover', {
    textDocument: { uri: server.uri('definitions.py') },
    position: template,
  });
  expect(hover.range).toEqual({ start: { line: 6, character: 26 }, end: { line: 6, character: 36 } });
  expect(await server.stop()).toBe(0);
});

test('names what it can do, in the encoding of LSP, and offers pulled diagnostics only to those who pull', async () => {
  const server = await start({ files: {} });
  expect(server.initialized.serverInfo?.name).toBe('Sparkform');
  expect(server.initialized.capabilities).toMatchObject({
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: 2 },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['{', '<', '.', '"', "'"] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    codeActionProvider: { codeActionKinds: ['quickfix', 'refactor', 'source.fixAll.sparkform', 'source.formatSql'] },
    codeLensProvider: { resolveProvider: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  });
  expect(server.initialized.capabilities.diagnosticProvider).toBeUndefined();
});

test('registers for what it must be told, where the client lets it', async () => {
  const server = await start({
    files: {},
    capabilities: {
      workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, didChangeConfiguration: { dynamicRegistration: true } },
    },
  });
  await server.request('workspace/symbol', { query: '' });
  const registered = (
    server.serverRequests.get('client/registerCapability') as { registrations: { method: string; registerOptions: unknown }[] }[]
  )
    .flatMap(({ registrations }) => registrations)
    .map(({ method, registerOptions }) => [method, registerOptions]);
  expect(registered).toEqual([
    ['workspace/didChangeConfiguration', { section: ['sparkform', 'files.exclude'] }],
    [
      'workspace/didChangeWatchedFiles',
      {
        watchers: [
          { globPattern: '**', kind: 1 + 4 },
          { globPattern: '**/*.py', kind: 2 },
          { globPattern: '**/*.ipynb', kind: 2 },
          { globPattern: '**/*.sql', kind: 2 },
          { globPattern: '**/sparkform.json', kind: 2 },
          { globPattern: '**/.gitignore', kind: 2 },
        ],
      },
    ],
  ]);
});

test('parameters that make no sense are answered with an error and cost nothing else', async () => {
  const server = await start({ files: { 'definitions.py': definitions } });
  for (const params of [undefined, null, {}, { textDocument: {} }, { textDocument: { uri: 7 }, position: 'here' }]) {
    const methods = [
      'textDocument/hover',
      'textDocument/codeAction',
      'textDocument/diagnostic',
      'workspace/diagnostic',
      'workspace/symbol',
    ];
    const answers = await Promise.allSettled(methods.map((method) => server.request(method, params)));
    if (params === undefined || params === null) expect(answers.map(({ status }) => status)).toEqual(methods.map(() => 'rejected'));
  }
  await expect(server.request('sparkform/runPlan', { id: 7 })).rejects.toThrow('"id" must be a string');
  await expect(server.request('sparkform/runPlan', { id: 'a.b', engine: 'local' })).rejects.toThrow('"upstream" must be true or false');
  await expect(server.request('no/suchMethod', {})).rejects.toThrow('Unhandled method');
  await server.notify('textDocument/didChange', { textDocument: { uri: server.uri('never_opened.py'), version: 3 }, contentChanges: [] });
  await server.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: 'not a uri', type: 9 }] });
  const position = { line: 1_000_000, character: -5 };
  expect(await server.request('textDocument/hover', { textDocument: { uri: server.uri('definitions.py') }, position })).toBeNull();
  expect(await server.request('textDocument/hover', { textDocument: { uri: 'file:///elsewhere.py' }, position: template })).toBeNull();
});

test('a request that is cancelled while the workspace is read is answered as cancelled', async () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`part_${i}.py`, definitions.replaceAll('src', `src_${i}`)]));
  const server = await start({ files: many });
  const { CancellationTokenSource } = await import('vscode-jsonrpc/node');
  const source = new CancellationTokenSource();
  const asked = server.connection.sendRequest('sparkform/resources', {}, source.token);
  source.cancel();
  await expect(asked).rejects.toMatchObject({ code: -32800 });
  expect(await server.request('workspace/symbol', { query: 'src_59' })).toHaveLength(1);
});

test('a workspace without folders still answers for open documents', async () => {
  const server = await start({ files: {}, folders: [] });
  await server.notify('textDocument/didOpen', {
    textDocument: { uri: 'untitled:Untitled-1', languageId: 'python', version: 1, text: definitions },
  });
  const hover = await server.request<Hover | null>('textDocument/hover', {
    textDocument: { uri: 'untitled:Untitled-1' },
    position: template,
  });
  expect(hover?.range?.start).toEqual({ line: 6, character: 26 });
});

test('tells of a project file that is wrong, on the setting', async () => {
  const server = await start({ files: { 'sparkform.json': '{\n  "featureform": "newest"\n}\n', 'definitions.py': definitions } });
  expect(await server.pushed('sparkform.json')).toEqual([
    {
      range: { start: { line: 1, character: 2 }, end: { line: 1, character: 15 } },
      severity: 1,
      source: 'sparkform',
      message: 'featureform must be "auto", "legacy" or "current", not "newest"',
    },
  ]);
  server.write('sparkform.json', '{}');
  await server.watched(['sparkform.json', 2]);
  expect(await server.pushed('sparkform.json', (diagnostics) => diagnostics.length === 0)).toEqual([]);
});

test('logs nothing in the course of ordinary work', async () => {
  const server = await start({ files: { 'definitions.py': definitions } });
  const logged: LogMessageParams[] = [];
  void server.next<LogMessageParams>('window/logMessage', (params) => {
    logged.push(params);
    return false;
  });
  await server.open('definitions.py', definitions);
  await server.change('definitions.py', { text: definitions.replace('src.v1', 'src.v2') });
  await server.pushed('definitions.py', (diagnostics) => diagnostics.length === 1);
  expect(logged).toEqual([]);
});
