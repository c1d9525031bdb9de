// Where the rows of the last queries are, so that a grid may scroll over them.

import type { RowSelection } from '../table/query/rowSelection';
import type { TableQuery } from '../table/query/tableQuery';
import type { TableRequest } from './messages';

const mostKept = 4;

export class KeptSelections {
  /** The one used last at the end. */
  private readonly selections = new Map<string, RowSelection>();

  get(table: TableRequest, query: TableQuery): RowSelection | undefined {
    const key = keyOf(table, query);
    const found = this.selections.get(key);
    if (found) {
      this.selections.delete(key);
      this.selections.set(key, found);
    }
    return found;
  }

  set(table: TableRequest, query: TableQuery, selection: RowSelection): void {
    this.selections.set(keyOf(table, query), selection);
    for (const oldest of this.selections.keys()) {
      if (this.selections.size <= mostKept) break;
      this.selections.delete(oldest);
    }
  }
}

function keyOf({ location, run = 'newest', fingerprint }: TableRequest, query: TableQuery): string {
  return JSON.stringify([location, run, fingerprint, query]);
}
