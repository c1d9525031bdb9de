import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Value } from '../../server/src/python/values';
import { valueKey } from '../../server/src/python/valueKey';
import { askPython } from '../support/cpython';
import { foldModule } from '../support/folding';

/** A value as Python would print it; symbols as `⟨key⟩`. */
function shown(value: Value): unknown {
  switch (value.kind) {
    case 'string':
      return value.text.key;
    case 'number':
      return value.text;
    case 'boolean':
      return value.value;
    case 'none':
      return null;
    case 'list':
    case 'tuple':
    case 'set':
      return value.complete ? value.items.map(shown) : [...value.items.map(shown), '…'];
    case 'dict':
      return Object.fromEntries([
        ...value.entries.map((entry) => [shown(entry.key), shown(entry.value)]),
        ...(value.complete ? [] : [['…', '…']]),
      ]);
    default:
      return `⟨${valueKey(value)}⟩`;
  }
}

const result = async (text: string): Promise<unknown> => shown((await foldModule(text)).value);

describe('strings', () => {
  test.each([
    ['"a" "b" \'c\'', 'abc'],
    ['"a" \\\n  "b"', 'ab'],
    ['"a" + "b" * 2', 'abb'],
    ['N = 3\nf"x{N}y{{{N:02d}}}"', 'x3y{03}'],
    ['N = "v"\nf"{N!r:>5}{N:^5}|{N:<3}|"', "  'v'  v  |v  |"],
    ['X = 1.5\nf"{X:.2f} {X} {1_000_000:,} {255:#x}"', '1.50 1.5 1,000,000 ${255:#x}'],
    ['N = 3\nf"{N=} {N + 1 = }"', 'N=3 N + 1 = 4'],
    ['"%s-%d-%05.1f-%r %%" % ("a", 2, 3.14159, "b")', "a-2-003.1-'b' %"],
    ['"%(a)s %(b)s" % {"a": 1, "b": "x"}', '1 x'],
    ['"%s" % "one"', 'one'],
    ['"{} {}".format(1, "b")', '1 b'],
    ['"{1} {0} {x:>3} {{}}".format("a", "b", x=7)', 'b a   7 {}'],
    ['"{0[k]} {1[1]}".format({"k": "v"}, ["a", "b"])', 'v b'],
    ['args = {"a": 1}\n"{a}".format(**args)', '1'],
    ['"{0.name}".format(spark)', '${spark.name}'],
    ['import textwrap\ntextwrap.dedent("""\n    a\n      b\n\n    c\n""").strip()', 'a\n  b\n\nc'],
    ['from textwrap import dedent as d\nd("  a\\n   b")', 'a\n b'],
    ['import inspect\ninspect.cleandoc("""First\n        second\n          third\n    """)', 'First\nsecond\n  third'],
    ['" a b ".strip().upper().replace("A", "x").lower()', 'x b'],
    ['"--a--".lstrip("-").rstrip("-")', 'a'],
    ['", ".join(["a", "b"])', 'a, b'],
    ['", ".join(f"avg({c}) AS {c}" for c in ("x", "y") if c != "x")', 'avg(y) AS y'],
    ['"a,b,c".split(",")', ['a', 'b', 'c']],
    ['"a b  c".split()[1:]', ['b', 'c']],
    ['"abc"[1] + "abc"[-1] + "abc"[:2]', 'bcab'],
    ['str(3) + str(None) + str(True) + str(2.0)', '3NoneTrue2.0'],
    ['import os\nos.path.join("s3://a", "b/", "c")', 's3://a/b/c'],
    ['import os.path as p\np.join("a", "/b")', '/b'],
    ['"abc".removeprefix("a") + "x.y".removesuffix(".y")', 'bcx'],
  ])('%s', async (text, expected) => {
    expect(await result(text)).toEqual(expected);
  });
});

