// What only the wire can break in the functions of SQL: what the server says it can do, snippets only for clients that take them,
// and resolving.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CompletionItem, CompletionList, Hover, SignatureHelp } from 'vscode-languageserver/node';
import { TestClient } from './testClient';

const text = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT round(a, 1), up FROM {{src.v1}}"
`;

let server: TestClient;
beforeAll(async () => {
  server = await TestClient.start({
    files: { 'definitions.py': text },
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
  await server.open('definitions.py', text);
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

const at = (line: number, character: number): unknown => ({
  textDocument: { uri: server.uri('definitions.py') },
  position: { line, character },
});

test('hover tells of a function', async () => {
  const hover = await server.request<Hover>('textDocument/hover', at(5, 21));
  expect(hover).toMatchObject({
    range: { start: { line: 5, character: 19 }, end: { line: 5, character: 24 } },
    contents: { kind: 'markdown', value: expect.stringContaining('Rounded to d decimal places') as string },
  });
});

test('signature help is announced with its characters, and tells of calls in SQL and in Python', async () => {
  expect(server.initialized.capabilities.signatureHelpProvider).toEqual({
    triggerCharacters: ['(', ','],
    retriggerCharacters: [')', '=', ' '],
  });
  const help = await server.request<SignatureHelp>('textDocument/signatureHelp', at(5, 28));
  expect(help).toMatchObject({
    activeSignature: 0,
    activeParameter: 1,
    signatures: [{ parameters: [{ label: [6, 19] }, { label: [22, 28] }] }],
  });
  const registration = await server.request<SignatureHelp>('textDocument/signatureHelp', at(1, 26));
  expect(registration.signatures[0]?.label).toMatch(/^register_spark\(name: str, /);
  expect(await server.request('textDocument/signatureHelp', at(0, 3))).toBeNull();
});

test('a function is completed with places for its arguments, and resolved', async () => {
  const list = await server.request<CompletionList>('textDocument/completion', at(5, 34));
  const item = list.items.find(({ label }) => label === 'upper');
  expect(item).toMatchObject({
    insertTextFormat: 2,
    textEdit: { range: { start: { line: 5, character: 32 }, end: { line: 5, character: 34 } }, newText: 'upper(${1:str})' },
  });
  const resolved = await server.request<CompletionItem>('completionItem/resolve', item);
  expect(resolved.documentation).toMatchObject({ value: expect.stringContaining('The text in capital letters.') as string });
});
