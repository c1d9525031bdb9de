// Credentials and configuration objects of the current API: section 1.3 of docs/featureform.md.

import type { Table } from './facts';

export const credentials: Table = {
  EMRCredentials: {
    era: 'current',
    since: '0.5.0',
    signature: 'emr_cluster_id: str, emr_cluster_region: str, credentials: AWSStaticCredentials | AWSAssumeRoleCredentials',
    returns: 'EMRCredentials',
    summary: 'Runs Spark jobs as steps of an EMR cluster.',
  },
  AWSStaticCredentials: {
    era: 'current',
    signature: 'access_key: str, secret_key: str',
    returns: 'AWSStaticCredentials',
    summary: 'An AWS access key and its secret.',
    notes: {
      access_key: 'The id of the access key; read it from the environment.',
      secret_key: 'The secret; read it from the environment.',
    },
  },
  AWSAssumeRoleCredentials: {
    era: 'current',
    signature: '',
    returns: 'AWSAssumeRoleCredentials',
    summary: 'Signs in with the role of the machine, without any key.',
  },
  DatabricksCredentials: {
    since: '0.4.0',
    signature: 'username: str = "", password: str = "", host: str = "", token: str = "", cluster_id: str = ""',
    returns: 'DatabricksCredentials',
    summary: 'Runs Spark jobs on a Databricks cluster.',
  },
  SparkCredentials: {
    era: 'current',
    since: '0.6.0',
    signature: 'master: str, deploy_mode: str, python_version: str, core_site_path: str = "", yarn_site_path: str = ""',
    returns: 'SparkCredentials',
    summary: 'Runs Spark jobs on a Spark cluster of your own.',
    notes: {
      master: 'The master of the cluster, such as yarn.',
      deploy_mode: '"client" or "cluster".',
      python_version: 'The Python of the cluster, from 3.9 to 3.12.',
      core_site_path: 'The path of core-site.xml; required for yarn.',
      yarn_site_path: 'The path of yarn-site.xml; required for yarn.',
    },
  },
  GlueCatalog: {
    era: 'current',
    signature:
      'region: str, database: str, warehouse: str = "", assume_role_arn: str = "", table_format: TableFormat = TableFormat.ICEBERG',
    returns: 'GlueCatalog',
    summary: 'A Glue catalog that transformations are written to.',
    notes: {
      region: 'The AWS region of the catalog.',
      database: 'Letters, digits and underscores only.',
      warehouse: 'The S3 location of the tables; required for Iceberg.',
      table_format: 'TableFormat.ICEBERG or TableFormat.DELTA.',
    },
  },
  GCPCredentials: {
    signature: 'project_id: str, credentials_path: str = "", credential_json: dict = None',
    returns: 'GCPCredentials',
    summary: 'A Google Cloud service account, by file or by its JSON.',
  },
  BasicCredentials: {
    signature: 'username: str, password: str = ""',
    returns: 'BasicCredentials',
    summary: 'A user of HDFS, with an optional password.',
    openKeywords: true,
  },
  KerberosCredentials: {
    signature: 'username: str = "", password: str = "", krb5s_file: str = ""',
    returns: 'KerberosCredentials',
    summary: 'A Kerberos principal for HDFS.',
    openKeywords: true,
  },
  S3StoreConfig: {
    signature: 'bucket_path: str = "", bucket_region: str = "", credentials: object = None, path: str = ""',
    returns: 'S3StoreConfig',
    summary: 'The serialized form of an S3 store; register_s3 makes it.',
    openKeywords: true,
  },
  SnowflakeCatalog: {
    era: 'current',
    signature: 'external_volume: str = "", base_location: str = "", table_config: object = None',
    returns: 'SnowflakeCatalog',
    summary: 'Where Snowflake keeps Iceberg tables.',
    openKeywords: true,
  },
  SnowflakeDynamicTableConfig: {
    era: 'current',
    signature: 'target_lag: str = None, refresh_mode: RefreshMode = None, initialize: Initialize = None',
    returns: 'SnowflakeDynamicTableConfig',
    summary: 'How Snowflake keeps a dynamic table fresh.',
    openKeywords: true,
  },
  ResourceSnowflakeConfig: {
    era: 'current',
    signature: 'dynamic_table_config: SnowflakeDynamicTableConfig = None, warehouse: str = None',
    returns: 'ResourceSnowflakeConfig',
    summary: 'How Snowflake builds one resource.',
    openKeywords: true,
  },
  K8sResourceSpecs: {
    signature: 'cpu_request: str = "", cpu_limit: str = "", memory_request: str = "", memory_limit: str = ""',
    returns: 'K8sResourceSpecs',
    summary: 'What a Kubernetes job may use.',
    openKeywords: true,
  },
};
