// Featureform's own functions, types and keywords as completions in Python.

import { expect, test } from 'vitest';
import { type CompletionItem, CompletionItemKind, InsertTextFormat, TextEdit } from 'vscode-languageserver-types';
import { openAtCursor } from '../support/workspaceFixture';

const head = `import featureform as ff

spark = ff.register_spark(name="emr", executor=executor, filestore=store)
orders = spark.register_file(name="orders", variant="v1", file_path="s3://b/o.parquet")

`;

async function itemsAt(text: string, snippets = true): Promise<readonly CompletionItem[]> {
  const { service, cursor } = await openAtCursor(`${head}${text}`);
  const { items } = service.completion(cursor.uri, cursor.position, { snippets }) ?? { items: [] };
  return [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}

const newText = (item: CompletionItem): string => (TextEdit.is(item.textEdit) ? item.textEdit.newText : '');

async function checkWritten(text: string, snippets = true): Promise<readonly string[]> {
  return (await itemsAt(text, snippets)).map(newText);
}

async function checkLabels(text: string): Promise<readonly string[]> {
  return (await itemsAt(text)).map(({ label }) => label);
}

test('the keywords of a decorator come with their defaults, what is required first', async () => {
  expect(await checkWritten('@spark.sql_transformation($0)\ndef f():\n    return "SELECT 1"\n')).toMatchInlineSnapshot(`
    [
      "variant="$1"",
      "owner="$1"",
      "name="$1"",
      "schedule="$1"",
      "inputs=[$1]",
      "description="$1"",
      "tags=[$1]",
      "properties={$1}",
      "max_job_duration=\${1:timedelta(hours=48)}",
      "spark_params={$1}",
      "write_options={$1}",
      "table_properties={$1}",
    ]
  `);
});

test('of a call that is not closed, too', async () => {
  expect(await checkWritten('spark.register_file($0')).toMatchInlineSnapshot(`
    [
      "name="$1"",
      "file_path="$1"",
      "variant="$1"",
      "owner="$1"",
      "description="$1"",
      "tags=[$1]",
      "properties={$1}",
    ]
  `);
});

test('those that are given are not offered again, wherever they stand', async () => {
  expect(await checkLabels('spark.register_file(name="x", $0, variant="v1", file_path="s3://b/x.csv")')).toMatchInlineSnapshot(`
    [
      "owner=",
      "description=",
      "tags=",
      "properties=",
    ]
  `);
  expect(await checkLabels('spark.register_file("x", "s3://b/x.csv", va$0)')).toEqual(['variant=']);
  expect(await checkLabels('spark.register_file(\n    # The name.\n    na$0\n)\nname = "x"\n')).toEqual(['name=']);
});

test('in front of a value the name alone is written, and no places without snippets', async () => {
  expect(await checkWritten('spark.register_file(na$0="x")')).toEqual(['name']);
  expect(await checkWritten('spark.register_file(na$0)', false)).toEqual(['name=']);
});

test('a keyword tells its type, its default and what it means', async () => {
  const [item] = await itemsAt('spark.register_file(desc$0)');
  expect(item).toMatchObject({
    label: 'description=',
    kind: CompletionItemKind.Property,
    detail: 'str = ""',
    documentation: { kind: 'markdown', value: 'Free text shown in the dashboard.' },
    insertTextFormat: InsertTextFormat.Snippet,
  });
});

test('nothing is offered as the value of a keyword, in strings, comments, tuples, and calls of others', async () => {
  for (const text of [
    'spark.register_file(name=$0)',
    'spark.register_file(name="$0")',
    'spark.register_file( # na$0\n)',
    'spark.register_file([$0])',
    'print($0)',
    'spark.register_file("a" + $0)',
  ]) {
    expect([text, await checkLabels(text)]).toEqual([text, []]);
  }
});

test('the module offers what it registers, and its types', async () => {
  expect(await checkLabels('ff.register_s$0')).toMatchInlineSnapshot(`
    [
      "register_blob_store",
      "register_cassandra",
      "register_clickhouse",
      "register_column_resources",
      "register_feature_stream",
      "register_firestore",
      "register_gcs",
      "register_hdfs",
      "register_k8s",
      "register_label_stream",
      "register_postgres",
      "register_redis",
      "register_redshift",
      "register_s3",
      "register_snowflake",
      "register_snowflake_legacy",
      "register_spark",
      "register_sql_transformation",
      "register_training_set",
      "register_user",
    ]
  `);
  expect(await checkWritten('x = ff.get_ent$0')).toMatchInlineSnapshot(`
    [
      "get_entity($0)",
      "get_kubernetes($0)",
    ]
  `);
  expect((await checkLabels('avg = ff.Feature(orders[["a", "b"]], type=ff.$0)')).slice(0, 9)).toMatchInlineSnapshot(`
    [
      "Int",
      "Int32",
      "Int64",
      "Float32",
      "Float64",
      "String",
      "Bool",
      "DateTime",
      "AWSAssumeRoleCredentials",
    ]
  `);
  expect((await checkLabels('avg = ff.Feature(orders[["a", "b"]], type=ff.Flo$0)')).slice(0, 2)).toEqual(['Float32', 'Float64']);
});

test('behind an @ stands what decorates, and nothing else', async () => {
  expect(await checkWritten('@ff.$0\nclass User:\n    pass\n')).toMatchInlineSnapshot(`
    [
      "entity",
      "ondemand_feature($0)",
      "sql_transformation($0)",
    ]
  `);
  expect(await checkWritten('@spark.$0\ndef f():\n    return "SELECT 1"\n')).toMatchInlineSnapshot(`
    [
      "df_transformation($0)",
      "sql_transformation($0)",
    ]
  `);
});

test('an object offers its methods, where a registration of the file made it', async () => {
  expect(await checkLabels('spark.reg$0')).toMatchInlineSnapshot(`
    [
      "register_delta_table",
      "register_file",
      "register_iceberg_table",
      "register_parquet_file",
      "register_training_set",
    ]
  `);
  expect(await checkLabels('orders.reg$0')).toEqual(['register_resources']);
  expect(await checkLabels('other.reg$0')).toEqual([]);
  expect(await checkLabels('ff.register_spark("a").reg$0')).toEqual([]);
});

test.each([
  ['from providers import emr', 'emr', true],
  ['from providers import emr as cluster', 'cluster', true],
  ['from providers import emr as cluster', 'emr', false],
  ['from providers import *', 'emr', true],
  ['from package import emr', 'emr', true],
  ['from package import other', 'other', false],
  ['from nowhere import emr', 'emr', false],
  ['from providers import emr\nemr = 1', 'emr', false],
  ['from loop import emr', 'emr', false],
])('an object of another file offers its methods: %s, %s', async (statement, name, isKnown) => {
  const text = `import featureform as ff
${statement}

ff.register_user("me")
${name}.register_p$0
--- providers.py
import featureform as ff
emr = ff.register_spark(name="emr", executor=executor, filestore=store)
--- package/__init__.py
from .deep import cluster as emr
--- package/deep.py
from providers import emr as cluster
--- loop.py
from loop import emr
from again import *
--- again.py
from loop import *
`;
  const { service, cursor } = await openAtCursor(text);
  const labels = service.completion(cursor.uri, cursor.position)?.items.map(({ label }) => label);
  expect(labels).toEqual(isKnown ? ['register_parquet_file'] : []);
});
