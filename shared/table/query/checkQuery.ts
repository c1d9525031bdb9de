// Whether a query fits the columns of a table, said in plain words before anything is read.

import { typeName, type Column, type ColumnType } from '../table';
import { TableProblem } from '../tableProblem';
import { cellOrder } from './cellOrder';
import { describeValues, parseLiteral } from './literal';
import type { Predicate, TableQuery } from './tableQuery';

/** Throws a TableProblem for a column that is not there, a value that its type cannot have, a sort that has no order. */
export function checkQuery(columns: readonly Column[], query: TableQuery): void {
  if (query.where) checkPredicate(columns, query.where);
  for (const { column } of query.sort) checkSortable(columnAt(columns, column), 'be sorted');
}

/** Throws a TableProblem for a column whose values have no order. */
export function checkSortable({ name, type }: Column, purpose: 'be sorted' | 'be a key'): void {
  if (cellOrder(type)) return;
  const reason = holdsMap(type) ? 'maps have no order' : 'its values have no order';
  throw new TableProblem('wrong-query', `column "${name}" cannot ${purpose}: it is ${typeName(type)}, and ${reason}`);
}

function checkPredicate(columns: readonly Column[], predicate: Predicate): void {
  switch (predicate.kind) {
    case 'and':
    case 'or':
      for (const part of predicate.parts) checkPredicate(columns, part);
      return;
    case 'not':
      checkPredicate(columns, predicate.part);
      return;
    case 'compare':
      checkValue(columnAt(columns, predicate.column), predicate.value);
      return;
    case 'in':
      for (const value of predicate.values) checkValue(columnAt(columns, predicate.column), value);
      return;
    case 'null':
      columnAt(columns, predicate.column);
      return;
    case 'like': {
      const { name, type } = columnAt(columns, predicate.column);
      if (type.kind !== 'scalar')
        throw new TableProblem('wrong-query', `column "${name}" is ${typeName(type)}, which no pattern can match; search its text instead`);
      return;
    }
    case 'contains':
      if (predicate.column !== undefined) columnAt(columns, predicate.column);
  }
}

function checkValue({ name, type }: Column, value: string): void {
  const simple = typeName(type);
  if (type.kind !== 'scalar' || !cellOrder(type))
    throw new TableProblem('wrong-query', `column "${name}" is ${simple}, which cannot be compared with a value; search its text instead`);
  if (parseLiteral(type, value)) return;
  throw new TableProblem('wrong-query', `"${value}" is no ${simple}; column "${name}" holds ${describeValues(type)}`);
}

/** Throws a TableProblem when there is no such column. */
export function columnAt(columns: readonly Column[], index: number): Column {
  const column = columns[index];
  if (column) return column;
  throw new TableProblem('out-of-range', `the table has ${columns.length} columns, column ${index} was asked for`);
}

function holdsMap(type: ColumnType): boolean {
  switch (type.kind) {
    case 'scalar':
      return false;
    case 'map':
      return true;
    case 'array':
      return holdsMap(type.element);
    case 'struct':
      return type.fields.some((field) => holdsMap(field.type));
  }
}
