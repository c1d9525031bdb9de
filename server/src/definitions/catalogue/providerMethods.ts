// What provider objects and sources can do in the current API: sections 1.4, 1.5 and 1.6 of docs/featureform.md.

import type { Table } from './facts';

const source = 'variant: str = "", owner: str = "", description: str = ""';
const marked = 'tags: list of str = [], properties: dict of str = {}';
const sparkOptions =
  'max_job_duration: timedelta = timedelta(hours=48), spark_params: dict of str = None, write_options: dict of str = None, table_properties: dict of str = None';
const withoutEffect = ['spark_params', 'write_options', 'table_properties'];
const trainingSet =
  'name: str, variant: str = "", features: list = [], label: tuple = ("", ""), resources: list = [], owner: str = "", description: str = "", schedule: str = "", tags: list of str = [], properties: dict of str = {}, type: TrainingSetType = TrainingSetType.DYNAMIC';
const columns =
  'entity: str | EntityRegistrar, entity_column: str, owner: str = "", inference_store: OnlineProvider | str = "", features: list of dict = None, labels: list of dict = None, timestamp_column: str = "", description: str = ""';
const columnNotes = {
  features: 'Dictionaries with name, column and type; variant, description, tags and properties are optional.',
  labels: 'Dictionaries with name, column and type; variant, description, tags and properties are optional.',
};

