// Which rows are wanted: what a filter means to the reader, how it reads to people, and what a click on a header sorts by.
// Pure.

import type { ColumnFilter, FilterOperator, RowChoice, TableColumnView } from '../../shared/protocol/tableView';
import type { Predicate, SortKey, TableQuery } from '../../shared/table/query/tableQuery';

export const allRows: RowChoice = { filters: [], search: '', sort: [] };

const comparisons: readonly FilterOperator[] = ['=', '<>', '<', '<=', '>', '>='];
const presence: readonly FilterOperator[] = ['null', 'filled'];
const operators: Readonly<Record<TableColumnView['family'], readonly FilterOperator[]>> = {
  number: [...comparisons, 'in', ...presence],
  time: [...comparisons, 'in', ...presence],
  text: ['contains', 'lacks', 'starts', ...comparisons, 'in', ...presence],
  boolean: ['=', ...presence],
  binary: ['contains', '=', '<>', ...presence],
  nested: ['contains', 'lacks', ...presence],
};

/** What a column can be filtered by, the most likely first. */
export function operatorsOf({ family }: TableColumnView): readonly FilterOperator[] {
  return operators[family];
}

export const operatorTexts: Readonly<Record<FilterOperator, string>> = {
  '=': 'is',
  '<>': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is greater than',
  '>=': 'is at least',
  contains: 'contains',
  lacks: 'does not contain',
  starts: 'starts with',
  in: 'is one of',
  null: 'is null',
  filled: 'is not null',
};

const signs: Partial<Readonly<Record<FilterOperator, string>>> = { '=': '=', '<>': '≠', '<': '<', '<=': '≤', '>': '>', '>=': '≥' };

/** A filter in a few words: `amount ≥ 10`, `city is one of “Oslo”, “Bergen”`. */
export function filterText({ column, operator, values }: ColumnFilter, family: TableColumnView['family']): string {
  const bare = family === 'number' || family === 'time' || family === 'boolean';
  const shown = values.map((value) => (bare ? value : `“${value}”`)).join(', ');
  return [column, signs[operator] ?? operatorTexts[operator], ...(shown === '' ? [] : [shown])].join(' ');
}

/** Why a filter cannot be meant; undefined when it can. */
export function filterMistake({ operator, values }: ColumnFilter, { family, type }: TableColumnView): string | undefined {
  if (operator === 'null' || operator === 'filled') return undefined;
  if (values.length === 0 || (operator !== 'in' && values[0] === '' && family !== 'text')) return 'Enter a value.';
  if (values[0] === '' && (operator === 'contains' || operator === 'lacks' || operator === 'starts')) return 'Enter a value.';
  const wrong =
    family === 'number' ? values.find((value) => !/^([+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|-?Infinity|NaN)$/i.test(value)) : undefined;
  if (wrong !== undefined) return `“${wrong}” is not a number.`;
  const day =
    family === 'time' && /^(date|timestamp)/.test(type) ? values.find((value) => !/^[+-]?\d{4,}-\d\d-\d\d/.test(value)) : undefined;
  return day === undefined
    ? undefined
    : `“${day}” is not a ${type === 'date' ? 'date' : 'time'} such as 2024-01-31${type === 'date' ? '' : 'T12:00:00'}.`;
}

export function isWholeTable({ filters, search, sort }: RowChoice): boolean {
  return filters.length === 0 && search === '' && sort.length === 0;
}

/** What the reader is asked; names that the table has no more are left out. Undefined when all rows are wanted as they are. */
export function toQuery(choice: RowChoice, names: readonly string[]): TableQuery | undefined {
  const parts = choice.filters.flatMap((filter) => {
    const column = names.indexOf(filter.column);
    return column < 0 ? [] : [predicate(filter, column)];
  });
  if (choice.search !== '') parts.push({ kind: 'contains', column: undefined, text: choice.search });
  const sort = choice.sort.flatMap(({ column, descending }): SortKey[] => {
    const index = names.indexOf(column);
    return index < 0 ? [] : [{ column: index, descending }];
  });
  const [only] = parts;
  if (!only && sort.length === 0) return undefined;
  return { where: parts.length > 1 ? { kind: 'and', parts } : only, sort };
}

/** `697 of 3,000 rows, sorted.` */
export function rowsText(count: number, all: number, query: TableQuery | undefined): string {
  const rows = `${all.toLocaleString('en')} ${all === 1 ? 'row' : 'rows'}`;
  const sorted = query && query.sort.length > 0 ? ', sorted' : '';
  return query?.where ? `${count.toLocaleString('en')} of ${rows}${sorted}.` : `All ${rows}${sorted}.`;
}

function predicate({ operator, values }: ColumnFilter, column: number): Predicate {
  const value = values[0] ?? '';
  switch (operator) {
    case 'contains':
      return { kind: 'contains', column, text: value };
    case 'lacks':
      return { kind: 'not', part: { kind: 'contains', column, text: value } };
    case 'starts':
      return { kind: 'like', column, pattern: `${value.replace(/[\\%_]/g, '\\$&')}%`, ignoreCase: false };
    case 'in':
      return { kind: 'in', column, values };
    case 'null':
      return { kind: 'null', column };
    case 'filled':
      return { kind: 'not', part: { kind: 'null', column } };
    default:
      return { kind: 'compare', column, operator, value };
  }
}

/** The next state of a column: ascending, descending, not sorted. With `add`, other keys stay in front of it. */
export function nextSort(sort: RowChoice['sort'], column: string, add: boolean): RowChoice['sort'] {
  const present = sort.find((key) => key.column === column);
  const next = !present ? [{ column, descending: false }] : present.descending ? [] : [{ column, descending: true }];
  if (!add) return next;
  return present ? sort.flatMap((key) => (key === present ? next : [key])) : [...sort, ...next];
}