describe('other values', () => {
  test.each([
    ['1 + 2 * 3 - 4 // 3', '6'],
    ['2 ** 100', '1267650600228229401496703205376'],
    ['-7 // 2, -7 % 3, 7 / 2, 1e16, 1e-5, 0x1F, 1_000', ['-4', '2', '3.5', '1e+16', '1e-05', '31', '1000']],
    ['{"a": 1, **{"a": 2, "b": 3}}', { a: '2', b: '3' }],
    ['dict(a=1, b="x") | {"b": "y"}', { a: '1', b: 'y' }],
    ['dict([("a", 1)], b=2)', { a: '1', b: '2' }],
    ['{"a": {"b": [1, "x"]}}["a"]["b"][1]', 'x'],
    ['{"a": 1}.get("b", "none"), {"a": 1}.get("a")', ['none', '1']],
    ['[1, *[2, 3]] + [4]', ['1', '2', '3', '4']],
    ['[*unknown, 1]', ['1', '…']],
    ['{**unknown, "a": 1}', { a: '1', '…': '…' }],
    ['"a" if 1 < 2 else "b"', 'a'],
    ['None or "x", "" and "y", "p" or q', ['x', '', 'p']],
    ['1 == 1.0, "a" in ["a"], "b" not in "abc", None is None, 1 is not None', [true, true, false, true, true]],
    ['[i * 2 for i in range(3)]', ['0', '2', '4']],
    ['{k: v for k, v in [("a", 1)]}', { a: '1' }],
    ['len("abc"), len([1, 2]), int("42"), bool("")', ['3', '2', '42', false]],
    ['(x := "a") + x', 'a${x}'],
    ['list({"a": 1}.items())', [['a', '1']]],
    ['[1, 2, 3][::-1], (1, 2)[0]', [['3', '2', '1'], '1']],
  ])('%s', async (text, expected) => {
    expect(await result(text)).toEqual(expected);
  });
});

describe('what the run time decides', () => {
  test.each([
    ['import os\nf"ice_{os.getenv(\'V\')}"', 'ice_${os.getenv("V")}'],
    ['"a_" + VERSION', 'a_${VERSION}'],
    ['f"{x.y}{x[0]}{x(1,k = 2)}"', '${x.y}${x[0]}${x(1,k=2)}'],
    ['f"{x!r}{x:>{w}}"', '${x!r}${x:>{w}}'],
    ['f" {x} ".strip()', '${x.strip()}'],
    ['f" a{x}b ".strip()', 'a${x}b'],
    ['f"{x} ".strip()', '${x.strip()}'],
    ['f"A{x}".lower()', 'a${x.lower()}'],
    ['"%s_%s" % (a, b)', '${a}_${b}'],
    ['"x" if a else "y"', '⟨("x" if a else "y")⟩'],
    ['[f(x) for x in xs]', '⟨[f(x)for x in xs]⟩'],
    ['"a" * 10 ** 9', '⟨("a" * 1000000000)⟩'],
    ['b"x"', '⟨b"x"⟩'],
    ['"ab".center(9)', '⟨"ab".center(9)⟩'],
  ])('%s', async (text, expected) => {
    expect(await result(text)).toEqual(expected);
  });

  test.each([
    ['f( a,b )', 'f(a, b)'],
    ["f('a')", 'f("a")'],
    ['f(# why\n  a)', 'f(a)'],
    ['A = "x"\nf(A)', 'f("x")'],
    ['lambda  x: (x)', 'lambda x:(x)'],
    ['[g(i)  for i in j]', '[g(i) for i in j]'],
    ['import os\nos.environ["A"]', 'from os import environ\nenviron["A"]'],
  ])('%s equals %s', async (a, b) => {
    expect(valueKey((await foldModule(a)).value)).toBe(valueKey((await foldModule(b)).value));
  });

  test('a lambda over different outer values is different', async () => {
    const key = async (text: string): Promise<string> => valueKey((await foldModule(text)).value);
    expect(await key('A = 1\nlambda: A')).not.toBe(await key('A = 2\nlambda: A'));
  });

  test('keys and texts that double from line to line stay small', async () => {
    const lines = Array.from({ length: 200 }, () => 'x = f(x, x)\ny = y + y\nz = [z, z]').join('\n');
    const { value } = await foldModule(`y = "a"\n${lines}\nx, y, z, z == [z, z]`);
    expect(valueKey(value).length).toBeLessThan(10_000);
  });
});

