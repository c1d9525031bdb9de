// Which tokens may follow one another: all that is correct passes, and statements that would keep the grammar busy do not.

import { describe, expect, it } from 'vitest';
import { readLines } from '../../server/src/python/lines';
import { isReadable, misplacedTokens } from '../../server/src/python/misplacedTokens';
import { parserForTests } from '../support/python';

const parser = await parserForTests();
const parsePython = (text: string): ReturnType<typeof parser.parse> => parser.parse('file:///definitions.py', text);

function misplaced(text: string): readonly string[] {
  return misplacedTokens(text, readLines(text), 100).map((token) => `${String(token.start)} ${token.text}`);
}

describe('what is correct', () => {
  it.each([
    'x = [a if b else c for x, in y if z if not w for v in u]',
    'f(*a, b, **c, d=1, e=lambda: 0, *not_last)',
    'def f(a, /, b: int = 1, *, c: "x" = 2, **d) -> [int]: return (yield a)',
    'def f[T: int, *Ts, **P](x: T): pass',
    'class A[T](B, metaclass=C, *D): x: int = 1; y = 2',
    'type X[T] = dict[str, T]',
    'lambda *, a, b=1: (a, *b)',
    'x[1:, ::2, ..., *a, b:=1]',
    '{**a, "b": 1, (c): d if e else f, **{}}',
    '{a: b async for a, b in c}',
    'if (a := b) is not None and a not in c: d = yield',
    'x = yield from a',
    'x: int',
    'x: list[int] = y = z,',
    'c, = d; e += 1,; f = not -a ** -b',
    'with (open(a) as b, c as (d, e)): pass',
    'try: pass\nexcept* (A, B) as c: raise D from e\nelse: pass\nfinally: pass',
    'match a, b:\n  case [1, *_, {"x": y, **z}] | A(b=c) as d if d: print(a)',
    'match = case = type = print = 1',
    'case = a if b else c',
    'for x, in y, *z: continue',
    'from .. import (a as b, c,)',
    'from ....x import *',
    'import a.b as c, d',
    '@a.b[0](c)\nasync def f(): await a; return await b, [await c]',
    'print(f"{a!r:>{b}} {c=} {d = !s:x} {{e}} {f[\'g\']:%H:%M} \\N{EM DASH} {lambda_}" "x" rb"y")',
    'assert a, "b" "c"',
    'return -1',
    'return *a, b',
    'del a[0], b.c',
    'global a, b',
    'x = 1if a else 2',
    'while not a: break',
    'print >>a, b',
    'x = a @ b | ~c & (d ^ e) // f << g',
  ])('%s', (text) => {
    expect(misplaced(text)).toEqual([]);
    expect(parsePython(`${text}\n`).problems.filter(({ message }) => message.startsWith('unexpected'))).toEqual([]);
  });
});

describe('what is not', () => {
  it.each([
    ['x = a b', '6 b'],
    ['x = (a +)', '8 )'],
    ['x = f(, a)', '6 ,'],
    ['x = [a: b = c]', '10 ='],
    ['x = {a} {b}', '8 {'],
    ['x = a + not b', '8 not'],
    ['x = a if b', '9 b'],
    ['x = [a for b]', '12 ]'],
    ['x = f(a.b := c)', '10 :='],
    ['x = a, yield b', '7 yield'],
    ['x = [a async b]', '13 b'],
    ['x = f"{a b}"', '9 b'],
    ['x = f"{a"', '4 f"{a"'],
    ['x = a $ b', '6 $'],
    ['x = class', '4 class'],
    ['if a: if b: c', '6 if'],
  ])('%s', (text, first) => {
    expect(misplaced(text)[0]).toBe(first);
  });
});

it('a long correct statement is readable, whatever its length', () => {
  for (const text of ['1234567, ', '{"a": [1, 2.5, None]}, ', '"text" "text", ', 'f"{a} {b!r}", ', '(lambda a, b=1: a)(2), ']) {
    const long = `x = [${text.repeat(20_000)}]\n`;
    expect(isReadable(long, readLines(long))).toBe(true);
    expect(parsePython(long)).toMatchObject({ problems: [], body: [{ kind: 'assign' }] });
  }
});

it('a statement with errors without number is given up with the first of them, and the next one is read', () => {
  const text = `x = f(${'+ -> '.repeat(2_000)})\ny = 1\n`;
  const { body, problems } = parsePython(text);
  expect(problems.length).toBeGreaterThan(0);
  expect(body.map(({ kind }) => kind)).toEqual(['invalidStatement', 'assign']);
});

it('a NUL character is reported where it stands, and what holds it is read without it', () => {
  const { body, problems } = parsePython('x = "a\0b"\ny = 1\n');
  expect(problems).toEqual([{ span: { start: 6, end: 7 }, message: 'a NUL character: Python takes no file with one' }]);
  expect(body.map(({ kind }) => kind)).toEqual(['assign', 'assign']);
});
