import { describe, expect, it } from 'vitest';
import { comparisonHeadline, comparisonMarkdown, type ComparedTable } from '../../../client/src/editors/compareMarkdown';
import type { RowDifference, TableDifference } from '../../../shared/table/query/tableDifference';

const file = (name: string): ComparedTable => ({ name, location: `/data/${name}`, started: undefined, took: undefined });
const same: TableDifference = {
  addedColumns: [],
  removedColumns: [],
  retypedColumns: [],
  movedColumns: [],
  rowCounts: { before: 1200, after: 1200 },
  statistics: [],
  rows: undefined,
};
const noKeys = { keys: 0, rows: 0, examples: [] };
const sameRows: RowDifference = {
  key: ['id'],
  compared: ['amount'],
  removed: { count: 0, examples: [] },
  added: { count: 0, examples: [] },
  changed: { count: 0, columns: [], examples: [] },
  unchanged: 1200,
  duplicates: { before: noKeys, after: noKeys },
};

const linesOf = (difference: TableDifference): readonly string[] =>
  comparisonMarkdown({ before: file('a.parquet'), after: file('b.parquet'), difference }).split('\n');

describe('the report of two tables', () => {
  it('says plainly that they are equal', () => {
    expect(linesOf({ ...same, rows: sameRows })).toEqual([
      '# Comparison of `a.parquet` → `b.parquet`',
      '',
      '**No difference in columns and rows.**',
      '',
      '|  | Table | Rows |',
      '| :-- | :-- | --: |',
      '| Before | `/data/a.parquet` | 1,200 |',
      '| After | `/data/b.parquet` | 1,200 |',
      '',
      '## Rows',
      '',
      'By `id`: 0 removed, 0 added, 0 changed, 1,200 unchanged.',
      '',
    ]);
  });

  it('tells when rows were not compared, and of runs when they were', () => {
    const run = { name: 'orders.v1', started: '3/2/2024, 10:00:00 AM', took: '2.1 s' };
    const [before, after] = [
      { ...run, location: '/runs/1' },
      { ...run, location: '/runs/2', took: '4.0 s' },
    ];
    expect(comparisonMarkdown({ before, after, difference: same }).split('\n')).toEqual([
      '# Comparison of `orders.v1`',
      '',
      '**No difference in columns, row counts and statistics; rows were not compared.**',
      '',
      '|  | Table | Run | Time | Rows |',
      '| :-- | :-- | :-- | --: | --: |',
      '| Before | `/runs/1` | 3/2/2024, 10:00:00 AM | 2.1 s | 1,200 |',
      '| After | `/runs/2` | 3/2/2024, 10:00:00 AM | 4.0 s | 1,200 |',
      '',
      'Rows were not compared: no columns were chosen that tell them apart.',
      '',
    ]);
  });

  it('tells what differs, part by part', () => {
    const difference: TableDifference = {
      addedColumns: [{ name: 'x', type: 'int' }],
      removedColumns: [{ name: 'old', type: 'map<string,int>' }],
      retypedColumns: [{ name: 'amount', before: 'int', after: 'bigint' }],
      movedColumns: [{ name: 'day', before: 0, after: 2 }],
      rowCounts: { before: 1000, after: 2209 },
      statistics: [
        {
          column: 'day',
          before: { nulls: 0, min: '2024-01-01', max: undefined },
          after: { nulls: 1500, min: '2024-01-01', max: '2024-02-01' },
        },
      ],
      rows: {
        key: ['id', 'day'],
        compared: ['note', 'tags'],
        removed: { count: 3, examples: [{ row: 0, key: [1, null] }] },
        added: { count: 1212, examples: [{ row: 999, key: [2, '2024-01-01'] }] },
        changed: {
          count: 5,
          columns: [
            { name: 'note', count: 4 },
            { name: 'tags', count: 1 },
          ],
          examples: [
            {
              key: [3, '2024-01-02'],
              rowBefore: 1,
              rowAfter: 2,
              cells: [
                { column: 'note', before: null, after: '' },
                { column: 'tags', before: ['a|b'], after: [] },
              ],
            },
          ],
        },
        unchanged: 990,
        duplicates: {
          before: { keys: 1, rows: 2, examples: [{ key: [9, '2024-01-09'], rows: [6, 1006] }] },
          after: noKeys,
        },
      },
    };
    expect(linesOf(difference).slice(2)).toEqual([
      '**1,212 rows added, 3 removed, 5 changed; column `x` is new; column `old` is gone; column `amount` has another type; column `day` has moved; the key `id`, `day` does not tell all rows apart: those that share one were not compared.**',
      '',
      '|  | Table | Rows |',
      '| :-- | :-- | --: |',
      '| Before | `/data/a.parquet` | 1,000 |',
      '| After | `/data/b.parquet` | 2,209 (+1,209) |',
      '',
      '## Columns',
      '',
      '| Column | Change | Before | After |',
      '| :-- | :-- | :-- | :-- |',
      '| `old` | removed | `map<string,int>` |  |',
      '| `x` | added |  | `int` |',
      '| `amount` | retyped | `int` | `bigint` |',
      '| `day` | moved | position 1 | position 3 |',
      '',
      '## Statistics',
      '',
      'What the files say of their columns, read without their values. Bounds of texts may be cut short.',
      '',
      '| Column | Statistic | Before | After |',
      '| :-- | :-- | :-- | :-- |',
      '| `day` | nulls | 0 | 1,500 |',
      '|  | max | _unknown_ | `2024-02-01` |',
      '',
      '## Rows',
      '',
      'By `id`, `day`: 3 removed, 1,212 added, 5 changed, 990 unchanged.',
      '',
      '### Changed rows',
      '',
      '| Changed column | Rows |',
      '| :-- | --: |',
      '| `note` | 4 |',
      '| `tags` | 1 |',
      '',
      '| `id` | `day` | Column | Before | After |',
      '| :-- | :-- | :-- | :-- | :-- |',
      '| `3` | `2024-01-02` | `note` | _NULL_ | _empty_ |',
      '|  |  | `tags` | `["a\\|b"]` | `[]` |',
      '',
      '… and 4 more',
      '',
      '### Added rows',
      '',
      '| Row | `id` | `day` |',
      '| --: | :-- | :-- |',
      '| 1,000 | `2` | `2024-01-01` |',
      '',
      '… and 1,211 more',
      '',
      '### Removed rows',
      '',
      '| Row | `id` | `day` |',
      '| --: | :-- | :-- |',
      '| 1 | `1` | _NULL_ |',
      '',
      '… and 2 more',
      '',
      '### Not compared, before',
      '',
      'There are 2 rows that share 1 key.',
      '',
      '| `id` | `day` | In rows |',
      '| :-- | :-- | :-- |',
      '| `9` | `2024-01-09` | 7; 1,007 |',
      '',
    ]);
  });
});

