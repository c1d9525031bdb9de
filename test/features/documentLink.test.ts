import { expect, test } from 'vitest';
import { pathOf, uriOf, workspaceRoot } from '../support/memoryHost';
import { openFixture, placeText } from '../support/workspaceFixture';

/** `path:line:column text -> target (tooltip)` of every link of `definitions.py`; `present` are files besides the definitions. */
async function checkLinks(text: string, present: readonly string[] = []): Promise<readonly string[]> {
  const { service, host, texts } = await openFixture(text);
  for (const path of present) host.write(uriOf(path), '');
  const links = await service.documentLink(uriOf('definitions.py'));
  return links.map(({ range, target = '', tooltip }) => {
    const path = target.startsWith(`${workspaceRoot}/`) ? pathOf(target) : target;
    return `${placeText(texts, 'definitions.py', range)} -> ${path} (${tooltip ?? ''})`;
  });
}

test('a remote location leads to the local copy, where the project has one', async () => {
  expect(
    await checkLinks(`import featureform as ff
spark = ff.get_spark("emr")
BASE = "s3://lake"
spark.register_file(name="a", variant="v1", file_path="s3://lake/raw/t.csv")
spark.register_file(name="b", variant="v1", file_path="s3a://lake/raw/u.parquet")
spark.register_file(name="c", variant="v1", file_path="s3://other/t.csv")
spark.register_file(name="d", variant="v1", file_path="s3://lake/raw/folder")
spark.register_file(name="e", variant="v1", file_path=f"{BASE}/raw/t.csv")
--- sparkform.json
{"locations": {"s3://lake/raw/": "data", "s3://lake/": "/mnt/lake"}}
`),
  ).toEqual([
    'definitions.py:4:56 s3://lake/raw/t.csv -> data/t.csv (Open the local copy of s3://lake/raw/t.csv)',
    'definitions.py:5:56 s3a://lake/raw/u.parquet -> data/u.parquet (Open the local copy of s3a://lake/raw/u.parquet)',
  ]);
});

test('a location that is not mapped has no target', async () => {
  expect(
    await checkLinks(`import featureform as ff
ff.get_spark("emr").register_file(name="a", variant="v1", file_path="s3://lake/raw/t.csv")
`),
  ).toEqual([]);
});

test('imports lead to the files of the workspace', async () => {
  expect(
    await checkLinks(`import featureform as ff
import os, sources
from team.shared import thing
from . import sources as again
from pyspark.sql import functions
--- sources.py
x = 1
--- team/shared.py
thing = 1
`),
  ).toEqual([
    'definitions.py:2:12 sources -> sources.py (Open sources.py)',
    'definitions.py:3:6 team.shared -> team/shared.py (Open team/shared.py)',
  ]);
});

test('files that are read lead there, if they are there', async () => {
  const text = `import featureform as ff
from pathlib import Path
import pathlib
key = open("keys/key.txt").read()
gone = open("gone.txt").read()
query = Path("query.sql").read_text()
other = pathlib.Path("query.sql").read_text()
beside = (Path(__file__).parent / "query.sql").read_text()
share = 1 / "query.sql"
name = print("query.sql")
`;
  expect(await checkLinks(text, ['keys/key.txt', 'query.sql'])).toEqual([
    'definitions.py:4:13 keys/key.txt -> keys/key.txt (Open keys/key.txt)',
    'definitions.py:6:15 query.sql -> query.sql (Open query.sql)',
    'definitions.py:7:23 query.sql -> query.sql (Open query.sql)',
    'definitions.py:8:36 query.sql -> query.sql (Open query.sql)',
  ]);
  expect(await checkLinks(text.replace('import featureform as ff', ''), ['query.sql'])).toEqual([]);
});
