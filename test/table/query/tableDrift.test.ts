import { describe, expect, it } from 'vitest';
import { driftMarkdown, driftTitle } from '../../../client/src/views/driftText';
import type { TableDifference } from '../../../shared/table/query/tableDifference';
import { tableDrift, type TableDrift } from '../../../shared/table/query/tableDrift';

const same: TableDifference = {
  addedColumns: [],
  removedColumns: [],
  retypedColumns: [],
  movedColumns: [],
  rowCounts: { before: 100, after: 100 },
  statistics: [],
  rows: undefined,
};
const nulls = (column: string, before: number | undefined, after: number | undefined): TableDifference['statistics'][number] => ({
  column,
  before: { nulls: before, min: 1, max: 2 },
  after: { nulls: after, min: 1, max: 3 },
});
const drift = (difference: Partial<TableDifference>, isWhole = true): TableDrift | undefined =>
  tableDrift({ ...same, ...difference }, isWhole);
const rows = (before: number, after: number): TableDrift['rowCounts'] => drift({ rowCounts: { before, after } })?.rowCounts;

describe('the drift of an output', () => {
  it('is nothing where only values, or the order of columns, are others', () => {
    expect(drift({})).toBeUndefined();
    expect(drift({ statistics: [nulls('a', 3, 3)], movedColumns: [{ name: 'a', before: 0, after: 1 }] })).toBeUndefined();
    expect(drift({ rowCounts: { before: 100, after: 130 } })).toBeUndefined();
  });

  it('is a number of rows that is far from the one before', () => {
    expect(rows(84, 12)).toEqual({ before: 84, after: 12 });
    expect(rows(50, 100)).toEqual({ before: 50, after: 100 });
    expect(rows(51, 100)).toBeUndefined();
    // Some rows of few are chance; none, or some where none were, are not.
    expect(rows(4, 13)).toBeUndefined();
    expect(rows(3, 0)).toEqual({ before: 3, after: 0 });
    expect(rows(0, 1)).toEqual({ before: 0, after: 1 });
    expect(rows(0, 0)).toBeUndefined();
  });

  it('is a column with many more nulls, as far as that is known', () => {
    expect(drift({ statistics: [nulls('a', 2, 60), nulls('b', 2, 11), nulls('c', 60, 2), nulls('d', undefined, 90)] })).toEqual({
      addedColumns: [],
      removedColumns: [],
      retypedColumns: [],
      rowCounts: undefined,
      nullShares: [{ column: 'a', before: 0.02, after: 0.6 }],
    });
    // As many nulls in half as many rows are a greater part.
    expect(drift({ statistics: [nulls('a', 20, 20)], rowCounts: { before: 100, after: 60 } })?.nullShares).toEqual([
      { column: 'a', before: 0.2, after: 20 / 60 },
    ]);
    expect(drift({ statistics: [nulls('a', 0, 0)], rowCounts: { before: 100, after: 0 } })?.nullShares).toEqual([]);
  });

  it('is of columns alone where a result was cut short', () => {
    const numbers = { rowCounts: { before: 1000, after: 10 }, statistics: [nulls('a', 0, 9)] };
    expect(drift(numbers, false)).toBeUndefined();
    expect(drift({ ...numbers, addedColumns: [{ name: 'x', type: 'int' }] }, false)).toEqual({
      addedColumns: [{ name: 'x', type: 'int' }],
      removedColumns: [],
      retypedColumns: [],
      rowCounts: undefined,
      nullShares: [],
    });
  });
});

describe('the words for it', () => {
  const all: TableDrift = {
    addedColumns: [
      { name: 'city', type: 'string' },
      { name: 'a|b', type: 'int' },
    ],
    removedColumns: [{ name: 'old', type: 'bigint' }],
    retypedColumns: [{ name: 'id', before: 'int', after: 'bigint' }],
    rowCounts: { before: 8400, after: 12 },
    nullShares: [{ column: 'amount', before: 0.002, after: 0.997 }],
  };

  it('are one line above the definition', () => {
    expect(driftTitle(all, 'this computer')).toBe(
      'Output changed: +2 columns, −1 column, 1 column retyped; rows 8,400 → 12; nulls in “amount” <1 % → >99 %',
    );
    const share = { column: 'b', before: 0, after: 1 };
    const nothing = { addedColumns: [], removedColumns: [], retypedColumns: [], rowCounts: undefined };
    expect(driftTitle({ ...nothing, nullShares: [share, share] }, 'this computer')).toBe('Output changed: more nulls in 2 columns');
    expect(driftTitle({ ...nothing, nullShares: [share] }, 'S3')).toBe('Output in S3 changed: nulls in “b” 0 % → 100 %');
  });

  it('name everything on hover', () => {
    const times = { before: '2 Mar 10:00', after: '11:30' };
    expect(driftMarkdown('orders.v1', { drift: all, place: 'S3', ...times }).split('\n')[0]).toBe(
      '**The output of `orders.v1` in S3 changed with its newest run**',
    );
    expect(driftMarkdown('orders.v1', { drift: all, place: 'this computer', ...times }).split('\n')).toEqual([
      '**The output of `orders.v1` changed with its newest run**',
      '',
      '|  | before (2 Mar 10:00) | now (11:30) |',
      '| :-- | :-- | :-- |',
      '| column `old` | `bigint` | removed |',
      '| column `city` |  | `string` |',
      '| column `a\\|b` |  | `int` |',
      '| column `id` | `int` | `bigint` |',
      '| rows | 8,400 | 12 |',
      '| nulls in `amount` | <1 % | >99 % |',
    ]);
  });
});
