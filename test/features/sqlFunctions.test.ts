import { describe, expect, test } from 'vitest';
import { type CompletionItem, InsertTextFormat, MarkupContent, TextEdit } from 'vscode-languageserver-types';
import { openAtCursor, placeText } from '../support/workspaceFixture';

const query = (sql: string): string => `import featureform as ff
spark = ff.get_spark("emr")

@spark.sql_transformation(variant="v1")
def average():
    return ${sql}
`;

async function checkFunctionHover(sql: string): Promise<string | undefined> {
  const { service, cursor, texts } = await openAtCursor(query(sql));
  const hover = service.hover(cursor.uri, cursor.position);
  if (hover === undefined) return undefined;
  if (!MarkupContent.is(hover.contents) || hover.range === undefined) throw new Error('hover is Markdown with a range');
  return `${placeText(texts, cursor.path, hover.range)}\n---\n${hover.contents.value}`;
}

async function checkFunctionCompletion(sql: string, snippets = true): Promise<readonly CompletionItem[]> {
  const { service, cursor } = await openAtCursor(query(sql));
  const items = service.completion(cursor.uri, cursor.position, { snippets })?.items ?? [];
  return [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}

const labels = async (sql: string): Promise<readonly string[]> => (await checkFunctionCompletion(sql)).map(({ label }) => label);

function newText(item: CompletionItem | undefined): string | undefined {
  return TextEdit.is(item?.textEdit) ? item.textEdit.newText : undefined;
}

describe('hover', () => {
  test('a function tells its signature, what it gives, an example and its other names', async () => {
    expect(await checkFunctionHover('"SELECT uca$0se(name) FROM {{a.b}}"')).toMatchInlineSnapshot(`
      "definitions.py:6:20 ucase
      ---
      \`\`\`sql
      ucase(str: string) → string
      \`\`\`

      The text in capital letters.

      For example, this is true:

      \`\`\`sql
      upper('Spark') = 'SPARK'
      \`\`\`

      Function · also \`upper\` · since Spark 1.0.1 · [Spark's list of functions](https://spark.apache.org/docs/3.5.0/api/sql/index.html#ucase)"
    `);
  });

  test('results that depend on the argument are listed', async () => {
    expect(await checkFunctionHover('"SELECT SUM$0(x) FROM {{a.b}}"')).toMatchInlineSnapshot(`
      "definitions.py:6:20 SUM
      ---
      \`\`\`sql
      sum(expr: numeric or interval)
      \`\`\`

      The total of the values that are not null; null when there are none.

      Result: type of expr; bigint for int, smallint, tinyint; double for string, timestamp, float; decimal(p+10,s) for decimal(p,s).

      For example, this is true:

      \`\`\`sql
      (SELECT sum(x) FROM VALUES (1), (2), (null) AS t(x)) = 3
      \`\`\`

      Aggregate function · since Spark 1.0.0 · [Spark's list of functions](https://spark.apache.org/docs/3.5.0/api/sql/index.html#sum)"
    `);
  });

  test('each signature has a line', async () => {
    expect(await checkFunctionHover('"SELECT $0date_add(x, 1) FROM {{a.b}}"')).toMatchInlineSnapshot(`
      "definitions.py:6:20 date_add
      ---
      \`\`\`sql
      date_add(start_date: date, num_days: int) → date
      date_add(unit: unit, value: bigint, timestamp: timestamp)
      \`\`\`

      The date so many days later; with a unit such as MONTH or HOUR, the timestamp so many units later.

      Result: timestamp; timestamp_ntz for timestamp_ntz.

      For example, this is true:

      \`\`\`sql
      date_add(DATE '2024-02-28', 2) = DATE '2024-03-01'
      \`\`\`

      Function · also \`dateadd\` · since Spark 1.5.0 · [Spark's list of functions](https://spark.apache.org/docs/3.5.0/api/sql/index.html#date_add)"
    `);
  });

  test('only a name in front of a parenthesis, where an expression stands, is a function', async () => {
    const aFunction = expect.stringContaining('Aggregate function') as string;
    expect(await checkFunctionHover('"SELECT fir$0st(x) FROM {{a.b}}"')).toEqual(aFunction);
    expect(await checkFunctionHover('"SELECT up$0per FROM {{a.b}}"')).toBeUndefined();
    expect(await checkFunctionHover(`"SELECT 'up$0per(x)' FROM {{a.b}}"`)).toBeUndefined();
    expect(await checkFunctionHover('"SELECT 1 /* up$0per(x) */ FROM {{a.b}}"')).toBeUndefined();
    expect(await checkFunctionHover('"SELECT 1 /* /* */ up$0per(x) */ FROM {{a.b}}"')).toBeUndefined();
    expect(await checkFunctionHover('"SELECT t.up$0per(x) FROM {{a.b}}"')).toBeUndefined();
    expect(await checkFunctionHover('"WITH a AS (SELECT 1), fir$0st(x) AS (SELECT 2) SELECT * FROM first"')).not.toEqual(aFunction);
    expect(await checkFunctionHover('"SELECT * FROM {{a.b}} las$0t(x)"')).not.toEqual(aFunction);
    expect(await checkFunctionHover('"SELECT x::decim$0al(10, 2) FROM {{a.b}}"')).toBeUndefined();
    expect(await checkFunctionHover('"SELECT * FROM a LE$0FT JOIN b"')).toBeUndefined();
  });

  test('in a query of several literals the name is marked where it was written', async () => {
    expect((await checkFunctionHover('("SELECT "\n        "upp$0er(x) FROM {{a.b}}")'))?.split('\n')[0]).toBe('definitions.py:7:10 upper');
  });
});

describe('completion', () => {
  test('functions that the text begins come first', async () => {
    expect((await labels('"SELECT upp$0 FROM {{a.b}}"')).slice(0, 1)).toEqual(['upper']);
    expect((await labels('"SELECT a FROM {{a.b}} WHERE date_$0"')).slice(0, 7)).toEqual([
      'date_add',
      'date_diff',
      'date_format',
      'date_from_unix_date',
      'date_part',
      'date_sub',
      'date_trunc',
    ]);
  });

  test('the arguments that must be given are places to fill in', async () => {
    const [item] = await checkFunctionCompletion('"SELECT rpa$0"');
    expect(item).toMatchObject({
      label: 'rpad',
      detail: 'rpad(str: string or binary, len: int, [pad: string or binary]) → string or binary',
      insertTextFormat: InsertTextFormat.Snippet,
    });
    expect(newText(item)).toBe('rpad(${1:str}, ${2:len})');
    expect(newText((await checkFunctionCompletion('"SELECT row_num$0"'))[0])).toBe('row_number()');
    expect(newText((await checkFunctionCompletion('"SELECT cas$0"'))[0])).toBe('cast(${1:expr} AS ${2:type})');
    expect(newText((await checkFunctionCompletion('"SELECT rando$0"'))[0])).toBe('random($1)');
  });

  test('where the parenthesis stands, or the editor knows no places, the name is inserted alone', async () => {
    expect(newText((await checkFunctionCompletion('"SELECT rpa$0(a, b)"'))[0])).toBe('rpad');
    const [item] = await checkFunctionCompletion('"SELECT rpa$0"', false);
    expect(newText(item)).toBe('rpad');
    expect(item?.insertTextFormat).toBeUndefined();
  });

  test('capital letters stay capital', async () => {
    expect(newText((await checkFunctionCompletion('"SELECT UPP$0"'))[0])).toBe('UPPER(${1:str})');
  });

  test('documentation is added when an item is looked at', async () => {
    const { service, cursor } = await openAtCursor(query('"SELECT UPP$0"'));
    const item = service.completion(cursor.uri, cursor.position)?.items.find(({ label }) => label === 'UPPER');
    if (item === undefined) throw new Error('no UPPER');
    expect(item.documentation).toBeUndefined();
    const { documentation } = service.completionResolve(item);
    expect(MarkupContent.is(documentation) ? documentation.value : '').toContain('The text in capital letters.');
  });

  test('nothing is offered where no expression can begin', async () => {
    expect(await labels('"SELECT a up$0 FROM {{a.b}}"')).toEqual([]);
    expect(await labels('"SELECT a AS up$0"')).toEqual([]);
    expect(await labels('"SELECT t.up$0"')).toEqual([]);
    expect(await labels(`"SELECT 'up$0'"`)).toEqual([]);
    expect(await labels('"SELECT 1 -- up$0"')).toEqual([]);
    expect(await labels('"SELECT `up$0`"')).toEqual([]);
    expect(await labels('"up$0"')).toEqual([]);
  });

  test('FROM takes tables, and a view of rows functions that make them', async () => {
    expect(await labels('"SELECT * FROM r$0"')).toEqual(['range', 'sql_keywords']);
    expect((await labels('"SELECT * FROM {{a.b}} LATERAL VIEW ex$0"')).slice(0, 2)).toEqual(['explode', 'explode_outer']);
  });

  test('behind braces sources are offered, not functions', async () => {
    expect(await labels('"SELECT upper({{$0"')).toEqual([]);
  });
});
