// How the columns of two tables differ, without reading values.

import { typeName, type Column, type ColumnType, type Table } from '../table';
import { footerProfile } from './profileColumn';
import type { ColumnFacts, StatisticsDifference, TableDifference } from './tableDifference';

/** A column that both tables have with the same type. */
export interface SharedColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly before: number;
  readonly after: number;
}

export type ColumnsDifference = Omit<TableDifference, 'rows'>;

export function compareColumns(a: Table, b: Table): ColumnsDifference {
  const common = a.columns.flatMap((column, before) => {
    const after = placeOf(b.columns, column.name);
    return after < 0 ? [] : [{ name: column.name, before, after }];
  });
  const still = new Set(longestRise(common.map(({ after }) => after)));
  return {
    addedColumns: missingFrom(a.columns, b.columns),
    removedColumns: missingFrom(b.columns, a.columns),
    retypedColumns: common.flatMap(({ name, before, after }) => {
      const [old, now] = [typeAt(a, before), typeAt(b, after)];
      return old === now ? [] : [{ name, before: old, after: now }];
    }),
    movedColumns: common.filter((_, index) => !still.has(index)),
    rowCounts: { before: a.rowCount, after: b.rowCount },
    statistics: sharedColumns(a, b).flatMap((column) => compareStatistics(a, b, column) ?? []),
  };
}

/** In the order of the first table. */
export function sharedColumns(a: Table, b: Table): readonly SharedColumn[] {
  return a.columns.flatMap(({ name, type }, before) => {
    const after = placeOf(b.columns, name);
    return after >= 0 && typeAt(a, before) === typeAt(b, after) ? [{ name, type, before, after }] : [];
  });
}

function placeOf(columns: readonly Column[], name: string): number {
  return columns.findIndex((column) => column.name === name);
}

function missingFrom(columns: readonly Column[], all: readonly Column[]): TableDifference['addedColumns'] {
  return all.filter(({ name }) => placeOf(columns, name) < 0).map(({ name, type }) => ({ name, type: typeName(type) }));
}

function typeAt(table: Table, index: number): string {
  const column = table.columns[index];
  return column ? typeName(column.type) : '';
}

/** Only what is known of both can differ. */
function compareStatistics(a: Table, b: Table, column: SharedColumn): StatisticsDifference | undefined {
  const [before, after] = [factsOf(a, column.before), factsOf(b, column.after)];
  const differ = (one: ColumnFacts[keyof ColumnFacts], other: ColumnFacts[keyof ColumnFacts]): boolean =>
    one !== undefined && other !== undefined && one !== other;
  const isSame = !differ(before.nulls, after.nulls) && !differ(before.min, after.min) && !differ(before.max, after.max);
  return isSame ? undefined : { column: column.name, before, after };
}

function factsOf(table: Table, column: number): ColumnFacts {
  const { nulls, min, max } = footerProfile(table, column);
  return { nulls, min, max };
}

/** Positions of a longest ascending choice from the numbers: what stays when as few as possible are taken out. */
function longestRise(numbers: readonly number[]): readonly number[] {
  const lengths: number[] = [];
  const previous: number[] = [];
  for (const [index, number] of numbers.entries()) {
    let best = -1;
    for (let earlier = 0; earlier < index; earlier++) {
      if ((numbers[earlier] ?? 0) < number && (lengths[earlier] ?? 0) > (lengths[best] ?? 0)) best = earlier;
    }
    lengths.push((lengths[best] ?? 0) + 1);
    previous.push(best);
  }
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  const chosen: number[] = [];
  for (let index = lengths.indexOf(longest); index >= 0; index = previous[index] ?? -1) chosen.push(index);
  return chosen;
}
