import { describe, expect, test } from 'vitest';
import type { RunPlanParams } from '../../shared/protocol/requests';
import type { PlanRefusal, RunPlan } from '../../shared/run/plan';
import { pathOf } from '../support/memoryHost';
import { openFixture, placeText } from '../support/workspaceFixture';

interface Answer {
  readonly plan: RunPlan | undefined;
  /** `path:line:character text: message` of each reason. */
  readonly reasons: readonly string[];
}

async function checkPlan(text: string, id: string, params: Partial<RunPlanParams> = {}): Promise<Answer> {
  const { service, texts } = await openFixture(text);
  const answer = service.runPlan({ id, engine: 'local', upstream: true, ...params });
  const place = ({ uri, range }: PlanRefusal): string =>
    uri === undefined || range === undefined ? '' : `${placeText(texts, pathOf(uri), range)}: `;
  return answer.kind === 'plan'
    ? { plan: answer.plan, reasons: [] }
    : { plan: undefined, reasons: answer.reasons.map((reason) => place(reason) + reason.message) };
}

async function checkRefused(text: string, id: string, params: Partial<RunPlanParams> = {}): Promise<readonly string[]> {
  const { plan, reasons } = await checkPlan(text, id, params);
  expect(plan).toBeUndefined();
  return reasons;
}