export const providerMethods: Table = {
  'OfflineSparkProvider.name': { signature: '', summary: 'The name of the provider.' },
  'OfflineSparkProvider.register_file': {
    era: 'current',
    since: '0.6.0',
    signature: `name: str, file_path: str, ${source}, ${marked}`,
    returns: 'ColumnSourceRegistrar',
    summary: 'Registers a CSV or parquet file, or a folder of them, as a source.',
  },
  'OfflineSparkProvider.register_parquet_file': {
    era: 'current',
    signature: `name: str, file_path: str, ${source}`,
    returns: 'ColumnSourceRegistrar',
    summary: 'Registers a parquet file, or a folder of them, as a source.',
  },
  'OfflineSparkProvider.register_iceberg_table': {
    era: 'current',
    signature: `name: str, database: str, table: str, ${source}, ${marked}`,
    returns: 'ColumnSourceRegistrar',
    summary: 'Registers an Iceberg table of the Glue catalog as a source.',
  },
  'OfflineSparkProvider.register_delta_table': {
    era: 'current',
    signature: `name: str, database: str, table: str, ${source}, ${marked}`,
    returns: 'ColumnSourceRegistrar',
    summary: 'Registers a Delta table of the Glue catalog as a source.',
  },
  'OfflineSparkProvider.sql_transformation': {
    era: 'current',
    decorator: true,
    signature: `variant: str = "", owner: str = "", name: str = "", schedule: str = "", inputs: list = None, description: str = "", ${marked}, ${sparkOptions}`,
    returns: 'SQLTransformationDecorator',
    summary: 'Registers the query that the function returns; {{name.variant}} stands for another source.',
    ignored: withoutEffect,
  },
  'OfflineSparkProvider.df_transformation': {
    era: 'current',
    decorator: true,
    signature: `variant: str = "", owner: str = "", name: str = "", description: str = "", inputs: list = [], ${marked}, ${sparkOptions}`,
    returns: 'DFTransformationDecorator',
    summary: 'Registers a function that takes one PySpark DataFrame for each input and returns one.',
    ignored: withoutEffect,
  },
  'OfflineSparkProvider.register_training_set': {
    era: 'current',
    signature: trainingSet,
    returns: 'TrainingSetVariant',
    summary: 'Registers a training set: one label joined with features as they were at its time.',
    notes: { type: 'TrainingSetType.DYNAMIC, STATIC or VIEW.' },
  },
  'OfflineSQLProvider.name': { signature: '', summary: 'The name of the provider.' },
  'OfflineSQLProvider.register_table': {
    era: 'current',
    signature: `name: str, table: str, variant: str = "", timestamp_column: str = "", owner: str = "", description: str = "", schema: str = "", database: str = "", ${marked}`,
    returns: 'ColumnSourceRegistrar',
    summary: 'Registers a table of the database as a source.',
  },
  'OfflineSQLProvider.sql_transformation': {
    era: 'current',
    decorator: true,
    signature: `owner: str = "", variant: str = "", name: str = "", schedule: str = "", description: str = "", inputs: list = None, tags: list of str = None, properties: dict of str = None, resource_snowflake_config: ResourceSnowflakeConfig = None`,
    returns: 'SQLTransformationDecorator',
    summary: 'Registers the query that the function returns; {{name.variant}} stands for another source.',
  },
  'OfflineSQLProvider.register_training_set': {
    era: 'current',
    signature: trainingSet,
    returns: 'TrainingSetVariant',
    summary: 'Registers a training set: one label joined with features as they were at its time.',
    openKeywords: true,
  },
  'OfflineK8sProvider.name': { signature: '', summary: 'The name of the provider.' },
  'OfflineK8sProvider.register_file': {
    era: 'current',
    signature: `name: str, path: str, ${source}, ${marked}`,
    returns: 'ColumnSourceRegistrar',
    summary: 'Registers a file of the file store as a source.',
  },
  'OfflineK8sProvider.sql_transformation': {
    era: 'current',
    decorator: true,
    signature: `variant: str = "", owner: str = "", name: str = "", schedule: str = "", inputs: list = None, description: str = "", docker_image: str = "", resource_specs: K8sResourceSpecs = None, ${marked}`,
    returns: 'SQLTransformationDecorator',
    summary: 'Registers the query that the function returns; {{name.variant}} stands for another source.',
  },
  'OfflineK8sProvider.df_transformation': {
    era: 'current',
    decorator: true,
    signature: `variant: str = "", owner: str = "", name: str = "", description: str = "", inputs: list = [], docker_image: str = "", resource_specs: K8sResourceSpecs = None, ${marked}`,
    returns: 'DFTransformationDecorator',
    summary: 'Registers a function that takes one pandas DataFrame for each input and returns one.',
  },
  'OnlineProvider.name': { signature: '', summary: 'The name of the provider.' },
  'FileStoreProvider.name': { signature: '', summary: 'The name of the provider.' },
  'FileStoreProvider.store_type': { signature: '', summary: 'The kind of store: "S3", "AZURE", "GCS" or "HDFS".' },
  'FileStoreProvider.config': { signature: '', summary: 'The serialized configuration.' },
  'ColumnSourceRegistrar.name_variant': { signature: '', summary: 'The name and the variant of the source.' },
  'ColumnSourceRegistrar.id': { signature: '', summary: 'The name and the variant of the source.' },
  'ColumnSourceRegistrar.register_resources': {
    era: 'current',
    signature: `${columns}, schedule: str = ""`,
    returns: 'ResourceRegistrar',
    summary: 'Registers columns of the source as features and labels of an entity.',
    notes: columnNotes,
  },
  'SubscriptableTransformation.name_variant': { signature: '', summary: 'The name and the variant of the transformation.' },
  'SubscriptableTransformation.get_resource_type': { signature: '', summary: 'The type of the resource.' },
  'SQLTransformationDecorator.register_resources': {
    era: 'current',
    signature: `${columns}, schedule: str = ""`,
    returns: 'ResourceRegistrar',
    summary: 'Registers columns of the transformation as features and labels of an entity.',
    notes: columnNotes,
  },
  'DFTransformationDecorator.register_resources': {
    era: 'current',
    signature: columns,
    returns: 'ResourceRegistrar',
    summary: 'Registers columns of the transformation as features and labels of an entity.',
    notes: columnNotes,
  },
  'ResourceRegistrar.create_training_set': {
    signature:
      'name: str, variant: str = "", label: tuple = None, schedule: str = "", features: list of tuple = None, resources: list = None, owner: str = "", description: str = ""',
    returns: 'TrainingSetVariant',
    summary: 'Registers a training set of the features and the label that were registered together.',
  },
  'ResourceRegistrar.features': { signature: '', summary: 'The features that were registered.' },
  'ResourceRegistrar.label': { signature: '', summary: 'The label that was registered.' },
  'EntityRegistrar.name': { signature: '', summary: 'The name of the entity.' },
  'UserRegistrar.name': { signature: '', summary: 'The name of the user.' },
  'UserRegistrar.make_default_owner': { signature: '', summary: 'Makes the user the owner of everything registered afterwards.' },
};
