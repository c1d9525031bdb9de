import { describe, expect, test } from 'vitest';
import type { FunctionDefinition } from '../../server/src/python/ast';
import { boundNames, freeNames } from '../../server/src/python/scopes';
import { parserForTests } from '../support/python';

async function functionOf(text: string): Promise<FunctionDefinition> {
  const { body } = (await parserForTests()).parse('file:///a.py', text);
  const definition = body.find((statement) => statement.kind === 'function');
  if (definition === undefined) throw new Error('expected a function');
  return definition;
}

/** The names that the function reads from outside, each read, as `name@line`. */
async function freeReads(text: string, deferredAnnotations = false): Promise<readonly string[]> {
  const names = freeNames(await functionOf(text), { deferredAnnotations });
  return names.map(({ name, span }) => `${name}@${text.slice(0, span.start).split('\n').length}`);
}

describe('freeNames', () => {
  test.each([
    ['every read, in text order', 'def f(a):\n    return x + a + y(x)', ['x@2', 'y@2', 'x@2']],
    ['not its own signature', '@d\ndef f(a: A = b, *c: C, **e) -> R:\n    return a, c, e', []],
    ['a name bound anywhere is local', 'def f():\n    print(x)\n    x = 1', ['print@2']],
    ['augmented assignment and delete bind', 'def f():\n    x += y\n    del z\n    return x, z', ['y@2']],
    ['targets of all shapes', 'def f(o):\n    a, (b, *c), o.d, e[g] = h\n    return a, b, c', ['e@2', 'g@2', 'h@2']],
    ['imports', 'def f():\n    import a.b, c as d\n    from e import g as h, i\n    return a, d, h, i, b, c, g', ['b@4', 'c@4', 'g@4']],
    [
      'for, with, except, match',
      'def f(s):\n    for a in b: pass\n    with c as (d, e): pass\n    try: pass\n    except E as g: pass\n    return a, d, e, g',
      ['b@2', 'c@3', 'E@5'],
    ],
    [
      'patterns',
      'def f(s):\n    match s:\n        case A(b=c) | c if d: return c\n        case [*e] | {"k": v, **e}: return e, v',
      ['A@3', 'd@3'],
    ],
    ['comprehensions have a scope of their own', 'def f(a):\n    return [x for x in a if y], x', ['y@2', 'x@2']],
    ['their first iterable does not', 'def f(a):\n    return {x: y for x in x for y in x}', ['x@2']],
    ['a walrus binds around comprehensions', 'def f(a):\n    any((y := x) for x in a)\n    return y', ['any@2']],
    ['but not around a lambda', 'def f(a):\n    g = lambda b: (y := b)\n    return y, g', ['y@3']],
    ['lambdas', 'def f(a):\n    return lambda b, *c, d=e, **g: (a, b, c, d, g, h)', ['e@2', 'h@2']],
    [
      'nested functions',
      'def f(a):\n    @d\n    def g(b: B = c) -> R:\n        return a, b, h, g\n    return g',
      ['d@2', 'B@3', 'c@3', 'R@3', 'h@4'],
    ],
    ['a nested function has its own names', 'def f():\n    def g():\n        x = 1\n    return x', ['x@4']],
    ['nonlocal', 'def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n        return x\n    return g', []],
    ['global', 'def f():\n    x = 1\n    def g():\n        global x\n        return x\n    return g, x', ['x@5']],
    ['a global that the function assigns', 'def f():\n    global x\n    x = 1\n    return x', []],
    [
      'class bodies are passed over by their functions',
      'def f():\n    class A(B, metaclass=M):\n        x = 1\n        y = x\n        def g(self):\n            return x, A\n    return A',
      ['B@2', 'M@2', 'x@6'],
    ],
    [
      'annotations of variables are not evaluated in functions',
      'def f():\n    x: A = b\n    class C:\n        y: D\n    return x, C',
      ['b@2', 'D@4'],
    ],
    ['f-strings', 'def f(a):\n    return f"{a} {b!r:>{c}} {{d}} {e:{g}.{a}}"', ['b@2', 'c@2', 'e@2', 'g@2']],
    [
      'type parameters',
      'def f(a):\n    def g[T: X](b: T) -> T: return T\n    class C[U](B[U]):\n        y: U\n        def m(self) -> U: pass\n    type P[V] = Q[V]\n    return g, C, P, T',
      ['B@3', 'T@7'],
    ],
    ['star and keyword arguments', 'def f(a):\n    return a(*b, c=d, **e)', ['b@2', 'd@2', 'e@2']],
    ['what is set through a call', 'def f(a):\n    g(a).b = c', ['g@2', 'c@2']],
  ])('%s', async (_, text, expected) => {
    expect(await freeReads(text)).toEqual(expected);
  });

  test('deferred annotations are not evaluated', async () => {
    expect(await freeReads('def f():\n    def g(a: A) -> R: return a\n    class C:\n        y: D\n    return g, C', true)).toEqual([]);
  });
});

test('boundNames are those of the block itself', async () => {
  const { body } = await functionOf(
    'def f():\n    global a\n    a = b = 1\n    def c():\n        d = 1\n    for e in []:\n        import g.h',
  );
  expect([...boundNames(body)].sort()).toEqual(['b', 'c', 'e', 'g']);
});