describe('the headline', () => {
  it('names what differs when rows were not compared', () => {
    const statistics = [{ column: 'day', before: { nulls: 0, min: 1, max: 2 }, after: { nulls: 0, min: 1, max: 3 } }];
    expect(comparisonHeadline({ ...same, statistics })).toBe('Column `day` has other statistics.');
    expect(comparisonHeadline({ ...same, rowCounts: { before: 2, after: 1 }, statistics })).toBe(
      '1 row fewer; column `day` has other statistics.',
    );
    expect(comparisonHeadline({ ...same, rowCounts: { before: 1, after: 1001 } })).toBe('1,000 rows more.');
  });

  it('lists three columns and counts more', () => {
    const added = ['a', 'b', 'c', 'd'].map((name) => ({ name, type: 'int' }));
    expect(comparisonHeadline({ ...same, addedColumns: added.slice(0, 3) })).toBe('Columns `a`, `b`, `c` are new.');
    expect(comparisonHeadline({ ...same, addedColumns: added })).toBe('4 columns are new.');
  });

  it('does not claim that rows are equal which share a key', () => {
    const twice = { keys: 1, rows: 2, examples: [] };
    const unclear = 'the key `id` does not tell all rows apart: those that share one were not compared.';
    const rows = { ...sameRows, duplicates: { before: twice, after: twice } };
    expect(comparisonHeadline({ ...same, rows })).toBe(`No difference in what was compared; ${unclear}`);
    expect(comparisonHeadline({ ...same, rows, rowCounts: { before: 5, after: 6 } })).toBe(`1 row more; ${unclear}`);
  });
});
