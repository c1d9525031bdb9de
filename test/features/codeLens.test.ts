import { expect, test } from 'vitest';
import { uriOf } from '../support/memoryHost';
import { openFixture } from '../support/workspaceFixture';

/** `line title command(arguments)` of every lens, resolved. */
async function checkLenses(text: string): Promise<readonly string[]> {
  const { service } = await openFixture(text);
  return service.codeLens(uriOf('definitions.py')).map((lens) => {
    const { command } = service.codeLensResolve(lens);
    return `${lens.range.start.line + 1} ${command?.title ?? '?'} ${command?.command ?? '?'}(${JSON.stringify(command?.arguments?.[0])})`;
  });
}

test('definitions can be run and previewed, and tell how much depends on them', async () => {
  expect(
    await checkLenses(`import featureform as ff
import os
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
src = spark.register_file(name="src", variant="v1", file_path="s3://b/t.csv")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v1}}"

@spark.df_transformation(inputs=[("average", "v1")])
def rounded(df):
    return df

@spark.sql_transformation(variant=os.environ["VARIANT"])
def unknowable():
    return "SELECT * FROM {{src.v1}}"

@ff.entity
class User:
    avg = ff.Feature(average[["id", "amount"]], variant="v1", type=ff.Float32)
    fraud = ff.Label(src[["id", "fraud"]], variant="v1", type=ff.Bool)

ff.register_training_set("set", "v1", features=[("avg", "v1")], label=("fraud", "v1"))
`),
  ).toMatchInlineSnapshot(`
    [
      "4 Preview sparkform.preview("src.v1")",
      "4 6 downstream sparkform.showDependents("src.v1")",
      "7 Run sparkform.run("average.v1")",
      "7 Preview sparkform.preview("average.v1")",
      "7 3 downstream sparkform.showDependents("average.v1")",
      "11 Run sparkform.run("rounded")",
      "11 Preview sparkform.preview("rounded")",
      "19 3 downstream sparkform.showDependents("entity:user")",
      "20 1 downstream sparkform.showDependents("feature:avg.v1")",
      "21 1 downstream sparkform.showDependents("label:fraud.v1")",
    ]
  `);
});

test('a lens that somebody else made is left as it is', async () => {
  const { service } = await openFixture('');
  const lens = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, data: { other: true } };
  expect(service.codeLensResolve(lens)).toBe(lens);
});
