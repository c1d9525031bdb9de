// The parts of choosing rows and arranging columns that need no browser.

import { describe, expect, it } from 'vitest';
import {
  columnChoice,
  hideColumns,
  moveColumn,
  pinColumn,
  restoreArrangement,
  shownColumns,
} from '../../media/tableGrid/columnArrangement';
import { ColumnLayout } from '../../media/tableGrid/columnLayout';
import { filterMistake, filterText, nextSort, operatorsOf, rowsText, toQuery } from '../../media/tableGrid/rowChoice';
import type { ColumnFilter, FilterOperator, RowChoice, TableColumnView } from '../../shared/protocol/tableView';

const column = (family: TableColumnView['family'], type = 'string'): TableColumnView => ({
  name: 'c',
  type,
  family,
  nullable: true,
  partition: false,
});
const filter = (operator: FilterOperator, ...values: readonly string[]): ColumnFilter => ({ column: 'c', operator, values });

describe('a filter', () => {
  it('is what the reader understands', () => {
    const names = ['a', 'c'];
    const where = (one: ColumnFilter): unknown => toQuery({ filters: [one], search: '', sort: [] }, names)?.where;
    expect(where(filter('>=', '12.5'))).toEqual({ kind: 'compare', column: 1, operator: '>=', value: '12.5' });
    expect(where(filter('in', 'x', 'y'))).toEqual({ kind: 'in', column: 1, values: ['x', 'y'] });
    expect(where(filter('contains', 'x'))).toEqual({ kind: 'contains', column: 1, text: 'x' });
    expect(where(filter('lacks', 'x'))).toEqual({ kind: 'not', part: { kind: 'contains', column: 1, text: 'x' } });
    expect(where(filter('starts', '5%_\\'))).toEqual({ kind: 'like', column: 1, pattern: '5\\%\\_\\\\%', ignoreCase: false });
    expect(where(filter('null'))).toEqual({ kind: 'null', column: 1 });
    expect(where(filter('filled'))).toEqual({ kind: 'not', part: { kind: 'null', column: 1 } });
  });

  it('holds together with others and with the search', () => {
    const choice: RowChoice = {
      filters: [filter('null'), { ...filter('null'), column: 'gone' }],
      search: 'x',
      sort: [
        { column: 'a', descending: true },
        { column: 'gone', descending: false },
      ],
    };
    expect(toQuery(choice, ['a', 'c'])).toEqual({
      where: {
        kind: 'and',
        parts: [
          { kind: 'null', column: 1 },
          { kind: 'contains', column: undefined, text: 'x' },
        ],
      },
      sort: [{ column: 0, descending: true }],
    });
    expect(toQuery({ filters: [], search: '', sort: [] }, ['a'])).toBeUndefined();
  });

  it('reads as a few words', () => {
    expect(filterText(filter('>=', '12.5'), 'number')).toBe('c ≥ 12.5');
    expect(filterText(filter('=', ''), 'text')).toBe('c = “”');
    expect(filterText(filter('in', 'x', 'y'), 'text')).toBe('c is one of “x”, “y”');
    expect(filterText(filter('filled'), 'nested')).toBe('c is not null');
    expect(rowsText(3, 1000, { where: { kind: 'null', column: 0 }, sort: [{ column: 0, descending: false }] })).toBe(
      '3 of 1,000 rows, sorted.',
    );
    expect(rowsText(1, 1, undefined)).toBe('All 1 row.');
  });

  it('is refused when it cannot be meant', () => {
    expect(filterMistake(filter('=', 'abc'), column('number', 'int'))).toBe('“abc” is not a number.');
    expect(filterMistake(filter('in', '1', '2x'), column('number', 'int'))).toBe('“2x” is not a number.');
    expect(['1', '-1.5e3', '.5', 'NaN', '-Infinity'].map((value) => filterMistake(filter('=', value), column('number')))).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
    expect(filterMistake(filter('=', '31.1.2024'), column('time', 'date'))).toBe('“31.1.2024” is not a date such as 2024-01-31.');
    expect(filterMistake(filter('<', 'noon'), column('time', 'timestamp'))).toBe('“noon” is not a time such as 2024-01-31T12:00:00.');
    expect(filterMistake(filter('contains', ''), column('text'))).toBe('Enter a value.');
    expect(filterMistake(filter('=', ''), column('text'))).toBeUndefined();
    expect(filterMistake(filter('in'), column('text'))).toBe('Enter a value.');
    expect(filterMistake(filter('null'), column('number'))).toBeUndefined();
  });

  it('offers no order of what has none', () => {
    expect(operatorsOf(column('nested'))).toEqual(['contains', 'lacks', 'null', 'filled']);
    expect(operatorsOf(column('boolean'))).toEqual(['=', 'null', 'filled']);
  });
});

