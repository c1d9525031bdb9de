import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openTokenizer, type Token, type Tokenize } from './tokenizer';

let tokenize: Tokenize;
let tokenizeAsPython: Tokenize;

beforeAll(async () => {
  tokenize = await openTokenizer({ injected: true });
  tokenizeAsPython = await openTokenizer({ injected: false });
});

const sql = 'meta.embedded.inline.sql';

/** One letter for what a character is; the first that fits. */
const marks: readonly (readonly [scope: string, mark: string])[] = [
  ['entity.name.type.source.sparkform', 'n'],
  ['punctuation.separator.period.sparkform', 'p'],
  ['variable.other.variant.sparkform', 'v'],
  ['punctuation.section.embedded.begin.sparkform', '<'],
  ['punctuation.section.embedded.end.sparkform', '>'],
  ['constant.character.escape.python', 'e'],
  ['constant.character.format.placeholder.other.python', 'f'],
  ['constant.language.python', '\\'],
  ['keyword.other.DML.sql', 'k'],
  ['comment.', '#'],
  ['string.quoted.single.sql', 's'],
];

/**
 * Compares the text with what is written under it: a line that begins with `#:` says what the characters of the line above
 * are (see `marks`; `-` is other SQL, a space is Python). A line without such a line must hold no SQL.
 */
function check(expected: string): void {
  const lines = expected.split('\n');
  const source = lines.filter((line) => !line.startsWith('#:')).join('\n');
  expect(markLines(tokenize(source)).join('\n')).toBe(expected);
}

function markLines(lines: Token[][]): string[] {
  return lines.flatMap((tokens) => {
    const text = tokens.map((token) => token.text).join('');
    const line = tokens.map((token) => markOf(token).repeat(token.text.length)).join('');
    return line.trim() === '' ? [text] : [text, `#:${line.slice(2)}`.trimEnd()];
  });
}

function markOf({ scopes }: Token): string {
  const inner = scopes.indexOf(sql);
  if (inner < 0) return ' ';
  return marks.find(([scope]) => scopes.slice(inner + 1).some((one) => one.startsWith(scope)))?.[1] ?? '-';
}