describe('hooks', () => {
  test('calls come first, then what folding knows', async () => {
    const seen: string[] = [];
    const { value } = await foldModule('import ff\nff.a().b("x".upper())', {
      call: (_call, callee) => {
        seen.push(valueKey(callee));
        return undefined;
      },
    });
    expect(seen).toEqual(['ff.a', 'ff.a().b', '"x".upper']);
    expect(valueKey(value)).toBe('ff.a().b("X")');
  });

  test("attributes and subscripts of what the asker made are the asker's", async () => {
    const at = { uri: 'file:///test.py', span: { start: 0, end: 0 } };
    const { value } = await foldModule('make()["a"].b', {
      call: () => ({ kind: 'object', object: 'source', at }),
      subscript: (_node, object) => (object.kind === 'object' ? { kind: 'object', object: 'column', at } : undefined),
      attribute: (node, object) =>
        object.kind === 'object' && object.object === 'column' ? { kind: 'object', object: node.name, at } : undefined,
    });
    expect(value).toMatchObject({ kind: 'object', object: 'b' });
  });

  test('hooks that are methods of an object work inside comprehensions', async () => {
    class Asker {
      private readonly answer = 'yes';
      readonly uri = 'file:///test.py';
      readonly text = '';
      call(): Value {
        return { kind: 'symbol', key: this.answer, at: { uri: this.uri, span: { start: 0, end: 0 } } };
      }
    }
    const asker = new Asker();
    const { value } = await foldModule('[ask(x) for x in (1, 2)]', { call: () => asker.call() });
    expect(shown(value)).toEqual(['⟨yes⟩', '⟨yes⟩']);
  });
});

/** Expressions whose value is a string, with the names `A`, `B` and `N` in reach. */
const stringExpression: fc.Arbitrary<string> = fc.letrec<{ text: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(
      'A',
      'B',
      "'it'",
      '"{{x.y}}"',
      '"a\\tb\\n"',
      'r"\\d+"',
      '"""m\n  n\n"""',
      '"ä😀\\u20ac"',
      '"x" "y"',
      'f"{A}-{N:03d}{{}}"',
      '"%"',
      '" pad "',
      '"""\n    one\n      two\n    """',
    ),
  ),
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `${a} + ${b}`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a} + \\\n  ${b})`),
    tie('text').map((a) => `(${a}).strip()`),
    tie('text').map((a) => `(${a}).upper().lower()`),
    tie('text').map((a) => `textwrap.dedent(${a})`),
    tie('text').map((a) => `inspect.cleandoc(${a})`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `", ".join([${a}, ${b}])`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `"<{1} {0} {n:>4}>".format(${a}, ${b}, n=N)`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `"%s|%-4s|%%" % (${a}, ${b})`),
    fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a}).replace("a", ${b})`),
    tie('text').map((a) => `(${a}) * 2`),
    tie('text').map((a) => `{"k": ${a}}["k"]`),
    tie('text').map((a) => `(${a} if N > 2 else None)`),
    tie('text').map((a) => `"".join(f"[{c}]" for c in (A, ${a}))`),
  ),
})).text;

const preamble = 'import textwrap, inspect\nA = "alpha"\nB = "be\\x41ta"\nN = 7\n';

test('Python evaluates the same strings', async () => {
  const expressions = fc.sample(stringExpression, { numRuns: 400, seed: 11 });
  const values = askPython(
    `import json,sys\nout=[]\nfor text in json.load(sys.stdin):\n  scope={}\n  exec(${JSON.stringify(preamble)}, scope)\n  out.append(eval(text, scope))\nprint(json.dumps(out))`,
    expressions,
  ) as readonly string[];
  const unknown: string[] = [];
  for (const [index, text] of expressions.entries()) {
    const { value } = await foldModule(`${preamble}(${text})`);
    if (value.kind === 'string' && value.text.isConstant) expect([text, value.text.value]).toEqual([text, values[index]]);
    else unknown.push(text);
  }
  // Only tabs in `cleandoc` are left to Python.
  expect(unknown.filter((text) => !(text.includes('cleandoc') && text.includes('\\t')))).toEqual([]);
});

test('every character of a folded text was written where it says', async () => {
  const expressions = fc.sample(stringExpression, { numRuns: 300, seed: 13 });
  for (const text of expressions) {
    const { value, module } = await foldModule(`${preamble}(${text})`);
    if (value.kind !== 'string') continue;
    const { segments } = value.text;
    expect(segments.reduce((at, segment) => (segment.start === at ? segment.end : NaN), 0)).toBe(value.text.value.length);
    for (const segment of segments) {
      const source = module.text.slice(segment.source.start, segment.source.end);
      const written = value.text.value.slice(segment.start, segment.end);
      expect(source).not.toBe('');
      // `upper().lower()` maps letter by letter and may leave another case than was written.
      if (segment.exact) expect(source.toLowerCase()).toBe(written.toLowerCase());
    }
  }
});
