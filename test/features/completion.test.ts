import { expect, test } from 'vitest';
import { type CompletionItem, CompletionItemKind, TextEdit } from 'vscode-languageserver-types';
import { LineIndex } from '../../server/src/text/lineIndex';
import { openAtCursor } from '../support/workspaceFixture';

interface Completed {
  /** In the order in which an editor shows them. */
  readonly labels: readonly string[];
  /** The line of the cursor after accepting an item, with `|` behind what was inserted. */
  readonly accept: (label: string) => string;
  readonly item: (label: string) => CompletionItem;
  readonly documentation: (label: string) => string;
  readonly isIncomplete: boolean;
}

async function checkCompletion(marked: string): Promise<Completed> {
  const { service, cursor, texts } = await openAtCursor(marked);
  const list = service.completion(cursor.uri, cursor.position) ?? { isIncomplete: false, items: [] };
  const items = [...list.items].sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1));
  const item = (label: string): CompletionItem => {
    const found = items.find((one) => one.label === label);
    if (found === undefined) throw new Error(`no ${label} among ${items.map((one) => one.label).join(', ')}`);
    return found;
  };
  return {
    labels: items.map(({ label }) => label),
    isIncomplete: list.isIncomplete,
    item,
    accept: (label) => {
      const { textEdit } = item(label);
      if (!TextEdit.is(textEdit)) throw new Error('an item says what it replaces');
      const text = texts.get(cursor.path) ?? '';
      const lines = new LineIndex(text);
      const [start, end] = [lines.offsetAt(textEdit.range.start), lines.offsetAt(textEdit.range.end)];
      if (start > cursor.offset || end < cursor.offset) throw new Error('an edit must hold the cursor');
      const after = `${text.slice(0, start)}${textEdit.newText}|${text.slice(end)}`;
      return after.split(/\r?\n/)[cursor.position.line] ?? '';
    },
    documentation: (label) => {
      const { documentation } = service.completionResolve(item(label));
      return typeof documentation === 'string' ? documentation : (documentation?.value ?? '');
    },
  };
}

/** Three sources and a chain; the query of `last` is what a test types. */
const typing = (returned: string): string => `import featureform as ff
from elsewhere import spark

transactions = spark.register_file(name="transactions", variant="kaggle", file_path="s3://b/t.csv", description="Card payments.")
spark.register_file(name="transactions", variant="v2", file_path="s3://b/t2.csv")

@spark.sql_transformation(variant="v1")
def average():
    return "SELECT * FROM {{transactions.kaggle}}"

@spark.sql_transformation(variant="v1")
def last():
    return ${returned}
--- elsewhere.py
import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
spark.register_file(name="merchants", variant="v1", file_path="s3://b/m.csv")
`;

const ids = ['average.v1', 'transactions.v2', 'transactions.kaggle', 'merchants.v1'];

test('behind the braces: every source but the definition itself, the nearest first', async () => {
  const { labels, item } = await checkCompletion(typing('"SELECT * FROM {{$0"'));
  expect(labels).toEqual(ids);
  expect(item('average.v1')).toMatchObject({ kind: CompletionItemKind.Reference, detail: 'SQL transformation' });
  expect(item('merchants.v1')).toMatchObject({ detail: 'file', labelDetails: { description: 'elsewhere.py' } });
});

test('closing braces are added where they are missing, and never doubled', async () => {
  const accepted = async (returned: string): Promise<string> => (await checkCompletion(typing(returned))).accept('merchants.v1').trim();
  expect(await accepted('"FROM {{$0"')).toBe('return "FROM {{merchants.v1}}|"');
  expect(await accepted('"FROM {{ $0"')).toBe('return "FROM {{ merchants.v1 }}|"');
  expect(await accepted('"FROM {{$0}}"')).toBe('return "FROM {{merchants.v1|}}"');
  expect(await accepted('"FROM {{$0}"')).toBe('return "FROM {{merchants.v1}|}"');
  expect(await accepted('"FROM {{ $0 }} WHERE x"')).toBe('return "FROM {{ merchants.v1| }} WHERE x"');
  expect(await accepted('"FROM <<$0"')).toBe('return "FROM <<merchants.v1>>|"');
  expect(await accepted('"FROM <<$0>> x"')).toBe('return "FROM <<merchants.v1|>> x"');
  expect(await accepted('f"FROM {{{{$0"')).toBe('return f"FROM {{{{merchants.v1}}}}|"');
});

