// Parquet as we write it, read back by ourselves: the same types and cells, bounds that hold, and pieces of bounded size.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../shared/table/byteSource';
import { openParquet } from '../../shared/table/parquetTable';
import { scalarType, typeName, type Cell, type Column, type ColumnType, type Table } from '../../shared/table/table';
import { encodeLevels } from '../../shared/table/write/levels';
import { ParquetWriter, type ParquetWriterOptions } from '../../shared/table/write/parquetWriter';
import { openLocal } from '../../shared/tableReader/localFiles';
import { tableProblemOf } from '../support/tableProblemOf';
import { randomNumbers } from './randomNumbers';

const tables = join(import.meta.dirname, '..', 'tables');
const names = readdirSync(tables)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));
const pack = promisify(gzip);

type Options = Omit<ParquetWriterOptions, 'write'>;

interface Written {
  readonly bytes: Buffer;
  /** How long each piece was. */
  readonly pieces: readonly number[];
  readonly table: Table;
}

async function write(columns: readonly Column[], rows: readonly (readonly Cell[])[], options: Options = {}): Promise<Written> {
  const pieces: Uint8Array[] = [];
  const writer = new ParquetWriter(columns, {
    ...options,
    write: (bytes) => {
      pieces.push(bytes);
      return Promise.resolve();
    },
  });
  await writer.add(rows);
  await writer.finish();
  const bytes = Buffer.concat(pieces);
  expect(writer.bytes).toBe(bytes.length);
  const source: ByteSource = {
    name: 'written',
    size: bytes.length,
    read: (start, end) => Promise.resolve(Uint8Array.from(bytes.subarray(start, end))),
  };
  return { bytes, pieces: pieces.map(({ length }) => length), table: await openParquet(source) };
}

const column = (name: string, type: ColumnType | string, nullable = true): Column => ({
  name,
  type: typeof type === 'string' ? scalarType(type) : type,
  nullable,
  partition: false,
});

/** Tables with types that Spark lacks, and the first of them. */
const foreign = new Map([
  ['foreign-bytes', '"interval" cannot be written as parquet: it is interval,'],
  ['foreign-decimals', '"e" cannot be written as parquet: it is decimal(47,10),'],
  ['foreign-times', '"t_millis" cannot be written as parquet: it is time,'],
]);