describe('strings that a SQL transformation returns', () => {
  it('colours SQL and makes templates stand out', () => {
    check(`@spark.sql_transformation(variant="v1")
def one():
    return "SELECT a FROM {{ orders.2024-01 }} WHERE b = 'x' -- why"
#:          kkkkkk---kkkk-<<-nnnnnnpvvvvvvv->>-kkkkk-----sss-######`);
  });

  it('gives every token of a template a scope of its own', () => {
    const [, , line] = tokenize('@spark.sql_transformation()\ndef one():\n    return "FROM {{orders.v1}}"');
    const string = 'string.quoted.single.python';
    const template = [string, sql, 'meta.template.sparkform'];
    expect(line).toEqual([
      { text: '    ', scopes: [] },
      { text: 'return', scopes: ['keyword.control.flow.python'] },
      { text: ' ', scopes: [] },
      { text: '"', scopes: [string, 'punctuation.definition.string.begin.python'] },
      { text: 'FROM', scopes: [string, sql, 'keyword.other.DML.sql'] },
      { text: ' ', scopes: [string, sql] },
      { text: '{{', scopes: [...template, 'punctuation.section.embedded.begin.sparkform'] },
      { text: 'orders', scopes: [...template, 'entity.name.type.source.sparkform'] },
      { text: '.', scopes: [...template, 'punctuation.separator.period.sparkform'] },
      { text: 'v1', scopes: [...template, 'variable.other.variant.sparkform'] },
      { text: '}}', scopes: [...template, 'punctuation.section.embedded.end.sparkform'] },
      { text: '"', scopes: [string, 'punctuation.definition.string.end.python'] },
    ]);
  });

  it('reads angle templates, and templates without a variant', () => {
    check(`@spark.sql_transformation()
def one():
    return "FROM <<orders.v1>> JOIN {{items}} WHERE a << 2"
#:          kkkk-<<nnnnnnpvv>>-kkkk-<<nnnnn>>-kkkkk-------`);
  });

  it('leaves malformed templates to SQL', () => {
    check(`@spark.sql_transformation()
def one():
    return "FROM {{}}, {{a.b.c}}, {{a"
#:          kkkk---------------------`);
  });

  it('follows triple quotes to column 0 and over comments', () => {
    check(`@ff.sql_transformation(
    inputs=[("orders", "v1")],
)
def one():
    return """
SELECT it /* one's */ FROM {{orders.v1}} -- don't
#:kkkk----###########-kkkk-<<nnnnnnpvv>>-########
  /* SELECT
#:#########
  {{orders.v1}} */ FROM b
#:################-kkkk--
"""

x = "SELECT 1"`);
  });

  it('follows implicit concatenation, parentheses and continuations', () => {
    check(`@spark.sql_transformation()
def one():
    return (
        "SELECT max(a) "  # the "FROM" comes below
#:       kkkkkk--------
        'as b '
#:       -----
        f"FROM {{{{orders.{VERSION}}}}}"
#:        kkkk-<<<<nnnnnnpf-------f>>>>
    )

@spark.sql_transformation()
def two():
    return "SELECT a, " \\
#:          kkkkkk----
        "b FROM {{orders.v1}}"
#:       --kkkk-<<nnnnnnpvv>>

@spark.sql_transformation()
def three():
    return "SELECT a \\
#:          kkkkkk---\\
FROM b"
#:kk--
x = "FROM"`);
  });

  it('keeps an open quote or comment of the SQL inside its string', () => {
    check(`@spark.sql_transformation()
def one():
    return "SELECT '" + "a' FROM b -- c" + "FROM d /*" + "FROM e"
#:          kkkkkk-s     -sssssssssssss     kkkk---##     kkkk--`);
  });

  it('reads escapes in plain strings, none in raw ones', () => {
    check(`@spark.sql_transformation()
def one():
    return u"a\\n" "\\u00e9" r"b\\n" R'''c\\n''' "\\"FROM"
#:           -ee   eeeeee    ---      ---     eekkkk`);
  });

  it('reads what a formatted string holds', () => {
    check(`@spark.sql_transformation()
def one():
    return F"""SELECT {name!r} FROM {{x}} <<a.b>> {{{{ {source} }}}} {{{{a.b}}}}"""
#:             kkkkkk-f------f-kkkk-ee-ee-<<npv>>-<<<<-f------f->>>>-<<<<npv>>>>`);
  });

  it('looks through calls that take away the indentation', () => {
    check(`@spark.sql_transformation()
def one():
    return textwrap.dedent("""
        FROM a
#:------kkkk--
    """).strip().replace("FROM", "JOIN")
#:--

@spark.sql_transformation()
def two():
    return cleandoc("FROM a").format(a="FROM")
#:                   kkkk--`);
  });

  it('speaks in each branch and in nested blocks', () => {
    check(`class Definitions:
    @context.spark.sql_transformation()
    @retry("FROM")
    # a comment that ends in a colon:
    async def one(self, a="FROM") -> "FROM":
        """FROM the documentation."""
        if a == "FROM":
            return "FROM a"
#:                  kkkk--
        # return "FROM"

        return "FROM b"
#:              kkkk--
    x = "FROM"`);
  });

  it('stands a signature over several lines and a body on the same line', () => {
    check(`@spark.sql_transformation()
def one(
    a,
):
    return "FROM a"
#:          kkkk--
@spark.sql_transformation()
def two(): return "FROM b"
#:                 kkkk--
def three():
    return "FROM"`);
  });

  it('recovers from a string that is not closed', () => {
    check(`@spark.sql_transformation()
def one():
    return "FROM a
#:          kkkk--
def two():
    return "FROM"`);
  });
});

describe('the query of register_sql_transformation', () => {
  it('colours the query and no other argument', () => {
    check(`ff.register_sql_transformation(
    name="FROM", description="FROM",
    query="SELECT a "
#:         kkkkkk---
          "FROM {{orders.v1}}", provider=get("FROM"),
#:         kkkk-<<nnnnnnpvv>>
)
other(query="FROM")`);
  });
});

