import { describe, expect, it } from 'vitest';
import { copyText } from '../../client/src/editors/copyFormats';
import { scalarType, type Cell, type Column, type ColumnType } from '../../shared/table/table';

const column = (name: string, type: ColumnType | string): Column => ({
  name,
  type: typeof type === 'string' ? scalarType(type) : type,
  nullable: true,
  partition: false,
});
const columns = [column('id', 'bigint'), column('a|b', 'string'), column('list', { kind: 'array', element: scalarType('int') })];
const rows: readonly (readonly Cell[])[] = [
  [1, "it's\n\\|", [1, null]],
  ['9223372036854775807', null, null],
];

describe('copied cells', () => {
  it('are tab-separated for spreadsheets', () => {
    expect(copyText('tsv', columns, rows)).toBe('id\ta|b\tlist\n1\t"it\'s\n\\|"\t[1, null]\n9223372036854775807\t\t');
  });

  it('are JSON for programs', () => {
    expect(JSON.parse(copyText('json', columns, rows))).toEqual([
      { id: 1, 'a|b': "it's\n\\|", list: [1, null] },
      { id: '9223372036854775807', 'a|b': null, list: null },
    ]);
  });

  it('are a table in Markdown', () => {
    expect(copyText('markdown', columns, rows)).toBe(
      ['| id | a\\|b | list |', '| ---: | --- | --- |', "| 1 | it's<br>\\\\\\| | [1, null] |", '| 9223372036854775807 |  |  |'].join('\n'),
    );
  });

  it('are values for a query of Spark', () => {
    expect(copyText('sql', columns, rows)).toBe(
      "VALUES\n  (1L, 'it\\'s\\n\\\\|', array(1, NULL)),\n  (9223372036854775807L, NULL, NULL)\nAS t(id, `a|b`, list)",
    );
  });

  it('are as they are when there is one only', () => {
    const text = [column('t', 'string')];
    expect(copyText('tsv', text, [['a\tb']])).toBe('a\tb');
    expect(copyText('markdown', text, [['a|b']])).toBe('a|b');
    expect(copyText('json', text, [['a']])).toBe('"a"');
    expect(copyText('sql', text, [['a']])).toBe("'a'");
  });

  it.each<readonly [type: ColumnType | string, cell: Cell, literal: string]>([
    ['boolean', true, 'true'],
    ['tinyint', -2, '-2Y'],
    ['smallint', 3, '3S'],
    ['int', 4, '4'],
    ['bigint', '-9223372036854775808', "CAST('-9223372036854775808' AS bigint)"],
    ['float', 0.5, '0.5F'],
    ['double', 1e300, '1e+300D'],
    ['double', 'NaN', "double('NaN')"],
    ['float', '-Infinity', "float('-Infinity')"],
    ['decimal(5,2)', '1.50', 'CAST(1.50 AS decimal(5,2))'],
    ['binary', '00ff', "X'00ff'"],
    ['date', '2024-01-31', "DATE '2024-01-31'"],
    ['timestamp', '2024-01-31T12:00:00Z', "TIMESTAMP '2024-01-31T12:00:00Z'"],
    ['timestamp_ntz', '2024-01-31T12:00:00', "TIMESTAMP_NTZ '2024-01-31T12:00:00'"],
    ['interval year to month', "INTERVAL '1-5' YEAR TO MONTH", "INTERVAL '1-5' YEAR TO MONTH"],
    [{ kind: 'map', key: scalarType('string'), value: scalarType('int') }, [['k', 1]], "map('k', 1)"],
    [{ kind: 'struct', fields: [{ name: 'x', type: scalarType('int') }] }, [null], "named_struct('x', NULL)"],
  ])('write %s as Spark does', (type, cell, literal) => {
    expect(copyText('sql', [column('c', type)], [[cell]])).toBe(literal);
  });
});
