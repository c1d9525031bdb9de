import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { createLanguageService } from '../../server/src/languageService';
import { MemoryHost, uriOf } from '../support/memoryHost';
import { pythonForTests } from '../support/python';
import { openAtCursor } from '../support/workspaceFixture';

const head = `import featureform as ff
spark = ff.get_spark("emr")

@spark.sql_transformation(variant="v1")
def f():
    return `;

/** What the line becomes; the character in front of the cursor was typed. */
async function checkTyped(returned: string): Promise<string> {
  const { service, cursor, texts } = await openAtCursor(head + returned);
  const text = texts.get(cursor.path) ?? '';
  const edits = service.structure.onTypeFormatting(cursor.uri, cursor.position, text.charAt(cursor.offset - 1)) ?? [];
  return TextDocument.applyEdits(TextDocument.create(cursor.uri, 'python', 1, text), [...edits]).slice(head.length);
}

test('the first brace or chevron that closes a template writes the rest', async () => {
  expect(await checkTyped('"SELECT * FROM {{t.v1}$0"')).toBe('"SELECT * FROM {{t.v1}}"');
  expect(await checkTyped('"SELECT * FROM {{ t.v1 }$0 WHERE a"')).toBe('"SELECT * FROM {{ t.v1 }} WHERE a"');
  expect(await checkTyped('"SELECT * FROM <<t.v1>$0"')).toBe('"SELECT * FROM <<t.v1>>"');
  expect(await checkTyped('"SELECT <<t.v1>$0.a FROM <<t.v1>>"')).toBe('"SELECT <<t.v1>>.a FROM <<t.v1>>"');
  expect(await checkTyped('"""\n  SELECT *\n  FROM {{t.v1}$0\n  """')).toBe('"""\n  SELECT *\n  FROM {{t.v1}}\n  """');
});

test('in a literal that is formatted braces are written twice', async () => {
  expect(await checkTyped('f"SELECT * FROM {{{{t.v1}$0"')).toBe('f"SELECT * FROM {{{{t.v1}}}}"');
  expect(await checkTyped('"SELECT * FROM {{{{t.v1}$0 {}".format(x)')).toBe('"SELECT * FROM {{{{t.v1}}}} {}".format(x)');
  expect(await checkTyped('f"SELECT * FROM {{t.v1}$0"')).toBe('f"SELECT * FROM {{t.v1}"');
  expect(await checkTyped('f"SELECT * FROM {{{{t.{VERSION}$0"')).toBe('f"SELECT * FROM {{{{t.{VERSION}"');
});

test('what stands there already is not written again', async () => {
  expect(await checkTyped('"SELECT * FROM {{t.v1}$0}"')).toBe('"SELECT * FROM {{t.v1}}"');
  expect(await checkTyped('"SELECT * FROM {{t.v1}}$0"')).toBe('"SELECT * FROM {{t.v1}}"');
  expect(await checkTyped('f"SELECT * FROM {{{{t.v1}$0}"')).toBe('f"SELECT * FROM {{{{t.v1}}}}"');
});

test('the second one that is typed nevertheless is taken back', async () => {
  expect(await checkTyped('"SELECT * FROM {{t.v1}}}$0"')).toBe('"SELECT * FROM {{t.v1}}"');
  expect(await checkTyped('"SELECT * FROM <<t.v1>>>$0"')).toBe('"SELECT * FROM <<t.v1>>"');
});

test('shifts and comparisons are no templates', async () => {
  for (const same of [
    '"SELECT 1 <<a>$0 2"',
    '"SELECT x << a >$0 b"',
    '"SELECT (1) <<a>$0"',
    '"SELECT NULL <<a>$0"',
    '"SELECT a <b>$0"',
    '"SELECT {a}$0"',
    '"SELECT {{}$0"',
  ])
    expect(await checkTyped(same)).toBe(same.replace('$0', ''));
});

test('outside of queries nothing is written', async () => {
  expect(await checkTyped('"SELECT 1"\nx = "{{t.v1}$0"\n')).toBe('"SELECT 1"\nx = "{{t.v1}"\n');
  expect(await checkTyped('"SELECT 1"\nx = {{1}$0\n')).toBe('"SELECT 1"\nx = {{1}\n');
});

test('a file of SQL is a query', async () => {
  const definitions = `${head}open("q.sql").read()\n`;
  const uri = uriOf('q.sql');
  const host = new MemoryHost([
    [uriOf('definitions.py'), definitions],
    [uri, 'SELECT * FROM {{t.v1}\n'],
  ]);
  const service = await createLanguageService({ host, python: pythonForTests() });
  await service.load();
  const position = { line: 0, character: 21 };
  expect(service.structure.onTypeFormatting(uri, position, '}')).toEqual([{ range: { start: position, end: position }, newText: '}' }]);
});
