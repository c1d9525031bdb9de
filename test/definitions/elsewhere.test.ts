// What comes from beyond the workspace, and the run of the moment: never known, and never in the way.

import { beforeAll, describe, expect, it } from 'vitest';
import type { PythonParser } from '../../server/src/python/parser';
import { drawn, readText } from '../support/definitions';
import { parserForTests } from '../support/python';

let parser: PythonParser;
beforeAll(async () => {
  parser = await parserForTests();
});

describe('objects imported from beyond the workspace', () => {
  it('are providers where their names or the file say so', () => {
    const file = readText(
      parser,
      `from company.platform import spark, emr_provider
import company.platform as platform
a = spark.register_file(name="a", variant="v1", file_path="s3://bucket/a.csv")
@platform.offline.df_transformation(variant="v1", inputs=[a])
def b(df):
    return df
@emr_provider.sql_transformation(variant="v1")
def c():
    return "SELECT * FROM {{b.v1}}"
`,
    );
    expect(drawn(file)).toEqual([
      'source:a.v1 (file)',
      'source:b.v1 (dataframe-transformation) <- source:a.v1',
      'source:c.v1 (sql-transformation) <- source:b.v1',
    ]);
    expect(file.isDefinitionFile).toBe(true);
  });

  it('are providers under any name in a file that uses Featureform', () => {
    const file = readText(
      parser,
      `import featureform as ff
from company.platform import lake
@lake.sql_transformation(variant="v1")
def c():
    return "SELECT * FROM {{b.v1}}"
`,
    );
    expect(drawn(file)).toEqual(['source:c.v1 (sql-transformation) <- source:b.v1']);
  });

  it('are sources where columns are registered', () => {
    const file = readText(
      parser,
      `from company.sources import raw
raw.register_resources(entity="user", entity_column="id", features=[{"name": "f", "variant": "v1", "column": "c", "type": "int"}])
`,
    );
    expect(drawn(file)).toEqual(['feature:f.v1 (feature) <- entity:user']);
  });

  it.each([
    'from airflow.decorators import task',
    'from prefect import spark as task',
    'from company.tools import task',
    'import company.tools as task',
  ])('are none of Featureform otherwise: %s', (statement) => {
    const file = readText(parser, `${statement}\n@task.df_transformation(inputs=["a"])\ndef f(df):\n    return 3\n`);
    expect(file.isDefinitionFile).toBe(false);
    expect(file.registrations).toEqual([]);
  });
});

describe('the run of the moment', () => {
  it('is the variant that nothing wrote', () => {
    const file = readText(
      parser,
      `import featureform as ff
spark = ff.Client().get_spark("emr")
run = ff.get_run()
a = spark.register_file(name="a", file_path="s3://bucket/a.csv")
b = spark.register_file(name="b", variant=run, file_path="s3://bucket/b.csv")
@spark.df_transformation(inputs=[("a", run), ("b", ff.get_run())])
def c(a, b):
    return a.join(b, "id")
`,
    );
    expect(drawn(file)).toEqual([
      'source:a.${run} (file)',
      'source:b.${run} (file)',
      'source:c.${run} (dataframe-transformation) <- source:a.${run}, source:b.${run}',
    ]);
  });

  it('is what the file chose', () => {
    const file = readText(
      parser,
      `import featureform as ff
spark = ff.Client().get_spark("emr")
ff.set_run("today")
@spark.sql_transformation()
def c():
    return "SELECT * FROM {{a.%s}}" % ff.get_run()
`,
    );
    expect(drawn(file)).toEqual(['source:c.today (sql-transformation) <- source:a.today']);
  });
});
