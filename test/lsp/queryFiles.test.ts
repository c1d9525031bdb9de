// Files of SQL that definitions read, over the wire: on the disk, and open with unsaved text.

import { expect, test } from 'vitest';
import type { CodeAction, Diagnostic, DocumentDiagnosticReport, Location, Range } from 'vscode-languageserver/node';
import { startForEachTest, type TestClient } from './testClient';

const start = startForEachTest();

const definitions = `import featureform as ff
spark = ff.Client().get_spark("e")
spark.register_file("orders", "s3://shop/o.csv", variant="v1")
@spark.sql_transformation(variant="v1")
def daily():
    return open("daily.sql").read()
`;
const wrong = 'SELECT *\nFROM {{ordres.v1}}\n';
const right = wrong.replace('ordres', 'orders');

function span(line: number, from: number, to: number): Range {
  return { start: { line, character: from }, end: { line, character: to } };
}

async function openQuery(server: TestClient, text: string): Promise<void> {
  await server.notify('textDocument/didOpen', { textDocument: { uri: server.uri('daily.sql'), languageId: 'sql', version: 1, text } });
}

const isBad = (found: readonly Diagnostic[]): boolean => found.length > 0;
const isGood = (found: readonly Diagnostic[]): boolean => found.length === 0;

test('the problems of a query are shown in its file, as it is on the disk', async () => {
  const server = await start({ files: { 'a.py': definitions, 'daily.sql': wrong } });
  expect(await server.pushed('daily.sql', isBad)).toMatchObject([{ code: 'unknown-source', range: span(1, 7, 13) }]);
  server.write('daily.sql', right);
  await server.watched(['daily.sql', 2]);
  expect(await server.pushed('daily.sql', isGood)).toEqual([]);
  server.remove('daily.sql');
  await server.watched(['daily.sql', 3]);
  expect(await server.pushed('a.py', isBad)).toMatchObject([{ code: 'missing-query-file', range: span(5, 11, 35) }]);
  server.write('daily.sql', wrong);
  await server.watched(['daily.sql', 1]);
  expect(await server.pushed('daily.sql', isBad)).toMatchObject([{ code: 'unknown-source' }]);
  expect(await server.pushed('a.py', isGood)).toEqual([]);
});

test('unsaved text of a query counts, and closing it brings back the file', async () => {
  const server = await start({ files: { 'a.py': definitions, 'daily.sql': right, 'other.sql': wrong } });
  await openQuery(server, wrong);
  expect(await server.pushed('daily.sql', isBad)).toMatchObject([{ code: 'unknown-source', range: span(1, 7, 13) }]);
  await server.change('daily.sql', { range: span(1, 7, 13), text: 'orders' });
  expect(await server.pushed('daily.sql', isGood)).toEqual([]);
  await server.change('daily.sql', { range: span(1, 7, 13), text: 'sales' });
  await server.pushed('daily.sql', isBad);
  await server.close('daily.sql');
  expect(await server.pushed('daily.sql', isGood)).toEqual([]);
});

test('a query is read as soon as a definition that is typed reads it', async () => {
  const server = await start({ files: { 'a.py': '', 'daily.sql': wrong } });
  await server.open('a.py', '');
  await server.change('a.py', { text: definitions });
  expect(await server.pushed('daily.sql', isBad)).toMatchObject([{ code: 'unknown-source' }]);
});

test('a query is asked about where it is written', async () => {
  const server = await start({
    files: { 'a.py': definitions, 'daily.sql': right },
    capabilities: { textDocument: { diagnostic: {} } },
  });
  await openQuery(server, right);
  await server.open('a.py', definitions);
  const at = { textDocument: { uri: server.uri('daily.sql') }, position: { line: 1, character: 9 } };
  expect(await server.request<Location[]>('textDocument/definition', at)).toEqual([{ uri: server.uri('a.py'), range: span(2, 21, 27) }]);
  const inPython = { textDocument: { uri: server.uri('a.py') }, position: { line: 2, character: 24 } };
  const references = await server.request<Location[]>('textDocument/references', { ...inPython, context: { includeDeclaration: false } });
  expect(references.map(({ uri }) => uri)).toEqual([server.uri('daily.sql')]);
  await server.change('daily.sql', { text: wrong });
  const params = { textDocument: { uri: server.uri('daily.sql') } };
  const report = await server.request<DocumentDiagnosticReport>('textDocument/diagnostic', params);
  expect(report).toMatchObject({ kind: 'full', items: [{ code: 'unknown-source', range: span(1, 7, 13) }] });
  const actions = await server.request<CodeAction[]>('textDocument/codeAction', {
    ...params,
    range: span(1, 8, 8),
    context: { diagnostics: [] },
  });
  expect(actions[0]?.edit?.changes).toEqual({ [server.uri('daily.sql')]: [{ range: span(1, 7, 13), newText: 'orders' }] });
});
