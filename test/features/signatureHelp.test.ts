import { describe, expect, test } from 'vitest';
import { openAtCursor } from '../support/workspaceFixture';

/** What signature help shows at `$0`: each signature with the active parameter in brackets, the active one behind `>`. */
async function checkSignatureHelp(marked: string): Promise<readonly string[] | undefined> {
  const { service, cursor } = await openAtCursor(marked);
  const help = service.signatureHelp(cursor.uri, cursor.position);
  return help?.signatures.map(({ label, parameters = [] }, index) => {
    if (index !== help.activeSignature) return `  ${label}`;
    const range = parameters[help.activeParameter ?? 0]?.label;
    if (!Array.isArray(range)) return `> ${label}`;
    return `> ${label.slice(0, range[0])}«${label.slice(...range)}»${label.slice(range[1])}`;
  });
}

const query = (sql: string): string => `import featureform as ff
spark = ff.get_spark("emr")

@spark.sql_transformation(variant="v1")
def average():
    return """${sql}"""
`;
const inSql = (sql: string): Promise<readonly string[] | undefined> => checkSignatureHelp(query(sql));

describe('in a query', () => {
  test('behind the parenthesis the first parameter is marked', async () => {
    expect(await inSql('SELECT upper($0')).toEqual(['> upper(«str: string») → string']);
  });

  test('each comma moves on, those of nested calls, strings, comments and templates do not', async () => {
    const expected = ['> regexp_replace(str: string, regexp: string, «rep: string», [position: int]) → string'];
    expect(await inSql("SELECT regexp_replace(concat(a, b), '(,', $0 ) FROM {{a.b}}")).toEqual(expected);
    expect(await inSql('SELECT regexp_replace(a /* , ( */, b -- , (\n, $0 ) FROM {{a.b}}')).toEqual(expected);
    expect(await inSql('SELECT regexp_replace((a), `x,(`, "y,"$0 ')).toEqual(expected);
  });

  test('the innermost call counts, through brackets that only group', async () => {
    expect(await inSql('SELECT sum(round((a + $0b), 2)) FROM t')).toEqual(['> round(«expr: numeric», [d: int])']);
    expect(await inSql('SELECT sum(round((a + b), 2) + $0) FROM t')).toEqual(['> sum(«expr: numeric or interval»)']);
    expect(await inSql('SELECT element_at(array(1, 2)[0], $0) FROM t')).toEqual([
      '> element_at(array: array<T>, «index: int») → element of array',
      '  element_at(map: map<K,V>, key: K) → value of map',
    ]);
  });

  test('inside a literal the call is still told, inside a comment and a template it is not', async () => {
    expect(await inSql("SELECT date_format(ts, 'yyyy$0') FROM t")).toEqual(['> date_format(timestamp: timestamp, «fmt: string») → string']);
    expect(await inSql('SELECT upper(a /* $0 */) FROM t')).toBeUndefined();
    expect(await inSql('SELECT upper({{a.$0b}})')).toBeUndefined();
  });

  test('behind the call there is none', async () => {
    expect(await inSql('SELECT upper(a)$0 FROM t')).toBeUndefined();
    expect(await inSql('SELECT sum(a) OVER ($0PARTITION BY b) FROM t')).toBeUndefined();
    expect(await inSql('SELECT count(*) FILTER (WHERE $0a) FROM t')).toBeUndefined();
  });

  test('a subquery and a function that Spark does not have end the call', async () => {
    expect(await inSql('SELECT coalesce((SELECT $0 FROM t), 1)')).toBeUndefined();
    expect(await inSql('SELECT upper(my_function($0))')).toBeUndefined();
  });

  test('names of CTEs, aliases and types in front of parentheses are no calls', async () => {
    expect(await inSql('WITH first ($0a) AS (SELECT 1) SELECT * FROM first')).toBeUndefined();
    expect(await inSql('SELECT * FROM VALUES (1) AS last($0x)')).toBeUndefined();
    expect(await inSql('SELECT CAST(a AS decimal($010, 2))')).toBeUndefined();
    expect(await inSql('SELECT * FROM t WHERE EXISTS ($0SELECT 1)')).toBeUndefined();
  });

  test('a literal that is not closed yet is a query as well', async () => {
    expect(await checkSignatureHelp(query('').replace('""""""', '"SELECT nullif(a, $0'))).toEqual([
      '> nullif(expr1: T, «expr2: any») → type of expr1',
    ]);
    expect(await checkSignatureHelp(query('').replace('""""""', '"""SELECT nullif(a,\n  $0'))).toEqual([
      '> nullif(expr1: T, «expr2: any») → type of expr1',
    ]);
  });

  test('a query that is an argument is one', async () => {
    const text = 'import featureform as ff\nff.register_sql_transformation(name="a", provider="emr", query="SELECT upper($0)")\n';
    expect(await checkSignatureHelp(text)).toEqual(['> upper(«str: string») → string']);
    const [outside] = (await checkSignatureHelp(text.replace('upper($0)', '$0a'))) ?? [];
    expect(outside).toContain('«query: str»');
  });

  test('hints, raw literals and variables of the program are what they are', async () => {
    expect(await inSql('SELECT /*+ COALESCE($03) */ * FROM t')).toBeUndefined();
    expect(await inSql(String.raw`SELECT split(a, r'\', $0`)).toEqual([
      '> split(str: string, regex: string, [«limit: int»]) → array<string>',
    ]);
    const formatted = query('SELECT nullif({COLUMNS}, $0) FROM {{{{a.b}}}}').replace('"""', 'f"""');
    expect(await checkSignatureHelp(formatted)).toEqual(['> nullif(expr1: T, «expr2: any») → type of expr1']);
  });

  test('a call in a CTE that is not closed yet is told', async () => {
    expect(await inSql('WITH a AS (SELECT nullif(x, $0 FROM {{a.b}}) SELECT * FROM a')).toEqual([
      '> nullif(expr1: T, «expr2: any») → type of expr1',
    ]);
  });

  test('what is repeated goes round', async () => {
    expect(await inSql('SELECT coalesce(a, b, c, $0')).toEqual(['> coalesce(«expr: T», ...) → common type of expr']);
    expect(await inSql('SELECT concat_ws(",", a, b, $0')).toEqual([
      '> concat_ws(sep: string, [«str: string or array<string>»], ...) → string',
    ]);
    expect((await inSql('SELECT decode(a, 1, b, 2, $0'))?.[1]).toBe(
      '> decode(expr: T, search: T, «result: R», ..., [default: R]) → common type of result, default',
    );
  });

  test('the signature is chosen by what is written', async () => {
    expect(await inSql('SELECT date_add(DAY, 1, $0')).toEqual([
      '  date_add(start_date: date, num_days: int) → date',
      '> date_add(unit: unit, value: bigint, «timestamp: timestamp»)',
    ]);
    expect((await inSql("SELECT trim(LEADING 'x' FROM $0"))?.find((line) => line.startsWith('>'))).toBe(
      '> trim(LEADING trimStr: string FROM «str: string») → string',
    );
    expect((await inSql('SELECT count(DISTINCT $0'))?.at(-1)).toBe('> count(«DISTINCT expr: any», ...) → bigint');
    expect(await inSql('SELECT cast(a AS $0')).toEqual(['> cast(expr: any AS «type: type») → type']);
    expect(await inSql('SELECT extract(YEAR FROM $0')).toEqual(['> extract(field: field FROM «source: date or timestamp or interval»)']);
    expect((await inSql('SELECT overlay(a PLACING b FROM $0'))?.at(1)).toBe(
      '> overlay(input: string or binary PLACING replace: string or binary FROM «pos: int» FOR len: int) → string or binary',
    );
  });

  test('a word such as IN separates nothing where the signature does not have it', async () => {
    expect(await inSql('SELECT if(a IN (1, 2), b, $0')).toEqual([
      '> if(condition: boolean, whenTrue: T, «otherwise: T») → common type of whenTrue, otherwise',
    ]);
  });

  test('lambdas are arguments', async () => {
    expect(await inSql('SELECT aggregate(items, 0, (acc, x) -> acc + x, $0')).toEqual([
      '> aggregate(expr: array<T>, start: A, merge: (acc, element) -> A, [«finish: (acc) -> R»]) → type of finish',
    ]);
  });

  test('a function without parameters is told as such', async () => {
    expect(await inSql('SELECT row_number($0) OVER (ORDER BY a)')).toEqual(['> row_number() → int']);
  });

  test('capital letters, comments before the parenthesis and literals of several parts do not matter', async () => {
    expect(await inSql('SELECT UPPER ($0')).toEqual(['> upper(«str: string») → string']);
    const parts = query('').replace('""""""', '("SELECT nullif(a, " "$0)")');
    expect(await checkSignatureHelp(parts)).toEqual(['> nullif(expr1: T, «expr2: any») → type of expr1']);
  });
});

