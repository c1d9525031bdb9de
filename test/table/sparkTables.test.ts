// Random tables written and judged by Spark, and judged by DuckDB: the same rows however they are read, and pruning that loses none of them.

import { open } from 'node:fs/promises';
import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ByteSource } from '../../shared/table/byteSource';
import { isFlat } from '../../shared/table/parquetFlat';
import { loadFooter } from '../../shared/table/parquetFooter';
import { readFlatPrefix } from '../../shared/table/parquetPrefix';
import { readShapes } from '../../shared/table/parquetShape';
import { openParquet } from '../../shared/table/parquetTable';
import type { Cell, ColumnType, Table, TableChunk } from '../../shared/table/table';
import { checkParts, plainText, typeOf } from './boundsHold';
import { bytesAsked, recordedSource } from './byteSources';
import { editFooter, removeIndexes } from './editedFooter';
import { expectSame } from './judge/comparedWithDuckDb';
import { DuckDb } from './judge/duckDb';
import { plainTable } from './judge/plainTable';
import { randomNumbers } from './randomNumbers';
import { compareTexts } from './sparkOrder';
import { sparkTableNames, writeSparkTables, type SparkCount, type SparkTables } from './sparkTables';
import { scalarText } from './sparkText';

vi.setConfig({ testTimeout: 120_000 });

let tables: SparkTables;
let duckDb: DuckDb;
beforeAll(async () => {
  tables = await writeSparkTables();
  duckDb = await DuckDb.open();
}, 600_000);
afterAll(() => {
  duckDb.close();
  tables.dispose();
});

interface Counted extends ByteSource {
  bytesRead: number;
  requests: number;
}

function source(path: string): Counted {
  const counted: Counted = {
    name: 'table',
    size: statSync(path).size,
    bytesRead: 0,
    requests: 0,
    async read(start, end) {
      counted.bytesRead += end - start;
      counted.requests += 1;
      const file = await open(path);
      try {
        return new Uint8Array((await file.read(Buffer.alloc(end - start), 0, end - start, start)).buffer);
      } finally {
        await file.close();
      }
    },
  };
  return counted;
}

/** Spark writes some floats with more digits than they need. */
function textOf(type: ColumnType, cell: Cell | undefined): string | null {
  if (cell === null || cell === undefined) return null;
  const text = scalarText(type, plainText(cell));
  return type.kind === 'scalar' && type.name === 'float' ? String(Math.fround(Number(text))) : text;
}

describe.each(sparkTableNames)('%s', (name) => {
  it('has the rows that Spark reads, all at once and in any window', async () => {
    const truth = tables.truth(name);
    const table = await openParquet(source(tables.path(name)));
    const flat = truth.columns.map((column) => table.columns.findIndex((own) => own.name === column));
    const expected = truth.rows.map((row) => row.map((text, index) => textOf(typeOf(table, index), text)));
    const texts = (rows: readonly (readonly Cell[])[]) => rows.map((row) => row.map((cell, index) => textOf(typeOf(table, index), cell)));
    const all = (await table.rows(0, table.rowCount, flat)).rows;
    expect(texts(all)).toEqual(expected);
    const random = randomNumbers(11);
    for (let round = 0; round < 30; round++) {
      const fresh = await openParquet(source(tables.path(name)));
      const start = round < 10 ? 0 : random(table.rowCount);
      const end = Math.min(table.rowCount, start + 1 + random(round % 3 === 0 ? 4000 : 300));
      expect((await fresh.rows(start, end, flat)).rows).toEqual(all.slice(start, end));
      // What was kept of the first window does not show in the next one.
      const next = Math.max(0, end - random(200));
      expect((await fresh.rows(next, end + 500, flat)).rows).toEqual(all.slice(next, end + 500));
    }
  });

  it('has the rows that DuckDB reads', async () => {
    const table = await openParquet(source(tables.path(name)));
    expectSame(plainTable(table, (await table.rows(0, table.rowCount)).rows), await duckDb.read(tables.path(name)));
  });

  it('has the same first rows in the beginnings of its pages', async () => {
    const bytes = source(tables.path(name));
    const footer = await loadFooter(bytes);
    const table = await openParquet(bytes);
    const all = (await table.rows(0, 2000)).rows;
    let found = 0;
    for (const [column, shape] of readShapes(footer.description).entries()) {
      const chunk = footer.rowGroups[0]?.chunk(shape.node.leaf);
      if (!isFlat(shape.node) || !chunk) continue;
      for (const rows of [1, 8, 100, 1000]) {
        for (const firstBytes of [undefined, 1, 40, 700]) {
          const request = {
            leaf: { node: shape.node, toCell: shape.toCell },
            chunk,
            rows,
            ...(firstBytes === undefined ? {} : { firstBytes }),
          };
          const prefix = await readFlatPrefix(bytes, request);
          if (!prefix) continue;
          found += 1;
          const cells = Array.from({ length: rows }, (): Cell[] => ['none']);
          prefix.fill(cells, 0, 0, rows, 0);
          expect(cells.map(([cell]) => cell)).toEqual(all.slice(0, rows).map((row) => row[column]));
        }
      }
    }
    expect(found).toBeGreaterThan(150);
  });

  it('has bounds that hold, and loses no row by them', async () => {
    const table = await openParquet(source(tables.path(name)));
    const { rows } = await table.rows(0, table.rowCount);
    await checkParts(table, rows);
    let excluded = 0;
    for (const count of tables.truth(name).counts) {
      const column = table.columns.findIndex((own) => own.name === count.column);
      const narrow = (await Promise.all(table.chunks([column]).map((chunk) => table.narrow(chunk, [column])))).flat();
      let kept = 0;
      for (const part of narrow) {
        if (isExcluded(table, part, column, count)) excluded += 1;
        else kept += rows.slice(part.start, part.end).filter((row) => keeps(typeOf(table, column), row[column] ?? null, count)).length;
      }
      expect({ ...count, count: kept }).toEqual(count);
    }
    expect(excluded).toBeGreaterThan(10);
  });
});

