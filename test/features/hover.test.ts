import { expect, test } from 'vitest';
import { MarkupContent } from 'vscode-languageserver-types';
import { openAtCursor, placeText } from '../support/workspaceFixture';

/** What hover says at `$0`: the text it marks, then its Markdown. */
async function checkHover(marked: string): Promise<string | undefined> {
  const { service, cursor, texts } = await openAtCursor(marked);
  const hover = service.hover(cursor.uri, cursor.position);
  if (hover === undefined) return undefined;
  if (!MarkupContent.is(hover.contents) || hover.range === undefined) throw new Error('hover is Markdown with a range');
  return `${placeText(texts, cursor.path, hover.range)}\n---\n${hover.contents.value}`;
}

test('a template tells what its source is, where it lies and who reads it', async () => {
  expect(
    await checkHover(`import featureform as ff
store = ff.register_s3(name="s3", credentials=ff.AWSAssumeRoleCredentials(), bucket_region="us-east-1", bucket_name="lake", path="ff/")
spark = ff.register_spark(name="emr", executor=ff.EMRCredentials("j-1", "us-east-1", ff.AWSAssumeRoleCredentials()), filestore=store)
transactions = spark.register_file(name="transactions", variant="kaggle", file_path="s3://lake/transactions.csv", description="Card payments.")

@spark.sql_transformation(variant="v1")
def average():
    """Average amount by customer."""
    return "SELECT * FROM {{transac$0tions.kaggle}}"
`),
  ).toMatchInlineSnapshot(`
    "definitions.py:9:27 {{transactions.kaggle}}
    ---
    **\`transactions.kaggle\`** · file

    Card payments.

    - Provider: \`emr\`
    - Location: \`s3://lake/transactions.csv\`
    - Used by: 1 definition
    - Defined in: [definitions.py:4](file:///workspace/definitions.py#L4)"
  `);
});

test('the function name of a transformation tells its inputs and where Featureform writes', async () => {
  expect(
    await checkHover(`import featureform as ff
store = ff.register_s3(name="s3", credentials=ff.AWSAssumeRoleCredentials(), bucket_region="us-east-1", bucket_name="lake", path="ff/")
spark = ff.register_spark(name="emr", executor=ff.EMRCredentials("j-1", "us-east-1", ff.AWSAssumeRoleCredentials()), filestore=store)
transactions = spark.register_file(name="transactions", variant="kaggle", file_path="s3://lake/transactions.csv")

@spark.sql_transformation(variant="v1")
def aver$0age():
    """Average amount by customer.

    Without reversals.
    """
    return "SELECT * FROM {{transactions.kaggle}} a JOIN {{rates.v2}} b"

@spark.df_transformation(variant="v1", inputs=[("average", "v1")])
def rounded(df):
    return df
`),
  ).toMatchInlineSnapshot(`
    "definitions.py:7:5 average
    ---
    **\`average.v1\`** · SQL transformation

    Average amount by customer.

    Without reversals.

    - Provider: \`emr\`
    - Inputs: \`transactions.kaggle\`, \`rates.v2\`
    - Writes to: \`s3://lake/ff/featureform/Transformation/average/v1/\`
    - Used by: 1 definition
    - Defined in: [definitions.py:7](file:///workspace/definitions.py#L7)"
  `);
});

test('the flat registration of the legacy era knows its bucket too', async () => {
  expect(
    await checkHover(`import featureform as ff
spark = ff.register_spark(name="emr", emr_cluster_id="j-1", bucket_path="lake", emr_cluster_region="us-east-1", bucket_region="us-east-1", aws_access_key_id="", aws_secret_access_key="")

@spark.sql_transformation()
def average():
    return "SELECT * FROM {{average$0.default}}"
`),
  ).toMatchInlineSnapshot(`
    "definitions.py:6:27 {{average.default}}
    ---
    **\`average.default\`** · SQL transformation

    - Provider: \`emr\`
    - Inputs: \`average.default\`
    - Writes to: \`s3://lake/featureform/Transformation/average/default/\`
    - Defined in: [definitions.py:5](file:///workspace/definitions.py#L5)"
  `);
});

test('an alias names the input it stands for', async () => {
  expect(
    await checkHover(`import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="transactions", variant="v1", file_path="s3://b/t.parquet")

@spark.sql_transformation(variant="v1", inputs=[("transactions", "v1")])
def average(tx):
    return "SELECT * FROM {{ t$0x }}"
`),
  ).toMatchInlineSnapshot(`
    "definitions.py:7:27 {{ tx }}
    ---
    \`tx\` stands for

    **\`transactions.v1\`** · file

    - Provider: \`emr\`
    - Location: \`s3://b/t.parquet\`
    - Used by: 1 definition
    - Defined in: [definitions.py:3](file:///workspace/definitions.py#L3)"
  `);
});

