// Features, labels, training sets, entities, runs and users: sections 1.5 to 1.8 and 1.11 of docs/featureform.md.

import type { Table } from './facts';

const marked = 'tags: list of str = [], properties: dict of str = {}';
const placed = 'entity: str | EntityRegistrar = "", name: str = "", variant: str = "", owner: str = ""';
const timed = 'timestamp_column: str = "", description: str = "", schedule: str = ""';
const inherited = { entity: 'The entity of the class when left out.', name: 'The name of the attribute when left out.' };

export const resources: Table = {
  Feature: {
    era: 'current',
    since: '0.7.0',
    signature: `transformation_args: tuple, type: ScalarType | str, ${placed}, inference_store: OnlineProvider | str = "", ${timed}, ${marked}, resource_snowflake_config: ResourceSnowflakeConfig = None`,
    returns: 'Feature',
    summary: 'A column that models read, as an attribute of an entity class.',
    notes: inherited,
  },
  Label: {
    era: 'current',
    since: '0.7.0',
    signature: `transformation_args: tuple, type: ScalarType | str, ${placed}, ${timed}, ${marked}, resource_snowflake_config: ResourceSnowflakeConfig = None`,
    returns: 'Label',
    summary: 'A column that models learn to predict, as an attribute of an entity class.',
    notes: inherited,
  },
  Embedding: {
    era: 'current',
    since: '0.9.1',
    signature: `transformation_args: tuple, dims: int, vector_db: OnlineProvider | str, ${placed}, ${timed}, ${marked}`,
    returns: 'Embedding',
    summary: 'A column of float32 vectors, served from a vector database.',
    notes: inherited,
  },
  MultiFeature: {
    era: 'current',
    since: '0.12.0',
    signature: `dataset: ColumnSourceRegistrar, df: pandas.DataFrame, entity_column: str, variant: str = "", owner: str = "", inference_store: OnlineProvider | str = "", timestamp_column: str = "", include_columns: list of str = None, exclude_columns: list of str = None, description: str = "", schedule: str = "", ${marked}`,
    returns: 'MultiFeature',
    summary: 'One feature for each column of a source.',
    notes: {
      dataset: 'The source.',
      df: 'The data of the source, as client.dataframe(source) returns it.',
      include_columns: 'The columns to take; all of them when left out.',
      exclude_columns: 'The columns to leave out.',
    },
  },
  Variants: {
    since: '0.7.0',
    signature: 'resources: dict',
    returns: 'Variants',
    summary: 'Several variants of one feature or label, by variant name.',
    notes: { resources: 'A dictionary of variant names and ff.Feature or ff.Label objects.' },
  },
  FeatureStream: {
    era: 'current',
    signature: `type: ScalarType | str, offline_store: OfflineSparkProvider | str, inference_store: OnlineProvider | str, variant: str = "", owner: str = "", description: str = "", ${marked}`,
    returns: 'FeatureStream',
    summary: 'A feature whose values are written one by one.',
  },
  LabelStream: {
    era: 'current',
    signature: `type: ScalarType | str, offline_store: OfflineSparkProvider | str, variant: str = "", owner: str = "", description: str = "", ${marked}`,
    returns: 'LabelStream',
    summary: 'A label whose values are written one by one.',
  },
  entity: {
    since: '0.7.0',
    signature: 'cls: type',
    decorator: true,
    summary: 'Registers the class as an entity, under its name in lower case, with every feature and label it holds.',
  },
  register_entity: {
    signature: `name: str, description: str = "", ${marked}`,
    returns: 'EntityRegistrar',
    summary: 'Registers an entity: what the rows of a source describe.',
  },
  register_training_set: {
    era: 'current',
    signature: `name: str, variant: str = "", features: list = [], label: tuple = ("", ""), resources: list = [], owner: str = "", description: str = "", schedule: str = "", ${marked}, provider: str = "", resource_snowflake_config: ResourceSnowflakeConfig = None, type: TrainingSetType = TrainingSetType.DYNAMIC`,
    returns: 'TrainingSetVariant',
    summary: 'Registers a training set: one label joined with features as they were at its time.',
    notes: { type: 'TrainingSetType.DYNAMIC, STATIC or VIEW.', provider: 'Overwritten by the provider of the label.' },
  },
  register_column_resources: {
    era: 'current',
    signature:
      'source: tuple | ColumnSourceRegistrar, entity: str | EntityRegistrar, entity_column: str, owner: str = "", inference_store: OnlineProvider | str = "", features: list of dict = None, labels: list of dict = None, timestamp_column: str = "", description: str = "", schedule: str = "", client_object: object = None',
    returns: 'ResourceRegistrar',
    summary: 'Registers columns of a source as features and labels of an entity.',
  },
  register_feature_stream: {
    era: 'current',
    signature: `name: str, entity: str | EntityRegistrar, type: ScalarType | str, offline_provider: str, inference_store: OnlineProvider | str, variant: str = "", owner: str = "", description: str = "", ${marked}`,
    returns: 'ResourceRegistrar',
    summary: 'Registers a feature whose values are written one by one.',
  },
  register_label_stream: {
    era: 'current',
    signature: `name: str, entity: str | EntityRegistrar, type: ScalarType | str, offline_provider: str, variant: str = "", owner: str = "", description: str = "", ${marked}`,
    returns: 'ResourceRegistrar',
    summary: 'Registers a label whose values are written one by one.',
  },
  ondemand_feature: {
    decorator: true,
    signature: `fn: function = None, *, ${marked}, variant: str = "", name: str = "", owner: str = "", description: str = ""`,
    returns: 'OnDemandFeature',
    summary: 'Registers a function that computes a feature when it is asked for; works with and without parentheses.',
  },
  register_model: {
    signature: `name: str, ${marked}`,
    returns: 'Model',
    summary: 'Registers a model.',
  },
  register_user: {
    signature: `name: str, ${marked}`,
    returns: 'UserRegistrar',
    summary: 'Registers a user who can own resources.',
  },
  register_sql_transformation: {
    era: 'current',
    signature: `name: str, query: str, provider: OfflineSparkProvider | str, variant: str = "", owner: str = "", description: str = "", schedule: str = "", args: object = None, inputs: list = None, ${marked}`,
    returns: 'ColumnSourceRegistrar',
    summary: 'Registers a query that is given as a string.',
    notes: { query: 'Spark SQL in which {{name.variant}} stands for another source.', inputs: 'Accepted, without effect.' },
    ignored: ['inputs'],
  },
  sql_transformation: {
    era: 'current',
    decorator: true,
    signature: `provider: OfflineSparkProvider | str, variant: str = "", name: str = "", schedule: str = "", owner: str = "", inputs: list = None, description: str = "", args: object = None, ${marked}, max_job_duration: timedelta = timedelta(hours=48), spark_params: dict of str = None, write_options: dict of str = None, table_properties: dict of str = None, resource_snowflake_config: ResourceSnowflakeConfig = None`,
    returns: 'SQLTransformationDecorator',
    summary: 'Registers the query that the function returns with the given provider.',
    ignored: ['spark_params', 'write_options', 'table_properties'],
  },
  set_run: {
    since: '0.9.0',
    signature: 'run: str = ""',
    summary: 'Sets the variant of everything that is registered afterwards without one.',
    notes: { run: 'The variant; a new one is made when it is empty.' },
  },
  get_run: { since: '0.9.0', signature: '', summary: 'The variant that is used where none is given.' },
  set_variant_prefix: {
    era: 'current',
    signature: 'variant_prefix: str = ""',
    summary: 'Puts a prefix before generated variants and generates a new one.',
    openKeywords: true,
  },
  state: { signature: '', summary: 'Everything that is registered and not yet applied.' },
  clear_state: { signature: '', summary: 'Forgets everything that is registered and not yet applied.' },
  get_state: { signature: '', summary: 'Prints everything that is registered and not yet applied.' },
};
