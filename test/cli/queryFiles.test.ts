import { afterEach, describe, expect, it } from 'vitest';
import { sparkform, temporaryFolder } from '../support/cli';

const folders: { readonly dispose: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.dispose();
});

function check(files: Readonly<Record<string, string>>, ...args: readonly string[]): readonly string[] {
  const folder = temporaryFolder(files);
  folders.push(folder);
  const { out, err } = sparkform(['check', ...args], folder.path);
  if (err !== '') throw new Error(err);
  return out.split('\n').filter((line) => /^\S/.test(line));
}

const head = `import os
from pathlib import Path
import featureform as ff
spark = ff.Client().get_spark("e")
spark.register_file("orders", "s3://shop/o.csv", variant="v1")
HERE = Path(__file__).resolve().parent
FOLDER = os.path.dirname(os.path.abspath(__file__))
`;
const definition = (body: string): string => `${head}@spark.sql_transformation(variant="v1")\ndef daily():\n${body}`;
const query = '-- The orders\r\nSELECT *\r\nFROM {{ordres.v1}}\n';
const found = 'q/daily.sql:3:8 error "ordres.v1" is not defined in the workspace [unknown-source]';

describe('a query in a file of its own', () => {
  it.each([
    'return open("q/daily.sql").read()',
    'return open(file="./q/daily.sql", mode="r", encoding="utf-8").read()',
    'return Path("q/daily.sql").read_text()',
    'return (Path("q") / "daily.sql").read_text(encoding="utf-8").strip()',
    'return Path("q").joinpath("daily.sql").open().read()',
    'with open("q/daily.sql") as f:\n        sql = f.read()\n    return sql',
    'f = open("q/daily.sql")\n    return f.read()',
    'return (Path(__file__).parent / "q" / "daily.sql").read_text()',
    'return (HERE / "q/daily.sql").read_text()',
    'return open(os.path.join(os.path.dirname(__file__), "q", "daily.sql")).read()',
    'return open(os.path.join(FOLDER, "q/daily.sql")).read()',
    'return open(FOLDER + "/q/daily.sql").read()',
    'return open(str(Path(__file__).parents[0] / "q" / "daily.sql")).read()',
    'return open(os.path.join(os.getcwd(), "q/daily.sql")).read()',
  ])('is checked where it is written: %s', (body) => {
    expect(check({ 'a.py': definition(`    ${body}\n`), 'q/daily.sql': query })).toEqual([
      found,
      '1 file, 2 resources: 1 error, 0 warnings',
    ]);
  });

  it('is found beside the file that reads it, and in folders between', () => {
    const text = definition('    return open("q/daily.sql").read()\n');
    expect(check({ 'sparkform.json': '{}', 'team/defs/a.py': text, 'team/q/daily.sql': query })[0]).toBe(`team/${found}`);
    expect(check({ 'sparkform.json': '{}', 'team/defs/a.py': text, 'team/defs/q/daily.sql': query }, 'team/defs')[0]).toBe(
      `team/defs/${found}`,
    );
  });

  it('is reported with the file that reads it, and by itself', () => {
    const files = { 'a.py': definition('    return open("q/daily.sql").read()\n'), 'q/daily.sql': query, 'q/other.sql': 'SELECT 1' };
    expect(check(files, 'a.py')).toEqual([found, '1 file, 2 resources: 1 error, 0 warnings']);
    expect(check(files, 'q/daily.sql')).toEqual([found, '0 files, 0 resources: 1 error, 0 warnings']);
    expect(check(files, 'q/other.sql')).toEqual(['0 files, 0 resources: no problems']);
  });

  it('is missed where it is read', () => {
    const files = { 'a.py': definition('    return open("q/daly.sql").read()\n'), 'q/daily.sql': query };
    expect(check(files)).toEqual([
      'a.py:10:12 warning there is no file "q/daly.sql" in the workspace folder [missing-query-file]',
      '1 file, 2 resources: 0 errors, 1 warning',
    ]);
  });

  it.each([
    'return open("../q/daily.sql").read()',
    'return open("/q/daily.sql").read()',
    'return open(path).read()',
    'return open(f"q/{name}.sql").read()',
    'return open("q/daly.sql", "w").read()',
    'return open("q/notes.txt").read()',
  ])('is left alone where nothing is known of it: %s', (body) => {
    expect(check({ 'a.py': definition(`    ${body}\n`) })).toEqual(['1 file, 2 resources: no problems']);
  });

  it('is silenced by a comment at the definition', () => {
    const text = definition('    return open("q/daily.sql").read()  # sparkform: ignore[unknown-source]\n');
    expect(check({ 'a.py': text, 'q/daily.sql': query })).toEqual(['1 file, 2 resources: no problems']);
  });
});
