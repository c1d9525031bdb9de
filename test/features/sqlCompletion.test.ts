// What is offered in a query, place by place, and what accepting it writes.

import { expect, test } from 'vitest';
import { type CompletionItem, CompletionItemKind, InsertTextFormat, TextEdit } from 'vscode-languageserver-types';
import { openAtCursor } from '../support/workspaceFixture';

/** Of the sources only the columns are known that features read. */
const head = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
orders = spark.register_file(name="orders", variant="v1", file_path="s3://b/o.parquet")
customers = spark.register_file(name="customers", variant="v1", file_path="s3://b/c.parquet")

@ff.entity
class Customer:
    spent = ff.Feature(orders[["customer_id", "amount"]], variant="v1", type=ff.Float64)
    age = ff.Feature(customers[["customer_id", "age", "changed_at"]], variant="v1", type=ff.Int)

@spark.sql_transformation(variant="v1")
def daily():
    return `;

async function itemsAt(sql: string, { prefix = '', snippets = true } = {}): Promise<readonly CompletionItem[]> {
  const { service, cursor } = await openAtCursor(`${head}${prefix}"""${sql}"""\n`);
  const { items } = service.completion(cursor.uri, cursor.position, { snippets }) ?? { items: [] };
  return [...items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
}

/** The labels in order; `ƒ` stands for all the functions. */
async function checkOffered(sql: string): Promise<string> {
  const labels = (await itemsAt(sql)).map(({ label, kind }) => (kind === CompletionItemKind.Function ? 'ƒ' : label));
  return labels.filter((label, index) => label !== 'ƒ' || labels.indexOf('ƒ') === index).join(', ');
}

async function checkWritten(
  sql: string,
  label: string,
  options?: { readonly prefix?: string; readonly snippets?: boolean },
): Promise<string> {
  const items = await itemsAt(sql, options);
  const item = items.find((one) => one.label === label);
  if (!TextEdit.is(item?.textEdit)) throw new Error(`no ${label} among ${items.map((one) => one.label).join(', ')}`);
  return item.textEdit.newText;
}

/** What is offered together in many places. */
const groups: Readonly<Record<string, string>> = {
  predicates:
    'IS NULL, IS NOT NULL, IN, NOT IN, BETWEEN, NOT BETWEEN, LIKE, NOT LIKE, ILIKE, NOT ILIKE, RLIKE, NOT RLIKE, IS DISTINCT FROM, ' +
    'IS NOT DISTINCT FROM, IS TRUE, IS NOT TRUE, IS FALSE, IS NOT FALSE',
  'set operations': 'UNION ALL, UNION, INTERSECT, EXCEPT',
  joins: 'JOIN, LEFT JOIN, INNER JOIN, RIGHT JOIN, FULL OUTER JOIN, LEFT SEMI JOIN, LEFT ANTI JOIN, CROSS JOIN',
  sorting: 'CLUSTER BY, DISTRIBUTE BY, SORT BY, OFFSET',
  values: 'CASE, NULL, TRUE, FALSE, INTERVAL',
  unpivots: 'UNPIVOT, UNPIVOT INCLUDE NULLS, UNPIVOT EXCLUDE NULLS',
};

test.each([
  ['s$0', 'select'],
  ['SELECT $0 FROM orders', 'orders, ƒ, DISTINCT, NOT, EXISTS, <values>'],
  ['SELECT DISTINCT cust$0 FROM {{customers.v1}}', 'customer_id, ƒ'],
  ['SELECT o.$0 FROM {{orders.v1}} o', 'amount, customer_id'],
  ['SELECT o.c$0 FROM {{orders.v1}} AS o JOIN {{customers.v1}} c ON true', 'customer_id'],
  ['SELECT {{orders.v1}}.$0 FROM {{orders.v1}}', 'amount, customer_id'],
  ['SELECT x.$0 FROM (SELECT id, lower(name) AS small FROM {{customers.v1}}) x', 'id, small'],
  ['WITH a AS (SELECT 1 AS n, 2 AS m) SELECT a.$0 FROM a', 'm, n'],
  ['WITH a(x, y) AS (SELECT 1, 2) SELECT $0 FROM a', 'x, y, a, ƒ, DISTINCT, NOT, EXISTS, <values>'],
  ['WITH $0', ''],
  ['WITH a $0', 'AS'],
  ['WITH a AS (SELECT 1) $0', 'SELECT, FROM, VALUES, TABLE'],
  ['WITH a AS (SELECT 1 AS n), b AS (SELECT * FROM $0) SELECT 1', 'a, b, {{customers.v1}}, {{orders.v1}}, ƒ, LATERAL, VALUES'],
  ['WITH a AS (SELECT 1 AS n), b AS (SELECT 2) SELECT * FROM a JOIN $0', 'a, b, {{customers.v1}}, {{orders.v1}}, ƒ, LATERAL, VALUES'],
  ['SELECT a $0 FROM t', 'AS, FROM, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, WINDOW, <sorting>, <set operations>, AND, OR, <predicates>'],
  ['SELECT amount AS $0 FROM t', ''],
  [
    'SELECT sum(amount) $0 FROM t',
    'OVER, FILTER, AS, FROM, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, WINDOW, <sorting>, <set operations>, AND, OR, <predicates>',
  ],
  ['SELECT 1 AS one, 2 AS two, $0', 'one, two, ƒ, NOT, EXISTS, <values>'],
  ['SELECT 1 AS one FROM t WHERE o$0', 'ƒ'],
  ['SELECT 1 AS one FROM t GROUP BY on$0', 'one, ƒ'],
  ['SELECT 1 AS one FROM t ORDER BY on$0', 'one, ƒ'],
  ['SELECT * FROM $0', '{{customers.v1}}, {{orders.v1}}, ƒ, LATERAL, VALUES'],
  ['SELECT * FROM cus$0', '{{customers.v1}}'],
  [
    'SELECT * FROM {{orders.v1}} $0',
    'AS, <joins>, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, LATERAL VIEW, WINDOW, <sorting>, <set operations>, PIVOT, <unpivots>, TABLESAMPLE, TIMESTAMP AS OF, VERSION AS OF, JOIN {{customers.v1}}, JOIN {{orders.v1}}',
  ],
  [
    'SELECT * FROM {{orders.v1}} o $0',
    '<joins>, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, LATERAL VIEW, WINDOW, <sorting>, <set operations>, PIVOT, <unpivots>, JOIN {{customers.v1}}, JOIN {{orders.v1}}',
  ],
  ['SELECT * FROM {{orders.v1}} o LEFT $0', 'JOIN, SEMI JOIN, ANTI JOIN, OUTER JOIN, JOIN {{customers.v1}}, JOIN {{orders.v1}}'],
  [
    'SELECT * FROM {{orders.v1}} o JOIN {{customers.v1}} c $0',
    'ON, USING, <joins>, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, LATERAL VIEW, WINDOW, <sorting>, <set operations>, PIVOT, <unpivots>, JOIN {{customers.v1}}, JOIN {{orders.v1}}',
  ],
  ['SELECT * FROM {{orders.v1}} o JOIN {{customers.v1}} c ON o$0', 'amount, o.customer_id, c.customer_id, o, ƒ'],
  ['SELECT * FROM {{orders.v1}} o JOIN {{customers.v1}} c USING ($0)', 'age, amount, changed_at, customer_id'],
  [
    'SELECT * FROM {{orders.v1}} o NATURAL $0',
    'JOIN, LEFT JOIN, INNER JOIN, RIGHT JOIN, FULL JOIN, FULL OUTER JOIN, LEFT OUTER JOIN, RIGHT OUTER JOIN',
  ],
  ['SELECT * FROM t WHERE a $0', '<predicates>, AND, OR, GROUP BY, HAVING, ORDER BY, LIMIT, WINDOW, <sorting>, <set operations>'],
  ['SELECT * FROM t WHERE a = 1 $0', 'AND, OR, GROUP BY, HAVING, ORDER BY, LIMIT, WINDOW, <sorting>, <set operations>, <predicates>'],
  [
    'SELECT * FROM t WHERE a IS $0',
    'NULL, NOT NULL, DISTINCT FROM, NOT DISTINCT FROM, TRUE, NOT TRUE, FALSE, NOT FALSE, UNKNOWN, NOT UNKNOWN',
  ],
  ['SELECT * FROM t WHERE a IS NOT $0', 'NULL, DISTINCT FROM, TRUE, FALSE, UNKNOWN'],
  ['SELECT * FROM t WHERE a NOT $0', 'IN, BETWEEN, LIKE, ILIKE, RLIKE, REGEXP'],
  ['SELECT * FROM t WHERE a BETWEEN 1 $0', 'AND'],
  ["SELECT * FROM t WHERE a LIKE 'x' $0", 'AND, OR, GROUP BY, HAVING, ORDER BY, LIMIT, WINDOW, <sorting>, <set operations>, ESCAPE'],
  ['SELECT * FROM t GROUP $0', 'BY'],
  [
    'SELECT * FROM t GROUP BY a $0',
    'WITH ROLLUP, WITH CUBE, HAVING, ORDER BY, LIMIT, WINDOW, <sorting>, <set operations>, AND, OR, <predicates>',
  ],
  ['SELECT * FROM t ORDER BY a $0', 'DESC, ASC, NULLS FIRST, NULLS LAST, LIMIT, WINDOW, OFFSET, AND, OR, <predicates>'],
  ['SELECT * FROM t ORDER BY a DESC $0', 'NULLS FIRST, NULLS LAST, LIMIT, WINDOW, OFFSET'],
  ['SELECT * FROM t ORDER BY a DESC NULLS $0', 'FIRST, LAST'],
  ['SELECT * FROM t LIMIT 1 $0', 'OFFSET'],
  ['SELECT * FROM t UNION $0', 'ALL, SELECT, DISTINCT, FROM, VALUES, TABLE'],
  ['SELECT CASE $0', 'ƒ, WHEN, NOT, EXISTS, <values>'],
  ['SELECT CASE WHEN a = 1 $0', 'THEN, AND, OR, <predicates>'],
  ['SELECT CASE WHEN a = 1 THEN 2 $0', 'WHEN, ELSE, END, AND, OR, <predicates>'],
  ['SELECT CASE WHEN a = 1 THEN 2 ELSE 3 $0', 'END, AND, OR, <predicates>'],
  ['SELECT sum(a) OVER $0 FROM t WINDOW w AS (ORDER BY b)', 'w'],
  ['SELECT sum(a) OVER ($0) FROM t', 'PARTITION BY, ORDER BY, ROWS BETWEEN, RANGE BETWEEN'],
  ['SELECT sum(a) OVER (PARTITION BY b $0) FROM t', 'ORDER BY, ROWS BETWEEN, RANGE BETWEEN, AND, OR, <predicates>'],
  ['SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN $0) FROM t', 'CURRENT ROW, UNBOUNDED PRECEDING, INTERVAL'],
  ['SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN 1 $0) FROM t', 'PRECEDING, FOLLOWING'],
  ['SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND $0) FROM t', 'CURRENT ROW, UNBOUNDED FOLLOWING, INTERVAL'],
  [
    'SELECT CAST(a AS $0) FROM t',
    'STRING, INT, BIGINT, DOUBLE, BOOLEAN, DATE, TIMESTAMP, DECIMAL, FLOAT, TIMESTAMP_NTZ, BINARY, SMALLINT, TINYINT, ARRAY, MAP, STRUCT, INTERVAL DAY TO SECOND, INTERVAL YEAR TO MONTH',
  ],
  ['SELECT CAST(a AS dec$0) FROM t', 'DECIMAL'],
  ['SELECT a + INTERVAL 3 $0 FROM t', 'YEAR, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND'],
  ['SELECT EXTRACT($0) FROM t', 'YEAR, QUARTER, MONTH, WEEK, DAY, DAYOFWEEK, DOY, HOUR, MINUTE, SECOND'],
  ['SELECT EXTRACT(YEAR $0) FROM t', 'FROM'],
  ['SELECT DATEADD(mo$0) FROM t', 'ƒ, MONTH, MILLISECOND, MICROSECOND'],
  [
    'SELECT /*+ $0 */ * FROM t',
    'BROADCAST, MERGE, SHUFFLE_HASH, SHUFFLE_REPLICATE_NL, COALESCE, REPARTITION, REPARTITION_BY_RANGE, REBALANCE',
  ],
  ['SELECT /*+ BROADCAST($0) */ * FROM {{orders.v1}} o', 'o'],
  ['SELECT transform(items, item -> it$0) FROM t', 'item, ƒ, INTERVAL'],
  [
    'SELECT * FROM {{orders.v1}} o WHERE EXISTS (SELECT 1 FROM {{customers.v1}} c WHERE $0)',
    'age, changed_at, customer_id, amount, c, o, ƒ, NOT, EXISTS, <values>',
  ],
  ['SELECT * FROM t LATERAL VIEW expl$0', 'ƒ'],
  [
    'SELECT * FROM t LATERAL VIEW explode(a) e $0',
    'AS, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT, LATERAL VIEW, WINDOW, <sorting>, <set operations>',
  ],
  ["SELECT 'a $0' FROM t", ''],
  ['SELECT 1 -- $0', ''],
  ['SELECT `a$0` FROM t', ''],
  ['SELECT 1.$0', ''],
  ['select a from t wh$0', 'where'],
  ['select a from t WH$0', 'WHERE'],
  ['SELECT a from t w$0', 'where, window'],
])('%s', async (sql, offered) => {
  expect(await checkOffered(sql)).toBe(offered.replaceAll(/<([\w ]+)>/g, (_, name: string) => groups[name] ?? ''));
});

test('a source is written as a template, in the braces that the literal and the query use', async () => {
  expect(await checkWritten('SELECT * FROM cus$0', '{{customers.v1}}')).toBe('{{customers.v1}}');
  expect(await checkWritten('SELECT * FROM cus$0', '{{customers.v1}}', { prefix: 'f' })).toBe('{{{{customers.v1}}}}');
  expect(await checkWritten('SELECT * FROM <<orders.v1>> JOIN cus$0', '{{customers.v1}}')).toBe('<<customers.v1>>');
});

test('a source is joined by the column that both have, or by one to be named', async () => {
  const joined = 'JOIN {{customers.v1}}';
  expect(await checkWritten('SELECT * FROM {{orders.v1}} o $0', joined)).toBe(
    'JOIN {{customers.v1}} AS ${1:customers} ON o.customer_id = ${1:customers}.customer_id',
  );
  expect(await checkWritten('SELECT * FROM {{orders.v1}} $0', joined)).toBe('JOIN {{customers.v1}} AS ${1:customers} USING (customer_id)');
  expect(await checkWritten('SELECT * FROM days $0', joined)).toBe('JOIN {{customers.v1}} AS ${1:customers} USING (${2:column})');
  expect(await checkWritten('SELECT * FROM (SELECT 1 AS AGE) x jo$0', joined)).toBe(
    'JOIN {{customers.v1}} AS ${1:customers} ON x.age = ${1:customers}.age',
  );
  const plain = await itemsAt('SELECT * FROM {{orders.v1}} o $0', { snippets: false });
  expect(plain.filter(({ insertTextFormat }) => insertTextFormat === InsertTextFormat.Snippet)).toEqual([]);
});

test('the columns of another transformation are known by its query', async () => {
  const { service, cursor } = await openAtCursor(`${head}"SELECT customer_id, sum(amount) AS total FROM {{orders.v1}} GROUP BY 1"

