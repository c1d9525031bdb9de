import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Expression, Module, Statement } from '../../server/src/python/ast';
import { parserForTests } from '../support/python';

const parser = await parserForTests();
const parse = (text: string): Module => parser.parse('file:///test.py', text);

/** A tree as data: kinds with the text of every node, so that a wrong span shows. */
function outline(node: unknown, text: string): unknown {
  if (Array.isArray(node)) return node.map((item) => outline(item, text));
  if (typeof node !== 'object' || node === null) return node;
  const fields = node as Readonly<Record<string, unknown>>;
  if (typeof fields['start'] === 'number' && typeof fields['end'] === 'number') return text.slice(fields['start'], fields['end']);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, outline(value, text)]));
}

function statement(text: string): unknown {
  const module = parse(text);
  expect(module.problems).toEqual([]);
  expect(module.body).toHaveLength(1);
  return outline(module.body[0], text);
}

function expression(text: string): unknown {
  const module = parse(text);
  expect(module.problems).toEqual([]);
  const [first] = module.body;
  return first?.kind === 'expression' ? outline(first.expression, text) : undefined;
}

const name = (text: string): unknown => ({ kind: 'name', name: text, span: text });
const number = (text: string): unknown => ({ kind: 'number', text, span: text });

describe('expressions', () => {
  test('a call holds its arguments with the spans of their names', () => {
    expect(expression('f(a, *b, k=1, **c)')).toEqual({
      kind: 'call',
      span: 'f(a, *b, k=1, **c)',
      callee: name('f'),
      argumentsSpan: '(a, *b, k=1, **c)',
      arguments: [
        { kind: 'positional', span: 'a', value: name('a') },
        { kind: 'star', span: '*b', value: name('b') },
        { kind: 'keyword', span: 'k=1', name: 'k', nameSpan: 'k', value: number('1') },
        { kind: 'doubleStar', span: '**c', value: name('c') },
      ],
    });
  });

  test('a generator as the only argument is that argument', () => {
    expect(expression('f(x for x in y if z)')).toMatchObject({
      argumentsSpan: '(x for x in y if z)',
      arguments: [
        {
          kind: 'positional',
          value: {
            kind: 'comprehension',
            form: 'generator',
            elements: [name('x')],
            clauses: [
              { kind: 'for', async: false, target: name('x'), iterable: name('y') },
              { kind: 'if', test: name('z') },
            ],
          },
        },
      ],
    });
  });

  test('strings keep prefix, quote and the span between the quotes', () => {
    expect(expression(`R"a\\n" '''b''' ""`)).toEqual({
      kind: 'concatenatedString',
      span: `R"a\\n" '''b''' ""`,
      parts: [
        { kind: 'string', span: 'R"a\\n"', prefix: 'r', quote: '"', content: 'a\\n' },
        { kind: 'string', span: "'''b'''", prefix: '', quote: "'''", content: 'b' },
        { kind: 'string', span: '""', prefix: '', quote: '"', content: '' },
      ],
    });
  });

  test('f-strings are text and replacement fields', () => {
    expect(expression('f"a{b!r:>{w}}{{c}}{d = }"')).toEqual({
      kind: 'formattedString',
      span: 'f"a{b!r:>{w}}{{c}}{d = }"',
      prefix: 'f',
      quote: '"',
      content: 'a{b!r:>{w}}{{c}}{d = }',
      parts: [
        { kind: 'text', span: 'a' },
        { kind: 'replacement', span: '{b!r:>{w}}', expression: name('b'), conversion: 'r', format: '>{w}', formatFields: [name('w')] },
        { kind: 'text', span: '{{c}}' },
        { kind: 'replacement', span: '{d = }', expression: name('d'), debug: true },
      ],
    });
  });

  test('quotes nest in f-strings as in Python 3.12', () => {
    expect(expression('f"{x["a"]}"')).toMatchObject({
      parts: [{ kind: 'replacement', span: '{x["a"]}', expression: { kind: 'subscript' } }],
    });
  });

  test('slices have a place for every bound', () => {
    expect(expression('a[1:, ::2]')).toMatchObject({
      kind: 'subscript',
      index: [
        { kind: 'slice', span: '1:', parts: [number('1'), { kind: 'constant', value: null, span: '' }] },
        { kind: 'slice', span: '::2', parts: [{ kind: 'constant', value: null }, { kind: 'constant', value: null }, number('2')] },
      ],
    });
  });

  test.each<[string, object]>([
    ['{**a, "k": 1}', { kind: 'dict', entries: [{ value: name('a') }, { key: { kind: 'string' }, value: number('1') }] }],
    [
      'a < b is not c not in d',
      { kind: 'comparison', operators: ['<', 'is not', 'not in'], operands: [name('a'), name('b'), name('c'), name('d')] },
    ],
    ['a if b else c', { kind: 'conditional', then: name('a'), test: name('b'), otherwise: name('c') }],
    ['not a', { kind: 'unary', operator: 'not', operand: name('a') }],
    ['a or b', { kind: 'binary', operator: 'or', operatorSpan: 'or', left: name('a'), right: name('b') }],
    ['a ** -b', { kind: 'binary', operator: '**', operatorSpan: '**', right: { kind: 'unary', operator: '-' } }],
    ['(a := 1)', { kind: 'parenthesized', expression: { kind: 'named', target: name('a'), value: number('1') } }],
    ['[*a, b]', { kind: 'list', items: [{ kind: 'starred', value: name('a') }, name('b')] }],
    ['a, b', { kind: 'tuple', items: [name('a'), name('b')] }],
    ['()', { kind: 'tuple', items: [] }],
    ['...', { kind: 'constant', value: 'ellipsis' }],
    ['a.b.c', { kind: 'attribute', name: 'c', nameSpan: 'c', object: { kind: 'attribute', name: 'b', nameSpan: 'b' } }],
    [
      '{k: v async for k, v in z}',
      { kind: 'comprehension', form: 'dict', elements: [name('k'), name('v')], clauses: [{ kind: 'for', async: true }] },
    ],
    [
      'lambda a, /, b=1, *c, d, **e: 0',
      {
        kind: 'lambda',
        parameters: [
          { kind: 'positionalOnly', name: 'a' },
          { kind: 'positional', name: 'b' },
          { kind: 'varArgs', name: 'c' },
          { kind: 'keywordOnly', name: 'd' },
          { kind: 'kwArgs', name: 'e' },
        ],
      },
    ],
  ])('%s', (text, expected) => {
    expect(expression(text)).toMatchObject(expected);
  });
});