async function checkPlanned(text: string, id: string, params: Partial<RunPlanParams> = {}): Promise<RunPlan> {
  const { plan, reasons } = await checkPlan(text, id, params);
  expect(reasons).toEqual([]);
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

const prelude = `import featureform as ff
store = ff.register_s3(name="s3", credentials=ff.AWSAssumeRoleCredentials(), bucket_region="us-east-1", bucket_name="lake", path="ff")
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
`;

const chain = `${prelude}
spark.register_file(name="flights", variant="2024", file_path="s3a://lake/raw/flights.parquet")
airports = spark.register_file(name="airports", variant="v1", file_path="s3://lake/raw/airports.csv")

@spark.sql_transformation(variant="v1")
def delays():
    return "SELECT * FROM {{flights.2024}} f WHERE f.updated > FF_LAST_RUN_TIMESTAMP"

class Jobs:
    @spark.df_transformation(variant="v1", inputs=[("delays", "v1"), airports])
    def joined(delays, airports):
        """Delays with names."""
        return delays.join(airports, "code")

@spark.sql_transformation(variant="v1", inputs=[("joined", "v1")])
def worst(j):
    return (
        "SELECT {{ j }}.name, avg(delay) AS delay "
        'FROM {{ j }} JOIN <<airports.v1>> a ON a.code = {{joined.v1}}.code'
    )
--- sparkform.json
{"locations": {"s3://lake/": "./nothing/", "s3://lake/raw/": "./data"}}
`;

describe('a chain of SQL, DataFrame and SQL', () => {
  test('runs upstream first, each source as a view of its own', async () => {
    const plan = await checkPlanned(chain, 'worst.v1');
    expect(plan).toMatchObject({ version: 1, engine: 'local', target: 'worst.v1' });
    expect(plan.steps.map(({ kind, id, view, inputs }) => [kind, id, view, inputs])).toEqual([
      ['sql', 'delays.v1', 'source_1', ['flights.2024']],
      ['dataframe', 'joined.v1', 'source_3', ['delays.v1', 'airports.v1']],
      ['sql', 'worst.v1', 'source_4', ['joined.v1', 'airports.v1']],
    ]);
    expect(plan.inputs).toMatchObject([
      {
        id: 'flights.2024',
        view: 'source_0',
        format: 'parquet',
        location: 's3a://lake/raw/flights.parquet',
        localPath: '/workspace/data/flights.parquet',
      },
      {
        id: 'airports.v1',
        view: 'source_2',
        format: 'csv',
        location: 's3://lake/raw/airports.csv',
        localPath: '/workspace/data/airports.csv',
      },
    ]);
  });

  test('replaces templates, aliases and the time of the last run', async () => {
    const { steps } = await checkPlanned(chain, 'worst.v1');
    expect(steps.map((step) => (step.kind === 'sql' ? step.sql : step.source))).toEqual([
      'SELECT * FROM source_0 f WHERE f.updated > TO_TIMESTAMP(0)',
      '    def joined(delays, airports):\n        """Delays with names."""\n        return delays.join(airports, "code")',
      'SELECT source_3.name, avg(delay) AS delay FROM source_3 JOIN source_2 a ON a.code = source_3.code',
    ]);
  });

  test('names function, file and line of a DataFrame step as Python will', async () => {
    const [, joined] = (await checkPlanned(chain, 'worst.v1')).steps;
    expect(joined).toMatchObject({
      functionName: 'joined',
      firstLine: 14,
      fileName: '/workspace/definitions.py',
      name: 'joined',
      variant: 'v1',
    });
  });

  test('leads every character of the SQL back to its document', async () => {
    const { steps } = await checkPlanned(chain, 'worst.v1');
    const { texts } = await openFixture(chain);
    const last = steps.at(-1);
    if (last?.kind !== 'sql') throw new Error('the last step is SQL');
    expect(
      last.segments.map(
        ({ start, end, exact, uri, range }) =>
          `${exact ? '=' : '~'} ${last.sql.slice(start, end)} <- ${placeText(texts, pathOf(uri), range)}`,
      ),
    ).toEqual([
      '= SELECT  <- definitions.py:21:10 SELECT ',
      '~ source_3 <- definitions.py:21:17 {{ j }}',
      '= .name, avg(delay) AS delay  <- definitions.py:21:24 .name, avg(delay) AS delay ',
      '= FROM  <- definitions.py:22:10 FROM ',
      '~ source_3 <- definitions.py:22:15 {{ j }}',
      '=  JOIN  <- definitions.py:22:22  JOIN ',
      '~ source_2 <- definitions.py:22:28 <<airports.v1>>',
      '=  a ON a.code =  <- definitions.py:22:43  a ON a.code = ',
      '~ source_3 <- definitions.py:22:58 {{joined.v1}}',
      '= .code <- definitions.py:22:71 .code',
    ]);
  });

  test('without upstream reads what transformations before it left behind', async () => {
    const plan = await checkPlanned(chain, 'worst.v1', { upstream: false, limit: 10, engine: 'emr' });
    expect(plan).toMatchObject({ engine: 'emr', limit: 10 });
    expect(plan.steps.map(({ id }) => id)).toEqual(['worst.v1']);
    expect(plan.inputs).toMatchObject([
      { id: 'joined.v1', format: 'parquet', produced: true, location: 's3://lake/ff/featureform/Transformation/joined/v1/' },
      { id: 'airports.v1', format: 'csv' },
    ]);
    expect(plan.inputs[1]?.produced).toBeUndefined();
  });
});

test('view names keep clear of names that a query has already', async () => {
  const { steps } = await checkPlanned(
    `${prelude}
spark.register_file(name="src", variant="v1", file_path="s3://lake/src")

@spark.sql_transformation(variant="v1")
def counted():
    return "WITH source_0 AS (SELECT * FROM {{src.v1}}) SELECT * FROM source_0, SOURCE_1"
`,
    'counted.v1',
  );
  expect(steps[0]).toMatchObject({ view: 'source_3', sql: 'WITH source_0 AS (SELECT * FROM source_2) SELECT * FROM source_0, SOURCE_1' });
});

test('a segment never crosses a line end, of whichever kind', async () => {
  const text = `${prelude}
spark.register_file(name="src", variant="v1", file_path="s3://lake/src")

@spark.sql_transformation(variant="v1")
def counted():
    return """SELECT 'é😀',
  a \\
  FROM {{src.v1}}
  WHERE b = 'x\\ty'"""
`;
  for (const document of [text, text.replaceAll('\n', '\r\n')]) {
    const { steps } = await checkPlanned(document, 'counted.v1');
    const [step] = steps;
    if (step?.kind !== 'sql') throw new Error('the step is SQL');
    expect(step.sql).toBe("SELECT 'é😀',\n  a   FROM source_0\n  WHERE b = 'x\ty'");
    for (const { exact, range } of step.segments) if (exact) expect(range.start.line).toBe(range.end.line);
    expect(step.segments.filter(({ exact }) => !exact).map(({ start, end }) => step.sql.slice(start, end))).toEqual([
      '\n',
      'source_0',
      '\n',
      '\t',
    ]);
  }
});

test('a query that is an argument, and the same source under two ids, run as well', async () => {
  const plan = await checkPlanned(
    `${prelude}
spark.register_file(name="src", variant="v1", file_path="s3://lake/src")
spark.register_delta_table(name="table", variant="v1", database="db", table="t")
QUERY = "SELECT * FROM {{src.v1}} a " + "JOIN {{table.v1}} b"
ff.register_sql_transformation(name="counted", variant="v1", query=QUERY, provider=spark)
`,
    'source:counted.v1',
  );
  expect(plan.steps).toMatchObject([{ kind: 'sql', sql: 'SELECT * FROM source_0 a JOIN source_1 b' }]);
  expect(plan.inputs).toMatchObject([
    { id: 'src.v1', format: 'parquet' },
    { id: 'table.v1', format: 'delta', location: 'db.t' },
  ]);
  expect(plan.inputs[1]?.localPath).toBeUndefined();
});

test('a variant that is left out is "default" in the legacy era and the run of the moment today', async () => {
  const legacy = `import featureform as ff
spark = ff.register_spark(name="emr", emr_cluster_id="j-1", bucket_path="lake", emr_cluster_region="us-east-1", bucket_region="us-east-1", aws_access_key_id=a, aws_secret_access_key=b)
spark.register_parquet_file(name="src", variant="kaggle", file_path="s3://lake/src")

@spark.sql_transformation()
def counted():
    return "SELECT * FROM {{src.kaggle}}"
`;
  expect((await checkPlanned(legacy, 'counted.default')).steps).toMatchObject([{ id: 'counted.default', variant: 'default' }]);
  const current = `${prelude}
spark.register_file(name="src", file_path="s3://lake/src")

@spark.sql_transformation()
def counted():
    return "SELECT * FROM {{src}}"
`;
  expect((await checkPlanned(current, 'counted')).steps).toMatchObject([
    { id: 'counted', name: 'counted', variant: 'run', inputs: ['src'] },
  ]);
  expect((await checkPlanned(current.replace('sql_transformation()', 'sql_transformation(variant="v7")'), 'counted')).target).toBe(
    'counted.v7',
  );
});

test('a chain of a thousand steps is planned', async () => {
  const steps = Array.from(
    { length: 1000 },
    (_, i) => `@spark.sql_transformation(variant="v1")\ndef step_${i + 1}():\n    return "SELECT * FROM {{step_${i}.v1}}"\n`,
  );
  const text = `${prelude}spark.register_file(name="step_0", variant="v1", file_path="s3://lake/src")\n${steps.join('')}`;
  const plan = await checkPlanned(text, 'step_1000.v1');
  expect(plan.steps.map(({ id }) => id)).toEqual(steps.map((_, i) => `step_${i + 1}.v1`));
});

describe('refused, with every reason at its place', () => {
  const one = (decorated: string, more = ''): string => `${prelude}
src = spark.register_file(name="src", variant="v1", file_path="s3://lake/src")
${more}
${decorated}`;
  const sql = (returned: string, more = ''): string =>
    one(`@spark.sql_transformation(variant="v1")\ndef counted():\n    return ${returned}\n`, more);

  test('an id that means nothing, several things, or nothing that runs', async () => {
    expect(await checkRefused(sql('"SELECT * FROM {{src.v1}}"'), 'nothing.v1')).toEqual(['nothing in this workspace defines "nothing.v1"']);
    expect(await checkRefused(sql('"SELECT * FROM {{src.v1}}"'), 'src.v1')).toEqual([
      'definitions.py:5:33 src: "src.v1" is a file: there is nothing to run, only transformations can be run',
    ]);
    expect(await checkRefused(sql('"SELECT * FROM {{src.v1}}"'), 'provider:emr')).toEqual([
      'definitions.py:3:33 emr: "emr" is a provider; only transformations can be run',
    ]);
    expect(
      await checkRefused(
        sql('"SELECT * FROM {{src.v1}}"', 'spark.register_file(name="src", variant="v2", file_path="s3://lake/src2")'),
        'src',
      ),
    ).toEqual([
      'definitions.py:5:33 src: "src" exists in several variants: src.v1, src.v2',
      'definitions.py:6:27 src: "src" exists in several variants: src.v1, src.v2',
    ]);
  });

  test('a target that is defined twice', async () => {
    const twice = sql(
      '"SELECT * FROM {{src.v1}}"',
      '@spark.sql_transformation(variant="v1")\ndef counted():\n    return "SELECT 1 FROM {{src.v1}}"\n',
    );
    expect(await checkRefused(twice, 'counted.v1')).toEqual([
      'definitions.py:7:5 counted: "counted.v1" is defined 2 times; which of them to run is not certain',
      'definitions.py:11:5 counted: "counted.v1" is defined 2 times; which of them to run is not certain',
    ]);
  });

  test('sources that nothing defines, that are defined twice or elsewhere', async () => {
    expect(await checkRefused(sql('"SELECT * FROM {{sorce.v1}} a JOIN {{src.v9}} b"'), 'counted.v1')).toEqual([
      'definitions.py:9:27 {{sorce.v1}}: nothing in this workspace defines source "sorce.v1"',
      'definitions.py:9:47 {{src.v9}}: nothing in this workspace defines source "src.v9"; there is src.v1',
    ]);
    expect(
      await checkRefused(
        sql('"SELECT * FROM {{src.v1}}"', 'spark.register_file(name="src", variant="v1", file_path="s3://lake/other")'),
        'counted.v1',
      ),
    ).toEqual(['definitions.py:5:33 src: "src.v1" is defined 2 times', 'definitions.py:6:27 src: "src.v1" is defined 2 times']);
    expect(await checkRefused(sql('"SELECT * FROM {{far.v1}}"', 'far = ff.get_source("far", "v1")'), 'counted.v1')).toEqual([
      'definitions.py:9:27 {{far.v1}}: "far.v1" is defined outside this workspace, so it cannot be read here',
    ]);
  });

  test('cycles, through the target and before it', async () => {
    expect(await checkRefused(sql('"SELECT * FROM {{counted.v1}}"'), 'counted.v1')).toEqual([
      'definitions.py:9:27 {{counted.v1}}: a cycle: "counted.v1" reads "counted.v1"',
    ]);
    const loop = sql(
      '"SELECT * FROM {{a.v1}}"',
      `@spark.sql_transformation(variant="v1")
def a():
    return "SELECT * FROM {{b.v1}}"

@spark.sql_transformation(variant="v1")
def b():
    return "SELECT * FROM {{a.v1}}"
`,
    );
    expect(await checkRefused(loop, 'counted.v1')).toEqual([
      expect.stringMatching(/^definitions\.py:8:29 b: /),
      'definitions.py:12:27 {{a.v1}}: a cycle: "a.v1" reads "b.v1" reads "a.v1"',
    ]);
  });

  test('what only the run time knows', async () => {
    const refused = (returned: string, more = 'import os'): Promise<readonly string[]> => checkRefused(sql(returned, more), 'counted.v1');
    expect(await refused('f"SELECT * FROM {{{{src.v1}}}} LIMIT {os.environ[\'N\']}"')).toEqual([
      "definitions.py:9:49 {os.environ['N']}: this part of the SQL text is known only at run time",
    ]);
    expect(await refused('load("query.sql")')).toEqual([
      'definitions.py:9:12 load("query.sql"): the SQL text of "counted" is known only at run time',
    ]);
    expect(await refused('"SELECT * FROM {{src.v1}}" if x else "SELECT 1 FROM {{src.v1}}"')).toEqual([
      'definitions.py:9:12 "SELECT * FROM {{src.v1}}" if x else "SELECT 1 FROM {{src.v1}}": the SQL text of "counted" is known only at run time',
    ]);
    expect(
      await refused('"SELECT * FROM {{file.v1}}"', 'import os\nspark.register_file(name="file", variant="v1", file_path=os.environ["P"])'),
    ).toEqual(['definitions.py:7:58 os.environ["P"]: the location of "file.v1" is known only at run time']);
  });

  test('a target whose variant, or whose whole text, only the run time knows', async () => {
    const named = sql('"SELECT * FROM {{src.v1}}"').replace('sql_transformation(variant="v1")', 'sql_transformation(variant=VARIANT)');
    const { service } = await openFixture(named);
    const { id } = service.resources().resources.find(({ name }) => name === 'counted') ?? { id: '' };
    expect(await checkRefused(named, id)).toEqual([`definitions.py:8:5 counted: the name of source "${id}" is known only at run time`]);
    // Silenced, the rule refuses nothing.
    expect(await checkRefused(sql('').replace('    return ', '    pass  # sparkform: ignore'), 'counted.v1')).toEqual([
      'definitions.py:8:5 counted: the SQL text of "counted" is known only at run time',
    ]);
  });

  test('a query and a location that are empty', async () => {
    expect(await checkRefused(sql('""  # sparkform: ignore'), 'counted.v1')).toEqual([
      'definitions.py:8:5 counted: the query of "counted.v1" is empty',
    ]);
    const nowhere = 'spark.register_file(name="n", variant="v1", file_path="")  # sparkform: ignore';
    expect(await checkRefused(sql('"SELECT * FROM {{n.v1}}"', nowhere), 'counted.v1')).toEqual([
      'definitions.py:6:55 "": "n.v1" has no location',
    ]);
  });

  test('formats that Featureform does not read on Spark', async () => {
    expect(
      await checkRefused(
        sql('"SELECT * FROM {{j.v1}}"', 'spark.register_file(name="j", variant="v1", file_path="s3://lake/j.json")'),
        'counted.v1',
      ),
    ).toEqual([
      'definitions.py:6:55 "s3://lake/j.json": "j.json": Featureform on Spark reads .csv files, .parquet files and folders without a suffix',
    ]);
  });

  test('malformed templates, each once', async () => {
    expect(await checkRefused(sql('"SELECT * FROM {{src.v1}} JOIN {{a.b.c}} JOIN {{ b"'), 'counted.v1')).toEqual([
      'definitions.py:9:43 {{a.b.c}}: "a.b.c" names no source',
      'definitions.py:9:58 {{: this template is not closed',
    ]);
  });

  test('a syntax error inside the definition, not one elsewhere in the file', async () => {
    const broken = one(`@spark.df_transformation(variant="v1", inputs=[src])
def counted(df):
    x = = 1
    return df

@spark.df_transformation(variant="v1", inputs=[src])
def fine(df):
    return df
`);
    expect((await checkRefused(broken, 'counted.v1'))[0]).toMatch(/^definitions\.py:9:/);
    expect((await checkPlanned(broken, 'fine.v1')).steps).toHaveLength(1);
  });

  test('inputs that name no source, and errors of the rules inside a definition that would run', async () => {
    expect(
      await checkRefused(one('@spark.df_transformation(variant="v1", inputs=[7, src])\ndef counted(a, b):\n    return a\n'), 'counted.v1'),
    ).toEqual([expect.stringMatching(/^definitions\.py:7:48 7: this input names no source$/)]);
    expect(
      await checkRefused(one('@spark.df_transformation(variant="v1", inputs=[src])\ndef counted(a, b):\n    return a\n'), 'counted.v1'),
    ).toHaveLength(1);
  });

  test('a transformation of another provider', async () => {
    const text = one(
      'postgres = ff.register_postgres(name="pg", host="h", user="u", password=p, database="d")\n@postgres.sql_transformation(variant="v1")\ndef counted():\n    return "SELECT * FROM {{src.v1}}"\n',
    );
    expect((await checkRefused(text, 'counted.v1'))[0]).toContain('"counted" is registered with OfflineSQLProvider, not with Spark');
  });
});