describe('in a registration', () => {
  const head = 'import featureform as ff\nspark = ff.get_spark("emr")\n';

  test('parameters are told with types and defaults, the active one by position', async () => {
    expect(await checkSignatureHelp(`${head}spark.register_parquet_file("a", $0)\n`)).toEqual([
      '> register_parquet_file(name: str, «file_path: str», variant: str = "", owner: str = "", description: str = "")',
    ]);
  });

  test('a keyword marks its parameter, while it is typed and behind it', async () => {
    const expected = ['> register_parquet_file(name: str, file_path: str, «variant: str = ""», owner: str = "", description: str = "")'];
    expect(await checkSignatureHelp(`${head}spark.register_parquet_file(name="a", variant=$0)\n`)).toEqual(expected);
    expect(await checkSignatureHelp(`${head}spark.register_parquet_file(name="a", variant="v$01")\n`)).toEqual(expected);
    expect(await checkSignatureHelp(`${head}spark.register_parquet_file(name="a", vari$0ant="v1")\n`)).toEqual(expected);
  });

  test('behind keywords the next parameter that is not given is marked', async () => {
    expect(await checkSignatureHelp(`${head}spark.register_parquet_file(file_path="s3://b/a", name="b", $0)\n`)).toEqual([
      '> register_parquet_file(name: str, file_path: str, «variant: str = ""», owner: str = "", description: str = "")',
    ]);
  });

  test('a call that is not closed is told as well', async () => {
    expect(await checkSignatureHelp(`${head}spark.register_parquet_file($0\n`)).toEqual([
      '> register_parquet_file(«name: str», file_path: str, variant: str = "", owner: str = "", description: str = "")',
    ]);
    expect(
      await checkSignatureHelp(`${head}role = ff.AWSStaticCredentials("key", $0\n\n@spark.sql_transformation()\ndef a():\n  return ""\n`),
    ).toEqual(['> AWSStaticCredentials(access_key: str, «secret_key: str»)']);
  });

  test('lists and tuples belong to their argument', async () => {
    const [label] = (await checkSignatureHelp(`${head}@spark.df_transformation(inputs=[("a", $0)])\ndef f(a):\n  return a\n`)) ?? [];
    expect(label).toContain('«inputs: list');
  });

  test('decorators and constructors of features are registrations', async () => {
    const [decorator] = (await checkSignatureHelp(`${head}@spark.sql_transformation($0)\ndef f():\n  return ""\n`)) ?? [];
    expect(decorator).toContain('> sql_transformation(«variant: str = ""», owner: str = ""');
    const [feature] = (await checkSignatureHelp(`${head}@ff.entity\nclass User:\n  a = ff.Feature(source[["a", "b"]], type=$0)\n`)) ?? [];
    expect(feature).toContain('> Feature(transformation_args');
    expect(feature).toContain('«type: ');
  });

  test('what is passed through stars marks nothing', async () => {
    const [label] = (await checkSignatureHelp(`${head}spark.register_parquet_file(*args, $0)\n`)) ?? [];
    expect(label).not.toContain('«');
  });

  test('other calls and other files are left to others', async () => {
    expect(await checkSignatureHelp(`${head}print($0)\n`)).toBeUndefined();
    expect(await checkSignatureHelp(`${head}spark.register_file(name=str($0))\n`)).toBeUndefined();
    expect(await checkSignatureHelp('from tools import spark\nspark.name($0)\n')).toBeUndefined();
  });
});
