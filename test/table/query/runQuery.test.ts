import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOrder } from '../../../shared/table/query/cellOrder';
import type { RowSelection } from '../../../shared/table/query/rowSelection';
import { runQuery } from '../../../shared/table/query/runQuery';
import type { Predicate, ScanProgress, SortKey } from '../../../shared/table/query/tableQuery';
import type { Cell } from '../../../shared/table/table';
import { memoryTable, type MemoryTable } from '../../support/memoryTable';

const types = ['int', 'bigint', 'double', 'decimal(12,2)', 'string', 'date', 'timestamp', 'boolean', 'binary'] as const;
const columns = Object.fromEntries(types.map((type) => [type, type]));

const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const values: Readonly<Record<(typeof types)[number], fc.Arbitrary<Cell>>> = {
  int: fc.integer({ min: -5, max: 5 }),
  bigint: fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    whole.map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value))),
  ),
  double: fc.constantFrom<Cell>('NaN', 'Infinity', '-Infinity', '-0.0', 0, 0.1, -0.1, 1e300, 2),
  'decimal(12,2)': fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).map((units) => (units / 100).toFixed(2)),
  string: fc.oneof(fc.constantFrom('', 'a', 'ab', 'b', '\uFFEE', '\u{1F600}'), fc.string({ maxLength: 3 })),
  date: fc.constantFrom('-0044-03-15', '0001-01-01', '1969-12-31', '2024-02-29', '+12024-01-01'),
  timestamp: fc.constantFrom('-0044-03-15T00:00:00Z', '2024-02-29T12:00:00Z', '2024-02-29T12:00:00.5Z', '+12024-01-01T00:00:00.000001Z'),
  boolean: fc.boolean(),
  binary: fc.constantFrom('', '00', '7F', '80', 'FF00'),
};
const rowList = fc.array(fc.tuple(...types.map((type) => fc.option(values[type]))), { maxLength: 40 });

const column = fc.nat({ max: types.length - 1 });
const valueOf = (index: number): fc.Arbitrary<string> => values[types[index] ?? 'int'].map(String);
const { predicate } = fc.letrec<{ predicate: Predicate; simple: Predicate }>((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('simple'),
    fc.record({ kind: fc.constantFrom('and', 'or'), parts: fc.array(tie('predicate'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('not'), part: tie('predicate') }),
  ),
  simple: fc.oneof(
    column.chain((index) =>
      fc.record({
        kind: fc.constant('compare'),
        column: fc.constant(index),
        operator: fc.constantFrom('=', '<>', '<', '<=', '>', '>='),
        value: valueOf(index),
      }),
    ),
    column.chain((index) =>
      fc.record({ kind: fc.constant('in'), column: fc.constant(index), values: fc.array(valueOf(index), { maxLength: 3 }) }),
    ),
    fc.record({ kind: fc.constant('null'), column }),
    fc.record({
      kind: fc.constant('like'),
      column,
      pattern: fc.constantFrom('a%', '%b', '_', 'a_%', '', '\u{1F600}%', '\\%'),
      ignoreCase: fc.boolean(),
    }),
    fc.record({ kind: fc.constant('contains'), column: fc.option(column, { nil: undefined }), text: fc.constantFrom('', 'a', '0', 'T') }),
  ),
}));
const sortKeys = fc.array(fc.record({ column, descending: fc.boolean() }), { maxLength: 3 });
const sizes = fc.record({ chunkRows: fc.integer({ min: 1, max: 12 }), partRows: fc.integer({ min: 1, max: 5 }) });

