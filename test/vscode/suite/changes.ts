// What the editor offers to change in a query, taken as a user would: the exact text afterwards.

import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type CodeAction, commands, languages, type TextDocument, type TextEdit, workspace, WorkspaceEdit } from 'vscode';
import { rangeOf, soon, until } from './extensionUnderTest';
import { withFile } from './scratchFiles';

const head = 'from definitions import spark\n\n\n';
const totals = `@spark.sql_transformation(name="totals", variant="v1")
def totals():
    return """
        WITH large AS (
            SELECT customer_id, sum(amount) AS total
            FROM {{orders.v1}}
            GROUP BY customer_id
        )
        SELECT customer_id FROM large WHERE total > 100
    """
`;
const best = `@spark.sql_transformation(name="best", variant="v1")
def best():
    return "SELECT count(*) AS customers FROM {{totals.v1}}"
`;

export function changesSuite(): void {
  describe('changes of queries', () => {
    it('exchange the braces of a template', () =>
      withFile(head + totals, async (document) => {
        await change(document, 'orders.v1', 'Write "<<orders.v1>>"');
        assert.equal(document.getText(), head + totals.replace('{{orders.v1}}', '<<orders.v1>>'));
        await change(document, 'orders.v1', 'Write "{{orders.v1}}"');
        assert.equal(document.getText(), head + totals);
      }));

    it('write the variant that a template leaves out', () => {
      const text = `import featureform as ff
from definitions import spark

ff.set_run("nightly")
shops = spark.register_file(name="shops", file_path="s3://shop/shops.csv")


@spark.sql_transformation(name="open_shops", variant="v1")
def open_shops():
    return "SELECT id FROM {{shops}} WHERE is_open"
`;
      return withFile(text, async (document) => {
        await change(document, '{{shops}}', 'Write "shops.nightly"');
        assert.equal(document.getText(), text.replace('{{shops}}', '{{shops.nightly}}'));
      });
    });

    it('make a query of WITH a transformation of its own', () =>
      withFile(head + totals, async (document) => {
        await change(document, 'large AS', 'Make "large" a transformation of its own');
        assert.equal(document.getText(), `${head}${extracted}`);
      }));

    it('write a transformation as a query of WITH, and delete it', () => {
      const source = totals.replace(/"""[^]*"""/, '"SELECT DISTINCT customer_id FROM {{orders.v1}}"');
      return withFile(`${head}${source}\n\n${best}`, async (document) => {
        await change(document, '{{totals.v1}}', 'Write "totals.v1" as a query of WITH, and delete it');
        const query = 'WITH totals AS (SELECT DISTINCT customer_id FROM {{orders.v1}}) SELECT count(*) AS customers FROM totals';
        assert.equal(document.getText(), head + best.replace(/"SELECT.*"/, `"${query}"`));
      });
    });

    it('register a source that nothing defines', () => {
      const text = head + totals.replace('orders', 'visits');
      return withFile(text, async (document) => {
        await change(document, 'visits', 'Register "visits.v1" as a file');
        const registration = 'spark.register_file(name="visits", variant="v1", file_path="s3://shop/visits.parquet")\n\n';
        assert.equal(document.getText(), text.replace(head, head + registration));
      });
    });

    it('write a literal as one for each line, and back', () =>
      withFile(head + totals, async (document) => {
        await change(document, 'WITH large', 'Write the literal as one for each line');
        const lines = totals.slice(totals.indexOf('"""') + 3, totals.lastIndexOf('"""')).split('\n');
        const literals = lines.map((line, index) => `        "${line}${index < lines.length - 1 ? '\\n' : ''}"\n`);
        assert.equal(document.getText(), head + totals.replace(/"""[^]*"""/, `(\n${literals.join('')}    )`));
        await change(document, 'WITH large', 'Write the literals as one in triple quotation marks');
        assert.equal(document.getText(), head + totals);
      }));

    it('delete a definition, and tell how many depend on it', () =>
      withFile(`${head}${totals}\n\n${best}`, async (document) => {
        await change(document, 'totals()', 'Delete "totals.v1", on which 1 definition depends');
        assert.equal(document.getText(), head + best);
      }));

    it('translate what other systems write', () => {
      const text = (query: string): string => head + best.replace(/"SELECT.*"/, `"${query}"`);
      return withFile(text('SELECT TOP 10 customer_id FROM {{orders.v1}}'), async (document) => {
        await change(document, 'TOP', 'Write "LIMIT 10"');
        assert.equal(document.getText(), text('SELECT customer_id FROM {{orders.v1}} LIMIT 10'));
      });
    });

    it('move what a DataFrame function imports into it', () => {
      const text = `from definitions import spark
from pyspark.sql import functions as F


@spark.df_transformation(name="rounded", variant="v1", inputs=[("orders", "v1")])
def rounded(orders):
    return orders.withColumn("amount", F.round("amount"))
`;
      return withFile(text, async (document) => {
        await change(document, 'F.round', 'Import it inside the function');
        const imported = '    from pyspark.sql import functions as F\n';
        assert.equal(document.getText(), text.replace('    return', `${imported}    return`));
      });
    });

    it('fix all that is sure, at once', () => {
      const right = `${head}${totals}\n\n${best}`;
      return withFile(right.replace('orders.v1', 'ordres.v1').replace('totals.v1', 'totlas.v1'), async (document) => {
        await problemsOf(document, 2);
        await commands.executeCommand('editor.action.fixAll');
        await becomes(document, right);
        await problemsOf(document, 0);
      });
    });
  });

  describe('formatting', () => {
    it('lays out every query of a file, and leaves the Python', () => {
      const text = (query: string): string => head + best.replace('def best():', 'def best( ):').replace(/"SELECT.*"/, query);
      const written = 'select customer_id,sum( amount ) total from {{orders.v1}} group by customer_id';
      return withFile(text(`"""${written}"""`), async (document) => {
        const before = document.getText();
        await soon(async () => {
          // Without effect until the editor has the focus.
          await commands.executeCommand('sparkform.formatSql');
          return document.getText() === before ? undefined : true;
        });
        const formatted = 'SELECT customer_id, sum(amount) total FROM {{orders.v1}} GROUP BY customer_id';
        assert.equal(document.getText(), text(`"""${formatted}"""`));
      });
    });

    it('formats a file of SQL that a definition reads', () =>
      withFile(
        'select a,b from {{orders.v1}} where a>1\n',
        async (query) => {
          const path = workspace.asRelativePath(query.uri);
          await withFile(head + best.replace(/"SELECT.*"/, `open("${path}").read()`), async () => {
            const options = { tabSize: 4, insertSpaces: true };
            // The formatter comes when the definition is read.
            const edit = new WorkspaceEdit();
            const ask = async (): Promise<TextEdit[] | undefined> =>
              commands.executeCommand('vscode.executeFormatDocumentProvider', query.uri, options);
            edit.set(query.uri, await soon(ask));
            assert.ok(await workspace.applyEdit(edit));
            assert.equal(query.getText(), 'SELECT a, b\nFROM {{orders.v1}}\nWHERE a > 1\n');
          });
        },
        'sql',
      ));
  });
}

