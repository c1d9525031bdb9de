import { describe, expect, test } from 'vitest';
import { openFixture, placeText } from '../support/workspaceFixture';

/** `provider (place of its definition): where` of each file store. */
async function checkStores(text: string): Promise<readonly string[]> {
  const { service, texts } = await openFixture(text);
  return service.s3.stores().map(({ provider, place, database, uri, selection }) => {
    const path = uri.slice(uri.lastIndexOf('/') + 1);
    const where =
      place.kind === 'unknown' ? `unknown: ${place.reason}` : `bucket ${place.bucket}, path "${place.path}", region ${place.region ?? '-'}`;
    return `${provider} (${placeText(texts, path, selection)}): ${where}${database === undefined ? '' : `, tables in ${database}`}`;
  });
}

async function checkOutput(text: string, id: string): Promise<string> {
  const { service } = await openFixture(text);
  const answer = service.s3.outputOf({ id });
  if (answer === undefined) return 'undefined';
  return answer.kind === 'none' ? `none: ${answer.reason}` : `${answer.kind}: ${answer.location} in ${answer.region ?? '-'}`;
}

describe('file stores of Spark providers', () => {
  test('are those of register_s3, with bucket, folder and region', async () => {
    expect(
      await checkStores(`import featureform as ff
aws = ff.AWSAssumeRoleCredentials()
s3 = ff.register_s3(name="store", credentials=aws, bucket_region="eu-west-1", bucket_name="s3://lake", path="/teams/fraud/")
spark = ff.register_spark(name="emr", executor=executor, filestore=s3)
other = ff.register_spark(name="all", executor=executor, filestore=ff.register_s3(name="b", credentials=aws, bucket_region="us-east-1", bucket_name="warehouse"))
`),
    ).toEqual([
      'all (definitions.py:5:33 all): bucket warehouse, path "", region us-east-1',
      'emr (definitions.py:4:33 emr): bucket lake, path "teams/fraud", region eu-west-1',
    ]);
  });

  test('are those of the flat arguments of the legacy API', async () => {
    expect(
      await checkStores(`import featureform as ff
spark = ff.register_spark(
    name="spark-emr",
    emr_cluster_id="j-1",
    bucket_path="my-bucket",
    emr_cluster_region="us-east-1",
    bucket_region="us-east-2",
    aws_access_key_id="",
    aws_secret_access_key="",
)
`),
    ).toEqual(['spark-emr (definitions.py:3:11 spark-emr): bucket my-bucket, path "", region us-east-2']);
  });

  test('are those of the legacy register_s3, whose bucket was called a path', async () => {
    expect(
      await checkStores(`import featureform as ff
aws = ff.AWSCredentials(aws_access_key_id="", aws_secret_access_key="")
s3 = ff.register_s3(name="store", credentials=aws, bucket_path="lake", bucket_region="us-east-1")
spark = ff.register_spark(name="emr", executor=executor, filestore=s3)
`),
    ).toEqual(['emr (definitions.py:4:33 emr): bucket lake, path "", region us-east-1']);
  });

  test('follow constants through other files, and stores fetched by name to where they are registered', async () => {
    expect(
      await checkStores(`import featureform as ff
from stores import BUCKET, TEAM
ff.register_spark(name="a", executor=e, filestore=ff.register_s3(name="s", credentials=c, bucket_region="r-1", bucket_name=BUCKET, path=f"{TEAM}/ff"))
ff.register_spark(name="b", executor=e, filestore=ff.get_s3("shared"))
--- stores.py
import featureform as ff
BUCKET = "lake"
TEAM = "fraud"
ff.register_s3(name="shared", credentials=c, bucket_region="r-2", bucket_name="common")
`),
    ).toEqual([
      'a (definitions.py:3:25 a): bucket lake, path "fraud/ff", region r-1',
      'b (definitions.py:4:25 b): bucket common, path "", region r-2',
    ]);
  });

  test('say why they are not known', async () => {
    expect(
      await checkStores(`import featureform as ff
import os
ff.register_spark(name="a", executor=e, filestore=ff.register_s3(name="s", credentials=c, bucket_region="r", bucket_name=os.environ["B"]))
ff.register_spark(name="b", executor=e, filestore=ff.register_s3(name="s", credentials=c, bucket_region="r", bucket_name="b", path=os.environ["P"]))
ff.register_spark(name="c", executor=e, filestore=ff.get_s3("elsewhere"))
ff.register_spark(name="d", executor=e, filestore=make_store())
ff.register_spark(name="e", executor=e)
ff.register_spark(name="f", executor=e, filestore=ff.register_s3(name="s", credentials=c, bucket_region="r"))
ff.register_spark(name="g", executor=e, filestore=ff.register_s3(name="s", credentials=c, bucket_region="r", bucket_name="s3://"))
ff.register_spark(name="h", bucket_path=os.environ["B"], emr_cluster_id="j-1")
ff.register_spark(name="i", executor=e, **options)
`),
    ).toEqual([
      'a (definitions.py:3:25 a): unknown: "bucket_name" is known only at run time',
      'b (definitions.py:4:25 b): unknown: "path" is known only at run time',
      'c (definitions.py:5:25 c): unknown: the file store "elsewhere" is not registered in this workspace',
      'd (definitions.py:6:25 d): unknown: the file store is known only at run time',
      'e (definitions.py:7:25 e): unknown: "register_spark" is given no "filestore"',
      'f (definitions.py:8:25 f): unknown: "register_s3" is given no "bucket_name"',
      'g (definitions.py:9:25 g): unknown: "bucket_name" is empty',
      'h (definitions.py:10:25 h): unknown: "bucket_path" is known only at run time',
      'i (definitions.py:11:25 i): unknown: "filestore" is known only at run time',
    ]);
  });

  test('have no region where that is not a constant', async () => {
    expect(
      await checkStores(`import featureform as ff
import os
s3 = ff.register_s3(name="s", credentials=c, bucket_region=os.environ["AWS_REGION"], bucket_name="lake")
ff.register_spark(name="a", executor=e, filestore=s3)
`),
    ).toEqual(['a (definitions.py:4:25 a): bucket lake, path "", region -']);
  });

  test('leave out what is in no S3', async () => {
    expect(
      await checkStores(`import featureform as ff
ff.register_spark(name="a", executor=e, filestore=ff.register_hdfs(name="h", host="n", port="9000"))
ff.register_spark(name="b", executor=e, filestore=ff.register_gcs(name="g", credentials=c, bucket_name="b", root_path="p"))
ff.register_snowflake(name="c", username="u", password="p", account="a", organization="o", database="d", schema="s")
`),
    ).toEqual([]);
  });

  test('tell the database of the catalogue, in which transformations are tables', async () => {
    expect(
      await checkStores(`import featureform as ff
s3 = ff.register_s3(name="s", credentials=c, bucket_region="us-east-1", bucket_name="lake")
glue = ff.GlueCatalog(region="us-east-1", database="features", warehouse="s3://lake/w")
ff.register_spark(name="a", executor=e, filestore=s3, catalog=glue)
`),
    ).toEqual(['a (definitions.py:4:25 a): bucket lake, path "", region us-east-1, tables in features']);
  });
});

