import { beforeAll, describe, expect, it } from 'vitest';
import type { PythonParser } from '../../server/src/python/parser';
import { drawn, marked, readText } from '../support/definitions';
import { parserForTests } from '../support/python';

let parser: PythonParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const spark = `import featureform as ff
spark = ff.register_spark(name="emr", executor=ff.EMRCredentials("j-1", "us-east-1", ff.AWSAssumeRoleCredentials()),
    filestore=ff.register_s3(name="store", credentials=ff.AWSAssumeRoleCredentials(), bucket_region="us-east-1", bucket_name="data"))
`;

describe('providers and primary data', () => {
  it('reads nested registrations once each', () => {
    const file = readText(parser, spark);
    expect(drawn(file)).toEqual(['provider:store (file-store)', 'provider:emr (spark) <- provider:store']);
    expect(file.registrations.map((one) => one.callable)).toEqual([
      'AWSAssumeRoleCredentials',
      'EMRCredentials',
      'AWSAssumeRoleCredentials',
      'register_s3',
      'register_spark',
    ]);
    expect(file.eraSigns.map((sign) => sign.era)).toEqual(['current', 'current']);
  });

  it('reads files and tables with their locations', () => {
    const text = `${spark}
tx = spark.register_file(name="transactions", variant="kaggle", file_path="s3://data/tx.csv")
pq = spark.register_parquet_file("events", "s3://data/events")
dt = spark.register_delta_table(name="d", database="db", table="t", variant="v")
ice = spark.register_iceberg_table(name="i", database="db", table="t")
`;
    const file = readText(parser, text);
    expect(drawn(file).slice(2)).toEqual([
      'source:transactions.kaggle (file)',
      'source:events.${run} (parquet-file)',
      'source:d.v (delta-table)',
      'source:i.${run} (iceberg-table)',
    ]);
    expect(file.resources.map((one) => one.location?.text.value)).toEqual([
      undefined,
      undefined,
      's3://data/tx.csv',
      's3://data/events',
      undefined,
      undefined,
    ]);
    expect(file.resources.slice(2, 3).map((one) => marked(text, one))).toEqual([{ name: 'transactions', variant: 'kaggle' }]);
    expect(file.resources[2]?.provider).toMatchObject({ class: 'OfflineSparkProvider', name: { text: 'emr' } });
  });

  it('takes what get_source and its like name for granted', () => {
    const file = readText(
      parser,
      `import featureform as ff\nclient = ff.Client()\nspark = client.get_spark("emr")\ntx = ff.get_source("tx", "v1")\n`,
    );
    expect(file.resources).toEqual([]);
    expect(file.externals.map((one) => `${one.type}:${one.name.text ?? ''}`)).toEqual(['provider:emr', 'source:tx']);
  });

  it('reads the flat registration of the legacy era, with arguments unpacked from a dictionary', () => {
    const file = readText(
      parser,
      `import featureform as ff
args = {"name": "spark", "emr_cluster_id": "j-1", "bucket_path": "b", "emr_cluster_region": "us-east-1"}
spark = ff.register_spark(**args, aws_access_key_id="", aws_secret_access_key="")
@spark.sql_transformation()
def a():
    return "SELECT * FROM {{b}}"
`,
      'legacy',
    );
    expect(drawn(file, 'legacy')).toEqual(['provider:spark (spark)', 'source:a.default (sql-transformation) <- source:b.default']);
    expect(file.eraSigns.map((sign) => sign.era)).toEqual(['legacy']);
    expect(file.registrations[0]?.unknown).toEqual([]);
  });
});

