import { describe, expect, it } from 'vitest';
import { checkQuery } from '../../../shared/table/query/checkQuery';
import type { ComparisonOperator, Predicate } from '../../../shared/table/query/tableQuery';
import { TableProblem } from '../../../shared/table/tableProblem';
import type { ColumnType } from '../../../shared/table/table';
import { memoryTable } from '../../support/memoryTable';

const text: ColumnType = { kind: 'scalar', name: 'string', family: 'text' };
const { columns } = memoryTable(
  {
    amount: 'bigint',
    price: 'decimal(10,2)',
    real: 'double',
    flag: 'boolean',
    day: 'date',
    moment: 'timestamp',
    local: 'timestamp_ntz',
    bytes: 'binary',
    span: 'interval day to second',
    old: 'interval',
    word: 'string',
    facts: { kind: 'map', key: text, value: text },
    pair: { kind: 'struct', fields: [{ name: 'm', type: { kind: 'map', key: text, value: text } }] },
    list: { kind: 'array', element: text },
    clock: 'time',
  },
  [],
);

function refusal(where: Predicate | undefined, sort: readonly number[] = []): string | undefined {
  try {
    checkQuery(columns, { where, sort: sort.map((column) => ({ column, descending: false })) });
    return undefined;
  } catch (error) {
    return error instanceof TableProblem ? `${error.kind}: ${error.message}` : String(error);
  }
}

function compared(name: string, value: string, operator: ComparisonOperator = '='): string | undefined {
  return refusal({ kind: 'compare', column: columns.findIndex((column) => column.name === name), operator, value });
}

describe('a query that does not fit the table', () => {
  it('names the value, the type and what the column holds', () => {
    expect(compared('amount', 'abc')).toBe('wrong-query: "abc" is no bigint; column "amount" holds whole numbers, as 42');
    expect(compared('price', '1,5')).toBe('wrong-query: "1,5" is no decimal(10,2); column "price" holds decimal numbers, as 12.50');
    expect(compared('real', '')).toBe('wrong-query: "" is no double; column "real" holds numbers, as 1.5, Infinity or NaN');
    expect(compared('flag', '1')).toBe('wrong-query: "1" is no boolean; column "flag" holds true or false');
    expect(compared('day', '2023-02-29')).toBe('wrong-query: "2023-02-29" is no date; column "day" holds days, as 2024-01-31');
    expect(compared('moment', 'now')).toBe('wrong-query: "now" is no timestamp; column "moment" holds moments, as 2024-01-31T12:30:00Z');
    expect(compared('local', '2024-01-31T12:30:00Z')).toBe(
      'wrong-query: "2024-01-31T12:30:00Z" is no timestamp_ntz; column "local" holds moments without a zone, as 2024-01-31T12:30:00',
    );
    expect(compared('clock', '24:00')).toBe('wrong-query: "24:00" is no time; column "clock" holds times of day, as 12:30:00');
    expect(compared('bytes', '0')).toBe('wrong-query: "0" is no binary; column "bytes" holds bytes in hexadecimal digits, as 00FF');
    expect(compared('span', '1')).toBe(
      `wrong-query: "1" is no interval day to second; column "span" holds intervals, as INTERVAL '1 02:03:04.5' DAY TO SECOND`,
    );
    expect(refusal({ kind: 'in', column: 0, values: ['1', 'x'] })).toBe(
      'wrong-query: "x" is no bigint; column "amount" holds whole numbers, as 42',
    );
  });

  it('names the column that is not there, or that cannot be asked this', () => {
    expect(refusal({ kind: 'null', column: 15 })).toBe('out-of-range: the table has 15 columns, column 15 was asked for');
    expect(refusal({ kind: 'not', part: { kind: 'contains', column: -1, text: '' } })).toBe(
      'out-of-range: the table has 15 columns, column -1 was asked for',
    );
    expect(refusal(undefined, [0, 11])).toBe(
      'wrong-query: column "facts" cannot be sorted: it is map<string,string>, and maps have no order',
    );
    expect(refusal(undefined, [12])).toBe(
      'wrong-query: column "pair" cannot be sorted: it is struct<m:map<string,string>>, and maps have no order',
    );
    expect(refusal(undefined, [9])).toBe('wrong-query: column "old" cannot be sorted: it is interval, and its values have no order');
    expect(compared('list', 'a')).toBe(
      'wrong-query: column "list" is array<string>, which cannot be compared with a value; search its text instead',
    );
    expect(refusal({ kind: 'and', parts: [{ kind: 'like', column: 13, pattern: '%', ignoreCase: false }] })).toBe(
      'wrong-query: column "list" is array<string>, which no pattern can match; search its text instead',
    );
  });

  it('is none of these', () => {
    for (const value of ['42', '-9223372036854775808', '99999999999999999999', '2.5', ' 1e3 '])
      expect(compared('amount', value)).toBeUndefined();
    for (const value of ['NaN', 'nan', '-Infinity', '1e-300', '.5']) expect(compared('real', value)).toBeUndefined();
    for (const value of ['2024-01-31', '2024-01-31 12:30', '2024-01-31T12:30:00.123456+02:00', '-0044-03-15T00:00:00Z'])
      expect(compared('moment', value)).toBeUndefined();
    expect(compared('span', "INTERVAL '1 02:03:04' DAY TO SECOND")).toBeUndefined();
    expect(compared('bytes', '0xff')).toBeUndefined();
    expect(refusal({ kind: 'contains', column: undefined, text: 'x' }, [0, 5, 13])).toBeUndefined();
  });
});
