// The workspaces under `test/workspaces`: the page the product was conceived from, in files named by its titles. Its mistakes are found, and nothing else.

import { expect, test } from 'vitest';
import type { CheckedWorkspace } from '../support/checkRules';
import { generateWorkspace } from '../support/generatedWorkspace';
import { checkWorkspace, readWorkspace } from '../support/workspaceFolder';

const syntax = [
  "spark_config.py:5:5-5:16 error[python-syntax-error]: expected ',' before 'description'",
  "spark_config.py:13:6-13:7 error[python-syntax-error]: unexpected ':' after the call",
];
const undefinedInDataFrame =
  'dataframe_transformation.py:2:15-2:27 error[unknown-source]: "transactions.kaggle" is not defined in the workspace';
const undefinedInSql = 'sql_transformation.py:6:13-6:25 error[unknown-source]: "transactions.kaggle" is not defined in the workspace';
const discarded =
  'dataframe_transformation.py:6:5-8:44 warning[discarded-dataframe]: the result of "agg" is discarded and "df" stays as it was, expected it to be assigned or returned';
const overIndented =
  'dataframe_transformation.py:6:9-6:11 error[python-syntax-error]: unexpected indent: this line is indented deeper than its block';
const wrongProvider =
  'spark_config.py:3:4-3:22 error[wrong-provider]: "register_snowflake" is given the arguments of Spark on EMR, "emr_cluster_id", "bucket_path", "emr_cluster_region" and 3 more; "register_spark" takes them';

const clashesOfTheLegacyEra = [
  'sql_with_dataframe_source.py:2:5-2:29 error[duplicate-resource]: the source "average_user_transaction.default" is defined twice, differently; expected another variant',
  'sql_with_dataframe_source.py:3:29-3:53 error[dependency-cycle]: "average_user_transaction.default" reads itself and would wait for ever',
  'sql_with_dataframe_source.py:4:23-4:45 error[missing-variant]: "{{max_transaction_amount}}" has no variant, expected "{{max_transaction_amount.default}}"',
];
const danglingInTheCurrentEra =
  'sql_with_dataframe_source.py:6:35-6:42 error[unknown-variant]: "max_transaction_amount" has no variant "default", it is registered without one, which means the current run';

test('the page as it stands is of the legacy era', async () => {
  const { checked, lines } = await checkWorkspace(readWorkspace('seed'));
  expect(checked.snapshot.era).toBe('legacy');
  expect(lines).toEqual([undefinedInDataFrame, overIndented, wrongProvider, ...syntax, undefinedInSql, ...clashesOfTheLegacyEra]);
});

test('the page as it stands, read as of today', async () => {
  const { checked, lines } = await checkWorkspace(readWorkspace('seed'), 'current');
  expect(checked.snapshot.era).toBe('current');
  expect(lines).toEqual([undefinedInDataFrame, overIndented, wrongProvider, ...syntax, undefinedInSql, danglingInTheCurrentEra]);
});

test('with the indentation repaired, the aggregation is seen to be discarded', async () => {
  const { lines } = await checkWorkspace(readWorkspace('seed-repaired'));
  expect(lines).toEqual([undefinedInDataFrame, discarded, wrongProvider, ...syntax, undefinedInSql, ...clashesOfTheLegacyEra]);
});

test('with the provider repaired and the transactions registered, they are known', async () => {
  const { checked, lines } = await checkWorkspace(readWorkspace('seed-registered'));
  expect(checked.snapshot.era).toBe('legacy');
  expect(lines).toEqual([discarded, ...clashesOfTheLegacyEra]);
});

test('the repaired provider, read as of today, is written for the legacy API', async () => {
  const { lines } = await checkWorkspace(readWorkspace('seed-registered'), 'current');
  expect(lines).toEqual([
    discarded,
    'spark_config.py:3:12-3:26 error[unknown-argument]: "register_spark" is written for the legacy API, with "emr_cluster_id", "bucket_path", "emr_cluster_region" and 3 more; the current one takes executor=EMRCredentials(…), filestore=register_s3(…) and AWSStaticCredentials(…)',
    danglingInTheCurrentEra,
  ]);
});

/** Workspaces of right definitions, with how many resources of each kind are read: silence means nothing where nothing was seen. */
const right = {
  today: {
    'dataframe-transformation': 6,
    'delta-table': 1,
    embedding: 1,
    entity: 5,
    feature: 9,
    file: 3,
    'file-store': 5,
    'iceberg-table': 1,
    label: 3,
    model: 1,
    'offline-provider': 1,
    'ondemand-feature': 1,
    'online-provider': 3,
    'parquet-file': 1,
    spark: 5,
    'sql-transformation': 14,
    table: 1,
    'training-set': 4,
    user: 1,
  },
  runs: { 'dataframe-transformation': 1, entity: 1, feature: 1, label: 1, 'sql-transformation': 2, 'training-set': 1 },
  nested: { 'dataframe-transformation': 2, file: 1, 'sql-transformation': 8 },
};

test.each(Object.entries(right))('the right definitions of "%s" have no problem', async (name, counts) => {
  const { checked, lines } = await checkWorkspace(readWorkspace(name));
  expect(lines).toEqual([]);
  expect(checked.snapshot.era).toBe('current');
  expect(resourceCounts(checked)).toEqual(counts);
});

test('a thousand right definitions have no problem', async () => {
  const { checked, lines } = await checkWorkspace(new Map(generateWorkspace(1_000).map(({ name, text }) => [name, text])));
  expect(lines).toEqual([]);
  expect(checked.snapshot.index.all).toHaveLength(1_000);
});

function resourceCounts({ snapshot }: CheckedWorkspace): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of snapshot.index.all) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