@spark.sql_transformation(inputs=[daily], variant="v1")
def best(sales):
    return "SELECT s.$0 FROM {{sales}} s"
`);
  expect(service.completion(cursor.uri, cursor.position)?.items.map(({ label }) => label)).toEqual(['customer_id', 'total']);
});

test('keywords have the letters of the query, or those that are typed', async () => {
  expect(await checkWritten('select a from t gro$0', 'group by')).toBe('group by');
  expect(await checkWritten('SELECT a FROM t gro$0', 'GROUP BY')).toBe('GROUP BY');
  expect(await checkWritten('select a from t GRO$0', 'GROUP BY')).toBe('GROUP BY');
  expect(await checkWritten('select cast(a as dec$0) from t', 'decimal')).toBe('decimal(${1:10}, ${2:2})');
  expect(await checkWritten('select a from t gb$0', 'group by')).toBe('group by');
});

test('a name that Spark would not read stands in backquotes', async () => {
  expect(await checkWritten('SELECT $0 FROM (SELECT 1 AS `unit price`)', 'unit price')).toBe('`unit price`');
  expect(await checkWritten('SELECT x.$0 FROM (SELECT 1 AS `from`) x', 'from')).toBe('`from`');
});

test('rows are grouped before aggregates are, so that conditions hold none', async () => {
  const functions = async (sql: string): Promise<readonly string[]> => (await itemsAt(sql)).map(({ label }) => label);
  expect(await functions('SELECT su$0 FROM t')).toContain('sum');
  expect(await functions('SELECT a FROM t GROUP BY a HAVING su$0')).toContain('sum');
  expect(await functions('SELECT a FROM t WHERE su$0')).not.toContain('sum');
});
