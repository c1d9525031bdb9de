import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { sparkform, temporaryFolder, type CliResult } from '../support/cli';
import { notebookText } from '../support/notebook';

const folders: { readonly dispose: () => void }[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.dispose();
});

function workspace(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder(files);
  folders.push(folder);
  return folder.path;
}

const header = `import featureform as ff
spark = ff.get_spark("e")
`;

const definitions = `${header}
@spark.sql_transformation(variant="v1")
def daily():
    return "select a from {{orders.v1}}"

@spark.sql_transformation(variant="v1")
def weekly():
    return open("weekly.sql").read()
`;

function project(): string {
  return workspace({
    'a.py': `\uFEFF${definitions}`,
    'b.py': 'import featureform as ff\n',
    'weekly.sql': 'select a\nfrom {{orders.v1}} where b',
    'other.sql': 'select 1',
  });
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

it('says which files hold queries that cannot be formatted, and formats the others', () => {
  const broken = `${definitions}\n@spark.sql_transformation(variant="v1")\ndef broken():\n    return "select a form {{orders.v1}} where"\n`;
  const folder = workspace({ 'a.py': broken, 'weekly.sql': 'SELECT a\nFROM {{orders.v1}}\n' });
  expect(sparkform(['format'], folder)).toEqual({
    code: 0,
    out: 'formatted a.py\n',
    err: 'a.py holds SQL that Spark would not parse; it was left alone, and "sparkform check" says why\n1 of 2 files formatted\n',
  });
  expect(read(folder, 'a.py')).toBe(broken.replace('select a from', 'SELECT a FROM'));
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

it('says of files that it is asked for why it leaves them alone', () => {
  const folder = project();
  expect(sparkform(['format', 'weekly.sql', 'other.sql', '--check'], folder)).toEqual({
    code: 1,
    out: 'would format weekly.sql\n',
    err: 'other.sql is read by no definition and was left alone\n1 of 1 file would be formatted\n',
  });
  writeFileSync(join(folder, 'notes.md'), 'select 1');
  expect(sparkform(['format', 'notes.md'], folder)).toEqual({
    code: 2,
    out: '',
    err: 'sparkform: format: "notes.md" is neither a Python file, a notebook nor a file of SQL\n',
  });
});

it('leaves alone what is not in UTF-8, and says so', () => {
  const folder = project();
  const latin = Buffer.from(`# -*- coding: latin-1 -*-\n# \u00FC\n${definitions}`, 'latin1');
  writeFileSync(join(folder, 'a.py'), latin);
  expect(sparkform(['format', 'a.py'], folder)).toEqual({
    code: 2,
    out: '',
    err: 'a.py is not in UTF-8 and was left alone\n0 of 1 file formatted\n',
  });
  expect(readFileSync(join(folder, 'a.py'))).toEqual(latin);
});

/** What git says of a diff that is applied in the folder. */
function gitApply(folder: string, diff: string, ...options: readonly string[]): CliResult {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_CEILING_DIRECTORIES: join(folder, '..'),
  };
  const run = spawnSync('git', ['apply', '--whitespace=nowarn', ...options], { cwd: folder, env, input: diff, encoding: 'utf8' });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

interface Formatted {
  readonly diff: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** What `format` makes of files, once all its forms agree: git takes the diff, which makes the same of them, and nothing is left to do. */
function formatAll(files: Readonly<Record<string, string>>): Formatted {
  const names = Object.keys(files);
  const texts = (folder: string): Formatted['texts'] => Object.fromEntries(names.map((name) => [name, read(folder, name)]));
  const patched = workspace(files);
  const { code, out: diff } = sparkform(['format', '--diff'], patched);
  expect(code).toBe(1);
  expect(texts(patched)).toEqual(files);
  const silent = { code: 0, out: '', err: '' };
  expect(gitApply(patched, diff, '--check')).toEqual(silent);
  expect(gitApply(patched, diff)).toEqual(silent);
  const formatted = workspace(files);
  expect(sparkform(['format'], formatted).code).toBe(0);
  expect(texts(patched)).toEqual(texts(formatted));
  expect(sparkform(['format', '--check'], formatted).code).toBe(0);
  return { diff, texts: texts(formatted) };
}

describe('format --diff', () => {
  it('prints what would change as a unified diff, and writes nothing', () => {
    const folder = project();
    expect(sparkform(['format', '--diff'], folder)).toEqual({
      code: 1,
      out: `--- a/a.py
+++ b/a.py
@@ -3,7 +3,7 @@
 
 @spark.sql_transformation(variant="v1")
 def daily():
-    return "select a from {{orders.v1}}"
+    return "SELECT a FROM {{orders.v1}}"
 
 @spark.sql_transformation(variant="v1")
 def weekly():
--- a/weekly.sql
+++ b/weekly.sql
@@ -1,2 +1,3 @@
-select a
-from {{orders.v1}} where b
\\ No newline at end of file
+SELECT a
+FROM {{orders.v1}}
+WHERE b
`,
      err: '2 of 3 files would be formatted\n',
    });
    expect(read(folder, 'a.py')).toBe(`\uFEFF${definitions}`);
    expect(sparkform(['format', '--diff', '--check', 'b.py'], folder)).toEqual({
      code: 0,
      out: '',
      err: '0 of 1 file would be formatted\n',
    });
  });

  it('shows a hunk for each place, with the lines of both files', () => {
    const query = (name: string, body: string): string => `
@spark.sql_transformation(variant="v1")
def ${name}():
    """Says what ${name} is for."""
    return """
${body}
    """
`;
    const { diff } = formatAll({
      'team/a.py':
        header +
        query('one', '        SELECT a,\n        b,\n            c\n        FROM {{orders.v1}}\n        WHERE d') +
        query('two', '        SELECT a\n        FROM {{one.v1}}\n        WHERE b') +
        query('three', '        SELECT a from {{two.v1}}\n        WHERE b') +
        query('four', '        SELECT a\n        FROM {{three.v1}}\n        where b'),
    });
    expect(diff).toBe(`--- a/team/a.py
+++ b/team/a.py
@@ -5,9 +5,7 @@
 def one():
     """Says what one is for."""
     return """
-        SELECT a,
-        b,
-            c
+        SELECT a, b, c
         FROM {{orders.v1}}
         WHERE d
     """
@@ -25,7 +23,8 @@
 def three():
     """Says what three is for."""
     return """
-        SELECT a from {{two.v1}}
+        SELECT a
+        FROM {{two.v1}}
         WHERE b
     """
 
@@ -35,5 +34,5 @@
     return """
         SELECT a
         FROM {{three.v1}}
-        where b
+        WHERE b
     """
`);
  });

  it('keeps line ends, byte order marks and the missing end of a last line', () => {
    const query = 'def daily():\n    return """\n    select a\n    from {{orders.v1}}"""';
    const text = `${header}@spark.sql_transformation(variant="v1")\n${query}`;
    const { diff } = formatAll({
      'a.py': `\uFEFF${text.replaceAll('\n', '\r\n')}`,
      'b.py': text,
      'c.py': text.replace('    select', '\tselect'),
    });
    expect(diff).toBe(
      ['a', 'b', 'c']
        .map((name) => {
          const shown = `--- a/${name}.py
+++ b/${name}.py
@@ -3,5 +3,5 @@
 @spark.sql_transformation(variant="v1")
 def daily():
     return """
-    select a
-    from {{orders.v1}}"""
\\ No newline at end of file
+        SELECT a
+        FROM {{orders.v1}}"""
\\ No newline at end of file
`;
          const lines = shown.replace('    select a', name === 'c' ? '\tselect a' : '    select a');
          return name === 'a' ? lines.replace(/^[ +-](?!-- |\+\+ ).*(?=\n(?!\\))/gm, '$&\r') : lines;
        })
        .join(''),
    );
  });

  it('takes names of all kinds', () => {
    const text = definitions.replace('weekly.sql', 'my query.sql');
    const names = ['team one/my file.py', 'caf\u00E9.py', 'it"s.py'];
    const { diff } = formatAll({ ...Object.fromEntries(names.map((name) => [name, text])), 'my query.sql': 'select 1\n' });
    expect(diff.match(/^(?:---|\+\+\+) .*$/gm)).toEqual([
      '--- a/caf\u00E9.py',
      '+++ b/caf\u00E9.py',
      '--- "a/it\\"s.py"',
      '+++ "b/it\\"s.py"',
      '--- a/my query.sql\t',
      '+++ b/my query.sql\t',
      '--- a/team one/my file.py\t',
      '+++ b/team one/my file.py\t',
    ]);
  });

  it('names files from the working directory', () => {
    const folder = project();
    mkdirSync(join(folder, 'sub'));
    expect(sparkform(['format', '--diff', '../a.py'], join(folder, 'sub')).out).toMatch(/^--- a\/\.\.\/a\.py\n\+\+\+ b\/\.\.\/a\.py\n/);
  });
});

const cells = [
  '# Orders',
  `%matplotlib inline\n${header}`,
  '@spark.sql_transformation(variant="v1")\ndef daily():\n    return """\n    select \'\u00E9"\', a from {{orders.v1}}\n\n    where\n      b"""',
  'x = """select a from b"""',
  '@spark.sql_transformation(variant="v2")\ndef weekly():\n    return """\n        select a from {{daily.v1}} where a > 1 and\n        b < 2\n    """\nx = 1',
];
const formattedCells = cells
  .with(
    2,
    '@spark.sql_transformation(variant="v1")\ndef daily():\n    return """\n        SELECT \'\u00E9"\', a\n        FROM {{orders.v1}}\n\n        WHERE b"""',
  )
  .with(
    4,
    '@spark.sql_transformation(variant="v2")\ndef weekly():\n    return """\n        SELECT a\n        FROM {{daily.v1}}\n        WHERE a > 1 AND b < 2\n    """\nx = 1',
  );

describe('format of notebooks', () => {
  it('writes the lines of a cell as Jupyter does, and nothing else', () => {
    expect(formatAll({ 'orders.ipynb': notebookText(cells) }).texts).toEqual({ 'orders.ipynb': notebookText(formattedCells) });
  });

  it('shows the lines of the file that change', () => {
    const { diff } = formatAll({ 'orders.ipynb': notebookText(['# Orders', cells[1] ?? '', cells[4] ?? '']) });
    expect(diff).toBe(`--- a/orders.ipynb
+++ b/orders.ipynb
@@ -36,8 +36,9 @@
     "@spark.sql_transformation(variant=\\"v2\\")\\n",
     "def weekly():\\n",
     "    return \\"\\"\\"\\n",
-    "        select a from {{daily.v1}} where a > 1 and\\n",
-    "        b < 2\\n",
+    "        SELECT a\\n",
+    "        FROM {{daily.v1}}\\n",
+    "        WHERE a > 1 AND b < 2\\n",
     "    \\"\\"\\"\\n",
     "x = 1"
    ],
`);
  });

  it('keeps the form of the file: indentation, line ends, order, escapes, byte order mark', () => {
    const forms: readonly ((cells: readonly string[]) => string)[] = [
      (all) => JSON.stringify(JSON.parse(notebookText(all))),
      (all) => JSON.stringify(JSON.parse(notebookText(all)), undefined, '\t'),
      (all) => `\uFEFF${notebookText(all).replaceAll('\n', '\r\n')}\r\n\r\n`,
      (all) => notebookText(all).replaceAll('\u00E9', '\\u00e9'),
      (all) => notebookText(all).replaceAll('{}', '{ "a" :1,  "b":[ ] }').trimEnd(),
      // Each cell in one string.
      (all) =>
        JSON.stringify(
          JSON.parse(notebookText(all)),
          (key, value: unknown) => (key === 'source' ? (value as string[]).join('') : value),
          2,
        ),
    ];
    const written = (all: readonly string[]): Readonly<Record<string, string>> =>
      Object.fromEntries(forms.map((form, index) => [`${index}.ipynb`, form(all)]));
    expect(formatAll(written(cells)).texts).toEqual(written(formattedCells));
  });

  it('writes a cell of one line as several', () => {
    const one = (query: string): readonly string[] => [
      header,
      `QUERY = ${query}`,
      '@spark.sql_transformation(variant="v1")\ndef daily():\n    return QUERY',
    ];
    const long = Array.from({ length: 12 }, (_, index) => `column_${index}`);
    const before = one(`"""select ${long.join(', ')} from {{orders.v1}}"""`);
    const after = one(`"""\n    SELECT\n${long.map((name) => `        ${name}`).join(',\n')}\n    FROM {{orders.v1}}\n"""`);
    expect(formatAll({ 'orders.ipynb': notebookText(before) }).texts).toEqual({ 'orders.ipynb': notebookText(after) });
  });

  it('leaves other notebooks alone', () => {
    const folder = workspace({
      'broken.ipynb': notebookText(cells).replace('"nbformat": 4,', '"nbformat": 4'),
      'old.ipynb': notebookText(cells).replace('"nbformat": 4', '"nbformat": 3'),
      'scala.ipynb': notebookText(cells, { kernelspec: { language: 'scala' } }),
      'empty.ipynb': '',
    });
    expect(sparkform(['format'], folder)).toEqual({ code: 0, out: '', err: '0 of 4 files formatted\n' });
  });
});