const extracted = `@spark.sql_transformation(variant="v1")
def large():
    return """
        SELECT customer_id, sum(amount) AS total
        FROM {{orders.v1}}
        GROUP BY customer_id
    """


${totals.replace(/WITH[^]*\)\n {8}SELECT/, 'SELECT').replace('FROM large', 'FROM {{large.v1}} AS large')}`;

/** Applies the one action of this title that is offered where the text stands. */
async function change(document: TextDocument, at: string, title: string): Promise<void> {
  const { start } = rangeOf(document, at);
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    rangeOf(document, at).with({ end: start }),
  );
  const chosen = actions.filter((action) => action.title === title);
  assert.equal(chosen.length, 1, `"${title}" once among ${actions.map((action) => action.title).join(' | ')}`);
  assert.ok(chosen[0]?.edit);
  assert.ok(await workspace.applyEdit(chosen[0].edit));
}

async function problemsOf({ uri }: TextDocument, count: number): Promise<void> {
  await until(languages.onDidChangeDiagnostics, () =>
    languages.getDiagnostics(uri).filter(({ source }) => source === 'sparkform').length === count ? true : undefined,
  );
}

async function becomes(document: TextDocument, text: string): Promise<void> {
  const before = document.getText();
  const now = await until(workspace.onDidChangeTextDocument, () => (document.getText() === before ? undefined : document.getText()));
  assert.equal(now, text);
}
