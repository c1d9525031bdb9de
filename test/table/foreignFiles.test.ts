// What other programs write, and no writer at hand: codecs, footers and types, in files of test/tables that the tests change.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpackLz4 } from '../../shared/table/parquetLz4';
import { openParquet } from '../../shared/table/parquetTable';
import type { Cell } from '../../shared/table/table';
import { recordedSource } from './byteSources';
import { editFooter, removeIndexes, structsOf, type ThriftFields } from './editedFooter';
import { codecs, compressPages, firstChunk } from './rewrittenPages';

const tables = join(import.meta.dirname, '..', 'tables');
const scalars = read('scalars-uncompressed');

describe('pages in other codecs', () => {
  it.each([
    ['brotli', codecs.brotli, (bytes: Uint8Array) => brotliCompressSync(bytes)],
    ['gzip in two members', codecs.gzip, gzipInTwo],
    ['LZ4 in blocks alone', codecs.lz4Raw, lz4Block],
    ['LZ4 as Hadoop frames it', codecs.lz4, lz4OfHadoop],
    ['LZ4 as Hadoop frames it, in two frames', codecs.lz4, lz4OfHadoopInTwo],
    ['LZ4 as Hadoop frames it, in two blocks of a frame', codecs.lz4, lz4OfHadoopInBlocks],
    ['LZ4 without a frame, as Arrow wrote it once', codecs.lz4, lz4Block],
  ])('are read: %s', async (_, codec, compress) => {
    expect(await rowsOf(compressPages(scalars, codec, compress))).toEqual(await rowsOf(scalars));
  });
});

describe('footers', () => {
  it('may leave out where the dictionary lies, or say that it lies at the beginning', async () => {
    const rows = await rowsOf(read('pages'));
    for (const offset of [undefined, 0n]) {
      const edited = editFooter(read('pages'), (footer) => {
        removeIndexes(footer);
        for (const group of structsOf(footer.field_4)) {
          for (const leaf of structsOf(group.field_1).keys()) {
            const meta = firstChunk(footer, leaf);
            // As such writers say it: data begins with the dictionary.
            if (meta.field_11 !== undefined) Object.assign(meta, { field_9: meta.field_11, field_11: offset });
          }
        }
      });
      expect(await rowsOf(edited)).toEqual(rows);
    }
  });

  it('may call two bytes a float', async () => {
    const edited = editFooter(read('foreign-halves'), (footer) => {
      Object.assign(schemaOf(footer, 'half'), { field_10: { field_15: {} } });
    });
    expect((await openParquet(recordedSource(edited))).columns.map(({ type }) => type)).toEqual([
      { kind: 'scalar', name: 'float', family: 'number' },
    ]);
    expect((await rowsOf(edited)).flat()).toEqual([0, '-0.0', 1, -1, 0.333251953125, 65504, 2 ** -24, 'Infinity', '-Infinity', 'NaN']);
  });

  it('may name types that nobody knows, whose values are shown as they are stored', async () => {
    const edited = editFooter(scalars, (footer) => {
      // Spark writes its own schema beside that of the file.
      footer.field_5 = undefined;
      Object.assign(schemaOf(footer, 'a_string'), { field_6: 99, field_10: { field_30: {} } });
      Object.assign(schemaOf(footer, 'a_bigint'), { field_6: 99, field_10: { field_30: {} } });
    });
    const table = await openParquet(recordedSource(edited));
    const types = Object.fromEntries(table.columns.map(({ name, type }) => [name, type.kind === 'scalar' ? type.name : type.kind]));
    expect([types['a_string'], types['a_bigint']]).toEqual(['binary', 'bigint']);
  });
});

function read(name: string): Uint8Array {
  const path = join(tables, `${name}.parquet`);
  return Uint8Array.from(readFileSync(path));
}

async function rowsOf(file: Uint8Array): Promise<readonly (readonly Cell[])[]> {
  const table = await openParquet(recordedSource(file));
  return (await table.rows(0, table.rowCount)).rows;
}

