// Workspaces of several folders, and folders that come and go as a whole.

import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { CodeLens, CompletionItem, CompletionList, Diagnostic, Location } from 'vscode-languageserver/node';
import type { ResourcesResult, S3OutputAnswer, S3StoreNode } from '../../shared/protocol/requests';
import type { PlanAnswer } from '../../shared/run/plan';
import { startForEachTest, type TestClient } from './testClient';

const start = startForEachTest();

const sources = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")
`;
const average = `from sources import spark

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v1}}"
`;
/** Defines its provider itself. */
const alone = average.replace('from sources import spark\n', sources.split('\n').slice(0, 2).join('\n') + '\n');
const mapping = (folder: string): string => JSON.stringify({ locations: { 's3://b/': `${folder}/` } });
const twoProjects = {
  'one/sources.py': sources,
  'one/average.py': average,
  'one/sparkform.json': mapping('first'),
  'two/sources.py': sources,
  'two/average.py': average,
  'two/sparkform.json': mapping('second'),
};
const brief = (diagnostics: readonly Diagnostic[]): readonly string[] =>
  diagnostics.map(({ range, code }) => `${range.start.line}:${range.start.character} ${String(code)}`);
const none = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.length === 0;
const some = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.length > 0;

async function names(server: TestClient): Promise<readonly string[]> {
  const { resources } = await server.request<ResourcesResult>('sparkform/resources', {});
  return resources.filter(({ type }) => type === 'source').map(({ id, uri }) => `${id} ${uri.slice(server.uri('').length + 1)}`);
}

/** Waits until the workspace defines exactly these sources. */
async function define(server: TestClient, expected: readonly string[]): Promise<void> {
  for (;;) {
    const changed = server.next('sparkform/resourcesChanged');
    if (isDeepStrictEqual(await names(server), expected)) return;
    await changed;
  }
}

test('each folder has its own file store', async () => {
  const stored = (bucket: string): string =>
    sources.replace('filestore=store', `filestore=ff.register_s3(name="s", credentials=c, bucket_region="r", bucket_name="${bucket}")`);
  const files = { ...twoProjects, 'one/sources.py': stored('first'), 'two/sources.py': stored('second') };
  const server = await start({ files, folders: ['one', 'two'] });
  const stores = await server.request<readonly S3StoreNode[]>('sparkform/s3Stores', {});
  expect(stores.map(({ key, place }) => [key, place])).toEqual([
    [`provider:emr in ${server.uri('one')}`, { kind: 'known', bucket: 'first', path: '', region: 'r' }],
    [`provider:emr in ${server.uri('two')}`, { kind: 'known', bucket: 'second', path: '', region: 'r' }],
  ]);
  for (const [folder, bucket] of [
    ['one', 'first'],
    ['two', 'second'],
  ] as const) {
    const id = `source:average.v1 in ${server.uri(folder)}`;
    expect(await server.request<S3OutputAnswer>('sparkform/s3Output', { id })).toEqual({
      kind: 'runs',
      location: `s3://${bucket}/featureform/Transformation/average/v1/`,
      region: 'r',
    });
  }
});

test('each folder is a project of its own, with its own mapping and its own names', async () => {
  const server = await start({ files: twoProjects, folders: ['one', 'two'] });
  const { resources } = await server.request<ResourcesResult>('sparkform/resources', {});
  expect(resources.filter(({ id }) => id === 'average.v1').map(({ key, inputKeys }) => [key, inputKeys])).toEqual(
    ['one', 'two'].map((folder) => [`source:average.v1 in ${server.uri(folder)}`, [`source:src.v1 in ${server.uri(folder)}`]]),
  );
  expect(resources.filter(({ errors, warnings }) => errors + warnings > 0)).toEqual([]);
  for (const [folder, data] of [
    ['one', 'first'],
    ['two', 'second'],
  ] as const) {
    const id = `source:average.v1 in ${server.uri(folder)}`;
    const answer = await server.request<PlanAnswer>('sparkform/runPlan', { id, engine: 'local', upstream: true });
    expect(answer).toMatchObject({
      kind: 'plan',
      plan: {
        target: 'average.v1',
        inputs: [{ id: 'src.v1', localPath: `${server.root}/${folder}/${data}/t.parquet` }],
        steps: [{ uri: server.uri(`${folder}/average.py`) }],
      },
    });
  }
});

