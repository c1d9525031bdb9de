// What of the difference between two outputs of one definition is worth a notice: its columns, a number of rows that is far
// from the one before, and columns that have many more nulls. Values that are not the same are no drift.

import type { ComparedColumn, TableDifference } from './tableDifference';

export interface TableDrift {
  readonly addedColumns: readonly ComparedColumn[];
  readonly removedColumns: readonly ComparedColumn[];
  readonly retypedColumns: TableDifference['retypedColumns'];
  /** Undefined where the numbers are near each other, or say nothing. */
  readonly rowCounts: { readonly before: number; readonly after: number } | undefined;
  /** Columns in which a greater part is null than before, from 0 to 1. */
  readonly nullShares: readonly { readonly column: string; readonly before: number; readonly after: number }[];
}

/** So many times as many rows, or as few, are far away. */
const farFactor = 2;
/** Fewer rows more or less are chance, unless there were none or are none now. */
const farRows = 10;
/** So much more of a column is null. */
const nullJump = 0.1;

/**
 * @param isWhole whether both tables have all their rows: otherwise nothing is said of their numbers, nor of nulls.
 * @returns undefined where there is nothing to say.
 */
export function tableDrift(difference: TableDifference, isWhole: boolean): TableDrift | undefined {
  const { addedColumns, removedColumns, retypedColumns, rowCounts } = difference;
  const drift: TableDrift = {
    addedColumns,
    removedColumns,
    retypedColumns,
    rowCounts: isWhole && isFar(rowCounts) ? rowCounts : undefined,
    nullShares: isWhole ? nullShares(difference) : [],
  };
  const columns = [addedColumns, removedColumns, retypedColumns, drift.nullShares];
  return columns.some(({ length }) => length > 0) || drift.rowCounts ? drift : undefined;
}

function isFar({ before, after }: TableDifference['rowCounts']): boolean {
  const [less, more] = before < after ? [before, after] : [after, before];
  if (less === 0) return more > 0;
  return more - less >= farRows && more >= farFactor * less;
}

function nullShares({ statistics, rowCounts }: TableDifference): TableDrift['nullShares'] {
  if (rowCounts.before === 0 || rowCounts.after === 0) return [];
  return statistics.flatMap(({ column, before: old, after: now }) => {
    if (old.nulls === undefined || now.nulls === undefined) return [];
    const [before, after] = [old.nulls / rowCounts.before, now.nulls / rowCounts.after];
    return after - before >= nullJump ? [{ column, before, after }] : [];
  });
}
