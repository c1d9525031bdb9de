// Where no fix is offered, because it would lead to another problem.

import { describe, expect, test } from 'vitest';
import { checkRules } from '../support/checkRules';

async function fixesOf(text: string): Promise<readonly (readonly [ruleId: string, titles: readonly string[]])[]> {
  const { diagnoses } = await checkRules(new Map([['definitions.py', text]]));
  return [...diagnoses.values()].flat().map(({ ruleId, problem }) => [ruleId, (problem.fixes ?? []).map(({ title }) => title)]);
}

describe('no fix', () => {
  test('leads a transformation to itself', async () => {
    const text = `@spark.sql_transformation(variant="v1")
def paid():
    return "SELECT * FROM {{pait.v1}}"
`;
    expect(await fixesOf(text)).toEqual([['unknown-source', []]]);
  });

  test('names a successor that wants more than is written', async () => {
    expect(await fixesOf('local = ff.register_local()\n')).toEqual([['unknown-argument', []]]);
  });

  test('makes a DataFrame transformation of a query, or leaves its provider out', async () => {
    const text = `spark = ff.Client().get_spark("emr")
t = spark.register_file(name="t", variant="v1", file_path="s3://bucket/t.parquet")

@spark.transformation(variant="v1")
def a():
    return "SELECT * FROM {{t.v1}}"

@ff.register_transformation(variant="v1")
def b():
    return "SELECT * FROM {{t.v1}}"
`;
    expect(await fixesOf(text)).toEqual([
      ['unknown-decorator', ['Use "sql_transformation"']],
      ['unknown-decorator', []],
    ]);
  });
});