test('of several folders, what differs from the last list is told', async () => {
  const server = await start({ files: twoProjects, folders: ['one', 'two'] });
  await server.open('two/sources.py', sources);
  const ask = (since?: string): Promise<ResourcesResult> => server.request('sparkform/resources', since === undefined ? {} : { since });
  const whole = await ask();
  expect(whole.files).toBeUndefined();
  const same = await ask(whole.list);
  expect(same).toMatchObject({ files: [], resources: [] });
  await server.change('two/sources.py', { text: sources.replace('"src"', '"renamed"') });
  const { files, resources, list } = await ask(same.list);
  expect(files).toEqual([server.uri('two/average.py'), server.uri('two/sources.py')]);
  const two = server.uri('two');
  expect(resources.find(({ id }) => id === 'average.v1')).toMatchObject({
    key: `source:average.v1 in ${two}`,
    inputKeys: [`source:src.v1 in ${two}`],
    providerKey: `provider:emr in ${two}`,
    undefinedInputs: [{ key: `source:src.v1 in ${two}`, type: 'source', name: 'src', variant: 'v1', errors: 1, warnings: 0 }],
    errors: 1,
  });
  // With one folder less, keys name none any more.
  await server.foldersChanged([], ['one']);
  const alone = await ask(list);
  expect(alone.files).toBeUndefined();
  expect(alone.resources.map(({ key }) => key)).toEqual(['provider:emr', 'source:average.v1', 'source:renamed.v1']);
});

test('a key leads to its folder, and a place to its key', async () => {
  const server = await start({ files: twoProjects, folders: ['one', 'two'] });
  const two = server.uri('two');
  const at = { textDocument: { uri: `${two}/average.py` }, position: { line: 4, character: 30 } };
  expect(await server.request('sparkform/resourceAt', at)).toEqual({
    definition: `source:average.v1 in ${two}`,
    reference: `source:src.v1 in ${two}`,
  });
  const range = { start: { line: 2, character: 26 }, end: { line: 2, character: 29 } };
  expect(await server.request('sparkform/resourcePlace', { key: `source:src.v1 in ${two}` })).toEqual({ uri: `${two}/sources.py`, range });
  expect(await server.request('sparkform/resourcePlace', { key: 'source:src.v1' })).toBeNull();
});

test('a name that only another folder defines is not defined, and references stay in their folder', async () => {
  const server = await start({ files: { ...twoProjects, 'three/average.py': alone }, folders: ['one', 'two', 'three'] });
  expect(brief(await server.pushed('three/average.py'))).toEqual(['5:28 unknown-source']);
  const references = await server.request<Location[]>('textDocument/references', {
    textDocument: { uri: server.uri('two/average.py') },
    position: { line: 4, character: 30 },
    context: { includeDeclaration: true },
  });
  expect(references.map(({ uri }) => uri)).toEqual([server.uri('two/average.py'), server.uri('two/sources.py')]);
});

test('an id without a folder runs where it is defined', async () => {
  const other = alone.replace('average', 'total').replace('src.v1', 'other.v1');
  const server = await start({ files: { ...twoProjects, 'three/total.py': other }, folders: ['one', 'two', 'three'] });
  const plan = (id: string): Promise<PlanAnswer> =>
    server.request<PlanAnswer>('sparkform/runPlan', { id, engine: 'local', upstream: true });
  expect(await plan('average.v1')).toMatchObject({ kind: 'plan', plan: { steps: [{ uri: server.uri('one/average.py') }] } });
  expect(await plan('total.v1')).toMatchObject({ kind: 'refused', reasons: [{ uri: server.uri('three/total.py') }] });
  expect(await plan('missing.v1')).toMatchObject({
    kind: 'refused',
    reasons: [{ message: expect.stringContaining('missing.v1') as string }],
  });
});

test('lenses name their document, and count in its folder', async () => {
  const second = alone.replaceAll('average', 'second').replace('{{src.v1}}', '{{average.v1}}');
  const server = await start({ files: { ...twoProjects, 'two/second.py': second }, folders: ['one', 'two'] });
  for (const [folder, title] of [
    ['one', '1 downstream'],
    ['two', '2 downstream'],
  ] as const) {
    const uri = server.uri(`${folder}/sources.py`);
    const [preview, counting] = await server.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(preview?.command).toEqual({ title: 'Preview', command: 'sparkform.preview', arguments: ['src.v1', uri] });
    const resolved = await server.request<CodeLens>('codeLens/resolve', counting);
    expect(resolved).toEqual({
      range: counting?.range,
      command: { title, command: 'sparkform.showDependents', arguments: ['src.v1', uri] },
    });
  }
});

