// Where a rename is refused, with the reason, and the constants that decide it.

import { describe, expect, test } from 'vitest';
import { openAtCursor } from '../support/workspaceFixture';
import { checkPrepareRename, checkRename, renameWorkspace, type Mark } from '../support/checkRename';

describe('a constant', () => {
  const constant = (rest: string, first = 'NAME = "sr$0c"'): string => `import featureform as ff
spark = ff.get_spark("emr")
${first}
${rest}
`;

  test('that writes one name is what is edited', async () => {
    expect(
      await checkRename(
        constant(`spark.register_file(name=NAME, variant="v1", file_path="s3://b/t.parquet")
@spark.sql_transformation(variant="v1")
def f():
    return f"SELECT * FROM {{{{{NAME}.v1}}}}"`),
        'raw',
      ),
    ).toEqual(['definitions.py:3:9 src -> raw']);
  });

  test('that another file imports', async () => {
    expect(
      await checkRename(
        `from names import TABLE
import names
import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name=TABLE, variant="v1", file_path="s3://b/t.parquet")
@spark.sql_transformation(variant="v1")
def f():
    return "SELECT * FROM {{%s.v1}}" % names.TABLE
--- names.py
TABLE = "sr$0c"
`,
        'raw',
      ),
    ).toEqual(['names.py:1:10 src -> raw']);
  });

  test.each([
    ['in a location', 'spark.register_file(name=NAME, variant="v1", file_path=f"s3://b/{NAME}.parquet")', 4],
    [
      'as the name of something else',
      'spark.register_file(name=NAME, variant="v1", file_path="s3://b/t")\nff.register_entity(NAME)',
      undefined,
    ],
    ['by Python itself', 'spark.register_file(name=NAME, variant="v1", file_path="s3://b/t")\nprint(NAME)', 5],
    ['as a key', 'spark.register_file(name=NAME, variant="v1", file_path={"src": "s3://b/t"}[NAME])', 4],
    ['in a condition', 'spark.register_file(name=NAME, variant="v1", file_path="s3://b/t")\nif NAME == "src":\n    pass', 5],
    ['as a description', 'spark.register_file(name=NAME, variant="v1", file_path="s3://b/t", description=NAME)', 4],
  ])('that is used %s is refused', async (_, rest, line) => {
    expect(await checkRename(constant(rest), 'raw')).toBe(
      line === undefined
        ? 'this text is part of the source "src" and of the entity "src"'
        : `the source "src" cannot be renamed: the text that writes it is also used at definitions.py:${line}`,
    );
  });

  test('that writes a part: only what differs is edited', async () => {
    const text = constant('spark.register_file(name=f"{NAME}_raw", variant="v1", file_path="s3://b/t.parquet")', 'NAME = "s$0rc"');
    expect(await checkRename(text, 'tx_raw')).toEqual(['definitions.py:3:9 src -> tx']);
    expect(await checkRename(text, 'src_all')).toEqual(['definitions.py:4:35 raw -> all']);
  });

  test('that several variants share is refused where it stands', async () => {
    expect(
      await checkRename(
        constant(
          'spark.register_file(name="a", variant=VERSION, file_path="s3://b/t")\nspark.register_file(name="b", variant=VERSION, file_path="s3://b/u")',
          'VERSION = "v$01"',
        ),
        'v2',
      ),
    ).toBe('this text is part of the variant "v1" of the source "a" and of the variant "v1" of the source "b"');
  });

  test('a list that a loop runs through', async () => {
    expect(
      await checkRename(
        constant(
          'for name in NAMES:\n    spark.register_file(name=name, variant="v1", file_path="s3://b/t")',
          'NAMES = ["a", "b$0"]\nNAMES.append("c")',
        ),
        'z',
      ),
    ).toEqual(['definitions.py:3:16 b -> z']);
  });

  test('that is changed on its way is refused', async () => {
    expect(await checkRename(constant('spark.register_file(name=NAME.upper(), variant="v1", file_path="s3://b/t")'), 'RAW')).toBe(
      'the source "SRC" cannot be renamed: at definitions.py:4 it is put together from parts that cannot be changed so',
    );
    expect(await checkRename(constant('spark.register_file(name=NAME[:3], variant="v1", file_path="s3://b/t")'), 'longer')).toBe(
      'the source "src" cannot be renamed: with it there would not be the file "source:longer.v1"',
    );
  });

  test('of a file outside the workspace is not written', async () => {
    const { service, cursor } = await openAtCursor(constant('spark.register_file(name=NAME, variant="v1", file_path="s3://b/t")'));
    service.update(
      'file:///elsewhere/more.py',
      'import featureform as ff\n@ff.get_spark("emr").sql_transformation(variant="v1")\ndef f():\n    return "SELECT * FROM {{src.v1}}"\n',
    );
    expect(service.rename(cursor.uri, cursor.position, 'raw', { annotated: true })).toEqual({
      kind: 'refused',
      reason: 'the source "src" cannot be renamed: it is written in more.py:4, outside the workspace',
    });
  });

  test('a name that only the run time knows is refused', async () => {
    const text = constant('import os\nspark.register_file(name=f"s$0rc_{os.environ[\'X\']}", variant="v1", file_path="s3://b/t")', '');
    expect(await checkRename(text, 'raw')).toBe('the name "src_{os.environ["X"]}" is known only when the program runs');
    expect(await checkPrepareRename(text)).toBe('the name "src_{os.environ["X"]}" is known only when the program runs');
  });
});

