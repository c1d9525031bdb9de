// The queries of definitions in every form in which they are written.

import { expect, test } from 'vitest';
import { documentAfter } from '../../server/src/features/textEdits';
import type { FormattingOptions } from '../../server/src/features/formatting';
import { LineIndex } from '../../server/src/text/lineIndex';
import { uriOf } from '../support/memoryHost';
import { openFixture } from '../support/workspaceFixture';

const defaults: FormattingOptions = { width: 100, keywordCase: 'upper' };

/** The file after its queries were formatted; a second time changes nothing. */
async function formatFile(text: string, options: Partial<FormattingOptions> = {}): Promise<string> {
  const once = await formatOnce(text, { ...defaults, ...options });
  expect(await formatOnce(once, { ...defaults, ...options })).toBe(once);
  return once;
}

async function formatOnce(text: string, options: FormattingOptions): Promise<string> {
  const { service } = await openFixture(text);
  const [uri = ''] = service.documents;
  const lines = new LineIndex(text);
  const edits = service.formatting(uri, options).map(({ range, newText }) => {
    return { uri, span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, newText };
  });
  return documentAfter(text, edits);
}

const header = `import featureform as ff
spark = ff.get_spark("s")

@spark.sql_transformation(variant="v")
def rides():
`;

async function checkBody(before: string, after: string, options: Partial<FormattingOptions> = {}): Promise<void> {
  expect((await formatFile(`${header}${before}\n`, options)).slice(header.length)).toBe(`${after}\n`);
}

test('a text in triple quotes is indented by its statement, and its closing quotes stay on their own line', async () => {
  await checkBody(
    `    return """
      select a, sum(b) as total from {{ trips.v1 }} as t
         where a > 1 and b<2 group by a
    """`,
    `    return """
        SELECT a, sum(b) AS total
        FROM {{ trips.v1 }} AS t
        WHERE a > 1 AND b < 2
        GROUP BY a
    """`,
  );
});

test('a text in triple quotes is indented by tabs where its statement is', async () => {
  await checkBody(
    '\treturn """\n\t\tselect a, b from {{ trips.v1 }}\n\t"""',
    '\treturn """\n\t\tSELECT a, b\n\t\tFROM {{ trips.v1 }}\n\t"""',
  );
});

test('closing quotes behind the query stay there', async () => {
  await checkBody(
    `    return """select a
from {{trips.v1}}"""`,
    `    return """
        SELECT a
        FROM {{trips.v1}}"""`,
  );
});

test('a backslash behind the opening quotes stays', async () => {
  await checkBody(
    `    return """\\
select a from {{trips.v1}}
"""`,
    `    return """\\
        SELECT a
        FROM {{trips.v1}}
    """`,
  );
});

test('lines of literals and comments keep their beginning', async () => {
  await checkBody(
    `    return """
      select 'one
two' as a, /* three
  four */ b from {{trips.v1}} -- five
    """`,
    `    return """
        SELECT
            'one
two' AS a,
            /* three
  four */ b
        FROM {{trips.v1}}  -- five
    """`,
  );
});

test('a text on one line stays on one line', async () => {
  await checkBody(
    `    return " select  a,b from {{trips.v1}}   where c in ( 'x','y' ) "`,
    `    return "SELECT a, b FROM {{trips.v1}} WHERE c IN ('x', 'y')"`,
  );
  const items = Array.from({ length: 40 }, (_, index) => `column_${index}`);
  await checkBody(`    return "select ${items.join(',')} from {{trips.v1}}"`, `    return "SELECT ${items.join(', ')} FROM {{trips.v1}}"`);
});

test('a line in triple quotes takes more only where it is too long', async () => {
  await checkBody(`    return """select a from {{trips.v1}}"""`, `    return """SELECT a FROM {{trips.v1}}"""`);
  await checkBody(
    `    return """select airport, carrier, departures from {{trips.v1}}"""`,
    `    return """
        SELECT airport, carrier, departures
        FROM {{trips.v1}}
    """`,
    { width: 60 },
  );
});

test('literals side by side hold a line each', async () => {
  await checkBody(
    `    return (
        "select a, b "
        "from {{trips.v1}} where a > 1 and "
        "b < 2"
    )`,
    `    return (
        "SELECT a, b "
        "FROM {{trips.v1}} "
        "WHERE a > 1 AND b < 2"
    )`,
  );
});

test('line ends in literals side by side stay, and with them the comments that they end', async () => {
  await checkBody(
    `    return (
        "select a -- the first\\n"
        "from {{trips.v1}}\\n"
        "limit 3"
    )`,
    `    return (
        "SELECT a  -- the first\\n"
        "FROM {{trips.v1}}\\n"
        "LIMIT 3"
    )`,
  );
});

