// What the footer and the indexes of a file of pages tell, in files as Spark wrote them and with other footers.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openParquet } from '../../shared/table/parquetTable';
import type { Table, TableChunk } from '../../shared/table/table';
import { recordedSource } from './byteSources';
import { asStruct, columnChunks, columnMetadata, editFooter, toThrift, type ThriftFields } from './editedFooter';

const folder = join(import.meta.dirname, '..', 'tables');
/** One group of 3000 rows in pages of 200: id, hundred, label, half, list. */
const file = Uint8Array.from(readFileSync(join(folder, 'pages.parquet')));
const [id, hundred, label, half, list] = [0, 1, 2, 3, 4];
const utf8 = new TextEncoder();

function open(bytes: Uint8Array): Promise<Table> {
  return openParquet(recordedSource(bytes));
}

function described(chunks: readonly TableChunk[], column: number): readonly unknown[] {
  return chunks.map(({ start, end, statistics }) => {
    const known = statistics.get(column);
    return known ? [start, end, known.min, known.max, known.nulls] : [start, end];
  });
}

/** The first chunk's bounds and nulls of a column of an edited file, of which all rows can still be read. */
async function afterEdit(column: number, edit: (footer: ThriftFields) => void): Promise<unknown> {
  const table = await open(editFooter(file, edit));
  expect((await table.rows(0, 3000)).rows).toEqual((await (await open(file)).rows(0, 3000)).rows);
  const known = table.chunks([column])[0]?.statistics.get(column);
  return known && [known.min, known.max, known.nulls];
}

function statisticsOf(footer: ThriftFields, column: number): readonly ThriftFields[] {
  return columnMetadata(footer, column).map(({ field_12: statistics }) => asStruct(statistics));
}

describe('row groups', () => {
  it('have the bounds and nulls of the footer, as cells', async () => {
    const table = await open(file);
    const chunks = table.chunks([id, half, label, list]);
    expect(described(chunks, id)).toEqual([[0, 3000, 0, 2999, 0]]);
    expect(described(chunks, label)).toEqual([[0, 3000, 'row 0', 'row 6', 0]]);
    expect(described(chunks, half)).toEqual([[0, 3000, '0.5', '1499.5', 1000]]);
    expect(described(chunks, list)).toEqual([[0, 3000]]);
    expect(described(chunks, hundred)).toEqual([[0, 3000]]);
  });

  it('cost nothing, and their pages two indexes, once', async () => {
    const source = recordedSource(file);
    const table = await openParquet(source);
    const opened = source.reads.length;
    const [first] = table.chunks([id]);
    if (!first) throw new Error('there are no chunks');
    expect(source.reads.length).toBe(opened);
    const pages = await table.narrow(first, [id]);
    expect(source.reads.length).toBe(opened + 1);
    expect(await table.narrow(first, [id])).toEqual(pages);
    expect(source.reads.length).toBe(opened + 1);
  });
});

