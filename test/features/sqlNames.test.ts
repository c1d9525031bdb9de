// The names that a query gives itself: definition, references, highlights, hover, rename and linked editing on the same query.

import { expect, test } from 'vitest';
import { DocumentHighlightKind } from 'vscode-languageserver-types';
import { checkPrepareRename, checkRename } from '../support/checkRename';
import { pathOf } from '../support/memoryHost';
import { openAtCursor, placeText } from '../support/workspaceFixture';

const head = `import featureform as ff
spark = ff.get_spark("emr")
t = spark.register_file(name="t", variant="v1", file_path="s3://b/t.parquet")

@spark.sql_transformation(variant="v1")
def f():
    return """`;

function marked(sql: string): string {
  return `${head}${sql}"""\n`;
}

async function checkDefinition(sql: string): Promise<readonly string[]> {
  const { service, cursor, texts } = await openAtCursor(marked(sql));
  return service
    .definition(cursor.uri, cursor.position)
    .map(
      (link) =>
        `${placeText(texts, pathOf(link.targetUri), link.targetSelectionRange)} of ${placeText(texts, pathOf(link.targetUri), link.targetRange)}`,
    );
}

async function checkReferences(sql: string): Promise<readonly string[]> {
  const { service, cursor, texts } = await openAtCursor(marked(sql));
  const found = service.references(cursor.uri, cursor.position, { includeDeclaration: true });
  return found.map(({ uri, range }) => placeText(texts, pathOf(uri), range));
}

async function checkHighlights(sql: string): Promise<readonly string[]> {
  const { service, cursor, texts } = await openAtCursor(marked(sql));
  return service
    .documentHighlight(cursor.uri, cursor.position)
    .map(({ range, kind }) => `${kind === DocumentHighlightKind.Write ? 'write' : 'read'} ${placeText(texts, cursor.path, range)}`);
}

async function checkHover(sql: string): Promise<unknown> {
  const { service, cursor } = await openAtCursor(marked(sql));
  return (service.hover(cursor.uri, cursor.position)?.contents as { value: string } | undefined)?.value;
}

async function checkLinked(sql: string): Promise<readonly string[] | undefined> {
  const { service, cursor, texts } = await openAtCursor(marked(sql));
  return service.linkedEditingRanges(cursor.uri, cursor.position)?.ranges.map((range) => placeText(texts, cursor.path, range));
}

test('a query of WITH leads from its use to its name', async () => {
  expect(await checkDefinition('WITH x AS (SELECT a FROM {{t.v1}}) SELECT a FROM $0X')).toEqual([
    'definitions.py:7:20 x of definitions.py:7:20 x AS (SELECT a FROM {{t.v1}})',
  ]);
});

test('the alias of a source is used by qualified columns and stars, in nested queries too', async () => {
  expect(
    await checkReferences('SELECT p$0.a, p.*, P.b.c FROM {{t.v1}} p WHERE EXISTS (SELECT 1 FROM {{t.v1}} q WHERE q.a = p.a) ORDER BY p.b'),
  ).toEqual([
    'definitions.py:7:22 p',
    'definitions.py:7:27 p',
    'definitions.py:7:32 P',
    'definitions.py:7:52 p',
    'definitions.py:7:105 p',
    'definitions.py:7:119 p',
  ]);
});

test('an alias of the select list is found behind it, and from outside', async () => {
  expect(
    await checkHighlights(
      'WITH x AS (SELECT sum(a) AS total$0 FROM {{t.v1}} HAVING total > 1) SELECT x.total, total + 1 FROM x ORDER BY total',
    ),
  ).toEqual([
    'write definitions.py:7:43 total',
    'read definitions.py:7:70 total',
    'read definitions.py:7:90 total',
    'read definitions.py:7:97 total',
    'read definitions.py:7:123 total',
  ]);
});

test('an alias that has the name of the column it reads is that column elsewhere', async () => {
  expect(await checkReferences('SELECT lower(name) AS name$0 FROM {{t.v1}} GROUP BY name ORDER BY name')).toEqual([
    'definitions.py:7:37 name',
    'definitions.py:7:79 name',
  ]);
});

test('windows and parameters of lambdas stay in their scope', async () => {
  expect(await checkReferences('SELECT sum(a) OVER w$0, max(a) OVER (w) FROM {{t.v1}} WINDOW w AS (ORDER BY b)')).toEqual([
    'definitions.py:7:34 w',
    'definitions.py:7:50 w',
    'definitions.py:7:74 w',
  ]);
  expect(await checkReferences('SELECT transform(a, x -> x$0 + 1), transform(x, y -> y) FROM {{t.v1}}')).toEqual([
    'definitions.py:7:35 x',
    'definitions.py:7:40 x',
  ]);
});

