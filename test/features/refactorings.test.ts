// Changes that the author chooses: the exact text afterwards, and that the same problems are found in it.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isQuery, type Judge, openJudge } from '../sql/judge';
import { checkRefactoring, definition, prelude, problemsOf, reasonAgainst, refactoringsAt } from '../support/refactorings';
import { applyEdits, editsOf } from '../support/workspaceEdits';
import { openAtCursor, openFixture } from '../support/workspaceFixture';

let judge: Judge;
beforeAll(async () => {
  judge = await openJudge();
}, 60_000);
afterAll(() => {
  judge.close();
});

describe('the variant of a template', () => {
  test('is that of the run which the module sets', async () => {
    const body = (template: string): string => `ff.set_run("nightly")
users = spark.register_file(name="users", file_path="s3://b/users.parquet")
${definition(`"SELECT a FROM {{${template}}}"`)}`;
    expect(await checkRefactoring('Write "users.nightly"', body('us$0ers'))).toBe(body('users.nightly'));
  });

  test('is not known where the run is not', async () => {
    const body = `users = spark.register_file(name="users", file_path="s3://b/users.parquet")
${definition('"SELECT a FROM {{us$0ers}}"')}`;
    expect(await reasonAgainst('Write the variant of "users"', body)).toBe('the variant is that of the run, which only the run time knows');
  });
});

describe('the delimiters of templates', () => {
  test('of one, and of all in the query', async () => {
    const query = definition('"SELECT a FROM {{ payments.v1 }} x JOIN {{pay$0ments.v1}} y USING (a)"');
    const one = 'Write "<<payments.v1>>"';
    expect(await checkRefactoring(one, query)).toBe(definition('"SELECT a FROM {{ payments.v1 }} x JOIN <<payments.v1>> y USING (a)"'));
    const all = 'Write every template of the query with "<<>>"';
    expect(await checkRefactoring(all, query)).toBe(definition('"SELECT a FROM << payments.v1 >> x JOIN <<payments.v1>> y USING (a)"'));
  });

  test('are doubled in an f-string', async () => {
    const [plain, braces] = [definition('f"SELECT a FROM <<pay$0ments.v1>>"'), definition('f"SELECT a FROM {{{{payments.v1}}}}"')];
    expect(await checkRefactoring('Write "{{payments.v1}}"', plain)).toBe(braces);
    const back = definition('f"SELECT a FROM {{{{pay$0ments.v1}}}}"');
    expect(await checkRefactoring('Write "<<payments.v1>>"', back)).toBe(plain.replace('$0', ''));
  });

  test('stay where more than a name stands between them, or the text is made at run time', async () => {
    const odd = definition('"SELECT a FROM {{pay$0ments v1}}"');
    expect(await reasonAgainst('Write "<<payments v1>>"', odd)).toBe('between "<<" and ">>" there is room for a name alone');
    const made = definition('"SELECT {} FROM <<pay$0ments.v1>>".format("a")');
    expect(await reasonAgainst('Write "{{payments.v1}}"', made)).toBe('the query is put together from several texts');
  });
});

