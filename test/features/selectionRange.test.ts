import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver-types';
import { LineIndex } from '../../server/src/text/lineIndex';
import { uriOf } from '../support/memoryHost';
import { openFixture } from '../support/workspaceFixture';

const head = `import featureform as ff
spark = ff.get_spark("emr")

@spark.sql_transformation(variant="v1")
def f():
    `;

/** What is selected step by step from each cursor of `definitions.py`. */
async function checkSelection(marked: string): Promise<readonly (readonly string[])[]> {
  const { service, texts, cursors } = await openFixture(marked);
  const text = texts.get('definitions.py') ?? '';
  const lines = new LineIndex(text);
  const found = service.structure.selectionRange(
    uriOf('definitions.py'),
    cursors.map(({ position }) => position),
  );
  const steps = (range: SelectionRange | undefined): readonly string[] =>
    range === undefined ? [] : [text.slice(lines.offsetAt(range.range.start), lines.offsetAt(range.range.end)), ...steps(range.parent)];
  return (found ?? []).map(steps);
}

test('a selection grows by the parts of the query, and then by those of the function', async () => {
  const marked = `${head}return """
        WITH x AS (
            SELECT round(p.amou$0nt, 1) AS r, b
            FROM {{t.v1}} p
        )
        SELECT r FROM x"""
`;
  const [steps] = await checkSelection(marked);
  expect(steps).toMatchInlineSnapshot(`
    [
      "amount",
      "p.amount",
      "p.amount, 1",
      "(p.amount, 1)",
      "round(p.amount, 1)",
      "round(p.amount, 1) AS r",
      "round(p.amount, 1) AS r, b",
      "SELECT round(p.amount, 1) AS r, b",
      "SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p",
      "(
                SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p
            )",
      "x AS (
                SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p
            )",
      "WITH x AS (
                SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p
            )",
      "WITH x AS (
                SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p
            )
            SELECT r FROM x",
      "
            WITH x AS (
                SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p
            )
            SELECT r FROM x",
      """"
            WITH x AS (
                SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p
            )
            SELECT r FROM x"""",
      "return """
            WITH x AS (
                SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p
            )
            SELECT r FROM x"""",
      "def f():
        return """
            WITH x AS (
                SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p
            )
            SELECT r FROM x"""",
      "@spark.sql_transformation(variant="v1")
    def f():
        return """
            WITH x AS (
                SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p
            )
            SELECT r FROM x"""",
      "import featureform as ff
    spark = ff.get_spark("emr")

    @spark.sql_transformation(variant="v1")
    def f():
        return """
            WITH x AS (
                SELECT round(p.amount, 1) AS r, b
                FROM {{t.v1}} p
            )
            SELECT r FROM x"""
    ",
    ]
  `);
});

test('in several places at once, in templates, strings and comments', async () => {
  expect(
    (
      await checkSelection(
        `${head}return "SELECT 'two wo$0rds', a /* a no$1te */ FROM {{ orders.v$21 }} AS o WHERE o.s[$31] IN (1, $42)"\n`,
      )
    ).map((steps) => steps.slice(0, 4)),
  ).toMatchInlineSnapshot(`
    [
      [
        "words",
        "two words",
        "'two words'",
        "'two words', a",
      ],
      [
        "note",
        "/* a note */",
        "SELECT 'two words', a /* a note */ FROM {{ orders.v1 }} AS o WHERE o.s[1] IN (1, 2)",
        ""SELECT 'two words', a /* a note */ FROM {{ orders.v1 }} AS o WHERE o.s[1] IN (1, 2)"",
      ],
      [
        "v1",
        "orders.v1",
        "{{ orders.v1 }}",
        "{{ orders.v1 }} AS o",
      ],
      [
        "1",
        "[1]",
        "o.s[1]",
        "o.s[1] IN (1, 2)",
      ],
      [
        "2",
        "1, 2",
        "(1, 2)",
        "o.s[1] IN (1, 2)",
      ],
    ]
  `);
});

test('through the literals that a query is written in', async () => {
  const [steps] = await checkSelection(`${head}return ("SELECT a$0, "\n        "b " + "FROM {{t.v1}}")\n`);
  expect(steps).toMatchInlineSnapshot(`
    [
      "a",
      "SELECT a, ",
      ""SELECT a, "",
      ""SELECT a, "
            "b "",
      ""SELECT a, "
            "b " + "FROM {{t.v1}}"",
      "("SELECT a, "
            "b " + "FROM {{t.v1}}")",
      "return ("SELECT a, "
            "b " + "FROM {{t.v1}}")",
      "def f():
        return ("SELECT a, "
            "b " + "FROM {{t.v1}}")",
      "@spark.sql_transformation(variant="v1")
    def f():
        return ("SELECT a, "
            "b " + "FROM {{t.v1}}")",
      "import featureform as ff
    spark = ff.get_spark("emr")

    @spark.sql_transformation(variant="v1")
    def f():
        return ("SELECT a, "
            "b " + "FROM {{t.v1}}")
    ",
    ]
  `);
});

test('in Python by names, calls, arguments, statements and blocks', async () => {
  const [steps] = await checkSelection(`def f():\n    if a:\n        g(1, key="so$0me text")\n        h()\n`);
  expect(steps).toMatchInlineSnapshot(`
    [
      "some text",
      ""some text"",
      "key="some text"",
      "1, key="some text"",
      "(1, key="some text")",
      "g(1, key="some text")",
      "if a:
            g(1, key="some text")
            h()",
      "def f():
        if a:
            g(1, key="some text")
            h()",
      "def f():
        if a:
            g(1, key="some text")
            h()
    ",
    ]
  `);
});

test('a part that another place writes is left out', async () => {
  const [steps] = await checkSelection(`${head.replace('\n@', '\nCOLUMNS = "a, b$0"\n\n@')}return f"SELECT {COLUMNS} FROM {{{{t.v1}}}}"\n`);
  expect(steps?.slice(0, 4)).toEqual(['b', 'a, b', '"a, b"', 'COLUMNS = "a, b"']);
});

test('each step holds the one before, from every place of every query', async () => {
  const pieces = [
    'SELECT ',
    'a',
    ', ',
    '(',
    ')',
    ' FROM ',
    '{{t.v1}}',
    'CASE WHEN ',
    'END',
    '.',
    '[',
    ']',
    '/*',
    '*/',
    '"',
    "'",
    '\\n',
    '\n',
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 15 }), fc.nat(), async (words, place) => {
      const query = words.join('');
      const cursor = place % (query.length + 1);
      const { service, cursors } = await openFixture(`${head}return """${query.slice(0, cursor)}$0${query.slice(cursor)} """\n`);
      const [cursorAt] = cursors;
      if (cursorAt === undefined) throw new Error('expected a cursor');
      const [found] = service.structure.selectionRange(cursorAt.uri, [cursorAt.position]) ?? [];
      const lines = new LineIndex(service.snapshot.files.get(cursorAt.uri)?.text ?? '');
      let last = { start: cursorAt.offset, end: cursorAt.offset };
      for (let step = found; step !== undefined; step = step.parent) {
        const span = { start: lines.offsetAt(step.range.start), end: lines.offsetAt(step.range.end) };
        expect(span.start).toBeLessThanOrEqual(last.start);
        expect(span.end).toBeGreaterThanOrEqual(last.end);
        expect(span).not.toEqual(last);
        last = span;
      }
    }),
    { numRuns: 200, seed: 7 },
  );
});
