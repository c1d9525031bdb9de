import { describe, expect, test } from 'vitest';
import { checkPrepareRename as checkPrepare, checkRename, renameWorkspace as workspace, type Mark } from '../support/checkRename';
import { openAtCursor } from '../support/workspaceFixture';

describe('what is renamed', () => {
  const places: Readonly<Record<Mark, string | undefined>> = {
    template: 'definitions.py:6:30 transactions',
    templateVariant: 'definitions.py:6:43 kaggle',
    tuple: 'definitions.py:8:50 average',
    tupleVariant: 'definitions.py:8:61 v1',
    function: 'definitions.py:5:5 average',
    attribute: 'definitions.py:18:5 avg',
    className: 'definitions.py:17:7 User',
    name: 'sources.py:3:42 transactions',
    set: 'definitions.py:21:27 set',
    alias: 'definitions.py:14:29 tx',
    variable: undefined,
  };

  test.each(Object.entries(places))('at the mark "%s"', async (mark, expected) => {
    expect(await checkPrepare(workspace(mark as Mark))).toBe(expected);
  });

  test('plain Python is not ours', async () => {
    expect(await checkPrepare('import featureform as ff\nvalue = 1\nprint(val$0ue)\n')).toBeUndefined();
    expect(await checkRename('import featureform as ff\nvalue = 1\nprint(val$0ue)\n', 'x')).toBeUndefined();
  });
});

describe('the name of a source', () => {
  const expected = [
    'definitions.py:6:30 transactions -> payments',
    'definitions.py:6:62 transactions -> payments',
    'definitions.py:8:69 transactions -> payments',
    'other.py:7:27 transactions -> payments',
    'sources.py:3:42 transactions -> payments',
  ];

  test.each(['template', 'name'] as const)('from the mark "%s", in every file, and no variable of Python', async (mark) => {
    expect(await checkRename(workspace(mark), 'payments')).toEqual(expected);
  });

  test('one that a file of SQL mentions, from there and from Python', async () => {
    const files = (definition: string, template: string): string => `import featureform as ff
from pathlib import Path
spark = ff.get_spark("emr")
spark.register_file(name="${definition}", variant="v1", file_path="s3://b/t.parquet")

@spark.sql_transformation(variant="v1")
def clean():
    return Path("clean.sql").read_text()

@spark.sql_transformation(variant="v1")
def again():
    return open("clean.sql").read() + " LIMIT 3"
--- clean.sql
SELECT a FROM {{ ${template}.v1 }} AS orders JOIN {{orders.v1}} USING (a)
`;
    const edits = ['clean.sql:1:18 orders -> sales', 'clean.sql:1:48 orders -> sales', 'definitions.py:4:27 orders -> sales'];
    expect(await checkRename(files('or$0ders', 'orders'), 'sales')).toEqual(edits);
    expect(await checkRename(files('orders', 'orde$0rs'), 'sales')).toEqual(edits);
    expect(await checkRename(files('or$0ders', 'orders'), 'clean')).toBe(
      'the source "orders" cannot be renamed: the source "clean" is defined already, at definitions.py:7',
    );
  });

  test('one that a function gives is the name of the function, wherever Python names it', async () => {
    const edits = await checkRename(workspace('function'), 'mean');
    expect(edits).toEqual([
      'definitions.py:5:5 average -> mean',
      'definitions.py:8:50 average -> mean',
      'definitions.py:8:95 average -> mean',
      'definitions.py:18:22 average -> mean',
      'other.py:1:25 average -> mean',
      'other.py:4:7 average -> mean',
      'other.py:4:28 average -> mean',
    ]);
    expect(await checkRename(workspace('tuple'), 'mean')).toEqual(edits);
  });

  test('a star that imports the function, and the list of what it imports', async () => {
    expect(
      await checkRename(
        `import featureform as ff
spark = ff.get_spark("emr")
__all__ = ["spark", "average"]

@spark.sql_transformation(variant="v1")
def aver$0age():
    return "SELECT 1 FROM {{src.v1}}"
--- other.py
from definitions import *

@spark.df_transformation(variant="v1", inputs=[average])
def rounded(df):
    average = df.mean()
    return average
`,
        'mean',
      ),
    ).toEqual(['definitions.py:3:22 average -> mean', 'definitions.py:6:5 average -> mean', 'other.py:3:48 average -> mean']);
  });

  test('a template whose name two literals write', async () => {
    expect(
      await checkRename(
        `import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="transactions", variant="v1", file_path="s3://b/t.parquet")
@spark.sql_transformation(variant="v1")
def f():
    return "SELECT * FROM {{tr$0ans" "actions.v1}}"
`,
        'payments',
      ),
    ).toEqual(['definitions.py:3:27 transactions -> payments', 'definitions.py:6:29 trans -> payment', 'definitions.py:6:37 action -> ']);
  });

  test('all variants of it, and mentions of variants that nothing defines', async () => {
    expect(
      await checkRename(
        `import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="sr$0c", variant="v1", file_path="s3://b/src.parquet")
spark.register_file("src", "v2", "s3://b/u.parquet")
@spark.sql_transformation(variant="v1")
def f():
    return "SELECT * FROM {{src.v1}} JOIN {{src.v2}} JOIN {{src.v3}}"
`,
        'raw',
      ),
    ).toEqual([
      'definitions.py:3:27 src -> raw',
      'definitions.py:4:22 src -> raw',
      'definitions.py:7:29 src -> raw',
      'definitions.py:7:45 src -> raw',
      'definitions.py:7:61 src -> raw',
    ]);
  });

  test('templates in what another return gives', async () => {
    expect(
      await checkRename(
        `import featureform as ff
import os
spark = ff.get_spark("emr")
spark.register_file(name="sr$0c", variant="v1", file_path="s3://b/src.parquet")
@spark.sql_transformation(variant="v1")
def f():
    if os.getenv("FULL"):
        return "SELECT * FROM {{src.v1}}"
    return "SELECT * FROM {{src.v1}} LIMIT 1"
`,
        'raw',
      ),
    ).toEqual(['definitions.py:4:27 src -> raw', 'definitions.py:8:33 src -> raw', 'definitions.py:9:29 src -> raw']);
  });
});