describe('a query', () => {
  it('finds with statistics what it finds without them, and reads no more', async () => {
    await fc.assert(
      fc.asyncProperty(rowList, predicate, sizes, async (rows, where, { chunkRows, partRows }) => {
        const known = memoryTable(columns, rows, { chunkRows, partRows });
        const unknown = memoryTable(columns, rows, { chunkRows, withoutStatistics: true });
        expect(await rowsOf(known, where)).toEqual(await rowsOf(unknown, where));
        expect(known.rowsRead).toBeLessThanOrEqual(unknown.rowsRead);
      }),
      { numRuns: 500 },
    );
  });

  it('sorts as one that compares every two rows', async () => {
    await fc.assert(
      fc.asyncProperty(rowList, sortKeys, fc.option(predicate, { nil: undefined }), async (rows, sort, where) => {
        const table = memoryTable(columns, rows);
        const kept = await rowsOf(table, where);
        expect(await rowsOf(table, where, sort)).toEqual(kept.toSorted((a, b) => compareRows(table, sort, a, b)));
      }),
      { numRuns: 300 },
    );
  });

  it('sorts arrays and structs by what they hold', async () => {
    const element = { kind: 'scalar', name: 'int', family: 'number' } as const;
    const list = { kind: 'array', element } as const;
    const pair = {
      kind: 'struct',
      fields: [
        { name: 'a', type: element },
        { name: 'b', type: list },
      ],
    } as const;
    const table = memoryTable({ list, pair }, [
      [[2], [1, [3]]],
      [[10], [1, null]],
      [
        [2, null],
        [null, []],
      ],
      [null, [1, [3]]],
      [[], null],
    ]);
    expect(await rowsOf(table, undefined, [{ column: 0, descending: false }])).toEqual([3, 4, 0, 2, 1]);
    expect(await rowsOf(table, undefined, [{ column: 1, descending: true }])).toEqual([0, 3, 1, 2, 4]);
  });

  it('reads only the chunks and parts that statistics leave open', async () => {
    const rows = Array.from({ length: 1000 }, (_, row) => [row, row % 2 === 0 ? 'even' : null]);
    const table = memoryTable({ id: 'int', parity: 'string' }, rows, { chunkRows: 100, partRows: 10 });
    const ask = async (where: Predicate): Promise<readonly [found: number, read: number]> => {
      table.rowsRead = 0;
      const { count } = await runQuery(table, { where, sort: [] }, {});
      return [count, table.rowsRead];
    };
    expect(await ask({ kind: 'compare', column: 0, operator: '=', value: '543' })).toEqual([1, 10]);
    expect(await ask({ kind: 'compare', column: 0, operator: '>=', value: '250' })).toEqual([750, 0]);
    expect(await ask({ kind: 'in', column: 0, values: ['3', '999', '5000'] })).toEqual([2, 20]);
    expect(await ask({ kind: 'like', column: 1, pattern: 'odd%', ignoreCase: false })).toEqual([0, 0]);
    expect(await ask({ kind: 'null', column: 0 })).toEqual([0, 0]);
    expect(await ask({ kind: 'not', part: { kind: 'null', column: 1 } })).toEqual([500, 1000]);
  });

  it('tells its progress, which only grows', async () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => [row % 1000, `text ${row}`]);
    const table = memoryTable({ id: 'int', text: 'string' }, rows, { chunkRows: 20_000 });
    const told: ScanProgress[] = [];
    const watch = {
      onProgress(progress: ScanProgress) {
        told.push(progress);
      },
    };
    const where: Predicate = { kind: 'compare', column: 0, operator: '<', value: '10' };
    await runQuery(table, { where, sort: [{ column: 1, descending: false }] }, watch);
    for (const [index, { rowsScanned, rowsToScan, rowsFound }] of told.entries()) {
      const before = told[index - 1];
      expect(rowsScanned).toBeGreaterThan(before?.rowsScanned ?? 0);
      expect(rowsScanned).toBeLessThanOrEqual(rowsToScan);
      expect(rowsFound).toBeGreaterThanOrEqual(before?.rowsFound ?? 0);
    }
    expect(told.at(-1)).toEqual({ rowsScanned: 60_600, rowsToScan: 60_600, rowsFound: 600 });
  });

  it('stops with the reason of its signal', async () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => [row]);
    const table = memoryTable({ id: 'int' }, rows, { chunkRows: 10_000 });
    const controller = new AbortController();
    const where: Predicate = { kind: 'contains', column: 0, text: '7' };
    const onProgress = (): void => {
      controller.abort(new Error('enough'));
    };
    const watch = { signal: controller.signal, onProgress };
    await expect(runQuery(table, { where, sort: [] }, watch)).rejects.toThrow('enough');
    expect(table.rowsRead).toBe(10_000);
  });

  it('keeps many rows in little memory and finds each of them', async () => {
    const count = 200_000;
    const rows = Array.from({ length: count }, (_, row) => [row]);
    const table = memoryTable({ id: 'int' }, rows);
    const odd = (row: number): boolean => row > 140_000 || row % 3 === 0 || (row > 70_000 && row < 70_010);
    const kept = rows.flatMap(([row = 0]) => (odd(row) ? [row] : []));
    const where: Predicate = { kind: 'in', column: 0, values: kept.map(String) };
    const selection = await runQuery(table, { where, sort: [] }, {});
    expect(listRows(selection)).toEqual(kept);
    for (const position of [kept.length - 1, 0, 30_000, 29_999, 70_000, 5]) expect(selection.row(position)).toBe(kept[position]);
  });

  it('refuses to sort more rows than fit into memory', async () => {
    const table = memoryTable({ id: 'int', name: 'string' }, []);
    Object.defineProperty(table, 'rowCount', { value: 20_000_001 });
    const sort = [{ column: 1, descending: false }];
    await expect(runQuery(table, { where: undefined, sort }, {})).rejects.toThrow(
      '20,000,001 rows are too many to sort: by one column, 20,000,000 fit into memory. Filter the rows first',
    );
  });
});

async function rowsOf(table: MemoryTable, where: Predicate | undefined, sort: readonly SortKey[] = []): Promise<readonly number[]> {
  return listRows(await runQuery(table, { where, sort }, {}));
}

function listRows({ count, row }: RowSelection): readonly number[] {
  return Array.from({ length: count }, (_, position) => row(position));
}

function compareRows(table: MemoryTable, sort: readonly SortKey[], a: number, b: number): number {
  for (const { column: index, descending } of sort) {
    const type = table.columns[index]?.type;
    const order = type && cellOrder(type);
    const found = order?.(table.cells[a]?.[index] ?? null, table.cells[b]?.[index] ?? null) ?? 0;
    if (found !== 0) return descending ? -found : found;
  }
  return a - b;
}