describe('statements', () => {
  test('a function has the spans of its parts', () => {
    const text = '@a.b(1)\n@c\nasync def f(a: int, /, b="x", *, c: str = None) -> int:\n    """doc"""\n    return a\n';
    expect(statement(text)).toMatchObject({
      kind: 'function',
      name: 'f',
      nameSpan: 'f',
      async: true,
      span: text.trimEnd(),
      definitionSpan: text.slice(11).trimEnd(),
      bodySpan: '"""doc"""\n    return a',
      decorators: [
        { span: '@a.b(1)', expression: { kind: 'call' } },
        { span: '@c', expression: name('c') },
      ],
      parameters: [
        { kind: 'positionalOnly', name: 'a', span: 'a: int', nameSpan: 'a', annotation: name('int') },
        { kind: 'positional', name: 'b', span: 'b="x"', nameSpan: 'b', default: { kind: 'string' } },
        { kind: 'keywordOnly', name: 'c', span: 'c: str = None', annotation: name('str'), default: { kind: 'constant', value: null } },
      ],
      returns: name('int'),
      body: [{ kind: 'expression' }, { kind: 'return', value: name('a') }],
    });
  });

  test.each<[string, object]>([
    [
      'import a.b as c, d',
      {
        kind: 'import',
        names: [
          { name: 'a.b', nameSpan: 'a.b', alias: 'c', aliasSpan: 'c', span: 'a.b as c' },
          { name: 'd', nameSpan: 'd' },
        ],
      },
    ],
    ['from ..b.c import (d as e, f,)', { kind: 'importFrom', module: 'b.c', level: 2, names: [{ name: 'd', alias: 'e' }, { name: 'f' }] }],
    ['from . import a', { kind: 'importFrom', module: '', level: 1, names: [{ name: 'a' }] }],
    ['from x import *', { kind: 'importFrom', module: 'x', level: 0, names: [{ name: '*', nameSpan: '*' }] }],
    ['from __future__ import annotations', { kind: 'importFrom', module: '__future__', names: [{ name: 'annotations' }] }],
    ['a = b = 1', { kind: 'assign', targets: [name('a'), name('b')], value: number('1') }],
    ['x: int = 3', { kind: 'assign', targets: [name('x')], annotation: name('int'), value: number('3') }],
    [
      '(a), (b,) = c',
      {
        kind: 'assign',
        targets: [
          {
            kind: 'tuple',
            items: [
              { kind: 'parenthesized', expression: name('a') },
              { kind: 'tuple', items: [name('b')] },
            ],
          },
        ],
      },
    ],
    ['x += 1', { kind: 'augmentedAssign', target: name('x'), operator: '+', value: number('1') }],
    ['x //= 1', { kind: 'augmentedAssign', operator: '//' }],
    ['del a, b', { kind: 'delete', targets: [name('a'), name('b')] }],
    ['global a, b', { kind: 'global', names: [name('a'), name('b')] }],
    ['raise A from b', { kind: 'raise', expressions: [name('A'), name('b')] }],
    [
      'with open(a) as f, b: pass',
      { kind: 'with', items: [{ context: { kind: 'call' }, target: name('f') }, { context: name('b') }], body: [{ kind: 'pass' }] },
    ],
    ['with (\n    a as b\n): pass', { kind: 'with', items: [{ context: name('a'), target: name('b') }] }],
    [
      'for a, *b in c: pass\nelse: x',
      {
        kind: 'for',
        target: { kind: 'tuple', items: [name('a'), { kind: 'starred' }] },
        iterable: name('c'),
        otherwise: [{ kind: 'expression' }],
      },
    ],
    ['type A[T] = int', { kind: 'assign', targets: [name('A')] }],
    [
      'class A(B, metaclass=C):\n    x = 1',
      { kind: 'class', name: 'A', arguments: [{ kind: 'positional' }, { kind: 'keyword', name: 'metaclass' }], body: [{ kind: 'assign' }] },
    ],
  ])('%s', (text, expected) => {
    expect(statement(text)).toMatchObject(expected);
  });

  test('an elif is one nested if', () => {
    expect(statement('if a:\n    x\nelif b:\n    y\nelse:\n    z')).toMatchObject({
      kind: 'if',
      test: name('a'),
      otherwise: [{ kind: 'if', span: 'elif b:\n    y\nelse:\n    z', test: name('b'), otherwise: [{ kind: 'expression', span: 'z' }] }],
    });
  });

  test('handlers have types and names', () => {
    expect(statement('try:\n    a\nexcept (A, B) as e:\n    b\nexcept* C:\n    c\nelse:\n    d\nfinally:\n    e')).toMatchObject({
      kind: 'try',
      handlers: [
        { type: { kind: 'tuple' }, name: 'e', nameSpan: 'e', body: [{ span: 'b' }] },
        { type: name('C'), body: [{ span: 'c' }] },
      ],
      otherwise: [{ span: 'd' }],
      finally: [{ span: 'e' }],
    });
  });

  test('patterns tell what they bind from what they read', () => {
    const text =
      'match x, y:\n    case [a, *rest] if a > 1: pass\n    case {"k": v, **kw} | Point(x=0, y=p) | m.n as z: pass\n    case _: pass';
    expect(statement(text)).toMatchObject({
      kind: 'match',
      subject: { kind: 'tuple', span: 'x, y' },
      cases: [
        { captures: [name('a'), name('rest')], reads: [], guard: { kind: 'comparison' } },
        { captures: [name('z'), name('v'), name('kw'), name('p')], reads: [name('Point'), { kind: 'attribute', span: 'm.n' }] },
        { captures: [], reads: [] },
      ],
    });
  });
});

