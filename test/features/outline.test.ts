import { expect, test } from 'vitest';
import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver-types';
import { pathOf, uriOf } from '../support/memoryHost';
import { openFixture, placeText } from '../support/workspaceFixture';

const kindNames = new Map<SymbolKind, string>(
  Object.entries(SymbolKind).flatMap(([name, value]): [SymbolKind, string][] => (typeof value === 'number' ? [[value, name]] : [])),
);

async function checkOutline(text: string): Promise<string> {
  const { service, texts } = await openFixture(text);
  const draw = (symbols: readonly DocumentSymbol[], indent: string): string[] =>
    symbols.flatMap((symbol) => [
      `${indent}${kindNames.get(symbol.kind) ?? '?'} ${symbol.name} (${symbol.detail ?? ''}) ${placeText(texts, 'definitions.py', symbol.selectionRange)}`,
      ...draw(symbol.children ?? [], `${indent}  `),
    ]);
  return draw(service.documentSymbol(uriOf('definitions.py')), '').join('\n');
}

async function checkSymbols(text: string, query: string): Promise<readonly string[]> {
  const { service, texts } = await openFixture(text);
  return service.workspaceSymbol(query).map(({ name, location, containerName }) => {
    if (!('range' in location)) throw new Error('a symbol has a range');
    return `${name} (${containerName ?? ''}) ${placeText(texts, pathOf(location.uri), location.range)}`;
  });
}

const text = `import featureform as ff
spark = ff.get_spark("emr")
redis = ff.register_redis(name="redis", host="localhost")
src = spark.register_file(name="transactions", variant="v1", file_path="s3://b/t.parquet")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{transactions.v1}}"

@ff.entity
class User:
    avg = ff.Feature(src[["id", "amount"]], variant="v1", type=ff.Float32)
    fraud = ff.Label(src[["id", "fraud"]], variant="v1", type=ff.Bool)

src.register_resources(entity=User, entity_column="id", features=[
    {"name": "total", "variant": "v1", "column": "total", "type": "float32"},
])
ff.register_training_set("set", "v1", features=[("avg", "v1")], label=("fraud", "v1"))
`;

test('an outline nests the features of an entity below it', async () => {
  expect(await checkOutline(text)).toMatchInlineSnapshot(`
    "Module redis (online provider) definitions.py:3:33 redis
    File transactions.v1 (file) definitions.py:4:33 transactions
    Function average.v1 (SQL transformation) definitions.py:7:5 average
    Class user (entity) definitions.py:11:7 User
      Field avg.v1 (feature) definitions.py:12:5 avg
      Property fraud.v1 (label) definitions.py:13:5 fraud
    Field total.v1 (feature) definitions.py:16:15 total
    Struct set.v1 (training set) definitions.py:18:27 set"
  `);
});

test('the queries of WITH stand below their transformation, as far as it writes them itself', async () => {
  const outline = await checkOutline(`import featureform as ff
spark = ff.get_spark("emr")
FIRST = "WITH elsewhere AS (SELECT 1) "

@spark.sql_transformation(variant="v1")
def average():
    return """
        WITH a (n) AS (SELECT 1), \`b c\` AS (
            WITH inner AS (SELECT 2) SELECT * FROM inner
        ), broken AS (SELECT
        SELECT * FROM {{transactions.v1}}"""

@spark.sql_transformation(variant="v1")
def second():
    return FIRST + "SELECT * FROM (" "WITH near AS (SELECT 3) SELECT 4)"
`);
  expect(outline).toMatchInlineSnapshot(`
    "Function average.v1 (SQL transformation) definitions.py:6:5 average
      Struct a (query of WITH) definitions.py:8:14 a
      Struct b c (query of WITH) definitions.py:8:35 \`b c\`
        Struct inner (query of WITH) definitions.py:9:18 inner
      Struct broken (query of WITH) definitions.py:10:12 broken
    Function second.v1 (SQL transformation) definitions.py:14:5 second
      Struct near (query of WITH) definitions.py:15:44 near"
  `);
});

test('a query of WITH reaches from its name to its closing parenthesis', async () => {
  const { service, texts } = await openFixture(`import featureform as ff
spark = ff.get_spark("emr")

@spark.sql_transformation(variant="v1")
def average():
    return "WITH a (n) " "AS (SELECT 1) SELECT * FROM {{transactions.v1}}"
`);
  const [symbol] = service.documentSymbol(uriOf('definitions.py'));
  const [cte] = symbol?.children ?? [];
  if (cte === undefined) throw new Error('the query is listed');
  expect(placeText(texts, 'definitions.py', cte.range)).toBe('definitions.py:6:18 a (n) " "AS (SELECT 1)');
});

test('a file without definitions has no outline', async () => {
  expect(await checkOutline('x = 1\n')).toBe('');
});

test('a broken definition does not hide the others', async () => {
  expect(await checkOutline(text.replace('def average():', 'def average(:'))).toContain('Class user (entity)');
});

test('workspace symbols match letters in their order, best first', async () => {
  expect(await checkSymbols(text, 'av')).toMatchInlineSnapshot(`
    [
      "average.v1 (SQL transformation) definitions.py:7:5 average",
      "avg.v1 (feature) definitions.py:12:5 avg",
      "fraud.v1 (label) definitions.py:13:5 fraud",
      "total.v1 (feature) definitions.py:16:15 total",
      "transactions.v1 (file) definitions.py:4:33 transactions",
    ]
  `);
  expect(await checkSymbols(text, 'trv1')).toMatchInlineSnapshot(`
    [
      "transactions.v1 (file) definitions.py:4:33 transactions",
    ]
  `);
  expect(await checkSymbols(text, 'xyz')).toEqual([]);
});

test('an empty query lists everything', async () => {
  expect(await checkSymbols(text, '')).toHaveLength(8);
});

test('what has no name is called by what it is', async () => {
  expect(await checkOutline('import featureform as ff\nff.register_user(" ")\nff.register_user("")\n')).toBe(
    'Object user (user) definitions.py:2:19  \nObject user (user) definitions.py:3:18 ""',
  );
  const sql =
    'spark = ff.get_spark("e")\n@spark.sql_transformation(variant="v1")\ndef f():\n    return "WITH ` ` AS (SELECT 1) SELECT 1"\n';
  expect(await checkOutline(`import featureform as ff\n${sql}`)).not.toContain('query of WITH');
});
