import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTables } from '../../../shared/table/query/compareTables';
import type { TableDifference } from '../../../shared/table/query/tableDifference';
import type { Cell, Table } from '../../../shared/table/table';
import { memoryTable } from '../../support/memoryTable';

function compare(a: Table, b: Table, ...key: readonly string[]): Promise<TableDifference> {
  return compareTables(a, b, { key: key.length > 0 ? key : undefined, watch: {} });
}

describe('the difference of two tables', () => {
  it('names columns that came, went, moved or have another type', async () => {
    const before = memoryTable({ id: 'int', gone: 'date', price: 'float', name: 'string', last: 'boolean' }, [[1, null, 1, 'a', true]]);
    const after = memoryTable({ last: 'boolean', id: 'int', price: 'double', name: 'string', extra: 'binary' }, [[true, 1, 1, 'b', null]]);
    expect(await compare(before, after)).toEqual({
      addedColumns: [{ name: 'extra', type: 'binary' }],
      removedColumns: [{ name: 'gone', type: 'date' }],
      retypedColumns: [{ name: 'price', before: 'float', after: 'double' }],
      movedColumns: [{ name: 'last', before: 4, after: 0 }],
      rowCounts: { before: 1, after: 1 },
      statistics: [{ column: 'name', before: { nulls: 0, min: 'a', max: 'a' }, after: { nulls: 0, min: 'b', max: 'b' } }],
      rows: undefined,
    });
  });

  it('shows rows that came, went or changed, and keys that stand in several rows', async () => {
    const columns = { day: 'date', id: 'int', price: 'double', name: 'string' };
    const before = memoryTable(columns, [
      ['2024-01-01', 1, 1.5, 'same'],
      ['2024-01-01', 2, 1.5, 'old'],
      ['2024-01-02', 1, '-0.0', 'zero'],
      ['2024-01-02', 2, 'NaN', 'gone'],
      [null, 1, 7, 'null is a key'],
      ['2024-01-03', 9, 1, 'twice'],
      ['2024-01-03', 9, 2, 'twice'],
    ]);
    const after = memoryTable(columns, [
      ['2024-01-03', 9, 1, 'twice'],
      [null, 1, null, 'null is a key'],
      ['2024-01-01', 2, 2.5, 'new'],
      ['2024-01-01', 1, 1.5, 'same'],
      ['2024-01-02', 1, 0, 'zero'],
      ['2024-01-04', 1, 0, 'came'],
    ]);
    const { rows } = await compare(before, after, 'day', 'id');
    expect(rows).toEqual({
      key: ['day', 'id'],
      compared: ['price', 'name'],
      removed: { count: 1, examples: [{ row: 3, key: ['2024-01-02', 2] }] },
      added: { count: 1, examples: [{ row: 5, key: ['2024-01-04', 1] }] },
      changed: {
        count: 2,
        columns: [
          { name: 'price', count: 2 },
          { name: 'name', count: 1 },
        ],
        examples: [
          {
            key: ['2024-01-01', 2],
            rowBefore: 1,
            rowAfter: 2,
            cells: [
              { column: 'price', before: 1.5, after: 2.5 },
              { column: 'name', before: 'old', after: 'new' },
            ],
          },
          { key: [null, 1], rowBefore: 4, rowAfter: 1, cells: [{ column: 'price', before: 7, after: null }] },
        ],
      },
      unchanged: 2,
      duplicates: {
        before: { keys: 1, rows: 2, examples: [{ key: ['2024-01-03', 9], rows: [5, 6] }] },
        after: { keys: 0, rows: 0, examples: [] },
      },
    });
  });

  it('counts what a comparison of every two rows counts', async () => {
    const cell = fc.constantFrom<Cell>(null, 'a', 'null', '-0.0', '0');
    const list = fc.array(fc.tuple(fc.nat({ max: 12 }), cell, cell), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(list, list, async (before, after) => {
        const [a, b] = [before, after].map((rows) => memoryTable({ id: 'int', x: 'string', y: 'string' }, rows));
        if (!a || !b) throw new Error('two tables');
        const { rows } = await compare(a, b, 'id');
        const of = (rows: typeof before, id: number) => rows.filter(([own]) => own === id);
        const pairs = before.flatMap((row) =>
          of(before, row[0]).length === 1 && of(after, row[0]).length === 1 ? [[row, of(after, row[0])[0]]] : [],
        );
        const changed = pairs.filter(([one, other]) => JSON.stringify(one) !== JSON.stringify(other));
        expect(rows).toMatchObject({
          removed: { count: before.filter(([id]) => of(after, id).length === 0).length },
          added: { count: after.filter(([id]) => of(before, id).length === 0).length },
          changed: { count: changed.length },
          unchanged: pairs.length - changed.length,
          duplicates: { after: { rows: after.filter(([id]) => of(after, id).length > 1).length } },
        });
      }),
      { numRuns: 200 },
    );
  });

  it('refuses a key that is not in both tables, or that has no order', async () => {
    const text = { kind: 'scalar', name: 'string', family: 'text' } as const;
    const a = memoryTable({ id: 'int', old: 'int', facts: { kind: 'map', key: text, value: text } }, []);
    const b = memoryTable({ id: 'bigint', facts: { kind: 'map', key: text, value: text } }, []);
    await expect(compare(a, b, 'id')).rejects.toThrow('column "id" cannot be a key: it has another type in each table');
    await expect(compare(a, b, 'old')).rejects.toThrow('column "old" cannot be a key: it is not in the second table');
    await expect(compare(a, b, 'none')).rejects.toThrow('column "none" cannot be a key: it is in neither table');
    await expect(compare(a, b, 'facts')).rejects.toThrow(
      'column "facts" cannot be a key: it is map<string,string>, and maps have no order',
    );
  });
});
