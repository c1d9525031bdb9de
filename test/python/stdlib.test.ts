// CPython judges: whatever its parser accepts must bring no problem, and what it refuses should bring one near its line.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FunctionDefinition, Statement } from '../../server/src/python/ast';
import { freeNames } from '../../server/src/python/scopes';
import { statementsWithin } from '../../server/src/python/walk';
import { askPython } from '../support/cpython';
import { parserForTests } from '../support/python';

const parser = await parserForTests();

const listing = 'import json,sysconfig\nprint(json.dumps(sysconfig.get_paths()["stdlib"]))';
const judge = `
import ast, json, sys, warnings
warnings.simplefilter("ignore")
def judge(text):
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return getattr(error, "lineno", None) or 0
    return None
print(json.dumps([judge(text) for text in json.load(sys.stdin)]))`;

/** Python's own tests of its syntax. */
const SYNTAX_TESTS = /test_(?:grammar|patma|fstring|syntax|with|generators|named_expressions|positional_only_arg)\.py$/u;

/** Every seventh module of the standard library, in the order of their names. */
let sample: readonly { readonly file: string; readonly text: string }[] = [];

beforeAll(() => {
  const folder = askPython(listing, null) as string;
  const found = ['', 'asyncio', 'collections', 'concurrent/futures', 'email', 'importlib', 'json', 'logging', 'unittest', 'test']
    .filter((inside) => existsSync(join(folder, inside)))
    .flatMap((inside) => readdirSync(join(folder, inside)).map((name) => join(inside, name)))
    .filter((file) => file.endsWith('.py') && (!file.startsWith('test') || SYNTAX_TESTS.test(file)))
    .sort();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  sample = found
    .filter((file, index) => index % 7 === 0 || file.startsWith('test'))
    .flatMap((file) => {
      try {
        return [{ file, text: decoder.decode(readFileSync(join(folder, file))) }];
      } catch {
        return [];
      }
    });
});

test('no problem is found in modules that Python accepts', () => {
  expect(sample.length).toBeGreaterThan(40);
  const verdicts = askPython(
    judge,
    sample.map(({ text }) => text),
  ) as readonly (number | null)[];
  const accepted = sample.filter((_, index) => verdicts[index] === null);
  const alarms = accepted.flatMap(({ file, text }) =>
    parser.parse(`file:///${file}`, text).problems.map((problem) => `${file}: ${problem.message}`),
  );
  expect(alarms).toEqual([]);
});

describe('mutants', () => {
  test('Python and we refuse the same ones, on the same line', () => {
    const texts = sample.filter(({ text }) => text.length < 12_000).map(({ text }) => text);
    const mutants = mutate(texts, 500);
    const verdicts = askPython(judge, mutants) as readonly (number | null)[];
    let accepted = 0;
    let refused = 0;
    let missed = 0;
    let elsewhere = 0;
    const alarms: string[] = [];
    for (const [index, text] of mutants.entries()) {
      const { problems } = parser.parse('file:///mutant.py', text);
      const line = verdicts[index] ?? null;
      if (line === null) {
        accepted++;
        alarms.push(
          ...problems.map((problem) => `${problem.message}: ${text.slice(Math.max(0, problem.span.start - 40), problem.span.end + 20)}`),
        );
        continue;
      }
      refused++;
      const [first] = problems;
      if (first === undefined) missed++;
      else if (Math.abs(text.slice(0, first.span.start).split('\n').length - line) > 1) elsewhere++;
    }
    expect(alarms).toEqual([]);
    expect(accepted).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
    expect(missed / refused).toBeLessThan(0.02);
    expect(elsewhere / refused).toBeLessThan(0.1);
  });
});

test('the names a function takes from outside are those of Python’s own symbol tables', () => {
  const chosen = sample.filter(({ file }) => !file.startsWith('test'));
  const tables = askPython(
    SYMBOLS,
    chosen.map(({ text }) => text),
  ) as readonly Readonly<Record<string, readonly string[]>>[];
  let compared = 0;
  for (const [index, { file, text }] of chosen.entries()) {
    const module = parser.parse(`file:///${file}`, text);
    const deferredAnnotations = text.includes('from __future__ import annotations');
    for (const fn of module.body.filter(isFunction)) {
      const expected = tables[index]?.[fn.name];
      if (expected === undefined || usesSpecialNames(fn)) continue;
      compared++;
      const names = new Set(freeNames(fn, { deferredAnnotations }).map((name) => name.name));
      expect([file, fn.name, [...names].sort()]).toEqual([file, fn.name, expected]);
    }
  }
  expect(compared).toBeGreaterThan(100);
});

/** For each top-level function that is defined once: the global names that it and what is inside it read. */
const SYMBOLS = `
import json, sys, symtable, warnings
warnings.simplefilter("ignore")
def reads(table, found):
    for symbol in table.get_symbols():
        if symbol.is_global() and symbol.is_referenced():
            found.add(symbol.get_name())
    for child in table.get_children():
        reads(child, found)
    return found
def functions(text):
    try:
        top = symtable.symtable(text, "x", "exec")
    except SyntaxError:
        return {}
    known = {}
    for child in top.get_children():
        if child.get_type() == "function":
            known.setdefault(child.get_name(), []).append(child)
    return {name: sorted(reads(tables[0], set())) for name, tables in known.items() if len(tables) == 1}
print(json.dumps([functions(text) for text in json.load(sys.stdin)]))`;

function isFunction(statement: Statement): statement is FunctionDefinition {
  return statement.kind === 'function';
}

/** Classes mangle names, and `global` makes names local to nobody: both are tested by themselves. */
function usesSpecialNames(fn: FunctionDefinition): boolean {
  for (const statement of statementsWithin(fn.body, 'enterNested'))
    if (statement.kind === 'class' || statement.kind === 'global') return true;
  return false;
}

/** Texts with one token or character taken out, doubled, exchanged or put in; the same ones every time. */
function mutate(texts: readonly string[], count: number): readonly string[] {
  let seed = 42;
  const random = (limit: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 4294967296) * limit);
  };
  return Array.from({ length: count }, () => {
    const text = texts[random(texts.length)] ?? '';
    const tokens = [...text.matchAll(/\w+|[^\w\s]|\n *|"""| +/gu)];
    const token = tokens[random(tokens.length)];
    const start = token?.index ?? 0;
    const end = start + (token?.[0].length ?? 0);
    switch (random(5)) {
      case 0:
        return text.slice(0, start) + text.slice(end);
      case 1:
        return text.slice(0, end) + text.slice(start);
      case 2:
        return text.slice(0, start) + (tokens[random(tokens.length)]?.[0] ?? '') + text.slice(start);
      case 3:
        return text.slice(0, start) + ('()[]{}:,."\'=+ '[random(14)] ?? '') + text.slice(start);
      default: {
        const lines = text.split('\n');
        const at = random(lines.length);
        lines[at] = random(2) === 0 ? `${' '.repeat(1 + random(8))}${lines[at] ?? ''}` : (lines[at] ?? '').slice(random(5));
        return lines.join('\n');
      }
    }
  });
}