describe('pages', () => {
  it('have their own bounds, and those of several columns are cut where any of them ends', async () => {
    const table = await open(file);
    const [first] = table.chunks([id]);
    if (!first) throw new Error('there are no chunks');
    expect(described(await table.narrow(first, [id]), id).slice(0, 5)).toEqual([
      [0, 200, 0, 199, 0],
      [200, 400, 200, 399, 0],
      [400, 600, 400, 599, 0],
      [600, 800, 600, 799, 0],
      [800, 1000, 800, 999, 0],
    ]);
    const both = await table.narrow(first, [half, hundred]);
    expect(described(both, half)[1]).toEqual([200, 400, '100.0', '199.0', 67]);
    expect(described(both, hundred)[1]).toEqual([200, 400, 2, 3, 0]);
    expect(await table.narrow(first, [list])).toEqual([first]);
    expect(await table.narrow({ ...first, start: 250, end: 450 }, [half])).toEqual([
      { start: 250, end: 400, statistics: new Map([[half, { nulls: undefined, min: '100.0', max: '199.0' }]]) },
      { start: 400, end: 450, statistics: new Map([[half, { nulls: undefined, min: '200.0', max: '299.5' }]]) },
    ]);
  });

  it('are those of the group where an index is missing, damaged or at odds with the footer', async () => {
    const edits: ((footer: ThriftFields, extra: number) => void)[] = [
      (footer) => {
        for (const chunk of columnChunks(footer, half)) chunk.field_6 = undefined;
      },
      (footer) => {
        for (const chunk of columnChunks(footer, half)) chunk.field_6 = 4n;
      },
      (footer) => {
        for (const chunk of columnChunks(footer, half)) chunk.field_6 = utf8.encode('nowhere');
      },
      (footer) => {
        for (const chunk of columnChunks(footer, half)) chunk.field_4 = chunk.field_6;
      },
      (footer) => {
        for (const statistics of statisticsOf(footer, half)) statistics.field_3 = 7n;
      },
    ];
    for (const edit of edits) {
      const table = await open(editFooter(file, edit));
      const [first] = table.chunks([half]);
      if (!first) throw new Error('there are no chunks');
      expect(await table.narrow(first, [half])).toEqual([first]);
      expect((await table.rows(900, 902, [half])).rows).toEqual([[null], ['450.5']]);
    }
  });

  it('are read in spite of an index that gives them wrong rows', async () => {
    const wrong = toThrift({
      field_1: [0, 1, 2, 3, 4].map((page) => ({ field_1: 0n, field_2: 0, field_3: BigInt(page * 150) })),
    });
    const edited = editFooter(file, () => undefined);
    const expected = (await (await open(edited)).rows(0, 3000)).rows;
    // Right places, wrong rows: taken from the true index of the first group.
    const places = await pagePlaces();
    const lying = toThrift({
      field_1: places.map(({ start, size }, page) => ({ field_1: start, field_2: size, field_3: BigInt(page * 150) })),
    });
    for (const extra of [wrong, lying]) {
      const bytes = editFooter(
        file,
        (footer, at) => {
          const [chunk] = columnChunks(footer, id);
          if (chunk) Object.assign(chunk, { field_4: BigInt(at), field_5: extra.length });
        },
        extra,
      );
      const table = await open(bytes);
      for (const [start, end] of [
        [0, 10],
        [160, 170],
        [590, 610],
        [990, 1010],
      ] as const) {
        expect((await table.rows(start, end)).rows).toEqual(expected.slice(start, end));
      }
    }
  });
});

/** Where the pages of `id` lie in the first group, as the file's own index says. */
async function pagePlaces(): Promise<readonly { readonly start: bigint; readonly size: number }[]> {
  const { deserializeTCompactProtocol } = await import('hyparquet/src/thrift.js');
  let at = 0;
  editFooter(file, (footer) => {
    at = Number(columnChunks(footer, id)[0]?.field_4);
  });
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const index = deserializeTCompactProtocol({ view, offset: at }) as { field_1: { field_1: bigint; field_2: number }[] };
  return index.field_1.map(({ field_1: start, field_2: size }) => ({ start, size }));
}

