// Tables without the rows that files of positions mark as deleted.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LivingRows } from '../../shared/table/iceberg/livingRows';
import { scalarType, type Table } from '../../shared/table/table';
import { ParquetWriter } from '../../shared/table/write/parquetWriter';
import { openLocal } from '../../shared/tableReader/localFiles';
import { memoryTable } from '../support/memoryTable';
import { tableProblemOf } from '../support/tableProblemOf';
import { writeIceberg, type WrittenFile } from './icebergFolder';
import { randomNumbers } from './randomNumbers';

describe('rows that are left', () => {
  const random = randomNumbers(7);

  it.each([0, 0.01, 0.5, 0.95, 1])('are counted and read as if there were no others: %d deleted', async (share) => {
    for (let round = 0; round < 20; round++) {
      const count = random(400);
      const cells = Array.from({ length: count }, (_, row) => [row, random(3) === 0 ? null : random(50)]);
      const isDeleted = cells.map(() => random(1000) < share * 1000);
      const deleted = Uint32Array.from([...isDeleted.keys()].filter((row) => isDeleted[row]));
      const inner = memoryTable({ row: 'int', value: 'int' }, cells, { chunkRows: 90, partRows: 20 });
      const [table, expected] = [new LivingRows(inner, deleted), cells.filter((_, row) => !isDeleted[row])];
      expect(table.rowCount).toBe(expected.length);
      expect((await table.rows(0, count)).rows).toEqual(expected);
      const start = random(expected.length + 1);
      const end = start + random(60);
      expect(await table.rows(start, end, [1])).toEqual({ start, rows: expected.slice(start, end).map(([, value]) => [value]) });
      let next = 0;
      for (const chunk of table.chunks([0, 1])) {
        for (const part of await table.narrow(chunk, [0, 1])) {
          expect(part.start).toBe(next);
          next = part.end;
          const values = expected.slice(part.start, part.end).map(([, value]) => value ?? null);
          const { nulls, min, max } = part.statistics.get(1) ?? {};
          if (nulls !== undefined) expect(values.filter((value) => value === null)).toHaveLength(nulls);
          for (const value of values) if (value !== null) expect([Number(min) <= value, Number(max) >= value]).toEqual([true, true]);
        }
      }
      expect(next).toBe(expected.length);
    }
  });

  it('are read without long runs of deleted ones between them', async () => {
    const cells = Array.from({ length: 30_000 }, (_, row) => [row]);
    const inner = memoryTable({ row: 'int' }, cells);
    const table = new LivingRows(inner, Uint32Array.from(cells.flatMap(([row = 0]) => (row % 10_000 === 0 ? [] : [row]))));
    expect((await table.rows(0, 3)).rows).toEqual([[0], [10_000], [20_000]]);
    expect(inner.rowsRead).toBe(3);
  });
});

describe('files of positions', () => {
  let scratch: string;
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'sparkform-deleted-'));
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true });
  });

  let made = 0;

  /** Two data files of two rows, `1` and `2`, of the commits 1 and 2, and one file that marks rows of them. */
  async function withDeleted(rows: readonly (readonly [string, number])[], change: Partial<WrittenFile> = {}): Promise<Table> {
    const columns = [
      { name: 'file_path', type: scalarType('string'), nullable: false, partition: false },
      { name: 'pos', type: scalarType('bigint'), nullable: false, partition: false },
    ];
    const parts: Uint8Array[] = [];
    const writer = new ParquetWriter(columns, {
      write: (bytes) => {
        parts.push(bytes);
        return Promise.resolve();
      },
    });
    await writer.add(rows);
    await writer.finish();
    const files = [
      { path: 'data/a.parquet', sequence: 1 },
      { path: 'data/b.parquet', sequence: 2 },
      { path: 'data/d.parquet', content: 1, sequence: 2, rows: rows.length, ...change },
    ];
    const folder = writeIceberg(join(scratch, String(made++)), { files, folder: { 'data/d.parquet': Buffer.concat(parts) } });
    return (await openLocal(folder, { bytesRead: 0, requests: 0 })).table;
  }

  const file = (name: string): string => `s3://lake/db/made/data/${name}.parquet`;
  const ids = async (table: Promise<Table>): Promise<unknown> => (await (await table).rows(0, 10, [0])).rows.flat();

  it('apply to their own commit and to older ones', async () => {
    const rows = [
      [file('a'), 0],
      [file('b'), 1],
    ] as const;
    expect(await ids(withDeleted(rows))).toEqual([2, 1]);
    expect(await ids(withDeleted(rows, { sequence: 1 }))).toEqual([2, 1, 2]);
    expect(await ids(withDeleted(rows, { sequence: 0 }))).toEqual([1, 2, 1, 2]);
  });

  it('may mark a row twice, whole files, and files that are gone', async () => {
    const table = withDeleted([
      [file('a'), 1],
      [file('a'), 0],
      [file('gone'), 5],
      [file('a').replace('s3:', 's3a:'), 1],
    ]);
    expect(await ids(table)).toEqual([1, 2]);
    expect((await table).origin.snapshot?.deletedRows).toBe(2);
  });

  it('are refused where they mark rows that are not there, or are not what their manifest counts', async () => {
    expect(await tableProblemOf(withDeleted([[file('b'), 2]]))).toEqual({
      kind: 'malformed',
      message: `a delete file marks row 2 of ${file('b')} as deleted, counted from 0, and its number of rows is 2`,
    });
    expect(await tableProblemOf(withDeleted([[file('b'), 1]], { rows: 4 }))).toEqual({
      kind: 'malformed',
      message: `${file('d')} is damaged: its number of rows is 1, expected 4 by its manifest`,
    });
  });
});
