// The lineage of a workspace: what the core lists, as a graph.

import { expect, test } from 'vitest';
import { diffGraphs, isEmptyChange, type LineageGraph } from '../../shared/lineage/lineageGraph';
import { ResourceLineage } from '../../shared/lineage/resourceLineage';
import { notebookText } from '../support/notebook';
import { uriOf } from '../support/memoryHost';
import { openFixture } from '../support/workspaceFixture';

/** One line a node: `id kind errors/warnings <- what feeds it`; nodes without a definition have a question mark. */
async function checkLineage(marked: string): Promise<readonly string[]> {
  const { service } = await openFixture(marked);
  return outline(new ResourceLineage().graphOf(service.resources().resources));
}

function outline({ nodes, edges }: LineageGraph): readonly string[] {
  return nodes.map(({ id, kind, errors, warnings, definition }) => {
    const inputs = edges.filter(({ to }) => to === id).map(({ from }) => from);
    const problems = errors + warnings === 0 ? '' : ` ${errors}/${warnings}`;
    return `${id}${definition === undefined ? '?' : ''} (${kind})${problems}${inputs.length === 0 ? '' : ` <- ${inputs.join(', ')}`}`;
  });
}

const current = `import featureform as ff
store = ff.register_s3(name="lake", credentials=credentials, bucket_region="us-east-1", bucket_name="b")
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
redis = ff.register_redis(name="online", host="h", port=1)
payments = spark.register_file(name="payments", variant="v1", file_path="s3://b/t.csv", description="As delivered.")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{payments.v1}}"

@spark.df_transformation(variant="v1", inputs=[("average", "v1")])
def rounded(df):
    return df.round()

@ff.entity
class User:
    avg = ff.Feature(rounded[["id", "amount"]], variant="v1", type=ff.Float32, inference_store=redis)
    paid = ff.Label(payments[["id", "paid"]], variant="v1", type=ff.Bool)

ff.register_training_set("training", "v1", label=("paid", "v1"), features=[("avg", "v1")])
`;

test('what feeds what, from the file store to the training set', async () => {
  expect(await checkLineage(current)).toMatchInlineSnapshot(`
    [
      "provider:emr (provider) <- provider:lake",
      "provider:lake (provider)",
      "provider:online (provider)",
      "source:average.v1 (sql-transformation) <- source:payments.v1",
      "source:payments.v1 (source) <- provider:emr",
      "source:rounded.v1 (dataframe-transformation) <- source:average.v1",
      "entity:user (entity)",
      "feature:avg.v1 (feature) <- source:rounded.v1, entity:user, provider:online",
      "label:paid.v1 (label) <- source:payments.v1, entity:user",
      "training-set:training.v1 (training-set) <- feature:avg.v1, label:paid.v1",
    ]
  `);
});

test('a node says what people want to know of it', async () => {
  const { service } = await openFixture(current);
  const { nodes } = new ResourceLineage().graphOf(service.resources().resources);
  expect(nodes.find(({ id }) => id === 'source:payments.v1')).toEqual({
    id: 'source:payments.v1',
    kind: 'source',
    name: 'payments',
    variant: 'v1',
    provider: 'emr',
    description: 'As delivered.',
    errors: 0,
    warnings: 0,
    definition: { uri: uriOf('definitions.py'), range: { start: { line: 4, character: 37 }, end: { line: 4, character: 45 } } },
    runnable: false,
  });
});

test('in the legacy era an omitted variant is the default one', async () => {
  expect(
    await checkLineage(`import featureform as ff
spark = ff.register_spark(name="emr", aws_access_key_id="a", aws_secret_access_key="s", bucket_path="b", emr_cluster_id="c")
spark.register_file(name="payments", file_path="s3://b/t.csv")

@spark.sql_transformation()
def average():
    return "SELECT * FROM {{payments.default}}"
`),
  ).toMatchInlineSnapshot(`
    [
      "provider:emr (provider)",
      "source:average.default (sql-transformation) <- source:payments.default",
      "source:payments.default (source) <- provider:emr",
    ]
  `);
});

test('names and variants that only the run time knows', async () => {
  expect(
    await checkLineage(`import featureform as ff
import os
spark = ff.register_spark(name=os.environ["SPARK"], executor=executor, filestore=store)
V = os.environ["V"]
spark.register_file(name=f"payments_{V}", variant=V, file_path="s3://b/t.csv")

@spark.sql_transformation()
def average():
    return f"SELECT * FROM {{{{payments_{V}.{V}}}}}"

@spark.sql_transformation()
def again():
    return "SELECT * FROM {{average}}"
`),
  ).toMatchInlineSnapshot(`
    [
      "provider:\${os.environ["SPARK"]} (provider)",
      "source:again.\${run} (sql-transformation) <- source:average.\${run}",
      "source:average.\${run} (sql-transformation) <- source:payments_\${os.environ["V"]}.\${os.environ["V"]}",
      "source:payments_\${os.environ["V"]}.\${os.environ["V"]} (source) <- provider:\${os.environ["SPARK"]}",
    ]
  `);
});