describe('bounds', () => {
  it('of signed numbers may be the older ones, those of texts and wide decimals may not', async () => {
    const older = (column: number) => (footer: ThriftFields) => {
      for (const statistics of statisticsOf(footer, column)) {
        Object.assign(statistics, { field_1: statistics.field_5, field_2: statistics.field_6 });
        statistics.field_5 = undefined;
        statistics.field_6 = undefined;
      }
    };
    expect(await afterEdit(id, older(id))).toEqual([0, 2999, 0]);
    // A decimal of many digits stands in bytes, too.
    expect(await afterEdit(half, older(half))).toEqual([undefined, undefined, 1000]);
    expect(await afterEdit(label, older(label))).toEqual([undefined, undefined, 0]);
  });

  it('without an order of columns are the older ones', async () => {
    const unordered = (footer: ThriftFields) => {
      footer.field_7 = undefined;
      for (const statistics of statisticsOf(footer, id)) Object.assign(statistics, { field_5: statistics.field_6 });
    };
    expect(await afterEdit(id, unordered)).toEqual([0, 2999, 0]);
    expect(await afterEdit(label, unordered)).toEqual([undefined, undefined, 0]);
    // An order that this reader does not know.
    const reordered = (footer: ThriftFields) => {
      footer.field_7 = [0, 1, 2, 3, 4].map(() => ({ field_2: {} }));
    };
    expect(await afterEdit(label, reordered)).toEqual([undefined, undefined, 0]);
  });

  it('of texts are believed of writers that compare texts as such', async () => {
    const by = (writer: string | undefined) => (footer: ThriftFields) => {
      footer.field_6 = writer === undefined ? undefined : utf8.encode(writer);
    };
    const [trusted, untrusted] = [
      ['row 0', 'row 6', 0],
      [undefined, undefined, 0],
    ];
    expect(await afterEdit(label, by('parquet-mr version 1.10.1 (build abc)'))).toEqual(trusted);
    expect(await afterEdit(label, by('parquet-cpp-arrow version 9.0.0'))).toEqual(trusted);
    expect(await afterEdit(label, by('DuckDB'))).toEqual(trusted);
    expect(await afterEdit(label, by('parquet-mr version 1.8.1 (build abc)'))).toEqual(untrusted);
    expect(await afterEdit(label, by('parquet-cpp version 1.2.0'))).toEqual(untrusted);
    expect(await afterEdit(label, by('parquet-mr'))).toEqual(untrusted);
    expect(await afterEdit(label, by(undefined))).toEqual(untrusted);
    expect(await afterEdit(id, by('parquet-mr version 1.8.1 (build abc)'))).toEqual([0, 2999, 0]);
  });

  it('of texts may be cut short, within a character too', async () => {
    const bounds = (min: readonly number[], max: readonly number[]) => (footer: ThriftFields) => {
      for (const statistics of statisticsOf(footer, label)) {
        Object.assign(statistics, { field_5: Uint8Array.from(max), field_6: Uint8Array.from(min) });
      }
    };
    // "é" is c3 a9, "😀" is f0 9f 98 80.
    expect(await afterEdit(label, bounds([0x61], [0x72, 0xc3, 0xa9]))).toEqual(['a', 'ré', 0]);
    expect(await afterEdit(label, bounds([0x61, 0xc3], [0x72, 0xf0, 0x9f, 0x98]))).toEqual(['a', undefined, 0]);
  });

  it('that cannot be are left out, and the file is read all the same', async () => {
    const replaced = (column: number, fields: ThriftFields) => (footer: ThriftFields) => {
      for (const statistics of statisticsOf(footer, column)) Object.assign(statistics, fields);
    };
    const eight = (value: bigint) => new Uint8Array(new BigInt64Array([value]).buffer);
    expect(await afterEdit(id, replaced(id, { field_5: eight(-5n), field_6: eight(5n) }))).toEqual([undefined, undefined, 0]);
    expect(await afterEdit(id, replaced(id, { field_5: Uint8Array.of(1, 2, 3) }))).toEqual([0, undefined, 0]);
    expect(await afterEdit(id, replaced(id, { field_3: -1n }))).toEqual([0, 2999, 0]);
    expect(await afterEdit(half, replaced(half, { field_3: -1n }))).toEqual(['0.5', '1499.5', undefined]);
    expect(await afterEdit(half, replaced(half, { field_3: 3001n }))).toEqual(['0.5', '1499.5', undefined]);
    expect(await afterEdit(id, replaced(id, { field_5: 17, field_6: [1] }))).toEqual([undefined, undefined, 0]);
    const misplaced = (footer: ThriftFields) => {
      for (const meta of columnMetadata(footer, half)) meta.field_12 = 12;
    };
    expect(await afterEdit(half, misplaced)).toBeUndefined();
  });

  it('of floats leave out what is no number, and the sign of zero', async () => {
    const floats = Uint8Array.from(readFileSync(join(folder, 'doubles.parquet')));
    const bounds = async (min: number, max: number) => {
      const eight = (value: number) => new Uint8Array(new Float64Array([value]).buffer);
      const edited = editFooter(floats, (footer) => {
        for (const meta of columnMetadata(footer, 0)) meta.field_12 = { field_3: 1n, field_5: eight(max), field_6: eight(min) };
      });
      const known = (await open(edited)).chunks([0])[0]?.statistics.get(0);
      return known && [known.min, known.max];
    };
    expect(await bounds(-1.5, 2.5)).toEqual([-1.5, 2.5]);
    expect(await bounds(0, -0)).toEqual([0, 0]);
    expect(await bounds(NaN, 2.5)).toEqual([undefined, undefined]);
    expect(await bounds(1, NaN)).toEqual([undefined, undefined]);
    expect(await bounds(-Infinity, Infinity)).toEqual(['-Infinity', 'Infinity']);
  });

  it('of INT96 timestamps do not exist, those of other moments do', async () => {
    const bounds = async (name: string, column: number) => {
      const table = await open(Uint8Array.from(readFileSync(join(folder, `${name}.parquet`))));
      const known = table.chunks([column])[0]?.statistics.get(column);
      return known && [known.min, known.max, known.nulls];
    };
    expect(await bounds('timestamps-int96', 0)).toEqual([undefined, undefined, 0]);
    expect(await bounds('moments', 0)).toEqual(['0001-01-01', '9999-12-31', 0]);
    expect(await bounds('moments', 1)).toEqual(['0001-01-01T00:00:00.000001Z', '9999-12-31T23:59:59.999999Z', 0]);
    expect(await bounds('moments-julian', 0)).toEqual(['0001-01-01', '9999-12-31', 0]);
    expect(await bounds('decimals-legacy-format', 2)).toEqual([
      '-12345678901234567890123456789.01234568',
      '-12345678901234567890123456786.01234568',
      1,
    ]);
  });
});
