// Only what holds the rows is read: checked by the plan itself, and by the bytes that were asked of a real file.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fetchRanges, mergeRanges, type ByteSource } from '../../shared/table/byteSource';
import type { ColumnChunk } from '../../shared/table/parquetRowGroups';
import { planChunk, selectGroups } from '../../shared/table/parquetPlan';
import { openLocal } from '../../shared/tableReader/localFiles';

const chunk: ColumnChunk = {
  codec: 'SNAPPY',
  encodings: [],
  rows: 300,
  values: 300,
  uncompressedSize: 1000,
  bytes: { start: 100, end: 500 },
  dataStart: 150,
  offsetIndex: undefined,
  columnIndex: undefined,
  statistics: undefined,
};
const pages = [
  { start: 150, end: 250, firstRow: 0, endRow: 100 },
  { start: 250, end: 350, firstRow: 100, endRow: 200 },
  { start: 350, end: 500, firstRow: 200, endRow: 300 },
];

describe('a plan', () => {
  it('selects the row groups that overlap', () => {
    const groups = [0, 100, 200].map((firstRow) => ({ firstRow, rowCount: 100, chunk: () => undefined, passingChunk: () => undefined }));
    const selected = selectGroups(groups, 150, 201);
    expect(selected.map(({ groupIndex, start, end }) => [groupIndex, start, end])).toEqual([
      [1, 50, 100],
      [2, 0, 1],
    ]);
    expect(selectGroups(groups, 300, 400)).toEqual([]);
    expect(selectGroups(groups, 10, 10)).toEqual([]);
  });

  it('reads the pages that hold the rows, and the dictionary before them', () => {
    expect(planChunk(chunk, pages, 0, 10)).toEqual({ dictionary: undefined, pages: { start: 100, end: 250 }, firstRow: 0, endRow: 100 });
    expect(planChunk(chunk, pages, 100, 200)).toEqual({
      dictionary: { start: 100, end: 150 },
      pages: { start: 250, end: 350 },
      firstRow: 100,
      endRow: 200,
    });
    expect(planChunk(chunk, pages, 199, 201)).toMatchObject({ pages: { start: 250, end: 500 }, firstRow: 100 });
    expect(planChunk(chunk, pages, 299, 300)).toMatchObject({ pages: { start: 350, end: 500 }, firstRow: 200 });
    expect(planChunk(chunk, undefined, 299, 300)).toEqual({
      dictionary: undefined,
      pages: { start: 100, end: 500 },
      firstRow: 0,
      endRow: 300,
    });
  });

  it('joins ranges that nearly touch', async () => {
    const far = 1_000_000;
    const ranges = [
      { start: far, end: far + 10 },
      { start: 20, end: 30 },
      { start: 0, end: 10 },
      { start: 25, end: 40 },
    ];
    expect(mergeRanges(ranges)).toEqual([
      { start: 0, end: 40 },
      { start: far, end: far + 10 },
    ]);
    const reads: string[] = [];
    const source: ByteSource = {
      name: 'bytes',
      size: 2 * far,
      read: (start, end) => {
        reads.push(`${start}-${end}`);
        return Promise.resolve(Uint8Array.from({ length: end - start }, (_, index) => (start + index) % 251));
      },
    };
    const fetched = await fetchRanges(source, ranges);
    expect(reads).toEqual(['0-40', `${far}-${far + 10}`]);
    expect([...fetched.slice({ start: 25, end: 28 })]).toEqual([25, 26, 27]);
    expect(() => fetched.slice({ start: 40, end: 41 })).toThrow('bytes 40 to 41 were not fetched');
  });

  it('costs a few pages of a file of many', async () => {
    const cost = { bytesRead: 0, requests: 0 };
    const { table } = await openLocal(join(import.meta.dirname, '..', 'tables', 'pages.parquet'), cost);
    expect(cost).toEqual({ bytesRead: table.origin.bytes, requests: 1 });
    const opened = { ...cost };
    // Row 1,501 lies in the middle of one of fifteen pages; `id` is stored plainly, 8 bytes a row, 200 rows a page.
    expect((await table.rows(1501, 1503, [0, 2])).rows).toEqual([
      [1501, 'row 3'],
      [1502, 'row 4'],
    ]);
    expect(cost.bytesRead - opened.bytesRead).toBeLessThan(table.origin.bytes / 5);
    const first = { ...cost };
    expect((await table.rows(1500, 1520, [0])).rows).toHaveLength(20);
    expect(cost).toEqual(first);
  });

  it('gives the same rows however they are cut', async () => {
    const { table } = await openLocal(join(import.meta.dirname, '..', 'tables', 'pages.parquet'), { bytesRead: 0, requests: 0 });
    const { rows } = await table.rows(0, 3000);
    expect(rows[2000]).toEqual([2000, 20, 'row 5', '1000.0', [2000, 2001, 2002]]);
    for (const [start, end] of [
      [0, 1],
      [199, 201],
      [999, 1001],
      [850, 2150],
      [2999, 4000],
    ] as const) {
      expect((await table.rows(start, end)).rows).toEqual(rows.slice(start, end));
    }
    expect(await table.rows(4000, 5000)).toEqual({ start: 3000, rows: [] });
    await expect(table.rows(0, 1, [5])).rejects.toThrow('pages.parquet has 5 columns, column 5 was asked for');
  });
});
