// How Spark is set up on the user's machine: quiet, reachable by nobody else, its scratch files in one folder.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface SparkSettingsInput {
  readonly runnerFolder: string;
  /** For scratch files; removed after the session. */
  readonly sessionFolder: string;
  /** Spark's own form: `2g`. */
  readonly memory: string;
  readonly cores: number | undefined;
  /** Settings of the user, stronger than these. */
  readonly overrides: Readonly<Record<string, string>>;
}

export function sparkSettings(input: SparkSettingsInput): Readonly<Record<string, string>> {
  const log = pathToFileURL(join(input.runnerFolder, 'log4j2.properties')).href;
  return {
    'spark.master': `local[${input.cores ?? '*'}]`,
    'spark.driver.memory': input.memory,
    'spark.driver.host': '127.0.0.1',
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.driver.extraJavaOptions': `-Dlog4j2.configurationFile=${log} -Duser.timezone=UTC`,
    'spark.ui.enabled': 'false',
    'spark.ui.showConsoleProgress': 'false',
    'spark.local.dir': join(input.sessionFolder, 'scratch'),
    'spark.sql.warehouse.dir': pathToFileURL(join(input.sessionFolder, 'warehouse')).href,
    // Local paths are local, whatever Hadoop is set up for on this machine.
    'spark.hadoop.fs.defaultFS': 'file:///',
    // As on a cluster; a result must not depend on where it was made.
    'spark.sql.session.timeZone': 'UTC',
    // The default of 200 is for clusters.
    'spark.sql.shuffle.partitions': '8',
    ...input.overrides,
  };
}

/** The environment of the session's process: this one's, without what would lead to another Spark or Python. */
export function sparkEnvironment(env: NodeJS.ProcessEnv, python: string, javaHome: string): NodeJS.ProcessEnv {
  const foreign = /^(SPARK_|PYSPARK_|HADOOP_|YARN_|PYTHONPATH$|PYTHONHOME$|PYTHONSTARTUP$|VIRTUAL_ENV$|CONDA_)/;
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name))),
    JAVA_HOME: javaHome,
    PYSPARK_PYTHON: python,
    PYSPARK_DRIVER_PYTHON: python,
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONIOENCODING: 'utf-8',
    SPARK_LOCAL_IP: '127.0.0.1',
    TZ: 'UTC',
  };
}
