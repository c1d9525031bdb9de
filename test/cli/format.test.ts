import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { sparkform, temporaryFolder } from '../support/cli';

const folders: { readonly dispose: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.dispose();
});

const definitions = `import featureform as ff
spark = ff.get_spark("e")

@spark.sql_transformation(variant="v1")
def daily():
    return "select a from {{orders.v1}}"

@spark.sql_transformation(variant="v1")
def weekly():
    return open("weekly.sql").read()
`;

function project(): string {
  const folder = temporaryFolder({
    'a.py': `\uFEFF${definitions}`,
    'b.py': 'import featureform as ff\n',
    'weekly.sql': 'select a\nfrom {{orders.v1}} where b',
    'other.sql': 'select 1',
  });
  folders.push(folder);
  return folder.path;
}

const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');

it('formats the queries of definitions and the files that they read', () => {
  const folder = project();
  expect(sparkform(['format'], folder)).toEqual({
    code: 0,
    out: 'formatted a.py\nformatted weekly.sql\n',
    err: '2 of 3 files formatted\n',
  });
  expect(read(folder, 'a.py')).toBe(`\uFEFF${definitions.replace('select a from', 'SELECT a FROM')}`);
  expect(read(folder, 'weekly.sql')).toBe('SELECT a\nFROM {{orders.v1}}\nWHERE b\n');
  expect(read(folder, 'other.sql')).toBe('select 1');
  expect(sparkform(['format', '--check'], folder)).toEqual({ code: 0, out: '', err: '0 of 3 files would be formatted\n' });
});

it('says with --check what it would format, and writes nothing', () => {
  const folder = project();
  expect(sparkform(['format', '--check', 'a.py'], folder)).toEqual({
    code: 1,
    out: 'would format a.py\n',
    err: '1 of 1 file would be formatted\n',
  });
  expect(read(folder, 'a.py')).toBe(`\uFEFF${definitions}`);
});

it('takes the case of keywords and the width of lines', () => {
  const folder = project();
  expect(sparkform(['format', '--keyword-case', 'lower', '--line-width', '40', 'a.py'], folder)).toMatchObject({ code: 0, out: '' });
  expect(sparkform(['format', '--line-width', '10'], folder)).toMatchObject({
    code: 2,
    err: 'sparkform: format: --line-width must be a whole number from 40 to 400, not "10"\n',
  });
});
