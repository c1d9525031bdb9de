// Renaming, hierarchies, links and hints over the wire: what only the wire can break.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  DocumentLink,
  InlayHint,
  Location,
  LocationLink,
  ShowMessageParams,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { startForEachTest, TestClient } from './testClient';

const sources = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
src = spark.register_file(name="src", variant="v1", file_path="s3://lake/t.parquet")
`;
const average = `from sources import spark, src

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v1}}"

@spark.df_transformation(inputs=[average, src])
def rounded(df, raw):
    return df
`;
/** A folder whose name URIs can spell in more than one way. */
const folder = "team (a)'s";
const files = {
  [`${folder}/sources.py`]: sources,
  [`${folder}/average.py`]: average,
  [`${folder}/sparkform.json`]: '{"locations": {"s3://lake/": "data"}}',
};

let server: TestClient;
beforeAll(async () => {
  server = await TestClient.start({
    files,
    folders: [folder],
    capabilities: {
      textDocument: { rename: { prepareSupport: true }, typeDefinition: { linkSupport: true } },
      workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
    },
  });
  await server.open(`${folder}/average.py`, average);
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

const start = startForEachTest();

const at = (line: number, character: number): object => ({
  textDocument: { uri: server.uri(`${folder}/average.py`) },
  position: { line, character },
});
const span = (line: number, from: number, to: number): object => ({ start: { line, character: from }, end: { line, character: to } });

test('what is renamed is told before the new name is asked for', async () => {
  expect(await server.request('textDocument/prepareRename', at(4, 29))).toEqual({ range: span(4, 28, 31), placeholder: 'src' });
  expect(await server.request('textDocument/prepareRename', at(4, 12))).toBeNull();
});

test('a rename is one edit of all documents, with annotations and the versions of what is open', async () => {
  const edit = await server.request<WorkspaceEdit>('textDocument/rename', { ...at(4, 29), newName: 'raw' });
  expect(edit).toEqual({
    documentChanges: [
      {
        textDocument: { uri: server.uri(`${folder}/average.py`), version: 1 },
        edits: [{ range: span(4, 28, 31), newText: 'raw', annotationId: 'name' }],
      },
      {
        textDocument: { uri: expect.stringContaining('sources.py') as string, version: null },
        edits: [{ range: span(2, 32, 35), newText: 'raw', annotationId: 'name' }],
      },
    ],
    changeAnnotations: {
      name: { label: 'Rename source "src" to "raw"', description: '2 definitions depend on it', needsConfirmation: false },
    },
  });
});

test('a rename that is refused says why', async () => {
  await expect(server.request('textDocument/rename', { ...at(4, 29), newName: 'average' })).rejects.toMatchObject({
    code: -32803,
    message: 'the source "src" cannot be renamed: the source "average" is defined already, at average.py:4',
  });
});

test('a client that knows no annotations is given plain changes, and one that cannot prepare is not asked to', async () => {
  const plain = await start({ files: { 'sources.py': sources, 'average.py': average } });
  expect(plain.initialized.capabilities.renameProvider).toBe(true);
  const position = { line: 2, character: 33 };
  const edit = await plain.request<WorkspaceEdit>('textDocument/rename', {
    textDocument: { uri: plain.uri('sources.py') },
    position,
    newName: 'raw',
  });
  expect(edit).toEqual({
    changes: {
      [plain.uri('average.py')]: [{ range: span(4, 28, 31), newText: 'raw' }],
      [plain.uri('sources.py')]: [{ range: span(2, 32, 35), newText: 'raw' }],
    },
  });
  expect(
    await plain.request('textDocument/rename', {
      textDocument: { uri: plain.uri('sources.py') },
      position: { line: 0, character: 3 },
      newName: 'x',
    }),
  ).toBeNull();
});

test('the hierarchy goes from item to item', async () => {
  const [item] = await server.request<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', at(4, 29));
  expect(item).toMatchObject({ name: 'src.v1', detail: 'file' });
  const incoming = await server.request<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
  expect(incoming.map(({ from, fromRanges }) => [from.name, from.uri, fromRanges])).toEqual([
    ['average.v1', server.uri(`${folder}/average.py`), [span(4, 28, 34)]],
    ['rounded', server.uri(`${folder}/average.py`), [span(6, 42, 45)]],
  ]);
  const outgoing = await server.request<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item: incoming[1]?.from });
  expect(outgoing.map(({ to, fromRanges }) => [to.name, fromRanges])).toEqual([
    ['average.v1', [span(6, 33, 40)]],
    ['src.v1', [span(6, 42, 45)]],
  ]);
});

test('type definitions are links to those who take them, implementations locations to those who do not', async () => {
  const links = await server.request<LocationLink[]>('textDocument/typeDefinition', at(2, 2));
  expect(links.map(({ targetUri, targetSelectionRange }) => [targetUri.endsWith('sources.py'), targetSelectionRange])).toEqual([
    [true, span(1, 32, 35)],
  ]);
  const places = await server.request<Location[]>('textDocument/implementation', at(4, 29));
  expect(places.map(({ uri, range }) => [uri.endsWith('sources.py'), range])).toEqual([[true, span(2, 32, 35)]]);
});

test('a location leads to its local copy', async () => {
  const document = { textDocument: { uri: server.uri(`${folder}/sources.py`) } };
  const links = await server.request<DocumentLink[]>('textDocument/documentLink', document);
  expect(links).toMatchObject([{ range: span(2, 63, 82), tooltip: 'Open the local copy of s3://lake/t.parquet' }]);
  expect(decodeURIComponent(links[0]?.target ?? '')).toBe(decodeURIComponent(server.uri(`${folder}/data/t.parquet`)));
});

test('hints follow the settings', async () => {
  const hinting = await start({
    files: { 'sources.py': sources, 'average.py': average },
    capabilities: {
      workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true }, inlayHint: { refreshSupport: true } },
    },
    configuration: { sparkform: {} },
  });
  const document = {
    textDocument: { uri: hinting.uri('average.py') },
    range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
  };
  expect(await hinting.request<InlayHint[]>('textDocument/inlayHint', document)).toMatchObject([
    { position: { line: 6, character: 46 }, label: ', variant=<current run>' },
  ]);
  hinting.configuration = { sparkform: { inlayHints: { variants: false } } };
  const refreshed = hinting.next('workspace/inlayHint/refresh');
  await hinting.notify('workspace/didChangeConfiguration', { settings: null });
  await refreshed;
  expect(await hinting.request<InlayHint[]>('textDocument/inlayHint', document)).toEqual([]);
});

test('deleting a file that others depend on warns with their number', async () => {
  const warned = server.next<ShowMessageParams>('window/showMessage');
  const answer = await server.request('workspace/willDeleteFiles', { files: [{ uri: server.uri(`${folder}/sources.py`) }] });
  expect(answer).toBeNull();
  expect(await warned).toEqual({ type: 2, message: '2 definitions depend on "src.v1".' });
});