const store = `import featureform as ff
s3 = ff.register_s3(name="store", credentials=aws, bucket_region="eu-west-1", bucket_name="lake", path="fraud")
spark = ff.register_spark(name="emr", executor=executor, filestore=s3)
raw = spark.register_file(name="raw", variant="v1", file_path="s3a://lake/raw/t.csv")

@spark.sql_transformation(name="daily", variant="v1")
def daily():
    return "SELECT * FROM {{raw.v1}}"

@spark.df_transformation(name="moment", inputs=[("raw", "v1")])
def moment(raw):
    return raw

@ff.entity
class User:
    amount = ff.Feature(daily[["id", "amount"]], variant="v1", type=ff.Float32)
    fraud = ff.Label(daily[["id", "fraud"]], variant="v1", type=ff.Bool)

ff.register_training_set("fraud", "v1", label=("fraud", "v1"), features=[("amount", "v1")])
`;

describe('outputs', () => {
  test('of transformations, features and training sets are folders of dated runs', async () => {
    expect(await checkOutput(store, 'daily.v1')).toBe('runs: s3://lake/fraud/featureform/Transformation/daily/v1/ in eu-west-1');
    expect(await checkOutput(store, 'feature:amount.v1')).toBe('runs: s3://lake/fraud/featureform/Materialization/amount/v1/ in eu-west-1');
    expect(await checkOutput(store, 'training-set:fraud.v1')).toBe('runs: s3://lake/fraud/featureform/TrainingSet/fraud/v1/ in eu-west-1');
  });

  test('of a variant of the moment are found below the name, by the key as well', async () => {
    const answer = 'variants: s3://lake/fraud/featureform/Transformation/moment/ in eu-west-1';
    expect(await checkOutput(store, 'moment')).toBe(answer);
    expect(await checkOutput(store, 'source:moment.${run}')).toBe(answer);
  });

  test('that nothing wrote have the variant "default" in the legacy era', async () => {
    expect(
      await checkOutput(
        `import featureform as ff
spark = ff.register_spark(name="emr", emr_cluster_id="j-1", bucket_path="lake", bucket_region="us-east-1")
@spark.sql_transformation()
def daily():
    return "SELECT * FROM {{raw.v1}}"
`,
        'daily.default',
      ),
    ).toBe('runs: s3://lake/featureform/Transformation/daily/default/ in us-east-1');
  });

  test('of primary data are the data itself, in the region of the provider where it has the same bucket', async () => {
    expect(await checkOutput(store, 'raw.v1')).toBe('data: s3://lake/raw/t.csv in eu-west-1');
    const foreign = `${store}spark.register_file(name="foreign", variant="v1", file_path="s3://public/t.parquet")\n`;
    expect(await checkOutput(foreign, 'foreign.v1')).toBe('data: s3://public/t.parquet in -');
  });

  test('are told to be missing with the reason', async () => {
    const glue = store.replace('filestore=s3)', 'filestore=s3, catalog=ff.GlueCatalog(region="r", database="fea-tures", warehouse="w"))');
    expect(await checkOutput(glue, 'daily.v1')).toBe(
      'none: its output is the table "fea_tures.transformation__daily__v1" of the Glue Data Catalog',
    );
    expect(await checkOutput(glue, 'feature:amount.v1')).toContain('runs: s3://lake/fraud/featureform/Materialization/amount/v1/');
    expect(await checkOutput(store, 'label:fraud.v1')).toBe('none: Featureform writes no output of a label');
    expect(await checkOutput(store.replace('bucket_name="lake"', 'bucket_name=B'), 'daily.v1')).toBe(
      'none: "bucket_name" is known only at run time',
    );
    expect(
      await checkOutput(store.replace('ff.register_spark(name="emr", executor=executor, filestore=s3)', 'ff.get_spark("emr")'), 'daily.v1'),
    ).toBe('none: the provider "emr" is not defined in this workspace');
    expect(await checkOutput(store.replace('s3a://lake/raw/t.csv', 'raw/t.csv'), 'raw.v1')).toBe(
      'none: its location "raw/t.csv" is not in S3',
    );
    expect(await checkOutput(store.replace('filestore=s3', 'filestore=ff.register_hdfs(name="h", host="n", port="1")'), 'daily.v1')).toBe(
      'none: the files of "emr" are not in S3',
    );
    expect(await checkOutput(store, 'nobody.v1')).toBe('undefined');
  });
});
