import { describe, expect, it } from 'vitest';
import { scalarType, type Cell, type ColumnType } from '../../shared/table/table';
import { rowFormat } from '../../shared/tableReader/rowFormats';

const columns = (types: Readonly<Record<string, ColumnType>>) =>
  Object.entries(types).map(([name, type]) => ({ name, type, nullable: true, partition: false }));

function lines(format: 'csv' | 'jsonl', types: Readonly<Record<string, ColumnType>>, ...rows: readonly (readonly Cell[])[]): string {
  const { header, line } = rowFormat(format, columns(types));
  return header + rows.map(line).join('');
}

const string = scalarType('string');
const int = scalarType('int');

describe('CSV', () => {
  it('quotes what Spark would read otherwise, with a backslash before marks and backslashes', () => {
    const texts = [
      'plain',
      'a,b',
      'say "so"',
      'back\\slash',
      'both \\" of,them',
      'two\nlines',
      'two\r\nlines',
      ' room ',
      '\ttab',
      '#',
      '世界 😀',
    ];
    expect(lines('csv', { 'a "name", quoted': string, n: int }, ...texts.map((text, index) => [text, index]))).toBe(
      [
        '"a \\"name\\", quoted",n',
        'plain,0',
        '"a,b",1',
        '"say \\"so\\"",2',
        'back\\slash,3',
        '"both \\\\\\" of,them",4',
        '"two\nlines",5',
        '"two\r\nlines",6',
        '" room ",7',
        '"\ttab",8',
        '#,9',
        '世界 😀,10',
        '',
      ].join('\n'),
    );
  });

  it('tells a null from an empty text, but in a line without anything else', () => {
    expect(lines('csv', { a: string, b: string }, [null, ''], ['', null], [null, null])).toBe('a,b\n,""\n"",\n,\n');
    expect(lines('csv', { a: string }, [null], [''], ['x'])).toBe('a\n""\n""\nx\n');
    expect(lines('csv', { a: string })).toBe('a\n');
  });

  it('keeps every digit, and writes nested values as JSON', () => {
    const types = {
      d: scalarType('decimal(38,9)'),
      l: scalarType('bigint'),
      f: scalarType('double'),
      b: scalarType('binary'),
      m: { kind: 'map', key: string, value: { kind: 'array', element: int } },
    } as const;
    expect(lines('csv', types, ['-12345678901234567890123456789.012345678', '9223372036854775807', 0.1, '00FF', [['k"', [1, null]]]])).toBe(
      'd,l,f,b,m\n-12345678901234567890123456789.012345678,9223372036854775807,0.1,00FF,"{\\"k\\\\\\"\\":[1,null]}"\n',
    );
  });
});

describe('JSON lines', () => {
  it('leave out nulls of fields, and keep those of lists and maps', () => {
    const types = {
      s: {
        kind: 'struct',
        fields: [
          { name: 'x', type: int },
          { name: 'y', type: string },
        ],
      },
      a: { kind: 'array', element: int },
      m: { kind: 'map', key: string, value: int },
      n: int,
    } as const;
    expect(
      lines('jsonl', types, [[null, 'v'], [1, null], [['__proto__', null]], null], [null, [], [], 3], [[null, null], null, null, null]),
    ).toBe('{"s":{"y":"v"},"a":[1,null],"m":{"__proto__":null}}\n{"a":[],"m":{},"n":3}\n{"s":{}}\n');
  });

  it('hold numbers with every digit, and texts for what is no number', () => {
    const types = {
      l: scalarType('bigint'),
      d: scalarType('decimal(38,9)'),
      f: scalarType('float'),
      t: scalarType('timestamp'),
      b: scalarType('binary'),
      o: scalarType('boolean'),
      i: scalarType('interval day to second'),
    };
    const time = '2024-02-29T23:59:59.123456Z';
    expect(
      lines('jsonl', types, [
        '-9223372036854775808',
        '12.500000000',
        1,
        time,
        '616263',
        true,
        "INTERVAL '1 02:03:04.000005' DAY TO SECOND",
      ]),
    ).toBe(
      `{"l":-9223372036854775808,"d":12.500000000,"f":1.0,"t":"${time}","b":"YWJj","o":true,"i":"INTERVAL '1 02:03:04.000005' DAY TO SECOND"}\n`,
    );
    const floats = [0, '-0.0', 0.1, 9999999, 1e7, 1.5e-3, 9.99e-4, -1.7976931348623157e308, 5e-324, 'NaN', '-Infinity'];
    expect(lines('jsonl', { f: scalarType('double') }, ...floats.map((cell) => [cell]))).toBe(
      ['0.0', '-0.0', '0.1', '9999999.0', '1.0E7', '0.0015', '9.99E-4', '-1.7976931348623157E308', '5.0E-324', '"NaN"', '"-Infinity"']
        .map((text) => `{"f":${text}}\n`)
        .join(''),
    );
  });

  it('have keys of maps as texts', () => {
    const map = (key: ColumnType): ColumnType => ({ kind: 'map', key, value: int });
    const types = {
      i: map(int),
      d: map(scalarType('date')),
      b: map(scalarType('binary')),
      f: map(scalarType('double')),
      a: map({ kind: 'array', element: int }),
    };
    expect(lines('jsonl', types, [[[1, 1]], [['2024-01-31', 2]], [['616263', 3]], [[2, 4]], [[[1, 2], 5]]])).toBe(
      '{"i":{"1":1},"d":{"2024-01-31":2},"b":{"YWJj":3},"f":{"2.0":4},"a":{"[1,2]":5}}\n',
    );
  });
});
