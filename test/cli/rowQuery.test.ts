// Conditions and orders of the command line: Spark SQL to what the table reader takes, and what is refused where.

import { describe, expect, it } from 'vitest';
import { parseOrderBy, parseWhere } from '../../server/src/cli/rowQuery';
import { UsageError } from '../../server/src/cli/io';
import type { ComparisonOperator, Predicate } from '../../shared/table/query/tableQuery';
import { scalarType, type Column, type ColumnType } from '../../shared/table/table';

const types: Readonly<Record<string, ColumnType>> = {
  id: scalarType('bigint'),
  name: scalarType('string'),
  price: scalarType('decimal(10,2)'),
  ratio: scalarType('double'),
  active: scalarType('boolean'),
  day: scalarType('date'),
  at: scalarType('timestamp'),
  local: scalarType('timestamp_ntz'),
  bytes: scalarType('binary'),
  'odd name.x': scalarType('string'),
  tags: { kind: 'array', element: scalarType('string') },
  lasting: scalarType('interval day to second'),
};
const columns: readonly Column[] = Object.entries(types).map(([name, type]) => ({ name, type, nullable: true, partition: false }));
const names = Object.keys(types);

const where = (text: string): Predicate => parseWhere('--where', text, columns);
const compare = (column: string, operator: ComparisonOperator, value: string): Predicate => ({
  kind: 'compare',
  column: names.indexOf(column),
  operator,
  value,
});
const isNull = (column: string): Predicate => ({ kind: 'null', column: names.indexOf(column) });
const not = (part: Predicate): Predicate => ({ kind: 'not', part });
const like = (pattern: string, ignoreCase = false): Predicate => ({ kind: 'like', column: 1, pattern, ignoreCase });

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'taken';
}

