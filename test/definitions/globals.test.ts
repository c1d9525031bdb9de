// Names that a function binds in the scopes around it.

import { beforeAll, describe, expect, it } from 'vitest';
import type { PythonParser } from '../../server/src/python/parser';
import { drawn, readText } from '../support/definitions';
import { parserForTests } from '../support/python';

let parser: PythonParser;
beforeAll(async () => {
  parser = await parserForTests();
});

const client = 'import featureform as ff\nclient = ff.Client()\n';

describe('global and nonlocal names', () => {
  it('hold what a function puts in place of None', () => {
    const file = readText(
      parser,
      `${client}spark = None
def connect():
    global spark
    spark = client.get_spark("emr")
connect()
a = spark.register_file(name="a", variant="v1", file_path="s3://bucket/a.csv")
`,
    );
    expect(drawn(file)).toEqual(['source:a.v1 (file)']);
    expect(file.resources[0]?.provider?.class).toBe('OfflineSparkProvider');
  });

  it('are new where the module had none', () => {
    const file = readText(
      parser,
      `${client}def connect():
    global spark
    spark = client.get_spark("emr")
connect()
a = spark.register_file(name="a", variant="v1", file_path="s3://bucket/a.csv")
`,
    );
    expect(file.resources[0]?.provider?.class).toBe('OfflineSparkProvider');
  });

  it('may hold either of two values', () => {
    const file = readText(
      parser,
      `${client}spark = client.get_spark("emr")
VARIANT = "v1"
def use(name):
    global VARIANT
    VARIANT = "v2"
a = spark.register_file(name="a", variant=VARIANT, file_path="s3://bucket/a.csv")
def outer():
    name = "b"
    def inner():
        nonlocal name
        name = "c"
    inner()
    spark.register_file(name=name, variant="v1", file_path="s3://bucket/b.csv")
`,
    );
    expect(file.resources.map(({ name, variant }) => [name.text, variant?.kind === 'written' ? variant.name.text : variant?.kind])).toEqual(
      [
        ['a', undefined],
        [undefined, 'v1'],
      ],
    );
  });

  it('stay as they are where a function has its own of that name', () => {
    const file = readText(
      parser,
      `${client}spark = client.get_spark("emr")
VARIANT = "v1"
def use():
    VARIANT = "v2"
a = spark.register_file(name="a", variant=VARIANT, file_path="s3://bucket/a.csv")
`,
    );
    expect(drawn(file)).toEqual(['source:a.v1 (file)']);
  });
});