describe('a long table', () => {
  it('costs little of its chunks for first rows', async () => {
    const bytes = source(tables.path('long'));
    const table = await openParquet(bytes);
    bytes.bytesRead = 0;
    const first = (await table.rows(0, 50)).rows;
    expect(bytes.bytesRead).toBeLessThan(15_000);
    // Who goes on reading gets pages, which hold the same.
    expect((await table.rows(0, 100)).rows.slice(0, 50)).toEqual(first);
  });

  it('is read page by page without an index, once the headers of its pages were found', async () => {
    const { columns, rows: truth } = tables.truth('long');
    const all = Uint8Array.from(readFileSync(tables.path('long')));
    const bare = editFooter(all, removeIndexes);
    const bytes = recordedSource(bare);
    const table = await openParquet(bytes);
    const opened = bytesAsked(bytes);
    const { rows } = await table.rows(250_000, 250_010);
    expect(rows.map((row) => row.map((cell, column) => textOf(typeOf(table, column), cell)))).toEqual(truth);
    const pages = bytesAsked(bytes) - opened;
    expect(pages).toBeLessThan(bare.length / 6);
    const asked = bytes.reads.length;
    expect((await table.rows(250_005, 250_010)).rows).toEqual(rows.slice(5));
    expect(bytes.reads.length).toBe(asked);
    // Pages before are known now: a page of each column and nothing else.
    await table.rows(100_000, 100_010);
    expect(bytes.reads.length).toBeLessThanOrEqual(asked + columns.length);
    const indexed = await openParquet(recordedSource(all));
    expect((await table.rows(99_000, 261_000)).rows).toEqual((await indexed.rows(99_000, 261_000)).rows);
  });
});

function keeps(type: ColumnType, cell: Cell, { operator, value }: SparkCount): boolean {
  if (operator === 'null' || value === null) return cell === null;
  return cell !== null && holds(operator, compareTexts(type, plainText(cell), value));
}

function holds(operator: '=' | '<' | '>=', comparison: number): boolean {
  return operator === '=' ? comparison === 0 : operator === '<' ? comparison < 0 : comparison >= 0;
}

function isExcluded(table: Table, { start, end, statistics }: TableChunk, column: number, { operator, value }: SparkCount): boolean {
  const known = statistics.get(column);
  if (operator === 'null' || value === null) return known?.nulls === 0;
  if (known?.nulls === end - start) return true;
  const type = typeOf(table, column);
  const below = known?.min !== undefined && compareTexts(type, value, plainText(known.min)) < 0;
  const above = known?.max !== undefined && compareTexts(type, value, plainText(known.max)) > 0;
  const atMin = known?.min !== undefined && compareTexts(type, value, plainText(known.min)) <= 0;
  return operator === '=' ? below || above : operator === '<' ? atMin : above;
}
