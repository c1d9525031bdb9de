// Registration of offline providers and file stores in the current API: sections 1.2, 1.3 and 1.10 of
// docs/featureform.md. What they can do once registered is in providerMethods.ts.

import type { Table } from './facts';

const described = 'description: str = "", team: str = "", tags: list of str = [], properties: dict of str = {}';

export const offlineProviders: Table = {
  register_spark: {
    era: 'current',
    since: '0.4.0',
    signature: `name: str, executor: EMRCredentials | DatabricksCredentials | SparkCredentials, filestore: FileStoreProvider, catalog: GlueCatalog = None, ${described}, spark_params: dict of str = None, write_options: dict of str = None, table_properties: dict of str = None`,
    returns: 'OfflineSparkProvider',
    summary: 'Registers Spark as an offline store: an executor that runs the jobs and a file store that holds the tables.',
    ignored: ['spark_params', 'write_options', 'table_properties'],
  },
  register_s3: {
    era: 'current',
    since: '0.10.3',
    signature: `name: str, credentials: AWSStaticCredentials | AWSAssumeRoleCredentials, bucket_region: str, bucket_name: str, path: str = "", ${described}`,
    returns: 'FileStoreProvider',
    summary: 'Registers an S3 bucket as the file store of a Spark or Kubernetes provider.',
    notes: { path: 'The folder in the bucket below which Featureform writes, without a slash at the end.' },
  },
  register_gcs: {
    era: 'current',
    signature: `name: str, bucket_name: str, root_path: str, credentials: GCPCredentials, ${described}`,
    returns: 'FileStoreProvider',
    summary: 'Registers a Google Cloud Storage bucket as a file store.',
    notes: { bucket_name: 'The name of the bucket alone.', root_path: 'The folder in the bucket below which Featureform writes.' },
  },
  register_hdfs: {
    era: 'current',
    signature: `name: str, host: str, port: str, path: str = "", hdfs_site_file: str = "", core_site_file: str = "", credentials: BasicCredentials | KerberosCredentials = None, ${described}`,
    returns: 'FileStoreProvider',
    summary: 'Registers HDFS as a file store.',
  },
  register_blob_store: {
    signature: `name: str, account_name: str, account_key: str, container_name: str, root_path: str, ${described}`,
    returns: 'FileStoreProvider',
    summary: 'Registers an Azure container as a file store or as an online store.',
    notes: {
      account_key: 'The secret key of the account; read it from the environment.',
      container_name: 'The name of the container alone.',
    },
  },
  register_k8s: {
    signature: `name: str, store: FileStoreProvider, description: str = "", team: str = "", docker_image: str = "", tags: list of str = [], properties: dict of str = {}`,
    returns: 'OfflineK8sProvider',
    summary: 'Registers the Kubernetes runner of Featureform as an offline store.',
  },
  register_snowflake: {
    signature:
      'name: str, username: str, password: str, account: str, organization: str, database: str, schema: str = "PUBLIC", description: str = "", team: str = "", warehouse: str = "", role: str = "", tags: list of str = [], properties: dict of str = {}, catalog: SnowflakeCatalog = None, session_params: dict of str = None',
    returns: 'OfflineSQLProvider',
    summary: 'Registers Snowflake as an offline store.',
  },
  register_snowflake_legacy: {
    signature:
      'name: str, username: str, password: str, account_locator: str, database: str, schema: str = "PUBLIC", description: str = "", team: str = "", warehouse: str = "", role: str = "", tags: list of str = [], properties: dict of str = {}, catalog: SnowflakeCatalog = None, session_params: dict of str = None',
    returns: 'OfflineSQLProvider',
    summary: 'Registers Snowflake with an account locator.',
  },
  register_postgres: {
    era: 'current',
    signature:
      'name: str, host: str, user: str, password: str, database: str, port: str = "5432", description: str = "", team: str = "", sslmode: str = "disable", tags: list of str = [], properties: dict of str = {}',
    returns: 'OfflineSQLProvider',
    summary: 'Registers Postgres as an offline store.',
  },
  register_clickhouse: {
    era: 'current',
    signature:
      'name: str, host: str, user: str, password: str, database: str, port: int = 9000, description: str = "", team: str = "", ssl: bool = False, tags: list of str = [], properties: dict of str = {}',
    returns: 'OfflineSQLProvider',
    summary: 'Registers ClickHouse as an offline store.',
  },
  register_redshift: {
    era: 'current',
    signature:
      'name: str, host: str, port: str, user: str, password: str, database: str, description: str = "", team: str = "", sslmode: str = "disable", tags: list of str = [], properties: dict of str = {}',
    returns: 'OfflineSQLProvider',
    summary: 'Registers Redshift as an offline store.',
  },
  register_bigquery: {
    era: 'current',
    signature: `name: str, project_id: str, dataset_id: str, credentials: GCPCredentials, credentials_path: str = "", ${described}`,
    returns: 'OfflineSQLProvider',
    summary: 'Registers BigQuery as an offline store.',
  },
};
