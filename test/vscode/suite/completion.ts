// What is offered while a definition is written, as the editor gets it, taken with its snippets and documentation.

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  commands,
  MarkdownString,
  type Position,
  type SignatureHelp,
  SnippetString,
  type TextDocument,
} from 'vscode';
import { positionIn } from './extensionUnderTest';
import { withFile } from './scratchFiles';

const definition = (query: string): string => `from definitions import spark


@spark.sql_transformation(name="spending", variant="v1")
def spending():
    return """${query}"""
`;

export function completionSuite(): void {
  describe('completion', () => {
    it('offers what may follow a table', () =>
      withFile(definition('SELECT customer_id FROM {{orders.v1}} AS o WHERE day > 1 GR'), async (document) => {
        const offered = await offeredAt(document, positionIn(document, ' GR"', 3));
        assert.deepEqual(named(offered, CompletionItemKind.Keyword), ['GROUP BY']);
      }));

    it('offers the columns of a relation behind its alias', () =>
      withFile(definition('SELECT d. FROM {{daily_orders.v1}} AS d'), async (document) => {
        const offered = await offeredAt(document, positionIn(document, 'd. ', 2));
        assert.deepEqual(named(offered, CompletionItemKind.Field), ['customer_id', 'day', 'orders', 'revenue']);
      }));

    it('offers the queries of WITH and the sources where a table stands', () =>
      withFile(definition('WITH large AS (SELECT 1 AS customer_id) SELECT * FROM large JOIN '), async (document) => {
        const offered = await offeredAt(document, positionIn(document, 'large JOIN ', 11));
        assert.deepEqual(
          offered.map(({ label, insertText }) => [textOf(label), written(insertText)]),
          [
            ['large', 'large'],
            ['{{busy_days.v1}}', '{{busy_days.v1}}'],
            ['{{daily_orders.v1}}', '{{daily_orders.v1}}'],
            ['{{misspelt.v1}}', '{{misspelt.v1}}'],
            ['{{orders.v1}}', '{{orders.v1}}'],
            ['{{outdated.v1}}', '{{outdated.v1}}'],
            ['{{raises.v1}}', '{{raises.v1}}'],
            ['{{unknown_column.v1}}', '{{unknown_column.v1}}'],
            ['range', 'range(${1:end})'],
            ['sql_keywords', 'sql_keywords()'],
            ['LATERAL', 'LATERAL'],
            ['VALUES', 'VALUES'],
          ],
        );
      }));

    it('offers whole joins by the columns that both sides have', () =>
      withFile(definition('SELECT d.day FROM {{daily_orders.v1}} AS d '), async (document) => {
        const offered = await offeredAt(document, positionIn(document, ' AS d ', 6));
        const joins = offered.filter(({ label }) => textOf(label).startsWith('JOIN {{'));
        assert.deepEqual(
          joins.map(({ label, insertText }) => [textOf(label), written(insertText)]),
          [
            ['JOIN {{busy_days.v1}}', 'JOIN {{busy_days.v1}} AS ${1:busy_days} USING (${2:column})'],
            ['JOIN {{daily_orders.v1}}', 'JOIN {{daily_orders.v1}} AS ${1:daily_orders} ON d.customer_id = ${1:daily_orders}.customer_id'],
            ['JOIN {{misspelt.v1}}', 'JOIN {{misspelt.v1}} AS ${1:misspelt} USING (${2:column})'],
            ['JOIN {{orders.v1}}', 'JOIN {{orders.v1}} AS ${1:orders} USING (${2:column})'],
            ['JOIN {{outdated.v1}}', 'JOIN {{outdated.v1}} AS ${1:outdated} USING (${2:column})'],
            ['JOIN {{raises.v1}}', 'JOIN {{raises.v1}} AS ${1:raises} USING (${2:column})'],
            ['JOIN {{unknown_column.v1}}', 'JOIN {{unknown_column.v1}} AS ${1:unknown_column} USING (${2:column})'],
          ],
        );
      }));

    it('offers the keywords of a registration with their defaults', () =>
      withFile('from definitions import spark\n\nspark.register_file(name="shops", )\n', async (document) => {
        const at = positionIn(document, '"shops", ', 9);
        const offered = await offeredAt(document, at);
        assert.deepEqual(
          offered.map(({ label, detail, insertText }) => [textOf(label), detail, written(insertText)]),
          [
            ['file_path=', 'str', 'file_path="$1"'],
            ['variant=', 'str = ""', 'variant="$1"'],
            ['owner=', 'str = ""', 'owner="$1"'],
            ['description=', 'str = ""', 'description="$1"'],
            ['tags=', 'list of str = []', 'tags=[$1]'],
            ['properties=', 'dict of str = {}', 'properties={$1}'],
          ],
        );
        const help = await commands.executeCommand<SignatureHelp>('vscode.executeSignatureHelpProvider', document.uri, at, '(');
        assert.deepEqual(
          help.signatures.map(({ label }) => label),
          [
            'register_file(name: str, file_path: str, variant: str = "", owner: str = "", description: str = "", tags: list of str = [], properties: dict of str = {})',
          ],
        );
      }));

    it('offers what Featureform has behind its name', () =>
      withFile('import featureform as ff\n\nff.register_sp\n', async (document) => {
        const offered = await offeredAt(document, positionIn(document, 'ff.register_sp', 14));
        assert.deepEqual(
          offered.map(({ label, kind }) => [label, CompletionItemKind[kind ?? 0]]),
          [['register_spark', 'Function']],
        );
      }));

    it('tells of a function what it does when it is chosen', () =>
      withFile(definition('SELECT date_tru'), async (document) => {
        const at = positionIn(document, 'date_tru', 8);
        const { items } = await commands.executeCommand<CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          at,
          undefined,
          50,
        );
        const [first] = items.filter(({ label }) => label === 'date_trunc');
        assert.ok(first?.documentation instanceof MarkdownString);
        assert.equal(first.detail, 'date_trunc(fmt: string, ts: timestamp) → timestamp');
        assert.equal(
          first.documentation.value.split('\n')[4],
          "The timestamp cut down to the beginning of a unit, such as 'MONTH' or 'HOUR'.",
        );
      }));
  });
}

/** What is not just a word of the file. */
async function offeredAt(document: TextDocument, at: Position): Promise<readonly CompletionItem[]> {
  const { items } = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
  return items.filter(({ kind }) => kind !== CompletionItemKind.Text);
}

function named(items: readonly CompletionItem[], kind: CompletionItemKind): readonly string[] {
  return items.filter((item) => item.kind === kind).map(({ label }) => textOf(label));
}

function textOf(label: CompletionItem['label']): string {
  return typeof label === 'string' ? label : label.label;
}

function written(insertText: CompletionItem['insertText']): string | undefined {
  return insertText instanceof SnippetString ? insertText.value : insertText;
}
