// What differs between two tables: columns and statistics without reading values; rows by a key, reading every column once.
// Rows are told apart by hashes, in bounded memory; what is given as an example was read and compared itself.

import type { Cell, ColumnType, Table } from '../table';
import { TableProblem } from '../tableProblem';
import { checkSortable, columnAt } from './checkQuery';
import { compareColumns, sharedColumns, type SharedColumn } from './compareColumns';
import { manyRows, matchRows, noRow, type Duplicates, type RowMatches } from './matchRows';
import { readSelected } from './readSelected';
import { allRows } from './rowSelection';
import { rowsAt } from './rowsAt';
import { ScanPace } from './scanPace';
import type { ChangedRow, DuplicateKeys, ExampleRows, RowDifference, TableDifference } from './tableDifference';
import type { ScanWatch } from './tableQuery';
import { hashText, hashWords } from './textHash';
import { valueText } from './valueText';

export interface CompareOptions {
  /** Names of the columns that tell which row is which; without them rows are not compared. */
  readonly key: readonly string[] | undefined;
  readonly watch: ScanWatch;
}

/** Sixteen bytes a row on either side for the keys, and four for each column that is compared at the same time. */
const maxRows = 20_000_000;
const columnBytes = 256 * 1024 * 1024;
const mostColumnsAtOnce = 16;
const exampleCount = 20;

/** `a` is the one before, `b` the one after. Throws a TableProblem for a key that is not in both. */
export async function compareTables(a: Table, b: Table, { key, watch }: CompareOptions): Promise<TableDifference> {
  const columns = compareColumns(a, b);
  if (!key || key.length === 0) return { ...columns, rows: undefined };
  return { ...columns, rows: await compareRows(a, b, key, watch) };
}

async function compareRows(a: Table, b: Table, key: readonly string[], watch: ScanWatch): Promise<RowDifference> {
  const shared = sharedColumns(a, b);
  const keys = key.map((name) => keyColumn(a, b, shared, name));
  const compared = shared.filter(({ name }) => !key.includes(name));
  for (const { rowCount } of [a, b]) {
    if (rowCount > maxRows) {
      const [count, most] = [rowCount, maxRows].map((number) => number.toLocaleString('en'));
      throw new TableProblem('too-large', `a table of ${count} rows cannot be compared row by row: ${most} fit into memory`);
    }
  }
  const groups = columnGroups(compared, b.rowCount);
  const pace = new ScanPace(watch, (groups.length + 1) * (a.rowCount + b.rowCount));
  const matches = await matchRows(a, b, { before: placesBefore(keys), after: placesAfter(keys) }, pace);
  const changes = new Changes(matches, pace);
  for (const group of groups) await changes.compare(a, b, group);
  const comparison: Comparison = { a, b, keys, compared, matches, pace };
  return {
    key,
    compared: compared.map(({ name }) => name),
    removed: await lonelyRows(a, placesBefore(keys), matches.before, pace),
    added: await lonelyRows(b, placesAfter(keys), matches.after, pace),
    changed: { count: changes.count, columns: changes.columns(), examples: await changedExamples(comparison, changes) },
    unchanged: matches.before.reduce((sum, row) => sum + Number(row < manyRows), 0) - changes.count,
    duplicates: {
      before: await duplicateKeys(a, placesBefore(keys), matches.duplicatesBefore, pace),
      after: await duplicateKeys(b, placesAfter(keys), matches.duplicatesAfter, pace),
    },
  };
}

interface Comparison {
  readonly a: Table;
  readonly b: Table;
  readonly keys: readonly SharedColumn[];
  readonly compared: readonly SharedColumn[];
  readonly matches: RowMatches;
  readonly pace: ScanPace;
}

function keyColumn(a: Table, b: Table, shared: readonly SharedColumn[], name: string): SharedColumn {
  const column = shared.find((candidate) => candidate.name === name);
  if (column) {
    checkSortable(columnAt(a.columns, column.before), 'be a key');
    return column;
  }
  const [inA, inB] = [a, b].map((table) => table.columns.some((candidate) => candidate.name === name));
  const reason = inA && inB ? 'has another type in each table' : inA ? 'is not in the second table' : 'is not in the first table';
  throw new TableProblem('wrong-query', `column "${name}" cannot be a key: it ${inA || inB ? reason : 'is in neither table'}`);
}

function placesBefore(columns: readonly SharedColumn[]): readonly number[] {
  return columns.map(({ before }) => before);
}

function placesAfter(columns: readonly SharedColumn[]): readonly number[] {
  return columns.map(({ after }) => after);
}