test('exactly the partial word is replaced, in front of the cursor and behind it', async () => {
  expect((await checkCompletion(typing('"FROM {{mer$0chantz.v9}} m"'))).accept('merchants.v1').trim()).toBe(
    'return "FROM {{merchants.v1|}} m"',
  );
  expect((await checkCompletion(typing('"FROM {{mer$0 m JOIN {{average.v1}}"'))).accept('merchants.v1').trim()).toBe(
    'return "FROM {{merchants.v1}}| m JOIN {{average.v1}}"',
  );
});

test('letters filter, as a subsequence', async () => {
  expect((await checkCompletion(typing('"FROM {{tr$0"'))).labels).toEqual(['transactions.v2', 'transactions.kaggle']);
  expect((await checkCompletion(typing('"FROM {{mrch$0"'))).labels).toEqual(['merchants.v1']);
  expect((await checkCompletion(typing('"FROM {{zzz$0"'))).labels).toEqual([]);
});

test('behind the period: the variants of the name alone', async () => {
  const { labels, accept } = await checkCompletion(typing('"FROM {{transactions.$0"'));
  expect(labels).toEqual(['v2', 'kaggle']);
  expect(accept('kaggle').trim()).toBe('return "FROM {{transactions.kaggle}}|"');
  expect((await checkCompletion(typing('"FROM {{ transactions.k$0agg }}"'))).accept('kaggle').trim()).toBe(
    'return "FROM {{ transactions.kaggle| }}"',
  );
});

test('in code that does not parse: an unclosed string, an unclosed triple quote, an unclosed call', async () => {
  expect((await checkCompletion(typing('"FROM {{$0'))).labels).toEqual(ids);
  expect((await checkCompletion(typing('"""\n    SELECT *\n    FROM {{$0\n'))).labels).toContain('merchants.v1');
  expect((await checkCompletion(typing('(("FROM {{$0'))).labels).toContain('merchants.v1');
  expect((await checkCompletion(typing('"FROM {{a.b" + "x {{$0'))).labels).toContain('merchants.v1');
  expect((await checkCompletion(typing('"""FROM {{tr$0\n    WHERE amount > 0"""'))).accept('transactions.v2').trim()).toBe(
    'return """FROM {{transactions.v2}}|',
  );
});

test('what would close a cycle is not offered', async () => {
  const { labels } = await checkCompletion(`import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
spark.register_file(name="src", variant="v1", file_path="s3://b/t.csv")

@spark.sql_transformation(variant="v1")
def first():
    return "SELECT * FROM {{$0}}"

@spark.df_transformation(variant="v1", inputs=[("first", "v1")])
def second(df):
    return df
`);
  expect(labels).toEqual(['src.v1']);
});

test('parameters of inputs come first', async () => {
  const { labels, item } = await checkCompletion(
    typing('"FROM {{$0}}"').replace('(variant="v1")\ndef last()', '(variant="v1", inputs=[("merchants", "v1")])\ndef last(shops)'),
  );
  expect(labels).toEqual(['shops', ...ids]);
  expect(item('shops').detail).toBe('input 1: merchants.v1');
});

test('the documentation of an item is what hover says of the resource', async () => {
  const { documentation, item } = await checkCompletion(typing('"FROM {{$0"'));
  expect(item('transactions.kaggle').documentation).toBeUndefined();
  expect(documentation('transactions.kaggle')).toContain('Card payments.');
  expect(documentation('transactions.kaggle')).toContain('- Location: `s3://b/t.csv`');
});

test('nothing is offered outside strings, in comments, behind a closed template or an operator', async () => {
  for (const returned of ['x{{$0', '"a" # {{$0', '"SELECT 1 <$0"', '"{$0"', 'b"{{$0"']) {
    expect((await checkCompletion(typing(returned))).labels).toEqual([]);
  }
  for (const returned of ['"FROM {{a.b}} $0"', '"SELECT 1 << $0"', '"SELECT 1 < $0"']) {
    const { labels } = await checkCompletion(typing(returned));
    expect(labels.filter((label) => ids.includes(label))).toEqual([]);
  }
});