describe('sorting', () => {
  it('turns around and goes away again, alone or behind others', () => {
    const up = nextSort([], 'a', false);
    expect(up).toEqual([{ column: 'a', descending: false }]);
    const down = nextSort(up, 'a', false);
    expect(down).toEqual([{ column: 'a', descending: true }]);
    expect(nextSort(down, 'a', false)).toEqual([]);
    const both = nextSort(down, 'b', true);
    expect(both).toEqual([...down, { column: 'b', descending: false }]);
    expect(nextSort(both, 'a', true)).toEqual([{ column: 'b', descending: false }]);
    expect(nextSort(both, 'c', false)).toEqual([{ column: 'c', descending: false }]);
  });
});

describe('an arrangement of columns', () => {
  const names = ['a', 'b', 'c', 'd'];
  const start = restoreArrangement(names, { order: [], hidden: [], pinned: [] });
  const shown = (arrangement: typeof start): string => {
    const { columns, pinned } = shownColumns(arrangement);
    return columns.map((index, place) => `${place === pinned && pinned > 0 ? '| ' : ''}${names[index] ?? ''}`).join(' ');
  };

  it('hides, pins and moves', () => {
    expect(shown(start)).toBe('a b c d');
    expect(shown(hideColumns(start, [1, 2]))).toBe('a d');
    expect(hideColumns(start, [0, 1, 2, 3])).toBe(start);
    expect(shown(pinColumn(start, 2, true))).toBe('c | a b d');
    expect(shown(moveColumn(start, 0, 2))).toBe('b c a d');
    expect(shown(moveColumn(start, 3, 0))).toBe('d a b c');
    expect(shown(moveColumn(hideColumns(start, [1]), 0, 1))).toBe('c a d');
  });

  it('pins what is moved among pinned columns, and lets go of what leaves them', () => {
    const pinned = pinColumn(pinColumn(start, 0, true), 1, true);
    expect(shown(pinned)).toBe('a b | c d');
    expect(shown(moveColumn(pinned, 3, 0))).toBe('d a b | c');
    expect(shown(moveColumn(pinned, 1, 2))).toBe('a | b c d');
    expect(shown(moveColumn(pinned, 0, 3))).toBe('b | c d a');
  });

  it('is kept by name, and takes up new columns where they stand', () => {
    const choice = columnChoice(names, pinColumn(hideColumns(moveColumn(start, 0, 3), [1]), 3, true));
    expect(choice).toEqual({ order: ['b', 'c', 'd', 'a'], hidden: ['b'], pinned: ['d'] });
    const later = ['a', 'new', 'c', 'd'];
    expect(shownColumns(restoreArrangement(later, choice))).toEqual({ columns: [3, 2, 0, 1], pinned: 1 });
    expect(columnChoice(names, start)).toEqual({ order: [], hidden: [], pinned: [] });
  });

  it('leaves pinned columns in place while others scroll, and room for these', () => {
    const layout = new ColumnLayout([100, 100, 100, 100, 100], 2);
    layout.fit(400);
    expect(layout.shown(0)).toEqual([0, 1, 2, 3]);
    expect(layout.shown(150)).toEqual([0, 1, 3, 4]);
    expect([layout.position(1, 150), layout.position(3, 150)]).toEqual([100, 150]);
    expect(layout.reveal(2, 150)).toBe(0);
    expect(layout.reveal(4, 0)).toBe(100);
    layout.fit(200);
    expect([layout.fixed, layout.shown(150)]).toEqual([1, [0, 2, 3]]);
  });
});
