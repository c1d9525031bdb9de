import { expect, test } from 'vitest';
import type {
  Diagnostic,
  DocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
  WorkspaceFullDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { startForEachTest, TestClient } from './testClient';

const start = startForEachTest();

const pulls = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };

const provider = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
`;
const sources = `${provider}spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")
`;
const average = `from sources import spark

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v1}}"
`;
/** Needs nothing of another file but the source. */
const alone = average.replace('from sources import spark\n', provider);
const brief = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ range, code, message }) => {
    const text = typeof message === 'string' ? message : message.value;
    return `${range.start.line}:${range.start.character}-${range.end.character} ${String(code)}: ${text}`;
  });
const noSuchVariant = '4:32-34 unknown-variant: ';

test('sends the problems of closed files, and sends them again when another file brings them about', async () => {
  const server = await start({ files: { 'sources.py': sources, 'average.py': average.replace('src.v1', 'src.v2') } });
  const [first] = brief(await server.pushed('average.py'));
  expect(first).toMatch(noSuchVariant);
  await server.open('sources.py', sources);
  await server.change('sources.py', { range: { start: { line: 2, character: 42 }, end: { line: 2, character: 43 } }, text: '2' });
  expect(await server.pushed('average.py', (diagnostics) => diagnostics.length === 0)).toEqual([]);
});

test('follows incremental edits: insertion, deletion and several changes in one message', async () => {
  const server = await start({ files: { 'sources.py': sources, 'average.py': average } });
  await server.open('average.py', average);
  const at = (
    line: number,
    from: number,
    to: number,
    text: string,
  ): { range: { start: { line: number; character: number }; end: { line: number; character: number } }; text: string } => ({
    range: { start: { line, character: from }, end: { line, character: to } },
    text,
  });
  await server.change('average.py', at(4, 33, 34, '77'));
  expect(brief(await server.pushed('average.py', (diagnostics) => diagnostics.length > 0))[0]).toMatch('4:32-35 unknown-variant');
  await server.change('average.py', at(4, 33, 35, ''), at(4, 33, 33, '1'), at(0, 0, 0, '# A comment.\n\n'));
  expect(await server.pushed('average.py', (diagnostics) => diagnostics.length === 0)).toEqual([]);
  await server.change('average.py', at(6, 28, 31, 'source'));
  expect(brief(await server.pushed('average.py', (diagnostics) => diagnostics.length > 0))[0]).toMatch('6:28-34 unknown-source');
});

test('names the version that a push belongs to, for clients that want it', async () => {
  const server = await start({
    files: { 'sources.py': sources },
    capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
  });
  await server.open('average.py', average);
  const version = await server.change('average.py', { text: average.replace('v1}}', 'v2}}') });
  await server.pushed('average.py', (diagnostics) => diagnostics.length === 1);
  expect(server.lastPublished('average.py')?.version).toBe(version);
});

test('counts characters in UTF-16 behind an emoji and takes Windows line ends', async () => {
  for (const lineEnd of ['\n', '\r\n']) {
    const text = average.replace('SELECT *', "SELECT '😀é'").replace('src.v1', 'src.v2').replaceAll('\n', lineEnd);
    const server = await TestClient.start({ files: { 'sources.py': sources } });
    await server.open('average.py', text);
    const [problem] = brief(await server.pushed('average.py', (diagnostics) => diagnostics.length > 0));
    expect(problem).toMatch('4:36-38 unknown-variant');
    await server.stop();
  }
});

test('a file that is deleted, and one whose document is closed unsaved, lose their problems', async () => {
  const server = await start({ files: { 'sources.py': sources, 'average.py': alone } });
  await server.open('average.py', alone.replace('src.v1', 'src.v2'));
  await server.pushed('average.py', (diagnostics) => diagnostics.length === 1);
  await server.close('average.py');
  expect(await server.pushed('average.py', (diagnostics) => diagnostics.length === 0)).toEqual([]);
  server.remove('sources.py');
  await server.watched(['sources.py', 3]);
  await server.pushed('average.py', (diagnostics) => diagnostics.length === 1);
  server.remove('average.py');
  await server.watched(['average.py', 3]);
  expect(await server.pushed('average.py', (diagnostics) => diagnostics.length === 0)).toEqual([]);
});

test('a document on the disk that nobody opened is read again when it changes', async () => {
  const server = await start({ files: { 'sources.py': sources, 'average.py': average } });
  server.write('average.py', average.replace('src.v1', 'src.v2'));
  await server.watched(['average.py', 2]);
  await server.pushed('average.py', (diagnostics) => diagnostics.length === 1);
  server.write('other.py', `${provider}spark.register_file(name="src", variant="v2", file_path="s3://b/u.parquet")\n`);
  await server.watched(['other.py', 1]);
  expect(await server.pushed('average.py', (diagnostics) => diagnostics.length === 0)).toEqual([]);
});

test('ignored files, virtual environments and excluded folders are not read, created later or not', async () => {
  const bad = average.replace('src.v1', 'src.v2');
  const server = await start({
    files: {
      '.gitignore': 'generated/\n',
      'sparkform.json': '{"exclude": ["attic/**"]}',
      'sources.py': sources,
      'average.py': bad,
      'generated/a.py': bad.replace('average', 'generated_a'),
      'attic/a.py': bad.replace('average', 'attic_a'),
      'env/pyvenv.cfg': '',
      'env/lib/a.py': bad.replace('average', 'env_a'),
      'node_modules/a.py': bad.replace('average', 'modules_a'),
      '.hidden/a.py': bad.replace('average', 'hidden_a'),
      'secret/a.py': bad.replace('average', 'secret_a'),
    },
    capabilities: { workspace: { configuration: true } },
    configuration: { 'files.exclude': { '**/secret': true, '**/src': false } },
  });
  const names = async (): Promise<readonly string[]> =>
    (await server.request<{ name: string }[]>('workspace/symbol', { query: 'a.v1' })).map(({ name }) => name);
  await server.pushed('average.py');
  expect(await names()).toEqual(['average.v1']);
  server.write('generated/b.py', bad.replace('average', 'generated_ba'));
  server.write('fresh/b.py', bad.replace('average', 'fresh_ba'));
  await server.watched(['generated/b.py', 1], ['fresh/b.py', 1]);
  await server.pushed('fresh/b.py', (diagnostics) => diagnostics.length > 0);
  expect(await names()).toContain('fresh_ba.v1');
  expect(await names()).not.toContain('generated_ba.v1');
});

test('a pulled report is full, then unchanged, then full again after an edit', async () => {
  const server = await start({ files: { 'sources.py': sources, 'average.py': average }, capabilities: pulls });
  expect(server.initialized.capabilities.diagnosticProvider).toEqual({
    identifier: 'sparkform',
    interFileDependencies: true,
    workspaceDiagnostics: true,
  });
  await server.open('average.py', average.replace('src.v1', 'src.v2'));
  const pull = (previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    server.request('textDocument/diagnostic', { textDocument: { uri: server.uri('average.py') }, previousResultId });
  const first = await pull();
  expect(first).toMatchObject({ kind: 'full', items: [{ code: 'unknown-variant', source: 'sparkform', severity: 1 }] });
  expect(await pull(first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  await server.change('average.py', { text: average });
  const second = await pull(first.resultId);
  expect(second).toMatchObject({ kind: 'full', items: [] });
  expect(second.resultId).not.toBe(first.resultId);
  expect(server.lastPublished('average.py')).toBeUndefined();
});

test('an edit that concerns another open document makes the client pull again', async () => {
  const server = await start({ files: {}, capabilities: pulls });
  await server.open('sources.py', sources);
  await server.open('average.py', average);
  await server.request('textDocument/diagnostic', { textDocument: { uri: server.uri('average.py') } });
  const refreshed = server.next('workspace/diagnostic/refresh');
  await server.change('sources.py', { text: sources.replace('v1', 'v2') });
  await refreshed;
  const report = await server.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
    textDocument: { uri: server.uri('average.py') },
  });
  expect(report).toMatchObject({ kind: 'full', items: [{ code: 'unknown-variant' }] });
});

test('a change of the project makes the client pull the only document again', async () => {
  const server = await start({ files: { 'average.py': alone }, capabilities: pulls });
  await server.open('average.py', alone);
  const pull = (): Promise<DocumentDiagnosticReport> =>
    server.request('textDocument/diagnostic', { textDocument: { uri: server.uri('average.py') } });
  expect(await pull()).toMatchObject({ kind: 'full', items: [{ code: 'unknown-source' }] });
  const refreshed = server.next('workspace/diagnostic/refresh');
  server.write('sparkform.json', '{"rules": {"unknown-source": "off"}}');
  await server.watched(['sparkform.json', 1]);
  await refreshed;
  expect(await pull()).toMatchObject({ kind: 'full', items: [] });
});

test('a pull of the workspace reports files with problems, then waits for a change, and can be given up', async () => {
  const server = await start({ files: { 'sources.py': sources, 'average.py': average.replace('src.v1', 'src.v2') }, capabilities: pulls });
  const pull = (previous: readonly WorkspaceFullDocumentDiagnosticReport[]): Promise<WorkspaceDiagnosticReport> =>
    server.request('workspace/diagnostic', {
      previousResultIds: previous.flatMap(({ uri, resultId }) => (resultId === undefined ? [] : [{ uri, value: resultId }])),
    });
  const first = (await pull([])).items as WorkspaceFullDocumentDiagnosticReport[];
  expect(first.map(({ uri, items }) => [uri, items.map(({ code }) => code)])).toEqual([[server.uri('average.py'), ['unknown-variant']]]);
  const waiting = pull(first);
  server.write('sources.py', sources.replace('"v1"', '"v2"'));
  await server.watched(['sources.py', 2]);
  const second = (await waiting).items as WorkspaceFullDocumentDiagnosticReport[];
  expect(second.map(({ uri, items }) => [uri, items])).toEqual([[server.uri('average.py'), []]]);

  const { CancellationTokenSource } = await import('vscode-jsonrpc/node');
  const source = new CancellationTokenSource();
  const previousResultIds = second.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
  const given = server.connection.sendRequest('workspace/diagnostic', { previousResultIds }, source.token);
  await server.request('workspace/symbol', { query: 'src' });
  source.cancel();
  await expect(given).rejects.toMatchObject({ code: -32800 });
});

test('settings decide how much is shown, and take effect at once', async () => {
  const text = `${provider}
