import { expect, test } from 'vitest';
import { LineIndex } from '../../server/src/text/lineIndex';
import { uriOf } from '../support/memoryHost';
import { openFixture } from '../support/workspaceFixture';

const both = { variants: true, outputLocations: true };

/** The lines of `definitions.py` that have hints, with the hints in guillemets where an editor shows them. */
async function checkHints(text: string, options = both): Promise<readonly string[]> {
  const { service, texts } = await openFixture(text);
  const written = texts.get('definitions.py') ?? '';
  const lines = new LineIndex(written);
  const whole = { start: { line: 0, character: 0 }, end: lines.positionAt(written.length) };
  const hints = service.inlayHint(uriOf('definitions.py'), whole, options);
  const shown = new Map<number, string>();
  for (const { position, label, paddingLeft } of [...hints].reverse()) {
    const line = shown.get(position.line) ?? written.slice(lines.lineStart(position.line), lines.lineEnd(position.line));
    if (typeof label !== 'string') throw new Error('a label is a text');
    const marked = `${paddingLeft === true ? ' ' : ''}«${label}»`;
    shown.set(position.line, line.slice(0, position.character) + marked + line.slice(position.character));
  }
  return [...shown].sort(([a], [b]) => a - b).map(([line, marked]) => `${line + 1} ${marked}`);
}

const today = `import featureform as ff
store = ff.register_s3(name="s3", credentials=ff.AWSAssumeRoleCredentials(), bucket_region="us-east-1", bucket_name="lake")
spark = ff.register_spark(name="emr", executor=ff.EMRCredentials("j-1", "us-east-1", ff.AWSAssumeRoleCredentials()), filestore=store)
clicks = spark.register_file(name="clicks", file_path="s3://lake/clicks.parquet")

@spark.sql_transformation()
def a():
    return "SELECT * FROM {{clicks}} JOIN {{ clicks.v1 }}"

@spark.df_transformation(inputs=["clicks", ("clicks", ""), clicks], variant="v1")
def b(one, two, three):
    return one

@spark.sql_transformation(
    inputs=["clicks"],
)
def c(clicks):
    return "SELECT * FROM {{clicks}}"

@ff.entity
class User:
    views = ff.Feature(clicks[["id", "views"]], type=ff.Int)

ff.register_training_set("set", features=["views"], label=("fraud", "v1"))
`;

test('today a variant that is left out is that of the run', async () => {
  expect(await checkHints(today)).toEqual([
    '4 clicks = spark.register_file(name="clicks", file_path="s3://lake/clicks.parquet"«, variant=<current run>»)',
    '6 @spark.sql_transformation(«variant=<current run>») «→ s3://lake/featureform/…»',
    '8     return "SELECT * FROM {{clicks«.<current run>»}} JOIN {{ clicks.v1 }}"',
    '10 @spark.df_transformation(inputs=["clicks" «<current run>», ("clicks", "") «<current run>», clicks], variant="v1") «→ s3://lake/featureform/…»',
    '15     inputs=["clicks" «<current run>»]«, variant=<current run>»,',
    '16 ) «→ s3://lake/featureform/…»',
    '22     views = ff.Feature(clicks[["id", "views"]], type=ff.Int«, variant=<current run>»)',
    '24 ff.register_training_set("set", features=["views" «<current run>»], label=("fraud", "v1")«, variant=<current run>»)',
  ]);
});

test('a run that the file sets is known', async () => {
  expect(
    await checkHints(`import featureform as ff
spark = ff.get_spark("emr")
ff.set_run("june")
spark.register_file(name="src", file_path="s3://lake/src.parquet")
@spark.sql_transformation()
def a():
    return "SELECT * FROM {{src}}"
`),
  ).toEqual([
    '4 spark.register_file(name="src", file_path="s3://lake/src.parquet"«, variant="june"»)',
    '5 @spark.sql_transformation(«variant="june"»)',
    '7     return "SELECT * FROM {{src«.june»}}"',
  ]);
});

test('in the legacy era it is the word default', async () => {
  expect(
    await checkHints(`import featureform as ff
spark = ff.register_spark(name="emr", emr_cluster_id="j", bucket_path="lake", emr_cluster_region="r", bucket_region="r", aws_access_key_id="", aws_secret_access_key="")
spark.register_parquet_file(name="src", file_path="s3://lake/src.parquet")
@spark.sql_transformation()
def a():
    return "SELECT * FROM {{src}}"
`),
  ).toEqual([
    '3 spark.register_parquet_file(name="src", file_path="s3://lake/src.parquet"«, variant="default"»)',
    '4 @spark.sql_transformation(«variant="default"») «→ s3://lake/featureform/…»',
    '6     return "SELECT * FROM {{src«.default»}}"',
  ]);
});

test('each kind can be switched off, and only what is looked at is told', async () => {
  expect(await checkHints(today, { variants: false, outputLocations: true })).toHaveLength(3);
  expect(await checkHints(today, { variants: true, outputLocations: false })).toHaveLength(7);
  expect(await checkHints(today, { variants: false, outputLocations: false })).toEqual([]);
  const { service } = await openFixture(today);
  const line = { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } };
  expect(service.inlayHint(uriOf('definitions.py'), line, both).map(({ label }) => label)).toEqual([
    'variant=<current run>',
    '→ s3://lake/featureform/…',
  ]);
  expect(service.inlayHint(uriOf('definitions.py'), line, both).map(({ tooltip }) => tooltip)).toEqual([
    'Without a variant it is registered as the current run.',
    'Featureform writes the result of each run into a folder of its own in s3://lake/featureform/Transformation/a/<run>/',
  ]);
});
