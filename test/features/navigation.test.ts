// Definition, references and highlights agree on what a cursor means; they are tested on the same texts.

import { expect, test } from 'vitest';
import { DocumentHighlightKind } from 'vscode-languageserver-types';
import { pathOf } from '../support/memoryHost';
import { openAtCursor, placeText } from '../support/workspaceFixture';

/** The selections that `definition` leads to from `$0`, behind the text it starts from. */
async function checkDefinition(marked: string): Promise<readonly string[]> {
  const { service, cursor, texts } = await openAtCursor(marked);
  return service.definition(cursor.uri, cursor.position).map((link) => {
    const from = link.originSelectionRange === undefined ? '' : placeText(texts, cursor.path, link.originSelectionRange);
    return `${from} -> ${placeText(texts, pathOf(link.targetUri), link.targetSelectionRange)}`;
  });
}

async function checkReferences(marked: string, options = { includeDeclaration: true }): Promise<readonly string[]> {
  const { service, cursor, texts } = await openAtCursor(marked);
  return service.references(cursor.uri, cursor.position, options).map(({ uri, range }) => placeText(texts, pathOf(uri), range));
}

async function checkHighlights(marked: string): Promise<readonly string[]> {
  const { service, cursor, texts } = await openAtCursor(marked);
  return service
    .documentHighlight(cursor.uri, cursor.position)
    .map(({ range, kind }) => `${kind === DocumentHighlightKind.Write ? 'write' : 'read'} ${placeText(texts, cursor.path, range)}`);
}

const workspace = (cursor: {
  template?: string;
  tuple?: string;
  definition?: string;
  feature?: string;
}): string => `import featureform as ff
from sources import spark

@spark.sql_transformation(variant="v1")
def aver${cursor.definition ?? ''}age():
    return "SELECT * FROM {{ trans${cursor.template ?? ''}actions.kaggle }} a JOIN <<transactions.kaggle>> b"

@spark.df_transformation(variant="v1", inputs=[("aver${cursor.tuple ?? ''}age", "v1"), ("transactions", "kaggle")])
def rounded(df, raw):
    return df

@ff.entity
class User:
    avg = ff.Feature(average[["id", "amount"]], variant="v1", type=ff.Float32)

ff.register_training_set("set", "v1", features=[("a${cursor.feature ?? ''}vg", "v1")], label=("fraud", "v1"))
--- sources.py
import featureform as ff
spark = ff.get_spark("emr")
transactions = spark.register_file(name="transactions", variant="kaggle", file_path="s3://b/t.parquet")
`;

test('a template leads to the registration in another file', async () => {
  expect(await checkDefinition(workspace({ template: '$0' }))).toEqual([
    'definitions.py:6:27 {{ transactions.kaggle }} -> sources.py:3:42 transactions',
  ]);
});

test('a tuple leads to the function, a feature of a training set to the attribute', async () => {
  expect(await checkDefinition(workspace({ tuple: '$0' }))).toEqual([
    'definitions.py:8:48 ("average", "v1") -> definitions.py:5:5 average',
  ]);
  expect(await checkDefinition(workspace({ feature: '$0' }))).toEqual(['definitions.py:16:49 ("avg", "v1") -> definitions.py:14:5 avg']);
});

test('an alias leads to the input it stands for', async () => {
  expect(
    await checkDefinition(`import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")

@spark.sql_transformation(variant="v1", inputs=[("src", "v1")])
def average(tx):
    return "SELECT * FROM {{t$0x}}"
`),
  ).toEqual(['definitions.py:7:27 {{tx}} -> definitions.py:3:27 src']);
});

test('a resource that is defined twice leads to both places', async () => {
  expect(
    await checkDefinition(`import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")
spark.register_file(name="src", variant="v1", file_path="s3://b/u.parquet")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v$01}}"
`),
  ).toEqual(['definitions.py:8:27 {{src.v1}} -> definitions.py:3:27 src', 'definitions.py:8:27 {{src.v1}} -> definitions.py:4:27 src']);
});

test('a template in a text that was joined from pieces leads to its source', async () => {
  expect(
    await checkDefinition(`import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * " \\
        'FROM {{sr$0c.v1}} ' + "WHERE x"
`),
  ).toEqual(['definitions.py:8:15 {{src.v1}} -> definitions.py:3:27 src']);
});

test('what nothing defines leads nowhere, and so does plain Python', async () => {
  expect(
    await checkDefinition(`import featureform as ff
spark = ff.get_spark("emr")
@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{sr$0c.v1}}"
`),
  ).toEqual([]);
  expect(await checkDefinition('x = 1\nprint(x$0)\n')).toEqual([]);
});

test('references name every mention in the workspace, in file and text order', async () => {
  expect(await checkReferences(workspace({ template: '$0' }))).toMatchInlineSnapshot(`
    [
      "definitions.py:6:30 transactions.kaggle",
      "definitions.py:6:62 transactions.kaggle",
      "definitions.py:8:67 ("transactions", "kaggle")",
      "sources.py:3:42 transactions",
    ]
  `);
});

test('references from the definition, with and without it', async () => {
  expect(await checkReferences(workspace({ definition: '$0' }))).toMatchInlineSnapshot(`
    [
      "definitions.py:5:5 average",
      "definitions.py:8:48 ("average", "v1")",
      "definitions.py:14:22 average",
    ]
  `);
  expect(await checkReferences(workspace({ definition: '$0' }), { includeDeclaration: false })).toMatchInlineSnapshot(`
    [
      "definitions.py:8:48 ("average", "v1")",
      "definitions.py:14:22 average",
    ]
  `);
});

test('highlights stay in the file and tell definitions from mentions', async () => {
  expect(await checkHighlights(workspace({ tuple: '$0' }))).toMatchInlineSnapshot(`
    [
      "write definitions.py:5:5 average",
      "read definitions.py:8:48 ("average", "v1")",
      "read definitions.py:14:22 average",
    ]
  `);
});
