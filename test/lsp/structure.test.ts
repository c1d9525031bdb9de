// How documents are built, over the wire: what clients say they can do, nothing for documents of others, and cells of notebooks.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FoldingRange, SelectionRange } from 'vscode-languageserver/node';
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
    capabilities: { textDocument: { foldingRange: { lineFoldingOnly: true, rangeLimit: 3 } } },
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