describe('a condition', () => {
  it.each<[string, Predicate]>([
    ['id = 1', compare('id', '=', '1')],
    ['1 < id', compare('id', '>', '1')],
    ['1 >= id', compare('id', '<=', '1')],
    ['id == 1', compare('id', '=', '1')],
    ['id != -1', compare('id', '<>', '-1')],
    ['id !< 5L', compare('id', '>=', '5')],
    ['id > - - 7', compare('id', '>', '7')],
    ['(ID) >= (+7)', compare('id', '>=', '7')],
    ['price <> 12.50BD', compare('price', '<>', '12.50')],
    ['ratio < 1e-3', compare('ratio', '<', '1e-3')],
    ["ratio = 'NaN'", compare('ratio', '=', 'NaN')],
    ["`odd name.x` = 'x'", compare('odd name.x', '=', 'x')],
    ["name = 'it\\'s' ' \"two\"\\n'", compare('name', '=', 'it\'s "two"\n')],
    ['name = "double"', compare('name', '=', 'double')],
    ["name = r'raw\\n'", compare('name', '=', 'raw\\n')],
    ["name = '\\u00e4\\U0001F600\\101'", compare('name', '=', 'ä😀A')],
    ["day > DATE'2024-1-5'", compare('day', '>', '2024-01-05')],
    ["day > date '2024'", compare('day', '>', '2024-01-01')],
    ["day > '2024-01-05'", compare('day', '>', '2024-01-05')],
    ["at >= DATE'2024-01-05'", compare('at', '>=', '2024-01-05')],
    ["at >= TIMESTAMP'2024-01-05 10:00:00.5'", compare('at', '>=', '2024-01-05 10:00:00.5')],
    ["at >= TIMESTAMP'2024-01-05T10:00:00+02:00'", compare('at', '>=', '2024-01-05T10:00:00+02:00')],
    ["local = TIMESTAMP_NTZ'2024-01-05 10:00:00'", compare('local', '=', '2024-01-05 10:00:00')],
    ["bytes = X'0fF'", compare('bytes', '=', '00fF')],
    ["lasting > INTERVAL '1 02:03:04' DAY TO SECOND", compare('lasting', '>', "INTERVAL '1 02:03:04' DAY TO SECOND")],
    ['active', compare('active', '=', 'true')],
    ['NOT active', not(compare('active', '=', 'true'))],
    ['active = FALSE', compare('active', '=', 'false')],
    ['active IS TRUE', { kind: 'and', parts: [compare('active', '=', 'true'), not(isNull('active'))] }],
    ['active IS NOT FALSE', not({ kind: 'and', parts: [compare('active', '=', 'false'), not(isNull('active'))] })],
    ['tags IS NULL', isNull('tags')],
    ['id IS NOT NULL', not(isNull('id'))],
    ['id <=> NULL', isNull('id')],
    ['id <=> 3', { kind: 'and', parts: [compare('id', '=', '3'), not(isNull('id'))] }],
    ['id IN (1, -2)', { kind: 'in', column: 0, values: ['1', '-2'] }],
    ["name NOT IN ('a')", not({ kind: 'in', column: 1, values: ['a'] })],
    ['id BETWEEN 1 AND 3', { kind: 'and', parts: [compare('id', '>=', '1'), compare('id', '<=', '3')] }],
    ['id NOT BETWEEN 1 AND 3', not({ kind: 'and', parts: [compare('id', '>=', '1'), compare('id', '<=', '3')] })],
    ["name LIKE 'a\\%_%'", like('a\\%_%')],
    ["name NOT ILIKE 'A%'", not(like('A%', true))],
    ["name LIKE '!%\\\\a!!%' ESCAPE '!'", like('\\%\\\\a\\!%')],
    ["name LIKE ANY ('a', 'b')", { kind: 'or', parts: [like('a'), like('b')] }],
    ["name NOT LIKE ALL ('a', 'b')", { kind: 'and', parts: [not(like('a')), not(like('b'))] }],
    [
      'id = 1 OR id = 2 OR id = 3 AND NOT (price > 1 AND active) -- why',
      {
        kind: 'or',
        parts: [
          compare('id', '=', '1'),
          compare('id', '=', '2'),
          {
            kind: 'and',
            parts: [compare('id', '=', '3'), not({ kind: 'and', parts: [compare('price', '>', '1'), compare('active', '=', 'true')] })],
          },
        ],
      },
    ],
  ])('%s', (text, predicate) => {
    expect(where(text)).toEqual(predicate);
  });

  it('may be a chain of any length', () => {
    const parts = Array.from({ length: 20_000 }, (_, id) => `id = ${id}`);
    expect(where(parts.join(' OR '))).toMatchObject({ kind: 'or', parts: { length: 20_000 } });
  });

  const possible =
    'possible are =, <>, <, <=, >, >= and <=> between a column and a value, IN, BETWEEN, LIKE, ILIKE and IS NULL, joined by AND, OR and NOT';
  const all = 'there is "id", "name", "price", "ratio", "active", "day", "at", "local", "bytes", "odd name.x", "tags", "lasting"';
  it.each<[text: string, message: string, caret: number | undefined]>([
    ['', 'it is empty', undefined],
    ['id = 1 AND missing = 2', `there is no column "missing"; ${all}`, 11],
    ['name = abc', `there is no column "abc"; ${all}; a text stands in quotation marks`, 7],
    ['id = price', 'two columns cannot be compared with each other, only a column with a value', 5],
    ['1 = 1', `one side must be a column; ${possible}`, 0],
    ["upper(name) = 'A'", 'only a column by itself is possible here, without functions and calculations', 0],
    ['5 < id + 1', 'only a column by itself is possible here, without functions and calculations', 4],
    [
      'id = abs(1)',
      "a value is expected here: a number, a text in quotation marks, TRUE, FALSE, DATE'…', TIMESTAMP'…', X'…' or INTERVAL '…' …",
      5,
    ],
    ["id = 'x'", '"x" is no bigint; column "id" holds whole numbers, as 42', 5],
    ['name = 5', 'column "name" is string, this is a number; texts stand in quotation marks', 7],
    ['bytes = 12', 'column "bytes" is binary, this is a number', 8],
    ["day > TIMESTAMP'2024-01-05 10:00:00'", 'column "day" is date, this is a timestamp', 6],
    [
      "local = TIMESTAMP'2024-01-05 10:00:00Z'",
      '"2024-01-05 10:00:00Z" is no timestamp_ntz; column "local" holds moments without a zone, as 2024-01-31T12:30:00',
      8,
    ],
    ["day = DATE'2024-02-30'", '"2024-02-30" is no date: expected the form "2024-01-31"', 10],
    ["tags = 'a'", 'column "tags" is array<string>, which cannot be compared with a value', 7],
    ["tags.x = 'a'", 'parts of a column cannot be asked for; "tags" is a column', 5],
    ['id = NULL', 'a comparison with NULL is never true; use IS NULL, IS NOT NULL or <=>', 5],
    ['id IN (1, NULL)', 'a comparison with NULL is never true; use IS NULL, IS NOT NULL or <=>', 10],
    ["name RLIKE 'a'", `"RLIKE" is not known here; ${possible}`, 0],
    ['id', `a condition is expected here, and only a boolean column is one by itself; ${possible}`, 0],
    ['id IS TRUE', 'only a boolean column is true or false', 0],
    ['exists(tags, x -> true)', `this is not known here; ${possible}`, 0],
    ["name = 'it''s'", 'versions of Spark differ in what doubled quotation marks mean: write \\\' or \\"', 7],
    ['id = 1 ORDER BY id', 'the condition ends here: what follows is not part of it', 7],
    ['id = 1 UNION SELECT 1', 'a condition is expected', 0],
    ['id = 1 AND', 'expected an expression after "AND", but the query ends here', 7],
  ])('%s is refused', (text, message, caret) => {
    const shown = caret === undefined ? '' : `\n  ${text}\n  ${' '.repeat(caret)}^`;
    expect(refusal(() => where(text))).toBe(`--where: ${message}${shown}`);
  });

  it('is shown with the line of the place alone', () => {
    expect(refusal(() => where('id = 1\nAND ID2 = 3'))).toBe(`--where: there is no column "ID2"; ${all}\n  AND ID2 = 3\n      ^`);
  });

  it('asks for the spelling where only letters of another case tell columns apart', () => {
    const twins = ['Name', 'NAME'].map((name): Column => ({ name, type: scalarType('string'), nullable: true, partition: false }));
    expect(parseWhere('--where', "NAME = 'x'", twins)).toMatchObject({ column: 1 });
    expect(refusal(() => parseWhere('--where', "name = 'x'", twins))).toBe(
      `--where: "name" may be each of "Name", "NAME": write it as one of them\n  name = 'x'\n  ^`,
    );
  });
});

describe('an order', () => {
  const order = (text: string) => parseOrderBy('--order-by', text, columns);

  it('is a list of columns, each with its direction', () => {
    expect(order('price DESC, NAME, `odd name.x` asc nulls first, id desc NULLS LAST')).toEqual([
      { column: 2, descending: true },
      { column: 1, descending: false },
      { column: 9, descending: false },
      { column: 0, descending: true },
    ]);
  });

  it.each<[text: string, message: string, caret: number]>([
    ['id desc nulls first', 'nulls come last in descending order', 8],
    ['id nulls last', 'nulls come first in ascending order', 3],
    ['id, upper(name)', 'the name of a column is expected here', 4],
    ['id LIMIT 5', 'columns are expected, each with ASC or DESC', 3],
    ['nope', 'there is no column "nope"', 0],
  ])('%s is refused', (text, message, caret) => {
    expect(refusal(() => order(text))).toMatch(`--order-by: ${message}`);
    expect(refusal(() => order(text))).toMatch(`\n  ${text}\n  ${' '.repeat(caret)}^`);
  });
});