function schemaOf(footer: ThriftFields, name: string): ThriftFields {
  const found = structsOf(footer.field_2).find(({ field_4: text }) => text instanceof Uint8Array && Buffer.from(text).toString() === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

describe('a block of LZ4 without a frame', () => {
  it.each([200, 400, 65_800])('is not taken for a frame, whatever its first bytes are: %i bytes', (length) => {
    // Small numbers of four bytes, which can be read as sizes.
    const bytes = Uint8Array.from({ length }, (_, index) => (index % 4 === 0 ? index / 4 + 1 : 0));
    expect(unpackLz4(lz4Block(bytes), length)).toEqual(bytes);
    expect(() => unpackLz4(lz4Block(bytes), length + 1)).toThrow(`LZ4: ${length} bytes, expected ${length + 1}`);
    expect(() => unpackLz4(lz4Block(bytes), length - 1)).toThrow(`LZ4: ${length} bytes or more, expected ${length - 1}`);
  });

  it('may repeat what it has just written, and nothing before its beginning', () => {
    const repeated = Uint8Array.of(0x1f, 7, 1, 0, 20, 0x10, 9);
    expect(unpackLz4(repeated, 41)).toEqual(Uint8Array.of(...new Array<number>(40).fill(7), 9));
    expect(() => unpackLz4(Uint8Array.of(0x1f, 7, 2, 0, 20, 0x10, 9), 41)).toThrow('LZ4: a copy from 2 bytes before byte 1');
  });
});

describe('a codec that nothing here unpacks', () => {
  it('is named, and no damage', async () => {
    const edited = editFooter(scalars, (footer) => {
      firstChunk(footer, 1).field_4 = codecs.lzo;
    });
    const table = await openParquet(recordedSource(edited));
    await expect(table.rows(0, 1)).rejects.toThrow(
      'table.parquet compresses column "a_tinyint" with LZO, expected one of UNCOMPRESSED, SNAPPY, GZIP, BROTLI, ZSTD, LZ4, LZ4_RAW',
    );
    // The others are read.
    expect((await table.rows(0, table.rowCount, [0])).rows).toEqual((await rowsOf(scalars)).map((row) => row.slice(0, 1)));
  });
});

function gzipInTwo(bytes: Uint8Array): Uint8Array {
  const half = Math.floor(bytes.length / 2);
  return Buffer.concat([gzipSync(bytes.subarray(0, half)), gzipSync(bytes.subarray(half))]);
}

/** One run of literals: the format allows it, if not for much. */
function lz4Block(bytes: Uint8Array): Uint8Array {
  const length: number[] = [];
  if (bytes.length >= 15) {
    let rest = bytes.length - 15;
    for (; rest >= 255; rest -= 255) length.push(255);
    length.push(rest);
  }
  return Buffer.concat([Uint8Array.of(Math.min(bytes.length, 15) << 4, ...length), bytes]);
}

/** Each block behind the sizes of what it holds and of itself, from the greatest byte. */
function lz4OfHadoop(bytes: Uint8Array): Uint8Array {
  const block = lz4Block(bytes);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32BE(bytes.length, 0);
  sizes.writeUInt32BE(block.length, 4);
  return Buffer.concat([sizes, block]);
}

function lz4OfHadoopInTwo(bytes: Uint8Array): Uint8Array {
  const half = Math.floor(bytes.length / 2);
  return Buffer.concat([lz4OfHadoop(bytes.subarray(0, half)), lz4OfHadoop(bytes.subarray(half))]);
}

function lz4OfHadoopInBlocks(bytes: Uint8Array): Uint8Array {
  const half = Math.floor(bytes.length / 2);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length);
  // A frame without its own size.
  const blocks = [bytes.subarray(0, half), bytes.subarray(half)].map((part) => lz4OfHadoop(part).subarray(4));
  return Buffer.concat([size, ...blocks]);
}
