import { describe, expect, it } from 'vitest';
import {
  callable,
  callables,
  fact,
  isClass,
  method,
  methods,
  scalarTypes,
  taking,
  type CallableFact,
  type Era,
} from '../../server/src/definitions/catalogue';

const eras: readonly Era[] = ['current', 'legacy'];
const classes = [
  'OfflineSparkProvider',
  'OfflineSQLProvider',
  'OfflineK8sProvider',
  'LocalProvider',
  'OnlineProvider',
  'FileStoreProvider',
  'ColumnSourceRegistrar',
  'SQLTransformationDecorator',
  'DFTransformationDecorator',
  'ResourceRegistrar',
  'EntityRegistrar',
  'UserRegistrar',
  'Client',
];
const everything = (era: Era): readonly CallableFact[] => [...callables(era), ...classes.flatMap((name) => methods(name, era))];

/** The signature as Python would print it, without types. */
function signature(entry: CallableFact | undefined): string {
  if (entry === undefined) return 'none';
  const parts: string[] = [];
  let star = false;
  for (const parameter of entry.parameters) {
    if (parameter.keywordOnly === true && !star) parts.push('*');
    star ||= parameter.keywordOnly === true;
    parts.push(parameter.default === undefined ? parameter.name : `${parameter.name}=${parameter.default}`);
  }
  return `${entry.name}(${parts.join(', ')})`;
}

describe.each(eras)('the catalogue of the %s era', (era) => {
  it('gives every parameter of a callable a name of its own', () => {
    for (const entry of everything(era)) {
      const names = entry.parameters.map((parameter) => parameter.name);
      expect(new Set(names).size, entry.name).toBe(names.length);
    }
  });

  it('puts required parameters before optional ones, unless they are keywords only', () => {
    for (const entry of everything(era)) {
      const positional = entry.parameters.filter((parameter) => parameter.keywordOnly !== true);
      const firstOptional = positional.findIndex((parameter) => !parameter.required);
      if (firstOptional >= 0)
        expect(
          positional.slice(firstOptional).every((parameter) => !parameter.required),
          entry.name,
        ).toBe(true);
    }
  });

  it('returns only classes that it knows', () => {
    for (const entry of everything(era)) if (entry.returns !== undefined) expect(isClass(entry.returns), entry.name).toBe(true);
  });

  it('has a required parameter exactly where there is no default', () => {
    for (const entry of everything(era)) {
      for (const parameter of entry.parameters)
        expect(parameter.required, `${entry.name} ${parameter.name}`).toBe(parameter.default === undefined);
    }
  });

  it('writes summaries and notes as one sentence', () => {
    for (const entry of everything(era)) {
      expect(entry.summary, entry.name).toMatch(/^[A-Z].*[.]$/);
      for (const parameter of entry.parameters) if (parameter.note !== undefined) expect(parameter.note).toMatch(/[.]$/);
    }
  });

  it('names only callables of the current era as replacements', () => {
    for (const entry of everything(era)) {
      if (entry.replacedBy !== undefined) expect(callable(entry.replacedBy, 'current'), entry.name).toBeDefined();
    }
  });
});