describe('strings of others', () => {
  it.each([
    ['a function without decorator', 'def one():\n    return "FROM a"'],
    ['a DataFrame transformation', '@spark.df_transformation(inputs=[("a", "b")])\ndef one(a):\n    return "FROM a"'],
    ['a function behind a transformation', '@spark.sql_transformation()\ndef one():\n    pass\ndef two():\n    return "FROM a"'],
    ['a decorator in a comment', '# @spark.sql_transformation()\ndef one():\n    return "FROM a"'],
    ['a decorator in a string', '"""\n@spark.sql_transformation()\n"""\ndef one():\n    return "FROM a"'],
    ['a decorator without call', '@spark.sql_transformation\ndef one():\n    return "FROM a"'],
    ['a decorator of nothing', '@spark.sql_transformation()\nx = 1\ndef one():\n    return "FROM a"'],
    ['a nested function', '@spark.sql_transformation()\ndef one():\n    def two():\n        return "FROM a"\n    x = "FROM"'],
    ['an assignment', '@spark.sql_transformation()\ndef one():\n    query = "FROM a"\n    return query'],
    ['a key', '@spark.sql_transformation()\ndef one():\n    return queries["FROM"]'],
    ['another call', '@spark.sql_transformation()\ndef one():\n    return load("FROM", path="FROM")'],
    ['operands of a format', '@spark.sql_transformation()\ndef one():\n    return query % ("FROM", "FROM")'],
    ['a condition', '@spark.sql_transformation()\ndef one():\n    return a if b == "FROM" else c'],
    ['bytes', '@spark.sql_transformation()\ndef one():\n    return b"FROM"'],
  ])('stay Python: %s', (_name, text) => {
    check(text);
  });
});

describe("Python's own tokens", () => {
  const texts = [
    ...pythonFilesIn('examples'),
    ...pythonFilesIn('test/workspaces'),
    [
      'every construct',
      `@spark.sql_transformation("v1", name=f"a{1}", inputs=[("a", "b"), *more], **options)  # type: ignore
@other
async def one(self, /, a: List[str] = "x", *args, b=lambda x: x, **kwargs) -> Optional["str"]:
    r"""Documentation: return "x" """
    import re
    with open("x") as file, lock: pass
    for x in [y async for y in z if y]: yield x
    values = {"a": 1, **other}; more: int = 3
    if not values or (n := len(values)) > 2: return None
    return textwrap.dedent("SELECT" + a + b"x" + str(1 if True else 2) + x[0:1] + f(y="z")).strip() % {"a": 1} # why
    return (
        a.b.c("x") + "FROM"  # comment
        if a else
        "x" * 2 if not x else helper(lambda: "FROM")
    )
    return x \\
        + "y"
    class Inner(Base, metaclass=Meta): x = 1
    del x
ff.register_sql_transformation("a", name="b", query="FROM", *args, **more, inputs=[x for x in y])
try: pass
except (A, B) as error: raise C from error
match x:
    case {"a": 1}: print(r"\\d", rb"x", "%s" % 1)
`,
    ] as const,
  ];

  it.each(texts)('are what they are without the injection: %s', (_name, text) => {
    const injected = tokenize(text);
    const plain = tokenizeAsPython(text);
    const differences = text.split('\n').flatMap((line, at) => {
      const own = sqlColumns(injected[at] ?? []);
      const render = (tokens: readonly Token[] | undefined) =>
        perCharacter(tokens ?? []).map((scopes, column) => (own.has(column) ? 'sql' : scopes));
      const [withInjection, without] = [render(injected[at]), render(plain[at])];
      const column = without.findIndex((scopes, index) => scopes !== withInjection[index]);
      return column < 0 ? [] : [{ line, column, withInjection: withInjection[column], without: without[column] }];
    });
    expect(differences).toEqual([]);
  });

  it('were compared in real definitions', () => {
    expect(texts.length).toBeGreaterThan(1);
  });
});

/** The columns of SQL, and of the quotes and prefixes around it, whose scopes differ by design. */
function sqlColumns(tokens: readonly Token[]): Set<number> {
  const columns = new Set<number>();
  let start = 0;
  for (const token of tokens) {
    const isQuote = token.scopes.some((scope) => /^(punctuation\.definition\.string|storage\.type\.string|string\.)/.test(scope));
    if (token.scopes.includes(sql) || isQuote) for (let at = 0; at < token.text.length; at++) columns.add(start + at);
    start += token.text.length;
  }
  return columns;
}

function perCharacter(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => Array.from({ length: token.text.length }, () => token.scopes.join(' ')));
}

function pythonFilesIn(folder: string): (readonly [name: string, text: string])[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.py') && !name.includes('.sparkform'))
    .map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')]);
}