/** Columns that are compared in one scan, as memory allows. */
function columnGroups(columns: readonly SharedColumn[], rows: number): readonly (readonly SharedColumn[])[] {
  const size = Math.max(1, Math.min(mostColumnsAtOnce, Math.floor(columnBytes / 4 / Math.max(1, rows))));
  const groups: (readonly SharedColumn[])[] = [];
  for (let at = 0; at < columns.length; at += size) groups.push(columns.slice(at, at + size));
  return groups;
}

/** Which matched rows differ, and in which columns. */
class Changes {
  /** For each row of the first table whether it changed. */
  readonly rows: Uint8Array;
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly matches: RowMatches,
    private readonly pace: ScanPace,
  ) {
    this.rows = new Uint8Array(matches.before.length);
  }

  get count(): number {
    return this.pace.rowsFound;
  }

  columns(): RowDifference['changed']['columns'] {
    return [...this.counts].map(([name, count]) => ({ name, count })).sort((x, y) => y.count - x.count);
  }

  async compare(a: Table, b: Table, columns: readonly SharedColumn[]): Promise<void> {
    const { matches, pace, rows } = this;
    const hashes = columns.map(() => new Uint32Array(b.rowCount));
    const hashers = columns.map(
      ({ type }) =>
        (cell: Cell) =>
          cellHash(type, cell),
    );
    await readSelected(b, placesAfter(columns), allRows(b.rowCount), pace, (cells, row) => {
      for (const [index, hash] of hashers.entries()) (hashes[index] ?? [])[row] = hash(cells[index] ?? null);
    });
    const counts = columns.map(() => 0);
    await readSelected(a, placesBefore(columns), allRows(a.rowCount), pace, (cells, row) => {
      const other = matches.before[row] ?? noRow;
      if (other >= manyRows) return;
      for (const [index, hash] of hashers.entries()) {
        if (hashes[index]?.[other] === hash(cells[index] ?? null)) continue;
        counts[index] = (counts[index] ?? 0) + 1;
        if (rows[row] === 0) pace.rowsFound++;
        rows[row] = 1;
      }
    });
    for (const [index, { name }] of columns.entries()) if (counts[index]) this.counts.set(name, counts[index]);
  }
}

function cellHash(type: ColumnType, cell: Cell): number {
  if (cell === null) return 0;
  hashText(valueText(type, cell));
  return hashWords[0] ?? 0;
}

async function changedExamples({ a, b, keys, compared, matches, pace }: Comparison, changes: Changes): Promise<readonly ChangedRow[]> {
  const before = firstRows(changes.rows, (changed) => changed === 1);
  const after = before.map((row) => matches.before[row] ?? 0);
  const columns = [...keys, ...compared];
  const [own, others] = [
    await rowsAt(a, before, placesBefore(columns), pace.options),
    await rowsAt(b, after, placesAfter(columns), pace.options),
  ];
  return before.map((rowBefore, index) => {
    const [old, now] = [own[index] ?? [], others[index] ?? []];
    const cells = compared.flatMap(({ name, type }, at) => {
      const [was, is] = [old[keys.length + at] ?? null, now[keys.length + at] ?? null];
      return isSame(type, was, is) ? [] : [{ column: name, before: was, after: is }];
    });
    return { key: old.slice(0, keys.length), rowBefore, rowAfter: after[index] ?? 0, cells };
  });
}

function isSame(type: ColumnType, a: Cell, b: Cell): boolean {
  return a === null || b === null ? a === b : valueText(type, a) === valueText(type, b);
}

async function lonelyRows(table: Table, key: readonly number[], matches: Uint32Array, pace: ScanPace): Promise<ExampleRows> {
  const rows = firstRows(matches, (match) => match === noRow);
  const keys = await rowsAt(table, rows, key, pace.options);
  const count = matches.reduce((sum, match) => sum + Number(match === noRow), 0);
  return { count, examples: rows.map((row, index) => ({ row, key: keys[index] ?? [] })) };
}

async function duplicateKeys(table: Table, key: readonly number[], duplicates: Duplicates, pace: ScanPace): Promise<DuplicateKeys> {
  const { keys, rows, examples } = duplicates;
  const cells = await rowsAt(
    table,
    examples.map(([first = 0]) => first),
    key,
    pace.options,
  );
  return { keys, rows, examples: examples.map((found, index) => ({ key: cells[index] ?? [], rows: found })) };
}

function firstRows(values: Uint8Array | Uint32Array, isWanted: (value: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let row = 0; row < values.length && found.length < exampleCount; row++) if (isWanted(values[row] ?? 0)) found.push(row);
  return found;
}