describe('signatures of the current era', () => {
  it.each([
    [
      'register_spark',
      'register_spark(name, executor, filestore, catalog=None, description="", team="", tags=[], properties={}, spark_params=None, write_options=None, table_properties=None)',
    ],
    ['register_s3', 'register_s3(name, credentials, bucket_region, bucket_name, path="", description="", team="", tags=[], properties={})'],
    ['EMRCredentials', 'EMRCredentials(emr_cluster_id, emr_cluster_region, credentials)'],
    ['AWSAssumeRoleCredentials', 'AWSAssumeRoleCredentials()'],
    [
      'OfflineSparkProvider.register_parquet_file',
      'OfflineSparkProvider.register_parquet_file(name, file_path, variant="", owner="", description="")',
    ],
    [
      'OfflineSparkProvider.df_transformation',
      'OfflineSparkProvider.df_transformation(variant="", owner="", name="", description="", inputs=[], tags=[], properties={}, max_job_duration=timedelta(hours=48), spark_params=None, write_options=None, table_properties=None)',
    ],
    [
      'ResourceRegistrar.create_training_set',
      'ResourceRegistrar.create_training_set(name, variant="", label=None, schedule="", features=None, resources=None, owner="", description="")',
    ],
    ['ondemand_feature', 'ondemand_feature(fn=None, *, tags=[], properties={}, variant="", name="", owner="", description="")'],
  ])('%s', (name, text) => {
    expect(signature(fact(name, 'current'))).toBe(text);
  });

  it('knows what has no effect on Spark', () => {
    const ignored = (name: string): readonly string[] =>
      (fact(name, 'current')?.parameters ?? []).filter((parameter) => parameter.ignored === true).map((parameter) => parameter.name);
    expect(ignored('register_spark')).toEqual(['spark_params', 'write_options', 'table_properties']);
    expect(ignored('OfflineSparkProvider.sql_transformation')).toEqual(['spark_params', 'write_options', 'table_properties']);
    expect(ignored('OfflineSparkProvider.register_file')).toEqual([]);
  });

  it('has a schedule for SQL transformations and none for DataFrame transformations', () => {
    const takers = taking('schedule', 'current').map((entry) => entry.name);
    expect(takers).toContain('OfflineSparkProvider.sql_transformation');
    expect(takers).toContain('SQLTransformationDecorator.register_resources');
    expect(takers).not.toContain('OfflineSparkProvider.df_transformation');
    expect(takers).not.toContain('DFTransformationDecorator.register_resources');
  });
});

describe('signatures of the legacy era', () => {
  it('takes Spark on EMR by flat keywords and by objects', () => {
    expect(signature(callable('register_spark', 'legacy'))).toBe(
      'register_spark(name, executor=None, filestore=None, description="", team="", tags=[], properties={}, *, emr_cluster_id="", bucket_path="", emr_cluster_region="", bucket_region="", aws_access_key_id="", aws_secret_access_key="")',
    );
    expect(taking('bucket_path', 'legacy').map((entry) => entry.name)).toContain('register_spark');
    expect(taking('bucket_path', 'current').map((entry) => entry.name)).toEqual(['S3StoreConfig']);
  });

  it('has callables that the current era does not, and the other way round', () => {
    for (const name of ['AWSCredentials', 'register_local', 'get_spark_aws']) {
      expect(callable(name, 'legacy')).toBeDefined();
      expect(callable(name, 'current')).toBeUndefined();
    }
    for (const name of ['AWSStaticCredentials', 'GlueCatalog', 'set_variant_prefix']) {
      expect(callable(name, 'legacy')).toBeUndefined();
      expect(callable(name, 'current')).toBeDefined();
    }
    expect(method('OfflineSparkProvider', 'register_delta_table', 'legacy')).toBeUndefined();
  });
});

describe('lookups', () => {
  it('finds inherited methods', () => {
    expect(method('SQLTransformationDecorator', 'name_variant', 'current')?.name).toBe('SubscriptableTransformation.name_variant');
    expect(method('OfflineSparkProvider', 'transformation', 'current')).toBeUndefined();
  });

  it('keeps methods apart from functions of the module', () => {
    expect(callable('OfflineSparkProvider.sql_transformation', 'current')).toBeUndefined();
    expect(callable('df_transformation', 'current')).toBeUndefined();
    expect(callable('sql_transformation', 'current')?.returns).toBe('SQLTransformationDecorator');
  });

  it('knows getters of the module and of the client', () => {
    expect(callable('get_spark', 'current')?.returns).toBe('OfflineSparkProvider');
    expect(method('Client', 'get_spark', 'current')?.returns).toBe('OfflineSparkProvider');
    expect(callable('get_hdfs', 'current')).toBeUndefined();
    expect(method('Client', 'get_hdfs', 'current')?.returns).toBe('FileStoreProvider');
  });

  it('spells the scalar types', () => {
    expect(scalarTypes.get('Float32')).toBe('float32');
    expect([...scalarTypes.values()]).not.toContain('float');
  });
});
