import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { semanticTokensLegend } from '../../server/src/languageService';
import { LineIndex } from '../../server/src/text/lineIndex';
import { uriOf } from '../support/memoryHost';
import { openFixture } from '../support/workspaceFixture';

const uri = uriOf('definitions.py');
const head = `import featureform as ff
spark = ff.get_spark("emr")

@spark.sql_transformation(variant="v1")
def f():
    return `;

/** Each token as `text type`, with its modifiers. */
function decode(text: string, data: readonly number[]): readonly string[] {
  const lines = new LineIndex(text);
  const found: string[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(at, at + 5);
    character = down === 0 ? character + right : right;
    line += down;
    const start = lines.offsetAt({ line, character });
    const names = semanticTokensLegend.tokenModifiers.filter((_, bit) => (modifiers & (1 << bit)) !== 0);
    found.push([text.slice(start, start + length), semanticTokensLegend.tokenTypes[type] ?? '?', ...names].join(' '));
  }
  return found;
}

async function checkTokens(returned: string): Promise<readonly string[]> {
  const text = head + returned;
  const { service } = await openFixture(text);
  return decode(text, service.structure.semanticTokens(uri)?.data ?? []);
}

test('names are coloured by what they stand for', async () => {
  expect(
    await checkTokens(`"""
    WITH x (n) AS (SELECT p.amount AS total FROM {{ orders.v1 }} AS p)
    SELECT x.total, sum(x.n) OVER w, {{orders.v1}}.a, my_udf(total), s.field FROM x
    JOIN shop.customers USING (id) LATERAL VIEW explode(xs) e AS item WINDOW w AS (ORDER BY total)"""`),
  ).toMatchInlineSnapshot(`
    [
      "WITH keyword sql",
      "x class declaration",
      "n property declaration",
      "AS keyword sql",
      "SELECT keyword sql",
      "p namespace",
      "amount property",
      "AS keyword sql",
      "total property declaration",
      "FROM keyword sql",
      "orders interface",
      "v1 enumMember",
      "AS keyword sql",
      "p namespace declaration",
      "SELECT keyword sql",
      "x class",
      "total property",
      "sum function defaultLibrary",
      "x class",
      "n property",
      "OVER keyword sql",
      "w variable",
      "orders interface",
      "v1 enumMember",
      "a property",
      "my_udf function",
      "total property",
      "s property",
      "field property",
      "FROM keyword sql",
      "x class",
      "JOIN keyword sql",
      "shop namespace",
      "customers class",
      "USING keyword sql",
      "id property",
      "LATERAL keyword sql",
      "VIEW keyword sql",
      "explode function defaultLibrary",
      "xs property",
      "e namespace declaration",
      "AS keyword sql",
      "item property declaration",
      "WINDOW keyword sql",
      "w variable declaration",
      "AS keyword sql",
      "ORDER keyword sql",
      "BY keyword sql",
      "total property",
    ]
  `);
});

