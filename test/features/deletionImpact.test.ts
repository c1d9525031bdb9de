import { expect, test } from 'vitest';
import { uriOf, workspaceRoot } from '../support/memoryHost';
import { openFixture } from '../support/workspaceFixture';

async function checkDeletion(...paths: readonly string[]): Promise<string | undefined> {
  const { service } = await openFixture(`from team.sources import spark

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{src.v1}}"

@spark.df_transformation(variant="v1", inputs=[("average", "v1"), ("other", "v1"), ("third", "v1")])
def rounded(df, other, third):
    return df
--- team/sources.py
import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="src", variant="v1", file_path="s3://b/t.parquet")
--- team/others.py
from sources import spark
spark.register_file(name="other", variant="v1", file_path="s3://b/o.parquet")
spark.register_file(name="unused", variant="v1", file_path="s3://b/u.parquet")
--- team/third.py
from sources import spark
spark.register_file(name="third", variant="v1", file_path="s3://b/v.parquet")
--- again.py
from team.sources import spark
spark.register_file(name="third", variant="v1", file_path="s3://b/v.parquet")
`);
  return service.deletionWarning(paths.map((path) => (path === '' ? workspaceRoot : uriOf(path))));
}

test('deleting a file warns with the number of those elsewhere that depend on it', async () => {
  expect(await checkDeletion('team/sources.py')).toBe('2 definitions depend on "src.v1".');
  expect(await checkDeletion('team/others.py')).toBe('1 definition depends on "other.v1".');
});

test('a folder is all that is in it', async () => {
  expect(await checkDeletion('team')).toBe('2 definitions depend on "other.v1" and on "src.v1".');
  expect(await checkDeletion('team', 'again.py')).toBe('2 definitions depend on "third.v1" and on 2 more that are deleted.');
});

test('what is defined elsewhere too, or goes with its dependents, is no loss', async () => {
  expect(await checkDeletion('team/third.py')).toBeUndefined();
  expect(await checkDeletion('')).toBeUndefined();
  expect(await checkDeletion('definitions.py')).toBeUndefined();
});