test('what nothing defines is a node of its own, with the problems of its mentions', async () => {
  expect(
    await checkLineage(`import featureform as ff
spark = ff.Client().get_spark("emr")
elsewhere = ff.Client().get_source("elsewhere", "v1")

@spark.sql_transformation(variant="v1")
def one():
    return "SELECT * FROM {{misspelt.v1}} JOIN {{misspelt.v1}} JOIN {{elsewhere.v1}}"

@spark.sql_transformation(variant="v1")
def two():
    return "SELECT * FROM {{misspelt.v1}} JOIN {{one.v2}}"

ff.register_training_set("training", "v1", label=("paid.late", "v1"), features=[])
`),
  ).toMatchInlineSnapshot(`
    [
      "source:one.v1 (sql-transformation) 2/0 <- source:misspelt.v1, source:elsewhere.v1",
      "source:two.v1 (sql-transformation) 2/0 <- source:misspelt.v1, source:one.v2",
      "training-set:training.v1 (training-set) 2/0 <- label:paid.late.v1",
      "source:misspelt.v1? (source) 3/0",
      "source:elsewhere.v1? (source)",
      "source:one.v2? (source) 1/0",
      "label:paid.late.v1? (label) 1/0",
    ]
  `);
});

test('a cycle, and a definition that reads itself', async () => {
  expect(
    await checkLineage(`import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)

@spark.sql_transformation(variant="v1")
def hen():
    return "SELECT * FROM {{egg.v1}}"

@spark.sql_transformation(variant="v1")
def egg():
    return "SELECT * FROM {{hen.v1}} JOIN {{egg.v1}}"
`),
  ).toMatchInlineSnapshot(`
    [
      "provider:emr (provider)",
      "source:egg.v1 (sql-transformation) 1/0 <- source:hen.v1, source:egg.v1",
      "source:hen.v1 (sql-transformation) 1/0 <- source:egg.v1",
    ]
  `);
});

test('what is defined twice is one node, at the first of its definitions', async () => {
  const { service } = await openFixture(`import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
spark.register_file(name="a", variant="v1", file_path="s3://b/a.csv")
spark.register_file(name="b", variant="v1", file_path="s3://b/b.csv")

@spark.sql_transformation(variant="v1")
def twice():
    return "SELECT * FROM {{a.v1}}"
--- other.py
from definitions import spark

@spark.sql_transformation(variant="v1")
def twice():
    return "SELECT * FROM {{b.v1}}"
`);
  const graph = new ResourceLineage().graphOf(service.resources().resources);
  expect(outline(graph)).toMatchInlineSnapshot(`
    [
      "provider:emr (provider)",
      "source:a.v1 (source) <- provider:emr",
      "source:b.v1 (source) <- provider:emr",
      "source:twice.v1 (sql-transformation) 1/0 <- source:a.v1, source:b.v1",
    ]
  `);
  expect(graph.nodes.find(({ name }) => name === 'twice')?.definition?.uri).toBe(uriOf('definitions.py'));
});

test('problems in a file of SQL are those of the definitions that read it', async () => {
  expect(
    await checkLineage(`import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)

@spark.sql_transformation(variant="v1")
def daily():
    return open("daily.sql").read()
--- daily.sql
SELECT * FROM {{misspelt.v1}} WHERE
`),
  ).toMatchInlineSnapshot(`
    [
      "provider:emr (provider)",
      "source:daily.v1 (sql-transformation) 1/1 <- source:misspelt.v1",
      "source:misspelt.v1? (source) 1/0",
    ]
  `);
});

test('notebooks define like files', async () => {
  const notebook = notebookText([
    'import featureform as ff\nspark = ff.Client().get_spark("emr")',
    'spark.register_file("orders", "s3://b/o.csv", variant="v1")',
    '@spark.sql_transformation(variant="v1")\ndef daily():\n    return "SELECT * FROM {{orders.v1}}"',
  ]);
  expect(await checkLineage(`--- work.ipynb\n${notebook}`)).toMatchInlineSnapshot(`
    [
      "source:daily.v1 (sql-transformation) <- source:orders.v1",
      "source:orders.v1 (source) <- provider:emr",
      "provider:emr? (provider)",
    ]
  `);
});

test('a list of which little differs gives the same objects for the rest', async () => {
  const other = `from definitions import spark
spark.register_file(name="rates", variant="v1", file_path="s3://b/r.csv")
`;
  const { service } = await openFixture(`${current}--- other.py\n${other}`);
  const lineage = new ResourceLineage();
  const before = lineage.graphOf(service.resources().resources);
  expect(lineage.graphOf(service.resources().resources)).toEqual(before);
  expect(isEmptyChange(diffGraphs(before, lineage.graphOf(service.resources().resources)))).toBe(true);

  service.update(uriOf('other.py'), other.replace('rates', 'prices'));
  const renamed = lineage.graphOf(service.resources().resources);
  const change = diffGraphs(before, renamed);
  expect(change).toMatchObject({
    nodes: [{ id: 'source:prices.v1' }],
    removedNodes: ['source:rates.v1'],
    edges: [{ from: 'provider:emr', to: 'source:prices.v1' }],
    removedEdges: [{ from: 'provider:emr', to: 'source:rates.v1' }],
  });
  const kept = new Set<unknown>(before.nodes);
  expect(renamed.nodes.filter((node) => !kept.has(node)).map(({ id }) => id)).toEqual(['source:prices.v1']);

  // A run of one definition is a change of its node alone.
  const run = { state: 'succeeded' } as const;
  const ran = lineage.graphOf(service.resources().resources, ({ id }) => (id === 'average.v1' ? run : undefined));
  expect(diffGraphs(renamed, ran)).toMatchObject({ nodes: [{ id: 'source:average.v1', lastRun: run }], edges: [] });
});
