import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  CompletionItemKind,
  MarkdownString,
  Position,
  WorkspaceEdit,
  commands,
  workspace,
  type CodeLens,
  type CompletionList,
  type DocumentSymbol,
  type Hover,
  type Location,
  type LocationLink,
  type TextDocument,
} from 'vscode';
import { activate, open, positionIn, rangeOf } from './extensionUnderTest';

export function languageSuite(): void {
  describe('language features', () => {
    it('hover a template with what its source is', async () => {
      await activate();
      const document = await open('definitions.py');
      const at = positionIn(document, '{{orders.v1}}', 4);
      const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
      assert.deepEqual(
        hovers.flatMap(({ contents }) => contents.map(textOf).map((text) => text.split('\n').filter(Boolean))),
        [
          [
            '**`orders.v1`** · file',
            'One row for each order.',
            '- Provider: `shop-spark`',
            '- Location: `s3://shop/orders.csv`',
            '- Used by: 4 definitions, 3 of them directly',
            `- Defined in: [definitions.py:24](${document.uri.toString()}#L24)`,
          ],
        ],
      );
    });

    it('complete sources after two braces, with the closing ones', async () => {
      await activate();
      const document = await open('problems.py');
      const at = rangeOf(document, '{{ordres.v1}}').start;
      await typed(document, '{{ordres.v1}}', '{{');
      const { items } = await commands.executeCommand<CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        new Position(at.line, at.character + 2),
        '{',
      );
      const offered = items.filter(({ kind }) => kind !== CompletionItemKind.Text);
      assert.deepEqual(
        offered.map(({ label, insertText }) => [typeof label === 'string' ? label : label.label, insertText]),
        [
          ['outdated.v1', 'outdated.v1}}'],
          ['busy_days.v1', 'busy_days.v1}}'],
          ['daily_orders.v1', 'daily_orders.v1}}'],
          ['orders.v1', 'orders.v1}}'],
          ['raises.v1', 'raises.v1}}'],
          ['unknown_column.v1', 'unknown_column.v1}}'],
        ],
      );
      await commands.executeCommand('workbench.action.files.revert');
    });

    it('go to the definition of a source and find what mentions it', async () => {
      await activate();
      const document = await open('definitions.py');
      const at = positionIn(document, '{{orders.v1}}', 4);
      const definitions = await commands.executeCommand<(Location | LocationLink)[]>('vscode.executeDefinitionProvider', document.uri, at);
      assert.deepEqual(definitions.map(startOf), ['definitions.py:24']);
      const references = await commands.executeCommand<Location[]>('vscode.executeReferenceProvider', document.uri, at);
      assert.deepEqual(references.map(startOf).toSorted(), ['definitions.py:24', 'definitions.py:36', 'failing.py:11', 'failing.py:8']);
    });

    it('put lenses above the definitions that can run', async () => {
      await activate();
      const document = await open('definitions.py');
      const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100);
      const titles = lenses.toSorted((a, b) => a.range.start.line - b.range.start.line);
      assert.deepEqual(
        titles.map(({ range, command }) => `${range.start.line + 1}: ${command?.title ?? ''}`),
        ['24: Preview', '24: 4 downstream', '32: Run', '32: Preview', '32: 1 downstream', '42: Run', '42: Preview'],
      );
    });

    it('outline the resources of a file', async () => {
      await activate();
      const document = await open('problems.py');
      const symbols = await commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri);
      assert.deepEqual(
        symbols.map(({ name }) => name),
        ['misspelt.v1', 'outdated.v1'],
      );
    });
  });
}

async function typed(document: TextDocument, text: string, by: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, text), by);
  await workspace.applyEdit(edit);
}

function textOf(content: Hover['contents'][number]): string {
  assert.ok(content instanceof MarkdownString);
  return content.value;
}

function startOf(location: Location | LocationLink): string {
  const [uri, range] =
    'targetUri' in location ? [location.targetUri, location.targetSelectionRange ?? location.targetRange] : [location.uri, location.range];
  return `${workspace.asRelativePath(uri)}:${range.start.line + 1}`;
}
