import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  ConfigurationTarget,
  Position,
  Selection,
  commands,
  window,
  workspace,
  type DocumentSymbol,
  type FoldingRange,
  type SelectionRange,
  type SemanticTokens,
  type SemanticTokensLegend,
  type TextDocument,
} from 'vscode';
import { activate, positionIn, until } from './extensionUnderTest';

const text = `import featureform as ff
spark = ff.get_spark("emr")

@spark.sql_transformation(variant="v1")
def totals():
    return """
        WITH large AS (
            SELECT customer, sum(amount) AS total
            FROM {{orders.v1}} AS o
            WHERE o.amount > 100
                AND o.day = current_date
        )
        SELECT customer, total FROM large
    """
`;

/** A document of its own, so that no other test sees what is typed here. */
async function openText(content: string): Promise<TextDocument> {
  await activate();
  const document = await workspace.openTextDocument({ language: 'python', content });
  await window.showTextDocument(document);
  return document;
}

export function structureSuite(): void {
  describe('how a document is built', () => {
    it('folds the parts of a query, and the Python around it as before', async () => {
      const document = await openText(text);
      const ranges = await commands.executeCommand<FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri);
      assert.deepEqual(
        ranges.map(({ start, end }) => [start + 1, end + 1]),
        [
          [5, 14],
          [6, 13],
          [7, 11],
          [10, 11],
        ],
      );
    });

    it('lets a selection grow from a name to the function', async () => {
      const document = await openText(text);
      const at = positionIn(document, 'sum(amount)', 'sum(am'.length);
      const [found] = await commands.executeCommand<SelectionRange[]>('vscode.executeSelectionRangeProvider', document.uri, [at]);
      const steps: string[] = [];
      for (let step = found; step !== undefined; step = step.parent) steps.push(document.getText(step.range));
      assert.deepEqual(steps.slice(0, 5), ['amount', '(amount)', 'sum(amount)', 'sum(amount) AS total', 'customer, sum(amount) AS total']);
      assert.ok(steps.some((step) => step.startsWith('@spark.sql_transformation')));
    });

    it('colours the words of a query', async () => {
      const document = await openText(text);
      const legend = await commands.executeCommand<SemanticTokensLegend>('vscode.provideDocumentSemanticTokensLegend', document.uri);
      const tokens = await commands.executeCommand<SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
      const found: string[] = [];
      let [line, character] = [0, 0];
      for (let at = 0; at < tokens.data.length; at += 5) {
        const [down = 0, right = 0, length = 0, type = 0] = tokens.data.slice(at, at + 5);
        character = down === 0 ? character + right : right;
        line += down;
        const start = document.offsetAt(new Position(line, character));
        found.push(`${document.getText().slice(start, start + length)} ${legend.tokenTypes[type] ?? '?'}`);
      }
      assert.deepEqual(found.slice(0, 12), [
        'WITH keyword',
        'large class',
        'AS keyword',
        'SELECT keyword',
        'customer property',
        'sum function',
        'amount property',
        'AS keyword',
        'total property',
        'FROM keyword',
        'orders interface',
        'v1 enumMember',
      ]);
    });

    it('lists the queries of WITH in the outline', async () => {
      const document = await openText(text);
      const [transformation] = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
      assert.deepEqual(
        transformation?.children.map(({ name, selectionRange }) => [name, document.getText(selectionRange)]),
        [['large', 'large']],
      );
    });

    it('writes the rest of what closes a template, in front of the cursor', async () => {
      const settings = workspace.getConfiguration('editor');
      await settings.update('formatOnType', true, ConfigurationTarget.Global);
      try {
        const document = await openText(text.replace('{{orders.v1}} AS o', '{{orders.v1'));
        const editor = window.activeTextEditor;
        assert.equal(editor?.document, document);
        const at = positionIn(document, '{{orders.v1', '{{orders.v1'.length);
        editor.selection = new Selection(at, at);
        await commands.executeCommand('type', { text: '}' });
        await until(workspace.onDidChangeTextDocument, () => (document.getText().includes('{{orders.v1}}\n') ? true : undefined));
        await until(window.onDidChangeTextEditorSelection, () => (editor.selection.active.isEqual(at.translate(0, 2)) ? true : undefined));
      } finally {
        await settings.update('formatOnType', undefined, ConfigurationTarget.Global);
      }
    });
  });
}
