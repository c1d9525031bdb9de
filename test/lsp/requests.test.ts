// What only the wire can break: conversions, the client's spelling of URIs, resolving, and what clients can do.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  DocumentHighlight,
  DocumentSymbol,
  Location,
  LocationLink,
  WorkspaceSymbol,
} from 'vscode-languageserver/node';
import type { ResourcesResult, S3OutputAnswer, S3StoreNode } from '../../shared/protocol/requests';
import type { PlanAnswer } from '../../shared/run/plan';
import { TestClient } from './testClient';

const sources = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
spark.register_file(name="src", variant="v1", file_path="s3://lake/t.parquet")
`;
const average = `from sources import spark

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v1}}"

@spark.sql_transformation(variant="v1")
def broken():
    return "SELECT * FROM {{srcs.v1}}"
`;
/** A folder whose name URIs can spell in more than one way. */
const folder = "team (a)'s";

let server: TestClient;
beforeAll(async () => {
  server = await TestClient.start({
    files: {
      [`${folder}/sources.py`]: sources,
      [`${folder}/average.py`]: average,
      [`${folder}/sparkform.json`]: '{"locations": {"s3://lake/": "data"}}',
    },
    folders: [folder],
    capabilities: { textDocument: { definition: { linkSupport: true } } },
  });
  await server.open(`${folder}/average.py`, average);
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

const inTemplate = { line: 4, character: 30 };
const document = (): { textDocument: { uri: string } } => ({ textDocument: { uri: server.uri(`${folder}/average.py`) } });

test('definition answers with links to those who take them', async () => {
  const links = await server.request<LocationLink[]>('textDocument/definition', { ...document(), position: inTemplate });
  expect(links).toMatchObject([
    {
      originSelectionRange: { start: { line: 4, character: 26 }, end: { line: 4, character: 36 } },
      targetSelectionRange: { start: { line: 2, character: 26 }, end: { line: 2, character: 29 } },
    },
  ]);
  expect(decodeURIComponent(links[0]?.targetUri ?? '')).toBe(decodeURIComponent(server.uri(`${folder}/sources.py`)));
});

test('references are spelled as the client spells its open documents', async () => {
  const found = await server.request<Location[]>('textDocument/references', {
    ...document(),
    position: inTemplate,
    context: { includeDeclaration: false },
  });
  expect(found).toEqual([
    { uri: server.uri(`${folder}/average.py`), range: { start: { line: 4, character: 28 }, end: { line: 4, character: 34 } } },
  ]);
});

test('highlights, outline and workspace symbols', async () => {
  const highlights = await server.request<DocumentHighlight[]>('textDocument/documentHighlight', { ...document(), position: inTemplate });
  expect(highlights).toEqual([{ range: { start: { line: 4, character: 28 }, end: { line: 4, character: 34 } }, kind: 2 }]);
  const outline = await server.request<DocumentSymbol[]>('textDocument/documentSymbol', document());
  expect(outline.map(({ name, detail }) => `${name} ${detail ?? ''}`)).toEqual([
    'average.v1 SQL transformation',
    'broken.v1 SQL transformation',
  ]);
  const symbols = await server.request<WorkspaceSymbol[]>('workspace/symbol', { query: 'avg' });
  expect(symbols.map(({ name, location }) => [name, location.uri])).toEqual([['average.v1', server.uri(`${folder}/average.py`)]]);
});

test('a completion is listed without documentation and resolved with it', async () => {
  const list = await server.request<CompletionList>('textDocument/completion', { ...document(), position: { line: 4, character: 28 } });
  const item = list.items.find(({ label }) => label === 'src.v1');
  expect(item?.textEdit).toEqual({ range: { start: { line: 4, character: 28 }, end: { line: 4, character: 34 } }, newText: 'src.v1' });
  const resolved = await server.request<CompletionItem>('completionItem/resolve', item);
  expect(resolved.documentation).toMatchObject({ kind: 'markdown', value: expect.stringContaining('s3://lake/t.parquet') as string });
});

test('code actions edit the document under the name that the client gave it', async () => {
  const start = { line: 8, character: 28 };
  const actions = await server.request<CodeAction[]>('textDocument/codeAction', {
    ...document(),
    range: { start, end: start },
    context: { diagnostics: [] },
  });
  expect(actions.map(({ title, kind, isPreferred }) => [title, kind, isPreferred ?? false])).toEqual([
    ['Change to "src.v1"', 'quickfix', true],
    ['Register "srcs.v1" as a file', 'quickfix', false],
    ['Ignore this problem (unknown-source)', 'quickfix', false],
    ['Write "<<srcs.v1>>"', 'refactor.rewrite', false],
  ]);
  expect(actions[0]?.edit?.changes).toEqual({
    [server.uri(`${folder}/average.py`)]: [
      { range: { start: { line: 8, character: 28 }, end: { line: 8, character: 32 } }, newText: 'src' },
    ],
  });
});

test('a client that can show them is told of actions that are not possible, and why', async () => {
  const text = `${sources}
@spark.sql_transformation(variant="v1")
def totals():
    return "WITH x(a) AS (SELECT b FROM {{src.v1}}) SELECT a FROM x"
