import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FoldingRange } from 'vscode-languageserver-types';
import { createLanguageService } from '../../server/src/languageService';
import { MemoryHost, uriOf } from '../support/memoryHost';
import { pythonForTests } from '../support/python';
import { openFixture } from '../support/workspaceFixture';

const head = `import featureform as ff
spark = ff.get_spark("emr")

`;

/** The text with the ranges of each line behind it: `> 4` for lines down to the fourth behind it, `> 4 comment` for a comment. */
async function checkFolding(text: string, wholeLines = true): Promise<string> {
  const ranges = await foldings(text, { wholeLines, limit: 1000 });
  const character = (at: number | undefined): string => (at === undefined ? '' : `:${at}`);
  return text
    .split('\n')
    .map((line, number) => {
      const own = (ranges ?? []).filter(({ startLine }) => startLine === number);
      const marks = own.map(
        ({ startLine, startCharacter, endLine, endCharacter, kind }) =>
          ` >${character(startCharacter)} ${endLine - startLine}${character(endCharacter)}${kind === undefined ? '' : ` ${kind}`}`,
      );
      return line + marks.join('');
    })
    .join('\n');
}

async function foldings(text: string, options: { wholeLines: boolean; limit: number }): Promise<readonly FoldingRange[] | undefined> {
  const { service } = await openFixture(text);
  return service.structure.foldingRange(uriOf('definitions.py'), options);
}

const query = `
    WITH a AS (
        SELECT
            x,
            CASE
                WHEN x > 1 THEN 'a'
                ELSE 'b'
            END AS size
        FROM {{t.v1}}
    ), b AS (
        SELECT x /* one
            two */
        FROM {{t.v1}}
        WHERE x IN (
            1,
            2
        )
    )
    SELECT a.x
    FROM a
        JOIN b ON a.x = b.x
    WHERE a.x > 1
        AND b.x > 1
    ORDER BY a.x
    `;
const definition = `${head}@spark.sql_transformation(variant="v1")
def f():
    return """${query}"""
`;

test('queries, clauses, CASE, lists and comments fold, and what closes them stays', async () => {
  expect(await checkFolding(definition)).toMatchInlineSnapshot(`
    "import featureform as ff
    spark = ff.get_spark("emr")

    @spark.sql_transformation(variant="v1")
    def f(): > 25
        return """ > 23
        WITH a AS ( > 7
            SELECT > 5
                x,
                CASE > 2
                    WHEN x > 1 THEN 'a'
                    ELSE 'b'
                END AS size
            FROM {{t.v1}}
        ), b AS ( > 7
            SELECT x /* one > 1 comment
                two */
            FROM {{t.v1}}
            WHERE x IN ( > 2
                1,
                2
            )
        )
        SELECT a.x
        FROM a > 1
            JOIN b ON a.x = b.x
        WHERE a.x > 1 > 1
            AND b.x > 1
        ORDER BY a.x
        """
    "
  `);
});

test('what follows in the last line keeps that line in sight', async () => {
  expect(
    await checkFolding(`${head}@spark.sql_transformation(variant="v1")
def f():
    return """SELECT
        a
    FROM (
        SELECT a FROM {{t.v1}}) AS x
    WHERE a
        AND b"""
`),
  ).toBe(`${head}@spark.sql_transformation(variant="v1")
def f(): > 6
    return """SELECT > 5
        a
    FROM ( > 1
        SELECT a FROM {{t.v1}}) AS x
    WHERE a
        AND b"""
`);
});

test('a query over several literals folds where it is written', async () => {
  expect(
    await checkFolding(`${head}COLUMNS = """
    a,
    b
"""

@spark.sql_transformation(variant="v1")
def f():
    # region query
    return (
        f"SELECT {COLUMNS}, "
        "c "
        "FROM {{t.v1}} "
        "WHERE a > 1 "
        "AND b > 1 "
        "LIMIT 1"
    )
    # endregion
`),
  ).toBe(`${head}COLUMNS = """ > 2
    a,
    b
"""

@spark.sql_transformation(variant="v1")
def f(): > 10
    # region query > 9 region
    return ( > 6
        f"SELECT {COLUMNS}, " > 5
        "c "
        "FROM {{t.v1}} "
        "WHERE a > 1 " > 1
        "AND b > 1 "
        "LIMIT 1"
    )
    # endregion
`);
});

test('clients that fold characters are told where the text of a part begins to be hidden and ends', async () => {
  expect(
    await checkFolding(
      `${head}@spark.sql_transformation(variant="v1")
def f():
    return """SELECT a FROM {{t.v1}} WHERE b IN (
        1
    ) AND c"""
`,
      false,
    ),
  ).toBe(`${head}@spark.sql_transformation(variant="v1")
def f(): > 3
    return """SELECT a FROM {{t.v1}} WHERE b IN ( >:49 2:11
        1
    ) AND c"""
`);
});

test('of too many ranges the outermost are told', async () => {
  const limited = await foldings(definition, { wholeLines: true, limit: 4 });
  expect(limited?.map(({ startLine }) => startLine + 1)).toEqual([5, 6]);
});

test('documents without queries are left to others', async () => {
  expect(await foldings('def f():\n    return """SELECT\n1"""\n', { wholeLines: true, limit: 10 })).toBeUndefined();
});

test('a file of SQL folds by its clauses', async () => {
  const definitions = `${head}@spark.sql_transformation(variant="v1")\ndef f():\n    return open("q.sql").read()\n`;
  const host = new MemoryHost([
    [uriOf('definitions.py'), definitions],
    [uriOf('q.sql'), 'SELECT\n  a\nFROM {{t.v1}}\nWHERE a > 1\n  AND b > 1\n'],
  ]);
  const service = await createLanguageService({ host, python: pythonForTests() });
  await service.load();
  expect(service.structure.foldingRange(uriOf('q.sql'), { wholeLines: true, limit: 10 })).toEqual([
    { startLine: 0, endLine: 1 },
    { startLine: 3, endLine: 4 },
  ]);
});

test('ranges never cross, whatever the query looks like', async () => {
  const pieces = [
    'SELECT',
    'a,',
    '(',
    ')',
    'FROM',
    '{{t.v1}}',
    'CASE WHEN',
    'THEN 1',
    'END',
    'WITH x AS (',
    '/*',
    '*/',
    'WHERE',
    "'",
    '"',
    'JOIN',
  ];
  const line = fc
    .tuple(fc.nat(8), fc.array(fc.constantFrom(...pieces), { maxLength: 3 }))
    .map(([n, words]) => ' '.repeat(n) + words.join(' '));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.boolean(), async (lines, wholeLines) => {
      const text = `${head}@spark.sql_transformation(variant="v1")\ndef f():\n    return """${lines.join('\n')} """\n`;
      const ranges = (await foldings(text, { wholeLines, limit: 1000 })) ?? [];
      for (const { startLine, endLine } of ranges) {
        expect(endLine).toBeGreaterThan(startLine);
        const crossing = ranges.filter((other) => other.startLine > startLine && other.startLine < endLine && other.endLine > endLine);
        expect(crossing).toEqual([]);
      }
    }),
    { numRuns: 100, seed: 7 },
  );
});
