import { describe, expect, test } from 'vitest';
import { scanLiterals } from '../../server/src/sql/literals';

function literalsOf(sql: string, doubleQuoted: 'string' | 'name' = 'string'): readonly string[] {
  return scanLiterals(sql, { doubleQuoted }).map(({ kind, span }) => `${kind} ${sql.slice(span.start, span.end)}`);
}

describe('scanLiterals', () => {
  test.each([
    ["SELECT 'a', 'b'", ["string 'a'", "string 'b'"]],
    ["'it''s' x", ["string 'it''s'"]],
    [String.raw`'it\'s' x`, [String.raw`string 'it\'s'`]],
    [String.raw`r'\' || 'b'`, [String.raw`string '\'`, "string 'b'"]],
    [String.raw`xr'\' b'`, [String.raw`string '\' b'`]],
    ["`it's` 'x'", ["string 'x'"]],
    ['"a\'b" c', ['string "a\'b"']],
    ['-- it\'s\n1 -- "x', ["comment -- it's", 'comment -- "x']],
    ['/* a /* b */ c */ d', ['comment /* a /* b */ c */']],
    ["/*+ BROADCAST('x') */ '--'", ["string '--'"]],
    ['', []],
  ])('%s', (sql, expected) => {
    expect(literalsOf(sql)).toEqual(expected);
  });

  test('double quotes hold a name in other dialects', () => {
    expect(literalsOf(`"a'b" 'c'`, 'name')).toEqual(["string 'c'"]);
  });

  test.each(["'never closed", '"never closed', '`never closed', '/* never closed', "'a' 'b"])('stops where %s is never closed', (sql) => {
    expect(literalsOf(sql)).toEqual(sql.startsWith("'a'") ? ["string 'a'"] : []);
  });
});