test('holes, doubled braces and escapes stay as they are written', async () => {
  await checkBody(
    `    limit = 3
    return f"""
        select '{{"a": 1}}' as j, 'x\\ty' as s from {{{{trips.v1}}}} limit {limit}
    """`,
    `    limit = 3
    return f"""
        SELECT '{{"a": 1}}' AS j, 'x\\ty' AS s
        FROM {{{{trips.v1}}}}
        LIMIT {limit}
    """`,
  );
});

test('what only the run time knows keeps its place', async () => {
  await checkBody(
    `    return f"select {columns()} from {{{{trips.v1}}}} where day='{day()}'"`,
    `    return f"SELECT {columns()} FROM {{{{trips.v1}}}} WHERE day = '{day()}'"`,
  );
});

test.each([
  ['a query with an error', `    return "select a, from {{trips.v1}} where ("`],
  ['no query', `    return "insert into x select a from {{trips.v1}}"`],
  ['literals that are put together by signs', `    return "select a " + "from {{trips.v1}}"`],
  ['literals with comments between them', `    return (\n        "select a "  # note\n        "from {{trips.v1}}"\n    )`],
  ['literals of different forms', `    return (\n        "select a "\n        'from {{trips.v1}}'\n    )`],
  ['a token in two literals', `    return (\n        "select 'a"\n        "b' from {{trips.v1}}"\n    )`],
  ['parts that are filled in', `    return "select a from {{trips.v1}} limit %s" % 3`],
  ['a text that is changed afterwards', `    return "select a from {{trips.v1}}".replace("a", "b")`],
  ['escapes between words', `    return "select a\\nfrom {{trips.v1}}"`],
  ['a part that stands elsewhere', `    tail = "from {{trips.v1}}"\n    return f"select a {tail}"`],
])('%s is left alone', async (_, body) => {
  await checkBody(body, body);
});

test('a text that is dedented is formatted like any other', async () => {
  await checkBody(
    `    from textwrap import dedent
    return dedent("""
      select a
      from {{trips.v1}}
    """)`,
    `    from textwrap import dedent
    return dedent("""
        SELECT a
        FROM {{trips.v1}}
    """)`,
  );
});

test('the line ends of the file are kept', async () => {
  const text = `${header}    return """\n      select a\n      from {{trips.v1}}\n    """\n`.replaceAll('\n', '\r\n');
  expect(await formatFile(text)).toBe(
    `${header}    return """\n        SELECT a\n        FROM {{trips.v1}}\n    """\n`.replaceAll('\n', '\r\n'),
  );
});

test('a query in a file of several line ends has those of its lines', async () => {
  const query = '    return """\n      select a\n      from {{trips.v1}}\n    """\n';
  const after = '    return """\n        SELECT a\n        FROM {{trips.v1}}\n    """\n';
  const asDos = (text: string): string => text.replaceAll('\n', '\r\n');
  expect(await formatFile(asDos(header) + query)).toBe(asDos(header) + after);
  expect(await formatFile(header + asDos(query))).toBe(header + asDos(after));
  const old = (header + query).replaceAll('\n', '\r');
  expect(await formatFile(old)).toBe(old);
});

test('a file of SQL is formatted as a whole where a definition reads it', async () => {
  const { service } = await openFixture(`${header}    return open("query.sql").read()\n`);
  const text = '-- all\n  select a\nfrom t ;\n\n';
  service.update(uriOf('query.sql'), text);
  service.update(uriOf('other.sql'), text);
  expect(service.formatting(uriOf('query.sql'), defaults)).toEqual([
    { range: { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } }, newText: '-- all\nSELECT a\nFROM t;\n' },
  ]);
  // It may be of any other system.
  expect(service.formatting(uriOf('other.sql'), defaults)).toEqual([]);
  service.update(uriOf('definitions.py'), 'import featureform as ff\n');
  expect(service.formatting(uriOf('query.sql'), defaults)).toEqual([]);
});

test('the action at the cursor formats one query, the one for the file formats all', async () => {
  const text = `${header}    return "select a from {{trips.v1}}"\n\n${header.split('\n').slice(3).join('\n').replace('rides', 'more')}    return "select b from {{trips.v1}}"\n`;
  const { service } = await openFixture(text);
  const [uri = ''] = service.documents;
  const at = new LineIndex(text).positionAt(text.indexOf('select b'));
  const offered = (only?: readonly string[]): readonly (readonly unknown[])[] =>
    service
      .codeAction(uri, { start: at, end: at }, { format: defaults, ...(only !== undefined && { only }) })
      .filter(({ title }) => title === 'Format SQL')
      .map(({ kind, edit }) => [kind, edit?.changes?.[uri]?.map(({ newText }) => newText)]);
  expect(offered()).toEqual([['refactor.rewrite.formatSql', ['SELECT b FROM {{trips.v1}}']]]);
  expect(offered(['source'])).toEqual([['source.formatSql', ['SELECT a FROM {{trips.v1}}', 'SELECT b FROM {{trips.v1}}']]]);
  expect(offered(['source.fixAll', 'quickfix'])).toEqual([]);
});
