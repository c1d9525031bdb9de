import { describe, expect, test } from 'vitest';
import type { Module, PythonProblem } from '../../server/src/python/ast';
import { parserForTests } from '../support/python';

const parser = await parserForTests();
const parse = (text: string): Module => parser.parse('file:///test.py', text);

function repaired(module: Module, problem: PythonProblem | undefined): string {
  return (problem?.fix?.edits ?? [])
    .toReversed()
    .reduce((text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end), module.text);
}

const providerBlock = `import featureform as ff

ff.register_snowflake(
    name = "spark_offline_store"
    description = "A spark provider that can create transformations and training sets",
    team = "featureform data team",
    emr_cluster_id = "j-ExampleCluster",
    bucket_path = "example-bucket-path", #excluding the "S3://" prefix
    emr_cluster_region = "us-east-1",
    bucket_region = "us-east-2",
    aws_access_key_id = "<access-key-id>",
    aws_secret_access_key = "<aws-secret-access-key>",
    ):
`;

const dataframeBlock = `@spark.df_transformation(
    inputs=[("transactions", "kaggle")], 
    variant="default")
def average_user_transaction(df):
    from pyspark.sql.functions import avg
        df.groupBy("CustomerID")
        .agg(avg("TransactionAmount")
        .alias("average_user_transaction"))
    return df
`;

const sqlBlocks = [
  `@spark.sql_transformation()
def max_transaction_amount():
    """the average transaction amount for a user """
    return "SELECT CustomerID as user_id, " \\
    "max(TransactionAmount) " "as max_transaction_amt " \\
    "from {{transactions.kaggle}} GROUP BY user_id"
`,
  `@spark.sql_transformation()
def average_user_transaction():
    return "SELECT * FROM {{average_user_transaction.default}} " \\
        "INNER JOIN {{max_transaction_amount}} ON " \\
        "{{average_user_transaction.default}}.CustomerID = " \\
        "{{max_transaction_amount.default}}.user_id"
`,
];

describe('the page the product was conceived from', () => {
  test('the provider block lacks a comma and has a colon too many, and all its arguments are read', () => {
    const module = parse(providerBlock);
    expect(module.problems.map(({ span, message }) => [message, module.text.slice(span.start, span.end), span.start])).toEqual([
      ["expected ',' before 'description'", 'description', providerBlock.indexOf('description')],
      ["unexpected ':' after the call", ':', providerBlock.indexOf('):') + 1],
    ]);
    const statement = module.body[1];
    const call = statement?.kind === 'expression' && statement.expression.kind === 'call' ? statement.expression : undefined;
    expect(
      call?.arguments.map((argument) => [argument.name, module.text.slice(argument.value.span.start, argument.value.span.end)]),
    ).toEqual([
      ['name', '"spark_offline_store"'],
      ['description', '"A spark provider that can create transformations and training sets"'],
      ['team', '"featureform data team"'],
      ['emr_cluster_id', '"j-ExampleCluster"'],
      ['bucket_path', '"example-bucket-path"'],
      ['emr_cluster_region', '"us-east-1"'],
      ['bucket_region', '"us-east-2"'],
      ['aws_access_key_id', '"<access-key-id>"'],
      ['aws_secret_access_key', '"<aws-secret-access-key>"'],
    ]);
    expect(module.comments.map((comment) => comment.text)).toEqual(['#excluding the "S3://" prefix']);
    const withComma = parse(repaired(module, module.problems[0]));
    expect(parse(repaired(withComma, withComma.problems[0])).problems).toEqual([]);
  });

  test('the body of the DataFrame block is indented too deep, and the function is read whole', () => {
    const module = parse(dataframeBlock);
    expect(module.problems.map(({ span, message }) => [message, span])).toEqual([
      [
        'unexpected indent: this line is indented deeper than its block',
        { start: dataframeBlock.indexOf('df.groupBy'), end: dataframeBlock.indexOf('df.groupBy') + 2 },
      ],
    ]);
    const [fn] = module.body;
    if (fn?.kind !== 'function') throw new Error('expected a function');
    expect(fn.name).toBe('average_user_transaction');
    expect(fn.decorators).toHaveLength(1);
    expect(fn.parameters.map((parameter) => parameter.name)).toEqual(['df']);
    expect(fn.body.map((statement) => [statement.kind, module.text.slice(statement.span.start, statement.span.end)])).toEqual([
      ['importFrom', 'from pyspark.sql.functions import avg'],
      ['expression', 'df.groupBy("CustomerID")\n        .agg(avg("TransactionAmount")\n        .alias("average_user_transaction"))'],
      ['return', 'return df'],
    ]);
    const fixed = repaired(module, module.problems[0]);
    expect(parse(fixed).problems).toEqual([]);
    expect(fixed).toContain('\n    (df.groupBy("CustomerID")\n');
  });

  test.each(sqlBlocks)('the SQL blocks are sound', (text) => {
    expect(parse(text).problems).toEqual([]);
  });
});