test('a tuple of inputs, a string of a training set and a variable all lead to their resource', async () => {
  const definitions = (feature: string, input: string, variable: string): string => `import featureform as ff
spark = ff.get_spark("emr")
src = spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")

@spark.df_transformation(variant="v1", inputs=[("s${input}rc", "v1")])
def average(df):
    return df

@ff.entity
class User:
    avg = ff.Feature(s${variable}rc[["id", "amount", "ts"]], variant="v1", type=ff.Float32)
    fraud = ff.Label(src[["id", "fraud"]], variant="v1", type=ff.Bool)

ff.register_training_set("set", "v1", features=[("a${feature}vg", "v1")], label=("fraud", "v1"))
`;
  expect((await checkHover(definitions('$0', '', '')))?.split('\n').slice(0, 3)).toEqual([
    'definitions.py:14:49 ("avg", "v1")',
    '---',
    '**`avg.v1`** · feature',
  ]);
  expect((await checkHover(definitions('', '$0', '')))?.split('\n').slice(0, 3)).toEqual([
    'definitions.py:5:48 ("src", "v1")',
    '---',
    '**`src.v1`** · file',
  ]);
  expect((await checkHover(definitions('', '', '$0')))?.split('\n').slice(0, 3)).toEqual([
    'definitions.py:11:22 src',
    '---',
    '**`src.v1`** · file',
  ]);
});

test('a feature tells its entity, type, columns and source', async () => {
  expect(
    await checkHover(`import featureform as ff
spark = ff.get_spark("emr")
src = spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")

@ff.entity
class User:
    av$0g = ff.Feature(src[["id", "amount", "ts"]], variant="v1", type=ff.Float32, description="Average amount.")
`),
  ).toMatchInlineSnapshot(`
    "definitions.py:7:5 avg
    ---
    **\`avg.v1\`** · feature

    Average amount.

    - Entity: \`user\`
    - Type: \`float32\`
    - Columns: \`id\` (entity), \`amount\` (value), \`ts\` (timestamp)
    - Inputs: \`src.v1\`
    - Defined in: [definitions.py:7](file:///workspace/definitions.py#L7)"
  `);
});

test('a source that nothing defines is said to be missing, with the variants of its name', async () => {
  expect(
    await checkHover(`import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="rates", variant="v1", file_path="s3://b/t.parquet")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{rates.v$02}}"
`),
  ).toMatchInlineSnapshot(`
    "definitions.py:7:27 {{rates.v2}}
    ---
    **\`rates.v2\`** · source

    Nothing in this workspace defines it.

    The name exists as \`rates.v1\`."
  `);
});

test('a keyword tells what the registration takes there', async () => {
  expect(
    await checkHover(`import featureform as ff
store = ff.register_s3(name="s3", credentials=ff.AWSAssumeRoleCredentials(), bucket_re$0gion="us-east-1", bucket_name="lake")
`),
  ).toMatchInlineSnapshot(`
    "definitions.py:2:78 bucket_region
    ---
    **\`bucket_region: str\`** · argument of \`register_s3\`

    The AWS region of the bucket."
  `);
});

test('a callable of Featureform tells what it does and what it needs', async () => {
  expect(
    await checkHover(`import featureform as ff
store = ff.register$0_s3(name="s3", credentials=ff.AWSAssumeRoleCredentials(), bucket_region="us-east-1", bucket_name="lake")
`),
  ).toMatchInlineSnapshot(`
    "definitions.py:2:12 register_s3
    ---
    **\`register_s3\`** · Featureform

    Registers an S3 bucket as the file store of a Spark or Kubernetes provider.

    Required: \`name\`, \`credentials\`, \`bucket_region\`, \`bucket_name\`."
  `);
});

test('a template behind an emoji and in a file with Windows line ends is marked exactly', async () => {
  const text = `import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT '😀' FROM {{sr$0c.v1}}"
`.replaceAll('\n', '\r\n');
  expect((await checkHover(text))?.split('\n')[0]).toBe('definitions.py:7:30 {{src.v1}}');
});

test('plain Python is left to others', async () => {
  expect(await checkHover('import featureform as ff\nna$0me = "x"\n')).toBeUndefined();
});
