// A query of WITH that becomes a transformation of its own.

import { describe, expect, test } from 'vitest';
import { checkRefactoring, definition, prelude, problemsOf, reasonAgainst, refactoringsAt } from '../support/refactorings';
import { applyEdits, editsOf } from '../support/workspaceEdits';
import { openFixture } from '../support/workspaceFixture';

describe('a query of WITH becomes a transformation', () => {
  const title = 'Make "recent" a transformation of its own';

  test('the only one', async () => {
    const body = `# What people paid.
@spark.sql_transformation(variant="v2", owner="data", description="totals")
def totals():
    """Adds up."""
    return "WITH rec$0ent AS (SELECT a, b FROM {{payments.v1}} WHERE b > 1) SELECT recent.a, sum(x.b) FROM recent JOIN recent x USING (a)"
`;
    const before = await refactoringsAt(prelude + body);
    const action = before.actions.find((one) => one.title === title);
    const text = applyEdits(before.texts.get('definitions.py') ?? '', [...editsOf(action?.edit ?? {}).values()].flat());
    expect(text.slice(prelude.length)).toBe(`@spark.sql_transformation(variant="v2", owner="data")
def recent():
    return "SELECT a, b FROM {{payments.v1}} WHERE b > 1"


# What people paid.
@spark.sql_transformation(variant="v2", owner="data", description="totals")
def totals():
    """Adds up."""
    return "SELECT recent.a, sum(x.b) FROM {{recent.v2}} AS recent JOIN {{recent.v2}} x USING (a)"
`);
    // Each template loads its source, which a query of WITH does as well.
    expect(problemsOf(before)).toEqual([]);
    expect(problemsOf(await openFixture(text))).toEqual(['unused-input: "{{recent.v2}}" is loaded twice']);
  });

  test('one of several, in triple quotation marks', async () => {
    const body = `
@spark.sql_transformation(variant="v1")
def totals():
    return f"""
        WITH recent AS (
            SELECT a, b -- the newest
            FROM {{{{payments.v1}}}}
        ), big AS (SELECT a FROM rec$0ent WHERE b > 10)
        SELECT a FROM big
    """
`
      .replace('WITH recent', 'WITH rec$0ent')
      .replace('FROM rec$0ent', 'FROM recent');
    expect(await checkRefactoring(title, body)).toBe(`
@spark.sql_transformation(variant="v1")
def recent():
    return f"""
        SELECT a, b -- the newest
        FROM {{{{payments.v1}}}}
    """


@spark.sql_transformation(variant="v1")
def totals():
    return f"""
        WITH big AS (SELECT a FROM {{{{recent.v1}}}} AS recent WHERE b > 10)
        SELECT a FROM big
    """
`);
  });

  test.each([
    [
      'from the middle of a line',
      'rec$0ent AS (SELECT a,\n                b\n            FROM {{payments.v1}})',
      'SELECT a,\n            b\n        FROM {{payments.v1}}',
    ],
    ['less indented behind it', 'rec$0ent AS (\n          SELECT a\n      FROM {{payments.v1}})', 'SELECT a\n        FROM {{payments.v1}}'],
    ['with tabs', 'rec$0ent AS (\n\t\tSELECT a\n\t\t\tFROM {{payments.v1}})', 'SELECT a\n        \tFROM {{payments.v1}}'],
    ['tabs and blanks', 'rec$0ent AS (\n\t\tSELECT a,\n        b FROM {{payments.v1}})', 'SELECT a,\n        b FROM {{payments.v1}}'],
    [
      'a string over lines',
      "rec$0ent AS (SELECT a, 'x\n   y' FROM\n      {{payments.v1}})",
      "SELECT a, 'x\n   y' FROM\n      {{payments.v1}}",
    ],
    [
      'a blank line',
      'rec$0ent AS (\n            SELECT a\n\n              FROM {{payments.v1}})',
      'SELECT a\n\n          FROM {{payments.v1}}',
    ],
  ])('keeps how its lines stand to each other: %s', async (_what, query, expected) => {
    const body = `
@spark.sql_transformation(variant="v1")
def totals():
    return """
        WITH ${query}
        SELECT a FROM recent
    """
`;
    const text = await checkRefactoring(title, body);
    expect(text).toContain(`def recent():\n    return """\n        ${expected}\n    """\n`);
  });

  test('the last of several, without a variant', async () => {
    const query = '"WITH big AS (SELECT 1 AS a), rec$0ent AS (SELECT a FROM {{payments.v1}}) SELECT a FROM recent r JOIN big USING (a)"';
    expect(await checkRefactoring(title, definition(query, '@spark.sql_transformation()'))).toBe(`
@spark.sql_transformation()
def recent():
    return "SELECT a FROM {{payments.v1}}"


@spark.sql_transformation()
def totals():
    return "WITH big AS (SELECT 1 AS a) SELECT a FROM {{recent}} r JOIN big USING (a)"
`);
  });

  const refusals: readonly (readonly [reason: string, body: string])[] = [
    [
      '"recent" reads "old", another query of WITH',
      definition('"WITH old AS (SELECT 1), rec$0ent AS (SELECT * FROM old) SELECT * FROM recent"'),
    ],
    ['"recent" names its columns in front of the query', definition('"WITH rec$0ent (a) AS (SELECT 1) SELECT a FROM recent"')],
    [
      'the query is recursive',
      definition('"WITH RECURSIVE rec$0ent AS (SELECT 1 AS a UNION ALL SELECT a FROM recent) SELECT a FROM recent"'),
    ],
    ['the query has errors', definition('"WITH rec$0ent AS (SELECT 1 AS a) SELECT a, FROM recent"')],
    ['"recent" is used otherwise than behind FROM or JOIN', definition('"WITH rec$0ent AS (SELECT 1 AS a) TABLE recent"')],
    ['"recent" is defined in the module already', `recent = 1\n${definition('"WITH rec$0ent AS (SELECT 1 AS a) SELECT a FROM recent"')}`],
    [
      'there is a source "recent" already',
      `spark.register_file(name="recent", variant="v1", file_path="s3://b/r.parquet")\n${definition('"WITH rec$0ent AS (SELECT 1 AS a) SELECT a FROM recent"')}`,
    ],
    [
      'the variant is known at run time alone',
      definition('"WITH rec$0ent AS (SELECT 1 AS a) SELECT a FROM recent"', '@spark.sql_transformation(variant=VERSION)'),
    ],
    [
      'the arguments of the decorator are not all keywords',
      definition('"WITH rec$0ent AS (SELECT 1 AS a) SELECT a FROM recent"', '@spark.sql_transformation("v1")'),
    ],
    ['nothing reads "recent"', definition('"WITH rec$0ent AS (SELECT 1 AS a) SELECT a FROM {{payments.v1}}"')],
    ['"recent" reads no source', definition('"WITH rec$0ent AS (SELECT 1 AS a) SELECT a FROM recent"')],
    ['the query is put together from several texts', definition('"WITH rec$0ent AS (SELECT 1 " "AS a) SELECT a FROM recent"')],
    [
      '"tx" is a parameter of the function',
      `\n@spark.sql_transformation(variant="v1", inputs=[payments])\ndef totals(tx):\n    return "WITH rec$0ent AS (SELECT * FROM {{tx}}) SELECT * FROM recent"\n`,
    ],
  ];
  test.each(refusals)('not where %s', async (reason, body) => {
    expect(await reasonAgainst(title, body)).toBe(reason);
  });
});
