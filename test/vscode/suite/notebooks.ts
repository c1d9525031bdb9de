// Notebooks in the editor: their cells are documents, which the language client synchronises by itself.

import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { commands, languages, type Location, type LocationLink, NotebookRange, Position, Uri, ViewColumn, window, workspace } from 'vscode';
import { activate, fileUri, open, soon, until } from './extensionUnderTest';

const cells = [
  '%matplotlib inline\nfrom definitions import spark',
  'spark.register_file("rides", "s3://shop/rides.csv", variant="v1")',
  '@spark.sql_transformation(variant="v1")\ndef long_rides():\n    return "SELECT * FROM {{rides.v1}} JOIN {{ride.v1}}"',
];

export function notebooksSuite(): void {
  describe('notebooks', () => {
    const uri = fileUri('rides.ipynb');
    after(async () => {
      await commands.executeCommand('workbench.action.closeAllEditors');
      await workspace.fs.delete(uri);
    });

    it('show problems in their cells, and lead from one cell to another', async () => {
      await activate();
      const written = cells.map((source) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source }));
      const text = JSON.stringify({ cells: written, metadata: {}, nbformat: 4, nbformat_minor: 5 });
      await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      const notebook = await workspace.openNotebookDocument(uri);
      await window.showNotebookDocument(notebook);
      const [, source, query] = notebook.getCells().map(({ document }) => document);
      assert.ok(source && query, 'the notebook has its cells');
      const found = await until(languages.onDidChangeDiagnostics, () => {
        const own = languages.getDiagnostics(query.uri).filter((one) => one.source === 'sparkform');
        return own.length > 0 ? own : undefined;
      });
      assert.deepEqual(
        found.map(({ message, range }) => [message, query.getText(range)]),
        [['"ride.v1" is not defined in the workspace', 'ride']],
      );
      const at = new Position(2, query.lineAt(2).text.indexOf('rides.v1') + 2);
      const targets = await commands.executeCommand<(Location | LocationLink)[]>('vscode.executeDefinitionProvider', query.uri, at);
      const places = targets.map((one) => ('targetUri' in one ? one.targetUri : one.uri));
      assert.deepEqual(places.map(String), [source.uri.toString()]);
      assert.equal(Uri.parse(source.uri.toString()).scheme, 'vscode-notebook-cell');
    });

    it('are followed by the lineage from cell to cell', async () => {
      const { lineage } = await activate();
      const notebook = await workspace.openNotebookDocument(uri);
      await commands.executeCommand('sparkform.showLineage');
      const lookAt = (cell: number, found: string): Promise<true> =>
        soon(async () => {
          const selections = [new NotebookRange(cell, cell + 1)];
          await window.showNotebookDocument(notebook, { viewColumn: ViewColumn.One, selections });
          await commands.executeCommand('notebook.cell.edit');
          return lineage.atCursor === found ? true : undefined;
        });
      await lookAt(2, 'source:long_rides.v1');
      await lookAt(1, 'source:rides.v1');
    });

    it('are where a definition of theirs is gone to', async () => {
      const { resources } = await activate();
      const key = 'source:long_rides.v1';
      const resource = await until(resources.onDidChange, () =>
        resources.groups.flatMap((group) => group.resources).find((one) => one.key === key && one.uri.startsWith('vscode-notebook-cell:')),
      );
      await open('definitions.py');
      await commands.executeCommand('sparkform.openDefinition', key, 0);
      assert.equal(window.activeNotebookEditor?.notebook.uri.toString(), uri.toString());
      const editor = await soon(() => window.visibleTextEditors.find(({ document }) => document.uri.toString() === resource.uri));
      assert.equal(editor.document.getText(editor.selection), 'long_rides');
    });
  });
}