`;
  const start = { line: 6, character: 17 };
  const actionsOf = async (disabledSupport: boolean): Promise<readonly CodeAction[]> => {
    const capabilities = { textDocument: { codeAction: { disabledSupport } } };
    const client = await TestClient.start({ files: { 'totals.py': text }, capabilities });
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: client.uri('totals.py') },
      range: { start, end: start },
      context: { diagnostics: [] },
    });
    await client.stop();
    return actions;
  };
  expect(await actionsOf(true)).toEqual([
    {
      title: 'Make "x" a transformation of its own',
      kind: 'refactor.extract',
      disabled: { reason: '"x" names its columns in front of the query' },
    },
  ]);
  expect(await actionsOf(false)).toEqual([]);
});

test('code lenses carry commands with the id, and count when they are looked at', async () => {
  const lenses = await server.request<CodeLens[]>('textDocument/codeLens', document());
  expect(lenses.map(({ command }) => [command?.title, command?.arguments])).toEqual([
    ['Run', ['average.v1']],
    ['Preview', ['average.v1']],
    ['Run', ['broken.v1']],
    ['Preview', ['broken.v1']],
  ]);
  const source = { textDocument: { uri: server.uri(`${folder}/sources.py`) } };
  const [, counting] = await server.request<CodeLens[]>('textDocument/codeLens', source);
  expect(counting?.command).toBeUndefined();
  expect((await server.request<CodeLens>('codeLens/resolve', counting)).command).toEqual({
    title: '1 downstream',
    command: 'sparkform.showDependents',
    arguments: ['src.v1'],
  });
});

test('a run plan names real paths; one that is refused says where', async () => {
  const planned = await server.request<PlanAnswer>('sparkform/runPlan', { id: 'average.v1', engine: 'local', upstream: true, limit: 5 });
  expect(planned).toMatchObject({
    kind: 'plan',
    plan: {
      target: 'average.v1',
      limit: 5,
      inputs: [{ id: 'src.v1', view: 'source_0', localPath: `${server.root}/${folder}/data/t.parquet` }],
      steps: [{ kind: 'sql', sql: 'SELECT * FROM source_0' }],
    },
  });
  const refused = await server.request<PlanAnswer>('sparkform/runPlan', { id: 'broken.v1', engine: 'local', upstream: true });
  expect(refused).toMatchObject({
    kind: 'refused',
    reasons: [{ message: 'nothing in this workspace defines source "srcs.v1"', range: { start: { line: 8, character: 26 } } }],
  });
});

test('resources list the workspace with its problems', async () => {
  const { resources } = await server.request<ResourcesResult>('sparkform/resources', {});
  expect(resources.map(({ key, errors }) => [key, errors])).toEqual([
    ['provider:emr', 0],
    ['source:average.v1', 0],
    ['source:broken.v1', 1],
    ['source:src.v1', 0],
  ]);
});

test('the file stores of providers and the data of a resource are told', async () => {
  const stores = await server.request<readonly S3StoreNode[]>('sparkform/s3Stores', {});
  expect(stores.map(({ uri, ...store }) => ({ ...store, path: fileURLToPath(uri) }))).toEqual([
    {
      key: 'provider:emr',
      provider: 'emr',
      place: { kind: 'unknown', reason: 'the file store is known only at run time' },
      path: `${server.root}/${folder}/sources.py`,
      selection: { start: { line: 1, character: 32 }, end: { line: 1, character: 35 } },
      range: { start: { line: 1, character: 8 }, end: { line: 1, character: 73 } },
    },
  ]);
  const output = (id: unknown): Promise<S3OutputAnswer> => server.request('sparkform/s3Output', { id });
  expect(await output('average.v1')).toEqual({ kind: 'none', reason: 'the file store is known only at run time' });
  expect(await output('src.v1')).toEqual({ kind: 'data', location: 's3://lake/t.parquet' });
  expect(await output('nobody')).toEqual({ kind: 'none', reason: 'nothing in this workspace defines "nobody"' });
  await expect(output(7)).rejects.toThrow('sparkform/s3Output: "id" must be a string');
});

test('what stands at a place, and where it is defined or mentioned', async () => {
  const at = (line: number, character: number): unknown => ({ ...document(), position: { line, character } });
  expect(await server.request('sparkform/resourceAt', at(4, 30))).toEqual({ definition: 'source:average.v1', reference: 'source:src.v1' });
  expect(await server.request('sparkform/resourceAt', at(0, 0))).toBeNull();
  const range = { start: { line: 8, character: 28 }, end: { line: 8, character: 35 } };
  expect(await server.request('sparkform/resourcePlace', { key: 'source:srcs.v1' })).toEqual({ uri: document().textDocument.uri, range });
});

test('requests of our own say what is wrong with their parameters', async () => {
  const refusals: readonly [method: string, params: unknown, message: string][] = [
    ['sparkform/resourceAt', {}, 'sparkform/resourceAt: "textDocument" must have a "uri"'],
    ['sparkform/resourceAt', document(), 'sparkform/resourceAt: "position" must have a "line" and a "character"'],
    ['sparkform/resourceAt', { ...document(), position: { line: -1, character: 0 } }, '"position" must have a "line" and a "character"'],
    ['sparkform/resourcePlace', { key: 1 }, 'sparkform/resourcePlace: "key" must be a string'],
    ['sparkform/runPlan', { id: 1 }, 'sparkform/runPlan: "id" must be a string'],
  ];
  for (const [method, params, message] of refusals) await expect(server.request(method, params)).rejects.toThrow(message);
});

test('a document that is opened under another spelling of its name is the same document', async () => {
  const odd = pathToFileURL(`${server.root}/${folder}/sources.py`).href.replace(/[()']/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  await server.notify('textDocument/didOpen', {
    textDocument: { uri: odd, languageId: 'python', version: 1, text: sources.replace('"v1"', '"v2"') },
  });
  const links = await server.request<LocationLink[]>('textDocument/definition', { ...document(), position: inTemplate });
  expect(links).toEqual([]);
  await server.notify('textDocument/didClose', { textDocument: { uri: odd } });
  const again = server.next('sparkform/resourcesChanged');
  await again;
  expect(await server.request<LocationLink[]>('textDocument/definition', { ...document(), position: inTemplate })).toHaveLength(1);
});