describe('features, labels, entities, training sets, providers and users', () => {
  test('an attribute, with every access to it', async () => {
    expect(await checkRename(workspace('attribute'), 'mean')).toEqual([
      'definitions.py:18:5 avg -> mean',
      'definitions.py:21:51 avg -> mean',
      'definitions.py:21:69 avg -> mean',
      'other.py:4:42 avg -> mean',
      'other.py:8:20 avg -> mean',
    ]);
  });

  test('a class keeps its capital', async () => {
    expect(await checkRename(workspace('className'), 'customer')).toEqual([
      'definitions.py:17:7 User -> Customer',
      'definitions.py:21:64 User -> Customer',
      'other.py:1:34 User -> Customer',
      'other.py:4:37 User -> Customer',
    ]);
    expect(await checkRename(workspace('className'), 'BigCustomer')).toEqual([
      'definitions.py:17:7 User -> BigCustomer',
      'definitions.py:21:64 User -> BigCustomer',
      'other.py:1:34 User -> BigCustomer',
      'other.py:4:37 User -> BigCustomer',
    ]);
  });

  test('a training set, with what a client asks for', async () => {
    expect(await checkRename(workspace('set'), 'training')).toEqual([
      'definitions.py:21:27 set -> training',
      'other.py:6:22 set -> training',
    ]);
  });

  test('a provider that is named by strings', async () => {
    expect(
      await checkRename(
        `import featureform as ff
redis = ff.register_redis(name="cac$0he", host="h", port=1)
spark = ff.get_spark("emr")
src = spark.register_file(name="src", variant="v1", file_path="s3://b/src.parquet")
@ff.entity
class User:
    avg = ff.Feature(src[["id", "amount"]], variant="v1", type=ff.Float32, inference_store="cache")
    sum_of = ff.Feature(src[["id", "amount"]], variant="v1", type=ff.Float32, inference_store=redis)
`,
        'online',
      ),
    ).toEqual(['definitions.py:2:33 cache -> online', 'definitions.py:7:93 cache -> online']);
  });

  test('a user, with what it owns', async () => {
    expect(
      await checkRename(
        `import featureform as ff
ff.register_user("da$0ta").make_default_owner()
spark = ff.get_spark("emr")
src = spark.register_file(name="src", variant="v1", file_path="s3://b/src.parquet", owner="data")
`,
        'team',
      ),
    ).toEqual(['definitions.py:2:19 data -> team', 'definitions.py:4:92 data -> team']);
  });

  test('names in dictionaries', async () => {
    expect(
      await checkRename(
        `import featureform as ff
spark = ff.get_spark("emr")
src = spark.register_file(name="src", variant="v1", file_path="s3://b/src.parquet")
person = ff.register_entity("person")
made = src.register_resources(entity="person", entity_column="id", inference_store=None,
    features=[{"name": "height", "variant": "v1", "column": "height", "type": "float32"}],
    labels=[{"name": "churned", "variant": "v1", "column": "churned", "type": "bool"}])
ff.register_training_set("set", "v1", label=("churned", "v1"), features=[{"name": "hei$0ght", "variant": "v1"}, {"feature": "height", "variant": "v1", "name": "lagged", "lag": 1}])
`,
        'size',
      ),
    ).toEqual(['definitions.py:6:25 height -> size', 'definitions.py:8:84 height -> size', 'definitions.py:8:124 height -> size']);
  });
});