describe('transformations', () => {
  it('reads templates through joins, escapes and constants, with exact spans', () => {
    const text = `${spark}
SOURCE = "transactions"
@spark.sql_transformation(variant="v1")
def joined():
    """What it does."""
    return "SELECT * FROM {{ a.v1 }} JOIN << b.v2 >> \\
        ON 1=1 " f"JOIN {{{{{SOURCE}.kaggle}}}} x"
`;
    const file = readText(parser, text);
    const resource = file.resources.at(-1);
    expect(drawn(file).at(-1)).toBe('source:joined.v1 (sql-transformation) <- source:a.v1, source:b.v2, source:transactions.kaggle');
    expect(resource?.description).toBe('What it does.');
    expect(resource?.references.slice(0, 2).map((one) => marked(text, one))).toEqual([
      { name: 'a', variant: 'v1' },
      { name: 'b', variant: 'v2' },
    ]);
    const third = resource?.references.slice(2) ?? [];
    expect(third.map(({ span }) => text.slice(span.start, span.end))).toEqual(['{{{{{SOURCE}.kaggle}}}}']);
    expect(third.map((one) => marked(text, one).variant)).toEqual(['kaggle']);
  });

  it('resolves parameters to inputs, by position', () => {
    const file = readText(
      parser,
      `${spark}
@spark.sql_transformation(inputs=[("tx", "v1"), ("users", "v2")])
def joined(t, u):
    return "SELECT * FROM {{ t }} JOIN {{u}} JOIN {{other.v3}}"
`,
    );
    expect(drawn(file).at(-1)).toBe(
      'source:joined.${run} (sql-transformation) <- source:tx.v1, source:users.v2, source:tx.v1, source:users.v2, source:other.v3',
    );
  });

  it('reads DataFrame inputs of every form', () => {
    const file = readText(
      parser,
      `${spark}
tx = spark.register_file("tx", "s3://data/tx.csv", variant="v1")
@spark.df_transformation(variant="v1", inputs=[("a", "v1")])
def first(df):
    return df
wanted = [tx, first, ("b", "v2"), "c"]
@spark.df_transformation(name="other", inputs=wanted)
def second(a, b, c, d):
    return a
`,
    );
    expect(drawn(file).slice(3)).toEqual([
      'source:first.v1 (dataframe-transformation) <- source:a.v1',
      'source:other.${run} (dataframe-transformation) <- source:tx.v1, source:first.v1, source:b.v2, source:c.${run}',
    ]);
    expect(file.resources.at(-1)?.inputs?.elements?.map((one) => one.form)).toEqual(['object', 'object', 'tuple', 'string']);
  });

  it('knows decorators on objects that only the run time knows', () => {
    const file = readText(
      parser,
      `def step(context):
    @context.spark.df_transformation(inputs=[("a", "v")])
    def inner(df):
        return df
class Suite:
    def test(self, provider):
        @provider.sql_transformation(name=f"x_{self.version}", variant="v")
        def q():
            return "SELECT 1 FROM {{inner.v}}"
`,
    );
    expect(drawn(file)[0]).toBe('source:inner.${run} (dataframe-transformation) <- source:a.v');
    expect(file.resources).toHaveLength(2);
    expect(file.resources[1]?.name.text).toBeUndefined();
    expect(file.resources[1]?.provider?.class).toBeUndefined();
  });

  it('notes decorators that do nothing or do not exist', () => {
    const file = readText(
      parser,
      `${spark}
@spark.sql_transformation
def a():
    return "SELECT * FROM {{b.c}}"
@spark.sql_transform()
def d():
    return ""
`,
    );
    expect(file.findings.map(({ kind, name, owner }) => ({ kind, name, owner }))).toEqual([
      { kind: 'decorator-without-call', name: 'sql_transformation', owner: 'OfflineSparkProvider' },
      { kind: 'unknown-decorator', name: 'sql_transform', owner: 'OfflineSparkProvider' },
    ]);
    expect(file.resources.filter((one) => one.type === 'source')).toEqual([]);
  });

  it('names what has no variant after set_run', () => {
    const file = readText(
      parser,
      `${spark}
ff.set_run("nightly")
@spark.sql_transformation()
def a():
    return "SELECT * FROM {{b}}"
ff.register_sql_transformation(name="q", query="SELECT * FROM {{a.nightly}}", provider=spark)
`,
    );
    expect(drawn(file).slice(2)).toEqual([
      'source:a.nightly (sql-transformation) <- source:b.nightly',
      'source:q.nightly (sql-transformation) <- source:a.nightly',
    ]);
  });

  it('unrolls loops over known names and leaves unknown ones symbolic, equal by expression', () => {
    const file = readText(
      parser,
      `${spark}
import os
VERSION = os.getenv("VERSION")
for size in ["small", "large"]:
    @spark.sql_transformation(name=f"t_{size}", variant=f"v_{VERSION}")
    def t():
        return "SELECT * FROM {{x.y}}"
@spark.df_transformation(inputs=[("t_small", f"v_{os.getenv('VERSION')}")])
def after(df):
    return df
`,
    );
    const keys = drawn(file).slice(2);
    expect(keys).toHaveLength(3);
    expect(keys[0]).toMatch(/^source:t_small\.v_\$\{.+\} \(sql-transformation\) <- source:x\.y$/);
    expect(keys[2]?.split(' <- ')[1]).toBe(keys[0]?.split(' (')[0]);
  });

  it('reads registrations in comprehensions once a round', () => {
    const text = `${spark}
made = {name: spark.register_file(name, f"s3://data/{name}", variant="v1") for name in ["a", "b"]}
tables = [spark.register_file(name=f"t{i}_{name}", file_path="s3://data/t", variant="v1") for name in made for i in (1, 2)]

@spark.df_transformation(variant="v1", inputs=[made["a"], made["b"], tables[3]])
def joined(a, b, c):
    return a
`;
    expect(drawn(readText(parser, text)).slice(2)).toEqual([
      'source:a.v1 (file)',
      'source:b.v1 (file)',
      'source:t1_a.v1 (file)',
      'source:t2_a.v1 (file)',
      'source:t1_b.v1 (file)',
      'source:t2_b.v1 (file)',
      'source:joined.v1 (dataframe-transformation) <- source:a.v1, source:b.v1, source:t2_b.v1',
    ]);
  });

  it('reads registrations that run for items of the run time, under names that are not known', () => {
    const text = `${spark}
made = [spark.register_file(f"raw_{name}", "s3://data/x", variant="v1") for name in os.listdir(".")]
register = lambda name: spark.register_file(f"own_{name}", "s3://data/x", variant="v1")
`;
    expect(
      readText(parser, text)
        .resources.slice(2)
        .map(({ name }) => [name.key.replace(/\{.*\}/, '{…}'), name.text]),
    ).toEqual([
      ['raw_${…}', undefined],
      ['own_${…}', undefined],
    ]);
  });
});

