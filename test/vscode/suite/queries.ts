// The names inside a query: where they lead, what they are, and that they change together.

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  commands,
  ConfigurationTarget,
  type DocumentHighlight,
  DocumentHighlightKind,
  type Hover,
  type Location,
  type LocationLink,
  MarkdownString,
  type Position,
  type Range,
  Selection,
  type SemanticTokens,
  type SymbolInformation,
  type TextDocument,
  window,
  workspace,
  type WorkspaceEdit,
} from 'vscode';
import { activate, open, positionIn, until } from './extensionUnderTest';
import { withFile } from './scratchFiles';

const text = `from definitions import spark


@spark.sql_transformation(name="spending", variant="v1")
def spending():
    return """
        WITH large AS (
            SELECT customer_id, sum(o.amount) AS total
            FROM {{orders.v1}} AS o
            WHERE o.status = 'paid'
            GROUP BY customer_id
        )
        SELECT customer_id, total, rank() OVER newest AS place
        FROM large
        WINDOW newest AS (ORDER BY total)
    """
`;

export function queriesSuite(): void {
  describe('names inside a query', () => {
    it('lead to what they stand for', () =>
      withFile(text, async (document) => {
        assert.deepEqual(await definitionsAt(document, positionIn(document, 'FROM large', 6)), ['7: large']);
        assert.deepEqual(await definitionsAt(document, positionIn(document, 'o.amount', 0)), ['9: o']);
        assert.deepEqual(await definitionsAt(document, positionIn(document, 'OVER newest', 6)), ['15: newest']);
      }));

    it('are found wherever they stand', () =>
      withFile(text, async (document) => {
        const at = positionIn(document, 'large AS', 0);
        const references = await commands.executeCommand<Location[]>('vscode.executeReferenceProvider', document.uri, at);
        assert.deepEqual(placed(document, references), ['7: large', '14: large']);
        const marked = await commands.executeCommand<DocumentHighlight[]>(
          'vscode.executeDocumentHighlights',
          document.uri,
          positionIn(document, 'AS o\n', 3),
        );
        assert.deepEqual(
          marked.map(({ kind, range }) => `${placed(document, [{ range }]).join()} ${DocumentHighlightKind[kind ?? 0] ?? ''}`).toSorted(),
          ['10: o Read', '8: o Read', '9: o Write'],
        );
      }));

    it('tell what they are', () =>
      withFile(text, async (document) => {
        assert.deepEqual(await hoverAt(document, positionIn(document, 'FROM large', 6)), [
          "**`large`** · query of WITH\n\n```sql\nSELECT customer_id, sum(o.amount) AS total\nFROM {{orders.v1}} AS o\nWHERE o.status = 'paid'\nGROUP BY customer_id\n```",
        ]);
        assert.deepEqual(await hoverAt(document, positionIn(document, 'o.amount', 0)), [
          '**`o`** · alias of a relation\n\n```sql\n{{orders.v1}}\n```',
        ]);
        assert.deepEqual(await hoverAt(document, positionIn(document, 'variant="v1"', 1)), [
          '**`variant: str = ""`** · argument of `OfflineSparkProvider.sql_transformation`\n\nThe version of the resource; the current run when left out.',
        ]);
      }));

    it('are renamed in their query', () =>
      withFile(text, async (document) => {
        const at = positionIn(document, 'FROM large', 6);
        const edit = await commands.executeCommand<WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at, 'great');
        assert.ok(await workspace.applyEdit(edit));
        assert.equal(document.getText(), text.replace('WITH large', 'WITH great').replace('FROM large', 'FROM great'));
      }));

    it('change together while they are typed, where the user wants it', async () => {
      const settings = workspace.getConfiguration('editor');
      await settings.update('linkedEditing', true, ConfigurationTarget.Global);
      try {
        await withFile(text, async (document) => {
          const editor = window.activeTextEditor;
          assert.equal(editor?.document, document);
          const at = positionIn(document, 'AS o\n', 4);
          editor.selection = new Selection(at, at);
          await commands.executeCommand('editor.action.linkedEditing');
          await commands.executeCommand('type', { text: 'rd' });
          const wanted = text.replaceAll(/\bo\b/g, 'ord');
          await until(workspace.onDidChangeTextDocument, () => (document.getText() === wanted ? true : undefined));
        });
      } finally {
        await settings.update('linkedEditing', undefined, ConfigurationTarget.Global);
      }
    });

    it('are coloured in the part that is shown', () =>
      withFile(text, async (document) => {
        const range = document.lineAt(13).range;
        const tokens = await commands.executeCommand<SemanticTokens>('vscode.provideDocumentRangeSemanticTokens', document.uri, range);
        assert.deepEqual([...tokens.data].slice(0, 3), [13, 8, 4]);
        assert.equal(tokens.data.length, 10);
      }));
  });

  describe('definitions of the workspace', () => {
    it('are found by a part of their name', async () => {
      await activate();
      const all = await commands.executeCommand<SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'daily');
      // VS Code itself finds the headings of reports that are open.
      const found = all.filter(({ location }) => location.uri.scheme === 'file');
      assert.deepEqual(
        found.map(({ name, containerName, location }) => [
          name,
          containerName,
          workspace.asRelativePath(location.uri),
          location.range.start.line + 1,
        ]),
        [['daily_orders.v1', 'SQL transformation', 'definitions.py', 32]],
      );
    });

    it('are marked wherever a file mentions them', async () => {
      const document = await open('definitions.py');
      const at = positionIn(document, '("daily_orders", "v1")', 4);
      const marked = await commands.executeCommand<DocumentHighlight[]>('vscode.executeDocumentHighlights', document.uri, at);
      assert.deepEqual(placed(document, marked), ['32: daily_orders', '41: ("daily_orders", "v1")']);
    });

    it('show what depends on them from their lens', async () => {
      const document = await open('definitions.py');
      const lenses = await commands.executeCommand<{ command?: { title: string; command: string; arguments?: unknown[] } }[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        100,
      );
      const lens = lenses.find(({ command }) => command?.title === '4 downstream')?.command;
      assert.ok(lens);
      const [active] = window.visibleTextEditors;
      await commands.executeCommand(lens.command, ...(lens.arguments ?? []));
      // The list shows the text around its first entry in an editor of its own.
      const preview = await until(window.onDidChangeVisibleTextEditors, () =>
        window.visibleTextEditors.find((editor) => editor !== active),
      );
      assert.equal(preview.document, document);
      await commands.executeCommand('closeReferenceSearch');
    });
  });
}

async function definitionsAt(document: TextDocument, at: Position): Promise<readonly string[]> {
  const found = await commands.executeCommand<(Location | LocationLink)[]>('vscode.executeDefinitionProvider', document.uri, at);
  return placed(
    document,
    found.map((one) => ({ range: 'targetUri' in one ? (one.targetSelectionRange ?? one.targetRange) : one.range })),
  );
}

async function hoverAt(document: TextDocument, at: Position): Promise<readonly string[]> {
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, at);
  return hovers.flatMap(({ contents }) => contents.map((content) => (content instanceof MarkdownString ? content.value : '?')));
}

/** Each range as its line and its text. */
function placed(document: TextDocument, found: readonly { readonly range: Range }[]): readonly string[] {
  return found.map(({ range }) => `${range.start.line + 1}: ${document.getText(range)}`);
}
