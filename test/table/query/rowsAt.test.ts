import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rowsAt } from '../../../shared/table/query/rowsAt';
import { memoryTable } from '../../support/memoryTable';

const rows = Array.from({ length: 100_000 }, (_, row) => [row, `row ${row}`]);

it('rows come in the order asked for, neighbours from one read', async () => {
  const table = memoryTable({ id: 'int', name: 'string' }, rows);
  expect(await rowsAt(table, [70_001, 5, 70_000, 5, 99_999, 6], [1])).toEqual(
    [70_001, 5, 70_000, 5, 99_999, 6].map((row) => [`row ${row}`]),
  );
  expect(table.reads).toBe(3);
  expect(table.rowsRead).toBe(5);
  expect(await rowsAt(table, [], undefined)).toEqual([]);
});

it('any rows are those of the table', async () => {
  const table = memoryTable({ id: 'int', name: 'string' }, rows);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: rows.length - 1 })), async (wanted) => {
      expect(await rowsAt(table, wanted, undefined)).toEqual(wanted.map((row) => rows[row]));
    }),
    { numRuns: 50 },
  );
});
