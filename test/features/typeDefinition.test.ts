// Type definitions, implementations and references of variables that hold resources: what Pylance cannot know.

import { expect, test } from 'vitest';
import type { LocationLink } from 'vscode-languageserver-types';
import { pathOf } from '../support/memoryHost';
import { openAtCursor, placeText, type WorkspaceFixture } from '../support/workspaceFixture';

function told({ texts }: WorkspaceFixture, path: string, links: readonly LocationLink[]): readonly string[] {
  return links.map((link) => {
    const from = link.originSelectionRange === undefined ? '' : placeText(texts, path, link.originSelectionRange);
    return `${from} -> ${placeText(texts, pathOf(link.targetUri), link.targetSelectionRange)}`;
  });
}

async function checkTypeDefinition(marked: string): Promise<readonly string[]> {
  const fixture = await openAtCursor(marked);
  const { service, cursor } = fixture;
  return told(fixture, cursor.path, service.typeDefinition(cursor.uri, cursor.position));
}

async function checkImplementation(marked: string): Promise<readonly string[]> {
  const fixture = await openAtCursor(marked);
  const { service, cursor } = fixture;
  return told(fixture, cursor.path, service.implementation(cursor.uri, cursor.position));
}

async function checkReferences(marked: string): Promise<readonly string[]> {
  const { service, cursor, texts } = await openAtCursor(marked);
  const found = service.references(cursor.uri, cursor.position, { includeDeclaration: true });
  return found.map(({ uri, range }) => placeText(texts, pathOf(uri), range));
}

type Mark = 'spark' | 'import' | 'transactions' | 'credentials' | 'input' | 'average' | 'user' | 'template' | 'local' | 'number';

function workspace(mark: Mark): string {
  const at = (one: Mark): string => (one === mark ? '$0' : '');
  return `import featureform as ff
from providers import spark, tx as trans${at('import')}actions

@sp${at('spark')}ark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{trans${at('template')}actions.kaggle}}"

@spark.sql_transformation(variant="v2", inputs=[trans${at('input')}actions])
def average(source):
    return "SELECT * FROM {{source}}"

kept = trans${at('transactions')}actions
print(aver${at('average')}age)
count${at('number')} = 1

@ff.entity
class User:
    avg = ff.Feature(average[["id", "amount"]], variant="v1", type=ff.Float32)

print(Us${at('user')}er.avg)

def nested(transactions):
    print(trans${at('local')}actions)
--- providers.py
import featureform as ff
aws${at('credentials')} = ff.AWSAssumeRoleCredentials()
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
tx = spark.register_file(name="transactions", variant="kaggle", file_path="s3://b/t.parquet")
spark.register_file(name="transactions", variant="v2", file_path="s3://b/u.parquet")
`;
}

test.each<[Mark, readonly string[]]>([
  ['spark', ['definitions.py:4:2 spark -> providers.py:3:33 emr']],
  ['import', ['definitions.py:2:36 transactions -> providers.py:4:32 transactions']],
  ['transactions', ['definitions.py:12:8 transactions -> providers.py:4:32 transactions']],
  ['credentials', ['providers.py:2:1 aws -> providers.py:2:10 AWSAssumeRoleCredentials']],
  ['input', ['definitions.py:8:49 transactions -> providers.py:4:32 transactions']],
  ['average', ['definitions.py:13:7 average -> definitions.py:5:5 average', 'definitions.py:13:7 average -> definitions.py:9:5 average']],
  ['user', ['definitions.py:20:7 User -> definitions.py:17:7 User']],
  ['template', ['definitions.py:6:27 {{transactions.kaggle}} -> providers.py:4:32 transactions']],
  ['local', []],
  ['number', []],
])('the type definition of a variable is the registration that it holds: %s', async (mark, expected) => {
  expect(await checkTypeDefinition(workspace(mark))).toEqual(expected);
});

test.each<Mark>(['template', 'input', 'transactions', 'import'])('the implementations of a source are its variants: %s', async (mark) => {
  const targets = (await checkImplementation(workspace(mark))).map((link) => link.slice(link.indexOf('->') + 3));
  expect(targets).toEqual(['providers.py:4:32 transactions', 'providers.py:5:27 transactions']);
});

test('the implementations of a function are all that register its name', async () => {
  expect(await checkImplementation(workspace('average'))).toEqual([
    'definitions.py:13:7 average -> definitions.py:5:5 average',
    'definitions.py:13:7 average -> definitions.py:9:5 average',
  ]);
  expect(await checkImplementation(workspace('number'))).toEqual([]);
});

test('the references of a variable are the mentions of what it holds', async () => {
  const mentions = [
    'definitions.py:6:29 transactions.kaggle',
    'definitions.py:8:49 transactions',
    'definitions.py:10:29 source',
    'providers.py:4:32 transactions',
  ];
  expect(await checkReferences(workspace('transactions'))).toEqual(mentions);
  expect(await checkReferences(workspace('template'))).toEqual(mentions);
  expect(await checkReferences(workspace('local'))).toEqual([]);
});