test('a subquery behind FROM does not see its neighbours, a lateral one does', async () => {
  expect(await checkReferences('SELECT * FROM {{t.v1}} a$0, (SELECT a.x), LATERAL (SELECT a.y)')).toEqual([
    'definitions.py:7:38 a',
    'definitions.py:7:71 a',
  ]);
});

test('a hover shows what a name stands for', async () => {
  expect(await checkHover('WITH x AS (\n        SELECT a\n        FROM {{t.v1}}\n    ) SELECT a FROM x$0')).toBe(
    '**`x`** · query of WITH\n\n```sql\nSELECT a\nFROM {{t.v1}}\n```',
  );
  expect(await checkHover('SELECT $0p.a FROM {{t.v1}} AS p')).toBe('**`p`** · alias of a relation\n\n```sql\n{{t.v1}}\n```');
  expect(await checkHover('SELECT sum(a) AS total FROM {{t.v1}} ORDER BY tot$0al')).toBe('**`total`** · column\n\n```sql\nsum(a)\n```');
});

test('a rename changes every use, in backquotes where the name needs them', async () => {
  const sql = 'WITH x AS (SELECT 1 AS n FROM {{t.v1}}) SELECT x$0.n FROM x';
  expect(await checkRename(marked(sql), 'latest')).toEqual([
    'definitions.py:7:20 x -> latest',
    'definitions.py:7:62 x -> latest',
    'definitions.py:7:71 x -> latest',
  ]);
  expect(await checkRename(marked(sql), 'last week')).toEqual([
    'definitions.py:7:20 x -> `last week`',
    'definitions.py:7:62 x -> `last week`',
    'definitions.py:7:71 x -> `last week`',
  ]);
  expect(await checkPrepareRename(marked(sql))).toBe('definitions.py:7:62 x');
});

test('a word that may be meant as a keyword is not renamed', async () => {
  expect(await checkRename(marked('SELECT a FROM {{t.v1}} QUAL$0IFY rank() OVER (ORDER BY a) = 1'), 'x')).toBe(
    'the alias of a relation "QUALIFY" cannot be renamed: the query is wrong right behind it, where it may be meant as a keyword',
  );
  expect(await checkRename(marked('SELECT a FROM {{t.v1}} SAM$0PLE (10)'), 'x')).toBe(
    'the alias of a relation "SAMPLE" cannot be renamed: the query is wrong right behind it, where it may be meant as a keyword',
  );
  expect(await checkRename(marked('SELECT qualify.a FROM {{t.v1}} QUAL$0IFY'), 'x')).toEqual([
    'definitions.py:7:22 qualify -> x',
    'definitions.py:7:46 QUALIFY -> x',
  ]);
});

test('a rename is refused where the name would mean something else, or others may read it', async () => {
  expect(await checkRename(marked('WITH x AS (SELECT 1 AS n FROM {{t.v1}}), y AS (SELECT 2) SELECT x$0.n FROM x, y'), 'y')).toBe(
    'the query of WITH "x" cannot be renamed: Spark would not parse the query with "y" for it',
  );
  expect(await checkRename(marked('SELECT * FROM {{t.v1}} p$0 WHERE EXISTS (SELECT 1 FROM {{t.v1}} q WHERE p.a = q.a)'), 'q')).toBe(
    'the alias of a relation "p" cannot be renamed: "q" means something else in the query',
  );
  expect(await checkRename(marked('SELECT sum(a) AS total$0 FROM {{t.v1}}'), 'sum')).toBe(
    'the column "total" cannot be renamed: it is a column of the result, which other definitions may read',
  );
  expect(await checkRename(marked('WITH x AS (SELECT a AS n$0 FROM {{t.v1}} WHERE n > 1) SELECT 1 FROM x'), 'm')).toEqual([
    'definitions.py:7:38 n -> m',
    'definitions.py:7:60 n -> m',
  ]);
  expect(await checkRename(marked('WITH x AS (SELECT n + 1 AS n$0 FROM {{t.v1}}) SELECT n + 1 AS m FROM x'), 'k')).toBe(
    'the column "n" cannot be renamed: the query uses the name where it may mean a column of a source',
  );
});

test('the places of an alias are edited together', async () => {
  expect(await checkLinked('SELECT p$0.a FROM {{t.v1}} AS p')).toEqual(['definitions.py:7:43 p', 'definitions.py:7:22 p']);
  expect(await checkLinked('SELECT P$0.a FROM {{t.v1}} AS p')).toBeUndefined();
  expect(await checkLinked('SELECT a$0 FROM {{t.v1}} AS p')).toBeUndefined();
});
