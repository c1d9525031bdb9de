import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-types';
import { LineIndex } from '../../server/src/text/lineIndex';
import { pathOf } from '../support/memoryHost';
import { openAtCursor, openFixture, type WorkspaceFixture } from '../support/workspaceFixture';

interface Offered {
  /** `!` behind the sure ones. */
  readonly titles: readonly string[];
  /** The file after an action. */
  readonly apply: (title: string, path?: string) => string;
  /** The codes of the problems that are left after an action. */
  readonly remaining: (title: string) => Promise<readonly string[]>;
}

async function checkActions(marked: string, only?: readonly string[]): Promise<Offered> {
  const fixture = await openAtCursor(marked);
  const { position, uri } = fixture.cursor;
  return offered(fixture, fixture.service.codeAction(uri, { start: position, end: position }, only === undefined ? {} : { only }));
}

function offered({ texts }: WorkspaceFixture, actions: readonly CodeAction[]): Offered {
  const apply = (title: string, path = 'definitions.py'): string => {
    const action = actions.find((one) => one.title === title);
    if (action?.edit?.changes === undefined) throw new Error(`no "${title}" among ${actions.map((one) => one.title).join(', ')}`);
    let text = texts.get(path) ?? '';
    const lines = new LineIndex(text);
    const edits = Object.entries(action.edit.changes).flatMap(([uri, changes]) => (pathOf(uri) === path ? changes : []));
    for (const { range, newText } of edits.sort((a, b) => lines.offsetAt(b.range.start) - lines.offsetAt(a.range.start))) {
      text = text.slice(0, lines.offsetAt(range.start)) + newText + text.slice(lines.offsetAt(range.end));
    }
    return text;
  };
  return {
    titles: actions.map(({ title, isPreferred }) => `${title}${isPreferred === true ? '!' : ''}`),
    apply,
    remaining: async (title) => {
      const { service } = await openFixture(apply(title));
      return service.documents.flatMap((uri) => service.diagnostics(uri).map(({ code }) => String(code)));
    },
  };
}

const prelude = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
spark.register_file(name="transactions", variant="v1", file_path="s3://b/t.csv")
`;

test('a misspelt source offers the nearest name, and to ignore the problem', async () => {
  const { titles, apply, remaining } = await checkActions(`${prelude}
@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{transaction$0.v1}}"
`);
  expect(titles).toEqual([
    'Change to "transactions.v1"!',
    'Register "transaction.v1" as a file',
    'Ignore this problem (unknown-source)',
    'Write "<<transaction.v1>>"',
  ]);
  expect(apply('Change to "transactions.v1"').split('\n').at(-2)).toBe('    return "SELECT * FROM {{transactions.v1}}"');
  expect(apply('Ignore this problem (unknown-source)').split('\n').at(-2)).toBe(
    '    return "SELECT * FROM {{transaction.v1}}"  # sparkform: ignore[unknown-source]',
  );
  expect(await remaining('Ignore this problem (unknown-source)')).toEqual([]);
});

test('inside a triple-quoted string the comment goes behind the closing quotes', async () => {
  const { apply, remaining } = await checkActions(`${prelude}
@spark.sql_transformation(variant="v1")
def average():
    return """
        SELECT *
        FROM {{transaction$0.v1}}
        WHERE amount > 0
    """
`);
  expect(apply('Ignore this problem (unknown-source)').split('\n').at(-2)).toBe('    """  # sparkform: ignore[unknown-source]');
  expect(await remaining('Ignore this problem (unknown-source)')).toEqual([]);
});

test('before a backslash the comment goes on the next line that can hold one', async () => {
  const { apply, remaining } = await checkActions(`${prelude}
@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{transaction$0.v1}} " \\
        "WHERE amount > 0"
`);
  expect(apply('Ignore this problem (unknown-source)').split('\n').at(-2)).toBe(
    '        "WHERE amount > 0"  # sparkform: ignore[unknown-source]',
  );
  expect(await remaining('Ignore this problem (unknown-source)')).toEqual([]);
});

test('a second rule joins the comment that is there', async () => {
  const { titles, apply, remaining } = await checkActions(`${prelude}
spark.register_file(name="others", variant="v1", file_path="s3://b/o.csv")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{transactions.v1}} JOIN {{transaction.v1}} -- {{oth$0ers.v1}}"  # sparkform: ignore[unknown-source]
`);
  expect(titles).toEqual([
    'Ignore this problem (template-in-literal)',
    'Write "<<others.v1>>"',
    'Write every template of the query with "<<>>"',
  ]);
  expect(apply('Ignore this problem (template-in-literal)')).toContain('# sparkform: ignore[unknown-source, template-in-literal]\n');
  expect(await remaining('Ignore this problem (template-in-literal)')).toEqual([]);
});

test('nothing is offered where there is no problem', async () => {
  expect((await checkActions(`${prelude}x$0 = 1\n`)).titles).toEqual([]);
});

test('only the kinds that were asked for', async () => {
  const text = `${prelude}
@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{transaction$0.v1}} a JOIN {{transactionss.v1}} b"
`;
  expect((await checkActions(text, ['refactor'])).titles).toEqual([
    'Write "<<transaction.v1>>"',
    'Write every template of the query with "<<>>"',
  ]);
  expect((await checkActions(text, ['refactor.extract'])).titles).toEqual([]);
  expect((await checkActions(text, ['quickfix'])).titles).toHaveLength(3);
  const fixAll = 'Fix all Sparkform problems that have a sure fix';
  for (const kind of ['source', 'source.fixAll', 'source.fixAll.sparkform']) {
    const { titles, apply } = await checkActions(text, [kind]);
    expect(titles).toEqual([fixAll]);
    expect(apply(fixAll)).toContain('"SELECT * FROM {{transactions.v1}} a JOIN {{transactions.v1}} b"');
  }
});