const registering = (text: string): string => `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
redis = ff.register_redis(name="redis", host="localhost")
src = spark.register_file(name="src", variant="v1", file_path="s3://b/t.csv")
spark.register_file(name="src", variant="v2", file_path="s3://b/t2.csv")

@ff.entity
class User:
    avg = ff.Feature(src[["id", "amount"]], variant="f1", type=ff.Float32)
    sum = ff.Feature(src[["id", "amount"]], variant="f2", type=ff.Float32)
    fraud = ff.Label(src[["id", "fraud"]], variant="l1", type=ff.Bool)

${text}
`;

test.each([
  ['@spark.df_transformation(inputs=[("$0', ['src']],
  ['@spark.df_transformation(inputs=[("src", "$0', ['v2', 'v1']],
  ["@spark.df_transformation(inputs=[('src', 'v$0')])\ndef f(df):\n    return df", ['v2', 'v1']],
  ['@spark.df_transformation(inputs=["$0"])\ndef f(df):\n    return df', ['src']],
  ['inputs = [("$0', ['src']],
  ['ff.register_training_set("set", "v1", features=[("$0', ['sum', 'avg']],
  ['ff.register_training_set("set", "v1", features=[("avg", "$0")], label=("fraud", "l1"))', ['f1']],
  ['ff.register_training_set("set", "v1", label=("$0', ['fraud']],
  ['ff.register_training_set("set", "v1", label=("fraud", "$0', ['l1']],
  ['ff.register_training_set("set", "v1", ["$0"], ("fraud", "l1"))', ['sum', 'avg']],
  ['ff.register_training_set("set", "v1", features=[{"feature": "$0', ['sum', 'avg']],
  ['ff.register_training_set("set", "v1", features=[{"feature": "sum", "variant": "$0', ['f2']],
  ['ff.get_source("$0', ['src']],
  ['ff.get_source("src", "$0', ['v2', 'v1']],
  ['ff.get_source(name="src", variant="$0', ['v2', 'v1']],
  ['ff.get_spark("$0', ['redis', 'emr']],
  ['ff.get_entity("$0', ['user']],
  ['src.register_resources(entity="$0', ['user']],
  ['src.register_resources(inference_store="$0', ['redis', 'emr']],
  [
    'src.register_resources(features=[{"name": "x", "column": "x", "type": "$0',
    ['int', 'int32', 'int64', 'float32', 'float64', 'string', 'bool', 'datetime'],
  ],
  ['client.features([("$0', ['sum', 'avg']],
  ['client.dataframe("src", "$0', ['v2', 'v1']],
  ['spark.register_file(name="$0', []],
  ['src.register_resources(features=[{"name": "$0', []],
  ['print("$0', []],
])('in %s', async (text, labels) => {
  expect((await checkCompletion(registering(text))).labels).toEqual(labels);
});

test('names and variants replace the string they stand in, or the word in an unclosed one', async () => {
  expect((await checkCompletion(registering('ff.get_source("s$0xx", "v1")'))).accept('src')).toBe('ff.get_source("src|", "v1")');
  expect((await checkCompletion(registering('ff.get_source("s$0xx, "v1")'))).accept('src')).toBe('ff.get_source("src|, "v1")');
  expect((await checkCompletion(registering('ff.get_source("src", "$0"'))).accept('v2')).toBe('ff.get_source("src", "v2|"');
});

test('a name that is offered once tells all its variants', async () => {
  expect((await checkCompletion(registering('ff.get_source("$0'))).item('src').labelDetails).toEqual({ description: 'v1, v2' });
});

test('of ten thousand names the best two hundred are offered, and the editor asks again', async () => {
  const many = Array.from(
    { length: 10_000 },
    (_, i) => `spark.register_file(name="source_${i}", variant="v1", file_path="s3://b/${i}.csv")\n`,
  );
  const files = Array.from(
    { length: 100 },
    (_, i) => `--- part_${i}.py\nfrom definitions import spark\n${many.slice(i * 100, i * 100 + 100).join('')}`,
  );
  const fixture = `import featureform as ff
spark = ff.register_spark(name="emr", executor=executor, filestore=store)
@spark.sql_transformation(variant="v1")
def last():
    return "FROM {{source_99$0"
${files.join('')}`;
  const { labels, isIncomplete } = await checkCompletion(fixture);
  expect(labels).toHaveLength(200);
  expect(isIncomplete).toBe(true);
}, 60_000);