test('a completion is resolved in the folder that it was listed in', async () => {
  const described = sources.replace('file_path=', 'description="The second one.", file_path=');
  const server = await start({ files: { ...twoProjects, 'two/sources.py': described }, folders: ['one', 'two'] });
  const at = { textDocument: { uri: server.uri('two/average.py') }, position: { line: 4, character: 28 } };
  const { items } = await server.request<CompletionList>('textDocument/completion', at);
  const item = items.find(({ label }) => label === 'src.v1');
  const { documentation } = await server.request<CompletionItem>('completionItem/resolve', item);
  expect(documentation).toMatchObject({ value: expect.stringContaining('The second one.') as string });
});

test('each folder has the settings that the client gives it', async () => {
  const server = await start({
    files: twoProjects,
    folders: ['one', 'two'],
    capabilities: { workspace: { configuration: true } },
    configuration: { sparkform: {} },
    folderConfiguration: { two: { sparkform: { codeLens: { enabled: false } } } },
  });
  const lensesOf = async (folder: string): Promise<readonly string[]> => {
    const textDocument = { uri: server.uri(`${folder}/average.py`) };
    return (await server.request<CodeLens[]>('textDocument/codeLens', { textDocument })).map(({ command }) => command?.title ?? '');
  };
  expect([await lensesOf('one'), await lensesOf('two')]).toEqual([['Run', 'Preview'], []]);
});

test('folders that are added are read and folders that are removed are forgotten', async () => {
  const server = await start({
    files: { 'one/sources.py': sources, 'two/average.py': alone, 'two/sparkform.json': '{"featureform": "newest"}' },
    folders: ['one'],
  });
  expect(await names(server)).toEqual(['src.v1 one/sources.py']);
  await server.foldersChanged(['two'], []);
  expect(brief(await server.pushed('two/average.py'))).toEqual(['5:28 unknown-source']);
  expect(await server.pushed('two/sparkform.json')).toHaveLength(1);
  expect(await names(server)).toEqual(['src.v1 one/sources.py', 'average.v1 two/average.py']);
  await server.foldersChanged([], ['two']);
  expect(await server.pushed('two/average.py', none)).toEqual([]);
  expect(await server.pushed('two/sparkform.json', none)).toEqual([]);
  expect(await names(server)).toEqual(['src.v1 one/sources.py']);
});

test('a document that is open goes with the folder that holds it', async () => {
  const server = await start({ files: twoProjects, folders: ['one'] });
  const edited = alone.replace('* FROM {{src.v1}}', '1 FROM {{elsewhere.v1}}');
  await server.open('two/average.py', edited);
  expect(brief(await server.pushed('two/average.py', some))).toEqual(['4:4 duplicate-resource', '5:28 unknown-source']);
  await server.foldersChanged(['two'], []);
  await server.change('two/average.py', { text: edited.replace('elsewhere', 'src') });
  expect(await server.pushed('two/average.py', none)).toEqual([]);
  await define(server, ['average.v1 one/average.py', 'src.v1 one/sources.py', 'average.v1 two/average.py', 'src.v1 two/sources.py']);
  await server.foldersChanged([], ['two']);
  // Now it is a document outside of all folders, and defines again what the first one defines.
  expect(brief(await server.pushed('two/average.py', some))).toEqual(['4:4 duplicate-resource']);
  await server.close('two/average.py');
  expect(await server.pushed('two/average.py', none)).toEqual([]);
  expect(await names(server)).toEqual(['average.v1 one/average.py', 'src.v1 one/sources.py']);
});

