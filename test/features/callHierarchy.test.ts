import { expect, test } from 'vitest';
import type { CallHierarchyItem, Range } from 'vscode-languageserver-types';
import type { LanguageService } from '../../server/src/languageService';
import { pathOf } from '../support/memoryHost';
import { openAtCursor, placeText, type WorkspaceFixture } from '../support/workspaceFixture';

/** What a caller or a callee is, where it is defined, and where the one mentions the other. */
function told({ texts }: WorkspaceFixture, item: CallHierarchyItem, ranges: readonly Range[], home: string): string {
  const selection = placeText(texts, pathOf(item.uri), item.selectionRange);
  const mentions = ranges.map((range) => placeText(texts, pathOf(home), range));
  return `${item.name} (${item.detail ?? ''}) ${selection} at ${mentions.join(', ')}`;
}

async function checkCalls(
  marked: string,
  direction: 'incoming' | 'outgoing',
): Promise<{ readonly items: readonly string[]; readonly calls: readonly string[] }> {
  const fixture = await openAtCursor(marked);
  const { service, cursor, texts } = fixture;
  const items = service.prepareCallHierarchy(cursor.uri, cursor.position);
  const calls = items.flatMap((item) => callsOf(service, fixture, item, direction));
  return { items: items.map((item) => `${item.name} ${placeText(texts, pathOf(item.uri), item.selectionRange)}`), calls };
}

function callsOf(
  service: LanguageService,
  fixture: WorkspaceFixture,
  item: CallHierarchyItem,
  direction: 'incoming' | 'outgoing',
): string[] {
  if (direction === 'incoming') return service.incomingCalls(item).map(({ from, fromRanges }) => told(fixture, from, fromRanges, from.uri));
  return service.outgoingCalls(item).map(({ to, fromRanges }) => told(fixture, to, fromRanges, item.uri));
}

const workspace = (at: { readonly template?: string; readonly set?: string }): string => `import featureform as ff
from sources import spark

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{ trans${at.template ?? ''}actions.kaggle }} a JOIN <<transactions.kaggle>> b"

@spark.df_transformation(variant="v1", inputs=[("transactions", "kaggle"), average])
def rounded(raw, df):
    return df

@ff.entity
class User:
    avg = ff.Feature(average[["id", "amount"]], variant="v1", type=ff.Float32)
    fraud = ff.Label(average[["id", "fraud"]], variant="v1", type=ff.Bool)

ff.register_training_set("s${at.set ?? ''}et", "v1", features=[("avg", "v1"), User.avg], label=("fraud", "v1"))
--- sources.py
import featureform as ff
spark = ff.get_spark("emr")
transactions = spark.register_file(name="transactions", variant="kaggle", file_path="s3://b/t.parquet")
`;

test('what reads a source calls it, with the exact places of the mentions', async () => {
  expect(await checkCalls(workspace({ template: '$0' }), 'incoming')).toEqual({
    items: ['transactions.kaggle sources.py:3:42 transactions'],
    calls: [
      'average.v1 (SQL transformation) definitions.py:5:5 average at definitions.py:6:30 transactions.kaggle, definitions.py:6:62 transactions.kaggle',
      'rounded.v1 (DataFrame transformation) definitions.py:9:5 rounded at definitions.py:8:48 ("transactions", "kaggle")',
    ],
  });
});

test('what a training set uses is called by it', async () => {
  expect(await checkCalls(workspace({ set: '$0' }), 'outgoing')).toEqual({
    items: ['set.v1 definitions.py:17:27 set'],
    calls: [
      'avg.v1 (feature) definitions.py:14:5 avg at definitions.py:17:49 ("avg", "v1"), definitions.py:17:64 User.avg',
      'fraud.v1 (label) definitions.py:15:5 fraud at definitions.py:17:81 ("fraud", "v1")',
    ],
  });
});

test('a query that another file holds is mentioned where it is used', async () => {
  const text = `from queries import QUERY, spark
@spark.sql_transformation(variant="v1")
def ave$0rage():
    return QUERY
--- queries.py
import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")
QUERY = "SELECT * FROM {{src.v1}}"
`;
  expect((await checkCalls(text, 'outgoing')).calls).toEqual(['src.v1 (file) queries.py:3:27 src at definitions.py:4:12 QUERY']);
  const fromSource = text.replace('$0', '').replace('name="src"', 'name="s$0rc"');
  expect((await checkCalls(fromSource, 'incoming')).calls).toEqual([
    'average.v1 (SQL transformation) definitions.py:3:5 average at definitions.py:4:12 QUERY',
  ]);
});

test('each of two definitions of one id has calls of its own', async () => {
  const { service, cursor } = await openAtCursor(`import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="a", variant="v1", file_path="s3://b/a.parquet")
spark.register_file(name="b", variant="v1", file_path="s3://b/b.parquet")
@spark.sql_transformation(variant="v1")
def tw$0ice():
    return "SELECT * FROM {{a.v1}}"
@spark.sql_transformation(variant="v1", name="twice")
def again():
    return "SELECT * FROM {{b.v1}}"
`);
  const items = service.prepareCallHierarchy(cursor.uri, cursor.position);
  expect(items.map((item) => service.outgoingCalls(item).map(({ to }) => to.name))).toEqual([['a.v1'], ['b.v1']]);
});

test('plain Python and what nothing defines have no hierarchy, nor has what is made up', async () => {
  expect((await checkCalls('print(x$0)\n', 'incoming')).items).toEqual([]);
  const { service, cursor } = await openAtCursor('import featureform as ff\nff.register_us$0er("x")\n');
  expect(service.prepareCallHierarchy(cursor.uri, cursor.position)).toEqual([]);
  const range = { start: cursor.position, end: cursor.position };
  const item = { name: 'x', kind: 12, uri: cursor.uri, range, selectionRange: range } as const;
  expect(service.incomingCalls(item)).toEqual([]);
  expect(service.outgoingCalls({ ...item, data: { key: 'source:nothing.v1' } })).toEqual([]);
});