/** The text with `«…»` around each marked token, and the messages in the order of the marks. */
const cases: readonly (readonly [string, ...string[]])[] = [
  ['x = «f(»1, 2\ny = 3\n'.replace('«f(»', 'f«(»'), "'(' was never closed"],
  ['df.select«(»"a", "b"\n\n@spark.sql_transformation()\ndef g(): return ""\n', "'(' was never closed"],
  ['def f«(»a, b:\n    return a\n', "'(' was never closed"],
  ['a = [f«(»1]\n', "'(' was never closed"],
  ['f(a«]»\n', "']' does not match '('"],
  ['x«)»\n', "')' closes nothing"],
  ['x = «"abc»\ny = 2\n', 'this string is not closed'],
  ['def f():\n    «"""»doc\n    x = 1\n\n@a.b()\ndef g():\n    pass\n', 'this """ string is never closed'],
  ['def f(«)»\n    return 1\n', "expected ':'"],
  ['if «x»\n    y\n«else»\n    z\n', "expected ':'", "expected ':'"],
  ['def f()«:»\nreturn 1\n', "expected an indented block after 'def'"],
  ['def f():\n    x = 1\n      «y» = 2\n    z = 3\n', 'unexpected indent: this line is indented deeper than its block'],
  ['if a:\n    x\n  «y»\n', 'this indentation matches no line above'],
  ['if a:\n        x\n«\t»y\n', 'tabs and spaces are mixed in this indentation'],
  [
    'x = df.a()\n    «.»b()\n    .c()\n',
    "unexpected '.' at the beginning of a line: only inside parentheses does it continue the line above",
  ],
  ['f(a «b»)\n', "expected ',' before 'b'"],
  ['x = {"a": 1 «"b"»: 2, "c" «3»}\n', 'expected \',\' before "b"', "expected ':' before '3'"],
  ['f(a,«,» b)\n', "unexpected ','"],
  ['x = «=» 2\n', "unexpected '='"],
  ['a «=»\nb = 2\n', "expected an expression after '='"],
  ['x = 1 «+»\n', "expected an expression after '+'"],
  ['foo«.»\nbar\n', "expected a name after '.'"],
  ['x = 1 «2»\n', "unexpected '2'"],
  ['x = «$»a\n', "unexpected '$'"],
  ['«print» "x"\n', "'print' is a function: its arguments must be in parentheses"],
  ['«else»:\n    x\n', "unexpected 'else'"],
  ['«@spark.sql_transformation()»\n', 'expected a function or a class after this decorator'],
  ['def f():\n    «try»:\n        x\n    y\n', "expected 'except' or 'finally' after this 'try'"],
  ['a()\nf«(»,)\n'.replace('«(»,', '(«,»'), "unexpected ','"],
  ['from a import b«,»\n', "unexpected ','"],
];

describe('messages stand at the token a person would point at', () => {
  test.each(cases)('%j', (marked, ...messages) => {
    const text = marked.replace(/[«»]/gu, '');
    const spans: { start: number; end: number }[] = [];
    let shift = 0;
    for (const mark of marked.matchAll(/«([^»]*)»/gu)) {
      const start = mark.index - shift;
      spans.push({ start, end: start + (mark[1] ?? '').length });
      shift += 2;
    }
    expect(parse(text).problems.map(({ span, message }) => ({ ...span, message }))).toEqual(
      spans.map((span, index) => ({ ...span, message: messages[index] })),
    );
  });
});

describe('sure fixes make the text parse', () => {
  test.each([
    ['f(a b)\n', 'f(a, b)\n'],
    ['x = {"a" 1, "b": 2}\n', 'x = {"a": 1, "b": 2}\n'],
    ['def f()\n    pass\n', 'def f():\n    pass\n'],
    ['f(a]\n', 'f(a)\n'],
    ['print "x", y\n', 'print("x", y)\n'],
    ['x = df.a()\n    .b()\n', 'x = (df.a()\n    .b())\n'],
    ['x = g(f(1\n', 'x = g(f(1))\n'],
  ])('%j', (broken, fixed) => {
    const module = parse(broken);
    const text = repaired(
      module,
      module.problems.find((problem) => problem.fix),
    );
    expect(text).toBe(fixed);
    expect(parse(text).problems).toEqual([]);
  });
});

test('a broken block hurts only itself', () => {
  const module = parse(
    'a = 1\n\ndef f(:\n    """never closed\n    return [1, (2\n\n@spark.sql_transformation()\ndef g():\n    return "SELECT"\n\nb = 2\n',
  );
  expect(module.body.map((statement) => statement.kind)).toEqual(['assign', 'invalidStatement', 'function', 'assign']);
  expect(module.problems.every((problem) => problem.span.start > 6 && problem.span.end <= module.text.indexOf('@spark'))).toBe(true);
});
