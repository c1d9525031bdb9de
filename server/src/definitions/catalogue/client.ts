// Getters and clients: section 1.9 of docs/featureform.md. The serving methods are open: their keywords are no part of a
// definition, so nothing is said about them.

import type { Entry, Table } from './facts';

const sqlProviders = ['postgres', 'clickhouse', 'snowflake', 'snowflake_legacy', 'redshift', 'bigquery'];
const onlineProviders = ['redis', 'dynamodb', 'mongodb', 'pinecone', 'cassandra', 'firestore'];
const fileStores = ['blob_store', 's3', 'gcs', 'hdfs'];

const classes: readonly (readonly [readonly string[], string])[] = [
  [['spark'], 'OfflineSparkProvider'],
  [sqlProviders, 'OfflineSQLProvider'],
  [['kubernetes'], 'OfflineK8sProvider'],
  [onlineProviders, 'OnlineProvider'],
  [fileStores, 'FileStoreProvider'],
];

/** Getters that the module does not have, only the client. */
const clientOnly = new Set(['pinecone', 'cassandra', 'firestore', 'hdfs']);

const getters: Record<string, Entry> = {};
for (const [names, returns] of classes) {
  for (const name of names) {
    const summary = `The registered ${name.replaceAll('_', ' ')} provider of that name.`;
    if (!clientOnly.has(name)) getters[`get_${name}`] = { signature: 'name: str', returns, summary, openKeywords: true };
    getters[`Client.get_${name}`] = { signature: 'name: str', returns, summary, openKeywords: true };
  }
}

const serving = [
  'features',
  'training_set',
  'batch_features',
  'columns',
  'nearest',
  'location',
  'close',
  'write_feature',
  'write_label',
  'run',
  'search',
  'get_user',
  'get_model',
  'get_provider',
  'get_feature',
  'get_label',
  'get_training_set',
  'get_variants',
  'latest_variant',
  'print_feature',
  'print_label',
  'print_training_set',
  'print_source',
  'list_features',
  'list_labels',
  'list_users',
  'list_entities',
  'list_sources',
  'list_training_sets',
  'list_models',
  'list_providers',
];

const servingMethods: Record<string, Entry> = {};
for (const name of serving) {
  servingMethods[`Client.${name}`] = {
    signature: '',
    summary: `Asks the running Featureform: ${name.replaceAll('_', ' ')}.`,
    openKeywords: true,
  };
}

const connection = 'host: str = None, local: bool = False, insecure: bool = False, cert_path: str = None, dry_run: bool = False';

export const client: Table = {
  Client: { signature: connection, returns: 'Client', summary: 'A connection to Featureform.', openKeywords: true },
  ResourceClient: {
    signature: connection,
    returns: 'Client',
    summary: 'A connection to Featureform; ff.Client is preferred.',
    openKeywords: true,
  },
  ServingClient: {
    signature: connection,
    returns: 'Client',
    summary: 'A connection to Featureform; ff.Client is preferred.',
    openKeywords: true,
  },
  ...getters,
  ...servingMethods,
  'Client.apply': {
    signature: 'asynchronous: bool = False, verbose: bool = False',
    summary: 'Creates everything that is registered.',
    openKeywords: true,
  },
  'Client.dataframe': {
    signature: 'source: str | ColumnSourceRegistrar, variant: str = None, limit: int = None',
    summary: 'Applies what is registered and reads a source as a pandas DataFrame.',
    openKeywords: true,
  },
  get_source: {
    signature: 'name: str, variant: str, local: bool = False',
    returns: 'ColumnSourceRegistrar',
    summary: 'A source that is registered elsewhere, by name and variant.',
    openKeywords: true,
  },
  'Client.get_source': {
    signature: 'name: str, variant: str',
    returns: 'ColumnSourceRegistrar',
    summary: 'A registered source, by name and variant.',
    openKeywords: true,
  },
  get_entity: {
    signature: 'name: str',
    returns: 'EntityRegistrar',
    summary: 'An entity that is registered elsewhere, by name.',
    openKeywords: true,
  },
  'Client.get_entity': { signature: 'name: str', summary: 'Prints a registered entity.', openKeywords: true },
};