describe('a transformation becomes a query of WITH', () => {
  const recent = definition('"SELECT a, b FROM {{payments.v1}} WHERE c = \'x\';"', undefined, 'recent');
  const title = 'Write "recent.v1" as a query of WITH';

  test('the first', async () => {
    const query = definition('"SELECT recent.a, {{recent.v1}}.b FROM {{rec$0ent.v1}} AS recent"');
    expect(await checkRefactoring(title, recent + query)).toBe(
      recent +
        definition(`"WITH recent AS (SELECT a, b FROM {{payments.v1}} WHERE c = 'x') SELECT recent.a, recent.b FROM recent AS recent"`),
    );
  });

  test('beside others, in an f-string with single quotation marks', async () => {
    const query = definition("f'WITH old AS (SELECT 1 AS a) SELECT a FROM {{{{rec$0ent.v1}}}} JOIN old USING (a)'");
    expect(await checkRefactoring(title, recent + query)).toBe(
      recent +
        definition(
          "f'WITH recent AS (SELECT a, b FROM {{{{payments.v1}}}} WHERE c = \\'x\\'), old AS (SELECT 1 AS a) SELECT a FROM recent JOIN old USING (a)'",
        ),
    );
  });

  test('of several lines', async () => {
    const source = definition(
      '"""\n        SELECT a, "x" AS b -- the newest\n        FROM {{payments.v1}} -- all\n    """',
      undefined,
      'recent',
    );
    const query = definition('"SELECT a FROM {{rec$0ent.v1}}"');
    expect(await checkRefactoring(title, source + query)).toBe(
      source + definition('"WITH recent AS (SELECT a, \\"x\\" AS b -- the newest\\n        FROM {{payments.v1}}) SELECT a FROM recent"'),
    );
  });

  const refusals: readonly (readonly [reason: string, body: string])[] = [
    [
      'the query gives the name "recent" to something else',
      recent + definition('"SELECT 1 FROM {{rec$0ent.v1}} x JOIN {{payments.v1}} recent"'),
    ],
    ['the query gives the name "recent" to something else', recent + definition('"SELECT 1 FROM {{rec$0ent.v1}} x JOIN recent"')],
    ['the query has errors', recent + definition('"SELECT a, FROM {{rec$0ent.v1}}"')],
    [
      'the query of "recent" has errors',
      definition('"SELECT a, FROM {{payments.v1}}"', undefined, 'recent') + definition('"SELECT a FROM {{rec$0ent.v1}}"'),
    ],
    [
      '"tx" is a parameter of the function',
      `${recent}\n@spark.sql_transformation(variant="v1", inputs=[recent])\ndef totals(tx):\n    return "SELECT * FROM {{t$0x}}"\n`,
    ],
    [
      '"tx" is a parameter of "recent"',
      `\n@spark.sql_transformation(variant="v1", inputs=[payments])\ndef recent(tx):\n    return "SELECT * FROM {{tx}}"\n${definition('"SELECT a FROM {{rec$0ent.v1}}"')}`,
    ],
    ['the query is put together at run time', recent + definition('"SELECT a FROM {{rec$0ent.v1}}".strip()')],
    ['the literal cannot hold the query', recent + definition("r'SELECT a FROM {{rec$0ent.v1}}'")],
    [
      'the query of "recent" is known at run time alone',
      definition('f"SELECT {column} FROM {{{{payments.v1}}}}"', undefined, 'recent') + definition('"SELECT a FROM {{rec$0ent.v1}}"'),
    ],
  ];
  test.each(refusals)('not where %s', async (reason, body) => {
    expect(await reasonAgainst(title, body)).toBe(reason);
  });

  test('and is deleted where nothing else reads it', async () => {
    const query = definition('"SELECT a FROM {{rec$0ent.v1}}"');
    expect(await checkRefactoring(`${title}, and delete it`, recent + query)).toBe(
      `\n${definition(`"WITH recent AS (SELECT a, b FROM {{payments.v1}} WHERE c = 'x') SELECT a FROM recent"`).slice(1)}`,
    );
    const others = `${recent + query}print(recent)\n`;
    const { actions } = await refactoringsAt(prelude + others, 'refactor.inline');
    expect(actions.map((one) => one.title)).toEqual([title]);
  });

  test('is not offered on a file', async () => {
    const { actions } = await refactoringsAt(prelude + definition('"SELECT a FROM {{pay$0ments.v1}}"'), 'refactor.inline');
    expect(actions).toEqual([]);
  });
});

describe('a table function of another system', () => {
  const series = 'Write "explode(sequence"';

  test.each([
    [
      'Write "explode"',
      'SELECT x FROM {{payments.v1}} p, unn$0est(p.items) AS x',
      'SELECT x FROM {{payments.v1}} p, LATERAL explode(p.items) AS x(x)',
    ],
    [
      'Write "explode"',
      'SELECT u.i FROM {{payments.v1}} p LEFT JOIN UNN$0EST(p.items) AS u(i) ON true',
      'SELECT u.i FROM {{payments.v1}} p LEFT JOIN LATERAL explode(p.items) AS u(i) ON true',
    ],
    [
      series,
      'SELECT g FROM generate_se$0ries(1, 3) g JOIN {{payments.v1}} p ON p.a = g',
      'SELECT g FROM explode(sequence(1, 3)) g(g) JOIN {{payments.v1}} p ON p.a = g',
    ],
  ])('%s', async (title, query, expected) => {
    expect(await checkRefactoring(title, definition(`"${query}"`))).toBe(definition(`"${expected}"`));
    const [verdict] = await judge.judge([expected.replaceAll('{{payments.v1}}', 'payments')]);
    expect(verdict !== undefined && isQuery(verdict)).toBe(true);
  });

  test('is left alone among those of Spark', async () => {
    const { actions } = await refactoringsAt(prelude + definition('"SELECT 1 FROM {{payments.v1}} p, LATERAL expl$0ode(p.unnest) AS u"'));
    expect(actions).toEqual([]);
  });
});