test('types, literals, lambdas, units, hints and functions without parentheses', async () => {
  expect(
    await checkTokens(
      `"SELECT /*+ BROADCAST(t) */ CAST(a AS array<struct<b: int NOT NULL>>), b::bigint, DATE '2020-01-01', INTERVAL 1 DAY, extract(year FROM d), filter(xs, v -> v > 1.5), current_date FROM <<t.v1>> -- end"`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "SELECT keyword sql",
      "BROADCAST macro",
      "t namespace",
      "CAST function defaultLibrary",
      "a property",
      "AS keyword sql",
      "array type",
      "struct type",
      "b property declaration",
      "int type",
      "NOT keyword sql",
      "NULL keyword sql",
      "b property",
      "bigint type",
      "DATE type",
      "'2020-01-01' string",
      "INTERVAL keyword sql",
      "1 number",
      "DAY keyword sql",
      "extract function defaultLibrary",
      "year keyword sql",
      "FROM keyword sql",
      "d property",
      "filter function defaultLibrary",
      "xs property",
      "v parameter declaration",
      "v parameter",
      "1.5 number",
      "current_date function defaultLibrary",
      "FROM keyword sql",
      "t interface",
      "v1 enumMember",
      "-- end comment",
    ]
  `);
});

test('words that are keywords elsewhere are names where they are used as such', async () => {
  expect(await checkTokens('"SELECT date, t.order AS `group`, year FROM {{t.v1}} t"')).toEqual([
    'SELECT keyword sql',
    'date property',
    't namespace',
    'order property',
    'AS keyword sql',
    '`group` property declaration',
    'year property',
    'FROM keyword sql',
    't interface',
    'v1 enumMember',
    't namespace declaration',
  ]);
});

test('tokens end with their line and with their literal, and what the run time knows is left out', async () => {
  expect(await checkTokens(`("SELECT am" "ount, \\\n'a\\\\nb' " f"FROM {{{{t.v1}}}} WHERE {CONDITION} AND a = 'x{unknown()}y'")`)).toEqual([
    'SELECT keyword sql',
    'am property',
    'ount property',
    "'a\\\\nb' string",
    'FROM keyword sql',
    't interface',
    'v1 enumMember',
    'WHERE keyword sql',
    'AND keyword sql',
    'a property',
    "'x string",
    "y' string",
  ]);
  expect(await checkTokens(`"""SELECT 1 /* one\ntwo */"""`)).toEqual([
    'SELECT keyword sql',
    '1 number',
    '/* one comment',
    'two */ comment',
  ]);
});

test('a broken query keeps its colours, and names in it do not become keywords', async () => {
  expect(await checkTokens('"SELECT a, FORM {{t.v1}} WHERE (b >"')).toEqual([
    'SELECT keyword sql',
    'a property',
    'FORM property',
    't interface',
    'v1 enumMember',
    'WHERE keyword sql',
    'b property',
  ]);
});

test('a query that several definitions return is coloured once', async () => {
  const text = `${head.replace('\n@', '\nQUERY = "SELECT 1 FROM {{t.v1}}"\n\n@')}QUERY\n\n@spark.sql_transformation(variant="v2")\ndef f():\n    return QUERY\n`;
  const { service } = await openFixture(text);
  expect(decode(text, service.structure.semanticTokens(uri)?.data ?? [])).toEqual([
    'SELECT keyword sql',
    '1 number',
    'FROM keyword sql',
    't interface',
    'v1 enumMember',
  ]);
});

test('of a part of a document only its tokens are told', async () => {
  const text = `${head}"""SELECT a\n    FROM {{t.v1}}\n    WHERE b"""\n`;
  const { service } = await openFixture(text);
  const range = { start: { line: 6, character: 0 }, end: { line: 6, character: 12 } };
  expect(decode(text, service.structure.semanticTokensIn(uri, range)?.data ?? [])).toEqual(['FROM keyword sql', 't interface']);
});

describe('what has changed since the last answer', () => {
  test('is an edit of whole tokens', async () => {
    const text = `${head}"SELECT a, b, c FROM {{t.v1}}"\n`;
    const { service } = await openFixture(text);
    const { resultId = '' } = service.structure.semanticTokens(uri) ?? {};
    service.update(uri, text.replace(' b,', ' 12,'));
    expect(service.structure.semanticTokens(uri, resultId)).toEqual({
      resultId: '2',
      edits: [{ start: 10, deleteCount: 10, data: [0, 3, 2, 12, 0, 0, 4, 1, 4, 0] }],
    });
    expect(service.structure.semanticTokens(uri, '2')).toEqual({ resultId: '3', edits: [] });
  });

  test('is everything for an answer that is forgotten', async () => {
    const text = `${head}"SELECT a"\n`;
    const { service } = await openFixture(text);
    const { data } = service.structure.semanticTokens(uri) ?? {};
    expect(service.structure.semanticTokens(uri, 'other')).toEqual({ resultId: '2', data });
    for (let number = 0; number < 50; number++) {
      service.update(uriOf(`other${number}.py`), 'x = 1\n');
      service.structure.semanticTokens(uriOf(`other${number}.py`));
    }
    expect(service.structure.semanticTokens(uri, '2')).toEqual({ resultId: '53', data });
  });

  test('makes of the last answer what a new one would be, whatever the edits are', async () => {
    const pieces = ['SELECT ', 'a ', ', ', '(', ') ', 'FROM ', '{{t.v1}} ', "'x' ", '/* ', '*/ ', '\n', 'sum(', 'x -> x '];
    const words = fc.array(fc.constantFrom(...pieces), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(words, words), { minLength: 2, maxLength: 6 }), async (versions) => {
        const { service } = await openFixture(head);
        let resultId: string | undefined;
        let data: readonly number[] = [];
        for (const [one, other] of versions) {
          service.update(
            uri,
            `${head}"""${one.join('')}"""\n\n@spark.sql_transformation()\ndef g():\n    return """${other.join('')}"""\n`,
          );
          const answer = resultId === undefined ? service.structure.semanticTokens(uri) : service.structure.semanticTokens(uri, resultId);
          if (answer === undefined) throw new Error('the document is known');
          if ('data' in answer) data = answer.data;
          else
            for (const { start, deleteCount, data: inserted = [] } of answer.edits) data = data.toSpliced(start, deleteCount, ...inserted);
          resultId = answer.resultId;
          const whole = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
          expect(data).toEqual(service.structure.semanticTokensIn(uri, whole)?.data);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
