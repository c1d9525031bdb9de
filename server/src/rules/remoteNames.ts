// The names that exist where Featureform's Spark runner calls a DataFrame function. The runner rebuilds the function from its
// code alone and gives it the runner's own module as surroundings: what that module happens to import can be read.

/** Name in the runner, to what it is there. */
const runnerImports: ReadonlyMap<string, string> = new Map([
  ...['argparse', 'base64', 'boto3', 'datetime', 'dill', 'importlib', 'io', 'json', 'logging', 'os', 'sys', 'time', 'types', 'uuid'].map(
    (module) => [module, module] as const,
  ),
  ['ABC', 'abc.ABC'],
  ['Config', 'botocore.config.Config'],
  ['Decimal', 'decimal.Decimal'],
  ['Enum', 'enum.Enum'],
  ['List', 'typing.List'],
  ['Path', 'pathlib.Path'],
  ['TypeSerializer', 'boto3.dynamodb.types.TypeSerializer'],
  ['abstractmethod', 'abc.abstractmethod'],
  ['urlparse', 'urllib.parse.urlparse'],
  ['F', 'pyspark.sql.functions'],
  ['Window', 'pyspark.sql.Window'],
  ['DataFrame', 'pyspark.sql.DataFrame'],
  ['SparkSession', 'pyspark.sql.SparkSession'],
  ...['asc', 'col', 'when'].map((name) => [name, `pyspark.sql.functions.${name}`] as const),
  ...['ArrayType', 'DoubleType', 'IntegerType', 'StringType', 'StructField', 'StructType'].map(
    (name) => [name, `pyspark.sql.types.${name}`] as const,
  ),
]);

/** Where PySpark itself defines what `pyspark.sql` hands on. */
const definedIn: ReadonlyMap<string, string> = new Map([
  ['pyspark.sql.window.Window', 'pyspark.sql.Window'],
  ['pyspark.sql.dataframe.DataFrame', 'pyspark.sql.DataFrame'],
  ['pyspark.sql.session.SparkSession', 'pyspark.sql.SparkSession'],
]);

/** True when the runner has the name by accident; `meant` is the dotted path that the file gives it, if it imports it. */
export function isAccidentallyRemote(name: string, meant: string | undefined): boolean {
  const there = runnerImports.get(name);
  return there !== undefined && (meant === undefined || there === (definedIn.get(meant) ?? meant));
}