@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v2}} -- {{src.v1}}"

spark.register_file(name="src", variant="v2", file_path="s3://b/t.parquet")
spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")
`;
  const server = await start({ files: { 'a.py': text }, initializationOptions: { settings: { check: { minSeverity: 'error' } } } });
  await server.open('a.py', text);
  expect(await server.pushed('a.py')).toEqual([]);
  await server.notify('workspace/didChangeConfiguration', { settings: { sparkform: { check: { minSeverity: 'hint' } } } });
  expect(brief(await server.pushed('a.py', (diagnostics) => diagnostics.length > 0))[0]).toMatch('template-in-literal');
});

test('tells that resources changed when others can see it', async () => {
  const server = await start({ files: { 'sources.py': sources } });
  await server.open('sources.py', sources);
  const changed = server.next<{ revision: number }>('sparkform/resourcesChanged');
  await server.change('sources.py', { text: sources.replace('"src"', '"renamed"') });
  const { revision } = await changed;
  const { resources, revision: now } = await server.request<{ revision: number; resources: { id: string }[] }>('sparkform/resources', {});
  expect(now).toBeGreaterThanOrEqual(revision);
  expect(resources.map(({ id }) => id)).toEqual(['emr', 'renamed.v1']);
});

test('tells of the resources what differs from the last answer', async () => {
  const other = 'import featureform as ff\nstore = ff.register_redis(name="online")\n';
  const server = await start({ files: { 'sources.py': sources, 'other.py': other } });
  await server.open('sources.py', sources);
  interface Answer {
    readonly list: string;
    readonly files?: readonly string[];
    readonly resources: readonly { readonly id: string; readonly errors: number }[];
  }
  const ask = (since?: string): Promise<Answer> => server.request('sparkform/resources', since === undefined ? {} : { since });
  const [own, theirs] = ['sources.py', 'other.py'].map((name) => server.uri(name));
  const whole = await ask();
  expect(whole).toMatchObject({ resources: [{ id: 'emr' }, { id: 'online' }, { id: 'src.v1' }] });
  expect(whole.files).toBeUndefined();
  const same = await ask(whole.list);
  expect(same).toMatchObject({ files: [], resources: [] });
  await server.change('sources.py', { text: sources.replace('"src"', '"renamed"') });
  const renamed = await ask(same.list);
  expect(renamed).toMatchObject({ files: [own], resources: [{ id: 'emr' }, { id: 'renamed.v1' }] });
  // An answer that is not the last one, or of another server, is nothing to compare with.
  for (const since of [whole.list, 'unheard of']) expect((await ask(since)).files).toBeUndefined();
  const { list } = await ask();
  await server.open('other.py', other);
  await server.change('other.py', { text: '# nothing any more\n' });
  expect(await ask(list)).toMatchObject({ files: [theirs], resources: [] });
});
