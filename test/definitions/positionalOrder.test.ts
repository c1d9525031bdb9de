import { expect, it } from 'vitest';
import { defaultProject, type Project } from '../../server/src/workspace/project';
import { checkRules } from '../support/checkRules';

const legacy: Project = { ...defaultProject, featureform: 'legacy' };

async function sourceOf(call: string): Promise<string> {
  const text = `import featureform as ff\nspark = ff.get_spark("emr")\nsource = spark.${call}\n`;
  const { snapshot } = await checkRules(new Map([['definitions.py', text]]), legacy);
  const [source] = snapshot.index.all;
  if (source === undefined) throw new Error('nothing is registered');
  return `${snapshot.keyOf(source)} at ${source.location?.text.value ?? 'nowhere'}`;
}

it.each([
  ['register_parquet_file("t", "kaggle", "s3://bucket/t.parquet")', 'source:t.kaggle at s3://bucket/t.parquet'],
  ['register_parquet_file("t", "s3://bucket/t.parquet", "kaggle")', 'source:t.kaggle at s3://bucket/t.parquet'],
  ['register_parquet_file("t", "s3://bucket/t.parquet")', 'source:t.default at s3://bucket/t.parquet'],
  ['register_parquet_file("t", "kaggle", file_path="s3://bucket/t.parquet")', 'source:t.kaggle at s3://bucket/t.parquet'],
  ['register_parquet_file(name="t", variant="kaggle", file_path="s3://bucket/t.parquet")', 'source:t.kaggle at s3://bucket/t.parquet'],
])('%s', async (call, source) => {
  expect(await sourceOf(call)).toBe(source);
});