describe('the form of a literal', () => {
  const several = 'Write the literal as one for each line';
  const one = 'Write the literals as one in triple quotation marks';
  const triple = (cursor: string): string =>
    definition(`"""\n        SELECT "x"${cursor}, 'y', '\\\\d'\n        FROM {{payments.v1}}\n    """`);
  const adjacent = (cursor: string): string =>
    definition(
      `(\n        "\\n"\n        "        SELECT \\"x\\"${cursor}, 'y', '\\\\d'\\n"\n        "        FROM {{payments.v1}}\\n"\n        "    "\n    )`,
    );

  test('of several lines, and back', async () => {
    expect(await checkRefactoring(several, triple('$0'))).toBe(adjacent(''));
    expect(await checkRefactoring(one, adjacent('$0'))).toBe(triple(''));
  });

  test('without a field, of which one is formatted', async () => {
    const body = definition('(\n        "SELECT a "\n        f"FROM {{{{pay$0ments.v1}}}}"\n        " JOIN {{payments.v1}} b"\n    )');
    expect(await checkRefactoring(one, body)).toBe(definition('f"""SELECT a FROM {{{{payments.v1}}}} JOIN {{{{payments.v1}}}} b"""'));
  });

  test('that ends with a quotation mark, or holds three', async () => {
    const body = definition(`(\n        'SELECT """a""" FROM {{payments.v1}} '\n        'WHERE b$0 = "c"'\n    )`);
    expect(await checkRefactoring(one, body)).toBe(definition('"""SELECT \\"\\"\\"a\\"\\"\\" FROM {{payments.v1}} WHERE b = "c\\""""'));
  });

  test('of a method is put into parentheses', async () => {
    const body = definition('"""SELECT a\n    FROM$0 {{payments.v1}}""".strip()');
    expect(await checkRefactoring(several, body)).toBe(
      definition('(\n        "SELECT a\\n"\n        "    FROM {{payments.v1}}"\n    ).strip()'),
    );
  });

  test('stays where it is raw or holds a field', async () => {
    expect(await reasonAgainst(several, definition('r"""SELECT a\n  FROM$0 {{payments.v1}}"""'))).toBe(
      'the literal is raw or holds fields',
    );
    const fields = definition('("SELECT a "\n        f"FROM$0 {{{{payments.{version}}}}}")');
    expect(await reasonAgainst(one, fields)).toBe('the literals are raw or hold fields');
  });
});

test('a missing source is registered beside the others', async () => {
  const body = `
# Who they are.
@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT a FROM {{customers$0.v3}}"
`;
  const { actions, texts } = await refactoringsAt(prelude + body, 'quickfix');
  const action = actions.find((one) => one.title === 'Register "customers.v3" as a file');
  const text = applyEdits(texts.get('definitions.py') ?? '', [...editsOf(action?.edit ?? {}).values()].flat());
  expect(text.slice(prelude.length)).toBe(`
spark.register_file(name="customers", variant="v3", file_path="s3://b/customers.parquet")

# Who they are.
@spark.sql_transformation(variant="v1")
def totals():
    return "SELECT a FROM {{customers.v3}}"
`);
  expect(problemsOf(await openFixture(text))).toEqual([]);
});

test('what is not possible is not offered to an editor that cannot say why', async () => {
  const fixture = await openAtCursor(prelude + definition('"WITH rec$0ent (a) AS (SELECT 1) SELECT a FROM recent"'));
  const { position, uri } = fixture.cursor;
  expect(fixture.service.codeAction(uri, { start: position, end: position }, { only: ['refactor'] })).toEqual([]);
});