test('a folder inside another one is left to itself', async () => {
  const inner = alone.replace('SELECT *', 'SELECT 1');
  const server = await start({
    files: { 'sources.py': sources, 'average.py': average, 'inner/sources.py': sources, 'inner/average.py': inner },
  });
  const all = ['average.v1 average.py', 'average.v1 inner/average.py', 'src.v1 inner/sources.py', 'src.v1 sources.py'];
  expect((await names(server)).toSorted()).toEqual(all);
  expect(brief(await server.pushed('inner/average.py', some))).toEqual(['4:4 duplicate-resource']);
  await server.foldersChanged(['inner'], []);
  expect(await server.pushed('inner/average.py', none)).toEqual([]);
  await define(server, ['average.v1 average.py', 'src.v1 sources.py', 'average.v1 inner/average.py', 'src.v1 inner/sources.py']);
  server.write('inner/sources.py', sources.replace('v1', 'v2'));
  await server.watched(['inner/sources.py', 2]);
  expect(brief(await server.pushed('inner/average.py', some))).toEqual(['5:32 unknown-variant']);
  expect(server.lastPublished('average.py')?.diagnostics ?? []).toEqual([]);
  await server.foldersChanged([], ['inner']);
  expect(brief(await server.pushed('inner/average.py', (found) => !brief(found).includes('5:32 unknown-variant')))).toEqual([
    '4:4 duplicate-resource',
  ]);
});

test('a folder that is deleted as a whole is forgotten, and read when it is back', async () => {
  const server = await start({ files: { 'lake/sources.py': sources, 'lake/deep/more.py': '', 'average.py': alone } });
  expect(await names(server)).toEqual(['average.v1 average.py', 'src.v1 lake/sources.py']);
  server.move('lake', '.away');
  await server.watched(['lake', 3]);
  expect(brief(await server.pushed('average.py', some))).toEqual(['5:28 unknown-source']);
  server.move('.away', 'lake');
  await server.watched(['lake', 1]);
  expect(await server.pushed('average.py', none)).toEqual([]);
  server.move('lake', 'pond.py');
  await server.watched(['lake', 3], ['pond.py', 1]);
  await define(server, ['average.v1 average.py', 'src.v1 pond.py/sources.py']);
});

test('a folder that appears where nobody looks is not read', async () => {
  const server = await start({ files: { 'average.py': alone, '.gitignore': 'generated/\n', 'sparkform.json': '{"exclude": ["attic"]}' } });
  await server.pushed('average.py', some);
  for (const folder of ['generated', 'attic', '.hidden', 'node_modules/lake', 'env']) server.write(`${folder}/sources.py`, sources);
  server.write('env/pyvenv.cfg', '');
  server.write('lake/sources.py', sources.replace('"src"', '"lake"'));
  const created = ['generated', 'attic', '.hidden', 'node_modules', 'node_modules/lake', 'env', 'lake'].map((path) => [path, 1] as const);
  await server.watched(...created);
  await define(server, ['average.v1 average.py', 'lake.v1 lake/sources.py']);
});

test('a workspace folder that is deleted and comes back is read again', async () => {
  const server = await start({ files: { 'one/sources.py': sources, 'two/average.py': alone }, folders: ['one', 'two'] });
  expect(await names(server)).toEqual(['src.v1 one/sources.py', 'average.v1 two/average.py']);
  server.remove('one');
  await server.watched(['one', 3]);
  await define(server, ['average.v1 two/average.py']);
  server.write('one/sources.py', sources);
  await server.watched(['one', 1]);
  await define(server, ['src.v1 one/sources.py', 'average.v1 two/average.py']);
});

test('lenses are asked for again when another document changes what they count', async () => {
  const server = await start({
    files: { 'sources.py': sources },
    capabilities: { workspace: { codeLens: { refreshSupport: true } } },
  });
  await server.open('sources.py', sources);
  const refreshed = server.next('workspace/codeLens/refresh');
  await server.open('average.py', average);
  await refreshed;
  const lenses = await server.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: server.uri('sources.py') } });
  expect(lenses).toHaveLength(2);
});

test('a client that refuses to refresh costs nothing', async () => {
  const capabilities = {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true }, codeLens: { refreshSupport: true } },
  };
  const server = await start({ files: {}, capabilities });
  server.connection.onRequest('workspace/diagnostic/refresh', () => Promise.reject(new Error('not now')));
  server.connection.onRequest('workspace/codeLens/refresh', () => Promise.reject(new Error('not now')));
  await server.open('sources.py', sources);
  await server.open('average.py', average);
  const logged = server.next<{ readonly message: string }>('window/logMessage', ({ message }) => message.includes('not now'));
  await server.change('sources.py', { text: sources.replace('v1', 'v2') });
  await logged;
  expect(await names(server)).toEqual(['average.v1 average.py', 'src.v2 sources.py']);
});