describe('a variant', () => {
  test('of one name only', async () => {
    expect(await checkRename(workspace('templateVariant'), 'v7')).toEqual([
      'definitions.py:6:43 kaggle -> v7',
      'definitions.py:6:75 kaggle -> v7',
      'definitions.py:8:85 kaggle -> v7',
      'other.py:7:43 kaggle -> v7',
      'sources.py:3:66 kaggle -> v7',
    ]);
    expect(await checkRename(workspace('tupleVariant'), 'v7')).toEqual(['definitions.py:4:36 v1 -> v7', 'definitions.py:8:61 v1 -> v7']);
  });

  test('among ff.Variants, with what repeats it', async () => {
    expect(
      await checkRename(
        `import featureform as ff
src = ff.get_source("src", "v1")
@ff.entity
class User:
    age = ff.Variants({
        "v1": ff.Feature(src[["id", "age"]], variant="v1", type=ff.Int),
        "v2": ff.Feature(src[["id", "age"]], type=ff.Int64),
    })
ff.register_training_set("set", "v1", features=[("age", "v$01")], label=("fraud", "v1"))
`,
        'first',
      ),
    ).toEqual(['definitions.py:6:10 v1 -> first', 'definitions.py:6:55 v1 -> first', 'definitions.py:9:58 v1 -> first']);
  });

  test('one that is left out where it is meant is not', async () => {
    expect(
      await checkRename(
        `import featureform as ff
spark = ff.register_spark(name="emr", emr_cluster_id="j", bucket_path="b", emr_cluster_region="r", bucket_region="r", aws_access_key_id="", aws_secret_access_key="")
spark.register_parquet_file(name="src", variant="defa$0ult", file_path="s3://b/src.parquet")
@spark.sql_transformation()
def f():
    return "SELECT * FROM {{src}}"
`,
        'v1',
      ),
    ).toBe('the variant "default" of the source "src" cannot be renamed: it is left out at definitions.py:6, where it is meant');
  });
});

describe('the parameter that stands for an input', () => {
  const query = (rest: string): string => `import featureform as ff
spark = ff.get_spark("emr")
ONE = 1
@spark.sql_transformation(variant="v1", inputs=[("src", "v1"), ("other", "v1")])
def f(tx, o):
${rest}
`;

  test('is renamed with the templates that name it', async () => {
    expect(await checkRename(workspace('alias'), 'source')).toEqual([
      'definitions.py:13:14 tx -> source',
      'definitions.py:14:29 tx -> source',
    ]);
    expect(await checkRename(query('    return "SELECT * FROM {{ t$0x }} JOIN {{o}} ON {{tx}}.id = {{o}}.id"'), 'left')).toEqual([
      'definitions.py:5:7 tx -> left',
      'definitions.py:6:30 tx -> left',
      'definitions.py:6:52 tx -> left',
    ]);
  });

  test('is refused where it would mean something else', async () => {
    const body = '    return f"SELECT {ONE} FROM {{{{t$0x}}}} JOIN {{{{o}}}}"';
    expect(await checkRename(query(body), 'o')).toBe('the parameter "tx" cannot be renamed: "o" means something else in this function');
    expect(await checkRename(query(body), 'ONE')).toBe('the parameter "tx" cannot be renamed: "ONE" means something else in this function');
    expect(await checkRename(query(body), 'a b')).toBe('the parameter "tx" cannot be renamed: "a b" is no name of Python');
  });
});

test('an editor that shows annotations is told what a change is for and how much depends on it', async () => {
  const { service, cursor } = await openAtCursor(workspace('function'));
  const answer = service.rename(cursor.uri, cursor.position, 'mean', { annotated: true });
  const edit = answer?.kind === 'edit' ? answer.edit : undefined;
  expect(edit?.changes).toBeUndefined();
  expect(edit?.changeAnnotations).toEqual({
    name: { label: 'Rename source "average" to "mean"', description: '3 definitions depend on it', needsConfirmation: false },
    identifier: {
      label: 'Rename source "average" to "mean" (Python name)',
      description: 'Gives the resource its name; 3 definitions depend on it',
      needsConfirmation: false,
    },
  });
  expect(edit?.documentChanges?.map((change) => ('edits' in change ? change.edits : []))).toMatchObject([
    [{ annotationId: 'identifier' }, { annotationId: 'name' }, { annotationId: 'identifier' }, { annotationId: 'identifier' }],
    [{ annotationId: 'identifier' }, { annotationId: 'identifier' }, { annotationId: 'identifier' }],
  ]);
});
