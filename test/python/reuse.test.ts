import { expect, test } from 'vitest';
import fc from 'fast-check';
import { parserForTests } from '../support/python';

const parser = await parserForTests();
const uri = 'file:///test.py';

const definitions = `import featureform as ff
# comment
spark = ff.get_spark("spark")

@spark.sql_transformation(name="a", variant="v1")
def a():
    """The first."""
    return "SELECT * FROM {{transactions.kaggle}}"

VERSION = "v2"
if VERSION == "v1":
    x = [1, 2,
         3]
else:
    x = {"a": f"{VERSION}!"}

@spark.df_transformation(inputs=[("a", "v1")])
def b(df):
    from pyspark.sql.functions import avg
    return df.groupBy("x").agg(
        avg("y").alias("z"),  # mean
    )

class User:
    avg = ff.Feature(a[["user", "avg"]], type=ff.Float32)
`;

const snippets = [
  '',
  'x',
  ' ',
  '\n',
  '    ',
  '"',
  "'",
  '"""',
  '(',
  ')',
  '[',
  ']',
  ':',
  ',',
  '=',
  '#',
  '\\',
  '@',
  'def f():\n',
  'else:',
  'f"{',
  '}',
  '\r\n',
  '.b()',
  'return',
  'print x\n',
];

const edit = fc.record({ at: fc.nat(), remove: fc.integer({ min: 0, max: 30 }), insert: fc.constantFrom(...snippets) });

test('a tree after edits equals the tree of the text parsed from scratch', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
      let module = parser.parse(uri, definitions);
      for (const { at, remove, insert } of edits) {
        const start = at % (module.text.length + 1);
        const text = module.text.slice(0, start) + insert + module.text.slice(start + remove);
        module = parser.parse(uri, text, module);
        expect(JSON.stringify(module)).toBe(JSON.stringify(parser.parse(uri, text)));
      }
    }),
    { numRuns: 150 },
  );
});

test('statements before an edit are the very same objects, and the older tree is left as it was', () => {
  const before = parser.parse(uri, definitions);
  const copy = structuredClone(before);
  const text = definitions.replace('"v2"', '"v22"');
  const after = parser.parse(uri, text, before);
  expect(after.body.slice(0, 3).map((statement, index) => statement === before.body[index])).toEqual([true, true, true]);
  expect(after.body[3]).not.toBe(before.body[3]);
  expect(before).toEqual(copy);
});

test('an earlier tree of an unrelated text does no harm', () => {
  const other = parser.parse(uri, 'y = 1\n');
  expect(parser.parse(uri, definitions, other)).toEqual(parser.parse(uri, definitions));
});

test('a character typed into a long file leaves every other statement as it was read', () => {
  const long = Array.from({ length: 80 }, () => definitions).join('\n');
  const before = parser.parse(uri, long);
  const at = long.indexOf('SELECT', long.length / 2);
  const after = parser.parse(uri, `${long.slice(0, at)}x${long.slice(at)}`, before);
  const edited = before.body.findIndex(({ span }) => span.start <= at && at < span.end);
  expect(after.body).toHaveLength(before.body.length);
  expect(after.body.slice(0, edited).every((statement, index) => statement === before.body[index])).toBe(true);
  expect(after.body[edited]).not.toBe(before.body[edited]);
  expect(after.body.slice(edited + 1).map(({ span }) => span.start - 1)).toEqual(
    before.body.slice(edited + 1).map(({ span }) => span.start),
  );
});

// https://docs.python.org/3/reference/lexical_analysis.html#indentation, as CPython counts it: a backslash in the first column is not seen.
test.each([
  ['def f():\n    a\n\\\n    b\n', ['function'], []],
  ['def f():\n    a\n    \\\n  b\n', ['function'], []],
  ['if x:\n  a\n  \\\nb\nc\n', ['if', 'expression'], []],
  ['a\n\\\nb\n', ['expression', 'expression'], []],
  ['def f():\n    a\n\\\n\nb\n', ['function', 'expression'], []],
  ['def f():\n    a\n\\\n        b\n', ['function'], ['unexpected indent: this line is indented deeper than its block']],
])('a backslash at the start of a line counts as Python counts it, in the whole text and after an edit: %j', (text, kinds, problems) => {
  for (const front of ['', 'def broken(:\n    pass\n\n\n']) {
    const whole = parser.parse(uri, front + text);
    expect(whole.body.slice(front === '' ? 0 : 1).map(({ kind }) => kind)).toEqual(kinds);
    if (front === '') expect(whole.problems.map(({ message }) => message)).toEqual(problems);
    const before = parser.parse(uri, front + text.replace('\n\\\n', '\n'));
    expect(parser.parse(uri, front + text, before)).toEqual(whole);
  }
});
