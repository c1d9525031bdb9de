import { expect, test } from 'vitest';
import { openFixture } from '../support/workspaceFixture';

test('lists every resource in type, name and variant order, with its problems', async () => {
  const { service } = await openFixture(`import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
src = spark.register_file(name="src", variant="v2", file_path="s3://b/t.csv", description="As delivered.")
spark.register_file(name="src", variant="v1", file_path="s3://b/t.csv")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v1}} JOIN {{missing.v1}} -- {{src.v2}}"

@spark.sql_transformation()
def running():
    return "SELECT * FROM {{average.v1}}"

@ff.entity
class User:
    avg = ff.Feature(src[["id", "amount"]], variant="v1", type=ff.Float32)
`);
  const { era, resources } = service.resources();
  expect(era).toBe('current');
  expect(
    resources.map(({ key, id, kind, provider, runnable, errors, warnings, inputs }) =>
      [key, id, kind, provider ?? '-', runnable ? 'runs' : '-', `${errors}/${warnings}`, inputs.join(' ')].join(' | '),
    ),
  ).toMatchInlineSnapshot(`
    [
      "provider:emr | emr | spark | - | - | 0/0 | ",
      "source:average.v1 | average.v1 | sql-transformation | emr | runs | 1/1 | src.v1 missing.v1 src.v2",
      "source:running.\${run} | running | sql-transformation | emr | runs | 0/0 | average.v1",
      "source:src.v1 | src.v1 | file | emr | - | 0/0 | ",
      "source:src.v2 | src.v2 | file | emr | - | 0/0 | ",
      "entity:user | user | entity | - | - | 0/0 | ",
      "feature:avg.v1 | avg.v1 | feature | - | - | 0/0 | src.v2 user",
    ]
  `);
  expect(resources.find(({ id }) => id === 'src.v2')).toMatchObject({
    description: 'As delivered.',
    variant: 'v2',
    selection: { start: { line: 2, character: 32 }, end: { line: 2, character: 35 } },
  });
  expect(resources.find(({ id }) => id === 'running')?.variant).toBeUndefined();
});