describe('a new name', () => {
  const refused = async (newName: string, mark: Mark = 'name'): Promise<unknown> => checkRename(renameWorkspace(mark), newName);

  test('that is not valid', async () => {
    const of = 'the source "transactions" cannot be renamed: ';
    expect(await refused('')).toBe(`${of}a name is expected`);
    expect(await refused('a__b')).toBe(`${of}the name "a__b" holds two underscores in a row, which the backend refuses`);
    expect(await refused('_a')).toBe(`${of}the name "_a" begins with an underscore, which the backend refuses`);
    expect(await refused('a.b')).toBe(`${of}the name "a.b" holds a period, which separates name and variant in templates`);
    expect(await refused('a/b')).toBe(`${of}the name "a/b" holds a slash, which separates folders in paths`);
    expect(await refused('a"b')).toBe(`${of}the name "a"b" holds "\\"", which cannot stand in a name`);
    expect(await refused('v.1', 'tupleVariant')).toBe(
      'the variant "v1" of the source "average" cannot be renamed: the variant "v.1" holds a period, which separates name and variant in templates',
    );
  });

  test('that another resource has', async () => {
    expect(await refused('rounded')).toBe(
      'the source "transactions" cannot be renamed: the source "rounded" is defined already, at definitions.py:9',
    );
    expect(await refused('emr')).toEqual(expect.any(Array));
    expect(
      await checkRename(
        `import featureform as ff
spark = ff.get_spark("emr")
src = ff.get_source("kept", "v1")
spark.register_file(name="sr$0c", variant="v1", file_path="s3://b/t")
`,
        'kept',
      ),
    ).toBe('the source "src" cannot be renamed: the source "kept" is taken for granted already, at definitions.py:3');
  });

  test('of a variant that another definition has', async () => {
    expect(
      await checkRename(
        `import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="src", variant="v$01", file_path="s3://b/t")
spark.register_file(name="src", variant="v2", file_path="s3://b/u")
`,
        'v2',
      ),
    ).toBe(
      'the variant "v1" of the source "src" cannot be renamed: the variant "v2" of the source "src" is defined already, at definitions.py:4',
    );
  });

  test('that would be a problem', async () => {
    expect(
      await checkRename(
        `import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="src", variant="v$01", file_path="s3://b/t")
spark.register_file(name="src", variant="w2", file_path="s3://b/u")
`,
        'w',
      ),
    ).toMatch(/^the variant "v1" of the source "src" cannot be renamed: it would be a problem \(variant-prefix-collision\): /);
  });

  test('that is no name of Python, where a function gives the name', async () => {
    const of = 'the source "average" cannot be renamed: ';
    expect(await refused('a-b', 'function')).toBe(`${of}"a-b" is no name of Python, and the function at definitions.py:5 gives the name`);
    expect(await refused('class', 'function')).toBe(
      `${of}"class" is no name of Python, and the function at definitions.py:5 gives the name`,
    );
    expect(await refused('User', 'function')).toBe(`${of}"User" means something else in Python, at definitions.py:17`);
    expect(await refused('print', 'function')).toBe(`${of}"print" means something else in Python, at other.py:4`);
  });

  test('that mends a mention which nothing defined', async () => {
    expect(
      await checkRename(
        `import featureform as ff
spark = ff.get_spark("emr")
spark.register_file(name="paym$0nets", variant="v1", file_path="s3://b/t")
@spark.sql_transformation(variant="v1")
def f():
    return "SELECT * FROM {{payments.v1}}"
`,
        'payments',
      ),
    ).toEqual(['definitions.py:3:27 paymnets -> payments']);
  });

  test('that is the old one changes nothing', async () => {
    expect(await checkRename(renameWorkspace('name'), 'transactions')).toEqual([]);
  });
});
