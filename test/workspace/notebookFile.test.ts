import { expect, test } from 'vitest';
import { createLanguageService } from '../../server/src/languageService';
import { tokensWithin } from '../../server/src/lsp/cellTokens';
import { readNotebookFile } from '../../server/src/workspace/notebookFile';
import { LineIndex } from '../../server/src/text/lineIndex';
import { MemoryHost, uriOf } from '../support/memoryHost';
import { notebookText } from '../support/notebook';
import { pythonForTests } from '../support/python';

const cells = [
  '# A heading',
  'import featureform as ff\nspark = ff.Client().get_spark("e")',
  'spark.register_file("orders", "s3://s/o.csv", variant="v1")',
];
const text = notebookText(cells);

test('a notebook of a host is one module, and its problems stand in the file', async () => {
  const uri = uriOf('a.ipynb');
  const wrong = notebookText([...cells, '@spark.sql_transformation()\ndef q():\n    return "SELECT * FROM {{order.v1}}"']);
  const host = new MemoryHost([[uri, wrong]]);
  const service = await createLanguageService({ host, python: pythonForTests() });
  await service.load();
  const file = service.snapshot.files.get(uri);
  expect(file?.definitions.resources.map(({ type, name }) => `${type}:${name.key}`)).toEqual(['source:orders', 'source:q']);
  const [found] = service.diagnoses(uri);
  if (found === undefined) throw new Error('nothing was found');
  const range = service.notebook(uri)?.rangeInFile(found.problem.span);
  const lines = new LineIndex(wrong);
  expect(range && wrong.slice(lines.offsetAt(range.start), lines.offsetAt(range.end))).toBe('order');

  host.write(uri, text);
  expect((await service.fileChanged(uri)).changed).toEqual([uri]);
  expect(service.diagnoses(uri)).toEqual([]);
  host.write(uri, text.replace('"cells"', '"sells"'));
  await service.fileChanged(uri);
  expect(service.diagnoses(uri).map(({ problem }) => problem.message)).toEqual(['the notebook has no list of "cells"']);
  service.update(uri, 'import featureform as ff\n');
  expect(service.diagnoses(uri)).toEqual([]);
});

test('every character of its text knows its place in the file', () => {
  const notebook = readNotebookFile('file:///a.ipynb', text);
  const lines = new LineIndex(text);
  expect(notebook.cells.map(({ number, start, end }) => [number, notebook.text.slice(start, end)])).toEqual([
    [2, cells[1]],
    [3, cells[2]],
  ]);
  for (const { start, end } of notebook.cells) {
    for (let at = start; at < end; at++) {
      const range = notebook.rangeInFile({ start: at, end: at + 1 });
      const written = text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
      expect(JSON.parse(`"${written}"`)).toBe(notebook.text[at]);
    }
  }
});

test('a broken notebook that has nothing to do with Featureform is no problem', () => {
  expect(readNotebookFile('file:///a.ipynb', '{"cells": [').problem).toBeUndefined();
  expect(readNotebookFile('file:///a.ipynb', '{"cells": [], "x": "featureform"').problem).toBe(
    'the notebook is not valid JSON: "," or "}" was expected',
  );
});

test('the tokens of a cell are counted from its beginning', () => {
  const data = [0, 0, 2, 1, 0, 4, 3, 5, 2, 0, 0, 6, 1, 3, 0, 1, 1, 1, 4, 0, 3, 0, 1, 5, 0];
  expect(tokensWithin({ data, resultId: '7' }, { uri: 'c', firstLine: 4, lineCount: 2 })).toEqual({
    data: [0, 3, 5, 2, 0, 0, 6, 1, 3, 0, 1, 1, 1, 4, 0],
  });
});
