import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CompletionItemKind, commands, MarkdownString, SnippetString, type CompletionList, type Hover, type SignatureHelp } from 'vscode';
import { activate, open, positionIn } from './extensionUnderTest';

export function sqlFunctionsSuite(): void {
  describe('functions of Spark SQL', () => {
    it('hover with their signature and what they give', async () => {
      await activate();
      const document = await open('definitions.py');
      const at = positionIn(document, 'sum(amount)', 1);
      const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
      const texts = hovers.flatMap(({ contents }) => contents.map((content) => (content instanceof MarkdownString ? content.value : '')));
      assert.ok(
        texts.some((text) => text.includes('sum(expr: numeric or interval)') && text.includes('The total of the values')),
        texts.join('\n'),
      );
    });

    it('show how they are called while their arguments are typed', async () => {
      await activate();
      const document = await open('definitions.py');
      const at = positionIn(document, 'sum(amount)', 'sum(am'.length);
      const help = await commands.executeCommand<SignatureHelp>('vscode.executeSignatureHelpProvider', document.uri, at, '(');
      assert.deepEqual(
        help.signatures.map(({ label }) => label),
        ['sum(expr: numeric or interval)'],
      );
      assert.equal(help.activeParameter, 0);
    });

    it('complete in front of their parentheses, and nowhere else', async () => {
      await activate();
      const document = await open('definitions.py');
      const at = positionIn(document, 'sum(amount)', 'su'.length);
      const { items } = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
      const sum = items.find(({ label, kind }) => label === 'sum' && kind === CompletionItemKind.Function);
      assert.equal(sum?.insertText instanceof SnippetString ? sum.insertText.value : sum?.insertText, 'sum');
      const last = positionIn(document, 'AS revenue', 0);
      const behind = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, last);
      assert.deepEqual(
        behind.items.filter(({ kind }) => kind === CompletionItemKind.Function).map(({ label }) => label),
        [],
      );
    });
  });
}