describe('entities, features and training sets', () => {
  const tail = `
@spark.sql_transformation(variant="v1")
def tx():
    return "SELECT * FROM {{raw.v}}"

@ff.entity
class User:
    avg_amount = ff.Feature(tx[["user_id", "avg"]], type=ff.Float32, inference_store="redis")
    spend = ff.Variants({"v1": ff.Feature(tx[["user_id", "s", "ts"]], type="float64"), "v2": ff.Feature(tx[["user_id", "t"]], type=ff.ScalarType.INT32)})
    fraud = ff.Label(tx[["user_id", "is_fraud"]], variant="v9", type=ff.Bool, timestamp_column="ts")
    vector = ff.Embedding(tx[["user_id", "e"]], dims=3, vector_db="pine")

ff.register_training_set("set", "v1", label=User.fraud, features=[User.avg_amount, ("spend", "v1"), "other", {"feature": "spend", "variant": "v2", "lag": 1}])
`;
  it('names resources after attributes', () => {
    const file = readText(parser, spark + tail);
    expect(drawn(file).slice(3)).toEqual([
      'entity:user (entity)',
      'feature:avg_amount.${run} (feature) <- source:tx.v1, provider:redis, entity:user',
      'feature:spend.v1 (feature) <- source:tx.v1, entity:user',
      'feature:spend.v2 (feature) <- source:tx.v1, entity:user',
      'label:fraud.v9 (label) <- source:tx.v1, entity:user',
      'feature:vector.${run} (embedding) <- source:tx.v1, provider:pine, entity:user',
      'training-set:set.v1 (training-set) <- feature:avg_amount.${run}, feature:spend.v1, feature:other.${run}, feature:spend.v2, label:fraud.v9',
    ]);
    expect(file.resources.map((one) => one.valueType?.text).slice(4)).toEqual([
      'float32',
      'float64',
      'int32',
      'bool',
      undefined,
      undefined,
    ]);
    expect(file.resources[7]?.columns?.map((column) => `${column.role}:${column.name.key}`)).toEqual([
      'entity:user_id',
      'value:is_fraud',
      'timestamp:ts',
    ]);
  });

  it('finds features in tuples and in blocks of the class', () => {
    const text = `${spark}
tx = ff.get_source("tx", "v1")

@ff.entity
class User:
    (amount), fraud = ff.Feature(tx[["id", "a"]], type="int", variant="v1"), ff.Label(tx[["id", "f"]], type="bool", variant="v1")
    if True:
        total: ff.Feature = ff.Feature(tx[["id", "t"]], type="int", variant="v1")
`;
    const file = readText(parser, text);
    expect(drawn(file).slice(3)).toEqual([
      'feature:amount.v1 (feature) <- source:tx.v1, entity:user',
      'label:fraud.v1 (label) <- source:tx.v1, entity:user',
      'feature:total.v1 (feature) <- source:tx.v1, entity:user',
    ]);
    expect(file.openTypes).toEqual([]);
  });

  it.each([
    ['an attribute that another function gives', '@ff.entity\nclass User:\n    amount = make_feature("a")\n'],
    ['an attribute that another file gives', 'from features import amount\n@ff.entity\nclass User:\n    a = amount\n'],
    ['attributes by computed names', '@ff.entity\nclass User:\n    for c in ["a"]:\n        locals()[c] = 1\n'],
  ])('does not take the features for all there are: %s', (_, text) => {
    expect([...readText(parser, spark + text).openTypes].sort()).toEqual(['feature', 'label']);
  });

  it('takes any entity for possible where a class is registered by a call', () => {
    expect([...readText(parser, `${spark}User = ff.entity(type("User", (), {}))\n`).openTypes].sort()).toEqual([
      'entity',
      'feature',
      'label',
    ]);
  });

  it('reads register_resources and create_training_set', () => {
    const file = readText(
      parser,
      `${spark}
user = ff.register_entity("user")
tx = spark.register_file("tx", "s3://data/tx.csv", variant="v1")
made = tx.register_resources(entity=user, entity_column="uid", inference_store="redis", timestamp_column="ts",
    features=[{"name": "a", "variant": "v1", "column": "A", "type": "float32"}],
    labels=[{"name": "l", "column": "L", "type": "bool"}])
made.create_training_set(name="ts", variant="v1")
ff.register_training_set(name="ts2", label=("l", "x"), features=[("a", "v1")], resources=[made])
`,
    );
    expect(drawn(file).slice(3)).toEqual([
      'source:tx.v1 (file)',
      'feature:a.v1 (feature) <- source:tx.v1, entity:user, provider:redis',
      'label:l.${run} (label) <- source:tx.v1, entity:user, provider:redis',
      'training-set:ts.v1 (training-set) <- feature:a.v1, label:l.${run}',
      'training-set:ts2.${run} (training-set) <- feature:a.v1, label:l.x, feature:a.v1, label:l.${run}',
    ]);
  });
});

