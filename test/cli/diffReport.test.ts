import { describe, expect, it } from 'vitest';
import { formatDifference, isDifferent } from '../../server/src/cli/diffReport';
import type { TableDifference } from '../../shared/table/query/tableDifference';

const same: TableDifference = {
  addedColumns: [],
  removedColumns: [],
  retypedColumns: [],
  movedColumns: [],
  rowCounts: { before: 4, after: 4 },
  statistics: [],
  rows: undefined,
};
const none = { keys: 0, rows: 0, examples: [] };

const textOf = (difference: TableDifference, color = false): readonly string[] =>
  formatDifference({ before: 'a', after: 'b', difference }, 'text', { color }).trimEnd().split('\n');

describe('a difference', () => {
  it('is any of columns, counts, statistics and rows', () => {
    const rows = { key: ['id'], compared: [], removed: { count: 0, examples: [] }, added: { count: 0, examples: [] }, unchanged: 4 };
    const unchanged = { ...rows, changed: { count: 0, columns: [], examples: [] }, duplicates: { before: none, after: none } };
    expect(isDifferent(same)).toBe(false);
    expect(isDifferent({ ...same, rows: unchanged })).toBe(false);
    expect(isDifferent({ ...same, rows: { ...unchanged, changed: { count: 1, columns: [], examples: [] } } })).toBe(true);
    expect(isDifferent({ ...same, rows: { ...unchanged, added: { count: 1, examples: [] } } })).toBe(true);
    expect(isDifferent({ ...same, rowCounts: { before: 4, after: 5 } })).toBe(true);
    expect(isDifferent({ ...same, movedColumns: [{ name: 'x', before: 0, after: 1 }] })).toBe(true);
    const facts = { nulls: 0, min: 1, max: 2 };
    expect(isDifferent({ ...same, statistics: [{ column: 'x', before: facts, after: { ...facts, max: 3 } }] })).toBe(true);
  });

  it('is told part by part', () => {
    const difference: TableDifference = {
      addedColumns: [{ name: 'new', type: 'int' }],
      removedColumns: [{ name: 'old', type: 'string' }],
      retypedColumns: [{ name: 'amount', before: 'int', after: 'bigint' }],
      movedColumns: [{ name: 'id', before: 0, after: 2 }],
      rowCounts: { before: 1000, after: 1234 },
      statistics: [
        {
          column: 'day',
          before: { nulls: 0, min: '2024-01-01', max: undefined },
          after: { nulls: 3, min: '2024-01-01', max: '2024-02-01' },
        },
      ],
      rows: {
        key: ['id', 'day'],
        compared: ['amount', 'tags'],
        removed: { count: 3, examples: [{ row: 0, key: [1, null] }] },
        added: { count: 1, examples: [{ row: 5, key: [2, '2024-01-01'] }] },
        changed: {
          count: 2,
          columns: [
            { name: 'amount', count: 2 },
            { name: 'tags', count: 1 },
          ],
          examples: [
            {
              key: [3, '2024-01-02'],
              rowBefore: 1,
              rowAfter: 2,
              cells: [
                { column: 'amount', before: null, after: '12.50' },
                { column: 'tags', before: ['a'], after: [] },
              ],
            },
          ],
        },
        unchanged: 5000,
        duplicates: { before: none, after: { keys: 1, rows: 2, examples: [{ key: [9, '2024-01-09'], rows: [7, 8] }] } },
      },
    };
    expect(textOf(difference)).toEqual([
      'a → b',
      'rows: 1,000 → 1,234 (+234)',
      '- column old string',
      '+ column new int',
      '~ column amount: int → bigint',
      '~ column id: position 1 → 3',
      'statistics of day: nulls 0 → 3, max unknown → 2024-02-01',
      'rows by id, day: 3 removed, 1 added, 2 changed, 5,000 unchanged',
      '  - id=1, day=NULL',
      '  … and 2 more',
      '  + id=2, day=2024-01-01',
      '  ~ id=3, day=2024-01-02: amount NULL → 12.50, tags ["a"] → []',
      '  … and 1 more',
      '  changed: amount in 2, tags in 1',
      '  not compared, after: 2 rows that share 1 key, as id=9, day=2024-01-09',
    ]);
    expect(textOf({ ...difference, rows: undefined }, true).slice(0, 3)).toEqual([
      '\u001B[1ma → b\u001B[0m',
      'rows: 1,000 → 1,234 (+234)',
      '\u001B[31m- column old string\u001B[0m',
    ]);
  });
});
