import { describe, expect, it } from 'vitest';
import { cellDocument, cellJson, cellText } from '../../shared/table/cellText';
import { scalarType, typeName, type ColumnType } from '../../shared/table/table';

const text = scalarType('string');
const whole = scalarType('bigint');
const type: ColumnType = {
  kind: 'struct',
  fields: [
    { name: 'tags', type: { kind: 'array', element: text } },
    { name: 'counts', type: { kind: 'map', key: whole, value: text } },
    { name: '__proto__', type: { kind: 'map', key: text, value: whole } },
  ],
};
const cell = [['a"b', null], [['9007199254740993', 'x']], [['__proto__', 1]]] as const;

describe('cells', () => {
  it('are named by Spark', () => {
    expect(typeName(type)).toBe('struct<tags:array<string>,counts:map<bigint,string>,__proto__:map<string,bigint>>');
  });

  it('are text on one line, cut where it is long', () => {
    expect(cellText(text, 'plain', 10)).toBe('plain');
    expect(cellText(text, 'x'.repeat(11), 10)).toEqual({ text: 'x'.repeat(10), omitted: true });
    expect(cellText(text, 'x'.repeat(10), 10)).toBe('x'.repeat(10));
    expect(cellText(text, `${'x'.repeat(9)}😀`, 10)).toEqual({ text: 'x'.repeat(9), omitted: true });
    expect(cellText(text, null, 10)).toBeNull();
    expect(cellText(type, cell, 1000)).toBe('{tags: ["a\\"b", null], counts: {9007199254740993 → "x"}, __proto__: {"__proto__" → 1}}');
    const million = Array.from({ length: 1_000_000 }, () => 'value');
    expect(cellText({ kind: 'array', element: text }, million, 20)).toEqual({ text: '["value", "value", "', omitted: true });
  });

  it('are JSON with every digit and every key', () => {
    expect(JSON.stringify(cellJson(type, cell))).toBe(
      '{"tags":["a\\"b",null],"counts":[{"key":"9007199254740993","value":"x"}],"__proto__":{"__proto__":1}}',
    );
    expect(cellDocument(whole, '9007199254740993')).toBe('9007199254740993');
    expect(cellDocument({ kind: 'array', element: whole }, [1, null])).toBe('[\n  1,\n  null\n]');
  });
});