describe('broken and hostile text', () => {
  it('reads what stands around an error', () => {
    const file = readText(
      parser,
      `${spark}
@spark.sql_transformation(variant="v1"
def broken():
    return "SELECT * FROM {{a.b}}"

@spark.sql_transformation(variant="v2")
def fine():
    return "SELECT * FROM {{a.b}}"
`,
    );
    expect(drawn(file).at(-1)).toBe('source:fine.v2 (sql-transformation) <- source:a.b');
  });

  it('follows enumerate and zip over what is known', () => {
    const file = readText(
      parser,
      `${spark}
for i, name in enumerate(["a", "b"], 1):
    spark.register_file(name, "s3://data/x.csv", f"v{i}")
for name, variant in zip(("c", "d"), ["x", "y", "z"]):
    spark.register_file(name, "s3://data/x.csv", variant)
`,
    );
    expect(drawn(file).slice(2)).toEqual(['source:a.v1 (file)', 'source:b.v2 (file)', 'source:c.x (file)', 'source:d.y (file)']);
  });

  it('ignores Python that has nothing to do with Featureform', () => {
    const file = readText(parser, 'import os\nclass A:\n    def transformation(self):\n        return "{{a.b}}"\n');
    expect(file).toMatchObject({ isDefinitionFile: false, resources: [], references: [], findings: [] });
  });
});