describe('whatever the text', () => {
  test('line ends and non-ASCII characters do not shift spans', () => {
    const text = "# ä😀\r\nx = '😀'\r\ny = x\r\n";
    const module = parse(text);
    expect(module.body.map((one) => text.slice(one.span.start, one.span.end))).toEqual(["x = '😀'", 'y = x']);
    expect(module.comments.map((comment) => comment.text)).toEqual(['# ä😀']);
  });

  test('a definition ends in front of the line end behind its last comment', () => {
    const text = '@d\r\ndef f():\r\n    return 1  # one\r\n@d\r\nclass C:\r\n    x = 1  # two\r\n\r\n';
    expect(parse(text).body.map((one) => text.slice(one.span.start, one.span.end))).toEqual([
      '@d\r\ndef f():\r\n    return 1  # one',
      '@d\r\nclass C:\r\n    x = 1  # two',
    ]);
  });

  test('a return alone ends a line', () => {
    const text = 'x = 1  # one\r@d\rdef f(a,\r  b):\r    return """a\rb"""\r\ry = f\r';
    const module = parse(text);
    expect(module.problems).toEqual([]);
    expect(module.body.map((one) => text.slice(one.span.start, one.span.end))).toEqual([
      'x = 1',
      '@d\rdef f(a,\r  b):\r    return """a\rb"""',
      'y = f',
    ]);
    expect(module.comments.map((comment) => comment.text)).toEqual(['# one']);
  });

  test.each([
    ['10,000 brackets', '['.repeat(10_000)],
    ['10,000 closed brackets', `x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
    ['10,000 operators', `x = ${'1 + '.repeat(10_000)}1`],
    ['10,000 calls', `x = a${'.b()'.repeat(10_000)}`],
    ['a line of a million characters', `x = "${'a'.repeat(1_000_000)}"`],
    ['20,000 open f-string fields', `f"""${'{'.repeat(20_000)}`],
    ['nested open f-strings', 'f"{'.repeat(5_000)],
    ['500 levels of blocks', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}if x:`).join('\n')],
    ['20,000 quotes', `'"`.repeat(10_000)],
    ['operands side by side', `x = {${'a b '.repeat(20_000)}}`],
    ['5,000 broken lines in one function', `def f():\n${'  a b c\n'.repeat(5_000)}`],
    ['5,000 functions that are never closed', 'def f(\n'.repeat(5_000)],
    ['nothing', ''],
    ['a mark of byte order', '\uFEFFx = 1\n'],
    ['NUL and lone surrogates', 'x = "\0\ud800"\n\udc00\n'],
  ])('%s neither throw nor hang', (_, text) => {
    expect(parse(text).text).toBe(text);
  });

  test('every span lies in the text, and children lie in their statement', () => {
    const piece = fc.constantFrom(
      'def f(',
      ')',
      ':',
      '\n',
      '    ',
      'x',
      ' = ',
      '"',
      "'",
      '"""',
      'f"{',
      '}',
      '[',
      ']',
      ',',
      '@a\n',
      'return ',
      '#c',
      '\\',
      '1',
      '.',
      'if ',
      'else',
      '{{',
      '\r\n',
      '\t',
      'lambda ',
      '*',
      'ä',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const module = parse(text);
        const check = (node: unknown, outer: { start: number; end: number }): void => {
          if (typeof node !== 'object' || node === null) return;
          const { span } = node as { readonly span?: { readonly start: number; readonly end: number } };
          if (span !== undefined) {
            expect(span.start).toBeGreaterThanOrEqual(0);
            expect(span.end).toBeGreaterThanOrEqual(span.start);
            expect(span.end).toBeLessThanOrEqual(text.length);
          }
          for (const child of Object.values(node) as unknown[]) check(child, outer);
        };
        for (const node of [...module.body, ...module.problems, ...module.comments] as (Statement | Expression)[])
          check(node, { start: 0, end: text.length });
      }),
      { numRuns: 300 },
    );
  });
});