describe('a table that was written', () => {
  it.each([...foreign])('%s is refused', async (name, why) => {
    const { table } = await openLocal(join(tables, `${name}.parquet`), { bytesRead: 0, requests: 0 });
    const { rows } = await table.rows(0, table.rowCount);
    await expect(write(table.columns, rows, {})).rejects.toThrow(`column ${why} and Spark has no such type`);
  });

  it.each(names.filter((name) => !foreign.has(name)))('%s has the types and cells that it had', async (name) => {
    const { table } = await openLocal(join(tables, `${name}.parquet`), { bytesRead: 0, requests: 0 });
    const { rows } = await table.rows(0, table.rowCount);
    for (const options of [{}, { gzip: (bytes: Uint8Array) => pack(bytes), groupBytes: 20_000 }]) {
      const { table: again } = await write(table.columns, rows, options);
      expect(again.columns.map(({ name: own, type, nullable }) => [own, typeName(type), nullable])).toEqual(
        table.columns.map(({ name: own, type, nullable }) => [own, typeName(type), nullable]),
      );
      expect((await again.rows(0, again.rowCount)).rows).toEqual(rows);
      expect(again.origin.codecs).toEqual(again.rowCount === 0 ? [] : [options.gzip ? 'GZIP' : 'UNCOMPRESSED']);
    }
  });

  it('has nested values of any depth, whatever is missing where', async () => {
    const random = randomNumbers(17);
    const typeOf = (depth: number): ColumnType => {
      const kind = depth === 0 ? 0 : random(4);
      if (kind === 0) return scalarType(['bigint', 'string', 'double', 'boolean'][random(4)] ?? 'int');
      if (kind === 1) return { kind: 'array', element: typeOf(depth - 1) };
      if (kind === 2) return { kind: 'map', key: scalarType('string'), value: typeOf(depth - 1) };
      const fields = Array.from({ length: 1 + random(3) }, (_, index) => ({ name: `f${index}`, type: typeOf(depth - 1) }));
      return { kind: 'struct', fields };
    };
    const cellOf = (type: ColumnType): Cell => {
      if (random(5) === 0) return null;
      const items = (make: (index: number) => Cell): readonly Cell[] => Array.from({ length: random(4) }, (_, index) => make(index));
      switch (type.kind) {
        case 'scalar':
          return type.name === 'boolean' ? random(2) === 0 : type.name === 'string' ? `t${random(9)}` : random(1000) - 500;
        case 'array':
          return items(() => cellOf(type.element));
        case 'map':
          return items((index) => [`k${index}`, cellOf(type.value)]);
        case 'struct':
          return type.fields.map((field) => cellOf(field.type));
      }
    };
    for (let round = 0; round < 60; round++) {
      const columns = Array.from({ length: 1 + random(3) }, (_, index) => column(`c${index}`, typeOf(3)));
      const rows = Array.from({ length: random(300) }, () => columns.map(({ type }) => cellOf(type)));
      const { table } = await write(columns, rows, { groupBytes: 2000 });
      expect(table.columns.map(({ type }) => typeName(type))).toEqual(columns.map(({ type }) => typeName(type)));
      expect((await table.rows(0, table.rowCount)).rows).toEqual(rows);
    }
  });

  it('tells bounds and nulls of its row groups', async () => {
    const columns = [
      column('i', 'bigint'),
      column('s', 'string'),
      column('d', 'double'),
      column('w', 'decimal(38,2)'),
      column('z', 'float'),
    ];
    const rows: Cell[][] = [
      [5, 'b', 1.5, '-12345678901234567890123456789.50', 0],
      [null, 'aé', 'NaN', '0.01', '-0.0'],
      ['-9223372036854775808', null, -2, null, null],
    ];
    const { table } = await write(columns, rows);
    const statistics = [...(table.chunks([0, 1, 2, 3, 4])[0]?.statistics ?? [])];
    expect(statistics).toEqual([
      [0, { nulls: 1, min: '-9223372036854775808', max: 5 }],
      [1, { nulls: 1, min: 'aé', max: 'b' }],
      [2, { nulls: 0, min: undefined, max: undefined }],
      [3, { nulls: 1, min: '-12345678901234567890123456789.50', max: '0.01' }],
      [4, { nulls: 1, min: 0, max: 0 }],
    ]);
  });

  it('is written in row groups and pages of bounded size', async () => {
    const text = 'x'.repeat(1000);
    const rows = Array.from({ length: 60_000 }, (_, index): Cell[] => [index, index % 2 === 0 ? text : null]);
    const { table, pieces } = await write([column('id', 'int', false), column('text', 'string')], rows, { groupBytes: 8 * 2 ** 20 });
    expect(Math.max(...pieces)).toBeLessThan(2 ** 20 + 20_000);
    const chunks = table.chunks([0]);
    expect(chunks.map(({ start }) => start)).toEqual([0, ...chunks.slice(0, -1).map(({ end }) => end)]);
    expect(chunks.length).toBe(4);
    expect((await table.rows(59_998, 60_000)).rows).toEqual([
      [59_998, text],
      [59_999, null],
    ]);
  });

  it('is refused where a type or a value has no place in Spark', async () => {
    const problem = (type: string, cell: Cell, nullable = true) => tableProblemOf(write([column('x', type, nullable)], [[cell]]));
    const other = (type: string) => ({
      kind: 'unsupported',
      message: `column "x" cannot be written as parquet: it is ${type}, and Spark has no such type; hide it, or write CSV or JSON`,
    });
    expect(await problem('time', '10:00:00')).toEqual(other('time'));
    expect(await problem('decimal(40,2)', '1.00')).toEqual(other('decimal(40,2)'));
    expect(await problem('interval', '1 months')).toEqual(other('interval'));
    expect(await problem('timestamp', '2024-01-01T00:00:00.123456789Z')).toEqual({
      kind: 'unsupported',
      message:
        'column "x", row 1: the value 2024-01-01T00:00:00.123456789Z cannot be written: it has nanoseconds, and timestamps of Spark end with microseconds',
    });
    expect(await problem('int', 2 ** 31)).toEqual({
      kind: 'unsupported',
      message: 'column "x", row 1: the value 2147483648 cannot be written: it has more than 32 bits',
    });
    expect(await problem('int', null, false)).toEqual({
      kind: 'unsupported',
      message: 'column "x", row 1: there is no value, where the table says that there always is one',
    });
  });
});

describe('levels', () => {
  it('are runs where many are equal, and bits where they are not', () => {
    expect([...encodeLevels([1, 1, 1, 1, 1, 1, 1, 1, 1], 1)]).toEqual([18, 1]);
    expect([...encodeLevels([1, 0, 1, 0, 0, 0, 0, 0], 1)]).toEqual([3, 0b101]);
    expect([...encodeLevels([2, 1, 0], 2)]).toEqual([3, 0b0110, 0]);
    expect([...encodeLevels([0, 0, 0], 0)]).toEqual([]);
    // A run may only begin behind a whole group of eight.
    expect([...encodeLevels([0, 1, ...new Array<number>(16).fill(0)], 1)]).toEqual([3, 2, 20, 0]);
  });
});
